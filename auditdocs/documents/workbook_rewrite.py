"""A sheet's stream written again: only the rows that change are touched, in one pass.

A cell that stands keeps its style, a row its height, and blocks of rows that nothing changes pass
through as they came.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.documents.workbook_cells import Raw, Values, cells, letters
from auditdocs.documents.workbook_grow import head_grown, tail_grown
from auditdocs.documents.workbook_sheet import MOST_ROWS, Piece, Row, row_number, split_rows
from auditdocs.model.ledger import Cell

_SPANS = re.compile(rb'\sspans="[^"]*"')
_NUMBERED = re.compile(rb'(<(?:row|c)(?=[\s/>])[^>]*?\sr="[A-Z]*)\d+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """What to change in a sheet."""

    rows: Mapping[int, Mapping[int, Cell]]
    """By row number, as it will be, and column: what is to stand there."""
    after: int
    """The table's last data row, as it was."""
    count: int
    """Rows that go in below it; what stands further down moves."""
    right: int
    """The table's last column, as it will be."""
    styles: Mapping[int, bytes]
    """By column: the style of a cell that was not there before."""
    header: int = 0
    header_styles: Mapping[int, bytes]
    """By column: the style of a heading that was not there before."""

    def style(self, row: int, column: int) -> bytes:
        """The style of a cell that was not there before."""
        return (self.header_styles if row == self.header else self.styles).get(column, b"")

    def number(self, before: int) -> int:
        """Where the row of that number will stand."""
        return before + self.count if before > self.after else before


def rewritten(
    pieces: Iterable[tuple[Piece, bytes]], plan: Rewrite, values: Values
) -> Iterator[bytes]:
    """The sheet's bytes as they are to be, piece by piece."""
    pending = deque(sorted(plan.rows.items()))
    bottom = pending[-1][0] if pending else 0
    number = 0
    for kind, piece in pieces:
        if kind is Piece.HEAD:
            after, count = plan.after, plan.count
            yield head_grown(piece, after=after, count=count, right=plan.right, bottom=bottom)
        elif kind is Piece.ROWS:
            last = row_number(piece, piece.rfind(b"<row"))
            if _passes(plan, pending, last):
                yield piece
                number = last
            elif rows := list(split_rows(piece, after=number)):
                yield b"".join(_rows(rows, pending, plan, values))
                number = rows[-1].number
        else:
            yield b"".join(_new_row(*pending.popleft(), plan, values) for _ in range(len(pending)))
            yield tail_grown(piece, after=plan.after, count=plan.count)


def _passes(plan: Rewrite, pending: deque[tuple[int, Mapping[int, Cell]]], last: int) -> bool:
    """Whether a block that ends with row `last` holds nothing to change."""
    return 0 < plan.number(last) == last and not (pending and pending[0][0] <= last)


def _rows(
    rows: Iterable[Row],
    pending: deque[tuple[int, Mapping[int, Cell]]],
    plan: Rewrite,
    values: Values,
) -> Iterator[bytes]:
    for row in rows:
        number = plan.number(row.number)
        while pending and pending[0][0] < number:
            yield _new_row(*pending.popleft(), plan, values)
        if number != row.number:
            row = _moved(row, number)
        if number > MOST_ROWS:
            return
        if pending and pending[0][0] == number:
            yield _edited(row, pending.popleft()[1], plan, values)
        else:
            yield row.xml + b"</row>"


def _new_row(number: int, edits: Mapping[int, Cell], plan: Rewrite, values: Values) -> bytes:
    return _edited(Row(number, b'<row r="%d">' % number), edits, plan, values)


def _edited(row: Row, edits: Mapping[int, Cell], plan: Rewrite, values: Values) -> bytes:
    """The row with these cells written, each in the style it has or is to have."""
    found = {raw.column: raw for raw in cells(row.xml)}
    written = {column: _referenced(raw, row.number) for column, raw in found.items()}
    for column, value in edits.items():
        style = found[column].style if column in found else plan.style(row.number, column)
        written[column] = values.xml(column, row.number, style, value)
    start = _SPANS.sub(b"", row.xml[: row.xml.find(b">") + 1])
    return start + b"".join(written[column] for column in sorted(written)) + b"</row>"


def _referenced(raw: Raw, number: int) -> bytes:
    """The cell as it came, with a reference where it had none."""
    if b' r="' in raw.xml[: raw.xml.find(b">")]:
        return raw.xml
    return b'<c r="%s%d"' % (letters(raw.column), number) + raw.xml[2:]


def _moved(row: Row, number: int) -> Row:
    """The row at another number, its cells with it."""
    return Row(number, _NUMBERED.sub(rb"\g<1>%d" % number, row.xml))
