"""A workspace of the first release is carried over whole, with a copy of what it was.

`first-release.zip` was made by the first release's own code: a made-up council's extract taken, two
Completeness forms home, one out. It is the only kept file among the tests, as nothing else can tell
what an earlier release really wrote.
"""

import sqlite3
import stat
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from auditdocs.documents.forms.answer import answered
from auditdocs.places.journal.schema import MIGRATIONS
from auditdocs.rules.made_up.answers import made_up_answers
from auditdocs.steps.check import differences
from tests.makers.offices import Office

KEPT = Path(__file__).parents[1] / "first-release.zip"
DAY = date(2026, 7, 20)
ON = ("--today", f"{DAY}")


@pytest.fixture(name="office")
def office_(tmp_path):
    """The workspace as the first release left it, with a staff column and a sheet of their own."""
    with zipfile.ZipFile(KEPT) as kept:
        kept.extractall(tmp_path)
    (tmp_path / "inbox").mkdir()
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    sheet = book["Recommendations"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Evidence") + 1, "Seen on file")
    book.create_sheet("Ours")["A1"] = "Our own words"
    book.save(tmp_path / "ledger.xlsx")
    return Office(tmp_path)


def rows(office, sheet):
    """A ledger sheet by heading."""
    book = openpyxl.load_workbook(office.root / "ledger.xlsx", read_only=True)
    shown = [row for row in book[sheet].iter_rows(values_only=True) if any(row)]
    book.close()
    return [dict(zip(shown[0], row, strict=True)) for row in shown[1:]]


def version(path):
    """How many migrations a journal has been through."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_a_workspace_of_the_first_release_goes_on_where_it_was(run, office):
    before = rows(office, "Completeness")
    run("-w", office.root, *ON, "collect")
    assert version(office.root / ".auditdocs/journal.sqlite3") == len(MIGRATIONS)
    (copy,) = (office.root / ".auditdocs").glob("journal 2026-07-20 version *.sqlite3")
    assert version(copy) == 1
    assert list((office.root / ".auditdocs/ledger-copies").iterdir())

    after = {row["Audit ID"]: row for row in rows(office, "Completeness")}
    for row in before:
        new, linked = after[row["Audit ID"]], f'=HYPERLINK("{row["Form"]}")'
        assert {heading: new[heading] for heading in row} == row | {"Form": linked}
        assert not (office.root / row["Form"]).stat().st_mode & stat.S_IWUSR
    assert rows(office, "Changes by hand") == []
    assert rows(office, "Recommendations")[0]["Evidence"] == "Seen on file"
    assert (
        openpyxl.load_workbook(office.root / "ledger.xlsx")["Ours"]["A1"].value == "Our own words"
    )
    assert rows(office, "Letters")
    assert office.work(differences, today=DAY) == (2, ())


def test_a_form_issued_by_the_first_release_comes_home(run, office):
    run("-w", office.root, *ON, "collect")
    (place,) = (office.root / "outbox/forms").rglob("C-2026-07-0003*.docx")
    audit = office.audit("C-2026-07-0003")
    with office.open(DAY) as opened:
        said = made_up_answers(opened.contract(audit.type), audit, audited=DAY, seed="")
    office.drops("back.docx", answered(place.read_bytes(), said.answers, said.recommendations))
    took = run("-w", office.root, *ON, "--json", "collect").data
    assert [each["audit_id"] for each in took["accepted"]] == ["C-2026-07-0003"]
    assert len(rows(office, "Completeness")) == 3


def test_what_came_before_the_day_books_is_never_replayed_without_a_copy(run, office):
    run("-w", office.root, *ON, "collect")
    for copy in (office.root / "archive/journal").glob("journal *"):
        copy.unlink()
    (office.root / ".auditdocs/journal.sqlite3").unlink()
    told = run("-w", office.root, *ON, "--json", "recover", status=1).data
    assert (told["changes"], len(told["issued"])) == (0, 3)


def test_new_columns_without_room_are_told_until_people_have_made_it(run, office):
    def beside(words):
        book = openpyxl.load_workbook(office.root / "ledger.xlsx")
        sheet = book["Recommendations"]
        sheet.cell(1, len(before) + 1).value = words
        book.save(office.root / "ledger.xlsx")

    before = rows(office, "Recommendations")[0]
    beside("Our own column")
    took = run("-w", office.root, *ON, "--json", "collect").data
    (told,) = [line for line in took["warnings"] if '"Standing"' in line]
    assert told.endswith("the cells right of the table are in use. Move those away from it.")
    said = run("-w", office.root, *ON, "ledger", "check", status=1).lines
    assert any(line.startswith("Recommendations: not on the sheet: Standing,") for line in said)
    assert rows(office, "Recommendations")[0] == before | {"Our own column": None}

    beside(None)
    run("-w", office.root, *ON, "ledger", "post")
    assert rows(office, "Recommendations")[0]["Standing"]
    run("-w", office.root, *ON, "ledger", "check")
