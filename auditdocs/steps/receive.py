"""One file received: what it is, whether it holds, and the journal's word on it."""

from dataclasses import dataclass, replace
from pathlib import Path

from auditdocs.documents.forms import read as form_read
from auditdocs.documents.forms.read import Document
from auditdocs.documents.package import is_list, package
from auditdocs.errors import AuditdocsError, ExtractFault, FormFault, WorkspaceFault
from auditdocs.model.audit import ACCEPTED, WITHDRAWN, Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Identity, Reason, Record, Return
from auditdocs.places.archive import form_place
from auditdocs.places.disk import sha256
from auditdocs.places.journal import audits as kept_audits
from auditdocs.places.journal.returns import digests, keep_return, record, return_of
from auditdocs.places.templates import kept_contract
from auditdocs.rules.returns.records import changes, digest, judged, same_auditor
from auditdocs.steps.office import Office
from auditdocs.steps.take import Taken, keep, read
from auditdocs.steps.unplanned import audit_of_blank


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrived:
    """A form with all that is known of it before its answers are judged."""

    came: Return
    document: Document
    audit: Audit
    contract: Contract


def received(office: Office, path: Path, data: bytes) -> tuple[int, Return]:
    """How a file ends, written to the journal: the return's number and the return."""
    came = Return(
        seen=office.today,
        file=office.workspace.relative(path),
        sha256=sha256(data),
        outcome="set-aside",
    )
    try:
        if is_list(data, path.name):
            return _list_received(office, came, path.name, data)
        return _form_received(office, came, data)
    except (FormFault, ExtractFault, WorkspaceFault) as fault:
        return _set_aside(office, came, [_reason(fault)])


def _list_received(office: Office, came: Return, name: str, data: bytes) -> tuple[int, Return]:
    found = read(office, data, name=name)
    stored = keep(office, found, data)
    outcome = "extract" if found.extract else "register"
    done = replace(came, outcome=outcome, stored=stored, details=_counts(found))
    return keep_return(office.journal, done), done


def _counts(found: Taken) -> dict[str, str]:
    """What a person wants to know of a list that was taken, for the ledger and the summary."""
    if found.extract is not None:
        return {
            "Data date": found.extract.data_date.isoformat(),
            "Cases": str(len(found.extract.open_cases)),
            "Faulty rows": str(len(found.extract.problems)),
        }
    register = found.register
    people, faults = (register.people, register.problems) if register else ((), ())
    return {"People": str(len(people)), "Faulty rows": str(len(faults))}


def _form_received(office: Office, came: Return, data: bytes) -> tuple[int, Return]:
    same = return_of(office.journal, came.sha256)
    if same is not None:
        return _duplicate(office, came, same.audit_id, "It is the very same file.")
    document = form_read.document(package(data))
    audit = _audit(office, document)
    came = replace(came, audit_id=audit.audit_id)
    contract = _contract(office, audit)
    return _judged(office, _Arrived(came=came, document=document, audit=audit, contract=contract))


def _judged(office: Office, arrived: _Arrived) -> tuple[int, Return]:
    form = form_read.form(arrived.document, arrived.contract)
    verdict = judged(form, arrived.contract, arrived.audit, returned=office.today)
    if verdict.record is None:
        return _set_aside(office, arrived.came, verdict.reasons)
    said = digest(verdict.record)
    if said in digests(office.journal, arrived.audit.audit_id):
        return _duplicate(office, arrived.came, arrived.audit.audit_id, "It says the same.")
    return _accepted(office, arrived, form, verdict.record, said)


def _accepted(
    office: Office, arrived: _Arrived, form: Form, new: Record, said: str
) -> tuple[int, Return]:
    audit = arrived.audit
    before = record(office.journal, audit.audit_id)
    if before and not _is_correction(new, before[0], form, audit):
        return _set_aside(office, arrived.came, [_SECOND_AUDITOR])
    version = audit.form_version + 1
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=arrived.contract.sheet,
        audit_id=audit.audit_id,
        file=f"{audit.audit_id} v{version}.docx",
    )
    details = {"To know": " ".join(new.warnings)} if new.warnings else {}
    if before:
        details["Changed"] = ", ".join(changes(before[0], new))
    came = replace(
        arrived.came,
        outcome="accepted",
        version=version,
        digest=said,
        stored=office.workspace.relative(place),
        details=details,
    )
    home = replace(
        audit,
        status=ACCEPTED,
        returned=audit.returned or office.today,
        date_audited=new.date_audited,
        grade_auditor=new.overall,
        grade_final=new.overall,
        archived=came.stored,
        sha256=came.sha256,
        form_version=version,
    )
    return keep_return(office.journal, came, audit=home, record=new), came


def _is_correction(new: Record, before: Record, form: Form, audit: Audit) -> bool:
    return same_auditor(new.auditor, (before.auditor, audit.auditor))


def _audit(office: Office, document: Document) -> Audit:
    """The audit that a form belongs to. Raises FormFault when it belongs to none."""
    said = form_read.identity(document)
    if len(said.references) > 1:
        raise FormFault(
            "two-references",
            "The form names two different audits: it was put together from two forms.",
            hint="Copy the answers into the form that was issued for this case, and return that.",
        )
    if not said.references:
        return audit_of_blank(office, document, said)
    audit = kept_audits.audit(office.journal, next(iter(said.references)))
    if audit is None:
        raise FormFault(
            "unknown-audit",
            "The form's audit ID is not one that was issued here.",
            hint="See whether the form belongs to another service; if not, ask whoever looks "
            "after auditdocs.",
        )
    return _of_that_kind(audit, said)


def _of_that_kind(audit: Audit, said: Identity) -> Audit:
    if said.type and said.type != audit.type:
        raise FormFault(
            "other-type",
            "The form is of another type than the audit it names.",
            hint="Use the form that was issued for this audit.",
        )
    if audit.status == WITHDRAWN:
        raise FormFault(
            "withdrawn",
            "This audit was withdrawn, so its form is no longer waited for.",
            hint="Keep the form with the case; if it should count after all, ask for a new one.",
        )
    return audit


def _contract(office: Office, audit: Audit) -> Contract:
    """The contract by which the form was issued, whatever has become of the template since."""
    current = office.contracts.get(audit.type)
    if current is not None and current.fingerprint == audit.fingerprint:
        return current
    earlier = kept_contract(office.workspace.archive, audit.fingerprint)
    if earlier is None:
        raise FormFault(
            "unknown-version",
            "The form is of a version whose contract is no longer here.",
            hint="Put the contract back in archive/contracts, or fill in a fresh form.",
        )
    return earlier


def _duplicate(office: Office, came: Return, audit_id: str, why: str) -> tuple[int, Return]:
    audit = kept_audits.audit(office.journal, audit_id)
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=office.contract(audit.type).sheet if audit else "duplicates",
        audit_id=audit_id,
        file=f"{audit_id} duplicate {came.sha256[:8]}.docx",
    )
    done = replace(
        came,
        outcome="duplicate",
        audit_id=audit_id,
        stored=office.workspace.relative(place),
        details={"To know": f"{why} Nothing was counted twice."},
    )
    return keep_return(office.journal, done), done


def _set_aside(
    office: Office, came: Return, reasons: list[Reason] | tuple[Reason, ...]
) -> tuple[int, Return]:
    done = replace(came, outcome="set-aside", reasons=tuple(reasons))
    return keep_return(office.journal, done), done


def _reason(fault: AuditdocsError) -> Reason:
    kind = fault.kind if isinstance(fault, FormFault) else fault.code
    text = f"{fault.text} {fault.hint}".strip()
    return Reason(code=kind, where=fault.where or "The whole file", text=text)


_SECOND_AUDITOR = Reason(
    code="second-auditor",
    where="The whole form",
    text=(
        "Another auditor has already returned this audit, with other answers. Both forms are "
        "kept; agree which one counts, and return that one signed by the first auditor."
    ),
)
