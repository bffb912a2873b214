"""A discussion, decision or moderation form received: what was said of an audit that is home."""

from dataclasses import replace

from auditdocs.errors import FormFault
from auditdocs.model.contract import FOLLOW_UP, Contract
from auditdocs.model.form import Record, Return
from auditdocs.model.letter import Paper
from auditdocs.places.archive import form_place
from auditdocs.places.journal.audits import audit
from auditdocs.places.journal.papers import (
    keep_paper_return,
    paper,
    paper_about,
    paper_digests,
    paper_record,
)
from auditdocs.places.journal.returns import keep_return, return_of
from auditdocs.rules.follow_up.papers import by_others, judged_paper
from auditdocs.rules.returns.records import digest
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import Arrival, Ended, contract_then, set_aside


def is_paper(office: Office, arrived: Arrival) -> bool:
    """Whether a Word document says that it is such a form, or names one that went out."""
    if arrived.document is None:
        return False
    said = arrived.identity
    contract = office.of_teams.get(said.type)
    known = contract is not None and contract.family == FOLLOW_UP
    return known or any(paper(office.journal, each) for each in said.references)


def paper_received(office: Office, arrived: Arrival) -> Ended:
    """The form taken, known for a duplicate, or set aside. Raises FormFault."""
    out = _sent_out(office, arrived)
    contract = contract_then(
        office, office.of_teams.get(out.key), out.fingerprint, otherwise="and try again"
    )
    came = replace(arrived.came, audit_id=out.reference)
    if return_of(office.journal, came.sha256):
        return _duplicate(office, came, out, contract, "It is the very same file.")
    form = arrived.form(contract)
    verdict = judged_paper(form, contract, out, returned=office.today)
    if verdict.record is None:
        return set_aside(office, came, verdict.reasons, notes=form.notes)
    said = digest(verdict.record)
    if said in paper_digests(office.journal, out.reference):
        return _duplicate(office, came, out, contract, "It says the same.")
    others = by_others(paper_record(office.journal, out.reference), verdict.record)
    if others:
        return set_aside(office, came, others, notes=form.notes)
    return _accepted(office, replace(came, digest=said), out, contract, verdict.record)


def _accepted(
    office: Office, came: Return, out: Paper, contract: Contract, record: Record
) -> Ended:
    version = out.form_version + 1
    details = {"To know": " ".join(record.warnings)} if record.warnings else {}
    name = f"{out.reference} v{version}{came.suffix}"
    done = replace(
        came,
        outcome="accepted",
        version=version,
        stored=_kept_at(office, out, contract, name),
        details={"About": out.audit_id, **details},
    )
    home = replace(out, returned=out.returned or office.today, form_version=version)
    return keep_paper_return(office.journal, done, home, record), done


def _sent_out(office: Office, arrived: Arrival) -> Paper:
    references = arrived.identity.references
    if len(references) > 1:
        raise FormFault(
            "two-references",
            "The form names two different forms: it was put together from two.",
            hint="Copy what was said into the form that was sent out, and return that.",
        )
    found = paper(office.journal, next(iter(references), ""))
    if found is None:
        raise FormFault(
            "unknown-audit",
            "The form names no audit that it was sent out for here.",
            hint="Use the form that lies beside the letter.",
        )
    _refuse_of_earlier_form(office, found)
    return found


def _refuse_of_earlier_form(office: Office, out: Paper) -> None:
    """Raises FormFault for a form about answers that the auditor has corrected since."""
    of = audit(office.journal, out.audit_id)
    if of is None or out.of_version >= of.discussed_version:
        return
    newest = paper_about(office.journal, out.key, out.audit_id)
    again = newest is not None and newest.reference != out.reference
    raise FormFault(
        "corrected-since",
        "The auditor has corrected the audit since this form went out, in its grade or "
        "recommendations, so this form asks after what is no longer said.",
        hint=f"Fill in {newest.reference} instead: it lies beside the newer letter."
        if newest and again
        else "Wait for the newer letter, and fill in the form that lies beside it.",
    )


def _duplicate(office: Office, came: Return, out: Paper, contract: Contract, why: str) -> Ended:
    name = f"{out.reference} duplicate {came.sha256[:8]}{came.suffix}"
    done = replace(
        came,
        outcome="duplicate",
        stored=_kept_at(office, out, contract, name),
        details={"To know": f"{why} Nothing was counted twice."},
    )
    return keep_return(office.journal, done), done


def _kept_at(office: Office, out: Paper, contract: Contract, name: str) -> str:
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=contract.sheet,
        audit_id=out.audit_id,
        file=name,
    )
    return office.workspace.relative(place)
