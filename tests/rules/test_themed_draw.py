"""Head of service: a themed sample by lot that anybody can draw again (domain.md A1.1)."""

from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.errors import UsageFault
from auditdocs.model.settings import Settings
from auditdocs.rules.register.selections import selection_row
from auditdocs.rules.selection.themed_draw import themed_draw
from tests.makers.cases import TODAY, a_case, a_person, a_staff, a_team, an_audit
from tests.makers.selections import (
    THEMED,
    a_home_audit,
    a_themed_request,
    children,
    reason_of,
    three_areas,
)

CP, LAC = frozenset({"CP"}), frozenset({"LAC"})


def chosen(*cases, **changes):
    return themed_draw(a_themed_request(*cases, **changes))


def some(team, count, **changes):
    """So many cases of a team, with ids that start with the team's letter."""
    return [a_case(f"{team[0]}{n:02d}", team=team, **changes) for n in range(count)]


def issued(child_id, **changes):
    sound = {"type": THEMED.key, "child_id": child_id, "period": "2026-27-Q3", "theme": "Drift"}
    return an_audit(f"H-{child_id}", **(sound | changes))


def test_only_cases_that_fit_the_theme_are_drawn():
    cases = [*some("North", 9), *some("South", 3, case_types=CP)]
    selection = chosen(*cases, expression="CP")
    assert {pick.team for pick in selection.picks} == {"South"}
    assert (selection.excluded, selection.expression, selection.theme) == ((), "CP", "Drift")


def test_the_draw_goes_by_the_hash_of_quarter_theme_and_child_id():
    cases = some("North", 20)
    order = sorted(
        (case.child_id for case in cases),
        key=lambda child_id: sha256(f"2026-27-Q3|Drift|{child_id}".encode()).hexdigest(),
    )
    selection = chosen(*cases)
    assert selection.seed == "2026-27-Q3|Drift"
    assert children(selection.picks) == order[:6]
    assert children(selection.waiting) == order[6:]


def test_another_theme_draws_other_cases_and_spaces_in_it_do_not_matter():
    cases = some("North", 40)
    drawn = [children(chosen(*cases, theme=theme).picks) for theme in ("Drift", " Drift ", "Risk")]
    assert drawn[0] == drawn[1] != drawn[2]


def test_places_are_shared_among_areas_by_largest_remainder():
    cases = [*some("North", 60), *some("South", 25), *some("West", 15)]
    picks = chosen(*cases, size=10).picks
    assert Counter(pick.team for pick in picks) == {"North": 6, "South": 3, "West": 1}


def test_every_area_has_a_case_when_there_are_places_enough():
    cases = [*some("North", 98), *some("South", 1), *some("West", 1)]
    assert Counter(pick.team for pick in chosen(*cases, size=3).picks) == {
        "North": 1,
        "South": 1,
        "West": 1,
    }
    assert Counter(pick.team for pick in chosen(*cases, size=2).picks) == {"North": 2}


def test_an_area_that_has_a_directed_case_needs_no_other():
    cases = [*some("North", 98), *some("South", 2)]
    picks = chosen(*cases, size=3, directed=(("S00", "asked"),)).picks
    assert children(picks)[0] == "S00"
    assert [pick.team for pick in picks] == ["South", "North", "North"]


def test_inside_an_area_places_are_shared_among_case_types():
    cases = [
        *(a_case(f"p{n:02d}", case_types=CP) for n in range(10)),
        *(a_case(f"l{n:02d}", case_types=LAC) for n in range(20)),
    ]
    picks = chosen(*cases, size=6).picks
    assert Counter(pick.child_id[0] for pick in picks) == {"p": 2, "l": 4}


@pytest.mark.parametrize(
    ("changes", "audits", "reason"),
    [
        ({"team": ""}, (), "no allocated team"),
        ({"close_date": date(2020, 1, 1)}, (), "the closure date lies before the open date"),
        ({}, (an_audit("C-1", child_id="1"),), "an audit is in progress: C-1"),
        (
            {},
            (a_home_audit("1", date(2026, 1, 1), contract=THEMED, audit_id="H-1"),),
            "audited within twelve months: H-1 on 01/01/2026",
        ),
    ],
)
def test_a_case_that_cannot_be_audited_is_dropped_with_the_reason(changes, audits, reason):
    selection = chosen(a_case("1", **changes), audits=audits)
    assert (selection.picks, reason_of(selection, "1")) == ((), reason)


def test_an_audit_of_another_type_within_twelve_months_does_not_drop_a_case():
    assert children(chosen(a_case("1"), audits=(a_home_audit("1", date(2026, 1, 1)),)).picks)


def test_a_case_that_closes_after_the_data_date_was_in_the_sample_and_stays():
    assert children(chosen(a_case("1", close_date=date(2026, 10, 5))).picks) == ["1"]
    assert chosen(a_case("1", close_date=date(2026, 10, 1))).picks == ()


def test_of_a_family_one_child_at_most_is_drawn():
    families = [a_case(f"{f}{n}", family_id=f) for f in "AB" for n in range(6)]
    selection = chosen(*families)
    assert sorted(child_id[0] for child_id in children(selection.picks)) == ["A", "B"]
    stands = next(pick.child_id for pick in selection.picks if pick.child_id[0] == "A")
    told = {e.reason for e in selection.excluded if e.child_id[0] == "A"}
    assert told == {f"one child of a family: {stands} stands for it"}
    assert "4 short of 6" in selection.warnings[0]


def test_the_siblings_of_a_directed_or_issued_case_are_not_drawn():
    cases = [a_case(f"{f}{n}", family_id=f) for f in "AB" for n in range(3)]
    selection = chosen(*cases, directed=(("A1", "asked"),), audits=(issued("B2"),))
    assert children(selection.picks) == ["A1"]
    assert not any("sibling" in warning for warning in selection.warnings)


def test_siblings_who_are_both_directed_are_flagged():
    cases = [a_case(str(n), family_id="F") for n in range(2)]
    selection = chosen(*cases, size=2, directed=(("0", "asked"), ("1", "asked")))
    assert children(selection.picks) == ["0", "1"]
    assert "Case 0 was directed beside a sibling" in selection.warnings


def test_a_pool_too_small_is_taken_whole_and_the_shortfall_is_told():
    selection = chosen(*some("North", 2), *some("South", 2))
    assert len(selection.picks) == 4
    assert selection.warnings == (
        "The pool is 2 short of 6: all of it is taken, the theme not widened",
    )


def test_directed_cases_come_first_and_count_towards_the_six():
    selection = chosen(*some("North", 20), directed=(("N19", "SMG asked"), ("N18", "SMG asked")))
    assert children(selection.picks)[:2] == ["N19", "N18"]
    assert len(selection.picks) == 6


def test_a_directed_case_that_does_not_fit_the_theme_is_flagged():
    cases = [a_case("1"), *some("North", 9, case_types=CP)]
    selection = chosen(*cases, expression="CP", directed=(("1", "SMG asked"),))
    assert selection.picks[0].why == "directed: SMG asked (although it does not fit the theme)"
    assert selection.warnings == ("Case 1 was directed although it does not fit the theme",)


def test_more_directed_cases_than_places_are_all_taken_and_told():
    directed = tuple((f"N0{n}", "SMG asked") for n in range(3))
    selection = chosen(*some("North", 9), size=2, directed=directed)
    assert len(selection.picks) == 3
    assert selection.warnings == ("3 cases are named: more than the sample of 2 has room for",)


def test_named_cases_may_fill_the_sample_but_those_issued_count_too():
    directed = ("N00", "SMG asked"), ("N01", "SMG asked")
    assert chosen(*some("North", 9), size=2, directed=directed).warnings == ()
    crowded = chosen(*some("North", 9), size=2, directed=directed, audits=(issued("N08"),))
    assert "2 cases are named: more than the sample of 2 has room for" in crowded.warnings
    full = chosen(*some("North", 9), size=1, directed=directed[:1], audits=(issued("N08"),))
    assert full.warnings[:2] == (
        "1 of 1 is issued already in 2026-27-Q3",
        "1 case is named: more than the sample of 1 has room for",
    )


def test_a_refused_case_leaves_the_reasons_of_the_others_with_them():
    directed = ("N00", "refused"), ("N01", "SMG asked")
    selection = chosen(*some("North", 9), directed=directed, audits=(issued("N00"),))
    assert (selection.picks[0].child_id, selection.picks[0].why) == ("N01", "directed: SMG asked")


def test_a_theme_the_extract_cannot_tell_is_answered_by_directed_cases_alone():
    selection = chosen(*some("North", 9), expression="", directed=(("N00", "neglect"),))
    assert children(selection.picks) == ["N00"]
    assert selection.picks[0].why == "directed: neglect"


def test_without_theme_and_expression_the_whole_caseload_is_the_pool_and_that_is_said():
    selection = chosen(*some("North", 9), theme="", expression=" ")
    assert len(selection.picks) == 6
    assert selection.warnings == (
        "No theme was named",
        "No --where was given: the pool is every open case",
    )


def test_a_quarter_that_has_its_six_gets_no_more_and_one_that_stopped_half_way_the_rest():
    cases = some("North", 30)
    first = children(chosen(*cases).picks)
    audits = tuple(issued(child_id) for child_id in first)
    again = chosen(*cases, audits=audits)
    assert again.picks == ()
    assert "6 of 6 are issued already in 2026-27-Q3" in again.warnings
    assert children(chosen(*cases, audits=audits[:4]).picks) == first[4:]


def test_withdrawn_audits_and_those_of_another_theme_or_quarter_leave_the_six_to_draw():
    others = (
        issued("N00", status="withdrawn"),
        issued("N01", theme="Risk"),
        issued("N02", period="2026-27-Q2"),
    )
    assert len(chosen(*some("North", 30), audits=others).picks) == 6


def test_no_head_of_service_audits_the_own_area():
    cases = [*some("North", 5), *some("South", 5), *some("West", 5)]
    own = {"North": "Hal", "South": "Hope", "West": "Hugh"}
    picks = chosen(*cases).picks
    assert all(pick.auditor != own[pick.team] for pick in picks)
    assert set(Counter(pick.auditor for pick in picks).values()) == {2}
    assert {pick.auditor_role for pick in picks} == {"hos"}


def test_two_heads_of_service_swap_areas():
    staff = a_staff(
        teams=[a_team("North", head_of_service="Hal"), a_team("South", head_of_service="Hope")]
    )
    picks = chosen(*some("North", 9), *some("South", 9), staff=staff).picks
    assert {(pick.team, pick.auditor) for pick in picks} == {("North", "Hope"), ("South", "Hal")}


def test_a_single_head_of_service_is_stood_in_for_by_the_one_for_quality():
    alone = a_staff(teams=[a_team("North", head_of_service="Hal")])
    [pick] = chosen(a_case("1"), staff=alone, size=1).picks
    assert pick.auditor == ""
    quality = a_person("Quinn", role="hos_qap", teams=("Quality",))
    [pick] = chosen(a_case("1"), staff=replace(alone, people=(quality,)), size=1).picks
    assert (pick.auditor, pick.auditor_role, pick.auditor_team) == ("Quinn", "hos_qap", "Quality")


def test_a_case_without_an_auditor_or_a_known_area_is_told_of():
    selection = chosen(a_case("1"), staff=a_staff(), size=1)
    assert selection.warnings == (
        "Case 1 has no auditor: no other head of service is known",
        "Case 1: no head of service over its team is known",
    )


def test_the_head_of_service_who_audited_least_in_the_year_comes_first():
    past = [a_home_audit("x", date(2026, 5, 1), contract=THEMED, auditor="Hope")]
    long_past = [
        a_home_audit(child_id, date(2024, 5, 1), contract=THEMED, auditor="Hugh")
        for child_id in "yz"
    ]
    [pick] = chosen(a_case("1"), audits=(*past, *long_past), size=1).picks
    assert pick.auditor == "Hugh"


def test_an_audit_that_was_withdrawn_is_nobodys_load():
    past = [a_home_audit("x", date(2026, 5, 1), contract=THEMED, auditor="Hugh")]
    back = [
        replace(a_home_audit(child, date(2026, 5, 1), contract=THEMED, auditor="Hope"), status=s)
        for child, s in (("y", "withdrawn"), ("z", "withdrawn"))
    ]
    [pick] = chosen(a_case("1"), audits=(*past, *back), size=1).picks
    assert pick.auditor == "Hope"


def test_a_head_of_service_who_left_audits_nothing():
    gone = a_person("Hope", role="hos", active_to=date(2026, 9, 1))
    staff = three_areas()
    people = tuple(one for one in staff.people if one.name != "Hope")
    picks = chosen(*some("North", 9), staff=replace(staff, people=(*people, gone))).picks
    assert {pick.auditor for pick in picks} == {"Hugh"}


def test_the_size_is_asked_for_or_set_or_the_contracts_target():
    cases = some("North", 30)
    setting = Settings(targets={"head-of-service.quarter": 8})
    assert len(chosen(*cases).picks) == 6
    assert len(chosen(*cases, settings=setting).picks) == 8
    assert len(chosen(*cases, settings=setting, size=3).picks) == 3


def test_a_sample_without_a_size_is_refused():
    with pytest.raises(UsageFault, match="How many"):
        chosen(a_case("1"), size=0)
    with pytest.raises(UsageFault, match="How many"):
        chosen(a_case("1"), contract=replace(THEMED, targets={}))


def test_the_draw_can_be_kept_to_one_team():
    cases = [*some("North", 9), *some("South", 9)]
    selection = chosen(*cases, team="North")
    assert {pick.team for pick in selection.picks} == {"North"}
    assert len(selection.picks) == 6


def test_forms_are_due_by_the_contract():
    [pick] = chosen(a_case("1"), size=1).picks
    assert (pick.due - TODAY).days == 28
    assert (pick.period, pick.why) == ("2026-27-Q3", "drawn by lot from a pool of 1: North, CIN")


@settings(max_examples=50, deadline=None)
@given(
    sizes=st.tuples(*[st.integers(0, 12)] * 3),
    size=st.integers(1, 15),
)
def test_a_sample_is_as_large_as_asked_or_the_whole_pool_and_no_area_is_left_out(sizes, size):
    teams = ("North", "South", "West")
    cases = [case for team, count in zip(teams, sizes, strict=True) for case in some(team, count)]
    drawn = Counter(pick.team for pick in chosen(*cases, size=size).picks)
    assert drawn.total() == min(size, len(cases))
    held = [team for team, count in zip(teams, sizes, strict=True) if count]
    if size >= len(held):
        assert set(drawn) == set(held)


def test_a_draw_can_be_performed_again_from_what_the_ledger_shows():
    drawn = chosen(*some("North", 20), size=5)
    row = selection_row(1, TODAY, drawn, THEMED)
    picked = [line.partition(":")[0] for line in row["Chosen cases"].splitlines()]
    stratum, _, others = row["In the pool, not drawn"].partition(": ")
    pool = [*picked, *others.split(", ")]
    by_lot = sorted(
        pool, key=lambda each: sha256(f"{row['Seed of the draw']}|{each}".encode()).hexdigest()
    )
    assert (stratum, len(pool)) == ("North, CIN", 20)
    assert sorted(by_lot[:5]) == sorted(picked)
