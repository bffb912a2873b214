"""Rows come out of workbooks and CSV files as they stand, and a bad file is refused in words."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditdocs.documents.extracts.gate import MOST_BYTES
from auditdocs.documents.extracts.tables import csv_table, tables, workbook_tables
from auditdocs.errors import ExtractFault
from auditdocs.model.tables import UNSAVED, Table
from tests.makers.compounds import a_compound, an_old_workbook
from tests.makers.extracts import (
    a_caseload,
    a_csv,
    a_far_cell,
    a_front_sheet,
    a_row,
    a_workbook,
    with_part,
)

SHEET = "xl/worksheets/sheet1.xml"


def refusal(data):
    with pytest.raises(ExtractFault) as caught:
        tables(data, name="caseload")
    assert caught.value.hint
    return caught.value.text


def test_a_workbook_gives_its_sheets_in_order():
    read = workbook_tables(a_workbook([a_front_sheet(), a_caseload(a_row())]))
    assert [table.name for table in read] == ["Front sheet", "List 6"]
    assert read[0].rows[2] == ("Data as at", date(2026, 9, 30))


def test_whole_numbers_stay_whole_and_days_lose_their_time():
    row = (1000001, 6.25, True, "007", date(2026, 1, 5), None, " ", "x")
    (table,) = workbook_tables(a_workbook([Table("List 6", (row,))]))
    assert table.rows == ((1000001, 6.25, True, "007", date(2026, 1, 5), None, " ", "x"),)
    assert isinstance(table.rows[0][0], int)


def test_a_failed_look_up_is_nothing_and_a_written_one_stays():
    (table,) = workbook_tables(a_workbook([Table("List 6", (("#N/A", "n/a", "x"),))]))
    assert table.rows == ((None, "n/a", "x"),)


def test_rows_keep_the_numbers_they_have_in_excel():
    (table,) = workbook_tables(a_workbook([Table("List 6", ((), (), (None, None, "late")))]))
    assert table.rows == ((), (), (None, None, "late"))


def test_thousands_of_blank_rows_at_the_end_are_left_out():
    blank = (" ", "", None)
    (table,) = workbook_tables(a_workbook([Table("List 6", (("a",), *[blank] * 3000))]))
    assert table.rows == (("a",),)
    assert csv_table(b"a,b\r\n1,2\r\n" + b",\r\n" * 5000, name="x").rows == (("a", "b"), ("1", "2"))


def test_a_workbook_from_a_mac_keeps_its_days():
    (table,) = workbook_tables(a_workbook([a_caseload(a_row())], mac_dates=True))
    assert table.rows[1][6] == date(2026, 1, 5)


def test_a_workbook_with_macros_gives_its_values_and_runs_nothing():
    plain = a_workbook([a_caseload(a_row())])
    types = "[Content_Types].xml"
    macros = with_part(
        plain,
        types,
        lambda part: part.replace(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        extra=[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 not to be opened")],
    )
    assert tables(macros, name="caseload.xlsm") == tables(plain, name="caseload.xlsx")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<c r="G2"><f>A2+1</f></c>', UNSAVED),
        ('<c r="G2"><f>A2+1</f><v></v></c>', UNSAVED),
        ('<c r="G2"><f>A2+1</f><v>5</v></c>', 5),
        ('<c r="G2" t="str"><f>A2</f><v></v></c>', None),
        ('<c r="G2"/>', None),
    ],
)
def test_a_formula_whose_result_was_not_saved_is_told_from_an_empty_cell(cell, read):
    end = '<c r="H2"><v>7</v></c></row></sheetData>'
    data = with_part(
        a_workbook([Table("List 6", (("a",),)), Table("Other", (("b",),))]),
        SHEET,
        lambda part: part.replace(b"</sheetData>", f'<row r="2">{cell}{end}'.encode()),
    )
    first, other = workbook_tables(data)
    assert first.rows[1][6:] == (read, 7)
    assert other.rows == (("b",),)


def test_utf_16_without_its_mark_is_told_by_its_noughts():
    for encoding in ("utf-16-le", "utf-16-be"):
        data = "Child Unique ID\tWorker\r\n0012\tSiobhán\r\n".encode(encoding)
        assert csv_table(data, name="x").rows[1] == ("0012", "Siobhán")


def test_an_old_workbook_is_read_too():
    data = an_old_workbook([["Child Unique ID", "CIN Start Date"], [1000001, 46027]])
    (table,) = tables(data, name="caseload")
    assert table.rows == (("Child Unique ID", "CIN Start Date"), (1000001, date(2026, 1, 5)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_in_whatever_way_it_was_saved(encoding, delimiter):
    row = a_row("0012", worker="Zoë O’Neill", team="Care, Court; and\tMore")
    (table,) = tables(
        a_csv([a_caseload(row)], delimiter=delimiter, encoding=encoding), name="case list"
    )
    assert table.name == "case list"
    assert table.rows[1][0] == "0012"
    assert table.rows[1][-2:] == ("Care, Court; and\tMore", "Zoë O’Neill")


def test_a_title_with_commas_does_not_sway_how_a_csv_file_is_parted():
    data = b"Caseload, as at, 30/09/2026, North, South\n\nid;team;worker\n1;N;A, B\n2;S;C, D\n"
    assert csv_table(data, name="x").rows[2] == ("id", "team", "worker")


@pytest.mark.parametrize("data", [b'id,worker\n1,"Ann\n2,Ben\n', b'id,worker\n1,"A"nn\n'])
def test_a_stray_quotation_mark_never_swallows_rows(data):
    with pytest.raises(ExtractFault, match="quotation mark") as caught:
        csv_table(data, name="x")
    assert caught.value.where.startswith("line ")


def test_a_line_break_inside_quotes_does_not_move_the_rows_below():
    table = csv_table(b'id,note\n1,"two\nlines"\n2,x\n', name="x")
    assert table.rows == (("id", "note"), ("1", "two\nlines"), ("2", "x"))


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Zs")), min_size=1),
            min_size=3,
            max_size=3,
        ),
        min_size=2,
        max_size=8,
    ),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8-sig", "utf-16"]),
)
@example(rows=[[";;;;", '""', "a"]] * 2, delimiter=",", encoding="utf-8-sig")
def test_what_is_written_to_a_csv_file_is_read_from_it(rows, delimiter, encoding):
    quoted = "\r\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    read = csv_table(quoted.encode(encoding), name="x").rows
    assert read == tuple(tuple(row) for row in rows)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0" * 600, "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table><tr><td>Child ID</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><Workbook/>", "XML file"),
        (b"\x01\x02\x03\x00\x81", "neither a workbook nor a text file"),
        (b'id,note\n1,"' + b"x" * 200_000, "quotation mark"),
        (a_compound({"EncryptedPackage": b""}), "password"),
        (a_compound({"WordDocument": b""}), "old Word document"),
        (a_compound({"Quill": b""}), "no workbook"),
        (a_compound({"Workbook": b""}), "no sheet"),
    ],
)
def test_a_file_of_another_kind_is_told_apart(data, words):
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("word/document.xml", "[Content_Types].xml"), "Word document"),
        (("xl/workbook.bin", "[Content_Types].xml"), "binary workbook"),
        (("mimetype", "content.xml"), "OpenDocument"),
        (("caseload.csv",), "zip file"),
        (("xl/workbook.xml", "[Content_Types].xml", "../x.xml"), "no extract is"),
        (("xl/workbook.xml", "[Content_Types].xml", "/etc/x.xml"), "no extract is"),
        (("xl/workbook.xml", "[Content_Types].xml", *map(str, range(2000))), "no extract is"),
    ],
)
def test_a_zip_of_another_kind_is_told_apart(names, words):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    assert words in refusal(out.getvalue())


def test_a_workbook_cut_short_is_damaged():
    data = a_workbook([a_caseload(a_row())])
    assert "not whole" in refusal(data[:-30])
    assert "not whole" in refusal(data[:60] + b"\xff" * 40 + data[100:])
    assert "not whole" in refusal(data[:-3] + b"\xff" + data[-2:])


def test_a_part_cut_short_is_damaged():
    data = with_part(a_workbook([a_caseload(a_row())]), SHEET, lambda part: part[:-40])
    assert "not whole" in refusal(data)


def test_a_workbook_without_its_sheets_is_damaged():
    data = with_part(a_workbook([a_caseload(a_row())]), "xl/workbook.xml", lambda part: b"<x/>")
    assert "damaged" in refusal(data)


def test_a_document_type_is_refused_wherever_it_stands():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    for name in (SHEET, "xl/styles.xml", "docProps/core.xml"):
        data = with_part(a_workbook([a_caseload(a_row())]), name, lambda part: bomb + part)
        assert "no extract is" in refusal(data)


@pytest.mark.parametrize("reference", ["XFD1048576", "A200001", "SG1", "AAA5"])
def test_a_far_cell_is_refused_before_the_reader_sees_it(reference):
    assert "reaches further" in refusal(a_far_cell(reference))


def test_a_far_cell_that_only_its_row_gives_away_is_refused():
    assert "reaches further" in refusal(a_far_cell("", row="1048576"))


@pytest.mark.parametrize(
    "cells",
    [
        b"<row>" + b"<c><v>1</v></c>" * 501 + b"</row>",
        b"<row r='199999'/><row/><row><c><v>1</v></c></row>",
        b"<row><c r='A100000'><v>1</v></c></row><row><c r='SF2'><v>1</v></c></row>",
    ],
    ids=["cells without references", "rows without numbers", "long, then wide"],
)
def test_a_sheet_that_reaches_far_without_saying_so_is_refused(cells):
    data = with_part(
        a_workbook([Table("List 6", (("A1",),))]),
        SHEET,
        lambda part: part.replace(b"</sheetData>", cells + b"</sheetData>"),
    )
    assert "reaches further" in refusal(data)


def test_a_cell_on_the_bounds_is_read():
    (table,) = tables(a_far_cell("A200000"), name="x")
    assert len(table.rows) == 200_000


def test_a_sheet_both_long_and_wide_is_refused():
    assert "reaches further" in refusal(a_far_cell("SF100000"))


def test_a_far_cell_that_is_only_formatted_does_no_harm():
    (table,) = tables(a_far_cell("XFD1048576", content=""), name="x")
    assert table.rows == (("A1",),)


def test_a_reference_that_is_none_is_refused():
    assert "no extract is" in refusal(a_far_cell("A99999999"))


def test_a_part_that_unpacks_to_far_more_is_refused():
    sheet = a_workbook([a_caseload(a_row())])
    data = with_part(sheet, "", None, extra=[("xl/media/x.bin", b"\0" * 30_000_000)])
    assert "unpacks to far more" in refusal(data)


def test_a_file_larger_than_any_extract_is_refused_unread():
    assert "larger than" in refusal(b"a" * (MOST_BYTES + 1))


def test_a_wide_or_long_csv_file_is_refused():
    assert "reaches further" in refusal(b"a," * 500 + b"a\n")
    assert "reaches further" in refusal(b"\n" * 200_000 + b"a,b\n")


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("00000", "00123"),
        ("0000000;-0", "0000123"),
        ("00", "123"),
        ("0", 123),
        ("General", 123),
        ("0.00", 123),
    ],
)
def test_a_number_keeps_the_leading_zeros_that_excel_shows(shown, said):
    book = a_workbook([Table("List 6", (("ID", "Age"), (123, 7), ("A9", 8)))], shown=shown)
    (sheet,) = workbook_tables(book)
    assert sheet.rows == (("ID", "Age"), (said, 7), ("A9", 8))
