"""What people set on a sheet of the ledger stays when the sheet is posted to."""

import openpyxl
import pytest

from tests.makers.workbooks import a_ledger, a_sheet, an_id, by_hand, opened, post, rows, rows_of


def renamed(book):
    book["Quality"].title = "Audits of quality"


def table_renamed(book):
    (table,) = book["Quality"].tables.values()
    table.name = table.displayName = "Ours"


def protected(book):
    book["Quality"].protection.sheet = True
    book["Quality"].protection.password = "x"


def frozen_elsewhere(book):
    book["Quality"].freeze_panes = "E4"


def filtered(book):
    (table,) = book["Quality"].tables.values()
    table.autoFilter.add_filter_column(0, [an_id(1)])
    book["Quality"].row_dimensions[3].hidden = True


def hidden_column(book):
    book["Quality"].column_dimensions["C"].hidden = True


def merged_below(book):
    book["Quality"].merge_cells("A12:C13")
    book["Quality"]["A12"] = "Ours to keep"


def named(book):
    name = openpyxl.workbook.defined_name.DefinedName("mine", attr_text="Quality!$A$2:$A$4")
    book.defined_names["mine"] = name


def deep_in_the_past(book):
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904


SETTINGS = {
    renamed: lambda sheet: sheet.title == "Audits of quality",
    table_renamed: lambda sheet: list(sheet.tables) == ["Ours"],
    protected: lambda sheet: sheet.protection.sheet and sheet.protection.password,
    frozen_elsewhere: lambda sheet: sheet.freeze_panes == "E4",
    filtered: lambda sheet: (
        sheet.row_dimensions[3].hidden and next(iter(sheet.tables.values())).autoFilter.filterColumn
    ),
    hidden_column: lambda sheet: sheet.column_dimensions["C"].hidden,
    merged_below: lambda sheet: (
        [str(one) for one in sheet.merged_cells.ranges] == ["A13:C14"]
        and sheet["A13"].value == "Ours to keep"
    ),
    named: lambda sheet: sheet.parent.defined_names["mine"].attr_text == "Quality!$A$2:$A$4",
    deep_in_the_past: lambda sheet: sheet.parent.epoch.year == 1904,
}


@pytest.mark.parametrize(
    ("setting", "stays"), SETTINGS.items(), ids=lambda each: getattr(each, "__name__", "")
)
def test_what_people_set_stays_and_the_rows_come(setting, stays):
    standing = rows_of(1, 2, 3)
    workbook = by_hand(a_ledger(1, 2, 3), setting)
    done = post(workbook, {**standing, **rows_of(4)}, last=standing)
    assert not done.warnings
    assert set(rows(done.workbook, a_sheet())) >= {an_id(number) for number in (1, 2, 3, 4)}
    sheets = [sheet for sheet in opened(done.workbook) if sheet.tables]
    sheet = next(one for one in sheets if one.title in ("Quality", "Audits of quality"))
    assert stays(sheet)
    (table,) = sheet.tables.values()
    assert table.ref.endswith("5")
