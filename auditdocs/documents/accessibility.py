"""What in a Word document would keep somebody from reading it, or from trusting it.

For documents of our own making, before they are called done. Each fault is a sentence that begins
with its place: the table, counted from the front, and the heading above.

Source: quality.md (documents people open), forms.md (checking what we make).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from auditdocs.documents.package import parsed, unpacked
from auditdocs.documents.validity import validity_faults
from auditdocs.documents.word_styles import (
    OFF,
    Styles,
    heading_level,
    style_of,
    styles_of,
    value,
    whole,
)

LEAST_SIZE = 22
"""The smallest text, in half points: 11 pt (quality.md)."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _TEXT = f"{_W}p", f"{_W}tbl", f"{_W}t"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_BODY, _STYLES_PART, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_CHART = re.compile(r"word/charts/chart(\d*)\.xml")
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}")

LEFT_TAG = "left-tag"
"""The rule that no tag is left; a template breaks it by what it is."""

_LEAST = f"{LEAST_SIZE / 2:g} pt"
_Element = etree._Element
_Fault = tuple[str, str]
"""The rule, and what breaks it."""


class Remark(NamedTuple):
    """One thing that is wrong: the rule it breaks, its place in words, what it is, and where."""

    rule: str
    place: str
    text: str
    part: str = ""
    element: _Element | None = None

    @property
    def sentence(self) -> str:
        """The fault with its place before it."""
        return f"{self.place[0].upper()}{self.place[1:]}: {self.text}." if self.place else self.text


def faults(document: bytes) -> tuple[str, ...]:
    """What is wrong with a Word document, a sentence each, in reading order; nothing when sound.

    First what keeps somebody from reading it, then what Word itself would stumble over.
    """
    parts = unpacked(document)
    told = (remark.sentence for remark in remarks(_looked_at(parts)))
    return tuple(dict.fromkeys((*told, *validity_faults(parts))))


def remarks(parts: Mapping[str, _Element]) -> Iterator[Remark]:
    """The same as values, from the roots of a document's parts by name."""
    styles = styles_of(parts.get(_STYLES_PART))
    yield from _property_faults(parts)
    if not styles.language:
        yield Remark("language", "", "The language of the text is not set.")
    for name, part in parts.items():
        if _STORY.fullmatch(name):
            yield from _story_faults(name, part, styles)
    for body in parts[_BODY].iterfind(f"{_W}body"):  # a page's colour may stand before it
        yield from _body_faults(body, styles)
    yield from _chart_faults(parts)


def _looked_at(parts: Mapping[str, bytes]) -> Mapping[str, _Element]:
    """The root of every XML part that is looked at, by name."""
    return {
        name: parsed(part, name)
        for name, part in parts.items()
        if name == _STYLES_PART
        or _STORY.fullmatch(name)
        or _CHART.fullmatch(name)
        or (name.startswith("docProps/") and name.endswith(".xml"))
    }


def _property_faults(parts: Mapping[str, _Element]) -> Iterator[Remark]:
    if not (_CORE in parts and (parts[_CORE].findtext(_TITLE) or "").strip()):
        yield Remark("title", "", "The document has no title in its properties.")
    for name, part in parts.items():
        if name.startswith("docProps/") and _TAG.search(str(part.xpath("string()"))):
            yield Remark(LEFT_TAG, "", "A template tag was left in the properties of the document.")


def _story_faults(name: str, story: _Element, styles: Styles) -> Iterator[Remark]:
    """The faults of the body, a header, a footer or the notes, each with its place."""
    outside = "" if name == _BODY else f"in the {name[5:-4].rstrip('0123456789')}"
    for element, place in _placed(story, styles, outside):
        for rule, fault in _CHECKS[element.tag](element, styles):
            yield Remark(rule, place, fault, name, element)


def _placed(story: _Element, styles: Styles, outside: str) -> Iterator[tuple[_Element, str]]:
    """Every element that is checked, with its place in words."""
    heading, tables = "", 0
    for element in story.iter(*_CHECKS):
        place = outside or (f'under "{heading}"' if heading else "before the first heading")
        if element.tag == _TABLE:
            tables += 1
            place = f"table {tables}, {place}"
        yield element, place
        if element.tag == _PARAGRAPH and heading_level(element, styles):
            heading = _text(element)[:60]


def _table_faults(table: _Element, styles: Styles) -> Iterator[_Fault]:
    rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(_TABLE)) is table]
    if rows and not _is_on(rows[0], "tblHeader"):
        yield "heading-row", "its first row is not marked as a heading row"
    loose = sum(not _is_on(row, "cantSplit") for row in rows)
    if loose:
        yield "split-row", f"{loose} of its {len(rows)} rows may be split over two pages"


def _is_on(row: _Element, property_name: str) -> bool:
    found = row.find(f"{_W}trPr/{_W}{property_name}")
    return found is not None and found.get(f"{_W}val") not in OFF


def _paragraph_faults(paragraph: _Element, styles: Styles) -> Iterator[_Fault]:
    small = min(_sizes(paragraph, styles), default=LEAST_SIZE)
    if small < LEAST_SIZE:
        yield "font-size", f"text of {small / 2:g} pt is too small; {_LEAST} is the least"
    if _TAG.search(_text(paragraph)):
        yield LEFT_TAG, "a template tag was left in the text"


def _sizes(paragraph: _Element, styles: Styles) -> Iterator[int]:
    """The size of each text: its run's own, or that of the nearest style that has one."""
    plain = styles.sizes.get(style_of(paragraph, styles), 0)
    plain = plain or styles.sizes.get(_table_style(paragraph), styles.size)
    for text in paragraph.iter(_TEXT):
        run = text.getparent()
        if run is not None and (text.text or "").strip():
            own = whole(value(run, "rPr", "sz"))
            yield own or styles.sizes.get(value(run, "rPr", "rStyle"), plain)


def _drawing_faults(drawing: _Element, styles: Styles) -> Iterator[_Fault]:
    decorative = any(
        etree.QName(part).localname == "decorative" and part.get("val") not in OFF
        for part in drawing.iterdescendants("{*}decorative")
    )
    if not decorative and not (drawing.get("descr") or "").strip():
        yield "alt-text", "a picture or chart has no alternative text"


def _old_picture_faults(picture: _Element, styles: Styles) -> Iterator[_Fault]:
    shape = picture.getparent()
    if shape is None or not (shape.get("alt") or "").strip():
        yield "alt-text", "a picture has no alternative text"


def _body_faults(body: _Element, styles: Styles) -> Iterator[Remark]:
    """The faults that only the body as a whole can have."""
    before = 0
    for paragraph in body.iter(_PARAGRAPH):
        level = heading_level(paragraph, styles)
        if level > before + 1:
            told = f'The heading "{_text(paragraph)[:60]}" is of level {level}: a level is skipped.'
            yield Remark("heading-skipped", "", told, _BODY, paragraph)
        before = level or before
    blocks = [child for child in body if child.tag != f"{_W}sectPr"]
    if blocks and blocks[-1].tag == _TABLE:
        told = "The document ends in a table: Word needs a paragraph after it."
        yield Remark("ends-in-table", "", told, _BODY, blocks[-1])
    marks = Counter(mark.get(f"{_W}name", "").lower() for mark in body.iter(f"{_W}bookmarkStart"))
    for name, times in marks.items():
        if times > 1:
            yield Remark(
                "bookmark-twice", "", f'The bookmark "{name}" stands {times} times.', _BODY
            )


def _chart_faults(parts: Mapping[str, _Element]) -> Iterator[Remark]:
    for name, part in parts.items():
        match = _CHART.fullmatch(name)
        if match and part.xpath(f"boolean(//@sz[. < {LEAST_SIZE * 50}])"):
            told = f"Chart {match[1]}: its text is smaller than {_LEAST}."
            yield Remark("font-size", "", told, name)


def _table_style(paragraph: _Element) -> str:
    table = next(paragraph.iterancestors(_TABLE), None)
    return "" if table is None else value(table, "tblPr", "tblStyle")


def _text(paragraph: _Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(_TEXT))


_CHECKS: Mapping[str, Callable[[_Element, Styles], Iterator[_Fault]]] = {
    _PARAGRAPH: _paragraph_faults,
    _TABLE: _table_faults,
    _DRAWING: _drawing_faults,
    _OLD_PICTURE: _old_picture_faults,
}
