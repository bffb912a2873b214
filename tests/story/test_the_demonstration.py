"""The demonstration council: it shows every way a file can end, and its documents are sound."""

import shutil
import zipfile
from collections import Counter
from datetime import date

import openpyxl
import pytest

from auditdocs.documents.accessibility import faults
from auditdocs.places.journal.caseload import caseload
from auditdocs.places.libreoffice import program
from auditdocs.rules.register.smg_actions import SPARE
from auditdocs.steps.demo import demonstrated
from auditdocs.steps.office import opened
from tests.makers.offices import a_clock
from tests.outline import paragraphs
from tests.validity import needs_the_validator, repairs


@pytest.fixture(name="shown", scope="module")
def shown_(tmp_path_factory):
    """The demonstration, run once."""
    said = []
    folder = tmp_path_factory.mktemp("demonstration") / "council"
    shown = demonstrated(folder, clock=a_clock(), tell=said.append)
    return shown, said


def test_it_shows_every_way_a_file_can_end(shown):
    done, said = shown
    assert set(done.counts) == {
        "issued",
        "accepted",
        "superseded",
        "duplicate",
        "set-aside",
        "extract",
        "register",
    }
    assert done.counts["accepted"] > 30
    assert len(said) == 12


def test_every_place_that_it_names_is_there(shown):
    done, _ = shown
    assert all((done.root / where).exists() for where in done.places.values())


def test_one_form_still_waits_because_somebody_has_it_open(shown):
    done, _ = shown
    waiting = [path.name for path in (done.root / "inbox").glob("[!.]*")]
    assert sorted(waiting) == ["still open.docx", "~$still open.docx"]


def test_its_quarter_has_letters_and_a_dispute_that_was_decided(shown):
    done, _ = shown
    book = openpyxl.load_workbook(done.root / "ledger.xlsx")
    rows = list(book["Disputes"].iter_rows(values_only=True))
    (dispute,) = [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(row)]
    assert dispute["Standing"] == "Decided"
    assert dispute["Final grade"] == "Good"
    letters = [row[2] for row in book["Letters"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert {"Contact sheet", "Supervision slip", "Referral to the Head of Service"} <= {*letters}


def test_the_ledger_counts_what_was_counted_on_the_way(shown):
    done, _ = shown
    book = openpyxl.load_workbook(done.root / "ledger.xlsx")
    outcomes = Counter(row[3] for row in book["Returns"].iter_rows(min_row=2, values_only=True))
    assert outcomes["Duplicate"] == done.counts["duplicate"]
    assert outcomes["Set aside"] == done.counts["set-aside"]
    assert outcomes["Superseded"] == done.counts["superseded"]
    assert outcomes["Accepted"] == done.counts["accepted"] - done.counts["superseded"]


def documents(root):
    """One document of every kind that was made."""
    found = {}
    for path in sorted(root.rglob("*.docx")) + sorted(root.rglob("*.xlsx")):
        place = path.relative_to(root).parts
        sound = "set-aside" not in place or path.name.endswith(".note.docx")
        if sound and place[0] in ("outbox", "ledger.xlsx", "templates"):
            kind = path.name.partition("-2026")[0] if "-2026" in path.name else path.name
            found.setdefault((*place[:2], kind[:12], path.suffix), path)
    return list(found.values())


def test_reports_keep_nobody_from_reading_them(shown):
    done, _ = shown
    for path in (done.root / "outbox/reports").glob("*.docx"):
        assert faults(path.read_bytes()) == ()


def test_no_report_names_a_child_or_a_worker_of_the_caseload(shown):
    done, _ = shown
    with opened(done.root, today=date(2026, 10, 5), clock=a_clock()) as office:
        cases = caseload(office.journal).cases
    names = {f"{case.forename} {case.surname}" for case in cases if case.surname}
    names |= {each for case in cases for each in (case.child_id, case.worker) if each}
    assert len(names) > 100
    for path in (done.root / "outbox/reports").glob("* report *"):
        with zipfile.ZipFile(path) as archive:
            told = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace")
        assert not [name for name in names if name in told], path.name


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_the_contents_of_a_report_tell_the_pages_in_order(shown):
    done, _ = shown
    (path,) = (done.root / "outbox/reports").glob("SMG report *.docx")
    entries = paragraphs(path.read_bytes(), "TOC1", "TOC2")
    pages = [int(entry.rpartition("\t")[2]) for entry in entries]
    assert pages == sorted(pages)
    assert pages[0] == 2
    assert pages[-1] > 15


def test_what_the_report_proposes_waits_for_the_group_in_the_ledger(shown):
    done, _ = shown
    sheet = openpyxl.load_workbook(done.root / "ledger.xlsx")["SMG actions"]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("SMG-")]
    assert sum(bool(row[2]) for row in rows) >= 5
    assert sum(not row[2] for row in rows) == SPARE
    assert not any(any(row[5:10]) for row in rows)


@needs_the_validator
def test_word_and_excel_find_nothing_to_repair(shown):
    done, _ = shown
    assert repairs(documents(done.root)) == {}


def test_its_journal_lost_and_recovered_gives_the_same_ledger_cell_by_cell(shown, run, tmp_path):
    """Every kind: forms, discussions, decisions, agreements, check lists, letters."""

    def cells(root):
        book = openpyxl.load_workbook(root / "ledger.xlsx", read_only=True)
        rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
        book.close()
        return rows

    root = tmp_path / "council"
    shutil.copytree(shown[0].root, root)
    on = ("-w", root, "--today", "2026-10-05")
    run(*on, "ledger", "rebuild")
    before = cells(root)
    assert all(len(before[name]) > 1 for name in ("Letters", "Disputes", "Accuracy", "Agreements"))
    (root / ".auditdocs/journal.sqlite3").unlink()
    for copy in (root / "archive/journal").glob("journal *"):
        copy.unlink()
    run(*on, "recover")
    run(*on, "ledger", "rebuild")
    assert cells(root) == before
