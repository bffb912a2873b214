"""The sheets of the Accuracy audit: agreements, and what each check found (domain.md C)."""

from auditdocs.model.ledger import Sheet
from auditdocs.rules.register.columns import ours

ACCURACY = Sheet(
    name="Accuracy",
    title="Every data item checked for a child in a round of checks, and what was found",
    key="Check",
    columns=(
        *ours("Check", width=30),
        *ours("Team", width=24),
        *ours("Agreement", width=18),
        *ours("Round", kind="date", width=12),
        *ours("Item", width=40),
        *ours("Child ID", width=17),
        *ours("Worker", width=24),
        *ours("Flagged by the tool", width=40),
        *ours("Correct?", width=14),
        *ours("Corrected on the system", kind="date", width=14),
        *ours("Days to correct", kind="number", width=10),
        *ours("Repeat error", width=12),
        *ours("Checked by", width=24),
        *ours("Checked on", "Returned", kind="date", width=12),
        *ours("Check list", kind="link", width=60),
    ),
)
AGREEMENTS = Sheet(
    name="Agreements",
    title="Every item of each team's Accuracy agreement, version by version",
    key="Agreed item",
    columns=(
        *ours("Agreed item", width=30),
        *ours("Agreement", width=18),
        *ours("Team", "Team manager", "Business support officer", width=24),
        *ours("Version", kind="number", width=9),
        *ours("Standing", width=14),
        *ours("Agreed", "Review due", kind="date", width=12),
        *ours("Copy sent to the Head of Service", kind="date", width=14),
        *ours("Item", width=40),
        *ours("Included", width=10),
        *ours("Reason if not", width=30),
        *ours("Method", "Frequency", width=20),
        *ours("Who checks", width=24),
        *ours("Form", kind="link", width=60),
    ),
)
