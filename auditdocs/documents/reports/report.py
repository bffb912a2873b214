"""A report as a Word document: what it says comes from the report, how it looks from here.

A4 upright, from no template: headings that Word numbers, a contents list whose entries are true
when first opened, numbered captions, tables with a repeated heading row, native charts, the marking
on every page. The same report always gives the same bytes.

Source: domain.md D1, quality.md (documents people open, privacy).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, count, pairwise, zip_longest
from xml.sax.saxutils import escape, quoteattr

from docx.opc.part import Part

from auditdocs.documents.reports.chart import chart_drawing
from auditdocs.documents.reports.data_workbook import printable
from auditdocs.documents.reports.parts import WIDTH, empty_document, saved, write_margins
from auditdocs.documents.wordml import bookmark, cell, row, run
from auditdocs.model.report import Chapter, ChartBlock, Paragraph, Report, TableBlock

SHORT_TABLE = 12
"""A table of up to so many rows is kept on one page."""

_STYLE_OF = {"": "Normal", "bullet": "ListBullet", "note": "Note"}
_SHADES = ("", "FBEBC8", "F3C77B", "E39A3B")
_LETTER, _MARGINS = 128, 160
_WORD_MOST, _LINE_MOST = 20, 60
_SIGNS = "%(<+−"
_OF_FIGURES = str.maketrans("", "", "0123456789.,) " + _SIGNS)
_TAB, _BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"


_Column = Sequence[str | int]
_Widths = Sequence[int]
"""Column widths in twentieths of a point."""


def report_document(report: Report) -> bytes:
    """The report as a Word document (.docx)."""
    document = empty_document()
    write_margins(document, report)
    contents = () if report.brief else _contents(report.chapters)
    blocks = (*_opening(report), *contents, *_story(report, document.part))
    return saved(document, "".join(blocks), report)


def _opening(report: Report) -> Iterator[str]:
    """The title block: service and marking, title and subtitle, then the facts as plain lines."""
    masthead = _words(report.service, bold=True) + _TAB + _words(report.marking, bold=True)
    yield _paragraph("Masthead", masthead)
    yield _paragraph("Title", _words(report.title))
    yield _paragraph("Subtitle", _words(report.subtitle))
    for label, value in report.facts:
        yield _paragraph("Facts", _words(label, bold=True) + _TAB + _words(value))


def _contents(chapters: Sequence[Chapter]) -> Iterator[str]:
    """A contents field that holds its entries.

    They carry numbers and links but no pages: only Word knows those, and a page that is wrong is
    worse than none. "Update field" in Word adds them.
    """
    start = _field_mark("begin") + _instruction(r'TOC \o "1-2" \h \z') + _field_mark("separate")
    last = len(chapters) - 1
    if chapters:
        yield _paragraph("TOCHeading", run("Contents"))
    for place, (chapter, number) in enumerate(zip(chapters, _numbers(chapters), strict=True)):
        entry = (run(number) + _TAB if number else "") + _words(chapter.heading)
        link = f'<w:hyperlink w:anchor="{_anchor(place)}" w:history="1">{entry}</w:hyperlink>'
        before = start if place == 0 else ""
        after = _field_mark("end") if place == last else ""
        yield _paragraph(f"TOC{chapter.level}", before + link + after)


def _numbers(chapters: Sequence[Chapter]) -> Iterator[str]:
    """The number that Word gives each heading: 1, 2, 2.1; nothing for an annex."""
    first = second = 0
    for chapter in chapters:
        if not chapter.numbered:
            yield ""
        elif chapter.level == 1:
            first, second = first + 1, 0
            yield f"{first}"
        else:
            second += 1
            yield f"{first}.{second}"


def _story(report: Report, part: Part) -> Iterator[str]:
    """The chapters, block by block; `part` takes the charts."""
    tables, figures = count(1), count(1)
    for place, chapter in enumerate(report.chapters):
        yield _heading(chapter, place, opens=place == 0 and not report.brief)
        for block, following in zip_longest(chapter.blocks, chapter.blocks[1:]):
            if isinstance(block, Paragraph):
                leads = isinstance(following, TableBlock | ChartBlock)
                keep = "<w:keepNext/>" if leads else ""
                yield _paragraph(_STYLE_OF[block.style], _words(block.text), keep)
            elif isinstance(block, TableBlock):
                yield from _table(block, next(tables))
            else:
                yield from _chart(block, part, next(figures))
    yield _paragraph("Note", run("End of report"))


def _heading(chapter: Chapter, place: int, *, opens: bool) -> str:
    """A heading with the bookmark that its entry in the contents leads to; one opens the text."""
    page = "<w:pageBreakBefore/>" if opens else ""
    plain = "" if chapter.numbered else '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    top = '<w:spacing w:before="0"/>' if opens else ""
    marked = bookmark(_anchor(place), _words(chapter.heading))
    return _paragraph(f"Heading{chapter.level}", marked, page + plain + top)


def _anchor(place: int) -> str:
    return f"_Toc{place + 1:09}"


def _chart(block: ChartBlock, part: Part, number: int) -> Iterator[str]:
    yield _caption("Figure", number, block.caption)
    yield _paragraph("Chart", f"<w:r>{chart_drawing(block, part, number=number)}</w:r>")


def _caption(label: str, number: int, text: str) -> str:
    sequence = f'<w:fldSimple w:instr=" SEQ {label} \\* ARABIC ">{run(str(number))}</w:fldSimple>'
    return _paragraph("Caption", run(f"{label} ") + sequence + _words(f": {text}"))


def _table(block: TableBlock, number: int) -> Iterator[str]:
    if not block.rows:
        block = replace(block, rows=(("None", *("" for _ in block.headings[1:])),))
    yield _caption("Table", number, block.caption)
    yield _bare_table(block)
    if block.note:
        yield _paragraph("Note", _words(block.note))


def _bare_table(block: TableBlock) -> str:
    columns = tuple(zip(block.headings, *block.rows, strict=True))
    figures = [place > 0 and _holds_figures(column[1:]) for place, column in enumerate(columns)]
    widths = _fitted(columns, figures, block.widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'w:val="04{"E" if block.totalled else "A"}0" w:lastRow="{block.totalled:d}"'
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {look} w:firstRow="1" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" '
        'w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printable(block.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(_rows(block, figures, widths))}</w:tbl>"
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
        content = _paragraph(style, _words(_told(each)), keep)
        yield cell(content, width=width, fill=_SHADES[shade])


def _told(value: str | int) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _holds_figures(column: _Column) -> bool:
    """Whether the column is one of figures: 12, 45%, 3 of 6, <5; a dash is no figure.

    Digits alone may be the number of a case, so one figure must show that it is one.
    """
    told = [each for each in column if each not in ("", "-", "–", "n/a")]
    bare = [each if isinstance(each, int) else each.replace(" of ", "%") for each in told]
    return any(_is_figure(each) for each in bare) and all(
        isinstance(each, int) or not each.translate(_OF_FIGURES) for each in bare
    )


def _is_figure(told: str | int) -> bool:
    return isinstance(told, int) or any(sign in told for sign in _SIGNS)


def _fitted(columns: Sequence[_Column], figures: Sequence[bool], asked: Sequence[int]) -> _Widths:
    """Column widths that break no word and no figure, as long as the page is wide enough.

    Beyond that each column gets what was asked for it. Without that a column of text would like its
    longest line, up to a measure, and columns of figures to be as wide as each other.
    """
    each = tuple(zip(columns, figures, strict=True))
    least = [_least(column, figure=figure) for column, figure in each]
    even = max((width for width, figure in zip(least, figures, strict=True) if figure), default=0)
    liked = [even if figure else _longest_line(column) for column, figure in each]
    wishes = zip(_shared(asked) if asked else liked, least, strict=True)
    over = [max(like - width, 0) for like, width in wishes]
    share = min(max(WIDTH - sum(least), 0) / (sum(over) or 1), 1)
    return _shared([width + share * more for width, more in zip(least, over, strict=True)])


def _least(column: _Column, *, figure: bool) -> int:
    heading, *cells = (_told(each) for each in column)
    whole = cells if figure else [word for each in cells for word in each.split()]
    return _room(max(min(len(each), _WORD_MOST) for each in ("", *heading.split(), *whole)))


def _longest_line(column: _Column) -> int:
    return _room(max(min(len(_told(each)), _LINE_MOST) for each in column))


def _room(letters: int) -> int:
    return _LETTER * letters + _MARGINS


def _shared(weights: Sequence[float]) -> _Widths:
    """The text width shared out by weight, to the last twentieth of a point."""
    edges = accumulate(weights, initial=0)
    places = (round(WIDTH * edge / sum(weights)) for edge in edges)
    return tuple(right - left for left, right in pairwise(places))


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _words(text: str, *, bold: bool = False) -> str:
    """Text as runs, each of its lines on a line of its own."""
    lines = printable(text).splitlines() or [""]
    return _BREAK.join(run(line, bold=bold) for line in lines)


def _field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(text)} </w:instrText></w:r>'
