"""Which style a cell gets that was not there before: its column's, else that of the row above.

A colour somebody gave one row is theirs and is not handed on while the column has a style of its
own; a date always gets a style that shows it as one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditdocs.documents.ledger.cells import cells
from auditdocs.documents.ledger.check import Brief
from auditdocs.documents.ledger.stream import MOST_COLUMNS, Row
from auditdocs.model.ledger import Column

_COLUMN = re.compile(rb"<col\s[^>]*>")
_FACT = re.compile(rb'\b(min|max|style)="(\d{1,9})"')


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of new cells, by column."""

    cells: Mapping[int, bytes]
    blanks: Mapping[int, None]
    """The columns of a new row where even a blank cell must carry its style."""


def new_styles(brief: Brief, dates: frozenset[bytes], *, head: bytes, above: Row | None) -> Styles:
    """The styles of cells in a row below `above`, in a sheet that begins with `head`.

    `dates` are the styles that show a number as a date.
    """
    own = _column_styles(head)
    handed_on = {} if above is None else {raw.column: raw.style for raw in cells(above.xml)}
    either = {**handed_on, **own}
    fitting = {
        place: next(_candidates(either, column, place, brief, dates), b"")
        for column, place in brief.columns
    }
    blanks = {place: None for place, style in handed_on.items() if style and place not in own}
    return Styles({**either, **fitting}, blanks)


def heading_styles(headings: Row, brief: Brief) -> dict[int, bytes]:
    """The styles of the added columns' headings: those of other headings of the same owner."""
    found = {raw.column: raw.style for raw in cells(headings.xml)}
    by_owner = {
        column.staff: found[place] for column, place in reversed(brief.columns) if place in found
    }
    return {place: by_owner.get(column.staff, b"") for column, place in brief.new_columns}


def _candidates(
    known: Mapping[int, bytes],
    column: Column,
    place: int,
    brief: Brief,
    dates: frozenset[bytes],
) -> Iterator[bytes]:
    """The styles that suit the column: its own, those of others of its kind, any for dates."""
    alike = (
        other_place
        for staff in (column.staff, not column.staff)
        for other, other_place in brief.columns
        if other.kind == column.kind and other.staff == staff
    )
    for candidate in (place, *alike):
        style = known.get(candidate, b"")
        if style and (style in dates) == (column.kind == "date"):
            yield style
    if column.kind == "date":
        yield from sorted(dates)


def _column_styles(head: bytes) -> dict[int, bytes]:
    """The styles that whole columns have, where they have one."""
    out: dict[int, bytes] = {}
    for tag in _COLUMN.findall(head):
        facts = dict(_FACT.findall(tag))
        if facts.get(b"style", b"0") != b"0" and b"min" in facts and b"max" in facts:
            last = min(int(facts[b"max"]), MOST_COLUMNS)
            out |= dict.fromkeys(range(int(facts[b"min"]), last + 1), facts[b"style"])
    return out
