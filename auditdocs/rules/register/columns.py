"""How the sheets of the ledger declare their columns: the tool's own, and those of staff.

Rows about an audit begin alike, whichever sheet they stand on.
"""

from collections.abc import Mapping
from types import MappingProxyType

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Cell, Column, Sheet

Row = Mapping[str, Cell]
"""A row's cells by heading, without the staff columns."""

NOTHING_SAID: Row = MappingProxyType({})
"""A row in which staff wrote nothing."""


OVERTAKEN = "Superseded"
"""How a matter stands that was not settled when a corrected form took its place."""


def ours(*headings: str, kind: str = "text", width: int = 16) -> tuple[Column, ...]:
    """Columns that the tool fills, all alike; `width` in characters."""
    return tuple(Column(heading=heading, kind=kind, width=width) for heading in headings)


def staffs(
    heading: str, kind: str = "text", *, choices: tuple[str, ...] = (), width: int = 18
) -> Column:
    """A column that staff fill, with its drop-down where there are choices."""
    return Column(heading=heading, kind=kind, width=width, staff=True, choices=choices)


def headings_of_now(sheet: Sheet) -> Mapping[str, str]:
    """By each heading that a column of the tool's had before, and none has now: that of now."""
    ours = {column.heading for column in sheet.columns}
    pairs = [
        (old, column.heading)
        for column in sheet.columns
        for old in column.formerly
        if not column.staff and old not in ours
    ]
    return dict(reversed(pairs))


def headed_anew(row: Row, headings: Mapping[str, str]) -> Row:
    """A row that was kept under the headings of its day, under those of now."""
    return {headings.get(h, h): cell for h, cell in row.items()} if headings else row


def of_audit(audit: Audit, contract: Contract) -> Row:
    """The cells that say which audit a row is about, on whose case."""
    return {
        "Audit ID": audit.audit_id,
        "Child ID": audit.child_id,
        "Audit": contract.sheet,
        "Team": audit.team,
    }
