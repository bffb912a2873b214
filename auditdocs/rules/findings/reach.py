"""Reach: the share of the caseload that is covered, month by month, and where the pace leads.

Source: domain.md D2 ("line coverage"), ambiguities 2 and 9; Audit procedure 1, principle 10.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.calendar.periods import month_of, month_to
from auditdocs.rules.findings.delivery import known_by
from auditdocs.rules.programme.outlook import PACE_DAYS, outlook
from auditdocs.rules.selection.coverage import coverage

AHEAD = 6
"""How many months are forecast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The coverage on the last day of a month, or as it is forecast for it."""

    label: str
    """"Sep 2026", "5 Oct 2026" of a month that runs."""
    eligible: int
    audited: int
    """Within the twelve months before."""
    audits: tuple[str, ...] = ()
    is_forecast: bool = False


def reach(
    contract: Contract,
    caseloads: Mapping[date, Iterable[Case]],
    audits: Iterable[Audit],
    *,
    cases: Iterable[Case],
    as_at: date,
) -> tuple[Reached, ...]:
    """The coverage on each day of `caseloads`, then as at now, then AHEAD months at this pace.

    The forecast keeps the caseload as it is: what was audited longer than a year before falls out,
    what the pace of the last quarter adds comes in.
    """
    audits, cases = tuple(audits), tuple(cases)
    past = (_reached(contract, then, audits, day) for day, then in sorted(caseloads.items()))
    return (*past, *_ahead(contract, cases, audits, as_at))


def _reached(
    contract: Contract, cases: Iterable[Case], audits: Iterable[Audit], day: date
) -> Reached:
    found = coverage(cases, known_by(audits, day), key=contract.key, today=day)
    return Reached(
        label=month_to(day),
        eligible=found.eligible,
        audited=found.audited,
        audits=found.audits,
    )


def _ahead(
    contract: Contract, cases: tuple[Case, ...], audits: tuple[Audit, ...], as_at: date
) -> Iterator[Reached]:
    by_then = known_by(audits, as_at)
    now = outlook(contract, cases, by_then, data_date=as_at, today=as_at)
    for month in range(1, AHEAD + 1):
        day = month_of(months_after(as_at.replace(day=1), count=month)).last
        still = coverage(cases, by_then, key=contract.key, today=day)
        more = now.recent * (day - as_at).days // PACE_DAYS
        yield Reached(
            label=month_to(day),
            eligible=still.eligible,
            audited=min(still.audited + more, still.eligible),
            is_forecast=True,
        )
