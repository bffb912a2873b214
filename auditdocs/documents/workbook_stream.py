"""A sheet's bytes as a stream: its head, blocks of whole rows, its tail; and single rows.

Nothing here builds a tree: a sheet of 20,000 audits is more than 100 MB of XML. What is not plain
SpreadsheetML, as Excel and LibreOffice write it, is refused in words.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from auditdocs.documents.workbook_cells import Raw, cell_at, cells, letters
from auditdocs.documents.workbook_parts import strange
from auditdocs.errors import LedgerFault

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

_SLASH = ord("/")
_HAS_PLACE = re.compile(rb'<c\s[^>]*?\br="')
_ROW = re.compile(rb'<row(?=[\s/>])(?:[^>]*?\sr="(\d+)")?')


class Piece(Enum):
    """What a piece of a sheet's stream is."""

    HEAD = "up to the first row"
    ROWS = "whole rows"
    TAIL = "from the end of the rows"


class Row(NamedTuple):
    """One row of a sheet: its number and its bytes without the closing tag."""

    number: int
    xml: bytes

    def cells(self) -> dict[int, Raw]:
        """The row's cells by column."""
        return {raw.column: raw for raw in cells(self.xml)}

    def cell(self, column: int) -> Raw | None:
        """The cell in that column, found without reading the others where references allow."""
        xml = self.xml
        place = xml.find(b' r="%s%d"' % (letters(column), self.number))
        start = xml.rfind(b"<c", 0, max(place, 0))
        if place < 0 and _HAS_PLACE.search(xml):
            return None
        if place < 0 or b">" in xml[start:place]:
            return self.cells().get(column)
        return cell_at(xml, start, column)

    @property
    def is_blank(self) -> bool:
        """Whether no cell of the row holds anything."""
        return b"</c>" not in self.xml or all(raw.is_blank for raw in cells(self.xml))


def pieces(part: str, chunks: Iterable[bytes]) -> Iterator[tuple[Piece, bytes]]:
    """A sheet's bytes in order: the head with <sheetData>, blocks of whole rows, the tail.

    Raises LedgerFault when the sheet is not plain SpreadsheetML.
    """
    stream = iter(chunks)
    head, rest = _head(part, stream)
    yield Piece.HEAD, head
    end = rest.find(b"</sheetData>")
    while end < 0:
        cut = rest.rfind(b"</row>") + 6
        if cut > 5:
            _refuse_strange_rows(part, rest[:cut])
            yield Piece.ROWS, rest[:cut]
            rest = rest[cut:]
        chunk = next(stream, b"")
        if not chunk:
            raise LedgerFault("The ledger is damaged: a sheet ends too soon.", where=part)
        seen, rest = max(len(rest) - 12, 0), rest + chunk
        end = rest.find(b"</sheetData>", seen)
    _refuse_strange_rows(part, rest[:end])
    yield Piece.ROWS, rest[:end]
    yield Piece.TAIL, rest[end:] + b"".join(stream)


def split_rows(block: bytes, *, after: int) -> Iterator[Row]:
    """The rows of a block; one without a number stands below the one before it."""
    for piece in block.split(b"</row>"):
        start = piece.find(b"<row")
        while start >= 0:
            close = piece.find(b">", start)
            after = row_number(piece, start) or after + 1
            if piece[close - 1] != _SLASH:
                yield Row(after, piece[start:])
                break
            yield Row(after, piece[start : close - 1] + b">")
            start = piece.find(b"<row", close)


def row_number(block: bytes, start: int) -> int:
    """The number of the row whose tag starts there, or 0 when it has none."""
    match = _ROW.match(block, start) if start >= 0 else None
    return int(match[1]) if match and match[1] else 0


def _refuse_strange_sheet(name: str, head: bytes) -> None:
    """Raise LedgerFault when a sheet's first bytes are not plain SpreadsheetML in UTF-8."""
    plain = b"<worksheet" in head and b"<!" not in head and b"<worksheet xmlns='" not in head
    declared = head[: head.find(b"?>")].lower() if head.startswith(b"<?xml") else b""
    if not plain or (b"encoding" in declared and b"utf-8" not in declared):
        raise strange(name)


def _refuse_strange_rows(name: str, rows: bytes) -> None:
    """Raise LedgerFault when rows hold comments, CDATA or anything no spreadsheet writes."""
    if b"!" in rows and b"<!" in rows:  # the first look is ten times quicker
        raise strange(name)


def _head(part: str, stream: Iterator[bytes]) -> tuple[bytes, bytes]:
    """Everything up to and with <sheetData>, and what was read beyond it."""
    rest = b""
    for chunk in stream:
        rest += chunk
        match = re.search(rb"<sheetData(\s*/)?>", rest)
        if match:
            _refuse_strange_sheet(part, rest[: match.start()])
            empty = b"</sheetData>" if match[1] else b""
            return rest[: match.start()] + b"<sheetData>", empty + rest[match.end() :]
    _refuse_strange_sheet(part, b"")
    return b"", b""
