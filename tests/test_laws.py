"""The laws of the house: what goes out comes home, and what is written is what is read."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.documents.forms.answer import answered
from auditdocs.documents.forms.build import form_template
from auditdocs.documents.forms.fill import prepared
from auditdocs.documents.forms.read import document, form
from auditdocs.documents.package import package
from auditdocs.model.settings import Settings
from auditdocs.places.templates import contracts
from auditdocs.places.workspace import shipped_templates
from auditdocs.rules.calendar.dates import (
    Limit,
    is_working_day,
    months_after,
    uk_date,
    written_date,
)
from auditdocs.rules.calendar.periods import month_of, period, quarter_of, year_of
from auditdocs.rules.forms.prefill import form_values, header
from auditdocs.rules.made_up.answers import made_up_answers
from auditdocs.rules.references import Reference, reference, references_in
from auditdocs.rules.returns.records import digest, judged
from tests.makers.cases import a_case, a_staff, a_team, an_audit

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TYPES = ("completeness", "quality", "head-of-service")


@cache
def kept(key):
    """A shipped contract with its form, ready to be filled."""
    contract = contracts(shipped_templates())[key]
    return contract, prepared(form_template(contract), contract)


def issued(key, **changes):
    """A filled form of that type and the audit it belongs to."""
    contract, template = kept(key)
    case, staff = a_case(**changes), a_staff(teams=(a_team(),))
    bare = an_audit(
        type=key,
        fingerprint=contract.fingerprint,
        printed=tuple(item.id for item in contract.items),
    )
    audit = an_audit(
        type=key,
        fingerprint=contract.fingerprint,
        printed=bare.printed,
        header=header(case, bare, contract, staff, Settings()),
    )
    values = form_values(contract, audit, case, Settings(), data_date=date(2026, 10, 1))
    return contract, audit, template.filled(values)


def read(data, contract):
    """The form as read."""
    return form(document(package(data)), contract)


@pytest.mark.parametrize(
    "hostile", ["{{ 7*7 }}", "{% for x in y %}", "Tom & <b> Jo", "=1+1", "]]>"]
)
def test_data_that_looks_like_something_else_stays_what_it_is(hostile):
    contract, _, blank = issued("quality", team=hostile)
    assert read(blank, contract).fields["team"].text == hostile


@pytest.mark.parametrize("key", TYPES)
@given(seed=st.text(max_size=8), late=st.integers(0, 40))
@settings(max_examples=8, deadline=None)
def test_a_made_up_auditors_answers_hold_by_every_rule(key, seed, late):
    contract, audit, blank = issued(key)
    day = audit.issued + timedelta(days=late)
    said = made_up_answers(contract, audit, audited=day, seed=seed)
    home = read(answered(blank, said.answers, said.recommendations), contract)
    verdict = judged(home, contract, audit, returned=day)
    assert verdict.reasons == ()
    assert verdict.record.date_audited == day
    again = judged(home, contract, audit, returned=day + timedelta(days=3))
    assert digest(again.record) == digest(verdict.record)


@given(st.from_regex(r"[A-Z]{1,6}", fullmatch=True), DAYS, st.integers(1, 99999))
def test_a_reference_printed_is_the_reference_read(prefix, day, serial):
    for span in (month_of(day), quarter_of(day)):
        made = Reference(prefix, span.label, serial)
        assert reference(str(made)) == made
        assert references_in(f"see {made}, and {str(made).lower()}.") == (str(made), str(made))


@given(DAYS)
def test_a_period_written_is_the_period_read_and_holds_its_days(day):
    for span in (month_of(day), quarter_of(day), year_of(day)):
        assert period(span.label) == span
        assert day in span
        assert span.first in span
        assert span.last in span
        assert span.first - timedelta(days=1) not in span
    assert quarter_of(day).first.month in (1, 4, 7, 10)


@given(DAYS)
def test_a_date_written_is_the_date_read(day):
    for text in (uk_date(day), day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%d.%m.%y}"):
        assert written_date(text) == day


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_a_limit_in_working_days_ends_on_one_and_is_never_shorter_for_more(day, few, more):
    few, more = sorted((few, more))
    ends = [Limit("wd", count).last_day(day) for count in (few, more)]
    assert ends == sorted(ends)
    assert all(is_working_day(end) for count, end in zip((few, more), ends, strict=True) if count)


@given(DAYS, st.integers(0, 40))
def test_months_on_keep_the_day_or_end_with_the_month(day, count):
    later = months_after(day, count=count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("anchor", "unit", "count", "last"),
    [
        (date(2025, 4, 14), "wd", 15, date(2025, 5, 8)),
        (date(2025, 5, 8), "wd", 10, date(2025, 5, 22)),
        (date(2025, 5, 8), "mo", 3, date(2025, 8, 8)),
        (date(2025, 3, 3), "wd", 45, date(2025, 5, 8)),
        (date(2024, 12, 18), "wd", 20, date(2025, 1, 20)),
        (date(2025, 4, 17), "wd", 5, date(2025, 4, 28)),
        (date(2025, 1, 31), "mo", 3, date(2025, 4, 30)),
        (date(2024, 4, 1), "cd", 42, date(2024, 5, 13)),
    ],
)
def test_the_worked_dates_of_the_specification(anchor, unit, count, last):
    assert Limit(unit, count).last_day(anchor) == last
