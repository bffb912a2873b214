"""Days as the procedure counts them: working days, months, limits, and dates as written."""

import re
from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from auditdocs.errors import ContractFault
from auditdocs.rules.plural import number_of

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_YEARS = frozenset({*range(1900, 2200), 9999})  # 9999: case systems' way to say "none"
"""Years that somebody may mean: 0202 is a slip of the hand."""

_LIMIT = re.compile(r"(wd|cd|mo)\((\d{1,4})\)")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ /\-]([a-z]{3,9})\.?,?[ /\-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?")


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> Container[date]:
    """England's bank holidays in that year, Christmas Day and Good Friday among them."""
    from holidays import country_holidays  # late: a third of a second that --help need not wait for

    return frozenset(country_holidays("GB", subdiv="ENG", years=year).keys())


def is_working_day(day: date) -> bool:
    """Whether the day is neither a Saturday, a Sunday nor a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_after(day: date, *, count: int) -> date:
    """The last day in time of a limit of `count` working days; the day itself is day 0.

    Source: domain.md A3.2.
    """
    return _working_days_after(day, count)


@lru_cache(maxsize=4096)
def _working_days_after(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def months_after(day: date, *, count: int) -> date:
    """The same day of the month `count` months on, or the month's last day when it is shorter.

    Source: domain.md A3.8 ("30 Nov + 3 mo = 28/29 Feb").
    """
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(born: date, day: date) -> int:
    """Age in whole years on that day; -1 before birth."""
    if born > day:
        return -1
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit in the notation of domain.md A3.2: wd(15), cd(42), mo(3)."""

    unit: str
    count: int

    def last_day(self, anchor: date) -> date:
        """The last day in time, the anchor being day 0."""
        if self.unit == "wd":
            return working_days_after(anchor, count=self.count)
        if self.unit == "mo":
            return months_after(anchor, count=self.count)
        return anchor + timedelta(days=self.count)

    @property
    def words(self) -> str:
        """The limit as a person reads it: "15 working days"."""
        return number_of(self.count, {"wd": "working day", "cd": "day", "mo": "month"}[self.unit])


def limit(text: str) -> Limit:
    """The limit that wd(n), cd(n) or mo(n) stands for. Raises ContractFault on anything else."""
    match = _LIMIT.fullmatch(text.strip())
    if match is None:
        raise ContractFault(f'"{text}" is not a time limit.', hint="Write wd(10), cd(42) or mo(3).")
    return Limit(match[1], int(match[2]))


def limit_words(text: str) -> str:
    """A sentence with every wd(n), cd(n) and mo(n) in it spelled out."""
    return _LIMIT.sub(lambda match: limit(match[0]).words, text)


def uk_date(day: date | None) -> str:
    """The date as people read it, dd/mm/yyyy, or "" when there is none."""
    return "" if day is None else f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def written_date(text: str, *, pivot: int = 2050) -> date | None:
    """The date a person wrote, by strict British rules, or None when it is not one.

    Takes 31/03/2025, 31.3.25, 31-03-2025, 3 March 2025, 3rd Mar 25, 31-MAR-25 and ISO. Never
    guesses at month before day. A two-digit year is the latest such year not after `pivot`; a year
    before 1900 or after 2199 is none, but for 9999, with which case systems say that there is no
    date.
    """
    return _written_date(text, pivot)


@lru_cache(maxsize=4096)
def _written_date(text: str, pivot: int) -> date | None:
    plain = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").lower().split())
    if match := _ISO.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(plain):
        return _day(_year(match[3], pivot), int(match[2]), int(match[1]))
    if (match := _NAMED.fullmatch(plain)) and (month := _month(match[2])):
        return _day(_year(match[3], pivot), month, int(match[1]))
    return None


def _month(word: str) -> int:
    """The month that begins with the word, 0 where none does; three letters tell all apart."""
    fits = (place for place, name in enumerate(MONTHS, start=1) if name.startswith(word))
    return next(fits, 0)


def _year(digits: str, pivot: int) -> int:
    if len(digits) == 4:
        return int(digits)
    year = pivot - pivot % 100 + int(digits)
    return year if year <= pivot else year - 100


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
