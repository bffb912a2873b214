"""A Word document as lines of text, for tests that say what a document should read like."""

import zipfile
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def part(document, name):
    """The root element of a part of a document."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


def text(element):
    """All the text under an element, tabs and line breaks as such."""
    marks = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n"}
    found = (each for each in element.iter(f"{W}t", *marks) if each.getparent().tag == f"{W}r")
    return "".join(marks.get(each.tag, each.text or "") for each in found)


def style(paragraph):
    """The id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def paragraphs(document, *styles):
    """The text of the paragraphs of these styles, in order."""
    body = part(document, "word/document.xml")
    return [text(each) for each in body.iter(f"{W}p") if style(each) in styles]


def rows(table):
    """The text of a table's cells, row by row."""
    return [[text(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]


def outline(document):
    """The body as lines: "Style: text", "| cell | cell |" and "[alternative text]"."""
    return [line for block in part(document, "word/document.xml")[0] for line in _lines(block)]


def _lines(block):
    if block.tag == f"{W}tbl":
        yield from (f"| {' | '.join(cells)} |" for cells in rows(block))
    elif block.tag == f"{W}p":
        drawn = [f"[{drawing.get('descr')}]" for drawing in block.iter(DOC_PR)]
        yield f"{style(block)}: {''.join(drawn) or text(block)}"
