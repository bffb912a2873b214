"""The workbook behind a report: every figure leads to its audits, and text stays text."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from auditdocs.documents.ledger.text import MOST_TEXT
from auditdocs.documents.reports import data_workbook as module
from auditdocs.documents.reports.data_workbook import data_workbook
from tests.makers.reports import a_figure

FACTS = (("Period", "2026-27-Q2"),)


def opened(*figures, title="Figures", facts=FACTS):
    """The workbook of these figures, read back."""
    return load_workbook(BytesIO(data_workbook(figures, title=title, facts=facts)))


def cells(sheet):
    """The values of a sheet, row by row."""
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_every_figure_has_a_row_with_its_audits():
    book = opened(a_figure(), a_figure(name="Return rate", value="88%", audits=()))
    assert cells(book["Figures"]) == [
        ("Chapter", "Figure", "Value", "Audits", "Audit IDs"),
        ("Delivery", "Quality audits returned", 2, 2, "Q-2026-07-0001, Q-2026-07-0002"),
        ("Delivery", "Return rate", "88%", 0, None),
    ]


def test_every_audit_behind_a_figure_has_a_row():
    book = opened(a_figure(), a_figure(name="Late", audits=("Q-2026-07-0002",)))
    assert cells(book["Audits behind"]) == [
        ("Chapter", "Figure", "Audit ID"),
        ("Delivery", "Quality audits returned", "Q-2026-07-0001"),
        ("Delivery", "Quality audits returned", "Q-2026-07-0002"),
        ("Delivery", "Late", "Q-2026-07-0002"),
    ]


def test_the_rows_are_tables_that_can_be_filtered():
    book = opened(a_figure())
    tables = {name: book[name].tables[name.replace(" ", "")] for name in book.sheetnames[:2]}
    assert {name: table.ref for name, table in tables.items()} == {
        "Figures": "A1:E2",
        "Audits behind": "A1:C3",
    }
    assert all(table.autoFilter.ref == table.ref for table in tables.values())
    assert book["Audits behind"].freeze_panes == "A2"


def test_a_reader_that_goes_by_the_sheets_dimension_sees_every_row():
    data = data_workbook([a_figure()], title="Figures", facts=())
    book = load_workbook(BytesIO(data), read_only=True)
    assert len(list(book["Audits behind"].iter_rows())) == 3
    book.close()


def test_without_figures_there_are_still_tables():
    book = opened()
    assert book["Figures"].tables["Figures"].ref == "A1:E2"
    assert book["Audits behind"].tables["Auditsbehind"].ref == "A1:C2"


def test_the_last_sheet_says_what_the_figures_are_of():
    book = opened(a_figure(), title="SMG report, 2026-27-Q2")
    assert cells(book["About"]) == [("SMG report, 2026-27-Q2", None), ("Period", "2026-27-Q2")]
    assert book.properties.title == "SMG report, 2026-27-Q2"


def test_more_audits_than_a_cell_holds_are_counted_and_all_stand_on_the_next_sheet():
    audits = tuple(f"Q-2026-07-{number:04}" for number in range(5000))
    book = opened(a_figure(audits=audits))
    listed = book["Figures"]["E2"].value
    kept, _, rest = listed.partition(" and ")
    assert len(listed) <= MOST_TEXT
    assert len(kept.split(", ")) + int(rest.split()[0]) == 5000
    assert rest.endswith("more: see the sheet Audits behind")
    assert tuple(row[2] for row in cells(book["Audits behind"])[1:]) == audits


def test_more_rows_than_a_sheet_holds_go_on_to_the_next(monkeypatch):
    monkeypatch.setattr(module, "ROWS_MOST", 3)
    book = opened(a_figure(), a_figure(), a_figure())
    assert book.sheetnames == ["Figures", "Audits behind", "Audits behind 2", "About"]
    assert [len(cells(book[name])) for name in book.sheetnames[1:3]] == [4, 4]
    assert book["Audits behind 2"].tables["Auditsbehind2"].ref == "A1:C4"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["", "=", "+", "-", "@", "#N/A", "\t", "'", " "]))
def test_text_never_becomes_a_formula_a_link_or_a_number(words, start):
    told = start + words
    kept = "".join(letter for letter in told if letter in "\t\n" or letter.isprintable())
    book = opened(a_figure(name=kept, audits=(kept,)), facts=((kept, kept),))
    found = (book["Figures"]["B2"], book["Audits behind"]["C2"], book["About"]["B2"])
    assert [cell.value or "" for cell in found] == [kept] * 3
    assert {cell.data_type for cell in found if cell.value} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for cell in found)


def test_text_that_looks_like_a_formula_stays_text_when_it_is_edited():
    book = opened(a_figure(name="=1+1", audits=("@SUM(A1)",)))
    assert book["Figures"]["B2"].quotePrefix
    assert book["Audits behind"]["C2"].quotePrefix
    assert not book["Figures"]["A2"].quotePrefix


def test_marks_that_no_document_holds_are_left_out():
    book = opened(a_figure(name="a\x00b\x0bc\ufffe", audits=("Q\x01",)), title="T\x02")
    assert book["Figures"]["B2"].value == "abc"
    assert book["Audits behind"]["C2"].value == "Q"


def test_the_same_figures_are_always_the_same_bytes_and_tell_no_time():
    data = data_workbook([a_figure()], title="Figures", facts=FACTS)
    assert data == data_workbook([a_figure()], title="Figures", facts=FACTS)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert b"dcterms:created" not in archive.read("docProps/core.xml")
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize("letter", ["a", "\N{FACE WITH TEARS OF JOY}"])
def test_text_of_more_than_a_cell_holds_is_cut_and_says_so(letter):
    long, most = letter * (MOST_TEXT + 1), 2 * MOST_TEXT
    book = opened(a_figure(name=long), title=long, facts=(("Period", long),))
    for told in (book["Figures"]["B2"], book["Audits behind"]["B2"], book["About"]["B2"]):
        assert told.value.endswith(module.CUT)
        assert most - 4 < len(told.value.encode("utf-16-le")) <= most
