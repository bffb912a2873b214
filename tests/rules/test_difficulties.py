"""Consistent difficulties: each line of domain.md D4 at its edge, and the working that shows it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.settings import Difficulties
from auditdocs.rules.findings.balances import balances
from auditdocs.rules.findings.difficulties import difficulties
from auditdocs.rules.findings.hidden import starred
from tests.makers.findings import OWN, a_record, counted, own_returns

AS_AT = date(2026, 9, 30)
LINES = Difficulties()
RECORDED, VISITED = "c_plan", "c_visits"


def found(*groups, lines=LINES, as_at=AS_AT):
    """The difficulties of these groups of audits with their records, by level."""
    audits = tuple(audit for group, _ in groups for audit in group)
    records = {record.audit_id: record for _, known in groups for record in known}
    every = difficulties(OWN, audits, records, as_at=as_at, lines=lines)
    return {level: [d for d in every if d.level == level] for level in {d.level for d in every}}


def group(count, *, missed, first=1, standard=RECORDED, facet="P", **changes):
    """So many Completeness audits, the first `missed` of which do not meet the standard."""
    audits = own_returns(count, first, **changes)
    key = f"{standard}.{facet}"
    records = [
        a_record(audit.audit_id, {key: "no" if place < missed else "yes"})
        for place, audit in enumerate(audits)
    ]
    return audits, records


def told(found):
    """The workings of some difficulties, by whose they are."""
    return {each.whose: each.working for each in found}


@pytest.mark.parametrize(("missed", "flagged"), [(2, False), (3, True)])
def test_a_team_is_told_from_thirty_per_cent_of_eight_audits_on(missed, flagged):
    teams = found(group(10, missed=missed, team="North", worker=""))
    assert ("team" in teams) is flagged
    if flagged:
        assert told(teams["team"]) == {"North": "not met in 3 of 10 (30%); line: 30 per cent"}
        assert teams["team"][0].is_certain
        assert teams["team"][0].goes_to == ("tm", "hos")


def test_seven_audits_of_a_team_are_too_few_to_tell():
    (only,) = found(group(7, missed=5, team="North", worker=""))["team"]
    assert not only.is_certain
    assert only.working == "not met in 5 of 7; line: 30 per cent; fewer than 8 audits: cannot tell"


def test_a_team_fifteen_points_above_the_service_is_told():
    north = group(8, missed=2, team="North", worker="")
    others = group(32, missed=0, first=101, team="South", worker="")
    (only,) = found(north, others)["team"]
    assert only.working == (
        "not met in 2 of 8; 20 points above the service, 2 of 40 (5%); line: 15"
    )


def test_a_team_at_twenty_per_cent_twice_running_is_told():
    now = group(10, missed=2, team="North", worker="")
    before = group(10, missed=2, first=101, team="North", worker="", returned=date(2026, 2, 1))
    assert "team" not in found(now)
    (only,) = found(now, before)["team"]
    assert only.working == (
        "not met in 2 of 10 (20%); 2 of 10 (20%) in the 6 months before; "
        "line: 20 per cent twice running"
    )


def test_the_service_is_told_when_half_of_its_teams_are_over_the_line():
    north = group(10, missed=3, team="North", worker="")
    south = group(10, missed=1, first=101, team="South", worker="")
    (only,) = found(north, south)["service"]
    assert only.goes_to == ("hos_qap",)
    assert only.working == (
        "not met in 4 of 20 (20%); in 1 of 2 teams with 5 or more; "
        "line: 20 per cent, half of the teams"
    )


def test_one_team_among_three_is_the_teams_difficulty_and_not_the_services():
    groups = [
        group(10, missed=8, team="North", worker=""),
        group(10, missed=0, first=101, team="South", worker=""),
        group(10, missed=0, first=201, team="West", worker=""),
    ]
    levels = found(*groups)
    assert "service" not in levels
    assert told(levels["team"]).keys() == {"North"}


def test_a_statutory_standard_is_flagged_from_ten_per_cent_and_is_never_the_services_to_lower():
    levels = found(group(20, missed=2, standard=VISITED, facet="T", worker=""))
    (only,) = levels["statutory"]
    assert "service" not in levels
    assert only.goes_to == ("hos",)
    assert only.facet == "T"
    assert only.working == "not met in 2 of 20 (10%); line: 10 per cent"
    assert "statutory" not in found(group(20, missed=1, standard=VISITED, facet="T", worker=""))


def test_a_worker_who_misses_a_standard_in_two_of_the_last_three_is_offered_support():
    audits = own_returns(4, worker="Ann Archer")
    days = [date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)]
    dated = tuple(replace(a, date_audited=day) for a, day in zip(audits, days, strict=True))
    said = ["no", "no", "yes", "no"]
    records = [
        a_record(audit.audit_id, {f"{RECORDED}.P": answer})
        for audit, answer in zip(dated, said, strict=True)
    ]
    (only,) = found((dated, records))["individual"]
    assert only.whose == "Ann Archer"
    assert only.working == "not met in 2 of the last 3; line: 2 of the last 3"
    assert only.not_met.audits == (audits[1].audit_id, audits[3].audit_id)
    records[1] = a_record(dated[1].audit_id, {f"{RECORDED}.P": "yes"})
    assert "individual" not in found((dated, records))


def test_audits_in_which_a_standard_did_not_apply_are_passed_over():
    audits = own_returns(3, worker="Ann Archer")
    said = ["no", "na", "no"]
    records = [
        a_record(audit.audit_id, {f"{RECORDED}.P": answer})
        for audit, answer in zip(audits, said, strict=True)
    ]
    (only,) = found((audits, records))["individual"]
    assert only.applicable == 2


def test_of_two_audits_of_one_child_only_the_later_counts():
    first = group(8, missed=8, team="North", worker="", date_audited=date(2026, 7, 1))
    again = group(8, missed=0, first=101, team="North", worker="", date_audited=date(2026, 9, 1))
    children = {a.audit_id: b.child_id for a, b in zip(again[0], first[0], strict=True)}
    same = tuple(replace(audit, child_id=children[audit.audit_id]) for audit in again[0])
    assert found(first, (same, again[1])) == {}


def test_an_audit_of_seven_months_ago_no_longer_counts():
    old = group(10, missed=10, team="North", worker="", returned=date(2026, 2, 28))
    assert found(old) == {}
    assert "team" in found(old, as_at=date(2026, 8, 27))


@pytest.mark.parametrize(
    ("as_at", "last_out", "first_in"),
    [
        (date(2026, 9, 30), date(2026, 3, 31), date(2026, 4, 1)),
        (date(2027, 2, 28), date(2026, 8, 31), date(2026, 9, 1)),
        (date(2026, 8, 31), date(2026, 2, 28), date(2026, 3, 1)),
        (date(2026, 9, 12), date(2026, 3, 12), date(2026, 3, 13)),
    ],
)
def test_the_six_months_up_to_a_months_last_day_are_whole_months(as_at, last_out, first_in):
    old, new = (
        group(8, missed=8, team="North", worker="", returned=day, date_audited=day)
        for day in (last_out, first_in)
    )
    assert found(old, as_at=as_at) == {}
    assert "team" in found(new, as_at=as_at)


def test_of_a_service_without_a_team_that_can_be_judged_nothing_can_be_told():
    """Half of no teams are no sign: the group would be asked to review a standard for them."""
    names = [f"Team {number}" for number in range(5)]
    few = [
        group(4, missed=4, first=10 * place + 1, team=name, worker="")
        for place, name in enumerate(names)
    ]
    (only,) = found(*few)["service"]
    assert not only.is_certain
    assert only.working.endswith("no team with 5 audits: cannot tell")


def test_facets_are_told_apart_and_level_ones_name_none():
    late = group(8, missed=8, standard=VISITED, facet="T", team="North", worker="")
    assert found(late)["team"][0].facet == "T"
    both = own_returns(8, team="North", worker="")
    records = [a_record(a.audit_id, {f"{VISITED}.T": "no", f"{VISITED}.U": "no"}) for a in both]
    assert found((both, records))["team"][0].facet == ""


@given(st.integers(0, 40), st.data())
def test_no_difficulty_is_told_of_fewer_than_one_in_ten(count, data):
    missed = data.draw(st.integers(0, count // 10 - (count % 10 == 0) if count else 0))
    levels = found(group(count, missed=max(missed, 0), team="North", worker=""))
    certain = [d for each in levels.values() for d in each if d.is_certain]
    assert not certain


def test_two_workers_of_one_name_do_not_share_a_difficulty():
    alike = [
        group(1, missed=1, first=first, worker="Ann Archer", worker_id=f"E{first}")
        for first in (1, 2)
    ]
    assert "individual" not in found(*alike)
    (only,) = found(*alike, group(1, missed=1, first=3, worker="Ann Archer", worker_id="E2"))[
        "individual"
    ]
    assert only.whose == "Ann Archer (E2)"


@pytest.mark.parametrize("missed_in_south", [3, 1])
def test_a_copy_with_small_counts_hidden_does_not_tell_what_one_team_missed(missed_in_south):
    """Of nine in South three are told as under five, one in none at all: the total would tell."""
    groups = [
        group(16, missed=9, team="North", worker=""),
        group(9, missed=missed_in_south, first=101, team="South", worker=""),
    ]
    audits = [audit for group, _ in groups for audit in group]
    every = counted(*audits, records=[record for _, known in groups for record in known])
    (whole,) = (d for d in every.difficulties["completeness"] if d.level == "service")
    north, *south = (d for d in every.difficulties["completeness"] if d.level == "team")
    assert len(south) == (missed_in_south > 2)
    hidden = starred(balances(every), least=5)
    assert not {whole.not_met, north.not_met}.isdisjoint(hidden)
