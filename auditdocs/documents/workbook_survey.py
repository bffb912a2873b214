"""What a sheet holds against what it should: which rows stand where, and which cells are wrong.

Source: house.md 2 (a tool-owned cell changed by hand is put back, and the change is kept).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditdocs.documents.workbook_cells import Values, same, stored
from auditdocs.documents.workbook_sheet import Book, Layout, Row
from auditdocs.model.ledger import Cell, Column, HandChange, LedgerRow, Post
from auditdocs.rules.dates import uk_date

Rows = Mapping[str, Mapping[str, Cell]]
"""Rows by key, each by heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a survey goes by."""

    post: Post
    where: Layout
    last: Rows | None
    """What was posted before; None when the sheet is not to be compared with it."""
    added: tuple[Column, ...]
    """Columns that the sheet lacks and that come at its right end."""

    def place(self, heading: str) -> int:
        """The column that heading has or will have."""
        names = [column.heading for column in self.added]
        if heading in names:
            return self.where.right + 1 + names.index(heading)
        return self.where.column(heading)

    def knows(self, key: str) -> bool:
        """Whether a row of that key is ours."""
        return key in self.post.rows or (self.last is not None and key in self.last)

    def before(self, key: str) -> Mapping[str, Cell]:
        """What was posted for that key the last time."""
        return (self.last or {}).get(key, {})

    def owned(self) -> list[tuple[Column, int]]:
        """The columns that a post writes in rows that stand: the tool's, and any that is new."""
        columns = self.post.sheet.columns
        mine = [column for column in columns if not column.staff or column in self.added]
        return [(column, self.place(column.heading)) for column in mine]


@dataclass(slots=True)
class Survey:
    """What was found; filled row by row while the sheet goes by."""

    found: dict[str, int] = field(default_factory=dict)
    """Key to row number."""
    edits: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """By row and column: what is to stand there instead."""
    changes: list[HandChange] = field(default_factory=list)
    strangers: list[LedgerRow] = field(default_factory=list)
    filled: int = 0
    """The last row of the table that holds anything, or the row above the first."""
    headings: Row | None = None
    """The row of headings."""
    template: Row | None = None
    """The last row that holds anything."""
    breaks_formulas: bool = False
    """Whether a formula stands where a value will, or in a row that may move."""


def survey(opened: Book, brief: Brief) -> Survey:
    """The sheet against what was posted before and what is to be posted."""
    where, out = brief.where, Survey(filled=brief.where.first - 1)
    key_column, owned = brief.place(brief.post.sheet.key), brief.owned()
    for row in opened.rows(where.part):
        if row.number < where.first:
            out.headings = row if row.number == where.header else out.headings
            continue
        key = _key(opened.values, row, key_column)
        if where.table and row.number > where.last and not brief.knows(key):
            out.breaks_formulas |= b"<f" in row.xml
        elif key or not row.is_blank:
            out.filled, out.template = row.number, row
            _look(out, brief, row, key, owned, opened.values)
    return out


def _key(values: Values, row: Row, column: int) -> str:
    return values.text(row.cell(column)).strip() if column else ""


def _look(
    out: Survey,
    brief: Brief,
    row: Row,
    key: str,
    owned: list[tuple[Column, int]],
    values: Values,
) -> None:
    if not brief.knows(key) or key in out.found:
        if brief.last is not None and brief.post.sheet.key:
            out.strangers.append(LedgerRow(sheet=brief.post.sheet.name, key=key, row=row.number))
        return
    out.found[key] = row.number
    edits = dict(_wrong(out, brief, row, key, owned, values))
    if edits:
        out.edits[row.number] = edits


def _wrong(
    out: Survey,
    brief: Brief,
    row: Row,
    key: str,
    owned: list[tuple[Column, int]],
    values: Values,
) -> Iterator[tuple[int, Cell]]:
    """The cells of the row that do not say what they should, by column; hand changes are noted."""
    cells, wanted, before = row.cells(), brief.post.rows.get(key, {}), brief.before(key)
    for column, place in owned:
        heading = column.heading
        if heading not in wanted and heading not in before:
            continue
        raw = cells.get(place)
        theirs = values.cell(raw, column.kind)
        ours = stored(wanted[heading] if heading in wanted else before[heading], column.kind)
        if same(theirs, ours) and not (raw and raw.is_formula):
            continue
        out.breaks_formulas |= raw is not None and raw.is_formula
        yield place, ours
        was = stored(before.get(heading), column.kind)
        if heading in before and column not in brief.added and not same(theirs, was):
            out.changes.append(_change(brief, key, heading, ours, theirs))


def _change(brief: Brief, key: str, heading: str, ours: Cell, theirs: Cell) -> HandChange:
    sheet = brief.post.sheet.name
    return HandChange(
        sheet=sheet, key=key, heading=heading, ours=_said(ours), theirs=_said(theirs)
    )


def _said(value: Cell) -> str:
    return "" if value is None else uk_date(value) if hasattr(value, "year") else str(value)
