"""A report's tables: a repeated heading row, no split row, columns as wide as what they hold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from xml.sax.saxutils import quoteattr

from auditdocs.documents.reports.data_workbook import printable
from auditdocs.documents.reports.lines import caption, line, words
from auditdocs.documents.wordml import cell, row
from auditdocs.model.report import TableBlock

SHORT_TABLE = 12
"""A table of up to so many rows is kept on one page."""

_SHADES = ("", "FBEBC8", "F3C77B", "E39A3B")
_LETTER, _MARGINS = 128, 160
_WORD_MOST, _LINE_MOST = 20, 60
_SIGNS = "%(<+−*"
_WIDE, _NARROW = frozenset("MWmw%"), frozenset("()., :;'ijl")
_OF_FIGURES = str.maketrans("", "", "0123456789.,) " + _SIGNS)

_Column = Sequence[str | int]
_Widths = Sequence[int]
"""Column widths in twentieths of a point."""


def table(block: TableBlock, number: int, *, width: int) -> Iterator[str]:
    """A table under its caption, over the text width, its note below; without rows it says so."""
    block = _with_rows(block)
    yield caption("Table", number, block.caption)
    yield _bare_table(block, width)
    if block.note:
        yield line("Note", words(block.note))


def needs_more(block: TableBlock, *, width: int) -> bool:
    """Whether words or figures would break at that width, so that the page must be wider."""
    columns = _columns(_with_rows(block))
    return sum(_least(column, figure=figure) for column, figure in columns) > width


def _with_rows(block: TableBlock) -> TableBlock:
    if block.rows:
        return block
    return replace(block, rows=(("None", *("" for _ in block.headings[1:])),), shades=())


def _columns(block: TableBlock) -> Sequence[tuple[_Column, bool]]:
    """Each column, heading first, and whether it is one of figures."""
    columns = tuple(zip(block.headings, *block.rows, strict=True))
    return tuple(
        (column, place > 0 and _holds_figures(column[1:])) for place, column in enumerate(columns)
    )


def _bare_table(block: TableBlock, width: int) -> str:
    columns = _columns(block)
    widths = _fitted(columns, block.widths, width)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    look = f'w:val="04{"E" if block.totalled else "A"}0" w:lastRow="{block.totalled:d}"'
    rows = "".join(_rows(block, [figure for _, figure in columns], widths))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {look} w:firstRow="1" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" '
        'w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printable(block.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(block: TableBlock, figures: Sequence[bool], widths: _Widths) -> Iterator[str]:
    """The rows, headings first; those of a short table stay together, the last with the note."""
    styles = ["TableFigure" if each else "TableText" for each in figures]
    plain = (0,) * len(widths)
    shades = block.shades or (plain,) * len(block.rows)
    last, short = len(block.rows), len(block.rows) <= SHORT_TABLE
    yield row(_cells(block.headings, plain, styles, widths, kept=True), heading=True)
    for place, (cells, shade) in enumerate(zip(block.rows, shades, strict=True), start=1):
        kept = bool(block.note) if place == last else short
        yield row(_cells(cells, shade, styles, widths, kept=kept))


def _cells(
    cells: Sequence[str | int],
    shades: Sequence[int],
    styles: Sequence[str],
    widths: _Widths,
    *,
    kept: bool,
) -> Iterator[str]:
    keep = "<w:keepNext/>" if kept else ""
    for each, shade, style, width in zip(cells, shades, styles, widths, strict=True):
        content = line(style, words(_told(each)), keep)
        yield cell(content, width=width, fill=_SHADES[shade])


def _told(value: str | int) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _holds_figures(column: _Column) -> bool:
    """Whether the column is one of figures: 12, 45%, 3 of 6, <5, *, 0.5; a dash is no figure.

    Digits alone may be the number of a case, so one figure must show that it is one.
    """
    told = [each for each in column if each not in ("", "-", "–", "n/a")]
    bare = [each if isinstance(each, int) else each.replace(" of ", "%") for each in told]
    return any(_is_figure(each) for each in bare) and all(
        isinstance(each, int) or not each.translate(_OF_FIGURES) for each in bare
    )


def _is_figure(told: str | int) -> bool:
    return isinstance(told, int) or any(sign in told for sign in f"{_SIGNS}.")


def _fitted(columns: Sequence[tuple[_Column, bool]], asked: Sequence[int], width: int) -> _Widths:
    """Column widths that break no word and no figure, as long as the page is wide enough.

    Beyond that each column gets what was asked for it. Without that a column of text would like its
    longest line, up to a measure, and columns of figures to be as wide as each other.
    """
    least = [_least(column, figure=figure) for column, figure in columns]
    even = max(
        (each for each, (_, figure) in zip(least, columns, strict=True) if figure), default=0
    )
    liked = [even if figure else _longest_line(column) for column, figure in columns]
    wishes = zip(_shared(asked, width) if asked else liked, least, strict=True)
    over = [max(like - each, 0) for like, each in wishes]
    share = min(max(width - sum(least), 0) / (sum(over) or 1), 1)
    return _shared([each + share * more for each, more in zip(least, over, strict=True)], width)


def _least(column: _Column, *, figure: bool) -> int:
    heading, *cells = (_told(each) for each in column)
    whole = cells if figure else [word for each in cells for word in _words_in(each)]
    return _room(max(min(_length(each), _WORD_MOST) for each in ("", *heading.split(), *whole)))


def _longest_line(column: _Column) -> int:
    return _room(max(min(len(_told(each)), _LINE_MOST) for each in column))


def _words_in(text: str) -> Iterator[str]:
    """The words of a text between which a line may break: not at a space that holds."""
    return (word for each in text.splitlines() for word in each.split(" "))


def _length(word: str) -> float:
    """How many letters of common width a word is as wide as."""
    wide = sum(letter in _WIDE for letter in word)
    return len(word) + (wide - sum(letter in _NARROW for letter in word)) / 2


def _room(letters: float) -> int:
    return round(_LETTER * letters) + _MARGINS


def _shared(weights: Sequence[float], width: int) -> _Widths:
    """The width shared out by weight, to the last twentieth of a point."""
    edges = accumulate(weights, initial=0)
    places = (round(width * edge / sum(weights)) for edge in edges)
    return tuple(right - left for left, right in pairwise(places))
