"""One cell: a value to the XML that holds it, and back from whatever Excel or LibreOffice wrote.

Posted text is always inline and always text: never a formula, never a link (links.py makes the one
formula there is). Dates are serial numbers in the workbook's own date system. Columns are numbered
from 1, A to XFD.

Source: field.md (d) 6 and 11; ECMA-376 part 1, 18.3.1.4 (cell).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from typing import NamedTuple

from auditdocs.documents.ledger.links import Link, link, link_in
from auditdocs.documents.ledger.text import (
    SharedStrings,
    clean,
    plain_text,
    runs_text,
    text_xml,
)
from auditdocs.model.ledger import Cell
from auditdocs.rules.calendar.dates import uk_date, written_date

_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_FIRST_SOUND = date(1904, 1, 2)
"""Excel counts a 29 February 1900 that never was, and some workbooks begin in 1904."""

_CELL = re.compile(
    rb"<c(?=[\s/>])([^>/]*+)"
    rb"(?:/>|>(?:<v>([^<]*+)</v>|<is><t(?: [^>]*)?>([^<]*+)</t></is>)?</c>|>(.*?)</c>)",
    re.DOTALL,
)
_PLAIN = re.compile(
    r'<c r="([A-Z]+)\d+"(?: s="\d+")?(?: t="(s|n|inlineStr|str)")?'
    r'(?:/>|>(?:(?:<f>HYPERLINK\("([^"<&]++)"\)</f>)?<v>([^<]*+)</v>'
    r'|<is><t(?: xml:space="preserve")?>([^<]*+)</t></is>)</c>)'
)
_PLACE = re.compile(rb'\sr="([A-Z]+)')
_STYLE = re.compile(rb'\ss="(\d+)')
_TYPE = re.compile(rb'\st="(\w+)')
_VALUE = re.compile(rb"<v(?: [^>]*)?>([^<]*)</v>")


class Raw(NamedTuple):
    """A cell as it stands in a row: where, in which style, of which type, and its bytes."""

    column: int
    style: bytes
    type: bytes
    held: bytes | None
    """What <v> or a plain <t> holds; None when the cell is empty or holds anything else."""
    other: bytes
    """The content of a cell that holds more than that: a formula, rich text."""
    xml: bytes

    @property
    def is_blank(self) -> bool:
        """Whether the cell holds nothing but its style."""
        return not self.held and not self.other

    @property
    def is_formula(self) -> bool:
        """Whether the cell computes what it shows."""
        return b"<f" in self.other

    @property
    def link(self) -> Link | None:
        """The link that the cell is, or None."""
        return link_in(self.other) if self.is_formula else None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of people's own, which a column of theirs has in every row."""

    text: str


@dataclass(frozen=True, slots=True)
class Values:
    """What the cells of one workbook mean: its shared texts, date system and date styles."""

    shared: SharedStrings
    from_1904: bool
    date_styles: frozenset[bytes]

    def text(self, raw: Raw | None) -> str:
        """What the cell holds as text, "" for a blank one."""
        if raw is None or raw.is_blank:
            return ""
        if raw.type == b"inlineStr" and raw.held is None:
            return runs_text(raw.other)
        if linked := raw.link:  # not every program says what a formula shows
            return linked.path
        held = (raw.held or b"".join(_VALUE.findall(raw.other))).decode(errors="replace")
        if raw.type == b"s":
            return self.shared[held or "0"]
        if raw.type == b"b":
            return "TRUE" if held == "1" else "FALSE"
        return plain_text(held)

    def cell(self, raw: Raw | None, kind: str) -> Cell:
        """The cell's value for a column of that kind; a number in a date style is a date."""
        text = self.text(raw)
        if raw is None or not text:
            return None
        if raw.type in (b"", b"n"):
            return self._number(text, "date" if raw.style in self.date_styles else kind)
        if raw.type == b"d" or kind == "date":
            return written_date(text.partition("T")[0] if raw.type == b"d" else text) or text
        return _whole(text) if kind == "number" else text

    def plain(self, row: bytes) -> dict[str, str | int | Link] | None:
        """Text as it is written, whole numbers and links of a row, by the letters of their column.

        One quick look at a row of plain cells, None for any other. Blank cells are left out; text
        that XML had to escape is not put back.
        """
        xml, shared = row.decode(errors="replace"), self.shared
        found = _PLAIN.findall(xml)
        if len(found) != xml.count("<c "):
            return None
        return {
            name: Link(path)
            if path
            else words or (shared[number] if kind == "s" else _whole(number))
            for name, kind, path, number, words in found
            if words or number
        }

    def is_plainly(self, value: Cell | Link, held: str | int | Link) -> bool:
        """Whether what `plain` found, "" for nothing, is certainly that value."""
        if isinstance(value, date):
            return held == self.serial(value)
        return held == value or (value is None and held == "")

    def serial(self, day: date) -> int:
        """The number that stands for the day in this workbook."""
        return (day - _EPOCHS[self.from_1904]).days

    def xml(self, column: int, row: int, style: bytes, value: Cell | Link | Formula) -> bytes:
        """The cell that holds the value there in that style; "" and None make a blank one.

        A date in a style that would show its number is written in words.
        """
        start = b'<c r="%s%d"' % (letters(column), row) + (b' s="%s"' % style if style else b"")
        if value is None or value == "":
            return start + b"/>"
        if isinstance(value, Formula):
            return start + b"><f>" + escape(value.text, quote=False).encode() + b"</f></c>"
        if isinstance(value, Link):
            return start + b' t="str">' + value.xml + b"</c>"
        if isinstance(value, date) and style not in self.date_styles:
            value = uk_date(value)
        if isinstance(value, str):
            return start + b' t="inlineStr"><is>' + text_xml(value) + b"</is></c>"
        number = self.serial(value) if isinstance(value, date) else value
        return start + b"><v>%d</v></c>" % number

    def _number(self, text: str, kind: str) -> Cell:
        try:
            number = float(text)
            if kind == "date" and number >= 1:
                return _EPOCHS[self.from_1904] + timedelta(days=int(number))
        except (ValueError, OverflowError):
            return text
        whole = str(int(number)) if number.is_integer() else text
        return _whole(whole) if kind == "number" else whole


def cells(row: bytes) -> Iterator[Raw]:
    """The cells of a row in order; one without a reference stands after the one before it."""
    column = 0
    for match in _CELL.finditer(row):
        place = _PLACE.search(match[1])
        column = column_of(place[1].decode()) if place else column + 1
        yield _raw(match, column)


def cell_at(row: bytes, start: int, column: int) -> Raw | None:
    """The cell of that column whose tag begins at `start`."""
    match = _CELL.match(row, start)
    return None if match is None else _raw(match, column)


def without_cells(row: bytes) -> bytes:
    """What the bytes of a row hold beside its cells."""
    return _CELL.sub(b"", row)


def stored(value: Cell, kind: str) -> Cell | Link:
    """The value as a column of that kind holds it: text clean, dates and links only in theirs."""
    if isinstance(value, date) and (kind != "date" or value < _FIRST_SOUND):
        return uk_date(value)
    if kind == "link" and (linked := link(str(value or ""))):
        return linked
    return clean(value) or None if isinstance(value, str) else value


def said(value: Cell | Link) -> str:
    """The value as people read it."""
    return uk_date(value) if isinstance(value, date) else "" if value is None else str(value)


def same(theirs: Cell, ours: Cell | Link) -> bool:
    """Whether two values say the same: a number as text is that number, spacing does not count."""
    return theirs == ours or said(theirs).split() == said(ours).split()


@lru_cache(maxsize=1024)
def letters(column: int) -> bytes:
    """The letters of a column: 1 is A, 27 is AA."""
    name = b""
    while column:
        column, place = divmod(column - 1, 26)
        name = bytes((65 + place,)) + name
    return name


@lru_cache(maxsize=1024)
def column_of(name: str) -> int:
    """The number of the column with these letters."""
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column


def _raw(match: re.Match[bytes], column: int) -> Raw:
    facts, value, words, other = match.groups()
    style, kind = _STYLE.search(facts), _TYPE.search(facts)
    held = words if value is None else value
    return Raw(
        column, style[1] if style else b"", kind[1] if kind else b"", held, other or b"", match[0]
    )


def _whole(text: str) -> str | int:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else text
