"""A team's figures: what is its own, and what is another team's."""

from datetime import date

from auditdocs.model.selection import Pick
from auditdocs.rules.findings.figures import figures
from auditdocs.rules.findings.hidden import starred
from auditdocs.rules.findings.team_balances import team_balances
from auditdocs.rules.findings.team_figures import Ahead, team_figures
from auditdocs.rules.forms.outcomes import NOT_MET
from tests.makers.cases import a_case
from tests.makers.findings import OWN, PEER, a_programme, a_record, a_return, own_returns

HEADS = {"North": "Hilda Head", "West": "Hilda Head"}


PICKED = Pick(
    child_id="3",
    team="North",
    worker="Ann Archer",
    auditor="Tilda Manager",
    auditor_role="tm",
    auditor_team="West",
    due=date(2026, 10, 31),
    why="never audited",
)
"""A case of North that West's team manager would be given today."""


def teams_of(*audits, **changes):
    """The figures of North and West by name."""
    programme = a_programme(*audits, **changes)
    ahead = Ahead(picks={PEER.key: (PICKED,)})
    found = team_figures(programme, figures(programme), OWN.key, ahead, HEADS)
    return {each.team: each for each in found}


def test_an_audit_of_a_namesake_in_another_team_is_not_the_workers():
    """It was kept without an id, and fell on the one of them who has the child's case."""
    cases = (
        a_case("1", team="North", worker_id="E1", open_date=date(2026, 1, 5)),
        a_case("2", team="West", worker_id="E2", open_date=date(2026, 1, 5)),
    )
    found = teams_of(a_return(child_id="2", team="West"), cases=cases)
    shares = {team: each.shares[PEER.key] for team, each in found.items()}
    assert [(one.worker, one.audits) for one in shares["North"]] == [("Ann Archer (E1)", 0)]
    assert [(one.worker, one.audits) for one in shares["West"]] == [("Ann Archer (E2)", 1)]


def test_a_team_owes_what_its_people_have_and_hosts_what_others_look_at():
    out = a_return(status="issued", returned=None, team="North", auditor_team="West")
    found = teams_of(out)
    assert found["West"].out == found["West"].overdue == (out,)
    assert found["North"].out == ()
    assert [one.child_id for one in found["West"].to_do] == [out.child_id, PICKED.child_id]
    assert found["North"].to_host == found["West"].to_do


def test_the_report_of_one_team_does_not_tell_what_the_only_other_one_missed():
    """Ten in the service and seven in North come to three in South, whose report is not made."""
    audits = (
        *own_returns(16, team="North"),
        *own_returns(9, first=101, team="South"),
    )
    missed = (*audits[:7], *audits[16:19])
    records = [a_record(a.audit_id, {"c_plan.P": "no" if a in missed else "yes"}) for a in audits]
    north = teams_of(*audits, records=records)["North"]
    told = {each.results[NOT_MET] for each in (north.beside[0].team, north.beside[0].service)}
    assert {each.value for each in told} == {7, 10}
    assert not told.isdisjoint(starred(team_balances([north]), least=5))
