"""Rows that people sorted, deleted, added, coloured, or wrote below."""

import re

from auditdocs.model.ledger import LedgerRow
from tests.makers.workbooks import (
    DAY,
    YELLOW,
    a_ledger,
    a_sheet,
    an_id,
    by_hand,
    cells,
    changed_part,
    column,
    opened,
    part_of,
    post,
    rows,
    rows_of,
)


def test_sorted_rows_are_found_where_they_are():
    def backwards(book):
        page = book["Quality"]
        values = [[cell.value for cell in row] for row in page["A2:G4"]]
        for row, value in zip(page["A2:G4"], reversed(values), strict=True):
            for cell, one in zip(row, value, strict=True):
                cell.value = one

    done = post(
        by_hand(a_ledger(1, 2, 3), backwards), rows_of(1, Status="Closed"), last=rows_of(1, 2, 3)
    )
    assert column(done.workbook, "A") == [an_id(3), an_id(2), an_id(1)]
    assert column(done.workbook, "D") == ["Accepted", "Accepted", "Closed"]
    assert done.changes == ()


def test_a_deleted_row_comes_back_at_the_end_and_is_told():
    def delete(book):
        page = book["Quality"]
        page.delete_rows(2)
        page.tables["Quality_table"].ref = "A1:G2"
        page.tables["Quality_table"].autoFilter.ref = "A1:G2"

    done = post(by_hand(a_ledger(1, 2), delete), {}, last=rows_of(1, 2))
    assert column(done.workbook, "A") == [an_id(2), an_id(1)]
    assert done.missing == (LedgerRow(sheet="Quality", key=an_id(1), row=3),)
    assert opened(done.workbook)["Quality"].tables["Quality_table"].ref == "A1:G3"


def test_rows_that_were_emptied_are_filled_again():
    def empty(book):
        for row in book["Quality"]["A3:G4"]:
            for cell in row:
                cell.value = None

    done = post(by_hand(a_ledger(1, 2, 3), empty), {}, last=rows_of(1, 2, 3))
    assert column(done.workbook, "A") == [an_id(1), an_id(2), an_id(3)]
    assert opened(done.workbook)["Quality"].tables["Quality_table"].ref == "A1:G4"


def test_a_blank_row_between_others_stays_where_it_is():
    def empty(book):
        for cell in book["Quality"][3]:
            cell.value = None

    done = post(by_hand(a_ledger(1, 2, 3), empty), rows_of(4), last=rows_of(1, 3))
    assert column(done.workbook, "A") == [an_id(1), None, an_id(3), an_id(4)]


def test_a_row_that_people_added_stays_and_is_told_but_not_noted():
    def add(book):
        book["Quality"]["A3"] = "Ours of June"
        book["Quality"]["D3"] = "See Ann"
        book["Quality"].tables["Quality_table"].ref = "A1:G3"

    done = post(by_hand(a_ledger(1), add), rows_of(2), last=rows_of(1))
    assert column(done.workbook, "A") == [an_id(1), "Ours of June", an_id(2)]
    assert done.strangers == (LedgerRow(sheet="Quality", key="Ours of June", row=3),)
    assert done.changes == ()


def test_a_row_without_a_key_is_told_too():
    def add(book):
        book["Quality"]["D3"] = "See Ann"
        book["Quality"].tables["Quality_table"].ref = "A1:G3"

    done = post(by_hand(a_ledger(1), add), {}, last=rows_of(1))
    assert done.strangers == (LedgerRow(sheet="Quality", key="", row=3),)


def test_of_a_copied_row_the_first_is_ours_and_the_second_is_told():
    def copy(book):
        page = book["Quality"]
        for source, target in zip(page[2], page[3], strict=True):
            target.value = source.value
        page.tables["Quality_table"].ref = "A1:G3"

    done = post(by_hand(a_ledger(1), copy), rows_of(1, Status="Closed"), last=rows_of(1))
    assert column(done.workbook, "D") == ["Closed", "Accepted"]
    assert done.strangers == (LedgerRow(sheet="Quality", key=an_id(1), row=3),)


def test_rows_that_the_tool_never_posted_are_all_told_and_kept():
    numbers = range(1, 401)
    done = post(a_ledger(*numbers), {}, last={})
    assert len(done.strangers) == 400
    assert done.workbook == a_ledger(*numbers)


def test_what_stands_below_the_table_moves_down_with_it():
    def note(book):
        page = book["Quality"]
        page["A5"], page["D5"] = "Checked by", "=COUNTA(A2:A3)"
        page.merge_cells("A6:C6")
        page["A6"] = "Business support"

    done = post(by_hand(a_ledger(1, 2), note), rows_of(3, 4))
    page = opened(done.workbook)["Quality"]
    assert [page["A7"].value, page["D7"].value, page["A8"].value] == [
        "Checked by",
        "=COUNTA(A2:A3)",
        "Business support",
    ]
    assert [str(one) for one in page.merged_cells.ranges] == ["A8:C8"]
    assert page.tables["Quality_table"].ref == "A1:G5"


def test_new_rows_go_in_above_a_row_of_totals():
    def total(book):
        page = book["Quality"]
        page["A4"], page["D4"] = "Total", "=SUBTOTAL(103,D2:D3)"
        table = page.tables["Quality_table"]
        table.ref, table.totalsRowCount = "A1:G4", 1

    done = post(by_hand(a_ledger(1, 2), total), rows_of(3), last=rows_of(1, 2))
    table = opened(done.workbook)["Quality"].tables["Quality_table"]
    assert column(done.workbook, "A") == [an_id(1), an_id(2), an_id(3), "Total"]
    assert (table.ref, table.autoFilter.ref) == ("A1:G5", "A1:G4")
    assert done.strangers == ()


def test_rows_that_a_resized_table_left_out_are_ours_again():
    def shrink(book):
        table = book["Quality"].tables["Quality_table"]
        table.ref = table.autoFilter.ref = "A1:G2"

    done = post(by_hand(a_ledger(1, 2, 3), shrink), rows_of(4), last=rows_of(1, 2, 3))
    assert column(done.workbook, "A") == [an_id(1), an_id(2), an_id(3), an_id(4)]
    assert opened(done.workbook)["Quality"].tables["Quality_table"].ref == "A1:G5"
    assert done.missing == ()


def test_a_title_above_the_table_stays_there():
    def title(book):
        page = book["Quality"]
        page.insert_rows(1, 2)
        page["A1"] = "North and South"
        table = page.tables["Quality_table"]
        table.ref = table.autoFilter.ref = "A3:G4"

    done = post(by_hand(a_ledger(1), title), rows_of(1, 2, Status="Closed"))
    found = cells(done.workbook)
    assert found[0][0] == "North and South"
    assert [row[3] for row in found[2:]] == ["Status", "Closed", "Closed"]


def test_a_coloured_row_and_its_height_stay_and_are_not_handed_on():
    def colour(book):
        page = book["Quality"]
        page["D3"].fill = YELLOW
        page.row_dimensions[3].height = 77

    done = post(by_hand(a_ledger(1, 2), colour), rows_of(2, 3, Status="Closed"))
    page = opened(done.workbook)["Quality"]
    assert (page["D3"].value, page["D3"].fill.fgColor.rgb[-6:]) == ("Closed", "FFFF00")
    assert page.row_dimensions[3].height == 77
    assert page["D4"].fill.fill_type is None


def test_new_cells_wear_the_style_of_the_row_above_where_columns_have_none():
    def plain(xml):
        return re.sub(rb'(<col [^>]*?) style="\d+"', rb"\1", xml)

    def colour(book):
        for cell in book["Quality"][2]:
            cell.fill = YELLOW

    ledger = by_hand(changed_part(a_ledger(1), part_of(a_ledger(1)), plain), colour)
    page = opened(post(ledger, {an_id(2): {"Due": DAY}}).workbook)["Quality"]
    assert [cell.fill.fgColor.rgb[-6:] for cell in page[3]] == ["FFFF00"] * 7
    assert page["C3"].number_format == "dd/mm/yyyy"


def test_a_date_never_wears_a_style_that_shows_a_number():
    def general(book):
        for row in (2, 3):
            book["Quality"].cell(row, 3).number_format = "General"
        book["Quality"].column_dimensions["C"].number_format = "General"

    changed = post(by_hand(a_ledger(1), general), rows_of(1, 2, Due=DAY)).workbook
    page = opened(changed)["Quality"]
    assert [page[cell].number_format for cell in ("C2", "C3")] == ["dd/mm/yyyy"] * 2


def test_a_date_is_written_in_words_where_no_style_shows_dates():
    def no_dates(xml):
        return xml.replace(b"dd/mm/yyyy", b"0.00")

    ledger = changed_part(a_ledger(1), "xl/styles.xml", no_dates)
    changed = post(ledger, rows_of(2, Due=DAY)).workbook
    assert column(changed, "C")[1] == "01/10/2026"
    assert rows(changed, a_sheet())[an_id(2)]["Due"] == DAY


def test_a_filtered_row_stays_hidden_and_is_posted_to():
    def hide(book):
        book["Quality"].row_dimensions[2].hidden = True

    done = post(by_hand(a_ledger(1, 2), hide), rows_of(1, Status="Closed"))
    assert opened(done.workbook)["Quality"].row_dimensions[2].hidden
    assert column(done.workbook, "D") == ["Closed", "Accepted"]
