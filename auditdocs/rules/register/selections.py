"""The sheet *Selections*: every choice of cases, its pool, who was left out and why."""

from datetime import date

from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Sheet
from auditdocs.model.selection import Selection
from auditdocs.rules.register.columns import Row, ours

SELECTIONS = Sheet(
    name="Selections",
    title="Every choice of cases: the pool, who was left out and why",
    key="Number",
    columns=(
        *ours("Number", width=10),
        *ours("Made", kind="date", width=12),
        *ours("Audit", width=16),
        *ours("Period", width=13),
        *ours("Pool", "Chosen", "Left out", kind="number", width=10),
        *ours("Why cases were left out", width=60),
        *ours("Theme", width=30),
        *ours("Filter", width=40),
        *ours("Seed of the draw", width=30),
    ),
)


def selection_row(number: int, made: date, selection: Selection, contract: Contract) -> Row:
    """A selection's row, with its reasons counted."""
    reasons: dict[str, int] = {}
    for exclusion in selection.excluded:
        reasons[exclusion.reason] = reasons.get(exclusion.reason, 0) + 1
    return {
        "Number": str(number),
        "Made": made,
        "Audit": contract.sheet,
        "Period": selection.period,
        "Pool": selection.pool,
        "Chosen": len(selection.picks),
        "Left out": len(selection.excluded),
        "Why cases were left out": "\n".join(f"{n} × {why}" for why, n in reasons.items()),
        "Theme": selection.theme,
        "Filter": selection.expression,
        "Seed of the draw": selection.seed,
    }
