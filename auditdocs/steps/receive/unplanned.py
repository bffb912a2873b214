"""A blank form from the intranet come home: matched to an audit that is out, or unplanned."""

from dataclasses import replace
from pathlib import PurePath

from auditdocs.errors import FormFault
from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Identity
from auditdocs.places.journal.audits import audits_of_child, keep_audits, last_serial
from auditdocs.places.templates import keep_contract, readable_contracts
from auditdocs.rules.calendar.periods import month_of
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.forms.applicability import items_for
from auditdocs.rules.forms.prefill import header
from auditdocs.steps.office import Office, Service, service
from auditdocs.steps.receive.arrival import Arrival, contract_then, not_yet


def audit_of_blank(office: Office, arrived: Arrival) -> Audit:
    """The audit that a form without an id belongs to. Raises FormFault when there can be none.

    Source: forms.md ("matched by type, child id and auditor to an audit that is out, or recorded as
    unplanned when the child is in the caseload").
    """
    contract = _contract(office, arrived.identity)
    form = arrived.form(contract)
    child_id, auditor = _field(form, "child_id"), _field(form, "auditor")
    now = service(office)
    case = next((each for each in now.caseload.cases if each.child_id == child_id), None)
    if case is None or not auditor:
        raise FormFault(
            "unknown-child",
            "The form's child ID is not in the caseload, or no auditor is named.",
            where="This case",
            hint="Write the child's ID as the case system has it, and the auditor's name.",
        )
    out = _waiting_for(office, contract, case, auditor)
    return out or _unplanned(office, contract, case, auditor, now)


def _contract(office: Office, said: Identity) -> Contract:
    """The contract that a blank form was made from: today's, or the one of its day."""
    current = office.contracts.get(said.type)
    if current is None:
        raise FormFault(
            "not-our-form",
            "This is not an audit form of this service.",
            hint="Use the form that was issued, or the blank form on the intranet.",
        )
    if not said.fingerprint:
        return _of_version(office, current, said.version)
    return contract_then(
        office,
        current,
        said.fingerprint,
        otherwise="or copy the answers into the blank form now on the intranet",
    )


def _of_version(office: Office, current: Contract, version: str) -> Contract:
    """The contract of the version that is printed on the form, where it is still known.

    Raises Unavailable while that one is there and cannot be read.
    """
    if version in ("", str(current.version)):
        return current
    kept, faults = readable_contracts(office.workspace.archive)
    known = (each for each in kept if (each.key, str(each.version)) == (current.key, version))
    stem = f"{current.key}-v{version}-"
    for fault in faults:
        if PurePath(fault.where).name.startswith(stem):
            raise not_yet(fault)
    return next(known, current)


def _waiting_for(office: Office, contract: Contract, case: Case, auditor: str) -> Audit | None:
    mine = name_key(auditor)
    return next(
        (
            _as_printed_blank(audit, contract, case)
            for audit in audits_of_child(office.journal, case.child_id)
            if audit.type == contract.key and audit.is_out and name_key(audit.auditor) == mine
        ),
        None,
    )


def _as_printed_blank(audit: Audit, contract: Contract, case: Case) -> Audit:
    """A blank form prints every item; those that apply to the case are asked for."""
    printed = tuple(item.id for item in items_for(contract, case))
    return replace(
        audit, fingerprint=contract.fingerprint, version=contract.version, printed=printed
    )


def _unplanned(office: Office, contract: Contract, case: Case, auditor: str, now: Service) -> Audit:
    """An audit that nobody selected, kept as one that is out from today."""
    period = month_of(office.today).label
    stem = f"{contract.prefix}-{period}-"
    audit = Audit(
        audit_id=f"{stem}{last_serial(office.journal, stem) + 1:04d}",
        type=contract.key,
        version=contract.version,
        fingerprint=contract.fingerprint,
        child_id=case.child_id,
        team=case.team,
        worker=case.worker,
        worker_id=case.worker_id,
        auditor=auditor,
        auditor_role="",
        auditor_team=case.team,
        period=period,
        issued=office.today,
        due=office.today,
    )
    printed = tuple(item.id for item in items_for(contract, case))
    filled = header(case, audit, contract, now.staff, office.settings)
    whole = replace(audit, header=filled, printed=printed)
    keep_contract(office.workspace.archive, office.workspace.templates, contract)
    keep_audits(office.journal, (whole,), day=office.today, cause="unplanned: a blank form")
    return whole


def _field(form: Form, name: str) -> str:
    found = form.fields.get(name)
    return found.text.strip() if found else ""
