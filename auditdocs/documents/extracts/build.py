"""The files of a case system, made: an Annex A workbook and a staff register."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from auditdocs.model.tables import Value

_MADE = datetime(2000, 1, 1)
"""Every workbook says that it was made then, so that the same rows give the same bytes."""
_DATE = {"num_format": "dd/mm/yyyy"}
_WIDTH = 20


def annex_a_workbook(sheets: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    """An .xlsx with a sheet for each name, in that order, and its rows, the first of them bold.

    Dates are dates shown dd/mm/yyyy; text is text, whatever it looks like. The same rows always
    give the same bytes.
    """
    data = BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        bold, dated = book.add_format({"bold": True}), book.add_format(_DATE)
        for name, rows in sheets.items():
            _fill(book.add_worksheet(name), rows, bold=bold, dated=dated)
    return data.getvalue()


def staff_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """A .csv of the rows as Excel saves it: UTF-8 with a byte order mark, lines ended by CRLF."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _fill(
    sheet: Worksheet, rows: Sequence[Sequence[Value]], *, bold: Format, dated: Format
) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, None, bold)
    sheet.set_column(0, max(map(len, rows), default=1) - 1, _WIDTH)
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            _write(sheet, place, column, value, dated)


def _write(sheet: Worksheet, row: int, column: int, value: Value, dated: Format) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, dated)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
