"""The staff register is known and read, and every team gets its people and its pair."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.errors import ExtractFault
from auditdocs.model.settings import Settings, TeamSettings
from auditdocs.model.tables import Table
from auditdocs.rules.caseload.people import is_register, register, staff
from auditdocs.rules.caseload.teams import pairs_in_order
from tests.makers.cases import TODAY, a_case, a_person
from tests.makers.extracts import a_caseload, a_row
from tests.makers.staff import HEADINGS, a_member, a_register


def told(register):
    return [(problem.row, problem.field) for problem in register.problems]


def people_of(name, *, head="Hilda Head", **changes):
    """A team's manager, worker and business support officer."""
    sound = {"teams": (name,), "head_of_service": head, "supervisor": ""}
    return (
        a_person(f"{name} Manager", role="tm", **sound | changes),
        a_person(f"{name} Worker", **sound | changes),
        a_person(f"{name} Support", role="bso", **sound | changes),
    )


def the_staff(*people, cases=(), **settings):
    return staff(people, tuple(cases), Settings(**settings), today=TODAY)


def pairs(staff):
    return {team.name: team.pair for team in staff.teams.values()}


def test_a_register_is_known_by_its_headings():
    assert is_register(a_register(a_member()))
    assert is_register(a_register(headings=[word.replace("_", " ").upper() for word in HEADINGS]))
    assert is_register((Table("staff", (("Full Name", "Job Title", "Team"),)),))
    assert not is_register((Table("staff", (("Full Name", "Team"),)),))
    assert not is_register((Table("visits", (("Name", "Team", "Supervisor", "Case Number"),)),))
    assert not is_register((a_caseload(a_row()),))
    assert not is_register(())


def test_a_person_is_read_whole():
    (person,) = register(
        a_register(
            a_member(
                worker_id=3123,
                name="Jo\N{NO-BREAK SPACE}Oakenshaft",
                aliases="Joanne Oakenshaft; Oakenshaft, Joanne;",
                role="SSW",
                team="North;South & East",
                supervisor="Sue Senior",
                active_from="05/12/2022",
                active_to=date(2026, 10, 16),
            )
        )
    ).people
    assert (person.worker_id, person.name, person.role) == ("3123", "Jo Oakenshaft", "ssw")
    assert person.aliases == ("Joanne Oakenshaft", "Oakenshaft, Joanne")
    assert person.teams == ("North", "South & East")
    assert (person.active_from, person.active_to) == (date(2022, 12, 5), date(2026, 10, 16))


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("tm", "tm"),
        ("Team Manager", "tm"),
        ("Independent Reviewing Officer (IRO)", "iro"),
        ("HEAD OF SERVICE", "hos"),
        ("Senior social worker", "ssw"),
        ("Duty Lead", "ssw"),
    ],
)
def test_a_role_is_known_by_key_by_title_and_by_the_services_own_title(said, role):
    found = register(a_register(a_member(role=said)), posts={"ssw": "Duty lead"})
    assert found.people[0].role == role
    assert found.problems == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": None}, "name"),
        ({"role": "Wizard"}, "role"),
        ({"role": None}, "role"),
        ({"active_from": "31/02/2026"}, "active_from"),
        ({"active_from": "02/03/2026", "active_to": "01/03/2026"}, "active_to"),
        ({"supervisor": "No Body"}, "supervisor"),
        ({"head_of_service": "No Body"}, "head_of_service"),
    ],
)
def test_a_fault_of_the_register_is_told_by_row_without_a_name(changes, field):
    found = register(a_register(a_member("Ben Brook"), a_member(**changes)))
    assert told(found) == [(3, field)]
    assert "Archer" not in found.problems[0].text
    assert "Body" not in found.problems[0].text


def test_an_id_or_a_name_that_stands_twice_is_told_in_both_rows():
    found = register(
        a_register(
            a_member(worker_id="E1"), a_member("Ben Brook", worker_id="e1", aliases="Archer, Ann")
        )
    )
    assert told(found) == [(2, "worker_id"), (2, "name"), (3, "worker_id"), (3, "name")]
    assert len(found.people) == 2


def test_a_register_without_roles_or_with_two_names_is_refused():
    with pytest.raises(ExtractFault, match="no column for role") as caught:
        register(a_register(headings=[word.replace("role", "rle") for word in HEADINGS]))
    assert "Is role the column rle?" in caught.value.hint
    with pytest.raises(ExtractFault, match="could hold name"):
        register(a_register(headings=[word.replace("aliases", "Full name") for word in HEADINGS]))
    with pytest.raises(ExtractFault, match="no staff register"):
        register((a_caseload(a_row()),))


def test_a_team_has_the_people_that_the_register_gives_it():
    found = the_staff(*people_of("North"), *people_of("South"))
    team = found.teams["North"]
    assert (team.manager, team.business_support) == ("North Manager", "North Support")
    assert (team.head_of_service, team.pair) == ("Hilda Head", "South")


def test_the_settings_go_before_the_register():
    said = TeamSettings(manager="MANAGER, South", business_support="Bea", head_of_service="Hal")
    found = the_staff(*people_of("North"), *people_of("South"), teams={"North": said})
    team = found.teams["North"]
    assert (team.manager, team.business_support) == ("South Manager", "Bea")
    assert team.head_of_service == "Hal"


def test_the_head_of_service_may_be_told_by_the_managers_supervisor():
    manager = a_person("North Manager", role="tm", supervisor="Head, Hilda")
    found = the_staff(manager, a_person("Hilda Head", role="hos", teams=()))
    assert found.teams["North"].head_of_service == "Hilda Head"


def test_people_who_have_left_fill_no_post():
    found = the_staff(*people_of("North", active_to=date(2026, 9, 30)), cases=[a_case(worker="")])
    assert found.teams["North"].manager == ""
    assert len(found.people) == 3


def test_a_team_is_one_with_cases_or_case_holding_staff_or_in_the_settings():
    reviewer = a_person("Ian Iro", role="iro", teams=("Quality, Audit and Performance",))
    found = the_staff(
        *people_of("North"), reviewer, cases=[a_case(team="South")], teams={"West": TeamSettings()}
    )
    assert list(found.teams) == ["North", "South", "West"]


def test_a_team_spelled_in_two_ways_is_one():
    people = (*people_of("North"), a_person("Ben Brook", teams=("NORTH ",)))
    found = the_staff(*people, teams={"North": TeamSettings()})
    assert list(found.teams) == ["North"]
    assert found.people[-1].teams == ("North",)


def test_vacant_posts_are_told_by_team():
    manager = a_person("North Manager", role="tm")
    found = the_staff(manager, *people_of("South"))
    told = " | ".join(found.warnings)
    assert "Business support officer not known or vacant: North" in told
    assert "Head of Service not known or vacant: North" in told
    assert "Team manager not" not in told


def test_teams_are_paired_under_each_head_of_service_and_a_warning_says_so():
    people = [p for name in "ABCDE" for p in people_of(name, head="One" if name < "D" else "Two")]
    found = the_staff(*people)
    assert pairs(found) == {"A": "B", "B": "C", "C": "A", "D": "E", "E": "D"}
    (warning,) = found.pair_warnings
    assert "paired in name order" in warning
    assert "A by B; B by C; C by A; D by E; E by D" in warning


def test_pairs_of_the_settings_hold_both_ways_and_the_rest_are_paired():
    people = [person for name in "ABCD" for person in people_of(name)]
    found = the_staff(*people, teams={"A": TeamSettings(pair="d")})
    assert pairs(found) == {"A": "D", "D": "A", "B": "C", "C": "B"}
    assert "A by" not in found.pair_warnings[0]


def test_pairs_that_are_all_in_the_settings_need_no_warning():
    people = (*people_of("A"), *people_of("B"))
    assert the_staff(*people, teams={"A": TeamSettings(pair="B")}).pair_warnings == ()


def test_a_pair_that_is_no_team_and_a_team_alone_are_told():
    found = the_staff(*people_of("A"), *people_of("B"), teams={"A": TeamSettings(pair="Z")})
    assert pairs(found) == {"A": "", "B": ""}
    assert 'teams."A"' in found.pair_warnings[0]
    assert "cases of B:" in found.pair_warnings[1]


@given(st.integers(min_value=0, max_value=30))
def test_every_team_but_one_alone_is_audited_once_and_never_by_itself(count):
    names = [f"Team {number:02}" for number in range(count)]
    found = pairs_in_order(names)
    expected = [] if count == 1 else names
    assert sorted(found) == sorted(found.values()) == expected
    assert all(name != other for name, other in found.items())


def test_without_a_register_people_and_teams_come_from_the_extract():
    found = the_staff(
        cases=[
            a_case(team_manager="Tess Manager", supervisor="Sue Senior"),
            a_case("2", team="South", worker="Ben Brook"),
            a_case("3", team="East", worker="", close_date=TODAY),
        ]
    )
    assert [(p.name, p.role, p.teams) for p in found.people] == [
        ("Ann Archer", "sw", ("North",)),
        ("Ben Brook", "sw", ("South",)),
    ]
    assert found.people[0].supervisor == "Sue Senior"
    assert found.teams["North"].manager == "Tess Manager"
    assert pairs(found) == {"North": "South", "South": "North"}
    assert "no staff register" in found.warnings[0]


def test_a_worker_the_register_does_not_know_is_among_the_staff():
    found = the_staff(*people_of("North"), cases=[a_case(worker="Ben Brook")])
    assert found.people[-1].name == "Ben Brook"
    known = the_staff(*people_of("North"), cases=[a_case(worker="North Worker")])
    assert len(known.people) == 3
