"""The tables of a Word document as cells of text, whatever editor saved them.

A cell's text is all of it as a reader sees it: insertions taken, deletions left out, controls,
hyperlinks and smart tags unwrapped, breaks as new lines. python-docx sees none of the text that
stands in content controls, so this walks the XML itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from auditdocs.documents.wordml import NAMESPACES

_W = f"{{{NAMESPACES['w']}}}"
_W14 = f"{{{NAMESPACES['w14']}}}"
_MC = f"{{{NAMESPACES['mc']}}}"
_LEFT_OUT = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        f"{_W}delText",
        f"{_W}sdtPr",
        f"{_W}pPr",
        f"{_W}rPr",
        f"{_W}tcPr",
        f"{_W}tbl",
        f"{_MC}Fallback",
    }
)
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_TICKED = "☒"


@dataclass(frozen=True, slots=True)
class WordCell:
    """One cell: the grid column it begins in, its text, and the carriers found in it."""

    column: int
    text: str
    controls: tuple[tuple[str, str], ...]
    """Tag and text of each control in the cell, in order."""
    bookmarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table's rows of cells, deleted rows left out."""

    rows: tuple[tuple[WordCell, ...], ...]

    @property
    def headings(self) -> dict[int, str]:
        """Grid column to the text of the first row."""
        return {cell.column: plain(cell.text) for cell in self.rows[0]} if self.rows else {}


def tables(body: etree._Element) -> tuple[WordTable, ...]:
    """Every table of a document's body, tables within tables included."""
    return tuple(WordTable(tuple(_rows(table))) for table in body.iter(f"{_W}tbl"))


def text_of(element: etree._Element) -> str:
    """The text of an element as a reader sees it, without outer spaces."""
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces).strip()


def plain(text: str) -> str:
    """Text for comparing: one space between words, case folded."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).casefold()


def _rows(table: etree._Element) -> Iterator[tuple[WordCell, ...]]:
    for row in _within(table, f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is None:
            yield tuple(_cells(row))


def _cells(row: etree._Element) -> Iterator[WordCell]:
    column = _grid_before(row)
    for cell in _within(row, f"{_W}tc"):
        yield _cell(cell, column)
        column += _span(cell)


def _cell(cell: etree._Element, column: int) -> WordCell:
    controls = [*_controls(cell), *_control_round(cell)]
    marks = tuple(mark.get(f"{_W}name", "") for mark in cell.iter(f"{_W}bookmarkStart"))
    return WordCell(column, text_of(cell), tuple(controls), marks)


def _within(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Children of that name, also where controls or revisions stand between."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _within(child, wanted)


def _controls(cell: etree._Element) -> Iterator[tuple[str, str]]:
    for control in cell.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            yield tag.get(f"{_W}val", ""), text_of(control)


def _control_round(cell: etree._Element) -> Iterator[tuple[str, str]]:
    """A cell-level control holds its cell."""
    content = cell.getparent()
    if content is not None and content.tag == f"{_W}sdtContent":
        control = content.getparent()
        tag = None if control is None else control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            yield tag.get(f"{_W}val", ""), text_of(cell)


def _grid_before(row: etree._Element) -> int:
    skipped = row.find(f"{_W}trPr/{_W}gridBefore")
    return 0 if skipped is None else int(skipped.get(f"{_W}val", "0"))


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if span is None else int(span.get(f"{_W}val", "1"))


def _collect(element: etree._Element, pieces: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _LEFT_OUT:
            continue
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag in _BREAKS:
            pieces.append(_BREAKS[tag])
        else:
            _collect(child, pieces)
            if tag == f"{_W}p":
                pieces.append("\n")
            elif tag == f"{_W}sdt" and _is_ticked(child):
                pieces.append(_TICKED)


def _is_ticked(control: etree._Element) -> bool:
    """A ticked box whose glyph was lost: the state still stands in the control."""
    box = control.find(f"{_W}sdtPr/{_W14}checkbox/{_W14}checked")
    if box is None or text_of(control):
        return False
    return box.get(f"{_W14}val", "1") in ("1", "true", "on")
