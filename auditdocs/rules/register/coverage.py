"""The sheets *Coverage* and *Capacity*: how much of the caseload is audited, and can be.

*Coverage* has a row for each audit type and team at each data date, and one for the whole service
that says how its targets stand; *Capacity* has a row for each worker with open cases today.

Source: domain.md D2 (coverage), ambiguities 2 to 4, A2.1 (spread), A3.1 (capacity check).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.ledger import Column, Sheet
from auditdocs.rules.calendar.periods import quarter_of, year_of
from auditdocs.rules.programme.outlook import PACE_DAYS, Outlook, forecast_words
from auditdocs.rules.programme.targets import (
    auditors_a_year,
    capacity_words,
    has_rota,
    home_in,
    target,
)
from auditdocs.rules.register.columns import Row, ours
from auditdocs.rules.selection.coverage import AGES_OPEN
from auditdocs.rules.selection.request import Request


def _never(age: str) -> str:
    """The heading of the cases never audited that have been open for so long."""
    return f"Never audited: {age}"


def _by_age() -> Iterator[Column]:
    """The cases never audited by how long they have been open; of old the age alone was told."""
    before = (_never("six weeks to 3 months"), *AGES_OPEN[1:])
    for age, once in zip(AGES_OPEN, before, strict=True):
        yield Column(heading=_never(age), formerly=(once,), kind="number", width=12)


COVERAGE = Sheet(
    name="Coverage",
    title="Open cases at each data date, how many were audited in the year before it, and when "
    "all will have been",
    key="Count",
    columns=(
        *ours("Count", width=34),
        *ours("Data date", kind="date", width=12),
        *ours("Audit", width=16),
        *ours("Team", width=24),
        *ours("Open cases", "Eligible", "Audited in 12 months", kind="number", width=12),
        *ours("Never audited", kind="number", width=12),
        *_by_age(),
        *ours("Forms out", kind="number", width=12),
        *ours("Audited since the data date", kind="number", width=12),
        *ours("% of open cases audited", "% of eligible cases audited", kind="number", width=12),
        *ours("Came home in the quarter", "Target of the quarter", kind="number", width=12),
        *ours("Came home in the year", "Target of the year", kind="number", width=12),
        *ours("Auditors", "Audits they can do in the year", kind="number", width=12),
        *ours(f"Audited in the last {PACE_DAYS} days", kind="number", width=12),
        *ours("All covered by", "Each has its first by", kind="date", width=12),
        *ours("In words", width=90),
    ),
)

CAPACITY = Sheet(
    name="Capacity",
    title="Each worker's open cases beside the supervisions of twelve months, and the audits "
    "that fell on them",
    key="Worker",
    columns=(
        *ours("Worker", width=28),
        *ours("Team", width=24),
        *ours("Open cases", "Eligible cases", kind="number", width=12),
        *ours("Sessions in 12 months", "Cases beyond reach", kind="number", width=12),
        *ours("Audits in 12 months", width=50),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One audit type's outlook at a data date, and what has come of it since."""

    ahead: Outlook
    data_date: date
    forms_out: int
    since: int
    """Cases audited after the data date."""

    @property
    def key(self) -> str:
        """What tells the row apart: data date, audit and team."""
        team = self.ahead.team or "whole service"
        return f"{self.data_date.isoformat()} {self.ahead.contract.sheet}, {team}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a worker holds, and what of it the supervisions of twelve months can reach."""

    team: str
    worker: str
    open_cases: int
    eligible: int
    sessions: int
    audits: Mapping[str, int]
    """By audit type, as the ledger names it: how many of the worker's cases had one given."""


def coverage_row(count: Count) -> Row:
    """A count's row, of the service or of a team."""
    ahead, found = count.ahead, count.ahead.coverage
    return {
        "Count": count.key,
        "Data date": count.data_date,
        "Audit": ahead.contract.sheet,
        "Team": ahead.team or "Whole service",
        "Open cases": ahead.open_cases,
        "Eligible": found.eligible,
        "Audited in 12 months": found.audited,
        "Never audited": found.never,
        **{_never(age): number for age, number in found.never_by_age.items()},
        "Forms out": count.forms_out,
        "Audited since the data date": count.since,
        "% of open cases audited": ahead.per_cent_of_open,
        "% of eligible cases audited": ahead.per_cent,
        f"Audited in the last {PACE_DAYS} days": ahead.recent,
        "All covered by": ahead.covered_on,
        "Each has its first by": ahead.first_round_on,
        "In words": forecast_words(ahead),
    }


def service_row(count: Count, request: Request) -> Row:
    """The row of the whole service, with its targets and the auditors it has for them."""
    own, quarter, year = request.own_audits, quarter_of(request.today), year_of(request.today)
    auditors, in_the_year = auditors_a_year(request) if has_rota(request) else (None, None)
    told = (forecast_words(count.ahead), *capacity_words(request))
    return {
        **coverage_row(count),
        "Came home in the quarter": home_in(own, quarter),
        "Target of the quarter": target(request, "quarter") or None,
        "Came home in the year": home_in(own, year),
        "Target of the year": target(request, "year") or None,
        "Auditors": auditors,
        "Audits they can do in the year": in_the_year,
        "In words": ". ".join(filter(None, told)),
    }


def capacity_row(held: Held) -> Row:
    """A worker's row."""
    given = (f"{audit}: {count}" for audit, count in held.audits.items())
    return {
        "Worker": held.worker,
        "Team": held.team,
        "Open cases": held.open_cases,
        "Eligible cases": held.eligible,
        "Sessions in 12 months": held.sessions,
        "Cases beyond reach": max(held.eligible - held.sessions, 0),
        "Audits in 12 months": ", ".join(given),
    }


def nothing_held(worker: str) -> Row:
    """The row of somebody who had open cases once and has none now."""
    return {"Worker": worker, "Open cases": 0, "Eligible cases": 0, "Cases beyond reach": 0}
