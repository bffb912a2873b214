"""A sheet of the ledger as it lies in the file: where its table is, and its rows as a stream.

People sort, filter, colour and move; so rows are told by the text in the key column and columns by
their heading, never by their place. What Excel and LibreOffice leave out (references, tables,
blank rows) is worked out here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from lxml import etree

from auditdocs.documents.ledger.cells import Formula, Values, cells, column_of
from auditdocs.documents.ledger.parts import Parts, parts, whole_number
from auditdocs.documents.ledger.stream import Piece, Row, pieces, split_rows
from auditdocs.documents.ledger.text import SharedStrings, unescaped
from auditdocs.errors import LedgerFault
from auditdocs.model.ledger import Sheet

_HEADING_ROWS = 100
"""How far down the headings may stand when the sheet has no table."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's table stands; rows and columns are numbered from 1."""

    part: str
    table: str
    """The table's part, or "" when somebody made the table a plain range."""
    columns: Mapping[str, int]
    """Folded heading to column."""
    header: int
    """The row of the headings; 0 when the table hides it."""
    left: int
    right: int
    first: int
    last: int
    """The last data row of the table; without a table no more than `first` - 1."""
    formulas: Mapping[int, Formula]
    """By column: what it computes in every row."""
    reworded: Mapping[int, str] = field(default_factory=dict)
    """By column: its heading of now, where it stands under one that it had before."""

    def column(self, heading: str) -> int:
        """The column under that heading, or 0."""
        return self.columns.get(folded(heading), 0)


@dataclass(frozen=True, slots=True)
class Book:
    """An opened workbook: its parts, its sheets by name and what its cells mean."""

    parts: Parts
    path: str
    """The part that lists the sheets."""
    styles: str
    """The part with the styles, or ""."""
    names: frozenset[str]
    """The folded names of all sheets, those of charts included."""
    sheets: Mapping[str, str]
    """The folded names of those with cells, and their parts."""
    values: Values

    def pieces(self, part: str) -> Iterator[tuple[Piece, bytes]]:
        """A sheet's bytes: its head, blocks of whole rows, its tail."""
        return pieces(part, self.parts.chunks(part))

    def rows(self, part: str) -> Iterator[Row]:
        """The rows of a sheet, top to bottom."""
        number = 0
        for kind, piece in self.pieces(part):
            if kind is Piece.ROWS:
                for row in split_rows(piece, after=number):
                    number = row.number
                    yield row


def book(workbook: bytes) -> Book:
    """The workbook, opened. Raises LedgerFault when it is none, or none that can be read."""
    opened = parts(workbook)
    path = next((r.target for r in opened.relations("") if r.kind == "officeDocument"), "")
    if path not in opened or not path.endswith(".xml"):
        raise LedgerFault(
            "The ledger is not an Excel workbook (.xlsx).",
            hint="Open it in Excel and save it as an Excel Workbook (.xlsx).",
        )
    root, relations = opened.tree(path), opened.relations(path)
    targets = {
        relation.id: relation.target for relation in relations if relation.kind == "worksheet"
    }
    listed = {
        entry.get("name", "").casefold(): targets.get(_relation_id(entry), "")
        for entry in root.iterfind("{*}sheets/{*}sheet")
    }
    others = {relation.kind: relation.target for relation in relations}
    styles = others.get("styles", "")
    return Book(
        parts=opened,
        path=path,
        styles=styles,
        names=frozenset(listed),
        sheets={name: part for name, part in listed.items() if part in opened},
        values=_values(opened, root, others.get("sharedStrings", ""), styles),
    )


def layout(opened: Book, sheet: Sheet) -> Layout | None:
    """Where the sheet's table stands, or None when the workbook has lost the sheet.

    A sheet that was given another name is known by its table. Raises LedgerFault when the column
    that tells its rows apart is gone.
    """
    part = opened.sheets.get(sheet.name.casefold()) or _renamed(opened, sheet)
    if part is None:
        return None
    found = _from_table(opened, part, sheet) or _from_headings(opened, part, sheet)
    if found is None:
        raise LedgerFault(
            f'The sheet "{sheet.name}" has lost its heading "{_marks(sheet)[0]}".',
            where=f'the heading row of the sheet "{sheet.name}"',
            hint='Put the heading back, or run "auditdocs ledger rebuild".',
        )
    return _with_former_headings(found, sheet)


def table_name(sheet_name: str) -> str:
    """The name of a sheet's table: letters, digits and underscores, never like a cell's."""
    return re.sub(r"\W+", "_", sheet_name, flags=re.ASCII).strip("_") + "_table"


def folded(heading: str) -> str:
    """A heading without what people change unseen: spacing and capitals."""
    return " ".join(heading.split()).casefold()


def area(reference: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a reference such as A1:K20. Raises LedgerFault."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise LedgerFault("The ledger is damaged: a table's place cannot be read.")
    left, top = column_of(match[1]), int(match[2])
    right = column_of(match[3]) if match[3] else left
    return left, top, right, int(match[4] or top)


def _relation_id(entry: etree._Element) -> str:
    """The r:id, whichever of the two namespaces of relationships the file uses."""
    return next((str(value) for name, value in entry.items() if str(name).endswith("}id")), "")


def _renamed(opened: Book, sheet: Sheet) -> str | None:
    wanted = table_name(sheet.name).casefold()
    for part in opened.sheets.values():
        for path in _tables(opened, part):
            if opened.parts.tree(path).get("displayName", "").casefold() == wanted:
                return part
    return None


def _tables(opened: Book, part: str) -> tuple[str, ...]:
    return tuple(r.target for r in opened.parts.relations(part) if r.kind == "table")


def _marks(sheet: Sheet) -> list[str]:
    """The headings by one of which the sheet's table is known."""
    return [sheet.key] if sheet.key else [column.heading for column in sheet.columns]


def _from_table(opened: Book, part: str, sheet: Sheet) -> Layout | None:
    """By the table of the sheet's name, else by any table that has the key's heading."""
    found = {path: opened.parts.tree(path) for path in _tables(opened, part)}
    layouts = [_table_layout(part, path, root) for path, root in found.items()]
    wanted = table_name(sheet.name).casefold()
    layouts.sort(key=lambda one: found[one.table].get("displayName", "").casefold() != wanted)
    marks = _marks(sheet)
    return next((one for one in layouts if any(map(one.column, marks))), None)


def _with_former_headings(where: Layout, sheet: Sheet) -> Layout:
    """The layout with each column that stands under a heading it had before, known by both."""
    ours = {folded(column.heading) for column in sheet.columns}
    free = {heading: at for heading, at in where.columns.items() if heading not in ours}
    found: dict[int, str] = {}
    for column in sheet.columns:
        names = () if where.column(column.heading) else map(folded, column.formerly)
        at = next((free.pop(name) for name in names if name in free), 0)
        if at:
            found[at] = column.heading
    known = {folded(heading): at for at, heading in found.items()}
    return replace(where, columns={**where.columns, **known}, reworded=found) if found else where


def _table_layout(part: str, path: str, root: etree._Element) -> Layout:
    left, top, right, bottom = area(root.get("ref", ""))
    header = min(whole_number(root, "headerRowCount", 1), 1)
    columns = dict(enumerate(root.iterfind("{*}tableColumns/{*}tableColumn"), start=left))
    return Layout(
        part=part,
        table=path,
        columns={folded(unescaped(one.get("name", ""))): at for at, one in columns.items()},
        header=top * header,
        left=left,
        right=right,
        first=top + header,
        last=bottom - whole_number(root, "totalsRowCount"),
        formulas={at: formula for at, one in columns.items() if (formula := _formula(one))},
    )


def _formula(column: etree._Element) -> Formula | None:
    """What a column computes, where it says so in the words of the table and not of one row."""
    found = column.find("{*}calculatedColumnFormula")
    if found is None or found.get("array") in ("1", "true") or "[" not in (found.text or ""):
        return None
    return Formula(found.text or "")


def _from_headings(opened: Book, part: str, sheet: Sheet) -> Layout | None:
    marks = {folded(heading) for heading in _marks(sheet)}
    for row in islice(opened.rows(part), _HEADING_ROWS):
        found = {folded(opened.values.text(raw)): raw.column for raw in cells(row.xml)}
        if marks & found.keys():
            found.pop("", None)
            left, right = min(found.values()), max(found.values())
            number = row.number
            return Layout(part, "", found, number, left, right, number + 1, number, {})
    return None


def _values(opened: Parts, root: etree._Element, shared: str, styles: str) -> Values:
    settings = root.find("{*}workbookPr")
    return Values(
        SharedStrings(partial(opened.read, shared) if shared in opened else bytes),
        settings is not None and settings.get("date1904", "0") in ("1", "true"),
        _date_styles(opened.tree(styles)) if styles in opened else frozenset(),
    )


def _date_styles(root: etree._Element) -> frozenset[bytes]:
    """The cell styles that show a number as a date."""
    formats = {
        entry.get("numFmtId", ""): entry.get("formatCode", "")
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    dates = {number for number, code in formats.items() if _shows_date(code)}
    dates |= {str(number) for number in _DATE_FORMATS} - formats.keys()
    return frozenset(
        b"%d" % place
        for place, entry in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        if entry.get("numFmtId", "0") in dates
    )


def _shows_date(code: str) -> bool:
    plain = _NOT_FORMAT.sub("", code.lower())
    return "d" in plain or "y" in plain
