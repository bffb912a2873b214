"""Pace: the audits returned since April, month by month, beside what the year's target asks.

Source: domain.md D1, 2 ("line cumulative v target").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import Period, month_to, year_of
from auditdocs.rules.findings.counts import Counted, counted
from auditdocs.rules.findings.delivery import named_targets, returned, share_of_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One month of a financial year: what had come home by its end, and what was to have.

    The month of the day the figures are as at ends with that day.
    """

    label: str
    """"Sep 2026", "5 Oct 2026"."""
    returned: Counted | None
    """Since April; None for a month after the day the figures are as at."""
    target: int


def pace(
    contract: Contract, audits: Iterable[Audit], settings: Settings, *, as_at: date
) -> tuple[Step, ...]:
    """The twelve months of the financial year of that day; nothing without a year's target."""
    named = named_targets(contract, settings)
    number = named.get("year", 4 * named.get("quarter", 0))
    return tuple(_steps(number, tuple(audits), as_at)) if number else ()


def _steps(number: int, audits: tuple[Audit, ...], as_at: date) -> Iterator[Step]:
    year = year_of(as_at)
    for month in year.months:
        has_begun = month.first <= as_at
        last = min(month.last, as_at) if has_begun else month.last
        so_far = Period(year.first, last, year.label)
        home = (audit.audit_id for audit in returned(audits, so_far))
        yield Step(
            label=month_to(last),
            returned=counted(home) if has_begun else None,
            target=share_of_year(number, so_far),
        )
