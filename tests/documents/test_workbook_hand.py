"""Cells of the tool's that people changed: put back, and noted."""

from datetime import date, datetime

import pytest

from auditdocs.documents.ledger.workbook import posted
from auditdocs.errors import LedgerFault
from auditdocs.model.ledger import CHANGES, HandChange, Post
from tests.makers.workbooks import (
    DAY,
    a_ledger,
    a_sheet,
    an_id,
    by_hand,
    cells,
    column,
    opened,
    post,
    rows_of,
)

SHEET = a_sheet()


def test_a_cell_of_ours_changed_by_hand_is_put_back_and_noted():
    def change(book):
        book["Quality"]["D3"] = "Outstanding"

    done = post(by_hand(a_ledger(1, 2), change), {}, last=rows_of(1, 2))
    expected = HandChange(
        sheet="Quality", key=an_id(2), heading="Status", ours="Accepted", theirs="Outstanding"
    )
    assert done.changes == (expected,)
    assert column(done.workbook, "D") == ["Accepted", "Accepted"]
    assert cells(done.workbook, CHANGES.name)[1:] == [
        [datetime(2026, 10, 1), "Quality", an_id(2), "Status", "Accepted", "Outstanding"]
    ]


def test_changes_are_noted_where_people_renamed_a_heading_of_theirs():
    def rename(book):
        book["Quality"]["D2"] = "Outstanding"
        book[CHANGES.name]["A1"] = "When"
        book[CHANGES.name].tables["Changes_by_hand_table"].tableColumns[0].name = "When"

    done = post(by_hand(a_ledger(1), rename), {}, last=rows_of(1))
    headings, note = cells(done.workbook, CHANGES.name)
    assert headings == ["When", "Sheet", "Row", "Column", "Ours", "Theirs", "Date"]
    assert (note[0], note[5], note[6].date()) == (None, "Outstanding", DAY)


def test_the_sheet_of_changes_without_any_heading_is_told():
    def behead(book):
        page = book[CHANGES.name]
        del page.tables["Changes_by_hand_table"]
        page.delete_rows(1)

    with pytest.raises(LedgerFault, match='"Changes by hand" has lost its heading "Date"'):
        post(by_hand(a_ledger(1), behead), rows_of(2))


def test_changes_by_hand_are_added_below_those_of_before():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    once = post(by_hand(a_ledger(1), change), {}, last=rows_of(1)).workbook
    twice = post(by_hand(once, change), {}, last=rows_of(1)).workbook
    assert len(cells(twice, CHANGES.name)) == 3
    assert opened(twice)[CHANGES.name].tables["Changes_by_hand_table"].ref == "A1:F3"


def test_what_was_noted_of_a_row_goes_with_it_when_its_keeping_time_is_over():
    def change(book):
        book["Quality"]["D2"] = book["Quality"]["D3"] = "Outstanding"

    noted = post(by_hand(a_ledger(1, 2), change), {}, last=rows_of(1, 2)).workbook
    emptied = Post(sheet=SHEET, rows={}, gone=frozenset([an_id(1)]))
    done = posted(noted, [emptied], last={}, changed_on=DAY).workbook
    assert [row[2] for row in cells(done, CHANGES.name)] == ["Row", None, an_id(2)]
    assert [row[0] for row in cells(done)] == ["Audit ID", None, an_id(2)]
    other = Post(sheet=a_sheet("Peer"), rows={}, gone=frozenset([an_id(2)]))
    kept = posted(done, [other], last={}, changed_on=DAY).workbook
    assert [row[2] for row in cells(kept, CHANGES.name)] == ["Row", None, an_id(2)]


def test_what_was_put_back_is_not_noted_again():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    once = post(by_hand(a_ledger(1), change), {}, last=rows_of(1)).workbook
    again = post(once, rows_of(1), last=rows_of(1))
    assert again.changes == ()
    assert again.workbook == once


def test_a_new_value_is_no_change_by_hand():
    done = post(a_ledger(1), rows_of(1, Status="Closed"), last=rows_of(1))
    assert done.changes == ()
    assert column(done.workbook, "D") == ["Closed"]


def test_a_cell_changed_by_hand_and_anew_holds_the_new_value_and_is_noted():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    done = post(by_hand(a_ledger(1), change), rows_of(1, Status="Closed"), last=rows_of(1))
    assert [(one.ours, one.theirs) for one in done.changes] == [("Closed", "Outstanding")]


@pytest.mark.parametrize(
    "value", ["Accepted ", "Accepted\n", pytest.param(None, id="emptied")], ids=repr
)
def test_spacing_is_no_change_but_an_emptied_cell_is(value):
    def change(book):
        book["Quality"]["D2"] = value

    done = post(by_hand(a_ledger(1), change), {}, last=rows_of(1))
    assert len(done.changes) == (value is None)


def test_a_formula_in_a_cell_of_ours_is_put_back_whatever_it_shows():
    def change(book):
        book["Quality"]["D2"] = '="Accepted"'

    done = post(by_hand(a_ledger(1), change), {}, last=rows_of(1))
    assert column(done.workbook, "D") == ["Accepted"]
    assert len(done.changes) == 1


def test_an_id_that_lost_its_zeros_is_put_back():
    def change(book):
        book["Quality"]["B2"] = 1

    done = post(by_hand(a_ledger(1), change), {}, last=rows_of(1))
    assert column(done.workbook, "B") == ["0000001"]
    assert [one.theirs for one in done.changes] == ["1"]


def test_a_date_changed_by_hand_is_told_as_people_write_it():
    def change(book):
        book["Quality"]["C2"] = datetime(2026, 12, 24)

    done = post(by_hand(a_ledger(1), change), {}, last=rows_of(1))
    assert [(one.ours, one.theirs) for one in done.changes] == [("22/09/2026", "24/12/2026")]


def test_a_sheet_that_is_not_compared_keeps_its_changes():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    done = post(by_hand(a_ledger(1), change), rows_of(2))
    assert column(done.workbook, "D") == ["Outstanding", "Accepted"]
    assert (done.changes, done.strangers, done.missing) == ((), (), ())


def test_the_notes_of_before_can_be_posted_with_new_ones():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    note = {"Date": date(2026, 9, 1), "Sheet": "Quality", "Row": an_id(1), "Ours": "A"}
    posts = [Post(sheet=SHEET, rows={}), Post(sheet=CHANGES, rows={"1": note})]
    done = posted(by_hand(a_ledger(1), change), posts, last={"Quality": rows_of(1)}, changed_on=DAY)
    assert column(done.workbook, "E", CHANGES.name) == ["A", "Accepted"]
    assert done.rows == 1


def test_words_changed_by_hand_are_noted_as_words():
    def change(book):
        book["Quality"]["D2"] = "=1+1 _x0041_"
        book["Quality"]["D2"].data_type = "s"

    done = post(by_hand(a_ledger(1), change), {}, last=rows_of(1))
    assert cells(done.workbook, CHANGES.name)[1][5] == done.changes[0].theirs
    assert opened(done.workbook)[CHANGES.name]["F2"].data_type != "f"
