"""The sheet *Forms out*: every form issued, and whether it is still with somebody."""

from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Sheet
from auditdocs.rules.register.columns import Row, ours, staffs

FORMS_OUT = Sheet(
    name="Forms out",
    title="Every form issued, and whether it is still out",
    key="Audit ID",
    columns=(
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Worker", "Auditor", width=24),
        *ours("Issued", "Due", kind="date", width=12),
        *ours("Standing", width=14),
        *ours("Returned", kind="date", width=12),
        *ours("Form", kind="link", width=60),
        staffs("Chased on", "date"),
        staffs("Note"),
    ),
)


def form_out_row(audit: Audit, contract: Contract, *, today: date) -> Row:
    """An issued form's row: out, overdue, returned or withdrawn."""
    return {
        "Audit ID": audit.audit_id,
        "Child ID": audit.child_id,
        "Audit": contract.sheet,
        "Team": audit.team,
        "Worker": audit.worker,
        "Auditor": audit.auditor,
        "Issued": audit.issued,
        "Due": audit.due,
        "Standing": standing(audit, today=today),
        "Returned": audit.returned,
        "Form": audit.file,
    }


def standing(audit: Audit, *, today: date) -> str:
    """Where a form stands, in a word."""
    if audit.status == WITHDRAWN:
        return "Withdrawn"
    if audit.is_home:
        return "Returned"
    return "Overdue" if audit.due < today else "Out"
