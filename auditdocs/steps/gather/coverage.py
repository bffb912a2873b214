"""The rows of *Coverage* and *Capacity*: what the audits reach of the caseload.

They follow the audits, the staff register and the newest extract. A row of an earlier data date
stays as it was when the next extract came; it is worked out again only where it does not stand in
the ledger.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Line, Rows
from auditdocs.places.journal.caseload import data_dates
from auditdocs.places.journal.outlines import outlines
from auditdocs.places.journal.posted import posted_sheet
from auditdocs.rules.calendar.periods import quarter_of
from auditdocs.rules.caseload.open_cases import is_eligible, worker_key
from auditdocs.rules.caseload.workers import Workers, workers
from auditdocs.rules.programme.outlook import outlook
from auditdocs.rules.register.coverage import (
    CAPACITY,
    COVERAGE,
    Count,
    Held,
    capacity_row,
    coverage_row,
    nothing_held,
    service_row,
)
from auditdocs.rules.selection.coverage import sessions_in
from auditdocs.rules.selection.history import audited_on, within_a_year
from auditdocs.rules.selection.request import Request
from auditdocs.steps.office import Office, Service, service

NO_TEAM = "No team"


@dataclass(frozen=True, slots=True)
class _Part:
    """The open cases of the service or of a team, with their audits of one type."""

    team: str
    cases: tuple[Case, ...]
    audits: tuple[Audit, ...]


def coverage_lines(office: Office) -> Iterator[Line]:
    """The rows at every data date, and each worker's of today."""
    days, stand = data_dates(office.journal), posted_sheet(office.journal, COVERAGE.name)
    every, types = outlines(office.journal), office.contracts.values()
    for day in days[:-1]:
        before = [key for key, row in stand.items() if row.get("Data date") == day]
        if before:
            yield from (Line(COVERAGE.name, key, stand[key]) for key in before)
        else:
            yield from _at(office, every, service(office, on=day), day, types)
    for day in days[-1:]:
        yield from _newest(office, every, day, types)


def lines_of_caseloads(office: Office, changed: Iterable[str]) -> Iterator[Line]:
    """The rows at those data dates, and at the newest those of the audit types that changed.

    `changed` are dates and types; what of them changes the newest changes each worker's row.
    """
    wanted, known = frozenset(changed), data_dates(office.journal)
    days, newest = {day for day in known if day.isoformat() in wanted}, known[-1:]
    all_types = office.contracts.values()
    types = [each for each in all_types if each.key in wanted or not days.isdisjoint(newest)]
    every = outlines(office.journal) if days or types else ()
    for day in sorted(days.difference(newest)):
        yield from _at(office, every, service(office, on=day), day, all_types)
    for day in newest if types else ():
        yield from _newest(office, every, day, types)


def newest_caseload(office: Office) -> Iterator[str]:
    """The newest data date: whose rows follow who is in post, and how far back a year reaches."""
    yield from (day.isoformat() for day in data_dates(office.journal)[-1:])


def _newest(
    office: Office, every: tuple[Audit, ...], day: date, types: Iterable[Contract]
) -> Iterator[Line]:
    now = service(office, on=day)
    yield from _at(office, every, now, day, types)
    yield from _workers(office, every, now)


def _at(
    office: Office, every: tuple[Audit, ...], now: Service, day: date, types: Iterable[Contract]
) -> Iterator[Line]:
    for contract in types:
        request = Request(
            contract=contract,
            period=quarter_of(day),
            today=day,
            data_date=day,
            cases=now.caseload.cases,
            staff=now.staff,
            settings=office.settings,
            audits=every,
        )
        whole, *teams = _parts(request)
        yield _line(service_row(_count(contract, whole, day), request))
        yield from (_line(coverage_row(_count(contract, each, day))) for each in teams)


def _line(row: Mapping[str, str | int | date | None]) -> Line:
    return Line(COVERAGE.name, str(row["Count"]), row)


def _parts(request: Request) -> Iterator[_Part]:
    """The whole service first, then each team by name."""
    cases, own = request.open_cases, request.own_audits
    team_of = {case.child_id: case.team or NO_TEAM for case in cases}
    held: dict[str, list[Case]] = defaultdict(list)
    made: dict[str, list[Audit]] = defaultdict(list)
    for case in cases:
        held[team_of[case.child_id]].append(case)
    for audit in own:
        made[team_of.get(audit.child_id, "")].append(audit)
    yield _Part("", cases, tuple(own))
    yield from (_Part(team, tuple(held[team]), tuple(made[team])) for team in sorted(held))


def _count(contract: Contract, part: _Part, day: date) -> Count:
    """The part counted as at the data date: what was audited later stands apart."""
    ids = {case.child_id for case in part.cases}
    home = [audit for audit in part.audits if audit.is_home and audit.child_id in ids]
    until = [audit for audit in home if audited_on(audit) <= day]
    ahead = outlook(contract, part.cases, until, data_date=day, today=day)
    return Count(
        ahead=replace(ahead, team=part.team),
        data_date=day,
        forms_out=sum(audit.is_out for audit in part.audits if audit.child_id in ids),
        since=len({audit.child_id for audit in home} - {audit.child_id for audit in until}),
    )


def _workers(office: Office, every: Iterable[Audit], now: Service) -> Iterator[Line]:
    stand: Rows = posted_sheet(office.journal, CAPACITY.name)
    rows = {held.worker: capacity_row(held) for held in _held(office, every, now)}
    gone = {worker: nothing_held(worker) for worker in stand if worker not in rows}
    for worker, row in {**rows, **gone}.items():
        yield Line(CAPACITY.name, worker, row)


def _held(office: Office, every: Iterable[Audit], now: Service) -> Iterator[Held]:
    """Each worker of open cases, by team and name; one who holds cases in two teams once."""
    day, days = now.caseload.data_date, office.settings.supervision_days
    held: dict[str, list[Case]] = defaultdict(list)
    for case in now.caseload.cases:
        if case.is_open and case.worker:
            held[worker_key(case)].append(case)
    whose = workers(case for cases in held.values() for case in cases)
    given = _given(office, every, whose)
    for key, cases in sorted(held.items(), key=lambda each: (each[1][0].team, each[1][0].worker)):
        yield Held(
            team=min(case.team for case in cases),
            worker=whose.names[key],
            open_cases=len(cases),
            eligible=sum(is_eligible(case, today=day) for case in cases),
            sessions=sessions_in(365, supervision_days=days),
            audits={audit: counts[key] for audit, counts in given.items()},
        )


def _given(office: Office, every: Iterable[Audit], whose: Workers) -> Mapping[str, Counter[str]]:
    """By audit type: worker_key to the audits given of the worker's cases in twelve months."""
    given = [
        audit
        for audit in every
        if audit.status != WITHDRAWN and within_a_year(audited_on(audit), today=office.today)
    ]
    return {
        contract.sheet: Counter(whose.key(audit) for audit in given if audit.type == contract.key)
        for contract in office.contracts.values()
    }
