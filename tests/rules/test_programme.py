"""How the programme stands: covered, forecast, targets, auditors, spread, slots missed."""

from datetime import date, timedelta

import pytest

from auditdocs.model.selection import Exclusion, Selection
from auditdocs.model.settings import Settings
from auditdocs.rules.programme.outlook import outlook, outlook_words
from auditdocs.rules.programme.spread import team_spreads, worker_shares
from auditdocs.rules.programme.targets import auditors_a_year, capacity_words, target_words
from auditdocs.rules.selection.paired_managers import paired_managers
from tests.makers.cases import TODAY, a_case, a_person
from tests.makers.selections import (
    COMPLETENESS,
    QUALITY,
    a_home_audit,
    a_pair,
    a_quality_request,
    a_request,
    a_themed_request,
)

OLD = date(2024, 1, 1)


def some(count, **changes):
    return [a_case(f"{n:03d}", **({"open_date": OLD} | changes)) for n in range(count)]


def audits(count, day, contract=COMPLETENESS, **changes):
    return [a_home_audit(f"{n:03d}", day, contract=contract, **changes) for n in range(count)]


def ahead(cases, done, **changes):
    return outlook(COMPLETENESS, cases, done, data_date=TODAY, today=TODAY, **changes)


def test_all_are_covered_when_those_left_have_had_their_turn_at_the_pace_of_a_quarter():
    found = ahead(some(30), audits(10, TODAY - timedelta(days=5)))
    assert (found.per_cent, found.recent, found.reach) == (33, 10, 40)
    assert found.covered_on == TODAY + timedelta(days=182)  # 20 more, 10 in 91 days
    assert "all are covered by 01/04/2027" in " ".join(outlook_words(found))


def test_a_pace_that_a_year_outruns_never_covers_all_and_says_how_many_are_short():
    found = ahead(some(100), audits(10, TODAY - timedelta(days=5)))
    assert found.covered_on is None
    assert found.first_round_on == TODAY + timedelta(days=9 * 91)
    words = " ".join(outlook_words(found))
    assert "twelve months reach 40 of 100, 60 short" in words
    assert "9 a month are needed" in words


def test_without_an_audit_in_a_quarter_there_is_no_forecast():
    found = ahead(some(3), audits(1, TODAY - timedelta(days=91)))
    assert (found.recent, found.covered_on) == (0, None)
    assert "no day can be forecast" in " ".join(outlook_words(found))


def test_what_is_covered_needs_no_forecast_and_no_case_no_words():
    assert len([*outlook_words(ahead(some(2), audits(2, TODAY)))]) == 1
    assert [*outlook_words(ahead([], []))] == []


def test_closed_cases_and_those_of_other_teams_are_not_in_the_outlook():
    cases = [*some(1), a_case("900", team="South"), a_case("901", close_date=date(2026, 9, 1))]
    assert (ahead(cases, []).open_cases, ahead(cases, [], team="South").open_cases) == (2, 1)


def test_a_case_audited_twice_counts_once_in_the_pace():
    done = [*audits(1, TODAY), *audits(1, TODAY - timedelta(days=9))]
    assert ahead(some(2), done).recent == 1


def test_targets_are_told_with_what_came_home_in_the_quarter_and_in_the_year():
    home = a_themed_request().contract
    done = [
        a_home_audit("1", date(2026, 10, 1), contract=home, returned=date(2026, 10, 1)),
        a_home_audit("2", date(2026, 6, 1), contract=home, returned=date(2026, 6, 1)),
    ]
    assert [*target_words(a_themed_request(audits=tuple(done)))] == [
        "head-of-service: 1 of 6 came home in 2026-27-Q3",
        "head-of-service: 2 of 24 came home in 2026-27",
    ]


def test_an_auditor_does_ten_a_year_and_too_few_auditors_are_told_in_numbers():
    request = a_quality_request(
        *some(1),
        a_case("9", team="South"),
        settings=Settings(reserves=0, targets={"quality.year": 160}),
    )
    assert auditors_a_year(request) == (2, 20)
    assert [*capacity_words(request)] == [
        "quality: the register has 2 auditors, who can do 20 audits in 2026-27, 140 short of 160"
    ]


def test_workers_with_more_cases_than_sessions_are_counted_not_named():
    (words,) = capacity_words(a_request(*some(18)))
    assert "1 of 1 worker has more eligible cases than the 15 sessions" in words
    assert "3 cases are beyond reach" in words
    assert "Ann" not in words


def test_one_of_a_thing_is_told_as_one():
    (words,) = capacity_words(a_request(*some(16)))
    assert words.endswith("1 case is beyond reach")
    told = " ".join(outlook_words(ahead(some(12), audits(1, TODAY - timedelta(days=5)))))
    assert "at the present pace, 1 case in 91 days, twelve months reach 4 of 12" in told
    assert told.endswith("1 a month is needed")
    alone = a_quality_request(*some(1), settings=Settings(targets={"quality.year": 160}))
    assert next(capacity_words(alone)).startswith("quality: the register has 1 auditor, who can do")


def test_the_spread_counts_audits_of_a_year_and_of_the_choice_and_names_nobody():
    cases = [*some(2), a_case("9", worker="Bob Baker")]
    done = audits(2, date(2026, 3, 1), QUALITY) + audits(1, date(2024, 3, 1), QUALITY)
    shares = worker_shares(cases, done, today=TODAY)
    assert [(share.worker, share.audits) for share in shares] == [
        ("Ann Archer", 2),
        ("Bob Baker", 0),
    ]
    (team,) = team_spreads(shares)
    assert team.words == "North: 2 workers, 0 to 2 audits each in twelve months with these"


@pytest.mark.parametrize(
    ("joined", "told"),
    [(None, ["2026-09: 1 of 2 audits was missed"]), (date(2026, 9, 15), [])],
)
def test_a_slot_that_nobody_was_given_in_a_month_that_is_over_is_missed(joined, told):
    managers = [a_person("North Manager", role="tm"), a_person("South Manager", active_from=joined)]
    given = a_home_audit("1", date(2026, 9, 9), contract=QUALITY, auditor="North Manager")
    chosen = paired_managers(
        a_quality_request(
            a_case("1"), a_case("2", team="South"), staff=a_pair(*managers), audits=(given,)
        )
    )
    assert [w.partition(";")[0] for w in chosen.warnings if "missed" in w] == told


def test_reasons_are_counted_by_kind_whatever_holds_for_one_case_alone():
    reasons = ("open six weeks or less: 9 days", "open six weeks or less: 8 days", "unallocated: x")
    excluded = tuple(Exclusion(child_id=str(n), reason=why) for n, why in enumerate(reasons))
    chosen = Selection(type="quality", period="2026-10", picks=(), excluded=excluded)
    assert chosen.left_out == {"open six weeks or less": 2, "unallocated": 1}


def test_an_audit_kept_without_an_id_is_that_of_the_namesake_who_has_the_case():
    cases = [a_case("1", worker_id="E1"), a_case("2", worker_id="E2")]
    done = [
        a_home_audit("2", date(2026, 3, 1)),
        a_home_audit("2", date(2026, 4, 1), worker_id="E1"),
        a_home_audit("gone", date(2026, 5, 1)),
    ]
    shares = worker_shares(cases, done, today=TODAY)
    assert {share.worker: share.audits for share in shares} == {
        "Ann Archer (E1)": 1,
        "Ann Archer (E2)": 1,
    }


def test_audits_stay_with_a_worker_whose_id_comes_or_goes():
    done = [a_home_audit("1", date(2026, 3, 1)), a_home_audit("1", date(2026, 4, 1), worker_id="E")]
    for case in (a_case("1"), a_case("1", worker_id="E")):
        (share,) = worker_shares([case], done, today=TODAY)
        assert share.audits == 2
