"""Months, financial quarters and years, and how they are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.errors import UsageFault
from auditdocs.rules.calendar.periods import (
    Period,
    month_of,
    period,
    quarter_of,
    quarters_before,
    year_of,
)

DAYS = st.dates(date(2012, 4, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-27-Q1", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-27-Q2", date(2026, 7, 1), date(2026, 9, 30)),
        ("2025-26-Q3", date(2025, 10, 1), date(2025, 12, 31)),
        ("2026-27-q4", date(2027, 1, 1), date(2027, 3, 31)),
        ("2026-27", date(2026, 4, 1), date(2027, 3, 31)),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 31)),
        ("2026-09", date(2026, 9, 1), date(2026, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2026-09 ", date(2026, 9, 1), date(2026, 9, 30)),
        ("2026-07-01..2026-09-15", date(2026, 7, 1), date(2026, 9, 15)),
        ("01/07/2026..01/07/2026", date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_a_period_is_read_as_people_write_it(text, first, last):
    found = period(text)
    assert (found.first, found.last) == (first, last)
    assert period(found.label) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2026", "2026-13", "2026-00", "2026-28", "2026-26", "2026-27-Q5", "2026-27-Q0",
        "2026-28-Q1", "Q1", "2026-09-01", "2026-09-30..2026-09-01", "2026-02-30..2026-03-01",
        "..", "2026-09-01..", "0000-05", "9999-12", "٢٠٢٦-٠٩",
        "2026-07-01..9999-12-31",
    ],
)  # fmt: skip
def test_what_is_no_period_is_told_with_the_ways_to_write_one(text):
    with pytest.raises(UsageFault, match="is not a period") as caught:
        period(text)
    for way in ("2026-27-Q2", "2026-27", "2026-09", "2026-07-01..2026-09-30"):
        assert way in caught.value.hint


@given(st.text("0123456789-.Qq/ ", max_size=24))
def test_any_text_is_a_period_or_told_as_none(text):
    try:
        found = period(text)
    except UsageFault:
        return
    assert found.first <= found.last


@given(DAYS)
def test_a_day_lies_in_its_month_quarter_and_year_and_each_is_read_back(day):
    month, quarter, year = month_of(day), quarter_of(day), year_of(day)
    for span in (month, quarter, year):
        assert day in span
        assert span.first - timedelta(days=1) not in span
        assert span.last + timedelta(days=1) not in span
        assert period(span.label) == span
        assert len({span.label, span.label.upper()}) == 1
    assert month.first in quarter
    assert quarter.last in year
    assert year.first.month == 4


@given(DAYS)
def test_a_year_is_four_quarters_and_twelve_months_without_a_gap(day):
    year = year_of(day)
    months = year.months
    assert len(months) == 12
    assert [month.first for month in months[1:]] == [
        month.last + timedelta(days=1) for month in months[:-1]
    ]
    assert (months[0].first, months[-1].last) == (year.first, year.last)
    quarters = dict.fromkeys(quarter_of(month.first) for month in months)
    assert [quarter.label[-2:] for quarter in quarters] == ["Q1", "Q2", "Q3", "Q4"]
    assert sum(quarter.days for quarter in quarters) == year.days in (365, 366)


def test_quarters_run_from_april_as_the_financial_year_does():
    assert quarter_of(date(2025, 12, 31)).label == "2025-26-Q3"
    assert quarter_of(date(2026, 3, 31)).label == "2025-26-Q4"
    assert quarter_of(date(2026, 4, 1)).label == "2026-27-Q1"
    assert year_of(date(2026, 3, 31)).label == "2025-26"


def test_the_quarters_before_a_period_are_those_before_the_one_it_begins_in():
    labels = [each.label for each in quarters_before(period("2026-05"), count=3)]
    assert labels == ["2025-26-Q2", "2025-26-Q3", "2025-26-Q4"]
    assert quarters_before(period("2026-27"), count=0) == ()


def test_the_months_of_a_span_are_those_it_touches():
    assert [each.label for each in period("2026-07-15..2026-09-02").months] == [
        "2026-07",
        "2026-08",
        "2026-09",
    ]


def test_a_period_says_its_days_for_people():
    assert period("2026-27-Q2").words == "1 July 2026 to 30 September 2026"
    assert period("2026-02").days == 28


def test_periods_stand_in_the_order_of_their_first_day():
    later, earlier = period("2026-10"), period("2026-27-Q1")
    assert sorted([later, earlier]) == [earlier, later]
    assert isinstance(later, Period)
