"""Columns that people moved, added or removed, and columns that are new."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl.worksheet.table import TableColumn, TableFormula

from auditdocs.documents.ledger.workbook import staff_values
from auditdocs.model.ledger import Column
from tests.makers.workbooks import (
    DAY,
    a_ledger,
    a_sheet,
    an_id,
    by_hand,
    cells,
    changed_part,
    column,
    opened,
    packed,
    part_of,
    parts,
    post,
    rows_of,
)

SHEET = a_sheet()


def swap(book):
    """Move Status before Child ID, as by dragging."""
    page = book["Quality"]
    for row in page["A1:G3"]:
        row[1].value, row[3].value = row[3].value, row[1].value
    names = page.tables["Quality_table"].tableColumns
    names[1].name, names[3].name = "Status", "Child ID"


def test_a_column_that_was_moved_is_found_where_it_is():
    done = post(by_hand(a_ledger(1, 2), swap), rows_of(2, 3, Status="Closed"), last=rows_of(1, 2))
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
        by_hand(a_ledger(1, 2), add_days_late), rows_of(1, 3, Status="Closed"), last=rows_of(1, 2)
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
    done = post(ledger, rows_of(2), last=rows_of(1)).workbook
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
    done = post(by_hand(a_ledger(1, 2), drop_due), rows_of(3), last=rows_of(1, 2))
    page = opened(done.workbook)["Quality"]
    assert page["G1"].value == "Due"
    assert column(done.workbook, "G") == [datetime(2026, 9, 22)] * 3
    assert page["G2"].number_format == "dd/mm/yyyy"
    assert page.tables["Quality_table"].ref == "A1:G4"
    assert [one.name for one in page.tables["Quality_table"].tableColumns][-1] == "Due"
    assert done.changes == ()
    assert '"Due"' in done.warnings[0]


def test_a_column_that_is_new_in_the_contract_comes_at_the_end():
    filed = Column(heading="Filed on", staff=True, kind="date")
    wider = a_sheet(more=(filed, Column(heading="Words", grouped=True, width=44)))
    done = post(a_ledger(1), rows_of(2, Filed_on=DAY), sheet=wider)
    assert staff_values(done.workbook, [wider])["Quality"][an_id(2)]["Filed on"] == DAY
    page = opened(done.workbook)["Quality"]
    assert page["H1"].fill.fgColor.rgb == page["G1"].fill.fgColor.rgb
    assert page["H3"].number_format == "dd/mm/yyyy"
    assert page.column_dimensions["H"].width == filed.width
    assert (page.column_dimensions["I"].hidden, page.column_dimensions["I"].width) == (True, 44)
    rules = {str(one.sqref): one.type for one in page.data_validations.dataValidation}
    assert rules["H2:H3"] == "date"


def test_a_new_column_stands_before_those_that_people_dressed_far_out():
    def hide(book):
        book["Quality"].column_dimensions["T"].hidden = True

    wider = a_sheet(more=(Column(heading="Words", width=44),))
    done = post(by_hand(a_ledger(1), hide), rows_of(2), sheet=wider)
    sheet = parts(done.workbook)[part_of(done.workbook)]
    places = [int(place) for place in re.findall(rb'<col [^>]*?min="(\d+)"', sheet)]
    assert places == sorted(places)
    assert {8, 20} <= set(places)


def test_a_new_column_is_seen_where_people_hid_all_that_they_did_not_use():
    def hide(part):
        rest = b'<col min="8" max="16384" width="9" hidden="1" customWidth="1"/></cols>'
        return part.replace(b"</cols>", rest)

    wider = a_sheet(more=(Column(heading="Words", width=44), Column(heading="More", width=30)))
    ledger = a_ledger(1)
    done = post(changed_part(ledger, part_of(ledger), hide), rows_of(2), sheet=wider)
    sheet = parts(done.workbook)[part_of(done.workbook)]
    found = re.findall(rb'<col min="(\d+)" max="(\d+)" width="(\d+)"', sheet)
    assert found[-3:] == [(b"8", b"8", b"44"), (b"9", b"9", b"30"), (b"10", b"16384", b"9")]


def test_a_drop_down_comes_where_there_was_none():
    plain = a_sheet(columns=SHEET.columns[:4])
    ledger = a_ledger(sheet=plain, rows=rows_of(1, 2))
    page = opened(post(ledger, rows_of(1)).workbook)["Quality"]
    rules = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation}
    assert rules["F2:F3"] == '"Yes,No"'


def test_a_column_comes_back_where_there_is_just_room_for_it():
    def drop_and_note(book):
        drop_due(book)
        book["Quality"]["H2"] = "mine"

    done = post(by_hand(a_ledger(1, 2), drop_and_note), {}, last=rows_of(1, 2))
    assert cells(done.workbook)[0][6] == "Due"
    assert column(done.workbook, "H") == ["mine", None]


def test_a_column_cannot_come_back_where_people_use_the_cells_beside_the_table():
    def drop_and_note(book):
        drop_due(book)
        book["Quality"]["G2"] = "mine"

    done = post(
        by_hand(a_ledger(1, 2), drop_and_note), rows_of(1, Status="Closed"), last=rows_of(1, 2)
    )
    assert column(done.workbook, "G") == ["mine", None]
    assert "no room" in done.warnings[0]
    assert column(done.workbook, "C") == ["Closed", "Accepted"]


def reworded(old, new, **changes):
    """The sheet with a column headed anew, and its rows of now."""
    columns = [
        replace(each, heading=new, formerly=("Unheard of", old)) if each.heading == old else each
        for each in SHEET.columns
    ]
    given = {
        key: {(new if heading == old else heading): cell for heading, cell in row.items()}
        for key, row in rows_of(1, 2, 3, **changes).items()
    }
    return replace(SHEET, columns=tuple(columns)), given


def test_a_column_whose_heading_is_another_now_is_headed_anew_where_it_stands():
    sheet, now = reworded("Status", "Standing of it", Status="Closed")
    stood = by_hand(a_ledger(1, 2), add_days_late)
    done = post(stood, now, sheet=sheet, last=rows_of(1, 2))
    heads, *told = cells(done.workbook)
    assert heads == [h if h != "Status" else "Standing of it" for h in cells(stood)[0]]
    assert [row[heads.index("Standing of it")] for row in told] == ["Closed"] * 3
    assert (done.changes, done.warnings) == ((), ())
    table = opened(done.workbook)["Quality"].tables["Quality_table"]
    assert [each.name for each in table.tableColumns] == heads
    assert post(done.workbook, now, sheet=sheet, last=now).workbook == done.workbook


def test_a_change_by_hand_is_noted_though_its_column_is_headed_anew():
    sheet, now = reworded("Status", "Standing of it")
    stood = by_hand(a_ledger(1, 2), lambda book: put_under(book, "Status", "Mine"))
    done = post(stood, {an_id(2): now[an_id(2)]}, sheet=sheet, last=rows_of(1, 2))
    assert [(each.heading, each.ours, each.theirs) for each in done.changes] == [
        ("Standing of it", "Accepted", "Mine")
    ]
    assert column(done.workbook, "D") == ["Accepted", "Accepted"]


def test_a_column_that_stands_under_the_heading_of_now_was_not_changed_by_hand():
    """It is one of old: the question was worded so once, and otherwise in between."""
    sheet, now = reworded("Status", "Standing of it", Status="Closed")
    both = replace(SHEET, columns=(*SHEET.columns, Column(heading="Standing of it")))
    done = post(a_ledger(1, 2, sheet=both), now, sheet=sheet, last=rows_of(1, 2))
    assert done.changes == ()
    assert column(done.workbook, "H") == ["Closed"] * 3


def test_what_staff_wrote_is_read_under_a_heading_that_was_reworded():
    old = next(each.heading for each in SHEET.columns if each.staff)
    sheet, _ = reworded(old, "In other words")
    stood = by_hand(a_ledger(1), lambda book: put_under(book, old, "Sue"))
    assert staff_values(stood, [sheet])["Quality"][an_id(1)]["In other words"] == "Sue"


def put_under(book, heading, said):
    page = book["Quality"]
    at = [cell.value for cell in page[1]].index(heading) + 1
    page.cell(2, at).value = said


def test_a_heading_that_formulas_name_is_left_and_its_column_kept_up():
    def counting(book):
        book.create_sheet("Ours")["A1"] = "=COUNTA(Quality_table[Status])"

    sheet, now = reworded("Status", "Standing of it", Status="Closed")
    done = post(by_hand(a_ledger(1, 2), counting), now, sheet=sheet, last=rows_of(1, 2))
    heads, *told = cells(done.workbook)
    assert "Standing of it" not in heads
    assert [row[heads.index("Status")] for row in told] == ["Closed"] * 3


@pytest.mark.parametrize(
    "part",
    ["pivotCache/pivotCacheDefinition1.xml", "slicerCaches/slicerCache1.xml", "connections.xml"],
)
def test_where_people_have_pivots_slicers_or_queries_the_old_heading_is_left(part):
    sheet, now = reworded("Status", "Standing of it", Status="Closed")
    stood = packed(parts(a_ledger(1, 2)) | {f"xl/{part}": b"<theirs/>"})
    done = post(stood, now, sheet=sheet, last=rows_of(1, 2))
    heads, *told = cells(done.workbook)
    assert "Standing of it" not in heads
    assert [row[heads.index("Status")] for row in told] == ["Closed"] * 3


def test_columns_that_exchange_their_headings_exchange_what_stands_in_them():
    new = {"Status": "Child ID", "Child ID": "Status"}
    columns = tuple(
        replace(each, heading=new[each.heading], formerly=(each.heading,))
        if each.heading in new
        else each
        for each in SHEET.columns
    )
    now = {
        key: {new.get(heading, heading): cell for heading, cell in row.items()}
        for key, row in rows_of(1, 2).items()
    }
    sheet = replace(SHEET, columns=columns)
    done = post(a_ledger(1, 2), now, sheet=sheet, last=rows_of(1, 2))
    assert cells(done.workbook)[0] == cells(a_ledger(1, 2))[0]
    assert column(done.workbook, "B") == ["Accepted"] * 2
    assert column(done.workbook, "D") == ["0000001", "0000002"]
    assert done.changes == ()
