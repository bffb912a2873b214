"""The programme as a report of a period sees it, gathered from the journal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.commitment import Commitment
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Cell
from auditdocs.places.journal.audits import audits, selections
from auditdocs.places.journal.commitments import proposed_actions
from auditdocs.places.journal.posted import staff_columns
from auditdocs.places.journal.returns import newest_records
from auditdocs.places.templates import kept_contracts
from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.calendar.periods import Period, month_of, period, quarters_before
from auditdocs.rules.findings.delivery import returned
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.register.smg_actions import SMG_ACTIONS, kept_actions
from auditdocs.rules.selection.posts import posts
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.gather.followed import all_followed
from auditdocs.steps.office import Office, service

MONTHS = 12
"""For how many months back the caseload is read, for the coverage as it was."""


def programme_of(
    office: Office, span: Period, then: Caseloads, *, suppress: int | None = None
) -> Programme:
    """The programme of a period; the caseload is the newest at its end (domain.md D5).

    Audits of a team that was renamed count under its present name (A2.1, edges). `then` are the
    caseloads of earlier days.
    """
    office.progress("Counting the figures", 0, 0)
    now = service(office, on=span.last)
    settings = office.settings
    if suppress is not None:
        settings = replace(settings, suppress=suppress)
    written = staff_columns(office.journal)
    known, kept = posts(now.staff), newest_records(office.journal)
    every = tuple(map(known.named_today, audits(office.journal)))
    home = tuple(all_followed(office, every, kept))
    return Programme(
        contracts=office.contracts,
        audits=every,
        records=kept,
        cases=now.caseload.cases,
        data_date=now.caseload.data_date,
        period=span,
        today=office.today,
        settings=settings,
        editions=_editions(office),
        followed=home,
        audited=_audited(then, returned(every, span)),
        caseloads=_caseloads(then, min(span.last, office.today)),
        selections=tuple(chosen for _, chosen in selections(office.journal)),
        commitments=tuple(_commitments(office, span, written.get(SMG_ACTIONS.name, {}))),
    )


def _editions(office: Office) -> Mapping[str, Contract]:
    """Every contract that forms went out by: no figure goes by another. Raises ContractFault."""
    every = (*kept_contracts(office.workspace.archive), *office.types.values())
    return {each.fingerprint: each for each in every}


def _commitments(
    office: Office, span: Period, written: Mapping[str, Mapping[str, Cell]]
) -> Iterator[Commitment]:
    """Of the quarter before this period all, of still earlier ones what is open."""
    found = [
        each
        for each in kept_actions(proposed_actions(office.journal), written)
        if period(each.period).first < span.first
    ]
    (before,) = quarters_before(span, count=1)
    yield from (each for each in found if each.is_open or period(each.period).first >= before.first)


def _audited(then: Caseloads, home: Iterable[Audit]) -> Mapping[str, Case]:
    """By audit id, the child's case in the caseload of the day of issue."""
    found = ((audit.audit_id, then.case(audit.child_id, audit.issued)) for audit in home)
    return {audit_id: case[0] for audit_id, case in found if case}


def _caseloads(then: Caseloads, as_at: date) -> Mapping[date, tuple[Case, ...]]:
    """The caseload at each month's end up to that day, from the first extract on."""
    found = {}
    for back in range(MONTHS - 1, -1, -1):
        month = month_of(months_after(as_at.replace(day=1), count=-back))
        day = min(month.last, as_at)
        if known := then.on(day):
            found[day] = known.cases
    return found
