"""A block of rows at a glance: which keys stand in it, without a look at any row by itself.

Most blocks of a sheet of 50,000 audits hold no row that a post is about. Those that say their keys
as Excel, LibreOffice and this tool write them are told by one search.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from auditdocs.documents.ledger.cells import letters
from auditdocs.documents.ledger.stream import Row, row_number, split_rows
from auditdocs.documents.ledger.text import SharedStrings, plain_text


class Glance(NamedTuple):
    """What a block's rows are: the number of the first, the last one, and every key."""

    first: int
    last: Row
    keys: frozenset[str]


def glance(block: bytes, column: int, shared: SharedStrings) -> Glance | None:
    """The block, of which every row has its key in that column; None for any other.

    None also where a key is not plain text or a row is left out between two others, and so
    wherever a row has no key or none is certain. `shared` are the texts of the workbook.
    """
    found = _keys(column).findall(block)
    first = row_number(block, block.find(b"<row"))
    if not first or not found or first != int(found[0][0]):
        return None
    (last,) = split_rows(block[block.rfind(b"<row") :], after=0)
    if not last.number == int(found[-1][0]) == first + len(found) - 1:
        return None
    keys = (
        shared[place.decode()] if place else plain_text(text.decode(errors="replace"))
        for _, text, place in found
    )
    return Glance(first, last, frozenset(key.strip() for key in keys))


@lru_cache
def _keys(column: int) -> re.Pattern[bytes]:
    """The plain cells of that column: the row, and its text or the place of it among the shared."""
    return re.compile(
        rb'<c r="%s(\d+)"(?: s="\d+")? t="'
        rb'(?:inlineStr"><is><t(?: xml:space="preserve")?>([^<]+)</t></is>|s"><v>(\d+)</v>)</c>'
        % letters(column)
    )
