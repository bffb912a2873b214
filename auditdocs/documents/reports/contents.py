"""A report's contents list, and its list of tables and figures: true as they are first opened.

Each is a field that holds its entries, with links. Pages stand in them where somebody has counted
them: a page that is wrong is worse than none. "Update field" in Word adds them.

Source: quality.md (documents people open).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from auditdocs.documents.reports.lines import TAB, caption_anchor, heading_anchor, line, words
from auditdocs.documents.wordml import run
from auditdocs.model.report import Chapter, ChartBlock, TableBlock

Pages = Mapping[str, int]
"""The page, counted from 1, of each bookmark; empty where nobody has counted."""

LISTED: Mapping[str, type] = {"Table": TableBlock, "Figure": ChartBlock}
"""What has a caption, and of what kind its block is."""


LISTED_STYLE = "TableofFigures"
TOGETHER = 3
"""How many entries of a list stay with what follows it, so that no page holds its end alone. Were
it all of them, a list longer than a page would leave its heading behind (LibreOffice 7)."""


class _Entry(NamedTuple):
    style: str
    anchor: str
    text: str
    number: str = ""


def contents(chapters: Sequence[Chapter], pages: Pages) -> Iterator[str]:
    """The contents list under its heading; nothing of no chapters."""
    if chapters:
        yield line("TOCHeading", run("Contents"))
        entries = [
            _Entry(f"TOC{chapter.level}", heading_anchor(place), chapter.heading, number)
            for place, (chapter, number) in enumerate(
                zip(chapters, _numbers(chapters), strict=True)
            )
        ]
        yield from _field(r'TOC \o "1-2" \h \z', entries, pages)


def captions_list(label: str, chapters: Sequence[Chapter], pages: Pages) -> Iterator[str]:
    """The list of a report's tables, or of its figures."""
    found = captions(label, chapters)
    entries = [
        _Entry(LISTED_STYLE, caption_anchor(label, number), f"{label} {number}: {text}")
        for number, text in enumerate(found, start=1)
    ]
    if entries:
        yield from _field(rf'TOC \h \z \c "{label}"', entries, pages)


def captions(label: str, chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """The captions of all tables, or of all figures, in order."""
    blocks = (block for chapter in chapters for block in chapter.blocks)
    return tuple(
        block.caption
        for block in blocks
        if isinstance(block, TableBlock | ChartBlock) and isinstance(block, LISTED[label])
    )


def _field(instruction: str, entries: Sequence[_Entry], pages: Pages) -> Iterator[str]:
    start = _field_mark("begin") + _instruction(instruction) + _field_mark("separate")
    last = len(entries) - 1
    for place, entry in enumerate(entries):
        before = start if place == 0 else ""
        after = _field_mark("end") if place == last else ""
        keep = "<w:keepNext/>" if entry.style == LISTED_STYLE and place > last - TOGETHER else ""
        yield line(entry.style, before + _link(entry, pages) + after, keep)


def _link(entry: _Entry, pages: Pages) -> str:
    told = (run(entry.number) + TAB if entry.number else "") + words(entry.text)
    if entry.anchor in pages:
        told += TAB + _page(entry.anchor, pages[entry.anchor])
    return f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{told}</w:hyperlink>'


def _page(anchor: str, page: int) -> str:
    return f'<w:fldSimple w:instr=" PAGEREF {anchor} \\h ">{run(str(page))}</w:fldSimple>'


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


def _field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(text)} </w:instrText></w:r>'
