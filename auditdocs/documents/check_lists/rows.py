"""The rows of a check list as XML put together from ready cells, for there can be 300,000 of them.

Every word is an inline text, so that nothing listed can become a formula or a link.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from textwrap import wrap
from xml.sax.saxutils import escape

from auditdocs.documents.check_lists.columns import COLUMNS, FIRST_ANSWER
from auditdocs.documents.reports.data_workbook import RISKY, cell_text
from auditdocs.model.accuracy import ListedRow

LINE = 15.0
"""The height of a line of 11 points, in points."""

_MOST_HIGH = 409.0
"""The points of a row's height that Excel takes."""

SAMPLES = ("listed", "listed quoted", "flagged", "flagged quoted", "answer", "answer_date")
"""The looks of a row's cells; a sample of each stands in the row that these rows take over."""

_SAMPLE = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"')
_DIMENSION = re.compile(rb'<dimension ref="A1:([A-Z]+)\d+"/>')


@dataclass(frozen=True, slots=True)
class _Cells:
    """Ready cells of one workbook."""

    text: Callable[[str, str], str]
    """A cell of a text and a look."""
    answers: str
    """The cells that people fill in."""


def with_rows(sheet: bytes, rows: Sequence[ListedRow], labels: Mapping[str, str]) -> bytes:
    """A sheet's part whose last row, of samples, gives way to these rows.

    `labels` are those of the items by id.
    """
    start, end = sheet.rindex(b"<row "), sheet.index(b"</sheetData>")
    numbers = [number.decode() for number in _SAMPLE.findall(sheet[start:end])]
    cells = _cells(dict(zip(SAMPLES, numbers, strict=True)))
    body = bytearray(sheet[:start])
    for xml in _rows(rows, labels, cells):
        body += xml.encode()
    body += sheet[end:]
    bottom = sheet[:start].count(b"<row ") + len(rows)
    return _DIMENSION.sub(rb'<dimension ref="A1:\g<1>%d"/>' % bottom, bytes(body), count=1)


def height(texts: Iterable[tuple[str, int]]) -> float:
    """The height of a row of wrapped cells, each with its column's width in characters.

    Neither Excel nor LibreOffice works it out for a row that nobody has touched.
    """
    return min(LINE * max(_lines(text, width) for text, width in texts), _MOST_HIGH)


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, a little too many rather than too few."""
    return len(wrap(text, max(width - 2, 4))) or 1


def _cells(styles: Mapping[str, str]) -> _Cells:
    @cache
    def text(words: str, look: str) -> str:
        plain = cell_text(words)
        if not plain:
            return f'<c s="{styles[look]}"/>'
        style = styles[f"{look} quoted"] if plain.startswith(RISKY) else styles[look]
        space = "" if plain == plain.strip() else ' xml:space="preserve"'
        return f'<c s="{style}" t="inlineStr"><is><t{space}>{escape(plain)}</t></is></c>'

    dates = (column.is_date for column in COLUMNS[FIRST_ANSWER:])
    answers = (styles["answer_date" if is_date else "answer"] for is_date in dates)
    return _Cells(text, "".join(f'<c s="{style}"/>' for style in answers))


def _rows(rows: Iterable[ListedRow], labels: Mapping[str, str], cells: _Cells) -> Iterator[str]:
    widths = [column.width for column in COLUMNS[:FIRST_ANSWER]]
    for row in rows:
        label = labels.get(row.item_id, "")
        shown = (row.child_id, row.initials, row.worker, label, row.value)
        looked = "".join(cells.text(words, "listed") for words in shown)
        flag = cells.text(row.flag, "flagged" if row.flag else "listed")
        tall = height(zip((*shown, row.flag), widths, strict=True))
        yield f'<row ht="{tall:g}" customHeight="1">{looked}{flag}{cells.answers}</row>'
