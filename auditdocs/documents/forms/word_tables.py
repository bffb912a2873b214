"""The tables of a Word document as cells of text, whatever editor saved them.

A cell's text is all of it as a reader sees it: insertions taken, deletions and hidden text left
out, controls, hyperlinks and smart tags unwrapped, breaks as new lines. python-docx sees none of
the text in content controls, so this walks the XML itself, each cell in one flat pass.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lxml import etree

from auditdocs.documents.wordml import NAMESPACES

_W = f"{{{NAMESPACES['w']}}}"
_W14 = f"{{{NAMESPACES['w14']}}}"
_MC = f"{{{NAMESPACES['mc']}}}"

_TABLE, _ROW, _CELL, _PARAGRAPH, _TEXT = (f"{_W}{n}" for n in ("tbl", "tr", "tc", "p", "t"))
_CONTROL, _TAG, _CONTENT = f"{_W}sdt", f"{_W}tag", f"{_W}sdtContent"
_BOOKMARK, _SPAN, _BEFORE = f"{_W}bookmarkStart", f"{_W}gridSpan", f"{_W}gridBefore"
_TICK = f"{_W14}checked"
_OLD_BOX, _OLD_LIST = f"{_W}checkBox", f"{_W}ddList"
_VALUE, _NAME = f"{_W}val", f"{_W}name"

_CHANGES = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_FALLBACK = f"{_MC}Fallback"
_DELETED, _HIDDEN, _RUN = f"{_W}del", f"{_W}vanish", f"{_W}r"
_UNSEEN = (f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pPr", f"{_W}rPr")
_SYMBOLS = {"F0FC": "✓", "F0FD": "☒", "F0FE": "☑", "F0A8": "☐"}
"""The ticks and boxes of Wingdings that Insert, Symbol puts in."""

_OFF = frozenset({"0", "false", "off"})
_TICKED = "☒"
_MOST_COLUMNS = 63
"""Word's own limit."""


class WordCell(NamedTuple):
    """One cell: the grid column it begins in, its text, and the carriers found in it."""

    column: int
    text: str
    controls: tuple[tuple[str, str], ...]
    """Tag and text of each control; a control alone in its cell has the text of the whole cell."""
    bookmarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table's rows of cells, deleted rows left out."""

    rows: tuple[tuple[WordCell, ...], ...]
    headings: Mapping[int, str]
    """Grid column to the text of the first row, for comparing."""
    is_inner: bool = False
    """Whether it stands in a cell of another table."""


def has_tracked_changes(body: etree._Element) -> bool:
    """Whether insertions or deletions stand in the body that nobody has accepted or refused."""
    return next(body.iter(*_CHANGES), None) is not None


def as_read(body: etree._Element) -> etree._Element:
    """The body less what no reader sees: deletions, hidden text, and how things are to look."""
    for mark in [*body.iter(_DELETED, _HIDDEN)]:
        if mark.tag == _HIDDEN:
            _detach_hidden(mark)
            continue
        row = next(mark.iterancestors(_ROW), None)
        if row is not None and next(mark.iterancestors()).tag == f"{_W}trPr":
            _detach(row)
    for old in body.iter(_FALLBACK):
        if old.getprevious() is None:  # there is no other rendering of it
            old.tag = _CONTENT
    etree.strip_elements(body, *_UNSEEN, with_tail=False)
    return body


def has_hidden_text(body: etree._Element) -> bool:
    """Whether words stand in the body that Word shows only to those who look for hidden text."""
    runs = (run for mark in body.iter(_HIDDEN) if (run := _hidden_run(mark)) is not None)
    return any(text_of(run) for run in runs)


def tables(body: etree._Element) -> tuple[WordTable, ...]:
    """Every table of a body `as_read`, those within cells included.

    The innermost are read first, and then stand in their cells as text.
    """
    waiting, read = [*body.iter(_TABLE)], []
    while waiting:  # what was read is let go: lxml is slow to take apart what is still held
        read.append(_table(waiting.pop()))
    return tuple(reversed(read))


def loose_controls(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Tag and text of each control that stands in no table, and holds none and no other."""
    block = body.find(f"{_W}body")
    beside = () if block is None else (each for each in block if each.tag != _TABLE)
    for control in (control for child in beside for control in child.iter(_CONTROL)):
        tags = [tag.get(_VALUE, "") for tag in control.iter(_TAG)]
        is_in_a_table = next(control.iterancestors(_TABLE), None) is not None
        if len(tags) == 1 and not is_in_a_table and next(control.iter(_TABLE), None) is None:
            yield tags[0], seen_text(control)


def text_of(element: etree._Element) -> str:
    """The text of an element as a reader sees it, without outer spaces."""
    return "".join(_SAID[each.tag](each) for each in element.iter(*_SAID)).strip()


def seen_text(element: etree._Element) -> str:
    """The text of an element, or the state of the field in it that shows none."""
    return text_of(element) or _state(element)


def plain(text: str) -> str:
    """Text for comparing: one space between words, case folded."""
    return " ".join(text.split()).casefold()


def _table(table: etree._Element) -> WordTable:
    rows = tuple(tuple(_cells(row)) for row in _rows(table))
    is_inner = next(table.iterancestors(_CELL), None) is not None
    if is_inner:
        _put_as_text(table, "\n".join("\t".join(cell.text for cell in row) for row in rows))
    headings = {cell.column: plain(cell.text) for cell in rows[0]} if rows else {}
    return WordTable(rows, headings, is_inner)


class _Open:
    """A cell, or what stands in a row before its cells, while it is read."""

    __slots__ = ("columns", "element", "marks", "said", "tags")

    def __init__(self, element: etree._Element, tags: list[str]) -> None:
        self.element, self.tags = element, tags
        self.said: list[str] = []
        self.marks: list[str] = []
        self.columns = 1

    def met(self, name: str, element: etree._Element) -> None:
        """Take in what is met in it that is neither a plain text nor a paragraph."""
        if name == _TAG:
            self.tags.append(element.get(_VALUE, ""))
        elif name == _BOOKMARK:
            self.marks.append(element.get(_NAME, ""))
        elif name in _SAID:
            self.said.append(_SAID[name](element))
        else:
            self.columns = _number(element)

    def closed(self, column: int) -> WordCell:
        """The cell as it was read, beginning in that column."""
        text, tags = "".join(self.said).strip() or _state(self.element), self.tags
        alone = ((tags[0], text),) if tags else ()
        controls = alone if len(tags) < 2 else tuple(_controls(self.element))
        return WordCell(column, text, controls, tuple(self.marks))


def _rows(table: etree._Element) -> list[list[_Open]]:
    """Each row as what stands before its cells and then its cells, all in one pass."""
    rows: list[list[_Open]] = []
    now, last = _Open(table, []), ""
    for element in table.iter(_ROW, _CELL, *_MET):
        name = element.tag
        if name == _TEXT:
            now.said.append(element.text or "")
        elif name == _PARAGRAPH:
            now.said.append("\n")
        elif name == _CELL and rows:
            now = _Open(element, _tag_round(element, now) if last == _TAG else [])
            rows[-1].append(now)
        elif name == _ROW:
            now = _Open(element, [])
            now.columns = 0
            rows.append([now])
        else:
            now.met(name, element)
        last = name
    return rows


def _tag_round(cell: etree._Element, before: _Open) -> list[str]:
    """The tag of a control that holds the whole cell: met last, as if it were the one before."""
    holder = cell.getparent()
    is_held = holder is not None and holder.tag == _CONTENT and cell.getprevious() is None
    return [before.tags.pop()] if is_held else []


def _cells(row: list[_Open]) -> Iterator[WordCell]:
    column = row[0].columns
    for each in row[1 : _MOST_COLUMNS + 1]:
        yield each.closed(column)
        column += each.columns


def _put_as_text(table: etree._Element, text: str) -> None:
    """The table made a paragraph of its cell."""
    del table[:]
    table.tag = _PARAGRAPH
    etree.SubElement(table, _TEXT).text = text


def _controls(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Tag and text of each control that holds no other."""
    for control in element.iter(_CONTROL):
        tags = [tag.get(_VALUE, "") for tag in control.iter(_TAG)]
        if len(tags) == 1:
            yield tags[0], seen_text(control)


def _symbol(symbol: etree._Element) -> str:
    is_known = symbol.get(f"{_W}font") == "Wingdings"
    return _SYMBOLS.get(symbol.get(f"{_W}char", "").upper(), "") if is_known else ""


def _state(element: etree._Element) -> str:
    """What a field that shows no text says: a ticked box, the entry chosen from an old list."""
    for mark in element.iter(_TICK, _OLD_BOX, _OLD_LIST):
        if mark.tag == _OLD_LIST:
            return _chosen(mark)
        ticked = _is_ticked(mark) if mark.tag == _OLD_BOX else _is_on(mark, f"{_W14}val")
        return _TICKED if ticked else ""
    return ""


def _is_ticked(box: etree._Element) -> bool:
    """An old check box: as it stands, else as it stood at first; a mark without a value is yes."""
    states = {state.tag: _is_on(state, _VALUE) for state in box}
    return states.get(f"{_W}checked", states.get(f"{_W}default", False))


def _chosen(listed: etree._Element) -> str:
    """The entry of an old drop-down list, the first where nothing says which."""
    places = {place.tag: _number(place) for place in listed}
    place = places.get(f"{_W}result", places.get(f"{_W}default", 0))
    entries = [entry.get(_VALUE, "") for entry in listed.iter(f"{_W}listEntry")]
    return entries[place] if place < len(entries) else ""


def _number(element: etree._Element) -> int:
    """A whole number as an attribute; 1 where a damaged file has something else."""
    written = element.get(_VALUE, "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 1


def _is_on(mark: etree._Element, attribute: str) -> bool:
    return mark.get(attribute, "1") not in _OFF


def _hidden_run(mark: etree._Element) -> etree._Element | None:
    """The run that the mark hides, None where it hides but the end of a paragraph, or nothing."""
    run = next(islice(mark.iterancestors(), 1, None), None)
    return run if run is not None and run.tag == _RUN and _is_on(mark, _VALUE) else None


def _detach_hidden(mark: etree._Element) -> None:
    if (run := _hidden_run(mark)) is not None:
        _detach(run)


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


_SAID: Mapping[str, Callable[[etree._Element], str]] = {
    _PARAGRAPH: lambda _: "\n",
    _TEXT: lambda text: text.text or "",
    f"{_W}br": lambda _: "\n",
    f"{_W}cr": lambda _: "\n",
    f"{_W}tab": lambda _: "\t",
    f"{_W}noBreakHyphen": lambda _: "-",
    f"{_W}sym": _symbol,
}
"""What an element says, by its name."""

_MET = (*_SAID, _TAG, _BOOKMARK, _SPAN, _BEFORE)
