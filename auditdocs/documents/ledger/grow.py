"""What grows with a table: its own reference, and the ranges of the sheet it stands in.

Rows go in below a table's last data row, as if inserted there: what covers that row stretches, what
stands below moves down. `after` is that row, `count` how many rows go in.
"""

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from auditdocs.documents.ledger.cells import letters
from auditdocs.documents.ledger.parts import whole_number
from auditdocs.documents.ledger.sheet import area
from auditdocs.documents.ledger.stream import MOST_ROWS

_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d{1,7})(?::(\$?[A-Z]{1,3}\$?)(\d{1,7}))?")
_RANGES = re.compile(rb'(\ssqref="|<xm:sqref>)([^"<]*+)(?!</xm:sqref></x14:sparkline>)')
_FILTER = re.compile(rb'(<(?:autoFilter|sortState|sortCondition)\s[^>]*?\bref=")([^"]*)')
_SINGLE = re.compile(
    rb'(<(?:mergeCell|hyperlink)\s[^>]*?\bref="|<xm:sqref>(?=[^<]*</xm:sqref></x14:sparkline>))'
    rb'([^"<]*)'
)
_NONE: Mapping[int, str] = {}
_DIMENSION = re.compile(rb'(<dimension\s[^>]*?ref=")([^"]*)"')


def grown(references: str, *, after: int, count: int, stretch: bool = True) -> str:
    """References, spaces between them, once `count` rows went in below row `after`.

    A range that ends at `after` takes the new rows in only where `stretch` says so.
    """

    def moved(match: re.Match[str]) -> str:
        top, bottom = int(match[2]), int(match[4] or match[2])
        reaches = bottom > after or (stretch and bottom == after)
        top = min(top + count, MOST_ROWS) if top > after else top
        bottom = min(bottom + count, MOST_ROWS) if reaches else bottom
        is_range = bottom > top or match[3]
        return f"{match[1]}{top}" + (f":{match[3] or match[1]}{bottom}" if is_range else "")

    return _RANGE.sub(moved, references)


def tail_grown(tail: bytes, *, after: int, count: int) -> bytes:
    """What follows the rows, ranges moved on.

    Filters, drop-downs and formats stretch; merged cells, links and sparklines only move.
    """
    if not count:
        return tail

    def moved(match: re.Match[bytes], stretch: bool = True) -> bytes:
        place = grown(match[2].decode(), after=after, count=count, stretch=stretch)
        return match[1] + place.encode()

    tail = _FILTER.sub(moved, _RANGES.sub(moved, tail))
    return _SINGLE.sub(lambda match: moved(match, stretch=False), tail)


def head_grown(head: bytes, *, after: int, count: int, right: int, bottom: int) -> bytes:
    """What precedes the rows, its dimension also wide and deep enough for that cell."""

    def wider(match: re.Match[bytes]) -> bytes:
        place = grown(match[2].decode(), after=after, count=count)
        first, top, last, end = area(place)
        return match[1] + reference(first, top, max(last, right), max(end, bottom)).encode() + b'"'

    return _DIMENSION.sub(wider, head)


def table_grown(
    root: etree._Element,
    *,
    bottom: int,
    added: Sequence[str] = (),
    renamed: Mapping[int, str] = _NONE,
) -> bytes:
    """The table's part once its last data row is `bottom` and columns came at its right end.

    `renamed` are the headings of others that changed, by their place in the table from 0.
    """
    left, top, right, before = area(root.get("ref", ""))
    totals = whole_number(root, "totalsRowCount")
    right += len(added)
    root.set("ref", reference(left, top, right, bottom + totals))
    for entry in root.iterfind("{*}autoFilter"):
        entry.set("ref", reference(left, top, right, bottom))
    after = before - totals
    for entry in (*root.iter("{*}sortState"), *root.iter("{*}sortCondition")):
        entry.set("ref", grown(entry.get("ref", ""), after=after, count=bottom - after))
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    for place, heading in renamed.items():
        columns[place].set("name", heading)
    _append_columns(root, added)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def reference(left: int, top: int, right: int, bottom: int) -> str:
    """The reference of an area: A1:K20."""
    return f"{letters(left).decode()}{top}:{letters(right).decode()}{bottom}"


def _append_columns(root: etree._Element, added: Sequence[str]) -> None:
    columns = root.find("{*}tableColumns")
    if columns is None:
        return
    number = max(whole_number(entry, "id") for entry in columns)
    for place, heading in enumerate(added, start=1):
        entry = etree.SubElement(columns, columns[0].tag, id=str(number + place))
        entry.set("name", heading)
    columns.set("count", str(len(columns)))
