"""An extract and a staff list as files, opened by those who read such files."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from auditdocs.documents.extracts.build import annex_a_workbook, staff_csv
from auditdocs.rules.made_up.council import made_up_council

COUNCIL = made_up_council(data_date=date(2026, 9, 30), children=40)
SHEET = (
    ("Child Unique ID", "Date of Birth", "Age", "Note", "007"),
    (1000001, date(2016, 2, 29), 10.5, "=1+1", "Renn\N{NO-BREAK SPACE}Ośwell"),
    (1000002, None, True, "@SUM(A1)", "#N/A"),
)


@pytest.fixture(scope="module")
def book():
    """The made-up council's workbook, as bytes."""
    return annex_a_workbook(COUNCIL.sheets)


def opened(data):
    return openpyxl.load_workbook(BytesIO(data))


def test_the_workbook_gives_back_every_cell_of_every_sheet(book):
    workbook = opened(book)
    assert workbook.sheetnames == list(COUNCIL.sheets)
    for name, rows in COUNCIL.sheets.items():
        read = [tuple(map(as_day, row)) for row in workbook[name].iter_rows(values_only=True)]
        assert read == list(rows)


def as_day(value):
    return value.date() if isinstance(value, datetime) else value


def test_the_reader_of_extracts_finds_the_same_children_and_dates(book):
    workbook = CalamineWorkbook.from_filelike(BytesIO(book))
    for name, rows in COUNCIL.sheets.items():
        read = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert [row[0] for row in read] == [row[0] for row in rows]
        days = [[cell for cell in row if isinstance(cell, date)] for row in read]
        assert days == [[cell for cell in row if isinstance(cell, date)] for row in rows]


def test_dates_are_shown_as_people_here_write_them():
    cell = opened(annex_a_workbook({"List 6": SHEET}))["List 6"]["B2"]
    assert cell.value == datetime(2016, 2, 29)
    assert cell.number_format == "dd/mm/yyyy"


def test_text_stays_text_whatever_it_looks_like():
    sheet = opened(annex_a_workbook({"List 6": SHEET}))["List 6"]
    for place, text in (("D2", "=1+1"), ("D3", "@SUM(A1)"), ("E1", "007"), ("E3", "#N/A")):
        assert (sheet[place].value, sheet[place].data_type) == (text, "s")


def test_numbers_and_truths_keep_their_kind():
    sheet = opened(annex_a_workbook({"List 6": SHEET}))["List 6"]
    assert (sheet["A2"].value, sheet["C2"].value, sheet["C3"].value) == (1000001, 10.5, True)
    assert sheet["B3"].value is None


def test_the_same_rows_always_give_the_same_bytes(book):
    assert annex_a_workbook(COUNCIL.sheets) == book


def test_headings_are_bold_and_stay_in_sight():
    sheet = opened(annex_a_workbook({"List 6": SHEET}))["List 6"]
    assert [cell.font.bold for cell in sheet[1]] == [True] * 5
    assert not sheet["A2"].font.bold
    assert sheet.freeze_panes == "B2"


def test_a_staff_list_is_what_excel_saves_as_csv_utf_8():
    data = staff_csv([("name", "aliases"), ("Żaneta O'Fernley", "O'Fernley, Żaneta")])
    assert data == "\ufeffname,aliases\r\nŻaneta O'Fernley,\"O'Fernley, Żaneta\"\r\n".encode()


def test_a_staff_list_gives_back_its_rows():
    text = staff_csv(COUNCIL.staff).decode("utf-8-sig")
    assert [tuple(row) for row in csv.reader(StringIO(text, newline=""))] == list(COUNCIL.staff)
