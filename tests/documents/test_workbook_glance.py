"""A sheet of many blocks: those told at a glance come out as if every row had been looked at."""

import re
from functools import cache

import pytest

from auditdocs.documents.ledger.glance import glance
from auditdocs.documents.ledger.sheet import book
from auditdocs.documents.ledger.stream import Piece
from auditdocs.documents.ledger.workbook import posted
from auditdocs.model.ledger import Post
from tests.makers.workbooks import (
    DAY,
    a_ledger,
    a_row,
    a_sheet,
    an_id,
    as_excel_saves,
    by_hand,
    changed_part,
    column,
    part_of,
    parts,
    rows,
    rows_of,
    without_references,
)

MANY = 400
AWKWARD = "R&D <north> _x0041_"
"""A key that XML, and then Excel, write otherwise than people do."""


@cache
def a_long_ledger():
    """A ledger of half a dozen blocks, an awkward key in the last of them."""
    long = {"Status – comment": "The plan says who does what. " * 120}
    keyed = {an_id(number): a_row(number) | long for number in range(1, MANY)}
    return a_ledger(rows={**keyed, AWKWARD: a_keyed(AWKWARD) | long})


def a_keyed(key, **changes):
    """A row of that key."""
    return a_row(**changes) | {"Audit ID": key}


def as_it_came(workbook):
    return workbook


def with_a_blank_row(workbook):
    return changed_row(workbook, 200, lambda row: re.sub(rb"<c .*</c>", b"", row))


def with_a_key_typed_by_hand(workbook):
    return changed_row(workbook, 300, lambda row: row.replace(an_id(299).encode(), b" NEW-2 "))


def with_a_key_moved_down(workbook):
    def move(row):
        return row.replace(b'r="A250"', b'r="K250"')

    return changed_row(workbook, 250, move)


def with_a_row_of_no_number(workbook):
    return changed_row(workbook, 350, lambda row: row.replace(b'<row r="350"', b"<row"))


def saved_by_another_program(workbook):
    return by_hand(workbook, lambda book: None)


def changed_row(workbook, number, change):
    whole = re.compile(rb'<row r="%d"[ >].*?</row>' % number, re.DOTALL)

    def in_sheet(xml):
        assert whole.search(xml)
        return whole.sub(lambda row: change(row[0]), xml)

    return changed_part(workbook, part_of(workbook), in_sheet)


SAVED = (
    as_it_came,
    with_a_blank_row,
    with_a_key_typed_by_hand,
    with_a_key_moved_down,
    with_a_row_of_no_number,
    without_references,
    as_excel_saves,
    saved_by_another_program,
)
POSTED = (
    rows_of(150, 9_001, Status="Closed"),
    {"NEW-2": a_keyed("NEW-2"), an_id(9_002): a_row(9_002)},
    {AWKWARD: a_keyed(AWKWARD, Status="Closed")},
)


@pytest.mark.parametrize("fresh", POSTED, ids=["one that stands", "typed before", "awkward"])
@pytest.mark.parametrize("saved", SAVED)
def test_a_glance_changes_nothing_of_what_a_post_does(saved, fresh):
    workbook = saved(a_long_ledger())
    quick, slow = (
        posted(workbook, [Post(sheet=a_sheet(), rows=fresh, gone=gone)], last={}, changed_on=DAY)
        for gone in (frozenset(), frozenset({"nothing of that key: every row is looked at"}))
    )
    assert quick == slow or parts(quick.workbook) == parts(slow.workbook)
    assert quick.rows == slow.rows == len(fresh)


def test_a_key_that_somebody_typed_beforehand_is_found_far_down():
    workbook = with_a_key_typed_by_hand(a_long_ledger())
    fresh = Post(sheet=a_sheet(), rows={"NEW-2": a_keyed("NEW-2", Status="Closed")})
    done = posted(workbook, [fresh], last={}, changed_on=DAY)
    keys = [key.strip() for key in column(done.workbook, "A")]
    assert keys.count("NEW-2") == 1
    assert keys.index("NEW-2") == 298
    assert rows(done.workbook, a_sheet())["NEW-2"]["Status"] == "Closed"


def test_most_blocks_are_told_at_a_glance():
    opened = book(a_long_ledger())
    blocks = blocks_of(opened)
    seen = [
        found for found in (glance(block, 1, opened.values.shared) for block in blocks) if found
    ]
    assert len(blocks) > 4
    assert len(seen) >= len(blocks) - 2  # the headings, and what ends the rows
    assert AWKWARD in frozenset().union(*(found.keys for found in seen))


def test_keys_that_a_workbook_shares_are_told_at_a_glance():
    opened = book(as_excel_saves(a_ledger(1, 2, 3)))
    (block,) = blocks_of(opened)
    _, _, below = block.partition(b"</row>")
    seen = glance(below, 1, opened.values.shared)
    assert seen
    assert (seen.first, seen.last.number) == (2, 4)
    assert seen.keys == {an_id(1), an_id(2), an_id(3)}


def blocks_of(opened):
    part = part_of(opened.parts.data)
    return [piece for kind, piece in opened.pieces(part) if kind is Piece.ROWS]
