"""The ledger posted in place: rows found by key, columns by heading, nothing else touched."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.documents.ledger.cells import stored
from auditdocs.documents.ledger.row import LINE
from auditdocs.documents.ledger.workbook import posted, staff_values
from auditdocs.errors import LedgerFault
from auditdocs.model.ledger import Column, Post
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
    part_of,
    parts,
    post,
    rows,
    rows_of,
    without_references,
)

SHEET = a_sheet()
TRAPS = [
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-1",
    "\ttab",
    "  both  ",
    "a\r\nb",
    "_x0041_",
    "<&amp;>",
    "🙂",
    ' r="A2"',
]
TEXT = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(TRAPS)
DATES = st.dates(date(1900, 1, 1), date(2999, 12, 31))
NUMBERS = st.integers(-(10**14), 10**14)
KEYS = st.text("ABQ-0123456789", min_size=1, max_size=12)


def shown(sheet, row):
    """A row as it must read back: clean text, "" as nothing, every declared column there."""
    return {
        column.heading: stored(row.get(column.heading), column.kind) for column in sheet.columns
    }


# Rows


def test_a_posted_row_stands_below_its_headings():
    found = cells(a_ledger(1))
    found[1][2] = found[1][2].date()
    assert found == [
        [column.heading for column in SHEET.columns],
        [*a_row().values(), None, None],
    ]


def test_the_first_row_fills_the_blank_row_and_the_table_grows_with_the_next():
    assert opened(a_ledger(1))["Quality"].tables["Quality_table"].ref == "A1:G2"
    grown = opened(a_ledger(1, 2, 3))["Quality"]
    assert grown.tables["Quality_table"].ref == "A1:G4"
    assert grown.tables["Quality_table"].autoFilter.ref == "A1:G4"
    assert grown.dimensions == "A1:G4"


def test_drop_downs_and_colours_grow_with_the_rows():
    page = opened(a_ledger(1, 2, 3))["Quality"]
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["F2:F4", "G2:G4"]
    assert [str(one.sqref) for one in page.conditional_formatting] == ["B2:B4 D2:D4 F2:F4"]


def test_new_cells_wear_the_style_of_their_column():
    page = opened(a_ledger(1, 2, 3))["Quality"]
    assert [page.cell(row, 3).number_format for row in (2, 3, 4)] == ["dd/mm/yyyy"] * 3
    assert [page.cell(row, 1).number_format for row in (2, 3, 4)] == ["@"] * 3
    assert page.cell(4, 5).alignment.wrap_text


def test_a_new_row_is_high_enough_for_what_it_shows():
    page = opened(a_ledger(rows={an_id(1): a_row(Status="word " * 12)}))["Quality"]
    assert page.row_dimensions[2].height == 4 * LINE


def test_a_posted_row_that_stands_is_changed_where_it_stands():
    changed = post(a_ledger(1, 2, 3), rows_of(2, Status="Closed"))
    assert [row[3] for row in cells(changed.workbook)] == [
        "Status",
        "Accepted",
        "Closed",
        "Accepted",
    ]
    assert changed.rows == 1


def test_posting_twice_changes_nothing():
    once = a_ledger(1, 2)
    again = post(once, rows_of(1, 2), last=rows_of(1, 2))
    assert again.workbook == once
    assert again.rows == 0


def test_a_value_that_is_gone_leaves_a_blank_cell_with_its_style():
    page = opened(post(a_ledger(1), rows_of(1, Due=None)).workbook)["Quality"]
    assert (page["C2"].value, page["C2"].number_format) == (None, "dd/mm/yyyy")


def test_what_a_post_does_not_name_stays():
    changed = post(a_ledger(1), {an_id(1): {"Status": "Closed"}}).workbook
    assert rows(changed, SHEET)[an_id(1)] == shown(SHEET, a_row(Status="Closed"))


def test_a_row_that_does_not_say_its_key_gets_it_all_the_same():
    once = post(a_ledger(1), {an_id(2): {"Status": "Out"}})
    assert list(rows(once.workbook, SHEET)) == [an_id(1), an_id(2)]
    assert post(once.workbook, {an_id(2): {"Status": "Out"}}).rows == 0


def test_words_too_long_for_a_cell_are_cut_and_say_so():
    words = rows(a_ledger(rows={an_id(1): a_row(Status="🙂" * 20_000)}), SHEET)[an_id(1)]["Status"]
    assert words.endswith(" … (cut: see the archived form)")
    assert len(words.encode("utf-16-le")) // 2 <= 32_767


def test_what_xml_cannot_hold_is_taken_out_of_the_words():
    row = a_row(Status="a\x00b\x1fc\ud800d\uffffe\r\nf\tg")
    assert rows(a_ledger(rows={an_id(1): row}), SHEET)[an_id(1)]["Status"] == "abc\ufffdde\nf\tg"


def test_two_posts_to_one_sheet_go_together():
    both = [Post(sheet=SHEET, rows=rows_of(1)), Post(sheet=SHEET, rows=rows_of(2))]
    changed = posted(a_ledger(3), both, last={}, changed_on=DAY).workbook
    assert list(rows(changed, SHEET)) == [an_id(3), an_id(1), an_id(2)]


@settings(max_examples=20, deadline=None)
@given(
    st.dictionaries(KEYS, st.fixed_dictionaries({"Words": TEXT, "Day": DATES, "Number": NUMBERS}))
)
def test_rows_posted_are_rows_read(drawn):
    sheet = a_sheet(
        key="Key",
        columns=(
            Column(heading="Key"),
            Column(heading="Words"),
            Column(heading="Day", kind="date"),
            Column(heading="Number", kind="number"),
        ),
    )
    wanted = {key: row | {"Key": key} for key, row in drawn.items()}
    empty = a_ledger(sheet=sheet, rows={"K": {"Key": "K"}})
    changed = post(empty, wanted, sheet=sheet, last={"K": {"Key": "K"}})
    found = rows(changed.workbook, sheet)
    assert {key: found[key] for key in wanted} == {
        key: shown(sheet, row) | {"Day": row["Day"]} for key, row in wanted.items()
    }
    assert post(changed.workbook, wanted, sheet=sheet, last=wanted).workbook == changed.workbook
    assert not any(formulas(changed.workbook))


def formulas(workbook):
    return (
        cell.data_type == "f" for row in opened(workbook)["Quality"].iter_rows() for cell in row
    )


# Whatever shape the file has


@pytest.mark.parametrize("shape", [as_excel_saves, without_references])
def test_a_sheet_is_posted_to_however_it_was_saved(shape):
    changed = post(shape(a_ledger(1, 2)), rows_of(2, 3, Status="Closed"), last=rows_of(1, 2))
    wanted = rows_of(1) | rows_of(2, 3, Status="Closed")
    assert rows(changed.workbook, SHEET) == {key: shown(SHEET, row) for key, row in wanted.items()}
    assert changed.changes == ()
    assert len(cells(changed.workbook)) == 4


def test_dates_are_right_in_a_workbook_that_counts_from_1904():
    def from_1904(xml):
        return xml.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')

    ledger = changed_part(a_ledger(), "xl/workbook.xml", from_1904)
    changed = post(ledger, rows_of(1)).workbook
    assert cells(changed)[1][2] == datetime(2026, 9, 22)
    assert rows(changed, SHEET)[an_id(1)]["Due"] == date(2026, 9, 22)


def test_a_sheet_without_rows_gets_its_first():
    def emptied(xml):
        head, _, rest = xml.partition(b"<sheetData>")
        return head + b"<sheetData/>" + rest.partition(b"</sheetData>")[2]

    bare = changed_part(a_ledger(1), part_of(a_ledger(1)), emptied)
    assert list(rows(post(bare, rows_of(1, 2)).workbook, SHEET)) == [an_id(1), an_id(2)]


def test_rows_that_hold_nothing_may_be_many():
    def more(xml):
        blank = b"".join(b'<row r="%d" ht="30"/>' % number for number in range(3, 40_000))
        return xml.replace(b"</sheetData>", blank + b"</sheetData>")

    ledger = a_ledger(1)
    done = post(changed_part(ledger, part_of(ledger), more), rows_of(2), last=rows_of(1)).workbook
    assert list(rows(done, SHEET)) == [an_id(1), an_id(2)]
    assert parts(done)[part_of(done)].count(b"<row ") == 40_000


def test_a_table_made_a_plain_range_is_posted_to_and_told():
    def to_range(book):
        del book["Quality"].tables["Quality_table"]

    changed = post(by_hand(a_ledger(1), to_range), rows_of(1, 2, Status="Closed"))
    assert [row[3] for row in cells(changed.workbook)] == ["Status", "Closed", "Closed"]
    assert "no longer an Excel table" in changed.warnings[0]


def test_a_table_without_its_heading_row_is_posted_to():
    def headless(book):
        page = book["Quality"]
        page.delete_rows(1)
        table = page.tables["Quality_table"]
        table.headerRowCount, table.ref, table.autoFilter = 0, "A1:G2", None

    changed = post(by_hand(a_ledger(1, 2), headless), rows_of(2, 3, Status="Closed")).workbook
    assert [row[3] for row in cells(changed)] == ["Accepted", "Closed", "Closed"]


# Staff columns


def test_what_staff_wrote_is_read_by_key_and_heading():
    def write(book):
        page = book["Quality"]
        page["F2"], page["G2"], page["F3"] = "Yes", datetime(2026, 9, 30), 7
        page["G3"], page["G4"] = "3rd October 2026", "when I can"

    found = staff_values(by_hand(a_ledger(1, 2, 3), write), [SHEET])["Quality"]
    assert found == {
        an_id(1): {"Agreed": "Yes", "Done on": date(2026, 9, 30)},
        an_id(2): {"Agreed": "7", "Done on": date(2026, 10, 3)},
        an_id(3): {"Agreed": None, "Done on": "when I can"},
    }


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("dd/mm/yyyy", date(2026, 9, 30)),
        ("mmm yy", date(2026, 9, 30)),
        ("hh:mm", "46295"),
        ('0 "days"', "46295"),
        ("General", "46295"),
    ],
)
def test_a_number_in_a_column_of_words_is_a_date_only_where_it_shows_one(shown, read):
    def write(book):
        book["Quality"]["F2"] = 46295
        book["Quality"]["F2"].number_format = shown

    found = staff_values(by_hand(a_ledger(1), write), [SHEET])["Quality"][an_id(1)]
    assert found["Agreed"] == read


def test_truths_errors_and_parts_of_numbers_are_read_as_they_show():
    def write(book):
        for row, value in enumerate((True, "#N/A", 2.5, 1e300), start=2):
            book["Quality"].cell(row, 6).value = value

    found = staff_values(by_hand(a_ledger(1, 2, 3, 4), write), [SHEET])["Quality"]
    assert [row["Agreed"] for row in found.values()] == ["TRUE", "#N/A", "2.5", str(int(1e300))]


def test_staff_columns_are_never_overwritten():
    def write(book):
        book["Quality"]["F2"] = "No"

    changed = post(by_hand(a_ledger(1), write), rows_of(1, Agreed="Yes", Status="Closed")).workbook
    assert staff_values(changed, [SHEET])["Quality"][an_id(1)]["Agreed"] == "No"


def test_staff_values_of_a_new_row_are_written_so_that_a_ledger_can_be_made_anew():
    changed = post(a_ledger(1), rows_of(2, Agreed="Yes", Done_on=date(2026, 9, 30))).workbook
    values = staff_values(changed, [SHEET])["Quality"][an_id(2)]
    assert values == {"Agreed": "Yes", "Done on": date(2026, 9, 30)}


def test_rows_without_a_key_are_not_read():
    def write(book):
        book["Quality"]["F3"] = "Yes"

    assert list(rows(by_hand(a_ledger(1), write), SHEET)) == [an_id(1)]


# What cannot be posted to


def test_a_sheet_whose_key_column_is_gone_is_refused_with_what_to_do():
    def rename(book):
        book["Quality"]["A1"] = "Number"
        book["Quality"].tables["Quality_table"].tableColumns[0].name = "Number"

    with pytest.raises(LedgerFault, match='lost its heading "Audit ID"') as refused:
        post(by_hand(a_ledger(1), rename), rows_of(1))
    assert "Quality" in refused.value.where


def test_every_part_that_is_not_posted_to_is_the_same_to_the_byte():
    before = parts(a_ledger(1))
    after = parts(post(a_ledger(1), rows_of(1, 2)).workbook)
    changed = {name for name in after if before[name] != after[name]}
    assert changed == {part_of(a_ledger(1)), "xl/tables/table1.xml"}
