"""Links to the archive: the one formula that the tool writes, made of a safe path alone."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from auditdocs.documents.ledger.links import MOST, link
from auditdocs.model.ledger import Column
from tests.makers.workbooks import (
    a_ledger,
    a_row,
    a_sheet,
    an_id,
    by_hand,
    changed_part,
    opened,
    part_of,
    parts,
    post,
    rows,
)

PATH = "archive/2026/Children’s homes/Q-2026-09-0001/Q-2026-09-0001 v1.docx"
LINKED = a_sheet(more=(Column(heading="Form", kind="link", width=62),))
PLAIN = a_sheet(more=(Column(heading="Form", kind="path", width=62),))
CELL = "H2"


def rows_with(path=PATH):
    """A row whose form lies there."""
    return {an_id(1): a_row(1, Form=path)}


def a_linked_ledger(path=PATH, sheet=LINKED):
    """A ledger with that row."""
    return a_ledger(sheet=sheet, rows=rows_with(path))


def put(value):
    """What somebody writes in the cell of the link."""

    def change(book):
        book["Quality"][CELL] = value

    return change


def test_a_link_opens_the_file_at_its_path_and_shows_the_path():
    ledger = a_linked_ledger()
    assert opened(ledger)["Quality"][CELL].value == f'=HYPERLINK("{PATH}")'
    xml = parts(ledger)[part_of(ledger)].decode()
    assert f'<f>HYPERLINK("{PATH}")</f><v>{PATH}</v>' in xml
    assert rows(ledger, LINKED)[an_id(1)]["Form"] == PATH
    assert opened(ledger)["Quality"][CELL].font.underline == "single"


def test_a_ledger_with_a_link_that_stands_is_not_written_again():
    ledger = a_linked_ledger()
    again = post(ledger, rows_with(), sheet=LINKED, last=rows_with())
    assert (again.rows, again.changes) == (0, ())
    assert again.workbook == ledger


HOSTILE = (
    '=cmd|"/c calc"!A1',
    'archive/a.docx"),WEBSERVICE("http://x',
    "../../secrets/a.docx",
    "archive/../../a.docx",
    "/etc/passwd.txt",
    "//server/share/a.docx",
    "\\\\server\\share\\a.docx",
    "C:/Windows/a.docx",
    "https://example.org/a.docx",
    "archive/a#b.docx",
    "archive/%2e%2e/a.docx",
    "archive/[Book.xlsx]Sheet!A1.docx",
    "archive/a&b.docx",
    "archive/a.docx\n",
    "archive/2026/" + "x" * MOST + ".docx",
)


@pytest.mark.parametrize("path", HOSTILE)
def test_what_is_no_safe_path_stands_as_text(path):
    ledger = a_linked_ledger(path)
    assert opened(ledger)["Quality"][CELL].data_type != "f"
    assert b"<f>" not in parts(ledger)[part_of(ledger)]
    assert rows(ledger, LINKED)[an_id(1)]["Form"] == path


@given(some.text(max_size=300) | some.from_regex(r"(\w+/){1,3}[\w .]+\.docx", fullmatch=True))
@example("a/b.docx" + "\U0001f642" * 130)
def test_no_text_gets_out_of_its_formula(path):
    found = link(path)
    if found is not None:
        assert re.fullmatch(r"""[^"#%&<>:\\=\[\]!]+""", found.path)
        assert not found.path.startswith(("/", ".", "~"))
        assert "/." not in found.path
        assert len(found.path.encode("utf-16-le")) <= 2 * MOST


def test_the_longest_path_that_a_formula_holds_is_a_link():
    longest = "archive/" + "x" * (MOST - 13) + ".docx"
    assert len(longest) == MOST
    assert link(longest).path == longest
    assert link("x" + longest) is None


def test_a_path_that_stood_as_text_becomes_a_link_and_nobody_is_said_to_have_changed_it():
    before = a_linked_ledger(sheet=PLAIN)
    done = post(before, {}, sheet=LINKED, last=rows_with())
    assert (done.rows, done.changes) == (1, ())
    assert opened(done.workbook)["Quality"][CELL].value == f'=HYPERLINK("{PATH}")'


def test_a_ledger_that_moves_away_from_the_archive_shows_paths_again():
    done = post(a_linked_ledger(), {}, sheet=PLAIN, last=rows_with())
    assert (done.rows, done.changes) == (1, ())
    assert opened(done.workbook)["Quality"][CELL].value == PATH


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ('=HYPERLINK("archive/2026/other.docx")', "archive/2026/other.docx"),
        (f'=HYPERLINK("https://example.org/","{PATH}")', ""),
        ("archive/2026/other.docx", "archive/2026/other.docx"),
        (None, ""),
    ],
)
def test_a_link_changed_by_hand_is_put_back_and_noted(theirs, told):
    done = post(by_hand(a_linked_ledger(), put(theirs)), {}, sheet=LINKED, last=rows_with())
    assert [(one.heading, one.ours, one.theirs) for one in done.changes] == [("Form", PATH, told)]
    assert opened(done.workbook)["Quality"][CELL].value == f'=HYPERLINK("{PATH}")'


def test_a_program_that_does_not_say_what_a_formula_shows_has_changed_nothing():
    saved = by_hand(a_linked_ledger(), lambda book: None)
    assert PATH.encode() not in re.sub(rb"<f>.*?</f>", b"", parts(saved)[part_of(saved)])
    done = post(saved, {}, sheet=LINKED, last=rows_with())
    assert (done.rows, done.changes, done.workbook) == (0, (), saved)
    assert rows(saved, LINKED)[an_id(1)]["Form"] == PATH


def test_a_link_that_lies_is_found_by_the_proof():
    ledger = a_linked_ledger()

    def harmed(xml):
        return xml.replace(b'("archive/2026', b'("archive/2025', 1)

    shown = changed_part(ledger, part_of(ledger), harmed)
    done = post(shown, {}, sheet=LINKED, last=rows_with())
    assert [one.theirs for one in done.changes] == [PATH.replace("2026/Ch", "2025/Ch")]
