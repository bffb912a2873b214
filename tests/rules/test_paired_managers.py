"""Quality: paired managers, reviewing officers and advisers, one case a month (domain.md A2.1)."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import period
from auditdocs.rules.selection.paired_managers import paired_managers
from tests.makers.cases import TODAY, a_case, a_person, a_staff, a_team, an_audit
from tests.makers.selections import (
    QUALITY,
    a_home_audit,
    a_pair,
    a_quality_request,
    children,
    reason_of,
)

IRO = a_person("Ivy Iro", role="iro", teams=("Review",))
ADVISER = a_person("Ada Adviser", role="cp_adviser", teams=("Review",))
LAC, CP, BOTH = frozenset({"LAC"}), frozenset({"CP"}), frozenset({"CP", "LAC"})


def chosen(*cases, **changes):
    return paired_managers(a_quality_request(*cases, **changes))


def slots(selection):
    """Who audits what, as auditor and child id."""
    return [(pick.auditor, pick.child_id) for pick in selection.picks]


def audited(child_id, day, **changes):
    return a_home_audit(child_id, day, contract=QUALITY, **changes)


def some(team, count, **changes):
    """So many cases of a team, with ids that start with the team's letter."""
    return [a_case(f"{team[0]}{n:02d}", team=team, **changes) for n in range(count)]


def test_paired_managers_audit_each_others_cases():
    selection = chosen(a_case("1"), a_case("2", team="South"))
    assert slots(selection) == [("South Manager", "1"), ("North Manager", "2")]
    assert [(p.auditor_role, p.auditor_team) for p in selection.picks] == [
        ("tm", "South"),
        ("tm", "North"),
    ]


def a_ring():
    """Teams A, B and C: B's manager audits A, C's audits B, A's audits C."""
    return a_staff(teams=[a_team(name, pair=pair) for name, pair in ("AB", "BC", "CA")])


def test_three_teams_audit_round_in_a_ring():
    selection = chosen(*(a_case(name, team=name) for name in "ABC"), staff=a_ring())
    assert slots(selection) == [("B Manager", "A"), ("C Manager", "B"), ("A Manager", "C")]


def test_a_team_without_a_pair_is_told_of():
    selection = chosen(a_case("1", team="East"), staff=a_pair())
    assert selection.picks == ()
    assert selection.warnings == ("East has no paired team: no team manager audits its cases",)


def test_the_head_of_service_covers_a_vacant_managers_post():
    staff = a_pair(South={"manager": ""})
    [pick] = chosen(a_case("1"), staff=staff).picks
    assert (pick.auditor, pick.auditor_role, pick.auditor_team) == ("Hilda Head", "hos", "South")


def test_a_manager_who_has_left_leaves_the_post_vacant():
    staff = a_pair(a_person("South Manager", role="tm", active_to=date(2026, 9, 30)))
    assert chosen(a_case("1"), staff=staff).picks[0].auditor == "Hilda Head"


def test_a_vacant_post_that_nobody_covers_is_told_of():
    staff = a_pair(South={"manager": "", "head_of_service": ""})
    selection = chosen(a_case("1"), staff=staff)
    assert selection.picks == ()
    assert selection.warnings == (
        "North: the manager's post of South is vacant and nobody covers it",
    )


def test_an_auditor_paired_with_several_teams_has_one_slot_a_month_and_alternates():
    pairs = {"A": "C", "B": "C"}
    staff = a_staff(teams=[a_team(name, pair=pair) for name, pair in pairs.items()] + [a_team("C")])
    cases = [*some("A", 4), *some("B", 4)]
    picks = chosen(*cases, staff=staff, period=period("2026-27-Q4")).picks
    assert [pick.period for pick in picks] == ["2027-01", "2027-02", "2027-03"]
    assert sorted(Counter(pick.team for pick in picks).values()) == [1, 2]


def test_reviewing_officers_audit_looked_after_children_and_advisers_child_protection():
    cases = [
        a_case("1", team="East", case_types=LAC),
        a_case("2", team="East", case_types=CP),
        a_case("3", team="East"),
    ]
    selection = chosen(*cases, staff=a_pair(IRO, ADVISER))
    assert slots(selection) == [("Ivy Iro", "1"), ("Ada Adviser", "2")]
    assert all("for the manager of East to agree" in pick.why for pick in selection.picks)
    assert selection.waiting[0].reason == "no audit falls due that may take it"


def test_a_child_both_looked_after_and_protected_may_be_audited_by_either():
    case = a_case("1", team="East", case_types=BOTH)
    assert slots(chosen(case, staff=a_pair(IRO))) == [("Ivy Iro", "1")]
    assert slots(chosen(case, staff=a_pair(ADVISER))) == [("Ada Adviser", "1")]


def test_reviewing_officers_go_round_the_teams():
    teams = ("A", "B", "C", "D")
    cases = [case for team in teams for case in some(team, 5, case_types=LAC)]
    staff = a_staff(IRO, replace(IRO, name="Ike Iro"), teams=[a_team(team) for team in teams])
    picks = chosen(*cases, staff=staff, period=period("2026-27-Q4")).picks
    assert sorted(Counter(pick.team for pick in picks).values()) == [1, 1, 2, 2]
    assert len({(pick.period, pick.team) for pick in picks}) == 6


def test_teams_even_with_each_other_take_turns_by_month():
    teams = ("A", "B", "C")
    cases = [case for team in teams for case in some(team, 2, case_types=LAC)]
    staff = a_staff(IRO, teams=[a_team(team) for team in teams])
    months = [chosen(*cases, staff=staff, period=period(f"2027-0{n}")) for n in (1, 2, 3)]
    assert sorted(month.picks[0].team for month in months) == ["A", "B", "C"]


def test_two_auditors_in_one_team_take_cases_of_two_workers():
    cases = [
        *(a_case(f"{n}", case_types=LAC) for n in range(3)),
        a_case("9", worker="Bob Baker", case_types=LAC),
    ]
    assert slots(chosen(*cases, staff=a_pair(IRO))) == [("South Manager", "0"), ("Ivy Iro", "9")]


def test_the_teams_audited_in_the_past_year_wait_for_the_others():
    cases = [*some("A", 3, case_types=LAC), *some("B", 3, case_types=LAC)]
    past = [audited("x", date(2026, m, 1), team="A", auditor_role="iro") for m in (4, 5)]
    past.append(audited("x", date(2026, 6, 1), team="B", auditor_role="iro"))
    staff = a_staff(IRO, teams=[a_team("A"), a_team("B")])
    assert chosen(*cases, staff=staff, audits=tuple(past)).picks[0].team == "B"


def test_the_history_of_a_team_stays_with_it_when_it_is_renamed():
    cases = [*some("A", 3, case_types=LAC), *some("B", 3, case_types=LAC)]
    past = audited("x", date(2026, 4, 1), team="OLD A", auditor_role="iro")
    staff = a_staff(IRO, teams=[a_team("A", renamed_from=("Old A",)), a_team("B")])
    for month in ("2026-10", "2026-11"):
        chosen_in = chosen(*cases, staff=staff, audits=(past,), period=period(month))
        assert chosen_in.picks[0].team == "B"


def test_only_the_auditors_in_the_settings_audit_when_they_name_any():
    settings = Settings(quality_auditors=("South Manager", "Moira Moderator", "No One"), reserves=0)
    moderator = a_person("Moira Moderator", role="hos_qap", teams=("Quality",))
    staff = a_pair(IRO, moderator, a_person("South Manager", role="tm", teams=("South",)))
    cases = [*some("North", 3, case_types=LAC), *some("South", 3)]
    selection = chosen(*cases, staff=staff, settings=settings)
    assert [pick.auditor for pick in selection.picks] == ["South Manager", "Moira Moderator"]
    assert "[quality] auditors: 1 name not on the staff register" in selection.warnings[0]


def test_a_reviewing_officer_whom_the_settings_name_still_has_one_slot():
    settings = Settings(quality_auditors=("Ivy Iro", "Gone Girl"), reserves=0)
    gone = a_person("Gone Girl", role="ssw", teams=(), active_to=date(2026, 9, 1))
    selection = chosen(
        *some("North", 3, case_types=LAC), staff=a_pair(IRO, gone), settings=settings
    )
    assert [(pick.auditor, pick.auditor_team) for pick in selection.picks] == [
        ("Ivy Iro", "Review")
    ]


def test_an_auditor_need_not_belong_to_a_team():
    staff = a_pair(replace(IRO, teams=()))
    assert chosen(a_case("1", team="East", case_types=LAC), staff=staff).picks[0].auditor_team == ""


def test_another_auditor_takes_cases_of_every_team_but_the_own():
    settings = Settings(quality_auditors=("Sid Senior",), reserves=0)
    staff = a_pair(a_person("Sid Senior", role="ssw", teams=("North",)))
    selection = chosen(a_case("1"), a_case("2", team="South"), staff=staff, settings=settings)
    assert slots(selection) == [("Sid Senior", "2")]


@pytest.mark.parametrize(
    "changes",
    [
        {"worker": "South Manager"},
        {"team_manager": "Manager, South"},
        {"supervisor": "south  manager"},
        {"iro": "South Manager"},
        {"cp_chair": "Stan"},
    ],
)
def test_nobody_audits_a_case_they_are_in_charge_of(changes):
    staff = a_pair(a_person("South Manager", role="tm", aliases=("Stan",)))
    selection = chosen(a_case("1", **changes), staff=staff)
    assert selection.picks == ()
    assert selection.warnings == (
        "2026-10, Team manager (South): no case is left that may be audited",
    )


@pytest.mark.parametrize(
    "past",
    [{"worker": "South Manager"}, {"header": {"team_manager": "South Manager"}}],
)
def test_nobody_audits_a_case_they_were_in_charge_of(past):
    audits = (a_home_audit("1", date(2024, 6, 1), **past),)
    assert chosen(a_case("1"), audits=audits).picks == ()


def test_nobody_audits_a_case_of_somebody_they_supervise():
    supervised = a_person("Ann Archer", supervisor="South Manager")
    assert chosen(a_case("1"), staff=a_pair(supervised)).picks == ()


def test_a_manager_paired_with_the_own_team_audits_nothing():
    selection = chosen(a_case("1"), staff=a_staff(teams=[a_team("North", pair="North")]))
    assert selection.picks == ()
    assert "no paired team" in selection.warnings[0]


def test_the_worker_audited_least_in_twelve_months_comes_first():
    cases = [a_case("1"), a_case("2", worker="Bob Baker"), a_case("3", worker="Cy Cole")]
    past = [
        audited("x", date(2026, 8, 1), worker="Ann Archer"),
        audited("y", date(2026, 7, 1), worker="Bob Baker"),
        audited("z", date(2025, 9, 1), worker="Cy Cole"),
    ]
    assert slots(chosen(*cases, audits=tuple(past))) == [("South Manager", "3")]
    past.append(audited("z", date(2026, 6, 1), worker="Cy Cole"))
    assert slots(chosen(*cases, audits=tuple(past))) == [("South Manager", "3")]
    past.append(audited("z", date(2026, 9, 1), worker="Cy Cole"))
    assert slots(chosen(*cases, audits=tuple(past))) == [("South Manager", "2")]


def test_audits_spread_equally_over_a_teams_workers():
    cases = [a_case(f"{n:02d}", worker=f"Worker {n % 5}") for n in range(40)]
    picks = chosen(*cases, period=period("2026-27")).picks
    assert Counter(pick.worker for pick in picks) == {f"Worker {n}": 2 for n in range(5)}


def test_inside_a_worker_the_oldest_never_audited_comes_before_the_oldest_audit():
    audits = audited("1", date(2024, 1, 1)), audited("2", date(2025, 1, 1))
    cases = [
        a_case("1", open_date=date(2023, 1, 1)),
        a_case("2", open_date=date(2022, 1, 1)),
        a_case("3", open_date=date(2026, 2, 1)),
        a_case("4", open_date=date(2026, 1, 1)),
    ]
    settings = Settings(reserves=3)
    selection = chosen(*cases, audits=audits, settings=settings)
    assert children((*selection.picks, *selection.reserves)) == ["4", "3", "1", "2"]
    assert selection.picks[0].why == (
        "never audited, open 273 days; its worker had 0 audits in twelve months"
    )
    assert "last audited on 01/01/2024" in selection.reserves[1].why


@pytest.mark.parametrize(("day", "free"), [(date(2025, 10, 1), True), (date(2025, 10, 2), False)])
def test_a_case_audited_within_twelve_months_is_left_out(day, free):
    selection = chosen(a_case("1"), audits=(audited("1", day),))
    assert bool(selection.picks) is free
    assert ("within twelve months" in reason_of(selection, "1")) is not free


def test_a_case_with_an_audit_of_any_type_in_progress_is_left_out():
    out = an_audit("C-2026-09-0001", child_id="1")
    assert reason_of(chosen(a_case("1"), audits=(out,)), "1") == (
        "an audit is in progress: C-2026-09-0001"
    )


def test_a_form_long_overdue_is_no_audit_in_progress():
    lost = an_audit("C-2026-03-0001", child_id="1", due=date(2026, 3, 22))
    assert children(chosen(a_case("1"), audits=(lost,)).picks) == ["1"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"open_date": TODAY - timedelta(days=41)},
            "open six weeks or less: 41 days, not before 02/10/2026",
        ),
        ({"closes_on": date(2026, 10, 31)}, "closing: on 31/10/2026"),
        ({"worker": ""}, "unallocated"),
        ({"open_date": None}, "no open date"),
        ({"team": ""}, "no allocated team"),
    ],
)
def test_a_case_that_speaks_against_itself_is_shown_but_may_be_directed(changes, reason):
    case = a_case("1", **changes)
    selection = chosen(case)
    assert selection.picks == ()
    assert reason_of(selection, "1").startswith(reason)
    directed = chosen(case, directed=(("1", "stuck"),))
    assert children(directed.picks) == (["1"] if case.team else [])


def test_cases_without_a_team_are_not_taken_for_a_team_of_their_own():
    assert chosen(a_case("1", team="")).warnings == ()


@pytest.mark.parametrize(
    "changes", [{"open_date": TODAY - timedelta(days=42)}, {"closes_on": date(2026, 11, 1)}]
)
def test_a_case_six_weeks_old_or_closing_after_the_month_may_be_chosen(changes):
    assert children(chosen(a_case("1", **changes)).picks) == ["1"]


def test_a_worker_without_an_eligible_case_is_skipped():
    cases = a_case("1", open_date=TODAY), a_case("2", worker="Bob Baker")
    assert children(chosen(*cases).picks) == ["2"]


def test_directed_cases_come_before_rotation():
    cases = some("North", 4)
    selection = chosen(*cases, directed=(("N03", "stuck"),))
    assert slots(selection) == [("South Manager", "N03")]
    assert (selection.picks[0].why, selection.warnings) == ("directed: stuck", ())


def test_a_directed_case_goes_to_the_next_auditor_who_may_take_it():
    cases = some("North", 2, case_types=LAC)
    directed = ("N00", "stuck"), ("N01", "complaint")
    selection = chosen(*cases, staff=a_pair(IRO), directed=directed)
    assert slots(selection) == [("South Manager", "N00"), ("Ivy Iro", "N01")]


def test_a_directed_case_for_which_no_slot_is_left_is_told_and_not_chosen():
    directed = ("N00", "stuck"), ("N01", "complaint")
    selection = chosen(*some("North", 3), *some("South", 1), directed=directed)
    assert slots(selection) == [("South Manager", "N00"), ("North Manager", "S00")]
    assert reason_of(selection, "N01") == "directed, but no auditor who may take it has a slot left"


def test_a_directed_case_does_not_use_up_the_slot_of_another_team():
    cases = [case for team in "ABC" for case in some(team, 2)]
    directed = ("A00", "stuck"), ("A01", "complaint")
    selection = chosen(*cases, staff=a_ring(), directed=directed)
    assert slots(selection) == [("B Manager", "A00"), ("C Manager", "B00"), ("A Manager", "C00")]


def test_even_a_directed_case_is_not_audited_by_those_in_charge_of_it():
    selection = chosen(a_case("1", iro="South Manager"), directed=(("1", "stuck"),))
    assert selection.picks == ()


def test_reserves_stand_by_from_the_same_team_for_the_same_auditor_and_month():
    cases = [*some("North", 5), *some("South", 2)]
    selection = chosen(*cases, settings=Settings(reserves=2))
    told = [(r.auditor, r.child_id, r.period) for r in selection.reserves]
    assert told == [
        ("South Manager", "N01", "2026-10"),
        ("South Manager", "N02", "2026-10"),
        ("North Manager", "S01", "2026-10"),
    ]
    assert children(selection.waiting) == ["N03", "N04"]


def test_a_reserve_of_one_slot_is_never_the_pick_of_a_later_one():
    selection = chosen(
        *some("North", 4), settings=Settings(reserves=2), period=period("2026-27-Q4")
    )
    assert children(selection.picks) == ["N00", "N01", "N02"]
    assert children(selection.reserves) == ["N03"]


def test_a_quarter_gives_the_slots_of_its_months_each_with_its_own_label_and_due_date():
    picks = chosen(*some("North", 9), period=period("2026-27-Q3")).picks
    assert [(pick.period, pick.due) for pick in picks] == [
        ("2026-10", date(2026, 10, 29)),
        ("2026-11", date(2026, 11, 29)),
    ]


def test_a_year_gives_ten_audits_each_because_august_and_december_are_quiet():
    selection = chosen(*some("North", 30), today=date(2026, 4, 1), period=period("2026-27"))
    assert len(selection.picks) == 10
    assert selection.warnings == (
        "2026-08 is a quiet month: no audit falls due",
        "2026-12 is a quiet month: no audit falls due",
    )


def test_quiet_months_are_a_setting():
    settings = Settings(quiet_months=(10,), reserves=0)
    selection = chosen(a_case("1"), settings=settings)
    assert selection.picks == ()
    assert children(selection.waiting) == ["1"]


def test_a_slot_that_is_issued_is_not_given_again():
    issued = an_audit(
        "Q-2026-10-0001", type="quality", child_id="N00", auditor="Manager, South", period="2026-10"
    )
    selection = chosen(*some("North", 5), audits=(issued,), period=period("2026-27-Q3"))
    assert [(pick.child_id, pick.period) for pick in selection.picks] == [("N01", "2026-11")]


def test_issuing_month_by_month_takes_the_same_cases_as_the_quarter_at_once():
    cases = [*some("North", 5), *some("South", 5)]
    quarter = chosen(*cases, period=period("2026-27-Q4"), today=date(2027, 1, 1))
    issued = ()
    for month in ("2027-01", "2027-02", "2027-03"):
        made = chosen(*cases, period=period(month), audits=issued, today=date(2027, 1, 1))
        issued += tuple(_issued(pick) for pick in made.picks)
    assert [a.child_id for a in issued] == children(quarter.picks)


def test_a_withdrawn_audit_frees_its_slot_but_its_case_is_not_proposed_again_that_month():
    withdrawn = an_audit(
        "Q-2026-10-0001",
        type="quality",
        child_id="N00",
        auditor="South Manager",
        period="2026-10",
        status="withdrawn",
    )
    selection = chosen(*some("North", 3), audits=(withdrawn,))
    assert slots(selection) == [("South Manager", "N01")]
    assert reason_of(selection, "N00") == "withdrawn already in 2026-10: Q-2026-10-0001"


def test_an_audit_withdrawn_in_an_earlier_month_neither_bars_its_case_nor_counts_for_its_worker():
    withdrawn = audited("1", date(2026, 9, 1), worker="Ann Archer", status="withdrawn")
    cases = a_case("1"), a_case("2", worker="Bob Baker")
    assert slots(chosen(*cases, audits=(withdrawn,))) == [("South Manager", "1")]


def test_slots_of_a_month_that_is_over_are_given_late():
    selection = chosen(*some("North", 3), period=period("2026-09"))
    assert selection.picks[0].due == date(2026, 10, 29)
    assert selection.warnings == ("2026-09 is over: audits given for it now are late",)
    assert chosen(*some("North", 3), today=date(2026, 10, 31)).warnings == ()


def _issued(pick):
    return an_audit(
        f"Q-{pick.child_id}",
        type="quality",
        child_id=pick.child_id,
        team=pick.team,
        worker=pick.worker,
        auditor=pick.auditor,
        auditor_role=pick.auditor_role,
        period=pick.period,
        issued=date(2027, 1, 1),
        due=pick.due,
    )


def test_a_case_that_its_manager_flagged_comes_before_the_rotation_with_the_reason():
    cases = [
        *some("South", 3),
        a_case("900", team="South", audit_flag="stuck, a fresh view wanted"),
    ]
    selection = paired_managers(a_quality_request(*cases))
    first = next(pick for pick in selection.picks if pick.team == "South")
    assert first.child_id == "900"
    assert first.why.startswith("flagged by the team manager: stuck, a fresh view wanted; ")


def test_a_directed_case_comes_before_a_flagged_one():
    cases = [*some("South", 2), a_case("900", team="South", audit_flag="complaint")]
    request = a_quality_request(*cases, directed=((cases[0].child_id, "head of service"),))
    assert [pick.child_id for pick in paired_managers(request).picks] == [cases[0].child_id]


def test_a_flag_opens_no_case_that_is_barred():
    young = a_case("900", team="South", open_date=TODAY, audit_flag="complaint")
    assert chosen(*some("South", 1), young) != ["900"]


def test_two_managers_of_one_name_have_a_slot_each():
    managers = [
        a_person("Sam Smith", role="tm", teams=(team,), worker_id=f"E{team}")
        for team in ("North", "South")
    ]
    both = {"manager": "Sam Smith"}
    cases = [a_case("1"), a_case("2", team="South")]
    staff = a_pair(*managers, North=both, South=both)
    assert slots(chosen(*cases, staff=staff)) == [("Sam Smith", "1"), ("Sam Smith", "2")]
    given = audited("x", TODAY, auditor="Sam Smith", auditor_team="South", team="North")
    assert slots(chosen(*cases, staff=staff, audits=(given,))) == [("Sam Smith", "2")]


def test_the_audits_of_a_namesake_keep_nobody_waiting():
    cases = [
        a_case("1", worker_id="E1"),
        a_case("2", worker_id="E2", open_date=date(2025, 1, 5)),
        a_case("3", worker="Bob Baker"),
    ]
    past = [
        audited("x", date(2026, 8, 1), worker_id="E2"),
        audited("y", date(2026, 7, 1), worker="Bob Baker"),
    ]
    (pick,) = chosen(*cases, audits=tuple(past)).picks
    assert (pick.child_id, pick.worker_id) == ("1", "E1")
    assert pick.why.endswith("its worker had 0 audits in twelve months")
