"""What in a Word document of our own would make Word offer to repair it, or lead nowhere.

For documents before they are called done, beside their accessibility; each fault is a sentence that
begins with its place. It is no schema check: it looks at what a document made part by part gets
wrong.

Source: quality.md (documents people open: "opens without a repair prompt"), forms.md (checking).
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from auditdocs.documents.package import parsed
from auditdocs.documents.wordml import NAMESPACES

_W = f"{{{NAMESPACES['w']}}}"
_R = f"{{{NAMESPACES['r']}}}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BODY, _STYLES, _TYPES = "word/document.xml", "word/styles.xml", "[Content_Types].xml"
_STYLED = ("pStyle", "rStyle", "tblStyle")

_Element = etree._Element


def validity_faults(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The faults of a document, given its parts by name; each a sentence."""
    body = parsed(parts[_BODY], _BODY)
    yield from _missing_parts(parts)
    yield from _untyped_parts(parts)
    yield from _dead_links(parts, body)
    yield from _unknown_styles(parts, body)
    yield from _table_faults(body)
    yield from _numbers_twice(body)


def _missing_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Links between parts that lead to none."""
    for name in parts:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for link in parsed(parts[name], name):
                if link.get("TargetMode") != "External":
                    target = _target(folder, link.get("Target", ""))
                    if target not in parts:
                        yield f"{name}: a link leads to {target}, which is not there."


def _target(folder: str, written: str) -> str:
    if written.startswith("/"):
        return written[1:]
    return posixpath.normpath(posixpath.join(folder, written))


def _untyped_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    types = parsed(parts[_TYPES], _TYPES)
    endings = {each.get("Extension", "").lower() for each in types}
    named = {each.get("PartName", "") for each in types}
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        if name != _TYPES and f"/{name}" not in named and ending not in endings:
            yield f"{name}: the document does not say of what kind it is."


def _dead_links(parts: Mapping[str, bytes], body: _Element) -> Iterator[str]:
    """Links to bookmarks, and references to other parts, that are not there."""
    marks = {mark.get(f"{_W}name") for mark in body.iter(f"{_W}bookmarkStart")}
    anchors = {link.get(f"{_W}anchor", "") for link in body.iter(f"{_W}hyperlink")} - {""}
    for anchor in sorted(anchors - marks):
        yield f'A link leads to the bookmark "{anchor}", which is not there.'
    links = parts.get("word/_rels/document.xml.rels")
    known = {link.get("Id") for link in parsed(links)} if links else set()
    names = [f"{_R}{name}" for name in ("id", "embed")]
    given = (each.get(name) for each in body.iter() for name in names)
    used = {number for number in given if number}
    for link in sorted(used - known):
        yield f"The text refers to a part by {link}, and there is none of that number."


def _unknown_styles(parts: Mapping[str, bytes], body: _Element) -> Iterator[str]:
    styles = parsed(parts[_STYLES], _STYLES) if _STYLES in parts else etree.Element("none")
    known = {style.get(f"{_W}styleId") for style in styles.iterfind(f"{_W}style")}
    used = {each.get(f"{_W}val", "") for each in body.iter(*(f"{_W}{name}" for name in _STYLED))}
    for style in sorted(used - known):
        yield f'The style "{style}" is used and is not there.'


def _table_faults(body: _Element) -> Iterator[str]:
    for number, table in enumerate(body.iter(f"{_W}tbl"), start=1):
        columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
        rows = [sum(map(_span, row.iterfind(f"{_W}tc"))) for row in table.iterfind(f"{_W}tr")]
        odd = sum(cells != columns for cells in rows if cells)
        if odd:
            yield f"Table {number}: {odd} of its {len(rows)} rows have not {columns} cells."
        open_ended = sum(cell[-1].tag != f"{_W}p" for cell in table.iter(f"{_W}tc") if len(cell))
        if open_ended:
            yield f"Table {number}: {open_ended} cells do not end in a paragraph."


def _span(cell: _Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if span is None else int(span.get(f"{_W}val", "1"))


def _numbers_twice(body: _Element) -> Iterator[str]:
    """Numbers that Word wants unique: of bookmarks, and of drawings."""
    kinds = {
        "bookmarks": [mark.get(f"{_W}id") for mark in body.iter(f"{_W}bookmarkStart")],
        "drawings": [drawing.get("id") for drawing in body.iter(_DRAWING)],
    }
    for kind, numbers in kinds.items():
        twice = [number for number, times in Counter(numbers).items() if times > 1]
        if twice:
            yield f"Two {kind} have the number {twice[0]}."
