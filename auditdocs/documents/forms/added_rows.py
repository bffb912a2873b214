"""Tables to which people add rows: read by column under the headings, whatever controls are left.

Rows typed by hand count, wholly empty ones do not. Where the heading row is gone or reworded the
controls that are left say which column is which.

Source: forms.md (recommendations).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.documents.forms.labels import ANSWERS, MARKS, heading_over
from auditdocs.documents.forms.word_tables import WordTable, plain
from auditdocs.documents.forms.written import written
from auditdocs.model.form import ROWS_TABLES, RowsTable

_KNOWN, _KNOWN_WITHOUT = 3, 4
"""By so many of its headings a table is known for what it is, with and without its first."""

_HEADINGS = tuple(
    (kind, {plain(label): name for name, label in kind.columns.items()}) for kind in ROWS_TABLES
)
_BY_TAG = {f"{kind.prefix}.{name}": (kind, name) for kind in ROWS_TABLES for name in kind.columns}
ROW_TAGS = frozenset({*_BY_TAG, *(kind.section for kind in ROWS_TABLES)})
"""The tags of the controls in these tables, and of the sections that repeat their rows."""


@dataclass(frozen=True, slots=True)
class AddedRows:
    """Such a table, and how it is read."""

    kind: RowsTable
    table: WordTable
    names: Mapping[int, str]
    """Grid column to the name of the column, "" for one that people added."""
    first: int
    """The place of the first row that is read."""

    def filled(self, prompts: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """The rows that are not wholly empty, by column name; "row" is a row's number."""
        for number, row in enumerate(self.table.rows[self.first :], start=1):
            texts: dict[str, list[str]] = {}
            for cell in row:
                texts.setdefault(heading_over(cell.column, self.names), []).append(cell.text)
            said = {name: written(held, prompts) for name, held in texts.items() if name}
            if any(said.values()):
                yield {name: text for name, text in said.items() if text} | {"row": str(number)}


def added_rows(tables: Iterable[WordTable]) -> dict[int, AddedRows]:
    """Those to which people add rows, by place: known by headings, by controls, or as a part.

    Who splits such a table leaves its headings to the first part.
    """
    found: dict[int, AddedRows] = {}
    before: AddedRows | None = None
    for place, table in enumerate(tables):
        rows = _as_added_rows(table) or _split_off(table, before)
        if rows is not None:
            found[place] = rows
        before = before if table.is_inner else rows
    return found


def _split_off(table: WordTable, before: AddedRows | None) -> AddedRows | None:
    """The table as a part of the one before it: of its very columns, and no questions in it."""
    if before is None or table.is_inner or not ANSWERS.isdisjoint(table.headings.values()):
        return None
    if {tuple(cell.column for cell in row) for row in table.rows} != {tuple(before.names)}:
        return None
    cells = [cell for row in table.rows for cell in row]
    marks = (mark for cell in cells for mark in cell.bookmarks)
    asks = any(cell.controls for cell in cells) or any(mark.startswith(MARKS) for mark in marks)
    return None if asks else AddedRows(before.kind, table, before.names, 0)


def _as_added_rows(table: WordTable) -> AddedRows | None:
    for kind, headings in _HEADINGS:
        names = {place: headings.get(text, "") for place, text in table.headings.items()}
        known = {*names.values()} - {""}
        if len(known) >= (_KNOWN if kind.first in known else _KNOWN_WITHOUT):
            return AddedRows(kind, table, _with_the_last(names, kind), 1)
    return _by_controls(table)


def _with_the_last(names: Mapping[int, str], kind: RowsTable) -> Mapping[int, str]:
    """The columns, that of the one heading which was reworded among them."""
    missing = [name for name in kind.columns if name not in names.values()]
    unknown = [place for place, name in names.items() if not name]
    one = len(missing) == len(unknown) == 1
    return {**names, unknown[0]: missing[0]} if one else names


def _by_controls(table: WordTable) -> AddedRows | None:
    tagged = [
        (place, cell.column, *_BY_TAG[tag])
        for place, row in enumerate(table.rows)
        for cell in row
        for tag, _ in cell.controls
        if tag in _BY_TAG
    ]
    if not tagged:
        return None
    first, _, kind, _ = tagged[0]
    places = {place for place, *_ in tagged}
    every = {cell.column: "" for place in places for cell in table.rows[place]}
    names = {column: name for _, column, of, name in tagged if of is kind}
    return AddedRows(kind, table, every | names, first)
