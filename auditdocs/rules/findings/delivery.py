"""Delivery: the forms issued, returned and missed in a period, beside what was to be done.

Source: domain.md D1, 2; ambiguities 2 and 4; Audit procedure 2 ("Coverage").
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import Period, quarter_of, year_of
from auditdocs.rules.caseload.open_cases import is_eligible, worker_key
from auditdocs.rules.findings.counts import Counted, counted, named_first
from auditdocs.rules.selection.coverage import sessions_in

SUPERVISION = "supervision"
"""The cadence of an audit type that is done once in each supervision session."""


PAIRED = "paired-managers"
"""The selection rule of an audit type in which two teams look at each other's cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was sent out and what came home in a period."""

    issued: Counted
    returned: Counted
    on_time: Counted
    late: Counted
    missed: Counted
    still_out: Counted
    """Those missed that have not come home since, nor been withdrawn."""
    target: int | None = None
    """How many were to come home, or None where nothing says so."""


def delivery(
    audits: Iterable[Audit], *, period: Period, today: date, target: int | None = None
) -> Delivery:
    """The delivery of these audits in the period.

    A form issued in the period is issued, whatever became of it. One that came home in the period
    is returned, whenever it was issued: on time up to its due date, late after it. A corrected form
    counts once, on the day the first one came.
    """
    audits = tuple(audits)
    home = returned(audits, period)
    missed = [audit for audit in audits if is_missed(audit, period=period, today=today)]
    return Delivery(
        issued=_count(audit for audit in audits if audit.issued in period),
        returned=_count(home),
        on_time=_count(audit for audit in home if not _is_late(audit)),
        late=_count(audit for audit in home if _is_late(audit)),
        missed=_count(missed),
        still_out=_count(audit for audit in missed if not audit.is_home),
        target=target,
    )


def returned(audits: Iterable[Audit], period: Period) -> tuple[Audit, ...]:
    """The audits that came home, and were accepted, in the period."""
    return tuple(a for a in audits if a.is_home and a.returned and a.returned in period)


def known_by(audits: Iterable[Audit], day: date) -> tuple[Audit, ...]:
    """The audits without those that came home after that day: what was known of them then."""
    return tuple(a for a in audits if a.returned is None or a.returned <= day)


def is_missed(audit: Audit, *, period: Period, today: date) -> bool:
    """Whether the form fell due in the period and did not come home in it.

    It is not missed on its due date, and not when it was withdrawn. A form that comes home after
    the period stays missed in it, and is returned late in the next.
    """
    if audit.due not in period or audit.due >= today or audit.status == WITHDRAWN:
        return False
    return not (audit.is_home and audit.returned and audit.returned <= min(period.last, today))


def delivery_by(
    audits: Iterable[Audit], label_of: Callable[[Audit], str], *, period: Period, today: date
) -> Mapping[str, Delivery]:
    """The delivery of each label, by alphabet and "" last.

    A label that owed and returned nothing in the period is left out.
    """
    groups: dict[str, list[Audit]] = defaultdict(list)
    for audit in audits:
        groups[label_of(audit)].append(audit)
    found = {
        label: delivery(groups[label], period=period, today=today) for label in named_first(groups)
    }
    return {label: each for label, each in found.items() if _is_busy(each)}


def owing_team(audit: Audit) -> str:
    """The auditor's team, which owes the form: not the case's."""
    return audit.auditor_team


def pair_of(audit: Audit) -> str:
    """Whose team looks at whose cases: "North of South"; "" where one of them is not known."""
    both = audit.auditor_team and audit.team
    return f"{audit.auditor_team} of {audit.team}" if both else ""


def paired(audits: Iterable[Audit], kinds: Mapping[str, Contract]) -> tuple[Audit, ...]:
    """The audits of types in which team managers look at each other's cases."""
    return tuple(audit for audit in audits if kinds[audit.type].selection == PAIRED)


def target(contract: Contract, settings: Settings, *, period: Period, workers: int) -> int | None:
    """How many audits of the type are to come home in the period, or None where nothing says so.

    The settings' numbers replace the contract's. A quarter's own number holds for a whole financial
    quarter; for any other period it is the year's share for the days, rounded half up. Without a
    number, an audit of every supervision is one for each session of each of the `workers`.
    """
    named = named_targets(contract, settings)
    if "quarter" in named and _is_quarter(period):
        return named["quarter"]
    if named:
        return share_of_year(named.get("year", 4 * named.get("quarter", 0)), period)
    if contract.cadence == SUPERVISION:
        return workers * sessions_in(period.days, supervision_days=settings.supervision_days)
    return None


def named_targets(contract: Contract, settings: Settings) -> Mapping[str, int]:
    """The numbers named for a "year" and a "quarter": the settings', else the contract's."""
    keys = {span: f"{contract.key}.{span}" for span in ("year", "quarter")}
    own = {span: settings.targets[key] for span, key in keys.items() if key in settings.targets}
    return own or contract.targets


def share_of_year(year: int, period: Period) -> int:
    """The year's number for the days of the period, rounded half up."""
    days = year_of(period.first).days
    return (2 * year * period.days + days) // (2 * days)


def workers_with_cases(cases: Iterable[Case], *, day: date) -> int:
    """How many workers have a case that is due a Completeness audit on that day."""
    return len({worker_key(case) for case in cases if case.worker and is_eligible(case, today=day)})


def _count(audits: Iterable[Audit]) -> Counted:
    return counted(audit.audit_id for audit in audits)


def _is_late(audit: Audit) -> bool:
    return audit.returned is not None and audit.returned > audit.due


def _is_busy(each: Delivery) -> bool:
    return any(count.value for count in (each.issued, each.returned, each.missed))


def _is_quarter(period: Period) -> bool:
    quarter = quarter_of(period.first)
    return (period.first, period.last) == (quarter.first, quarter.last)
