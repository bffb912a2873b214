"""The sheet *Disputes*: what was not agreed, both views, who decided and what (domain.md A2.2)."""

from auditdocs.model.ledger import Sheet
from auditdocs.rules.register.columns import ours, staffs

DISPUTES = Sheet(
    name="Disputes",
    title="Every grade or recommendation that was not agreed, and what was decided",
    key="Dispute",
    columns=(
        *ours("Dispute", width=20),
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Auditor", width=24),
        *ours("What is disputed", width=40),
        *ours("Auditor's view", "Team manager's view", width=50),
        *ours("Referred to", width=24),
        *ours("Referred on", "Decision due", kind="date", width=12),
        *ours("Standing", width=14),
        *ours("Decision", width=40),
        *ours("Decided by", width=24),
        *ours("Decided on", kind="date", width=12),
        *ours("Auditor's grade", "Final grade", width=20),
        staffs("Note", width=30),
    ),
)
