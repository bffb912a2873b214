"""A cell that opens a file of the archive at a click: a formula of our own, and the only one.

Text never becomes a formula or a link. This one is nobody's text: it is built here, of a relative
path in which every character is one of those that mean nothing to Excel, XML or a web address.
Excel and LibreOffice follow such a path from the folder in which the workbook lies.

Source: house.md 2 (the archive is the evidence); Excel takes 255 characters of text in a formula.
"""

import re
from dataclasses import dataclass

from auditdocs.documents.ledger.text import without_entities

MOST = 255
"""Characters of a text in a formula that Excel takes, counted as in a cell (text.py)."""

_SAFE = re.compile(r"(?:\w(?:[\w .,()+'’–-]*[\w)])?/)+\w[\w .,()+'’–-]*\.\w{2,5}")
"""Folders and a file with an ending: none begins with a dot, so that no path leaves its folder."""
_FORMULA = re.compile(rb'<f(?: aca="false")?>([^<]*)</f>')
_CALL = re.compile(r'HYPERLINK\("([^"]*)"\)')


@dataclass(frozen=True, slots=True)
class Link:
    """What a cell holds that opens the file at that path; it shows the path."""

    path: str

    def __str__(self) -> str:
        """What the cell shows."""
        return self.path

    @property
    def xml(self) -> bytes:
        """The formula, with what it shows."""
        path = self.path.encode()
        return b'<f>HYPERLINK("%s")</f><v>%s</v>' % (path, path)


def link(path: str) -> Link | None:
    """The link to the file at that path, or None for a path that is better shown as text."""
    fits = len(path.encode("utf-16-le", "replace")) <= 2 * MOST
    return Link(path) if fits and _SAFE.fullmatch(path) else None


def link_in(cell: bytes) -> Link | None:
    """The link that the content of a cell is, however it came to be there; else None."""
    found = _FORMULA.search(cell)
    called = _CALL.fullmatch(without_entities(found[1].decode(errors="replace"))) if found else None
    return link(called[1]) if called else None
