"""One sheet posted to, as its stream goes by: rows that are right pass through as they came.

A cell that stands keeps its style and a row its height; new rows go in below the last that holds
anything, into blank ones first, and what people keep below the table moves down.
"""

from collections.abc import Iterable, Iterator

from auditdocs.documents.ledger.add import with_columns, with_validations
from auditdocs.documents.ledger.cells import Formula, said, stored
from auditdocs.documents.ledger.check import Brief, Wrong, wrong_cells
from auditdocs.documents.ledger.glance import glance
from auditdocs.documents.ledger.grow import head_grown, table_grown, tail_grown
from auditdocs.documents.ledger.links import Link
from auditdocs.documents.ledger.proof import Written
from auditdocs.documents.ledger.row import edited, empty_row, heightened, moved, whole
from auditdocs.documents.ledger.sheet import Book
from auditdocs.documents.ledger.stream import MOST_ROWS, Piece, Row, split_rows
from auditdocs.documents.ledger.styles import Styles, heading_styles, new_styles
from auditdocs.documents.ledger.text import one_line
from auditdocs.model.ledger import Cell, Column, HandChange, LedgerRow


def about(sheet: str, key: str) -> str:
    """How a row of another sheet is named, in a sheet whose rows are about such."""
    return f"{sheet}\n{key}"


class SheetPost:
    """What a post does to one sheet. All but `body` holds only once the body has run out."""

    def __init__(self, opened: Book, brief: Brief) -> None:
        self.changes: list[HandChange] = []
        self.strangers: list[LedgerRow] = []
        self.missing: list[LedgerRow] = []
        self.written: dict[int, str] = {}
        """The keys of the rows written, by the number of the row."""
        self.breaks_formulas = False
        """Whether a formula was overwritten or moved."""
        self.computes = False
        """Whether a new row holds a formula, which a column of people's has in every row."""
        self._opened, self._brief, self._where = opened, brief, brief.where
        self._key_column = brief.where.column(brief.post.sheet.key)
        self._head = b""
        self._found: set[str] = set()
        self._blank: list[Row] = []
        """Rows that hold nothing, kept back until it is known whether they end the table."""
        self._above: Row | None = None
        """The last row that holds anything."""
        self._worn: Styles | None = None
        self._number = 0
        self._last = brief.where.last if brief.where.table else MOST_ROWS
        self._filled = brief.where.first - 1
        self._inserted = 0
        self._is_open = True

    def body(self) -> Iterator[bytes]:
        """The sheet's rows and what follows them, as they are to be."""
        for kind, piece in self._opened.pieces(self._where.part):
            if kind is Piece.HEAD:
                self._head = piece
            elif kind is Piece.ROWS:
                yield self._block(piece)
            else:
                yield from self._ending()
                yield self._tail(piece)

    def head(self) -> bytes:
        """What precedes the rows, as it is to be."""
        grown = head_grown(
            self._head,
            after=self._last,
            count=self._inserted,
            right=self._where.right + len(self._brief.added),
            bottom=self._filled,
        )
        return with_columns(grown, self._brief.new_columns, self._new_styles().cells)

    def table(self) -> bytes | None:
        """The part of the sheet's table as it is to be; None when it stays as it is."""
        bottom = max(self._last, self._filled)
        added = [one_line(column.heading) for column in self._brief.added]
        same = bottom == self._where.last and not self._brief.is_headed_anew
        if not self._where.table or same:
            return None
        renamed = {at - self._where.left: one_line(h) for at, h in self._brief.renamed.items()}
        root = self._opened.parts.tree(self._where.table)
        return table_grown(root, bottom=bottom, added=added, renamed=renamed)

    def warnings(self) -> Iterator[str]:
        """What a person should know of the sheet's columns and its table."""
        name = self._brief.post.sheet.name
        if not self._where.table:
            yield (
                f'The sheet "{name}" is no longer an Excel table, so its filters do not grow with '
                "it. To mend it, click in its headings and choose Insert, Table."
            )
        if self._brief.added:
            yield f'New at the right end of the sheet "{name}": {_headings(self._brief.added)}.'
        if self._brief.homeless:
            yield (
                f'Not on the sheet "{name}": {_headings(self._brief.homeless)}. There is no room '
                "while the cells right of the table are in use. Move those away from it."
            )

    def proof(self) -> Written:
        """What was written, to be found again in the finished workbook."""
        rows = {key: self._brief.meant(key) for key in self.written.values()}
        homeless = frozenset(column.heading for column in self._brief.homeless)
        return Written(self._brief.post.sheet, self.written, rows, homeless)

    @property
    def is_changed(self) -> bool:
        """Whether anything in the sheet has to be written."""
        return bool(self.written or self._brief.is_headed_anew)

    def _tail(self, tail: bytes) -> bytes:
        grown = tail_grown(tail, after=self._last, count=self._inserted)
        top, bottom = self._where.first, max(self._where.first, self._filled)
        return with_validations(grown, self._brief.new_columns, top=top, bottom=bottom)

    def _block(self, block: bytes) -> bytes:
        """A block of rows; the very bytes that came when all of them are right."""
        if self._passes(block):
            return block
        before, held = len(self.written), bool(self._blank)
        out: list[bytes] = []
        for row in split_rows(block, after=self._number):
            self._number = row.number
            out += self._row(row)
        changed = len(self.written) > before or held or self._blank or self._inserted
        return b"".join(out) if changed or self._brief.is_headed_anew else block

    def _passes(self, block: bytes) -> bool:
        """Whether the block is rows of the table, each with a key, none that the post is about."""
        brief = self._brief
        if brief.last is not None or brief.post.gone or self._blank or not self._is_open:
            return False
        shared = self._opened.values.shared
        seen = glance(block, self._key_column, shared) if self._key_column else None
        is_whole = seen and self._where.first <= seen.first and seen.last.number <= self._last
        if not seen or not is_whole or not seen.keys.isdisjoint(brief.post.rows):
            return False
        self._number = self._filled = seen.last.number
        self._above = seen.last
        return True

    def _row(self, row: Row) -> list[bytes]:
        if row.number < self._where.first:
            return [self._heading(row)]
        key = self._key(row)
        if not self._is_open or not (row.number <= self._last or self._continues(row, key)):
            return [*self._ending(), self._below(row)]
        if not key and row.is_blank:
            self._blank.append(row)
            return []
        held, self._blank = self._blank, []
        return [*map(whole, held), self._inside(row, key)]

    def _key(self, row: Row) -> str:
        """The row's key; in a sheet without keys, of which rows go, what the row is about."""
        headings = self._brief.post.sheet.about
        if headings is None or not self._brief.post.gone:
            return self._text(row, self._key_column)
        name, key = (self._text(row, self._where.column(heading)) for heading in headings)
        return about(name, key) if key else ""

    def _text(self, row: Row, column: int) -> str:
        return self._opened.values.text(row.cell(column) if column else None).strip()

    def _continues(self, row: Row, key: str) -> bool:
        """Whether a row right below the table is one of ours that a resized table left out."""
        continues = row.number == self._last + 1 and self._brief.knows(key)
        self._last += continues
        return continues

    def _heading(self, row: Row) -> bytes:
        if row.number != self._where.header or not self._brief.is_headed_anew:
            return whole(row)
        edits = {place: one_line(column.heading) for column, place in self._brief.new_columns}
        edits |= {place: one_line(heading) for place, heading in self._brief.renamed.items()}
        return edited(row, edits, heading_styles(row, self._brief), self._opened.values)

    def _inside(self, row: Row, key: str) -> bytes:
        self._filled, self._above = row.number, row
        if key in self._brief.post.gone:
            self.breaks_formulas |= b"<f" in row.xml
            self.written[row.number] = ""
            self._found.add(key)
            return whole(empty_row(row.number))
        if not self._brief.knows(key) or key in self._found:
            if self._brief.last is not None and self._key_column:
                self.strangers.append(self._told(key, row.number))
            return whole(row)
        self._found.add(key)
        wrong = wrong_cells(row, key, self._brief, self._opened.values)
        if not wrong:
            return whole(row)
        self.written[row.number] = key
        self.changes += [self._change(key, cell) for cell in wrong if cell.by_hand]
        self.breaks_formulas |= any(cell.was_formula for cell in wrong)
        self._worn = self._worn or self._new_styles()
        edits = {cell.column: cell.ours for cell in wrong}
        return edited(row, edits, self._worn.cells, self._opened.values)

    def _below(self, row: Row) -> bytes:
        if not self._inserted:
            return whole(row)
        self.breaks_formulas |= b"<f" in row.xml
        number = row.number + self._inserted
        return moved(row, number) if number <= MOST_ROWS else b""

    def _ending(self) -> Iterator[bytes]:
        """Once, where the table ends: the rows that go in, and blank rows that are left over."""
        if not self._is_open:
            return
        self._is_open = False
        fresh = dict(enumerate(self._fresh_keys(), start=self._filled + 1))
        blank = {row.number: row for row in self._blank}
        self._blank = []
        self._filled += len(fresh)
        self.written |= fresh
        self._inserted = max(0, self._filled - self._last)
        styles = self._new_styles()
        everywhere: dict[int, Cell | Link | Formula] = {**styles.blanks}
        everywhere |= self._formulas() if fresh else {}
        for number in sorted(fresh.keys() | blank.keys()):
            if number not in fresh:
                yield whole(blank[number])
                continue
            new = self._brief.whole_row(fresh[number])
            row = heightened(blank.get(number) or empty_row(number), self._brief.lines(new))
            yield edited(row, {**everywhere, **new}, styles.cells, self._opened.values)

    def _formulas(self) -> dict[int, Formula]:
        """What people's own columns compute in a new row."""
        ours = {place for _, place in self._brief.columns}
        found = {at: one for at, one in self._where.formulas.items() if at not in ours}
        self.computes |= bool(found)
        return found

    def _fresh_keys(self) -> list[str]:
        """The keys of rows to go in: those that were deleted, then those that are new."""
        before = self._brief.last or {}
        lost = [key for key in before if key not in self._found]
        start = self._filled + 1
        self.missing = [self._told(key, number) for number, key in enumerate(lost, start)]
        new = (key for key in self._brief.post.rows if key not in self._found)
        return [*lost, *(key for key in new if key not in before)]

    def _new_styles(self) -> Styles:
        """The styles of cells that were not there, below the last row seen."""
        dates = self._opened.values.date_styles
        return new_styles(self._brief, dates, head=self._head, above=self._above)

    def _told(self, key: str, number: int) -> LedgerRow:
        return LedgerRow(sheet=self._brief.post.sheet.name, key=key, row=number)

    def _change(self, key: str, cell: Wrong) -> HandChange:
        return HandChange(
            sheet=self._brief.post.sheet.name,
            key=key,
            heading=cell.heading,
            ours=said(cell.ours),
            theirs=said(stored(cell.theirs, "text")),
        )


def _headings(columns: Iterable[Column]) -> str:
    return ", ".join(f'"{column.heading}"' for column in columns)
