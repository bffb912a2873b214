"""Days as the procedure counts them, and dates as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.errors import ContractFault
from auditdocs.rules.calendar.dates import (
    MONTHS,
    Limit,
    age_on,
    bank_holidays,
    is_working_day,
    limit,
    limit_words,
    months_after,
    uk_date,
    working_days_after,
    written_date,
)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("anchor", "text", "last"),
    [
        (date(2025, 4, 14), "wd(15)", date(2025, 5, 8)),
        (date(2025, 5, 8), "wd(10)", date(2025, 5, 22)),
        (date(2025, 5, 8), "mo(3)", date(2025, 8, 8)),
        (date(2025, 3, 3), "wd(45)", date(2025, 5, 8)),
        (date(2024, 12, 18), "wd(20)", date(2025, 1, 20)),
        (date(2025, 4, 17), "wd(5)", date(2025, 4, 28)),
        (date(2025, 1, 31), "mo(3)", date(2025, 4, 30)),
        (date(2024, 4, 1), "cd(42)", date(2024, 5, 13)),
    ],
    ids=[
        "initial conference after the strategy discussion",
        "first core group",
        "first review conference",
        "assessment after the referral",
        "first looked-after review over Christmas",
        "placement plan in an emergency over Easter",
        "pathway assessment after the 16th birthday",
        "six weeks open",
    ],
)
def test_the_last_day_in_time_of_the_worked_cases(anchor, text, last):
    """Source: domain.md A3.8a."""
    assert limit(text).last_day(anchor) == last


@given(DAYS, st.integers(1, 60))
def test_the_last_of_some_working_days_is_a_working_day(day, count):
    last = working_days_after(day, count=count)
    assert is_working_day(last)
    after = (day + timedelta(days=n) for n in range(1, (last - day).days + 1))
    assert sum(map(is_working_day, after)) == count
    assert working_days_after(day, count=count - 1) < last


@given(DAYS, st.sampled_from(["wd", "cd", "mo"]), st.integers(0, 60), st.integers(0, 60))
def test_a_longer_limit_never_ends_earlier(day, unit, one, other):
    last = [Limit(unit, count).last_day(day) for count in sorted((one, other))]
    assert day <= last[0] <= last[1]


def test_no_days_are_the_day_itself():
    assert working_days_after(date(2025, 4, 19), count=0) == date(2025, 4, 19)


def test_weekends_and_englands_bank_holidays_are_no_working_days():
    easter = [date(2025, 4, day) for day in range(17, 23)]
    assert [is_working_day(day) for day in easter] == [True, False, False, False, False, True]
    days = ("2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05")
    for day in map(date.fromisoformat, (*days, "2025-05-26", "2025-08-25")):
        assert day in bank_holidays(day.year)
    assert date(2025, 3, 17) not in bank_holidays(2025)  # Northern Ireland's
    assert date(2025, 8, 4) not in bank_holidays(2025)  # Scotland's


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 1, 1), -1, date(2024, 12, 1)),
        (date(2025, 5, 8), 0, date(2025, 5, 8)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(day, count, then):
    assert months_after(day, count=count) == then


@given(DAYS, st.integers(0, 400))
def test_so_many_months_on_is_in_that_month_and_no_later_in_it(day, count):
    then = months_after(day, count=count)
    assert (then.year - day.year) * 12 + then.month - day.month == count
    assert then.day <= day.day
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2018, 5, 1), date(2026, 4, 30), 7),
        (date(2018, 5, 1), date(2026, 5, 1), 8),
        (date(2020, 2, 29), date(2021, 2, 28), 0),
        (date(2020, 2, 29), date(2021, 3, 1), 1),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
        (date(2026, 5, 2), date(2026, 5, 1), -1),
    ],
)
def test_age_is_in_whole_years_and_before_birth_less_than_nought(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    "text", ["", "wd", "wd()", "wd(-1)", "wd(1.5)", "5 days", "xx(3)", "wd(12345)"]
)
def test_what_is_no_limit_is_told_with_how_to_write_one(text):
    with pytest.raises(ContractFault, match="is not a time limit") as caught:
        limit(text)
    assert "wd(10)" in caught.value.hint


def test_limits_are_read_with_spaces_round_them_and_spelled_out_for_people():
    assert limit(" wd(10) ") == Limit("wd", 10)
    assert limit_words("wd(1), wd(45) from referral; then cd(1), cd(42), mo(1) or mo(6)") == (
        "1 working day, 45 working days from referral; then 1 day, 42 days, 1 month or 6 months"
    )


@given(DAYS)
def test_a_date_is_read_back_however_it_is_written(day):
    written = {
        uk_date(day),
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
        f" {day.day}  {MONTHS[day.month - 1].title()}\N{NO-BREAK SPACE}{day.year} ",
        f"{day.day}th {MONTHS[day.month - 1][:3]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3].upper()}. {day.year}",
        f"{day.day:02d}-{MONTHS[day.month - 1][:3].upper()}-{day.year}",
    }
    assert {written_date(text) for text in written} == {day}


@given(st.dates(date(1980, 1, 1), date(2079, 12, 31)), st.integers(2000, 2090))
def test_a_year_of_two_digits_is_the_latest_such_year_that_can_be(day, pivot):
    found = written_date(f"{day:%d/%m/%y}", pivot=pivot)
    if found is not None:  # 29 February need not be in the other century
        assert found.year % 100 == day.year % 100
        assert pivot - 100 < found.year <= pivot


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/03/2025", date(2025, 3, 31)),
        ("31.3.25", date(2025, 3, 31)),
        ("3 March 2025", date(2025, 3, 3)),
        ("3rd Mar 25", date(2025, 3, 3)),
        ("1st May, 2025", date(2025, 5, 1)),
        ("22nd Sept. 2025", date(2025, 9, 22)),
        ("31-Mar-25", date(2025, 3, 31)),
        ("31-MAR-2025", date(2025, 3, 31)),
        ("1/Sep/2025", date(2025, 9, 1)),
        ("03/04/2025", date(2025, 4, 3)),
        ("12/11/2025", date(2025, 11, 12)),
        ("2025-4-3", date(2025, 4, 3)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_dates_are_read_day_first(text, day):
    assert written_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "03/31/2025", "31/02/2025", "29/02/2025", "2025-31-03", "00/01/2025", "1/13/2025",
        "March 3 2025", "3 Marchember 2025", "3 Ma 2025", "3 ju 2025", "3/2025", "32 May 2025",
        "31/03/0202", "31/03/202", "31/03/20255", "soon", "", "1/4/2025 or 2/4/2025", "31//3/2025",
        "01/01/2200", "01/01/1899", "3 of May 2025",
        "Mar-31-25", "31-Mar", "31-Mar-202", "31--Mar-25",
    ],
)  # fmt: skip
def test_what_is_no_date_day_first_is_never_guessed(text):
    assert written_date(text) is None


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_none(text):
    found = written_date(text)
    assert found is None or 1900 <= found.year < 2200


def test_no_date_is_written_as_nothing():
    assert uk_date(None) == ""
    assert uk_date(date(2025, 3, 1)) == "01/03/2025"
