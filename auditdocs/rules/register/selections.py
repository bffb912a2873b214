"""The sheet *Selections*: every choice of cases, its pool, who was left out and why.

Source: domain.md A1.1, step 5 (a draw that can be performed again), D5.
"""

from collections import defaultdict
from datetime import date

from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Sheet
from auditdocs.model.selection import Pick, Selection
from auditdocs.rules.register.columns import Row, ours

SELECTIONS = Sheet(
    name="Selections",
    title="Every choice of cases: the pool, who was left out and why. A draw can be performed "
    "again: in each head of service's area and case type those come first whose SHA-256 of "
    "seed|child ID is lowest",
    key="Number",
    columns=(
        *ours("Number", width=10),
        *ours("Made", kind="date", width=12),
        *ours("Audit", width=16),
        *ours("Period", width=13),
        *ours("Pool", "Chosen", "Left out", kind="number", width=10),
        *ours("Why cases were left out", width=60),
        *ours("Chosen cases", "Reserves", width=60),
        *ours("Theme", "Why this theme", width=30),
        *ours("Filter", width=40),
        *ours("Seed of the draw", width=30),
        *ours("In the pool, not drawn", width=60),
        *ours("To know", width=60),
    ),
)


MOST_LISTED = 300
"""Cases listed in one cell, which Excel keeps under 32,767 characters; the journal has all."""


def _listed(picks: tuple[Pick, ...]) -> str:
    lines = [f"{pick.child_id}: {pick.why}" for pick in picks[:MOST_LISTED]]
    more = len(picks) - MOST_LISTED
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


MOST_CHARACTERS = 30_000


def _not_drawn(selection: Selection) -> str:
    """The rest of a draw's pool, by team and case type; with the chosen ones it is the whole."""
    strata: dict[str, list[str]] = defaultdict(list)
    for each in selection.waiting if selection.seed else ():
        strata[each.reason.partition(": ")[2]].append(each.child_id)
    told = "\n".join(f"{name}: {', '.join(sorted(strata[name]))}" for name in sorted(strata))
    fits = len(told) <= MOST_CHARACTERS
    return told if fits else f"{told[:MOST_CHARACTERS]} … (plan --json lists all)"


def selection_row(number: int, made: date, selection: Selection, contract: Contract) -> Row:
    """A selection's row, with its reasons counted."""
    return {
        "Number": str(number),
        "Made": made,
        "Audit": contract.sheet,
        "Period": selection.period,
        "Pool": selection.pool,
        "Chosen": len(selection.picks),
        "Left out": len(selection.excluded),
        "Why cases were left out": "\n".join(
            f"{count} × {why}" for why, count in selection.left_out.items()
        ),
        "Chosen cases": _listed(selection.picks),
        "Reserves": _listed(selection.reserves),
        "Theme": selection.theme,
        "Why this theme": selection.because,
        "Filter": selection.expression,
        "Seed of the draw": selection.seed,
        "In the pool, not drawn": _not_drawn(selection),
        "To know": "\n".join(selection.warnings)[:MOST_CHARACTERS],
    }
