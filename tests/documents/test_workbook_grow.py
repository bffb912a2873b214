"""Ranges once rows went in below a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.documents.ledger.cells import column_of, letters
from auditdocs.documents.ledger.grow import grown, head_grown, tail_grown


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A2:K20", "A2:K23"),
        ("A2:K19", "A2:K19"),
        ("K20", "K20:K23"),
        ("K20:M20", "K20:M23"),
        ("A21", "A24"),
        ("A21:C30", "A24:C33"),
        ("A1:K30", "A1:K33"),
        ("B2:B20 D2:D20 F5", "B2:B23 D2:D23 F5"),
        ("$A$2:$K$20", "$A$2:$K$23"),
        ("A1:A1048576", "A1:A1048576"),
        ("A:C", "A:C"),
    ],
)
def test_a_range_takes_in_rows_that_follow_its_last(before, after):
    assert grown(before, after=20, count=3) == after


def test_a_single_cell_that_must_stay_single_only_moves():
    assert grown("K20 K21", after=20, count=3, stretch=False) == "K20 K24"


def test_each_kind_of_range_behaves_as_excel_has_it():
    tail = (
        b'<autoFilter ref="A1:K20"/><mergeCells><mergeCell ref="A20:C20"/></mergeCells>'
        b'<conditionalFormatting sqref="D20"/>'
        b'<hyperlinks><hyperlink r:id="x" ref="K20"/></hyperlinks>'
        b"<x14:sparkline><xm:sqref>L20</xm:sqref></x14:sparkline>"
        b"<x14:dataValidation><xm:sqref>M20</xm:sqref></x14:dataValidation>"
    )
    assert tail_grown(tail, after=20, count=1) == (
        b'<autoFilter ref="A1:K21"/><mergeCells><mergeCell ref="A20:C20"/></mergeCells>'
        b'<conditionalFormatting sqref="D20:D21"/>'
        b'<hyperlinks><hyperlink r:id="x" ref="K20"/></hyperlinks>'
        b"<x14:sparkline><xm:sqref>L20</xm:sqref></x14:sparkline>"
        b"<x14:dataValidation><xm:sqref>M20:M21</xm:sqref></x14:dataValidation>"
    )


@pytest.mark.parametrize(
    ("before", "after"), [("A1:K20", "A1:L23"), ("A1:Z40", "A1:Z43"), ("B3", "B3:L23")]
)
def test_the_extent_of_a_sheet_takes_in_the_table_and_what_lies_beyond(before, after):
    head = b'<sheetPr/><dimension ref="%s"/><cols/>'
    found = head_grown(head % before.encode(), after=20, count=3, right=12, bottom=23)
    assert found == head % after.encode()


@given(st.integers(1, 16_384))
def test_columns_and_their_letters_are_inverse(column):
    assert column_of(letters(column).decode()) == column
