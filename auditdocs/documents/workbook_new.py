"""The empty ledger: a sheet that explains the others, then a sheet and a table for each.

openpyxl makes it once; every later post writes into the sheets in place (see workbook.py).
"""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from auditdocs.documents.package import zipped
from auditdocs.documents.workbook_sheet import table_name
from auditdocs.model.ledger import CHANGES, Column, Sheet

_STAMPS = re.compile(rb"<(dcterms:created|dcterms:modified)\b.*?</\1>")


def new_workbook(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """The empty ledger with these sheets, and *Changes by hand* where they do not name it."""
    book = Workbook()
    read_me = book.active
    read_me.title = "Read me"
    every = [*sheets, *([] if CHANGES in sheets else [CHANGES])]
    for sheet in every:
        _write_sheet(book.create_sheet(sheet.name), sheet)
    book.properties.title = title
    book.properties.language = "en-GB"
    return _timeless(book)


def _timeless(book: Workbook) -> bytes:
    """The workbook as a file that does not tell when it was made: the same sheets, the same bytes."""
    out = BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = _STAMPS.sub(b"", parts["docProps/core.xml"])
    return zipped(parts)


def _write_sheet(page: Worksheet, sheet: Sheet) -> None:
    for place, column in enumerate(sheet.columns, start=1):
        cell = page.cell(1, place, column.heading)
        cell.data_type = "s"
        dims = page.column_dimensions[get_column_letter(place)]
        dims.width = column.width
        dims.number_format = (
            "dd/mm/yyyy" if column.kind == "date" else "@" if column.kind != "number" else "0"
        )
        c = page.cell(2, place)
        c.number_format = dims.number_format
    table = Table(
        displayName=table_name(sheet.name), ref=f"A1:{get_column_letter(len(sheet.columns))}2"
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    page.add_table(table)
