"""The figures of a report as a workbook: each with the audits it was counted from.

Nothing in it is ever a formula or a link: text that looks like one is stored as text, and stays
text when somebody edits the cell. The same figures always give the same bytes.

Source: quality.md (privacy, documents people open), field.md (d) 11.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.xml.functions import tostring

from auditdocs.documents.package import zipped
from auditdocs.model.report import Figure

CELL_MOST = 32_767
"""The characters an Excel cell can hold; openpyxl would cut the rest off without a word."""

ROWS_MOST = 1_000_000
"""Rows of one sheet, a little under Excel's own 1,048,576."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIMES = "{http://purl.org/dc/terms/}*"
_RISKY = ("=", "+", "-", "@", "#", "\t", "\r")
_FIGURES = {"Chapter": 26, "Figure": 60, "Value": 12, "Audits": 10, "Audit IDs": 80}
_BEHIND = {"Chapter": 26, "Figure": 60, "Audit ID": 20}


def data_workbook(
    figures: Sequence[Figure], *, title: str, facts: Sequence[tuple[str, str]]
) -> bytes:
    """The workbook behind a report.

    Sheet *Figures* has a row for each figure, *Audits behind* one for each figure and audit (with
    *Audits behind 2* and so on past a million), *About* the title and the facts.
    """
    book = Workbook(write_only=True)
    _write_table(book, "Figures", _FIGURES, [_figure_row(figure) for figure in figures])
    behind = ((figure.chapter, figure.name, audit) for figure in figures for audit in figure.audits)
    for place, rows in enumerate(_sheetfuls(behind), start=1):
        _write_table(book, f"Audits behind {place}".removesuffix(" 1"), _BEHIND, rows)
    _write_about(book, title, facts)
    book.properties.title = printable(title)
    return workbook_bytes(book)


def workbook_bytes(book: Workbook) -> bytes:
    """The workbook as a file that does not tell when or by whom it was made."""
    out = BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book.properties.creator = None
    properties = book.properties.to_tree()
    for stamp in properties.findall(_TIMES):
        properties.remove(stamp)
    parts["docProps/core.xml"] = tostring(properties)
    return zipped(parts)


def text(sheet: WriteOnlyWorksheet, words: str) -> str | Cell:
    """What to write so that a cell of that sheet holds the words as text, however they begin."""
    words = printable(words)
    if not words.startswith(_RISKY):
        return words
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def printable(words: str) -> str:
    """The words without the characters that no XML document can hold."""
    return _UNPRINTABLE.sub("", words)


def _figure_row(figure: Figure) -> tuple[str | int, ...]:
    value = int(figure.value) if figure.value.isdecimal() else figure.value
    return figure.chapter, figure.name, value, len(figure.audits), _listed(figure.audits)


def _listed(audits: Sequence[str]) -> str:
    """The audit ids, or as many as a cell holds and where the rest are."""
    whole = ", ".join(audits)
    if len(whole) <= CELL_MOST:
        return whole
    kept = whole[: CELL_MOST - 80].rpartition(", ")[0]
    rest = len(audits) - kept.count(", ") - 1
    return f"{kept} and {rest} more: see the sheet Audits behind"


def _sheetfuls(rows: Iterable[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    """The rows in lots that fit a sheet; one empty lot when there are none."""
    left = iter(rows)
    yield list(islice(left, ROWS_MOST))
    while lot := list(islice(left, ROWS_MOST)):
        yield lot


def _write_table(
    book: Workbook, name: str, columns: dict[str, int], rows: Sequence[tuple[str | int, ...]]
) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_heading(sheet, heading) for heading in columns])
    for row in rows or [("",) * len(columns)]:
        sheet.append([text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    sheet.tables.add(_table(name, tuple(columns), max(len(rows), 1)))


def _heading(sheet: WriteOnlyWorksheet, words: str) -> Cell:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _table(name: str, headings: Sequence[str], count: int) -> Table:
    """An Excel table over the headings and `count` rows, with filters."""
    reference = f"A1:{get_column_letter(len(headings))}{count + 1}"
    table = Table(displayName=name.replace(" ", ""), ref=reference)
    table.tableColumns = [
        TableColumn(id=place, name=heading) for place, heading in enumerate(headings, start=1)
    ]
    table.autoFilter = AutoFilter(ref=reference)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    return table


def _write_about(book: Workbook, title: str, facts: Sequence[tuple[str, str]]) -> None:
    sheet = book.create_sheet("About")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 90
    sheet.append([_heading(sheet, printable(title))])
    for label, value in facts:
        sheet.append([text(sheet, label), text(sheet, value)])
