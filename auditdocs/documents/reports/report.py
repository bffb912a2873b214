"""A report as a Word document: what it says comes from the report, how it looks from a template.

Headings that Word numbers, a contents list whose entries are true when first opened, numbered
captions, native charts, a page on its side for a table that is too wide. The same report always
gives the same bytes.

Source: domain.md D1, quality.md (documents people open, privacy).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile, zip_longest

from auditdocs.documents.reports.chart import chart_drawing
from auditdocs.documents.reports.contents import (
    LISTED,
    Pages,
    captions,
    captions_list,
    contents,
)
from auditdocs.documents.reports.layout import report_template
from auditdocs.documents.reports.lines import caption, heading_anchor, line, words
from auditdocs.documents.reports.shell import Shell, filled_shell, saved
from auditdocs.documents.reports.tables import needs_more, table
from auditdocs.documents.wordml import bookmark
from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Report, TableBlock

LISTS = "Annex: tables and figures"
"""The heading under which a report lists its tables and figures."""

_ANNEX = Chapter(heading=LISTS, blocks=(), numbered=False)
"""It opens a page, or the report's last page could hold a line or two of the lists alone."""

_STYLE_OF = {"": "Normal", "bullet": "ListBullet", "note": "Note"}
_UNNUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


def report_document(report: Report, template: bytes = b"", pages: Pages | None = None) -> bytes:
    """The report as a Word document (.docx), in the service's template or as it is shipped.

    `pages` are those of an earlier round, which then stand in its contents list. Raises
    TemplateFault that names all that is wrong with the template.
    """
    shell = filled_shell(template or report_template(), report)
    chapters = report.chapters if report.brief else _with_lists(report.chapters)
    listed = () if report.brief else contents(chapters, pages or {})
    story = _Story(shell=shell, opens_page=not report.brief)
    body = [*story.told(chapters), *(() if report.brief else story.lists(chapters, pages or {}))]
    return saved(shell, contents="".join(listed), story="".join(body), report=report)


def _with_lists(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The chapters and, behind them, the heading of the lists of tables and figures."""
    if not any(captions(label, chapters) for label in LISTED):
        return tuple(chapters)
    return (*chapters, _ANNEX)


@dataclass(slots=True)
class _Story:
    """The chapters as they are written one after the other, upright or on their side."""

    shell: Shell
    opens_page: bool
    tables: Iterator[int] = field(default_factory=lambda: count(1))
    figures: Iterator[int] = field(default_factory=lambda: count(1))
    on_its_side: bool = False

    def told(self, chapters: Sequence[Chapter]) -> Iterator[str]:
        """Every chapter, block by block."""
        for place, chapter in enumerate(chapters):
            yield from self._turned(wide=self._opens_wide(chapter))
            opens = self.opens_page and (place == 0 or chapter is _ANNEX)
            yield _heading(chapter, place, opens=opens)
            for block, following in zip_longest(chapter.blocks, chapter.blocks[1:]):
                yield from self._block(block, following)
        yield from self._turned(wide=False)

    def lists(self, chapters: Sequence[Chapter], pages: Pages) -> Iterator[str]:
        """The lists of tables and of figures."""
        for label in LISTED:
            yield from captions_list(label, chapters, pages)

    def _opens_wide(self, chapter: Chapter) -> bool:
        """Whether the chapter begins with a wide table, so that its heading stands there too."""
        told = len(tuple(takewhile(lambda each: isinstance(each, Paragraph), chapter.blocks)))
        return any(map(self._is_wide, chapter.blocks[told : told + 1]))

    def _is_wide(self, block: Block) -> bool:
        return isinstance(block, TableBlock) and needs_more(block, width=self.shell.page.width)

    def _turned(self, *, wide: bool) -> Iterator[str]:
        """The end of a section where the page is to be turned; nothing where it need not."""
        if wide != self.on_its_side:
            yield self.shell.section_end(on_its_side=self.on_its_side)
            self.on_its_side = wide

    def _block(self, block: Block, following: Block | None) -> Iterator[str]:
        if isinstance(block, Paragraph):
            leads = isinstance(following, TableBlock | ChartBlock)
            keep = "<w:keepNext/>" if leads else ""
            yield line(_STYLE_OF[block.style], words(block.text), keep)
        elif isinstance(block, TableBlock):
            wide = self._is_wide(block)
            yield from self._turned(wide=wide)
            yield from table(block, next(self.tables), width=self.shell.page.width_of(wide=wide))
        else:
            yield from self._turned(wide=False)
            yield from _chart(block, self.shell, next(self.figures))


def _heading(chapter: Chapter, place: int, *, opens: bool) -> str:
    """A heading with the bookmark that its entry in the contents leads to; one opens the text."""
    page = "<w:pageBreakBefore/>" if opens else ""
    plain = "" if chapter.numbered else _UNNUMBERED
    top = '<w:spacing w:before="0"/>' if opens else ""
    marked = bookmark(heading_anchor(place), words(chapter.heading))
    return line(f"Heading{chapter.level}", marked, page + plain + top)


def _chart(block: ChartBlock, shell: Shell, number: int) -> Iterator[str]:
    yield caption("Figure", number, block.caption)
    drawn = chart_drawing(block, shell.document.part, number=number, drawing=shell.next_drawing())
    yield line("Chart", f"<w:r>{drawn}</w:r>")
