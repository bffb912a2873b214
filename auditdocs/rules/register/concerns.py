"""The sheet *Immediate concerns*: children found not safe, until what was done is verified.

Source: domain.md A0.8 ("listed by itself in the ledger until verified").
"""

from collections.abc import Iterable
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Sheet
from auditdocs.rules.register.columns import Row, of_audit, ours, staffs

CONCERNS = Sheet(
    name="Immediate concerns",
    title="Children whom an audit found not safe, until what was done is verified",
    key="Audit ID",
    columns=(
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Worker", "Auditor", width=24),
        *ours("Form came back", "Told on", kind="date", width=14),
        *ours("Who was told", width=40),
        *ours("Standing", width=14),
        staffs("What was done", width=50),
        staffs("Done by"),
        staffs("Verified by"),
        staffs("Verified on", "date"),
        staffs("Note", width=30),
    ),
)


def is_verified(row: Row) -> bool:
    """Whether staff wrote that somebody saw to it."""
    return bool(row.get("Verified on")) and bool(row.get("Verified by"))


def verified_on(row: Row) -> date | None:
    """The day on which somebody saw to it, None while nobody did."""
    day = row.get("Verified on")
    return day if is_verified(row) and isinstance(day, date) else None


def concern_row(audit: Audit, contract: Contract, told: Iterable[str], *, verified: bool) -> Row:
    """A concern's row."""
    return {
        **of_audit(audit, contract),
        "Worker": audit.worker,
        "Auditor": audit.auditor,
        "Form came back": audit.returned,
        "Told on": audit.returned,
        "Who was told": ", ".join(told),
        "Standing": "Verified" if verified else "Open",
    }
