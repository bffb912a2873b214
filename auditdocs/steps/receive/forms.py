"""An audit form received: which audit it answers, whether it holds, and what it changes."""

from dataclasses import dataclass, replace

from auditdocs.errors import FormFault
from auditdocs.model.audit import ISSUED, RETURNED, WITHDRAWN, Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Identity, Reason, Record, Return
from auditdocs.places.archive import form_place
from auditdocs.places.journal import audits as kept_audits
from auditdocs.places.journal.caseload import is_open_case
from auditdocs.places.journal.returns import (
    digests,
    keep_return,
    record,
    return_of,
    returns_of,
    versions,
)
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.returns.copies import are_copies, fullness
from auditdocs.rules.returns.corrections import renumbered, standing_after, told_of_correction
from auditdocs.rules.returns.records import changes, digest, judged, same_auditor, with_lookback
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import (
    Arrival,
    Ended,
    came_as,
    contract_then,
    duplicate,
    set_aside,
)
from auditdocs.steps.receive.unplanned import audit_of_blank


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """A form with all that is known of it before its answers are judged."""

    came: Return
    form: Form
    audit: Audit
    contract: Contract


def is_document(office: Office, arrived: Arrival) -> bool:
    """Whether the file is a Word document."""
    return arrived.document is not None


def form_received(office: Office, arrived: Arrival) -> Ended:
    """The form accepted, known for a duplicate, or set aside. Raises FormFault."""
    same = return_of(office.journal, arrived.came.sha256)
    if same is not None:
        return _duplicate(office, arrived.came, same.audit_id, "It is the very same file.")
    audit = _audit(office, arrived)
    contract = contract_then(
        office,
        office.contracts.get(audit.type),
        audit.fingerprint,
        otherwise="or fill in a fresh form",
    )
    came = replace(arrived.came, audit_id=audit.audit_id)
    form = arrived.form(contract)
    return _judged(office, _Answered(came=came, form=form, audit=audit, contract=contract))


def _judged(office: Office, answered: _Answered) -> Ended:
    verdict = judged(answered.form, answered.contract, answered.audit, returned=office.today)
    first = _fuller_copy(office, answered, verdict.record)
    if first:
        return _copy(office, answered, first, verdict.record)
    if verdict.record is None:
        return _to_be_mended(office, answered, verdict.reasons)
    said = digest(verdict.record)
    if said in digests(office.journal, answered.audit.audit_id):
        return _duplicate(office, answered.came, answered.audit.audit_id, "It says the same.")
    return _accepted(office, answered, verdict.record, said)


def _fuller_copy(office: Office, answered: _Answered, new: Record | None) -> Return | None:
    """The accepted return of which this form is a less full conflict copy, None when it is none."""
    before = record(office.journal, answered.audit.audit_id)
    if before is None or (new is not None and fullness(new) >= fullness(before[0])):
        return None
    accepted = (
        came
        for _, came in returns_of(office.journal, answered.audit.audit_id)
        if came.outcome == "accepted" and are_copies(came.file, answered.came.file)
    )
    return next(accepted, None)


def _copy(office: Office, answered: _Answered, first: Return, new: Record | None) -> Ended:
    """A less full copy is kept and listed; the fullest counts (domain.md A0.9)."""
    audit_id, before = answered.audit.audit_id, record(office.journal, answered.audit.audit_id)
    differs = changes(before[0], new) if before and new else ("not complete",)
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=answered.contract.sheet,
        audit_id=audit_id,
        file=f"{audit_id} conflict copy {answered.came.sha256[:8]}{answered.came.suffix}",
    )
    told = f"A conflict copy of {first.file}: the fuller one counts. It differs in: "
    done = replace(
        answered.came,
        outcome="superseded",
        stored=office.workspace.relative(place),
        details={"To know": told + ", ".join(differs)},
    )
    return keep_return(office.journal, done), done


def _accepted(office: Office, answered: _Answered, new: Record, said: str) -> Ended:
    audit = answered.audit
    months = office.settings.lookback_months
    new = with_lookback(new, answered.contract, months=months)
    before = record(office.journal, audit.audit_id)
    if before and not _is_correction(new, before[0], audit):
        return set_aside(office, answered.came, [_SECOND_AUDITOR], notes=answered.form.notes)
    first = before[0] if before else None
    if first:
        new = renumbered(new, first, _numbers_used(office, audit))
    version = audit.form_version + 1
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=answered.contract.sheet,
        audit_id=audit.audit_id,
        file=f"{audit.audit_id} v{version}{answered.came.suffix}",
    )
    told = (
        *came_as(answered.came.suffix),
        *_closed(office, audit),
        *told_of_correction(audit, first, new),
        *new.warnings,
    )
    details = {"To know": " ".join(told)} if told else {}
    if first:
        details["Changed"] = ", ".join(changes(first, new))
    came = replace(
        answered.came,
        outcome="accepted",
        version=version,
        digest=said,
        stored=office.workspace.relative(place),
        details=details,
    )
    home = replace(
        standing_after(audit, first, new, version=version, day=office.today),
        returned=audit.returned or office.today,
        date_audited=new.date_audited,
        archived=came.stored,
        sha256=came.sha256,
        form_version=version,
    )
    return keep_return(office.journal, came, audit=home, record=new), came


def _numbers_used(office: Office, audit: Audit) -> frozenset[int]:
    """The numbers that recommendations of any version of the audit's form had."""
    known = versions(office.journal, audit.audit_id)
    return frozenset(each.number for _, record in known for each in record.recommendations)


def _closed(office: Office, audit: Audit) -> tuple[str, ...]:
    """A form for a child whose case has closed since counts, for the case was in the sample."""
    if is_open_case(office.journal, audit.child_id):
        return ()
    return ("The case is no longer among the open ones of the newest extract.",)


def _to_be_mended(office: Office, answered: _Answered, reasons: tuple[Reason, ...]) -> Ended:
    """The form goes to a person; an audit whose form was out is now one whose form came back."""
    out = kept_audits.audit(office.journal, answered.audit.audit_id)
    if out is None or out.status != ISSUED:
        return set_aside(office, answered.came, reasons, notes=answered.form.notes)
    returned = replace(out, status=RETURNED)
    return set_aside(office, answered.came, reasons, audit=returned, notes=answered.form.notes)


def _is_correction(new: Record, before: Record, audit: Audit) -> bool:
    return same_auditor(new.auditor, (before.auditor, audit.auditor))


def _audit(office: Office, arrived: Arrival) -> Audit:
    """The audit that a form belongs to. Raises FormFault when it belongs to none."""
    said = arrived.identity
    if len(said.references) > 1:
        raise FormFault(
            "two-references",
            "The form names two different audits: it was put together from two forms.",
            hint="Copy the answers into the form that was issued for this case, and return that.",
        )
    if not said.references:
        return audit_of_blank(office, arrived)
    audit = kept_audits.audit(office.journal, next(iter(said.references)))
    if audit is None:
        raise FormFault(
            "unknown-audit",
            "The form's audit ID is not one that was issued here.",
            hint="See whether the form belongs to another service; if not, ask whoever looks "
            "after auditdocs.",
        )
    return _of_that_kind(office, audit, said)


def _of_that_kind(office: Office, audit: Audit, said: Identity) -> Audit:
    if said.type and said.type != audit.type:
        raise FormFault(
            "other-type",
            "The form is of another type than the audit it names.",
            hint="Use the form that was issued for this audit.",
        )
    if audit.status == WITHDRAWN:
        ended = kept_audits.withdrawal_of(office.journal, audit.audit_id)
        on = f" on {uk_date(ended[0])}" if ended else ""
        raise FormFault(
            "withdrawn",
            f"This audit was withdrawn{on}, so its form is no longer waited for.",
            hint="Keep the form with the case; if it should count after all, ask for a new one. "
            "Why it was withdrawn stands in the ledger, on the sheet Forms out.",
        )
    return audit


def _duplicate(office: Office, came: Return, audit_id: str, why: str) -> Ended:
    audit = kept_audits.audit(office.journal, audit_id)
    kind = office.sheet(audit.type) if audit else "duplicates"
    return duplicate(office, came, audit_id, why, kind=kind, suffix=came.suffix)


_SECOND_AUDITOR = Reason(
    code="second-auditor",
    where="The whole form",
    text=(
        "Another auditor has already returned this audit, with other answers. Both forms are "
        "kept; agree which one counts, and return that one signed by the first auditor."
    ),
)
