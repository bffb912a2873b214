"""Tests of a looked-after child's care: health, education, permanence, leaving care.

Source: domain.md C2 (automatic tests), A3.6 (limits), A3.8 (short breaks, ages).
"""

from datetime import date

from auditdocs.model.case import LAC, Case
from auditdocs.rules.automatic.numbers import is_placeholder
from auditdocs.rules.automatic.test import AutomaticTest, Surroundings, passed
from auditdocs.rules.calendar.dates import Limit, months_after

_FIRST_HEALTH = Limit("wd", 20)
_FIRST_PLAN = Limit("wd", 20)
_DENTAL = Limit("mo", 12)
_SECOND_REVIEW_MONTHS = 4
"""20 working days to the first review, and three months to the second."""

_HAVE_PLANS = range(4, 18)
"""Whole years at which a looked-after child has a personal education plan (Completeness, 5.17)."""
_TERMS = (1, 4, 9)
"""The months with whose first day a school term is taken to begin."""

_BIRTHDAYS = range(17, 22)
_BEFORE, _AFTER = 3, 1
"""Months round a birthday from the 17th to the 21st, for which the looked-after children return
asks whether the authority is in touch, and of accommodation and activity."""


def _health_late(case: Case, round_it: Surroundings) -> bool:
    months = 6 if case.age is not None and case.age < 5 else 12
    return passed(Limit("mo", months), case.last_health, round_it)


def _no_health(case: Case, round_it: Surroundings) -> bool:
    return case.last_health is None and passed(_FIRST_HEALTH, case.care_start, round_it)


def _dental_late(case: Case, round_it: Surroundings) -> bool:
    return passed(_DENTAL, case.last_dental or case.care_start, round_it)


def _no_permanence(case: Case, round_it: Surroundings) -> bool:
    started = case.care_start
    late = started and round_it.data_date > months_after(started, count=_SECOND_REVIEW_MONTHS)
    return bool(late) and is_placeholder(case.permanence_plan)


def _has_plans(case: Case) -> bool:
    return case.age in _HAVE_PLANS and "short_breaks" not in case.circumstances


def _no_plan(case: Case, round_it: Surroundings) -> bool:
    late = case.pep_date is None and passed(_FIRST_PLAN, case.care_start, round_it)
    return late and _has_plans(case)


def _old_plan(case: Case, round_it: Surroundings) -> bool:
    day = case.pep_date
    return day is not None and day < _term_before(round_it.data_date) and _has_plans(case)


def _term_before(day: date) -> date:
    """The first day of the school term before that of the day."""
    year = day.year
    starts = [date(year - 1, 9, 1), *(date(year, month, 1) for month in _TERMS)]
    return [date(year - 1, 4, 1), *(start for start in starts if start <= day)][-2]


def _leaving_blank(case: Case, round_it: Surroundings) -> bool:
    blank = any(map(is_placeholder, (case.in_touch, case.accommodation, case.activity)))
    return blank and any(_is_near(each, round_it.data_date) for each in _birthdays(case.dob))


def _birthdays(born: date | None) -> tuple[date, ...]:
    return tuple(months_after(born, count=12 * years) for years in _BIRTHDAYS) if born else ()


def _is_near(birthday: date, day: date) -> bool:
    return months_after(birthday, count=-_BEFORE) <= day <= months_after(birthday, count=_AFTER)


TESTS = tuple(
    AutomaticTest(code=code, words=words, fields=fields, fails=fails, applies=(LAC,))
    for code, words, fields, fails in (
        (
            "HEA01",
            "no health assessment, and 20 working days in care are over",
            ("last_health", "care_start"),
            _no_health,
        ),
        (
            "HEA02",
            "the health assessment is older than it may be",
            ("last_health",),
            _health_late,
        ),
        (
            "HEA03",
            "no dental check in twelve months",
            ("last_dental", "care_start"),
            _dental_late,
        ),
        (
            "PEP01",
            "no personal education plan, and 20 working days in care are over",
            ("pep_date", "care_start"),
            _no_plan,
        ),
        (
            "PEP02",
            "the personal education plan is of neither this school term nor the one before",
            ("pep_date",),
            _old_plan,
        ),
        (
            "PER01",
            "no permanence plan, and the second review is due",
            ("permanence_plan", "care_start"),
            _no_permanence,
        ),
        (
            "UAS01",
            "an unaccompanied child who is 18 or over",
            ("uasc", "dob"),
            lambda case, _: case.uasc == "Yes" and case.age is not None and case.age >= 18,
        ),
        (
            "UAS02",
            "the status of an unaccompanied child has ended, and it is still shown",
            ("uasc", "uasc_end"),
            lambda case, round_it: bool(
                case.uasc == "Yes" and case.uasc_end and case.uasc_end <= round_it.data_date
            ),
        ),
        (
            "LEA01",
            "in touch, accommodation or activity is blank, and a birthday is near",
            ("in_touch", "accommodation", "activity", "dob"),
            _leaving_blank,
        ),
    )
)
"""The tests, in the order of their items."""
