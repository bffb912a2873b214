"""A fault in an extract's row is a finding on the record, and its team is to mend it."""

from auditdocs.model.extract import RowProblem
from auditdocs.model.settings import TeamSettings
from auditdocs.rules.caseload.team_faults import team_faults
from tests.makers.cases import a_person


def a_fault(team, row=2):
    return RowProblem(row, "open_date", "no open date", team=team)


def test_faults_stand_under_their_team_however_it_is_spelled_or_was_called():
    found = team_faults(
        [a_fault("north "), a_fault("Duty"), a_fault("North", 9), a_fault("")],
        [a_person(teams=("North",))],
        teams={"South": TeamSettings(renamed_from=("Duty",))},
    )
    assert {team: [each.row for each in several] for team, several in found.items()} == {
        "": [2],
        "North": [2, 9],
        "South": [2],
    }


def test_what_is_wrong_with_the_whole_file_is_no_teams_finding():
    assert team_faults([RowProblem(0, "team", "a column is missing", team="North")]) == {}
