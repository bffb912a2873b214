"""The sheet *Coverage*: how much of the caseload was audited, at each data date (domain.md D2)."""

from auditdocs.model.ledger import Sheet
from auditdocs.rules.register.columns import ours

COVERAGE = Sheet(
    name="Coverage",
    title="Open cases at each data date, and how many were audited in the year before it",
    key="Count",
    columns=(
        *ours("Count", width=34),
        *ours("Data date", kind="date", width=12),
        *ours("Audit", width=16),
        *ours("Team", width=24),
        *ours("Open cases", "Eligible", "Audited in 12 months", kind="number", width=12),
        *ours("Never audited", kind="number", width=12),
        *ours("Never audited: six weeks to 3 months", "3 to 6 months", kind="number", width=12),
        *ours("6 to 12 months", "12 months or more", kind="number", width=12),
        *ours("Forms out", kind="number", width=12),
    ),
)
