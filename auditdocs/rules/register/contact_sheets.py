"""The sheet *Contact sheets*: one for each accepted audit, due and attached (domain.md A0.7)."""

from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Sheet
from auditdocs.model.letter import Letter
from auditdocs.rules.follow_up.contact_sheet import attach_by
from auditdocs.rules.register.columns import Row, of_audit, ours, staffs

CONTACT_SHEETS = Sheet(
    name="Contact sheets",
    title="A contact sheet for each accepted audit, and when it was put on the case record",
    key="Audit ID",
    columns=(
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Worker", width=24),
        *ours("Made", "Due", kind="date", width=12),
        *ours("Standing", width=14),
        *ours("Contact sheet", kind="path", width=60),
        staffs("Attached on", "date"),
        staffs("Attached by"),
        staffs("Note", width=30),
    ),
)


def contact_sheet_row(
    letter: Letter, audit: Audit, contract: Contract, *, attached: date | None, today: date
) -> Row:
    """A contact sheet's row, of the newest one that an audit has."""
    due = attach_by(letter)
    late = "Overdue" if due < today else "To attach"
    return {
        **of_audit(audit, contract),
        "Worker": audit.worker,
        "Made": letter.made,
        "Due": due,
        "Standing": "Attached" if attached else late,
        "Contact sheet": letter.file,
    }
