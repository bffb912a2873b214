"""Completeness: each worker's oldest unaudited case next (domain.md A3.1)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditdocs.model.settings import Settings
from auditdocs.rules.selection.oldest_first import oldest_first, queue
from tests.makers.cases import TODAY, a_case, a_person, a_staff, a_team, an_audit
from tests.makers.selections import (
    COMPLETENESS,
    QUALITY,
    a_bare_contract,
    a_home_audit,
    a_request,
    children,
    reason_of,
)


def out(child_id, audit_id="C-2026-09-0001", **changes):
    """A form for that child that is with its worker and not overdue."""
    return an_audit(audit_id, **({"child_id": child_id, "due": TODAY} | changes))


def chosen(*cases, **changes):
    return children(oldest_first(a_request(*cases, **changes)).picks)


@pytest.mark.parametrize(
    ("today", "expected"), [(date(2024, 5, 13), []), (date(2024, 5, 14), ["1"])]
)
def test_a_case_opened_on_1_april_2024_is_first_eligible_on_14_may(today, expected):
    case = a_case("1", open_date=date(2024, 4, 1))
    assert chosen(case, today=today, data_date=today) == expected


def test_a_case_too_young_is_listed_with_its_first_day():
    case = a_case("1", open_date=TODAY - timedelta(days=42))
    selection = oldest_first(a_request(case))
    assert reason_of(selection, "1") == "open six weeks or less: 42 days, not before 02/10/2026"


def test_a_case_closed_within_six_weeks_is_never_eligible():
    case = a_case("1", open_date=date(2024, 4, 1), close_date=date(2024, 5, 10))
    selection = oldest_first(a_request(case))
    assert (selection.picks, selection.excluded, selection.waiting) == ((), (), ())


def test_the_case_open_longest_comes_first_and_the_others_wait_in_order():
    cases = (
        a_case("2", open_date=date(2026, 3, 1)),
        a_case("3", open_date=date(2025, 1, 1)),
        a_case("1", open_date=date(2026, 3, 1)),
    )
    selection = oldest_first(a_request(*cases))
    assert children(selection.picks) == ["3"]
    assert [(one.child_id, one.reason) for one in selection.waiting] == [
        ("1", "number 2 in its worker's queue"),
        ("2", "number 3 in its worker's queue"),
    ]


def test_no_case_is_audited_again_before_all_are_audited():
    old, new = a_case("1", open_date=date(2024, 1, 1)), a_case("2", open_date=date(2026, 6, 1))
    audits = (a_home_audit("1", date(2024, 5, 1)),)
    assert chosen(old, new, audits=audits) == ["2"]


def test_when_all_are_audited_the_oldest_audit_comes_first():
    cases = [a_case(name, open_date=date(2024, 1, 1)) for name in "123"]
    audits = [
        a_home_audit("1", date(2026, 1, 1)),
        a_home_audit("2", date(2025, 1, 1)),
        a_home_audit("2", date(2026, 3, 1)),
        a_home_audit("3", date(2026, 2, 1)),
    ]
    selection = oldest_first(a_request(*cases, audits=tuple(audits)))
    assert children((*selection.picks, *selection.waiting)) == ["1", "3", "2"]
    assert selection.picks[0].why == "audited longest ago of its worker's cases, on 01/01/2026"


def test_audits_of_one_day_go_by_open_date_and_then_by_child_id():
    cases = [a_case(name, open_date=date(2024, 1, int(name[0]))) for name in ("2", "1b", "1a")]
    audits = {case.child_id: (a_home_audit(case.child_id, date(2026, 1, 1)),) for case in cases}
    assert [case.child_id for case in queue(cases, audits)] == ["1a", "1b", "2"]


def test_a_reopened_case_starts_its_clock_again():
    reopened = a_case("1", open_date=date(2026, 9, 1))
    assert chosen(reopened) == []
    assert chosen(reopened, today=date(2026, 10, 14)) == ["1"]


def test_an_audit_of_an_earlier_episode_does_not_count():
    reopened = a_case("1", open_date=date(2026, 7, 1))
    audited = a_case("2", open_date=date(2025, 1, 1))
    audits = a_home_audit("1", date(2026, 6, 30)), a_home_audit("2", date(2025, 3, 1))
    assert chosen(reopened, audited, audits=audits) == ["1"]


def test_an_audit_on_the_day_the_case_opened_counts():
    cases = a_case("1", open_date=date(2024, 1, 1)), a_case("2")
    assert chosen(*cases, audits=(a_home_audit("1", date(2024, 1, 1)),)) == ["2"]


@pytest.mark.parametrize("closed", [date(2026, 6, 1), TODAY])
def test_a_case_that_closed_by_the_data_date_or_on_the_day_it_opened_is_closed(closed):
    selection = oldest_first(a_request(a_case("1", open_date=date(2026, 6, 1), close_date=closed)))
    assert (selection.picks, selection.excluded) == ((), ())


def test_a_case_opened_today_is_young_not_in_the_future():
    selection = oldest_first(a_request(a_case("1", open_date=TODAY)))
    assert reason_of(selection, "1") == "open six weeks or less: 0 days, not before 13/11/2026"


def test_audits_of_another_type_do_not_count():
    cases = a_case("1", open_date=date(2024, 1, 1)), a_case("2")
    assert chosen(*cases, audits=(a_home_audit("1", date(2026, 1, 1), contract=QUALITY),)) == ["1"]


def test_a_case_whose_form_is_out_is_not_offered_again():
    selection = oldest_first(a_request(a_case("1"), audits=(out("1"),)))
    assert reason_of(selection, "1") == "a form is out: C-2026-09-0001, due 01/10/2026"


def test_a_worker_with_a_form_out_gets_no_other():
    cases = a_case("1", open_date=date(2024, 1, 1)), a_case("2")
    selection = oldest_first(a_request(*cases, audits=(out("2"),)))
    assert selection.picks == ()
    assert selection.waiting[0].reason == (
        "its worker has a form out: C-2026-09-0001, due 01/10/2026"
    )


@pytest.mark.parametrize("status", ["withdrawn", "accepted"])
def test_a_worker_whose_form_is_home_or_withdrawn_gets_the_next(status):
    cases = a_case("1", open_date=date(2024, 1, 1)), a_case("2", open_date=date(2025, 1, 1))
    back = out("1", status=status, date_audited=date(2026, 9, 20))
    assert chosen(*cases, audits=(back,)) == ["2" if status == "accepted" else "1"]


@pytest.mark.parametrize(("late", "expected"), [(21, []), (22, ["1"])])
def test_a_form_unreturned_after_two_supervisions_is_released(late, expected):
    audits = (out("1", due=TODAY - timedelta(days=late)),)
    selection = oldest_first(a_request(a_case("1"), audits=audits))
    assert children(selection.picks) == expected
    assert bool(selection.warnings) == bool(expected)


def test_a_released_form_is_told_of_until_there_is_a_later_audit():
    released = out("1", issued=date(2026, 3, 1), due=date(2026, 3, 22))
    later = a_home_audit("1", date(2026, 6, 1))
    told = oldest_first(a_request(a_case("1"), audits=(released,))).warnings
    assert told == (
        "C-2026-09-0001 was due on 22/03/2026 and is not home: its case may be offered again",
    )
    assert oldest_first(a_request(a_case("1"), audits=(released, later))).warnings == ()


def test_a_worker_does_not_wait_for_the_form_of_a_namesake():
    cases = [a_case(n, worker="Ann Archer", worker_id=i) for n, i in (("1", "W1"), ("2", "W2"))]
    selection = oldest_first(a_request(*cases, audits=(out("1"),)))
    assert children(selection.picks) == ["2"]
    both = [*cases, a_case("3", worker="Ann Archer", worker_id="W1")]
    assert children(oldest_first(a_request(*both, audits=(out("1"),))).picks) == ["2"]


def test_a_form_stays_with_its_worker_when_the_case_goes_to_a_namesake():
    cases = [
        a_case("1", worker_id="W2"),
        a_case("2", worker_id="W1"),
        a_case("3", worker_id="W2", open_date=date(2025, 1, 5)),
    ]
    selection = oldest_first(a_request(*cases, audits=(out("1", worker_id="W1"),)))
    assert children(selection.picks) == ["3"]


def test_a_worker_waits_for_a_form_though_its_case_went_to_another():
    cases = a_case("1", worker="Bob Baker", worker_id="W2"), a_case("2", worker_id="W1")
    selection = oldest_first(a_request(*cases, audits=(out("1"),)))
    assert selection.picks == ()


def test_the_form_of_a_closed_case_does_not_keep_its_worker_waiting_and_is_told_of():
    closed, still_open = a_case("1", close_date=date(2026, 9, 20)), a_case("2")
    request = a_request(closed, still_open, audits=(out("1"),))
    assert oldest_first(replace(request, team="South")).warnings == ()
    selection = oldest_first(request)
    assert children(selection.picks) == ["2"]
    assert selection.warnings == ("C-2026-09-0001 is out for a case that has closed: withdraw it",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"open_date": None}, "no open date on the record"),
        ({"open_date": date(2026, 10, 12)}, "the open date lies in the future: 12/10/2026"),
        ({"close_date": date(2025, 1, 1)}, "the closure date lies before the open date"),
        ({"worker": ""}, "unallocated: no worker on the record, for the team manager"),
        ({"closes_on": TODAY + timedelta(days=21)}, "closing: on 22/10/2026"),
    ],
)
def test_an_odd_record_is_always_listed_with_what_is_wrong(changes, reason):
    selection = oldest_first(a_request(a_case("1", **changes)))
    assert (selection.picks, reason_of(selection, "1")) == ((), reason)


def test_a_case_that_closes_after_its_form_would_be_due_is_audited():
    case = a_case("1", closes_on=TODAY + timedelta(days=22))
    assert children(oldest_first(a_request(case)).picks) == ["1"]


def test_all_that_is_wrong_with_a_record_is_told_at_once():
    selection = oldest_first(a_request(a_case("1", open_date=None, worker="")))
    assert reason_of(selection, "1").count(";") == 1


@pytest.mark.parametrize("dates", [{"active_to": date(2026, 9, 30)}, {"active_from": TODAY.max}])
def test_the_cases_of_a_worker_who_is_not_in_post_are_listed(dates):
    staff = a_staff(a_person("Ann Archer", **dates))
    selection = oldest_first(a_request(a_case("1"), staff=staff))
    assert selection.picks == ()
    assert reason_of(selection, "1").startswith("its worker is not in post")


def test_of_two_people_of_one_name_only_an_id_tells_who_has_left():
    left = a_person("Ann Archer", worker_id="E1", active_to=date(2026, 9, 30))
    staff = a_staff(left, a_person("Ann Archer", worker_id="E2"))
    cases = a_case("1", worker_id="e1"), a_case("2", worker_id="E2"), a_case("3")
    selection = oldest_first(a_request(*cases, staff=staff))
    assert children(selection.picks) == ["3", "2"]
    assert children(selection.excluded) == ["1"]


def test_a_worker_on_the_last_day_in_post_still_gets_a_form():
    staff = a_staff(a_person("Ann Archer", active_to=TODAY))
    assert chosen(a_case("1"), staff=staff) == ["1"]


def test_a_new_worker_inherits_the_history_of_the_case():
    cases = a_case("1", worker="Bob Baker"), a_case("2", worker="Bob Baker")
    audits = (a_home_audit("1", date(2026, 6, 1), worker="Ann Archer", auditor="Ann Archer"),)
    assert chosen(*cases, audits=audits) == ["2"]


def test_each_worker_gets_one_case():
    cases = [a_case(str(n), worker=f"Worker {n % 3}") for n in range(9)]
    picks = oldest_first(a_request(*cases)).picks
    assert [pick.worker for pick in picks] == ["Worker 0", "Worker 1", "Worker 2"]
    assert all(pick.auditor == pick.worker for pick in picks)


def test_workers_of_one_name_are_told_apart_by_their_ids():
    cases = a_case("1", worker_id="E1"), a_case("2", worker_id="E2")
    assert chosen(*cases) == ["1", "2"]


@pytest.mark.parametrize(
    ("supervision", "due"),
    [
        (date(2026, 10, 9), date(2026, 10, 9)),
        (TODAY, date(2026, 10, 22)),
        (date(2026, 9, 21), date(2026, 10, 12)),
        (date(2026, 9, 10), date(2026, 10, 22)),
        (date(2026, 8, 1), date(2026, 10, 3)),
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2062, 10, 9), date(2026, 10, 22)),
        (None, date(2026, 10, 22)),
    ],
)
def test_a_form_is_due_at_the_next_supervision_or_after_three_weeks(supervision, due):
    [pick] = oldest_first(a_request(a_case("1", supervision_date=supervision))).picks
    assert pick.due == due


def test_a_supervision_too_far_ahead_to_be_meant_is_told():
    case = a_case("1", supervision_date=date(2062, 10, 9))
    (told,) = oldest_first(a_request(case)).warnings
    assert "on the record of 1: the form is due as if there were no date" in told
    spot_check = a_bare_contract("spot-check", "oldest-first", due_days=5)
    assert oldest_first(a_request(case, contract=spot_check)).warnings == ()


def test_a_type_without_supervision_is_due_by_its_contract():
    contract = a_bare_contract("spot-check", "oldest-first", due_days=5)
    case = a_case("1", supervision_date=date(2026, 10, 9))
    [pick] = oldest_first(a_request(case, contract=contract)).picks
    assert pick.due == date(2026, 10, 6)


def test_the_auditor_is_the_worker_in_the_role_the_register_has():
    namesake = a_person("Ann Archer", worker_id="E2")
    staff = a_staff(a_person("Ann Archer", role="ssw", worker_id="E1"), namesake)
    [pick] = oldest_first(a_request(a_case("1", worker_id="E1"), staff=staff)).picks
    assert (pick.auditor, pick.auditor_role, pick.auditor_team) == ("Ann Archer", "ssw", "North")
    assert (pick.period, pick.why) == ("2026-10", "never audited, open 269 days")


def test_a_directed_case_takes_the_place_of_the_head_of_its_workers_queue():
    cases = a_case("1", open_date=date(2024, 1, 1)), a_case("2")
    selection = oldest_first(a_request(*cases, directed=(("2", "complaint"),)))
    assert (children(selection.picks), selection.warnings) == (["2"], ())
    assert selection.waiting[0].reason == "its worker has a directed case this time"


def test_a_directed_case_that_is_refused_does_not_take_its_workers_turn():
    cases = a_case("1"), a_case("2")
    form = out("1", worker="Bob Baker", auditor="Bob Baker")
    selection = oldest_first(a_request(*cases, audits=(form,), directed=(("1", "complaint"),)))
    assert children(selection.picks) == ["2"]


def test_a_case_directed_to_a_worker_who_has_a_form_already_is_flagged():
    cases = a_case("1"), a_case("2")
    request = a_request(*cases, audits=(out("2"),), directed=(("1", "complaint"),))
    selection = oldest_first(request)
    assert children(selection.picks) == ["1"]
    assert selection.warnings == (
        "Case 1 was directed although its worker has a form out: C-2026-09-0001, due 01/10/2026",
    )


def test_the_team_manager_audits_the_directed_case_of_a_worker_who_is_not_in_post():
    staff = a_staff(a_person("Ann Archer", active_to=date(2026, 9, 1)), teams=(a_team("North"),))
    [pick] = oldest_first(a_request(a_case("1"), staff=staff, directed=(("1", "x"),))).picks
    assert (pick.auditor, pick.auditor_role, pick.worker) == ("North Manager", "tm", "Ann Archer")


def test_a_directed_case_without_worker_and_manager_is_not_given():
    selection = oldest_first(a_request(a_case("1", worker=""), directed=(("1", "x"),)))
    assert selection.picks == ()
    assert reason_of(selection, "1").startswith("directed, but neither a worker")


def test_a_worker_with_more_cases_than_sessions_is_warned_of_in_numbers():
    cases = [a_case(str(n)) for n in range(16)]
    assert oldest_first(a_request(*cases[:15])).warnings == ()
    assert oldest_first(a_request(*cases)).warnings == (
        "1 worker has more eligible cases than the 15 sessions left in twelve months: 1 case is "
        "beyond reach (North 1)",
    )


def test_many_such_workers_are_one_warning_with_their_teams():
    cases = [
        a_case(f"{name}{n}", worker=name, team=team)
        for name, team in (("Ann", "North"), ("Bob", "South"), ("Cy", "South"))
        for n in range(20)
    ]
    assert oldest_first(a_request(*cases)).warnings == (
        "3 workers have more eligible cases than the 15 sessions left in twelve months: 15 cases "
        "are beyond reach (North 1, South 2)",
    )


def test_warnings_of_other_teams_are_left_out_when_one_is_asked_for():
    cases = [a_case(str(n)) for n in range(16)]
    assert oldest_first(a_request(*cases, team="South")).warnings == ()


def test_the_days_between_supervisions_are_a_setting():
    settings = Settings(supervision_days=28)
    [pick] = oldest_first(a_request(a_case("1"), settings=settings)).picks
    assert pick.due == TODAY + timedelta(days=28)


def test_the_contract_asked_for_decides_which_audits_count():
    contract = a_bare_contract("file-check", "oldest-first")
    cases = a_case("1", open_date=date(2024, 1, 1)), a_case("2")
    audits = (a_home_audit("1", date(2026, 1, 1), contract=contract),)
    assert chosen(*cases, contract=contract, audits=audits) == ["2"]
    assert chosen(*cases, contract=COMPLETENESS, audits=audits) == ["1"]
