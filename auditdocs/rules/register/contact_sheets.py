"""The sheet *Contact sheets*: one for each accepted audit, due and attached (domain.md A0.7)."""

from auditdocs.model.ledger import Sheet
from auditdocs.rules.register.columns import ours, staffs

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
        *ours("Contact sheet", kind="link", width=60),
        staffs("Attached on", "date"),
        staffs("Attached by"),
        staffs("Note", width=30),
    ),
)
