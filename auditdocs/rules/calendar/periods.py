"""Periods: months, financial quarters and financial years, and how they are written.

The procedure leaves "quarter" and "year" open: they are financial, and Q1 is April to June.

Source: domain.md, ambiguity 9.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.errors import UsageFault
from auditdocs.rules.calendar.dates import months_after, written_date

_YEAR = re.compile(r"([12]\d{3})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"([12]\d{3})-(\d{2})-[Qq]([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last day, both included, and the label: 2026-27-Q2, 2026-27, 2026-09."""

    first: date
    last: date
    label: str

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> tuple["Period", ...]:
        """The calendar months of which a day lies in the period, whole, earliest first."""
        starts, start = [], self.first
        while start <= self.last:
            starts.append(start)
            start = months_after(start.replace(day=1), count=1)
        return tuple(month_of(start) for start in starts)

    @property
    def words(self) -> str:
        """The period as a person reads it."""
        return f"{self.first.day} {self.first:%B %Y} to {self.last.day} {self.last:%B %Y}"


def month_of(day: date) -> Period:
    """The calendar month of that day."""
    first = day.replace(day=1)
    return Period(first, months_after(first, count=1) - timedelta(days=1), f"{first:%Y-%m}")


def month_to(day: date) -> str:
    """What a figure up to the end of that day is headed: "Sep 2026" on a month's last, else with
    its day, "5 Oct 2026", or half a month would stand for the whole of it.
    """
    month = f"{day:%b %Y}"
    return month if day == month_of(day).last else f"{day.day} {month}"


def quarter_of(day: date) -> Period:
    """The financial quarter of that day: Q1 is April to June."""
    return _quarter(_financial_year(day), (day.month - 4) % 12 // 3 + 1)


def year_of(day: date) -> Period:
    """The financial year of that day, April to March."""
    return _year(_financial_year(day))


def quarters_before(period: Period, *, count: int) -> tuple[Period, ...]:
    """The financial quarters before the one that `period` begins in, earliest first."""
    first = quarter_of(period.first).first
    return tuple(quarter_of(months_after(first, count=-3 * back)) for back in range(count, 0, -1))


def period(text: str) -> Period:
    """The period that a person wrote: 2026-27-Q2, 2026-27, 2026-09 or 2026-07-01..2026-09-30.

    Raises UsageFault when it is none of these.
    """
    plain = text.strip()
    found = _range(plain) if ".." in plain else _labelled(plain)
    if found is None:
        raise UsageFault(
            f'"{text}" is not a period.',
            hint="Write 2026-27-Q2 (a financial quarter), 2026-27, 2026-09 or "
            "2026-07-01..2026-09-30.",
        )
    return found


def financial_year(text: str) -> Period | None:
    """The financial year that a person wrote, 2026-27; None when it is none."""
    found = _labelled(text.strip())
    return found if found and found == year_of(found.first) else None


def _labelled(text: str) -> Period | None:
    if (match := _QUARTER.fullmatch(text)) and _follows(match[1], match[2]):
        return _quarter(int(match[1]), int(match[3]))
    if match := _YEAR.fullmatch(text):
        if _follows(match[1], match[2]):
            return _year(int(match[1]))
        if 1 <= int(match[2]) <= 12:
            return month_of(date(int(match[1]), int(match[2]), 1))
    return None


def _range(text: str) -> Period | None:
    first, _, last = text.partition("..")
    days = written_date(first), written_date(last)
    if days[0] is None or days[1] is None or days[0] > days[1] or days[1].year == date.max.year:
        return None  # case systems write 9999 where there is no day
    return Period(days[0], days[1], f"{days[0].isoformat()}..{days[1].isoformat()}")


def _follows(year: str, next_year: str) -> bool:
    return (int(year) + 1) % 100 == int(next_year)


def _financial_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def _quarter(year: int, number: int) -> Period:
    first = months_after(date(year, 4, 1), count=3 * (number - 1))
    last = months_after(first, count=3) - timedelta(days=1)
    return Period(first, last, f"{year}-{(year + 1) % 100:02d}-Q{number}")


def _year(year: int) -> Period:
    return Period(date(year, 4, 1), date(year + 1, 3, 31), f"{year}-{(year + 1) % 100:02d}")
