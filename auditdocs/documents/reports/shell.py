"""A report's template filled: everything of the document but its contents list and its chapters.

The service owns the template (style, logo, header, footer, the words of the title block); it is
filled behind the fence of documents/templates like any other.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from lxml import etree

from auditdocs.documents.package import Package, parsed, zipped
from auditdocs.documents.properties import with_properties
from auditdocs.documents.reports.data_workbook import printable
from auditdocs.documents.templates.engine import Compiled, compiled, joined
from auditdocs.documents.templates.gate import refuse, sound_package, vocabulary_of
from auditdocs.documents.templates.stories import CELL, Story, stories, words_of
from auditdocs.documents.templates.tags import shape_remarks, tag_remarks
from auditdocs.documents.word_styles import whole
from auditdocs.documents.wordml import DECLARATION, NAMESPACES
from auditdocs.documents.wrong_files import BODY
from auditdocs.documents.zip_parts import Packed, packed, zip_of
from auditdocs.model.lint import Remark
from auditdocs.model.report import Report

CONTENTS, STORY = "contents", "report"
"""The names of what stands alone in a paragraph: the contents list, and the chapters."""

NAMES = ("service", "marking", "title", "subtitle", "reference", "facts", CONTENTS, STORY)
"""The values a report's template may use; each of the facts has a label and a value."""

STYLES = (
    "Caption",
    "Chart",
    "Heading1",
    "Heading2",
    "ListBullet",
    "Normal",
    "Note",
    "ReportTable",
    "TableFigure",
    "TableText",
    "TableofFigures",
    "TOC1",
    "TOC2",
    "TOCHeading",
)
"""The ids of the styles in which a report is written."""

_W = f"{{{NAMESPACES['w']}}}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_STYLES_PART, _CORE = "word/styles.xml", "docProps/core.xml"
_PLACE = "place-of-"
_EDGE = "\ue000"
"""What no report says, round the name of what is put in later."""

_BREAK = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


@dataclass(frozen=True, slots=True)
class Page:
    """The text width of a page, upright and on its side, in twentieths of a point."""

    width: int
    turned_width: int

    def width_of(self, *, wide: bool) -> int:
        """The width there is for a table, which is a wide one or not."""
        return self.turned_width if wide else self.width


@dataclass(slots=True)
class Shell:
    """A document that wants its contents list and its chapters; charts may be hung on it."""

    document: WordDocument
    page: Page
    sections: int = 1
    """How many there are by now."""
    drawings: int = 0
    """How many numbers of drawings were given out by now."""

    def next_drawing(self) -> int:
        """A number that nothing drawn in the template has."""
        drawn = self.document.element.body.iter(_DRAWING)
        taken = {each.get("id") for each in drawn}
        self.drawings += 1
        while str(self.drawings) in taken:
            self.drawings += 1
        return self.drawings

    def section_end(self, *, on_its_side: bool) -> str:
        """A paragraph, of no height, that ends a section of pages upright or on their side."""
        section = _turned(self._own_section()) if on_its_side else self._own_section()
        self.sections += 1
        text = etree.tostring(section, encoding="unicode")
        return f"<w:p><w:pPr>{_BREAK}{text}</w:pPr></w:p>"

    def last_section(self) -> Any:
        """The properties of the last section; only the first has a first page of its own kind."""
        return self._own_section()

    def _own_section(self) -> Any:
        section = deepcopy(self.document.element.body.sectPr)
        title_page = section.find(f"{_W}titlePg")
        if self.sections > 1 and title_page is not None:
            section.remove(title_page)
        return section


@dataclass(frozen=True, slots=True)
class _Prepared:
    parts: Mapping[str, Packed]
    tagged: tuple[Compiled, ...]


def filled_shell(template: bytes, report: Report) -> Shell:
    """A template filled with what stands round the chapters of a report.

    Raises one TemplateFault that names all that is wrong with the template.
    """
    ready = _prepared(template)
    values = _values(report)
    fresh = {part.name: packed(part.name, part.rendered(values)) for part in ready.tagged}
    document = Document(BytesIO(zip_of({**ready.parts, **fresh}.values())))
    for paragraph in list(document.element.body.iter(f"{_W}p")):
        if (name := words_of(paragraph)) in (_mark(CONTENTS), _mark(STORY)):
            paragraph.getparent().replace(paragraph, _place(name.strip(_EDGE)))
    return Shell(document, _page(document.element.body.sectPr))


def saved(shell: Shell, *, contents: str, story: str, report: Report) -> bytes:
    """The document as a file, with its contents list and its chapters, both as XML.

    They are written beside the document: a long table would take minutes to move into it.
    """
    body = shell.document.element.body
    body.replace(body.sectPr, shell.last_section())
    out = BytesIO()
    shell.document.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = _with_prefixes(parsed(parts[BODY], BODY))
    text = etree.tostring(root, encoding="unicode")
    for name, content in ((CONTENTS, contents), (STORY, story)):
        text = text.replace(f"<{_PLACE}{name}/>", content)
    parts[BODY] = (DECLARATION + text).encode()
    parts[_CORE] = _properties(report).encode()
    return zipped(with_properties(parts, {"report": printable(report.title)}))


def shell_remarks(package: Package, found: Iterable[Story]) -> Iterator[Remark]:
    """What a report's template lacks, over and above what any template must have."""
    places = [_tag_in(words_of(each)) for story in found for each in story.paragraphs()]
    if places.count(STORY) != 1:
        yield Remark(
            rule="report-place",
            where="body",
            text=f"the chapters have {places.count(STORY) or 'no'} places of their own",
            hint=f"Write {{{{ {STORY} }}}} once, alone in a paragraph of the text.",
        )
    for story in found:
        for each in story.paragraphs():
            is_in_a_cell = next(each.iterancestors(CELL), None) is not None
            if story.part != BODY or is_in_a_cell or not _tag_in(words_of(each)):
                yield from _misplaced(story, each)
    yield from _page_remarks(package)
    missing = [each for each in STYLES if each not in _style_ids(package)]
    if missing:
        yield Remark(
            rule="styles",
            where="styles",
            text=f"styles that reports are written in are missing: {', '.join(missing)}",
            hint="Begin with the report.docx that is shipped, and restyle it.",
        )


def _page_remarks(package: Package) -> Iterator[Remark]:
    """A page without size or margins, of which nobody can say how wide a table may be."""
    root = package.xml(BODY)
    section = None if root is None else root.find(f"{_W}body/{_W}sectPr")
    said = (f"{_W}pgSz", f"{_W}pgMar")
    if section is None or any(section.find(name) is None for name in said):
        yield Remark(
            rule="report-page",
            where="body",
            text="the page has no size or no margins",
            hint="Layout, Size, A4, and Layout, Margins; save it again in Word.",
        )


def _misplaced(story: Story, paragraph: etree._Element) -> Iterator[Remark]:
    """What fills a paragraph of its own, where it does not stand alone in the body."""
    for name in (CONTENTS, STORY):
        if re.search(rf"{{{{\s*{name}\s*}}}}", words_of(paragraph)):
            hint = "Give it a paragraph of its own in the body, outside tables."
            yield story.remark("report-place", paragraph, f"{{{{ {name} }}}} is not alone", hint)


@lru_cache(maxsize=8)
def _prepared(template: bytes) -> _Prepared:
    sound = sound_package(template)
    found = stories(sound)
    refuse((*tag_remarks(sound, found, vocabulary_of(NAMES)), *shell_remarks(sound, found)))
    parts = joined(sound.parts)
    refuse(shape_remarks(parts))
    return _Prepared(
        parts={name: packed(name, part) for name, part in sound.parts.items()},
        tagged=compiled(parts),
    )


def _values(report: Report) -> Mapping[str, Any]:
    plain = {
        "service": report.service,
        "marking": report.marking,
        "title": report.title,
        "subtitle": report.subtitle,
        "reference": report.footer,
    }
    facts = [{"label": printable(key), "value": printable(value)} for key, value in report.facts]
    marks = {name: _mark(name) for name in (CONTENTS, STORY)}
    return {**{name: printable(value) for name, value in plain.items()}, "facts": facts, **marks}


def _mark(name: str) -> str:
    return f"{_EDGE}{name}{_EDGE}"


def _place(name: str) -> etree._Element:
    """An element that no document knows, which gives way to what is put in."""
    return etree.Element(f"{_PLACE}{name}")


def _tag_in(text: str) -> str:
    """The name in a paragraph that holds nothing but one tag."""
    bare = text.strip()
    return bare[2:-2].strip() if bare.startswith("{{") and bare.endswith("}}") else ""


def _style_ids(package: Package) -> frozenset[str]:
    root = package.xml(_STYLES_PART)
    found = [] if root is None else root.iterfind(f"{_W}style")
    return frozenset(style.get(f"{_W}styleId", "") for style in found)


def _page(section: Any) -> Page:
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    sides = sum(whole(margins.get(f"{_W}{side}", "")) for side in ("left", "right"))
    width, height = (whole(size.get(f"{_W}{edge}", "")) for edge in ("w", "h"))
    return Page(width=width - sides, turned_width=height - sides)


def _turned(section: Any) -> Any:
    size = section.find(f"{_W}pgSz")
    width, height = size.get(f"{_W}w"), size.get(f"{_W}h")
    size.set(f"{_W}w", height)
    size.set(f"{_W}h", width)
    size.set(f"{_W}orient", "landscape")
    return section


def _with_prefixes(root: etree._Element) -> etree._Element:
    """The root of the text with the prefixes that chapters are written with."""
    spaces: dict[str, str] = {str(prefix): uri for prefix, uri in root.nsmap.items() if prefix}
    spaces.update(NAMESPACES)
    fresh = etree.Element(root.tag, nsmap=spaces)
    fresh.attrib.update(root.attrib)
    fresh.extend(list(root))
    return fresh


def _properties(report: Report) -> str:
    values = {
        "dc:title": report.title,
        "dc:subject": report.subtitle,
        "dc:creator": report.service,
        "cp:keywords": ", ".join(report.keywords),
        "dc:language": "en-GB",
    }
    content = "".join(
        f"<{name}>{escape(printable(value))}</{name}>" for name, value in values.items() if value
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        f"{content}</cp:coreProperties>"
    )
