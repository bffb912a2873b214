"""Coverage of the caseload, and the sessions a year has (domain.md D2, ambiguity 4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from auditdocs.rules.selection.coverage import AGES_OPEN, capacity, coverage, sessions_in
from tests.makers.cases import TODAY, a_case
from tests.makers.selections import QUALITY, a_home_audit, requests


def covered(*cases, audits=()):
    return coverage(cases, audits, key="completeness", today=TODAY)


def test_eligible_cases_are_audited_lapsed_or_never_audited():
    cases = [a_case(name, open_date=date(2024, 1, 1)) for name in "123"]
    audits = a_home_audit("1", date(2026, 6, 1)), a_home_audit("2", date(2025, 6, 1))
    found = covered(*cases, a_case("4", open_date=TODAY), audits=audits)
    assert (found.eligible, found.audited, found.lapsed, found.never) == (3, 1, 1, 1)
    assert found.audits == ("C-1-2026-06-01",)
    assert found.lapsed_audits == ("C-2-2025-06-01",)


@pytest.mark.parametrize(("days", "eligible"), [(42, 0), (43, 1)])
def test_a_case_is_eligible_when_open_for_more_than_six_weeks(days, eligible):
    assert covered(a_case("1", open_date=TODAY - timedelta(days=days))).eligible == eligible


@pytest.mark.parametrize(("day", "audited"), [(date(2025, 10, 1), 0), (date(2025, 10, 2), 1)])
def test_an_audit_counts_for_less_than_twelve_months(day, audited):
    case = a_case("1", open_date=date(2024, 1, 1))
    assert covered(case, audits=(a_home_audit("1", day),)).audited == audited


def test_an_audit_of_an_earlier_episode_does_not_cover():
    case = a_case("1", open_date=date(2026, 6, 1))
    assert covered(case, audits=(a_home_audit("1", date(2026, 5, 31)),)).never == 1


def test_audits_of_another_type_or_not_home_do_not_cover():
    case = a_case("1", open_date=date(2024, 1, 1))
    others = (
        a_home_audit("1", date(2026, 6, 1), contract=QUALITY),
        a_home_audit("1", date(2026, 6, 1), status="issued"),
        a_home_audit("1", date(2026, 6, 1), status="withdrawn"),
    )
    assert covered(case, audits=others).never == 1


@pytest.mark.parametrize(
    ("opened", "band"),
    [
        (TODAY - timedelta(days=43), "6 weeks to 3 months"),
        (date(2026, 7, 2), "6 weeks to 3 months"),
        (date(2026, 7, 1), "3 to 6 months"),
        (date(2026, 4, 1), "6 to 12 months"),
        (date(2025, 10, 1), "12 months or more"),
    ],
)
def test_cases_never_audited_are_counted_by_how_long_they_are_open(opened, band):
    found = covered(a_case("1", open_date=opened))
    assert list(found.never_by_age) == list(AGES_OPEN)
    assert found.never_by_age == dict.fromkeys(AGES_OPEN, 0) | {band: 1}


@settings(max_examples=30, deadline=None)
@given(requests())
def test_every_eligible_case_is_counted_once(request_):
    found = coverage(request_.cases, request_.audits, key="completeness", today=TODAY)
    assert found.audited + found.lapsed + found.never == found.eligible
    assert sum(found.never_by_age.values()) == found.never
    assert found.audited == len(found.audits)
    assert found.lapsed == len(found.lapsed_audits)


@pytest.mark.parametrize(
    ("days", "every", "sessions"),
    [(365, 21, 15), (365, 28, 12), (20, 21, 0), (-5, 21, 0), (2100, 21, 85)],
)
def test_a_year_has_as_many_sessions_as_leave_allows(days, every, sessions):
    assert sessions_in(days, supervision_days=every) == sessions


def test_capacity_counts_each_workers_eligible_cases():
    cases = [a_case(str(n)) for n in range(16)]
    others = (
        a_case("20", worker="Bob Baker", team="South"),
        a_case("21", worker="Bob Baker"),
        a_case("22", worker=""),
        a_case("23", worker="Cy Cole", open_date=TODAY),
    )
    found = capacity([*cases, *others], today=TODAY, supervision_days=21)
    told = [(one.team, one.worker, one.eligible, one.sessions, one.is_short) for one in found]
    assert told == [("North", "Ann Archer", 16, 15, True), ("North", "Bob Baker", 2, 15, False)]
