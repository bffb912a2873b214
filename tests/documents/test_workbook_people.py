"""What people do to a ledger, and what a post makes of it."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table, TableColumn, TableFormula
from PIL import Image

from auditdocs.documents.workbook import posted, rows, staff_values
from auditdocs.model.ledger import CHANGES, Column, HandChange, LedgerRow, Post
from tests.makers.workbooks import (
    DAY,
    a_ledger,
    a_row,
    a_sheet,
    an_id,
    as_excel_saves,
    by_hand,
    cells,
    changed_part,
    opened,
    packed,
    part_of,
    parts,
    post,
    rows_of,
)

SHEET = a_sheet()
YELLOW = PatternFill("solid", fgColor="FFFF00")


def column(workbook, letter, sheet="Quality"):
    """The values of a column below its heading."""
    return [cell.value for cell in opened(workbook)[sheet][letter][1:]]


def stood(*numbers):
    """What was posted for these rows the last time."""
    return rows_of(*numbers)


# Changes by hand


def test_a_cell_of_ours_changed_by_hand_is_put_back_and_noted():
    def change(book):
        book["Quality"]["D3"] = "Outstanding"

    done = post(by_hand(a_ledger(1, 2), change), {}, last=stood(1, 2))
    expected = HandChange(
        sheet="Quality", key=an_id(2), heading="Status", ours="Accepted", theirs="Outstanding"
    )
    assert done.changes == (expected,)
    assert column(done.workbook, "D") == ["Accepted", "Accepted"]
    assert cells(done.workbook, CHANGES.name)[1:] == [
        [datetime(2026, 10, 1), "Quality", an_id(2), "Status", "Accepted", "Outstanding"]
    ]


def test_changes_by_hand_are_added_below_those_of_before():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    once = post(by_hand(a_ledger(1), change), {}, last=stood(1)).workbook
    twice = post(by_hand(once, change), {}, last=stood(1)).workbook
    assert len(cells(twice, CHANGES.name)) == 3
    assert opened(twice)[CHANGES.name].tables["Changes_by_hand_table"].ref == "A1:F3"


def test_what_was_put_back_is_not_noted_again():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    once = post(by_hand(a_ledger(1), change), {}, last=stood(1)).workbook
    again = post(once, rows_of(1), last=stood(1))
    assert again.changes == ()
    assert again.workbook == once


def test_a_new_value_is_no_change_by_hand():
    done = post(a_ledger(1), rows_of(1, Status="Closed"), last=stood(1))
    assert done.changes == ()
    assert column(done.workbook, "D") == ["Closed"]


def test_a_cell_changed_by_hand_and_anew_holds_the_new_value_and_is_noted():
    def change(book):
        book["Quality"]["D2"] = "Outstanding"

    done = post(by_hand(a_ledger(1), change), rows_of(1, Status="Closed"), last=stood(1))
    assert [(one.ours, one.theirs) for one in done.changes] == [("Closed", "Outstanding")]


@pytest.mark.parametrize(
    "value", ["Accepted ", "Accepted\n", pytest.param(None, id="emptied")], ids=repr
)
def test_spacing_is_no_change_but_an_emptied_cell_is(value):
    def change(book):
        book["Quality"]["D2"] = value

    done = post(by_hand(a_ledger(1), change), {}, last=stood(1))
    assert len(done.changes) == (value is None)


def test_a_formula_in_a_cell_of_ours_is_put_back_whatever_it_shows():
    def change(book):
        book["Quality"]["D2"] = '="Accepted"'

    done = post(by_hand(a_ledger(1), change), {}, last=stood(1))
    assert column(done.workbook, "D") == ["Accepted"]
    assert len(done.changes) == 1


def test_an_id_that_lost_its_zeros_is_put_back():
    def change(book):
        book["Quality"]["B2"] = 1

    done = post(by_hand(a_ledger(1), change), {}, last=stood(1))
    assert column(done.workbook, "B") == ["0000001"]
    assert [one.theirs for one in done.changes] == ["1"]


def test_a_date_changed_by_hand_is_told_as_people_write_it():
    def change(book):
        book["Quality"]["C2"] = datetime(2026, 12, 24)

    done = post(by_hand(a_ledger(1), change), {}, last=stood(1))
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
    done = posted(by_hand(a_ledger(1), change), posts, last={"Quality": stood(1)}, changed_on=DAY)
    assert column(done.workbook, "E", CHANGES.name) == ["A", "Accepted"]
    assert done.rows == 1


def test_words_changed_by_hand_are_noted_as_words():
    def change(book):
        book["Quality"]["D2"] = "=1+1 _x0041_"
        book["Quality"]["D2"].data_type = "s"

    done = post(by_hand(a_ledger(1), change), {}, last=stood(1))
    assert cells(done.workbook, CHANGES.name)[1][5] == done.changes[0].theirs
    assert opened(done.workbook)[CHANGES.name]["F2"].data_type != "f"


# Rows


def test_sorted_rows_are_found_where_they_are():
    def backwards(book):
        page = book["Quality"]
        values = [[cell.value for cell in row] for row in page["A2:G4"]]
        for row, value in zip(page["A2:G4"], reversed(values), strict=True):
            for cell, one in zip(row, value, strict=True):
                cell.value = one

    done = post(
        by_hand(a_ledger(1, 2, 3), backwards), rows_of(1, Status="Closed"), last=stood(1, 2, 3)
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

    done = post(by_hand(a_ledger(1, 2), delete), {}, last=stood(1, 2))
    assert column(done.workbook, "A") == [an_id(2), an_id(1)]
    assert done.missing == (LedgerRow(sheet="Quality", key=an_id(1), row=3),)
    assert opened(done.workbook)["Quality"].tables["Quality_table"].ref == "A1:G3"


def test_rows_that_were_emptied_are_filled_again():
    def empty(book):
        for row in book["Quality"]["A3:G4"]:
            for cell in row:
                cell.value = None

    done = post(by_hand(a_ledger(1, 2, 3), empty), {}, last=stood(1, 2, 3))
    assert column(done.workbook, "A") == [an_id(1), an_id(2), an_id(3)]
    assert opened(done.workbook)["Quality"].tables["Quality_table"].ref == "A1:G4"


def test_a_blank_row_between_others_stays_where_it_is():
    def empty(book):
        for cell in book["Quality"][3]:
            cell.value = None

    done = post(by_hand(a_ledger(1, 2, 3), empty), rows_of(4), last=stood(1, 3))
    assert column(done.workbook, "A") == [an_id(1), None, an_id(3), an_id(4)]


def test_a_row_that_people_added_stays_and_is_told_but_not_noted():
    def add(book):
        book["Quality"]["A3"] = "Ours of June"
        book["Quality"]["D3"] = "See Ann"
        book["Quality"].tables["Quality_table"].ref = "A1:G3"

    done = post(by_hand(a_ledger(1), add), rows_of(2), last=stood(1))
    assert column(done.workbook, "A") == [an_id(1), "Ours of June", an_id(2)]
    assert done.strangers == (LedgerRow(sheet="Quality", key="Ours of June", row=3),)
    assert done.changes == ()


def test_a_row_without_a_key_is_told_too():
    def add(book):
        book["Quality"]["D3"] = "See Ann"
        book["Quality"].tables["Quality_table"].ref = "A1:G3"

    done = post(by_hand(a_ledger(1), add), {}, last=stood(1))
    assert done.strangers == (LedgerRow(sheet="Quality", key="", row=3),)


def test_of_a_copied_row_the_first_is_ours_and_the_second_is_told():
    def copy(book):
        page = book["Quality"]
        for source, target in zip(page[2], page[3], strict=True):
            target.value = source.value
        page.tables["Quality_table"].ref = "A1:G3"

    done = post(by_hand(a_ledger(1), copy), rows_of(1, Status="Closed"), last=stood(1))
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

    done = post(by_hand(a_ledger(1, 2), total), rows_of(3), last=stood(1, 2))
    table = opened(done.workbook)["Quality"].tables["Quality_table"]
    assert column(done.workbook, "A") == [an_id(1), an_id(2), an_id(3), "Total"]
    assert (table.ref, table.autoFilter.ref) == ("A1:G5", "A1:G4")
    assert done.strangers == ()


def test_rows_that_a_resized_table_left_out_are_ours_again():
    def shrink(book):
        table = book["Quality"].tables["Quality_table"]
        table.ref = table.autoFilter.ref = "A1:G2"

    done = post(by_hand(a_ledger(1, 2, 3), shrink), rows_of(4), last=stood(1, 2, 3))
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


def test_a_filtered_row_stays_hidden_and_is_posted_to():
    def hide(book):
        book["Quality"].row_dimensions[2].hidden = True

    done = post(by_hand(a_ledger(1, 2), hide), rows_of(1, Status="Closed"))
    assert opened(done.workbook)["Quality"].row_dimensions[2].hidden
    assert column(done.workbook, "D") == ["Closed", "Accepted"]


# Columns


def swap(book):
    """Move Status before Child ID, as by dragging."""
    page = book["Quality"]
    for row in page["A1:G3"]:
        row[1].value, row[3].value = row[3].value, row[1].value
    names = page.tables["Quality_table"].tableColumns
    names[1].name, names[3].name = "Status", "Child ID"


def test_a_column_that_was_moved_is_found_where_it_is():
    done = post(by_hand(a_ledger(1, 2), swap), rows_of(2, 3, Status="Closed"), last=stood(1, 2))
    assert column(done.workbook, "B") == ["Accepted", "Closed", "Closed"]
    assert column(done.workbook, "D") == ["0000001", "0000002", "0000003"]
    assert done.changes == ()


def add_days_late(book):
    """A column of people's own at the table's end."""
    page = book["Quality"]
    page["H1"], page["H2"] = "Seen by", "Sue"
    table = page.tables["Quality_table"]
    table.ref = table.autoFilter.ref = "A1:H3"
    table.tableColumns.append(TableColumn(id=8, name="Seen by"))


def test_a_column_that_people_added_is_kept():
    done = post(
        by_hand(a_ledger(1, 2), add_days_late), rows_of(1, 3, Status="Closed"), last=stood(1, 2)
    )
    assert column(done.workbook, "H") == ["Sue", None, None]
    assert opened(done.workbook)["Quality"].tables["Quality_table"].ref == "A1:H4"
    assert done.changes == ()


def add_calculated(book):
    """A column of people's own that computes the same in every row."""
    page = book["Quality"]
    words = "Quality_table[[#This Row],[Due]]+14"
    page["H1"], page["H2"] = "Chase on", f"={words}"
    table = page.tables["Quality_table"]
    table.ref = table.autoFilter.ref = "A1:H2"
    formula = TableFormula(attr_text=words)
    table.tableColumns.append(TableColumn(id=8, name="Chase on", calculatedColumnFormula=formula))


def test_what_people_compute_in_every_row_is_computed_in_new_ones():
    ledger = by_hand(a_ledger(1), add_calculated)
    done = post(ledger, rows_of(2), last=stood(1)).workbook
    assert column(done, "H") == ["=Quality_table[[#This Row],[Due]]+14"] * 2
    assert opened(done).calculation.fullCalcOnLoad
    changed = post(ledger, rows_of(1, Status="Closed")).workbook
    assert not opened(changed).calculation.fullCalcOnLoad


def drop_due(book):
    """Delete the column Due."""
    page = book["Quality"]
    page.delete_cols(3)
    table = page.tables["Quality_table"]
    table.ref = table.autoFilter.ref = "A1:F3"
    del table.tableColumns[2]


def test_a_column_of_ours_that_was_removed_comes_back_at_the_end():
    done = post(by_hand(a_ledger(1, 2), drop_due), rows_of(3), last=stood(1, 2))
    page = opened(done.workbook)["Quality"]
    assert page["G1"].value == "Due"
    assert column(done.workbook, "G") == [datetime(2026, 9, 22)] * 3
    assert page["G2"].number_format == "dd/mm/yyyy"
    assert page.tables["Quality_table"].ref == "A1:G4"
    assert [one.name for one in page.tables["Quality_table"].tableColumns][-1] == "Due"
    assert done.changes == ()
    assert '"Due"' in done.warnings[0]


def test_a_column_that_is_new_in_the_contract_comes_at_the_end():
    wider = a_sheet(more=(Column(heading="Filed on", staff=True, kind="date"),))
    done = post(a_ledger(1), rows_of(2, Filed_on=date(2026, 9, 30)), sheet=wider)
    assert staff_values(done.workbook, [wider])["Quality"][an_id(2)]["Filed on"] == date(
        2026, 9, 30
    )
    page = opened(done.workbook)["Quality"]
    assert page["H1"].fill.fgColor.rgb == page["G1"].fill.fgColor.rgb


def test_a_column_cannot_come_back_where_people_use_the_cells_beside_the_table():
    def drop_and_note(book):
        drop_due(book)
        book["Quality"]["G2"] = "mine"

    done = post(
        by_hand(a_ledger(1, 2), drop_and_note), rows_of(1, Status="Closed"), last=stood(1, 2)
    )
    assert column(done.workbook, "G") == ["mine", None]
    assert "cannot be put" in done.warnings[0]
    assert column(done.workbook, "C") == ["Closed", "Accepted"]


# Sheets


def test_a_renamed_sheet_is_known_by_its_table():
    def rename(book):
        book["Quality"].title = "Quality audits 2026"

    done = post(by_hand(a_ledger(1), rename), rows_of(2))
    assert column(done.workbook, "A", "Quality audits 2026") == [an_id(1), an_id(2)]
    assert opened(done.workbook).sheetnames == ["Read me", "Quality audits 2026", CHANGES.name]


def test_a_deleted_sheet_is_put_back_with_its_rows_and_its_looks():
    def delete(book):
        del book["Quality"]
        book.create_sheet("Mine")["A1"] = "kept"

    done = post(by_hand(a_ledger(1, 2), delete), {}, last=stood(1, 2))
    book = opened(done.workbook)
    assert book.sheetnames == ["Read me", CHANGES.name, "Mine", "Quality"]
    assert list(rows(done.workbook, SHEET)) == [an_id(1), an_id(2)]
    assert [one.key for one in done.missing] == [an_id(1), an_id(2)]
    assert done.warnings == ('The sheet "Quality" was gone and was put back.',)
    fresh = opened(a_ledger(1))["Quality"]
    for cell in ("A1", "F1", "C2"):
        assert book["Quality"][cell].fill.fgColor.rgb == fresh[cell].fill.fgColor.rgb
        assert book["Quality"][cell].number_format == fresh[cell].number_format
    rules = book["Quality"].conditional_formatting
    assert [rule.dxf.font.color.rgb[-6:] for one in rules for rule in one.rules] == [
        "9C0006",
        "FFFFFF",
    ]


def test_both_sheets_deleted_come_back_together():
    def delete(book):
        del book["Quality"]
        del book[CHANGES.name]

    done = post(by_hand(a_ledger(1), delete), rows_of(1), last={})
    assert opened(done.workbook).sheetnames == ["Read me", "Quality", CHANGES.name]
    assert post(done.workbook, rows_of(1), last=rows_of(1)).workbook == done.workbook


# What people add


def with_everything(book):
    """A chart, a picture, comments, formats, another sheet with a table of its own."""
    page, mine = book["Quality"], book.create_sheet("Mine")
    mine.append(["Team", "Count"])
    mine.append(["North", 3])
    mine.add_table(Table(displayName="Counts", ref="A1:B2"))
    chart = BarChart()
    chart.add_data(Reference(mine, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    page.add_chart(chart, "J2")
    dot = BytesIO()
    Image.new("RGB", (4, 4), "red").save(dot, "PNG")
    mine.add_image(Picture(dot), "D2")
    page["D2"].comment = Comment("Ask Sue", "Ann")
    page.conditional_formatting.add(
        "D2:D3", CellIsRule(operator="equal", formula=['"x"'], fill=YELLOW)
    )


def test_what_people_add_survives_byte_for_byte():
    before = by_hand(a_ledger(1, 2), with_everything)
    after = post(before, rows_of(1, 3, Status="Closed"), last=stood(1, 2)).workbook
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {part_of(before), "xl/tables/table1.xml"}
    page = opened(after)["Quality"]
    assert page["D2"].comment.text == "Ask Sue"
    assert len(page._charts) == 1
    assert "D2:D4" in [str(one.sqref) for one in page.conditional_formatting]


def test_unchanged_parts_are_copied_as_they_were_compressed():
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts(a_ledger(1)).items():
            archive.writestr(name, content)
    with zipfile.ZipFile(BytesIO(post(stored.getvalue(), rows_of(2)).workbook)) as archive:
        kinds = {one.filename: one.compress_type for one in archive.infolist()}
        assert archive.testzip() is None
    assert kinds["xl/styles.xml"] == zipfile.ZIP_STORED
    assert kinds[part_of(a_ledger(1))] == zipfile.ZIP_DEFLATED


def test_the_calculation_chain_goes_when_a_formula_of_it_is_gone():
    def chain(workbook):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
        link = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
        entry = '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
        workbook = changed_part(
            workbook,
            "xl/_rels/workbook.xml.rels",
            lambda xml: xml.replace(b"</Relationships>", link.encode()),
        )
        return changed_part(
            workbook, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", entry.encode())
        )

    def change(book):
        book["Quality"]["D2"] = "=A2"

    calculated = chain(by_hand(a_ledger(1), change))
    calculated = packed(parts(calculated) | {"xl/calcChain.xml": b"<calcChain/>"})
    assert "xl/calcChain.xml" in parts(post(calculated, rows_of(2)).workbook)
    after = parts(post(calculated, {}, last=stood(1)).workbook)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]


def test_hand_changes_are_found_in_what_excel_saved():
    def change(book):
        book["Quality"]["D3"] = "Outstanding"

    saved = as_excel_saves(by_hand(a_ledger(1, 2), change))
    done = post(saved, rows_of(3), last=stood(1, 2))
    assert [one.theirs for one in done.changes] == ["Outstanding"]
    assert column(done.workbook, "D") == ["Accepted"] * 3
    assert DAY in [row[0].date() for row in cells(done.workbook, CHANGES.name)[1:]]
    assert rows(done.workbook, SHEET)[an_id(3)] == a_row(3) | {"Agreed": None, "Done on": None}
