"""A sheet's bytes as a stream: its head, blocks of whole rows, its tail; and single rows.

Nothing here builds a tree: a sheet of 20,000 audits is more than 100 MB of XML. What is not plain
SpreadsheetML, as Excel and LibreOffice write it, is refused in words.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from auditdocs.documents.ledger.cells import Raw, cell_at, cells, letters
from auditdocs.documents.ledger.parts import strange

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

_MOST_HELD = 16_000_000
"""Bytes of one row, or of what stands before or after the rows."""

_DATA = re.compile(rb"<sheetData(\s*/)?>")
_SLASH = ord("/")
_HAS_PLACE = re.compile(rb'<c\s[^>]*?\br="')
_ROW = re.compile(rb'<row(?=[\s/>])(?:[^>]*?\sr="(\d{1,9})")?')


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
    while (end := rest.find(b"</sheetData>", closed := _closed(rest))) < 0:
        cut = closed or max(rest.rfind(b"<row"), 0)
        yield Piece.ROWS, _sound_rows(part, rest[:cut])
        rest = _joined(part, rest[cut:], stream)
    yield Piece.ROWS, _sound_rows(part, rest[:end])
    tail = rest[end:]
    while not tail.rstrip().endswith(b"</worksheet>"):
        tail = _joined(part, tail, stream)
    yield Piece.TAIL, tail


def split_rows(block: bytes, *, after: int) -> Iterator[Row]:
    """The rows of a block; one without a number stands below the one before it."""
    for piece in block.split(b"</row>"):
        start = piece.find(b"<row")
        while start >= 0:
            close = piece.find(b">", start)
            after = row_number(piece, start) or after + 1
            if close < 0 or after > MOST_ROWS:
                raise strange(f"row {after}")
            if piece[close - 1] != _SLASH:
                yield Row(after, piece[start:])
                break
            yield Row(after, piece[start : close - 1] + b">")
            start = piece.find(b"<row", close)


def row_number(block: bytes, start: int) -> int:
    """The number of the row whose tag starts there, or 0 when it has none."""
    match = _ROW.match(block, start) if start >= 0 else None
    return int(match[1]) if match and match[1] else 0


def _head(part: str, stream: Iterator[bytes]) -> tuple[bytes, bytes]:
    """Everything up to and with <sheetData>, and what was read beyond it."""
    rest = next(stream, b"")
    while (match := _DATA.search(rest)) is None:
        rest = _joined(part, rest, stream)
    head = rest[: match.start()]
    declared = head[: head.find(b"?>")].lower() if head.startswith(b"<?xml") else b""
    is_utf8 = b"encoding" not in declared or b"utf-8" in declared
    if b"<worksheet" not in head or b"<!" in head or b"<worksheet xmlns='" in head or not is_utf8:
        raise strange(part)
    empty = b"</sheetData>" if match[1] else b""
    return head + b"<sheetData>", empty + rest[match.end() :]


def _closed(rows: bytes) -> int:
    """Where the last row that has cells ends, or 0."""
    last = rows.rfind(b"</row>")
    return last + len(b"</row>") if last >= 0 else 0


def _joined(part: str, held: bytes, stream: Iterator[bytes]) -> bytes:
    """What is held and the next chunk; a sheet that ends too soon or holds too much is refused."""
    chunk = next(stream, b"")
    if not chunk or len(held) > _MOST_HELD:
        raise strange(part)
    return held + chunk


def _sound_rows(part: str, rows: bytes) -> bytes:
    """The rows; refused when they hold comments, CDATA or anything no spreadsheet writes."""
    if b"!" in rows and b"<!" in rows:  # the first look is ten times quicker
        raise strange(part)
    return rows
