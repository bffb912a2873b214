"""One row written again: some of its cells anew, all others byte for byte as they came."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from auditdocs.documents.ledger.cells import (
    Formula,
    Raw,
    Values,
    cells,
    letters,
    without_cells,
)
from auditdocs.documents.ledger.links import Link
from auditdocs.documents.ledger.parts import strange
from auditdocs.documents.ledger.stream import Row
from auditdocs.model.ledger import Cell

LINE = 15
"""Points of one line of text."""

MOST_LINES = 10
"""A new row is no higher than that; the rest of a long text shows when the row is made higher."""

_LETTERS = 1.1
"""Letters to a column's width of one: that is counted in digits, which are wider than most."""

_SPANS = re.compile(rb'\sspans="[^"]*"')
_NUMBERED = re.compile(rb'(<(?:row|c)(?=[\s/>])[^>]*?\sr="[A-Z]*)\d+')


def empty_row(number: int) -> Row:
    """A row without cells."""
    return Row(number, b'<row r="%d">' % number)


def heightened(row: Row, lines: int) -> Row:
    """The row, so many lines high unless it has a height already."""
    tag, rest = row.xml.split(b">", 1)
    if b" ht=" in tag:
        return row
    return Row(row.number, b'%s ht="%d">%s' % (tag, LINE * min(lines, MOST_LINES), rest))


@lru_cache(maxsize=4096)
def lines(text: str, width: float) -> int:
    """How many lines the text takes in a column of that width; grades come by the thousand."""
    across = max(int(width * _LETTERS), 1)
    return sum(_lines_of_one(line, across) for line in text.split("\n"))


def _lines_of_one(line: str, across: int) -> int:
    """Broken between words, or where one is longer than a line."""
    count, start = 1, 0
    while len(line) - start > across:
        end = line.rfind(" ", start + 1, start + across + 1)
        count, start = count + 1, end + 1 if end > 0 else start + across
    return count


def whole(row: Row) -> bytes:
    """The row as it came."""
    return row.xml + b"</row>"


def edited(
    row: Row,
    edits: Mapping[int, Cell | Link | Formula],
    styles: Mapping[int, bytes],
    values: Values,
) -> bytes:
    """The row with these cells written; `styles` are those of whole columns.

    Raises LedgerFault when the row holds anything but cells, which would be lost.
    """
    found = {raw.column: raw for raw in cells(row.xml)}
    end = row.xml.find(b">") + 1
    if without_cells(row.xml[end:]).strip():
        raise strange(f"row {row.number}")
    written = {column: _referenced(raw, row.number) for column, raw in found.items()}
    for column, value in edits.items():
        style = _style(found.get(column), value, styles.get(column, b""), values)
        written[column] = values.xml(column, row.number, style, value)
    start = _SPANS.sub(b"", row.xml[:end])
    return start + b"".join(written[column] for column in sorted(written)) + b"</row>"


def moved(row: Row, number: int) -> bytes:
    """The row at another number, its cells with it."""
    return _NUMBERED.sub(rb"\g<1>%d" % number, row.xml) + b"</row>"


def _style(raw: Raw | None, value: Cell | Link | Formula, whole: bytes, values: Values) -> bytes:
    """A cell's own style; its column's when it is new, or would show a date as a number."""
    shows = not isinstance(value, date) or (raw is not None and raw.style in values.date_styles)
    return raw.style if raw is not None and (shows or not whole) else whole


def _referenced(raw: Raw, number: int) -> bytes:
    """The cell as it came, with a reference where it had none."""
    if b' r="' in raw.xml[: raw.xml.find(b">")]:
        return raw.xml
    return b'<c r="%s%d"' % (letters(raw.column), number) + raw.xml[2:]
