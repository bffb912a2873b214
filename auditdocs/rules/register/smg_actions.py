"""The sheet *SMG actions*: what each report proposed, and what the group made of it.

Source: domain.md D1, 1 and 12 ("last quarter's commitments and their state").
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from auditdocs.model.commitment import STATES, Commitment
from auditdocs.model.ledger import Cell, Sheet
from auditdocs.rules.register.columns import Row, ours, staffs

SMG_ACTIONS = Sheet(
    name="SMG actions",
    title="Actions of the service management group: proposed by a report, then kept by hand",
    key="Action ID",
    columns=(
        *ours("Action ID", width=26),
        *ours("Period", width=14),
        *ours("Proposed action", width=60),
        *ours("Proposed owner", width=30),
        *ours("Proposed by when", kind="date", width=14),
        staffs("Action agreed", width=60),
        staffs("Owner", width=30),
        staffs("Due", "date", width=14),
        staffs("State", choices=STATES, width=14),
        staffs("What was done", width=50),
    ),
)

SPARE = 4
"""How many rows a report leaves for actions of the group's own."""


def action_row(proposed: Commitment) -> Row:
    """The row of an action as a report proposed it."""
    return {
        "Action ID": proposed.reference,
        "Period": proposed.period,
        "Proposed action": proposed.action,
        "Proposed owner": proposed.owner,
        "Proposed by when": proposed.due,
    }


def kept_actions(
    proposed: Mapping[str, Commitment], written: Mapping[str, Mapping[str, Cell]]
) -> Iterator[Commitment]:
    """The actions as they now stand: in staff's words, where they wrote any.

    A row left for an action of the group's own counts once something is agreed in it.
    """
    for reference, first in proposed.items():
        row = written.get(reference, {})
        action = _text(row, "Action agreed") or first.action
        if action:
            yield Commitment(
                reference=reference,
                period=first.period,
                action=action,
                owner=_text(row, "Owner") or first.owner,
                due=_day(row.get("Due")) or first.due,
                state=_text(row, "State").capitalize(),
                done=_text(row, "What was done"),
            )


def _text(row: Mapping[str, Cell], heading: str) -> str:
    return str(row.get(heading) or "").strip()


def _day(value: Cell) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
