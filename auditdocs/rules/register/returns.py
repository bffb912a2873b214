"""The sheet *Returns*: every file that came back, and how it ended (house.md 1)."""

from collections.abc import Mapping

from auditdocs.model.form import Return
from auditdocs.model.ledger import Sheet
from auditdocs.rules.register.columns import Row, ours

OUTCOMES: Mapping[str, str] = {
    "accepted": "Accepted",
    "superseded": "Superseded",
    "duplicate": "Duplicate",
    "set-aside": "Set aside",
    "extract": "Extract taken",
    "register": "Staff register taken",
    "unpacked": "Unpacked",
}
"""How a returned file can end, in words."""

RETURNS = Sheet(
    name="Returns",
    title="Every file that came back, and how it ended",
    key="Number",
    columns=(
        *ours("Number", width=10),
        *ours("Seen", kind="date", width=12),
        *ours("File", width=50),
        *ours("Outcome", width=26),
        *ours("Audit ID", width=17),
        *ours("Version", kind="number", width=9),
        *ours("What to know", width=80),
        *ours("Kept at", kind="path", width=60),
        *ours("SHA-256", width=68),
    ),
)


def return_row(number: int, came: Return) -> Row:
    """A returned file's row."""
    known = [f"{reason.where}: {reason.text}" for reason in came.reasons]
    known += [f"{name}: {text}" for name, text in came.details.items()]
    return {
        "Number": str(number),
        "Seen": came.seen,
        "File": came.file,
        "Outcome": OUTCOMES.get(came.outcome, came.outcome),
        "Audit ID": came.audit_id,
        "Version": came.version or None,
        "What to know": "\n".join(known),
        "Kept at": came.stored,
        "SHA-256": came.sha256,
    }
