"""What in a Word document would keep somebody from reading it, or from trusting it.

For documents of our own making, before they are called done. Each fault is a sentence that begins
with its place: the table, counted from the front, and the heading above.

Source: quality.md (documents people open), forms.md (checking what we make).
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from auditdocs.documents.package import parsed

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
_HEADING = re.compile(r"heading ([1-9])")
_OFF = ("0", "false", "off")
_WORDS_OWN_SIZE = 20

_Element = etree._Element


@dataclass(frozen=True, slots=True)
class _Styles:
    """What the styles of a document say of its text, inheritance followed."""

    sizes: Mapping[str, int]
    """Style id to half points."""
    levels: Mapping[str, int]
    """The id of a heading style to its level, 1 being the highest."""
    normal: str
    """The id of the style of a paragraph that names none."""
    size: int
    """Half points where no style says."""
    language: str


def faults(document: bytes) -> tuple[str, ...]:
    """What is wrong with a Word document, a sentence each, in reading order; nothing when sound."""
    parts = _parts(document)
    styles = _styles(parts.get(_STYLES_PART))
    found = [*_property_faults(parts)]
    if not styles.language:
        found.append("The language of the text is not set.")
    for name, part in parts.items():
        if _STORY.fullmatch(name):
            found += _story_faults(name, part, styles)
    found += _body_faults(parts[_BODY][0], styles)
    found += _chart_faults(parts)
    return tuple(dict.fromkeys(found))


def _parts(document: bytes) -> Mapping[str, _Element]:
    """The root of every XML part that is looked at, by name."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return {
            name: parsed(archive.read(name), name)
            for name in archive.namelist()
            if name == _STYLES_PART
            or _STORY.fullmatch(name)
            or _CHART.fullmatch(name)
            or (name.startswith("docProps/") and name.endswith(".xml"))
        }


def _property_faults(parts: Mapping[str, _Element]) -> Iterator[str]:
    if not (_CORE in parts and (parts[_CORE].findtext(_TITLE) or "").strip()):
        yield "The document has no title in its properties."
    for name, part in parts.items():
        if name.startswith("docProps/") and _TAG.search(str(part.xpath("string()"))):
            yield "A template tag was left in the properties of the document."


def _story_faults(name: str, story: _Element, styles: _Styles) -> Iterator[str]:
    """The faults of the body, a header, a footer or the notes, each with its place."""
    outside = "" if name == _BODY else f"in the {name[5:-4].rstrip('0123456789')}"
    for element, place in _placed(story, styles, outside):
        for fault in _CHECKS[element.tag](element, styles):
            yield f"{place[0].upper()}{place[1:]}: {fault}."


def _placed(story: _Element, styles: _Styles, outside: str) -> Iterator[tuple[_Element, str]]:
    """Every element that is checked, with its place in words."""
    heading, tables = "", 0
    for element in story.iter(*_CHECKS):
        place = outside or (f'under "{heading}"' if heading else "before the first heading")
        if element.tag == _TABLE:
            tables += 1
            place = f"table {tables}, {place}"
        yield element, place
        if element.tag == _PARAGRAPH and _level(element, styles):
            heading = _text(element)[:60]


def _table_faults(table: _Element, styles: _Styles) -> Iterator[str]:
    rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(_TABLE)) is table]
    if rows and not _is_on(rows[0], "tblHeader"):
        yield "its first row is not marked as a heading row"
    loose = sum(not _is_on(row, "cantSplit") for row in rows)
    if loose:
        yield f"{loose} of its {len(rows)} rows may be split over two pages"


def _is_on(row: _Element, property_name: str) -> bool:
    found = row.find(f"{_W}trPr/{_W}{property_name}")
    return found is not None and found.get(f"{_W}val") not in _OFF


def _paragraph_faults(paragraph: _Element, styles: _Styles) -> Iterator[str]:
    small = min(_sizes(paragraph, styles), default=LEAST_SIZE)
    if small < LEAST_SIZE:
        yield f"text of {small / 2:g} pt is too small; {LEAST_SIZE / 2:g} pt is the least"
    if _TAG.search(_text(paragraph)):
        yield "a template tag was left in the text"


def _sizes(paragraph: _Element, styles: _Styles) -> Iterator[int]:
    """The size of each text: its run's own, or that of the nearest style that has one."""
    plain = styles.sizes.get(_style_of(paragraph, styles), 0)
    plain = plain or styles.sizes.get(_table_style(paragraph), styles.size)
    for text in paragraph.iter(_TEXT):
        run = text.getparent()
        if run is not None and (text.text or "").strip():
            own = int(_value(run, "rPr", "sz") or 0)
            yield own or styles.sizes.get(_value(run, "rPr", "rStyle"), plain)


def _drawing_faults(drawing: _Element, styles: _Styles) -> Iterator[str]:
    decorative = any(
        etree.QName(part).localname == "decorative" and part.get("val") not in _OFF
        for part in drawing.iterdescendants("{*}decorative")
    )
    if not decorative and not (drawing.get("descr") or "").strip():
        yield "a picture or chart has no alternative text"


def _old_picture_faults(picture: _Element, styles: _Styles) -> Iterator[str]:
    shape = picture.getparent()
    if shape is None or not (shape.get("alt") or "").strip():
        yield "a picture has no alternative text"


def _body_faults(body: _Element, styles: _Styles) -> Iterator[str]:
    """The faults that only the body as a whole can have."""
    before = 0
    for paragraph in body.iter(_PARAGRAPH):
        level = _level(paragraph, styles)
        if level > before + 1:
            yield f'The heading "{_text(paragraph)[:60]}" is of level {level}: a level is skipped.'
        before = level or before
    blocks = [child for child in body if child.tag != f"{_W}sectPr"]
    if blocks and blocks[-1].tag == _TABLE:
        yield "The document ends in a table: Word needs a paragraph after it."
    marks = Counter(mark.get(f"{_W}name", "").lower() for mark in body.iter(f"{_W}bookmarkStart"))
    yield from (f'The bookmark "{name}" stands {n} times.' for name, n in marks.items() if n > 1)


def _chart_faults(parts: Mapping[str, _Element]) -> Iterator[str]:
    for name, part in parts.items():
        match = _CHART.fullmatch(name)
        if match and part.xpath(f"boolean(//@sz[. < {LEAST_SIZE * 50}])"):
            yield f"Chart {match[1]}: its text is smaller than {LEAST_SIZE / 2:g} pt."


def _styles(part: _Element | None) -> _Styles:
    root = etree.Element("none") if part is None else part
    each = {style.get(f"{_W}styleId", ""): style for style in root.iterfind(f"{_W}style")}
    chains = {key: tuple(_chain(key, each)) for key in each}
    normal = (
        key
        for key, style in each.items()
        if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default", "0") not in _OFF
    )
    defaults = [root.find(f"{_W}docDefaults/{_W}rPrDefault")]
    return _Styles(
        sizes={
            key: int(size) for key, chain in chains.items() if (size := _said(chain, "rPr", "sz"))
        },
        levels={key: level for key, chain in chains.items() if (level := _heading_level(chain))},
        normal=next(normal, ""),
        size=int(_said(defaults, "rPr", "sz") or _WORDS_OWN_SIZE),
        language=_said(defaults, "rPr", "lang"),
    )


def _chain(key: str, each: Mapping[str, _Element]) -> Iterator[_Element]:
    """A style and those it is based on, nearest first."""
    seen: set[str] = set()
    while key in each and key not in seen:
        seen.add(key)
        yield each[key]
        key = _value(each[key], "basedOn")


def _heading_level(chain: tuple[_Element, ...]) -> int:
    """The level of a heading style, 0 when it is none; Word's outline counts from 0, 9 is text."""
    outline = _said(chain, "pPr", "outlineLvl")
    named = _HEADING.fullmatch(_value(chain[0], "name").lower())
    level = int(outline) + 1 if outline else int(named[1]) if named else 0
    return level if level <= 9 else 0


def _said(elements: Iterable[_Element | None], *path: str) -> str:
    """What the first of the elements that says anything says there."""
    values = (_value(element, *path) for element in elements if element is not None)
    return next((value for value in values if value), "")


def _value(element: _Element, *path: str) -> str:
    """The value of the element at that path, "" when there is none."""
    found: _Element | None = element
    for name in path:
        found = None if found is None else next(found.iterchildren(f"{_W}{name}"), None)
    return "" if found is None else found.get(f"{_W}val", "")


def _style_of(paragraph: _Element, styles: _Styles) -> str:
    return _value(paragraph, "pPr", "pStyle") or styles.normal


def _level(paragraph: _Element, styles: _Styles) -> int:
    return styles.levels.get(_style_of(paragraph, styles), 0)


def _table_style(paragraph: _Element) -> str:
    table = next(paragraph.iterancestors(_TABLE), None)
    return "" if table is None else _value(table, "tblPr", "tblStyle")


def _text(paragraph: _Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(_TEXT))


_CHECKS: Mapping[str, Callable[[_Element, _Styles], Iterator[str]]] = {
    _PARAGRAPH: _paragraph_faults,
    _TABLE: _table_faults,
    _DRAWING: _drawing_faults,
    _OLD_PICTURE: _old_picture_faults,
}
