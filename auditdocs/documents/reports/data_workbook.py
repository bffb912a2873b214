"""The figures of a report as a workbook: each with the audits it was counted from.

Nothing in it is ever a formula or a link: text that looks like one is stored as text, and stays
text when somebody edits the cell. The same figures always give the same bytes.

Source: quality.md (privacy, documents people open), field.md (d) 11.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from io import BytesIO
from itertools import islice
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from auditdocs.documents.ledger.text import MOST_TEXT, within_a_cell
from auditdocs.documents.package import zipped
from auditdocs.documents.zip_parts import packed, packed_in_turn, zip_of
from auditdocs.model.report import Figure

CUT = " … (cut: a cell holds no more)"
"""Behind text that is too long, for which XlsxWriter would leave the cell blank without a word."""

ROWS_MOST = 1_000_000
"""Rows of one sheet, a little under Excel's own 1,048,576."""

ROWS_AT_ONCE = 5_000
"""How many of them are put together at a time."""

_FIGURES = {"Chapter": 26, "Figure": 60, "Value": 12, "Audits": 10, "Audit IDs": 80}
_BEHIND = {"Chapter": 26, "Figure": 60, "Audit ID": 20}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RISKY = ("=", "+", "-", "@", "#", "\t", "\r")
"""What text begins with that Excel would read as something else."""

_STAMPS = re.compile(rb"<(dcterms:created|dcterms:modified)\b.*?</\1>")
_TABLE_END = re.compile(rb'(\bref="A1:[A-Z]+)\d+')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_COLUMN_STYLE = re.compile(rb'<col [^>]*style="(\d+)"')
_CORE = "docProps/core.xml"


def data_workbook(
    figures: Sequence[Figure], *, title: str, facts: Sequence[tuple[str, str]]
) -> bytes:
    """The workbook behind a report.

    Sheet *Figures* has a row for each figure, *Audits behind* one for each figure and audit (with
    *Audits behind 2* and so on past a million), *About* the title and the facts.
    """
    total = sum(len(figure.audits) for figure in figures)
    sizes = [min(ROWS_MOST, total - start) for start in range(0, total, ROWS_MOST)] or [0]
    write = partial(_write_sheets, figures=figures, sizes=sizes, title=title, facts=facts)
    parts = workbook_parts(write)
    names = [f"xl/worksheets/sheet{place}.xml" for place, _ in enumerate(sizes, start=2)]
    rows = _rows_behind(figures, style=_column_style(parts[names[0]]))
    behind = {
        name: packed_in_turn(name, _with_rows(parts[name], islice(rows, size), size))
        for name, size in zip(names, sizes, strict=True)
    }
    for place, size in enumerate((len(figures), *sizes), start=1):
        name = f"xl/tables/table{place}.xml"
        parts[name] = _TABLE_END.sub(b"\\g<1>%d" % (max(size, 1) + 1), parts[name])
    return zip_of(behind.get(name) or packed(name, part) for name, part in parts.items())


def workbook(write: Callable[[Workbook], None]) -> bytes:
    """The workbook that `write` fills, as a file that does not tell when it was made."""
    return zipped(workbook_parts(write))


def write_row(
    sheet: Worksheet, row: int, cells: Iterable[str | int | float | None], *, quoted: Format
) -> None:
    """Write a row, 0 being the first: text as text, numbers as numbers.

    `quoted` is a format with a quote prefix, for text that Excel would read as a formula.
    """
    for column, cell in enumerate(cells):
        words = cell_text(cell) if isinstance(cell, str) else ""
        if words:
            look = quoted if words.startswith(RISKY) else None
            sheet.write_string(row, column, words, look)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell)


def printable(words: str) -> str:
    """The words without the characters that no XML document can hold."""
    return _UNPRINTABLE.sub("", words)


def cell_text(words: str) -> str:
    """The words as a cell can hold them: printable, and cut with a note where they are too long."""
    return within_a_cell(printable(words), note=CUT)


def workbook_parts(write: Callable[[Workbook], None]) -> dict[str, bytes]:
    """The parts of that workbook by name."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        write(book)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts | {_CORE: _STAMPS.sub(b"", parts[_CORE])}


def _write_sheets(
    book: Workbook,
    *,
    figures: Sequence[Figure],
    sizes: Sequence[int],
    title: str,
    facts: Sequence[tuple[str, str]],
) -> None:
    """Write every sheet but the rows of *Audits behind*, of which there may be millions."""
    book.set_properties({"title": printable(title)})
    quoted = book.add_format({"quote_prefix": True})
    sheet = _table_sheet(book, "Figures", _FIGURES)
    for place, figure in enumerate(figures, start=1):
        write_row(sheet, place, _figure_row(figure), quoted=quoted)
    for place, _ in enumerate(sizes, start=1):
        name = f"Audits behind {place}".removesuffix(" 1")
        _table_sheet(book, name, _BEHIND, quoted)
    _write_about(book, title, facts, quoted)


def _figure_row(figure: Figure) -> tuple[str | int, ...]:
    value = int(figure.value) if figure.value.isdecimal() else figure.value
    return figure.chapter, figure.name, value, len(figure.audits), _listed(figure.audits)


def _listed(audits: Sequence[str]) -> str:
    """The audit ids, or as many as a cell holds and where the rest are."""
    whole = ", ".join(audits)
    if len(whole) <= MOST_TEXT:
        return whole
    kept = whole[: MOST_TEXT - 80].rpartition(", ")[0]
    rest = len(audits) - kept.count(", ") - 1
    return f"{kept} and {rest} more: see the sheet Audits behind"


def _table_sheet(
    book: Workbook,
    name: str,
    columns: Mapping[str, int],
    cells: Format | None = None,
) -> Worksheet:
    """A sheet that holds one Excel table with filters and a row, or more that are yet to come.

    XlsxWriter would keep a note of each cell of a longer one: its end is written when it is made.
    """
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(columns.values()):
        sheet.set_column(place, place, width, cells)
    shape = {
        "name": name.replace(" ", ""),
        "style": "Table Style Light 1",
        "columns": [{"header": heading} for heading in columns],
    }
    sheet.add_table(0, 0, 1, len(columns) - 1, shape)
    return sheet


def _rows_behind(figures: Iterable[Figure], *, style: str) -> Iterator[str]:
    """A row of *Audits behind* for each figure and audit, as XML put together from ready cells."""

    @cache
    def ready(words: str) -> str:
        told = escape(cell_text(words))
        space = "" if told == told.strip() else ' xml:space="preserve"'
        return f'<c s="{style}" t="inlineStr"><is><t{space}>{told}</t></is></c>'

    for figure in figures:
        start = f"<row>{ready(figure.chapter)}{ready(figure.name)}"
        yield from (f"{start}{ready(audit)}</row>" for audit in figure.audits)


def _with_rows(sheet: bytes, rows: Iterator[str], count: int) -> Iterator[bytes]:
    """A sheet's part with these rows after its heading row, piece by piece: it may be huge."""
    before, end, after = sheet.partition(b"</sheetData>")
    yield _DIMENSION.sub(b'<dimension ref="A1:C%d"/>' % (count + 1), before)
    while piece := "".join(islice(rows, ROWS_AT_ONCE)):
        yield piece.encode()
    yield end + after


def _column_style(sheet: bytes) -> str:
    """The number of the style that the columns of a sheet have."""
    found = _COLUMN_STYLE.search(sheet)
    return found[1].decode() if found else "0"


def _write_about(
    book: Workbook, title: str, facts: Sequence[tuple[str, str]], quoted: Format
) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 26)
    sheet.write_string(0, 0, cell_text(title), book.add_format({"bold": True}))
    for place, fact in enumerate(facts, start=1):
        write_row(sheet, place, fact, quoted=quoted)
