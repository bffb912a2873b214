"""The figures of a report as a workbook: each with the audits it was counted from.

Nothing in it is ever a formula or a link: text that looks like one is stored as text, and stays
text when somebody edits the cell. The same figures always give the same bytes.

Source: quality.md (privacy, documents people open), field.md (d) 11.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from itertools import islice

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from auditdocs.documents.package import zipped
from auditdocs.model.report import Figure

CELL_MOST = 32_767
"""The characters an Excel cell can hold; more would be left out without a word."""

ROWS_MOST = 1_000_000
"""Rows of one sheet, a little under Excel's own 1,048,576."""

_FIGURES = {"Chapter": 26, "Figure": 60, "Value": 12, "Audits": 10, "Audit IDs": 80}
_BEHIND = {"Chapter": 26, "Figure": 60, "Audit ID": 20}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RISKY = ("=", "+", "-", "@", "#", "\t", "\r")
_STAMPS = re.compile(rb"<(dcterms:created|dcterms:modified)\b.*?</\1>")
_AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def data_workbook(
    figures: Sequence[Figure], *, title: str, facts: Sequence[tuple[str, str]]
) -> bytes:
    """The workbook behind a report.

    Sheet *Figures* has a row for each figure, *Audits behind* one for each figure and audit (with
    *Audits behind 2* and so on past a million), *About* the title and the facts.
    """
    return workbook(partial(_write_figures, figures=figures, title=title, facts=facts))


def workbook(write: Callable[[Workbook], None]) -> bytes:
    """The workbook that `write` fills, as a file that does not tell when it was made."""
    out = BytesIO()
    with Workbook(out, _AS_WRITTEN) as book:
        write(book)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = _STAMPS.sub(b"", parts["docProps/core.xml"])
    return zipped(parts)


def write_row(
    sheet: Worksheet, row: int, cells: Iterable[str | int | float | None], *, quoted: Format
) -> None:
    """Write a row, 0 being the first: text as text, numbers as numbers.

    `quoted` is a format with a quote prefix, for text that Excel would read as a formula.
    """
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            words = printable(cell)
            sheet.write_string(row, column, words, quoted if words.startswith(_RISKY) else None)
        elif cell is not None:
            sheet.write_number(row, column, cell)


def printable(words: str) -> str:
    """The words without the characters that no XML document can hold."""
    return _UNPRINTABLE.sub("", words)


def _write_figures(
    book: Workbook, *, figures: Sequence[Figure], title: str, facts: Sequence[tuple[str, str]]
) -> None:
    book.set_properties({"title": printable(title)})
    _write_table(book, "Figures", _FIGURES, [_figure_row(figure) for figure in figures])
    behind = ((figure.chapter, figure.name, audit) for figure in figures for audit in figure.audits)
    for place, rows in enumerate(_sheetfuls(behind), start=1):
        _write_table(book, f"Audits behind {place}".removesuffix(" 1"), _BEHIND, rows)
    _write_about(book, title, facts)


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
    book: Workbook,
    name: str,
    columns: Mapping[str, int],
    rows: Sequence[tuple[str | int, ...]],
) -> None:
    """Write a sheet that holds one Excel table with filters; a table has at least one row."""
    sheet, quoted = book.add_worksheet(name), book.add_format({"quote_prefix": True})
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(columns.values()):
        sheet.set_column(place, place, width)
    shape = {
        "name": name.replace(" ", ""),
        "style": "Table Style Light 1",
        "columns": [{"header": heading} for heading in columns],
    }
    sheet.add_table(0, 0, max(len(rows), 1), len(columns) - 1, shape)
    for place, row in enumerate(rows, start=1):
        write_row(sheet, place, row, quoted=quoted)


def _write_about(book: Workbook, title: str, facts: Sequence[tuple[str, str]]) -> None:
    sheet, quoted = book.add_worksheet("About"), book.add_format({"quote_prefix": True})
    sheet.set_column(0, 0, 26)
    sheet.write_string(0, 0, printable(title), book.add_format({"bold": True}))
    for place, fact in enumerate(facts, start=1):
        write_row(sheet, place, fact, quoted=quoted)
