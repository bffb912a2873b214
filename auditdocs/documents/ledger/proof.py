"""The workbook as it was written, read back and compared before it takes the ledger's place.

Every part that no post changed must lie in it byte for byte, every part that one changed must
unpack and be sound XML, and every row that was written must say what it was meant to say.

Source: house.md 4 (every other part is copied as it is); our decision, November 2026.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from auditdocs.documents.ledger.cells import Values
from auditdocs.documents.ledger.check import Brief, brief, wrong_cells
from auditdocs.documents.ledger.parts import Parts
from auditdocs.documents.ledger.row import whole
from auditdocs.documents.ledger.sheet import Book, book, layout
from auditdocs.documents.ledger.stream import Piece, Row, row_number, split_rows
from auditdocs.documents.ledger.text import clean
from auditdocs.errors import LedgerFault
from auditdocs.model.ledger import Cell, Post, Sheet


@dataclass(frozen=True, slots=True)
class Written:
    """What a post wrote in one sheet."""

    sheet: Sheet
    keys: Mapping[int, str]
    """The keys of the rows that were written, by the number each row now has."""
    rows: Mapping[str, Mapping[str, Cell]]
    """What those rows are to say, by key and heading."""
    homeless: frozenset[str] = frozenset()
    """The headings for which the sheet has no room."""


def proved(
    before: Parts, after: bytes, written: Iterable[Written], *, changed: Set[str], gone: Set[str]
) -> bytes:
    """The workbook as written, when it reads back as meant.

    `changed` are the parts that were written anew, `gone` those that were left out. Raises
    LedgerFault when anything else than these differs, or a row does not say what it should.
    """
    try:
        opened = book(after)
        _prove_copies(before, opened.parts, changed, gone)
        for each in written:
            _prove_sheet(opened, each)
    except LedgerFault as fault:
        raise _refused(fault.where) from fault
    return after


def _prove_copies(before: Parts, after: Parts, changed: Set[str], gone: Set[str]) -> None:
    wanted = (set(before.names()) | changed) - gone
    if set(after.names()) != wanted:
        _refuse("the list of its parts")
    for name in wanted - changed:
        if before.packed_bytes(name) != after.packed_bytes(name):
            _refuse(name)


def _prove_sheet(opened: Book, written: Written) -> None:
    name, where = written.sheet.name, layout(opened, written.sheet)
    if where is None:
        _refuse(f'the sheet "{name}"')
    going_by = brief(Post(sheet=written.sheet, rows=written.rows), None, where, room=0)
    last = max(written.keys, default=0)
    if {column.heading for column in going_by.homeless} != written.homeless or (
        where.table and last > where.last
    ):
        _refuse(f'the table of the sheet "{name}"')
    left = set(written.keys)
    for row in _sound_rows(opened, where.part, sorted(written.keys)):
        key = written.keys[row.number]
        if not _says(row, key, going_by, opened.values):
            break
        left.discard(row.number)
    if left:
        _refuse(f'row {min(left)} of the sheet "{name}"')


def _sound_rows(opened: Book, part: str, numbers: Sequence[int]) -> Iterator[Row]:
    """The rows of those numbers, once it is known that each is sound XML and so is their frame."""
    sound = expat.ParserCreate()
    try:
        for piece in _written(opened, part, numbers):
            if isinstance(piece, Row):
                sound.Parse(whole(piece))
                yield piece
            else:
                sound.Parse(piece)
        sound.Parse(b"", True)
    except expat.ExpatError as error:
        raise _refused(part) from error


def _written(opened: Book, part: str, numbers: Sequence[int]) -> Iterator[Row | bytes]:
    """The sheet without the rows that passed through: its head, the rows written, its tail."""
    number, wanted = 0, set(numbers)
    for kind, piece in opened.pieces(part):
        if kind is not Piece.ROWS:
            yield piece
            continue
        first, last = _ends(piece)
        if first and last and bisect_left(numbers, first) == bisect_right(numbers, last):
            number = last
            continue
        for row in split_rows(piece, after=number):
            number = row.number
            if number in wanted:
                yield row


def _ends(block: bytes) -> tuple[int, int]:
    """The numbers of a block's first row and its last, 0 where it does not say."""
    return row_number(block, block.find(b"<row")), row_number(block, block.rfind(b"<row"))


def _says(row: Row, key: str, going_by: Brief, values: Values) -> bool:
    """Whether the row says what it was meant to, its key included."""
    place = going_by.where.column(going_by.post.sheet.key)
    is_there = not place or values.text(row.cell(place)).strip() == clean(key).strip()
    return is_there and not wrong_cells(row, key, going_by, values)


def _refuse(where: str) -> NoReturn:
    raise _refused(where)


def _refused(where: str) -> LedgerFault:
    return LedgerFault(
        "The ledger as it was to be written does not read back as it should.",
        where=where,
        hint="Nothing is lost: the ledger stays as it was, and the rows wait. If this happens "
        'again, run "auditdocs ledger rebuild".',
    )
