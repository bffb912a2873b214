"""What goes along to a new ledger by value: columns people added, and notes of hand changes."""

from collections.abc import Iterable, Mapping
from datetime import date

from auditdocs.documents.ledger.cells import cells
from auditdocs.documents.ledger.sheet import Book, Layout, book, layout
from auditdocs.model.ledger import CHANGES, Cell, Column, Rows, Sheet

Own = tuple[tuple[Column, ...], Rows]
"""Columns of people's own, and what stands in them by key and heading; blank cells left out."""


def own_columns(workbook: bytes, sheets: Iterable[Sheet]) -> Mapping[str, Own]:
    """By sheet, the columns that people added to its table, and what stands in them.

    What a column computes is taken as it was last shown. Raises LedgerFault.
    """
    opened = book(workbook)
    found = {each.name: (each, layout(opened, each)) for each in sheets}
    return {
        name: _own(opened, sheet, where)
        for name, (sheet, where) in found.items()
        if where is not None and where.header
    }


def notes(workbook: bytes) -> Rows:
    """The rows of the sheet *Changes by hand*, numbered. Raises LedgerFault."""
    opened = book(workbook)
    where = layout(opened, CHANGES)
    if where is None:
        return {}
    found = (
        {
            column.heading: opened.values.cell(row.cell(place), column.kind)
            for column in CHANGES.columns
            if (place := where.column(column.heading))
        }
        for row in opened.rows(where.part)
        if row.number >= where.first
    )
    told = (row for row in found if any(row.values()))
    return {f"{number}": row for number, row in enumerate(told)}


def _own(opened: Book, sheet: Sheet, where: Layout) -> Own:
    declared = {where.column(column.heading) for column in sheet.columns}
    places = set(where.columns.values()) - declared
    headings: dict[int, str] = {}
    rows: dict[str, dict[str, Cell]] = {}
    key_column = where.column(sheet.key)
    for row in opened.rows(where.part) if places else ():
        if row.number == where.header:
            texts = {raw.column: opened.values.text(raw) for raw in cells(row.xml)}
            headings = {place: texts[place] for place in places if texts.get(place)}
        elif row.number >= where.first:
            key = opened.values.text(row.cell(key_column)).strip()
            said = {
                heading: opened.values.cell(row.cell(place), "number")
                for place, heading in headings.items()
            }
            rows.setdefault(key, {h: value for h, value in said.items() if value is not None})
    columns = tuple(_column(headings[place], rows) for place in sorted(headings))
    return columns, {key: row for key, row in rows.items() if key and row}


def _column(heading: str, rows: Rows) -> Column:
    values = [row[heading] for row in rows.values() if heading in row]
    kinds = {date: "date", int: "number"}
    every = {type(value) for value in values}
    kind = kinds.get(every.pop(), "text") if len(every) == 1 else "text"
    return Column(heading=heading, kind=kind, width=20, staff=True)
