"""When an agreed item falls due.

Source: domain.md C1 (frequencies). That an item falls due at the end of each
interval counted from its start, and on the next working day where that day is none, is our
decision, 2026-11-25.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from auditdocs.rules.calendar.dates import is_working_day, months_after


@dataclass(frozen=True, slots=True)
class _Step:
    days: int = 0
    months: int = 0

    def times(self, start: date, number: int) -> date:
        if self.months:
            return months_after(start, count=self.months * number)
        return start + timedelta(days=self.days * number)


_STEPS: Mapping[str, _Step] = {
    "weekly": _Step(days=7),
    "fortnightly": _Step(days=14),
    "three_weekly": _Step(days=21),
    "monthly": _Step(months=1),
    "six_weekly": _Step(days=42),
    "quarterly": _Step(months=3),
    "six_monthly": _Step(months=6),
    "yearly": _Step(months=12),
}


def due_dates(frequency: str, *, start: date, last: date) -> tuple[date, ...]:
    """The due dates of an item from its start up to and with `last`, earliest first.

    The first is one interval after the start; nothing for an item that is checked on change.
    """
    return tuple(_due(frequency, start, last)) if frequency in _STEPS else ()


def working_day_from(day: date) -> date:
    """The day itself where it is a working day, else the next one."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _due(frequency: str, start: date, last: date) -> Iterator[date]:
    step = _STEPS[frequency]
    for number in count(1):
        day = working_day_from(step.times(start, number))
        if day > last:
            return
        yield day
