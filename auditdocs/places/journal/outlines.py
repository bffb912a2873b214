"""Audits in outline: what coverage is counted from, read in a fraction of the time."""

from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.places.journal.codec import decoded
from auditdocs.places.journal.store import Journal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """The part of an audit's body that is read; the headers and lists of items are passed over."""

    worker: str = ""
    worker_id: str = ""
    issued: date | None = None
    returned: date | None = None
    date_audited: date | None = None


def outlines(journal: Journal) -> tuple[Audit, ...]:
    """Every audit that went out, by audit id: type, child, worker, status and days, all else blank.

    Coverage looks at every audit there ever was, at each post that follows a change.
    """
    question = "SELECT audit_id, type, child_id, status, body FROM audits ORDER BY audit_id"
    found = (_outline(*row) for row in journal.asked(question))
    return tuple(audit for audit in found if audit is not None)


def _outline(audit_id: str, kind: str, child_id: str, status: str, body: str) -> Audit | None:
    days = decoded(_Days, body)
    if days.issued is None:
        return None
    return Audit(
        audit_id=audit_id,
        type=kind,
        child_id=child_id,
        status=status,
        worker=days.worker,
        worker_id=days.worker_id,
        issued=days.issued,
        returned=days.returned,
        date_audited=days.date_audited,
        version=0,
        fingerprint="",
        team="",
        auditor="",
        auditor_role="",
        auditor_team="",
        period="",
        due=days.issued,
    )
