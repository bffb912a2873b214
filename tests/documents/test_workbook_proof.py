"""The workbook that was written is read back before it takes the ledger's place."""

import pytest

from auditdocs.documents.ledger.parts import deflated, parts
from auditdocs.documents.ledger.proof import Written, proved
from auditdocs.errors import LedgerFault
from tests.makers.workbooks import (
    a_ledger,
    a_sheet,
    an_id,
    packed,
    part_of,
    post,
    rows_of,
)
from tests.makers.workbooks import parts as contents

BEFORE = a_ledger(1, 2, 3)
AFTER = post(BEFORE, rows_of(2, 4, Status="Closed")).workbook
PAGE, TABLE = part_of(BEFORE), "xl/tables/table1.xml"
WRITTEN = Written(a_sheet(), {3: an_id(2), 5: an_id(4)}, rows_of(2, 4, Status="Closed"))


def prove(after):
    """The proof of a post of the second row and a fourth."""
    return proved(parts(BEFORE), after, [WRITTEN], changed={PAGE, TABLE}, gone=frozenset())


def test_a_workbook_that_says_what_was_meant_is_given_as_it_is():
    assert prove(AFTER) is AFTER


def closed(xml):
    """Where the fourth row begins."""
    return xml.rindex(b"<row")


@pytest.mark.parametrize(
    ("name", "harm", "where"),
    [
        (PAGE, lambda xml: xml.replace(b">Closed<", b">Open<", 1), "row 3"),
        (PAGE, lambda xml: xml[: closed(xml)] + b"</sheetData></worksheet>", "row 5"),
        (PAGE, lambda xml: xml.replace(an_id(4).encode(), an_id(5).encode()), "row 5"),
        (PAGE, lambda xml: xml.replace(b">Closed<", b"><b>Closed<", 1), "sheet2.xml"),
        (PAGE, lambda xml: xml.replace(b"</sheetData>", b"</sheetData><oops>"), "sheet2.xml"),
        (TABLE, lambda xml: xml.replace(b":G5", b":G4"), "table of the sheet"),
        (TABLE, lambda xml: xml.replace(b'name="Status"', b'name="State"'), "table of the sheet"),
        (TABLE, lambda xml: xml[:-9], "table1.xml"),
        ("xl/styles.xml", lambda xml: xml + b" ", "xl/styles.xml"),
    ],
)
def test_a_workbook_that_reads_back_otherwise_is_refused_and_the_place_named(name, harm, where):
    with pytest.raises(LedgerFault, match="does not read back") as refused:
        prove(changed_part_only(name, harm))
    assert where in refused.value.where
    assert refused.value.status == 4


def changed_part_only(name, harm):
    """The workbook after the post with harm done to one part, the others as they lie in it."""
    opened = parts(AFTER)
    return opened.packed({name: deflated([harm(opened.read(name))])})


def test_a_part_that_is_lost_or_new_is_found():
    for these in (
        {name: part for name, part in contents(AFTER).items() if name != "docProps/app.xml"},
        contents(AFTER) | {"xl/more.xml": b"<more/>"},
    ):
        with pytest.raises(LedgerFault, match="does not read back") as refused:
            prove(packed(these))
        assert refused.value.where == "the list of its parts"


def test_bytes_that_were_changed_on_the_way_are_found():
    broken = bytearray(AFTER)
    at = AFTER.index(parts(AFTER).packed_bytes(PAGE)) + 40
    broken[at] ^= 1
    with pytest.raises(LedgerFault, match="does not read back"):
        prove(bytes(broken))
