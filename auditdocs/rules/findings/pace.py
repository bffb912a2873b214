"""Pace: the audits returned since April, month by month, beside what the year's target asks.

Source: domain.md D1, 2 ("line cumulative v target").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import Period, year_of
from auditdocs.rules.findings.counts import Counted, counted
from auditdocs.rules.findings.delivery import named_targets, returned, share_of_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One month of a financial year: what had come home by its end, and what was to have."""

    label: str
    """"Sep 2026"."""
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
        so_far = Period(year.first, min(month.last, as_at), year.label)
        home = returned(audits, so_far) if month.first <= as_at else None
        yield Step(
            label=f"{month.first:%b %Y}",
            returned=None if home is None else counted(audit.audit_id for audit in home),
            target=share_of_year(number, Period(year.first, month.last, year.label)),
        )
