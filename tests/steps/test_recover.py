"""A lost journal made again: the ledger after it is the ledger before."""

import shutil
from datetime import timedelta

import pytest

from auditdocs.documents.ledger.workbook import rows
from auditdocs.steps.check import differences
from auditdocs.steps.post import sheets
from tests.makers.offices import DATA_DATE

DAY = DATA_DATE + timedelta(days=10)


@pytest.fixture(name="on")
def on_(office):
    """The command line on a day of the quarter."""
    return ("-w", office.root, "--today", f"{DAY}")


@pytest.fixture(name="quarter")
def quarter_(run, office, on):
    """Forms accepted, corrected, twice, set aside and withdrawn, through the commands."""
    office.drops_council(children=40)
    run(*on, "collect")
    run(*on, "issue", "completeness")
    first, second, third, *_ = office.audits()
    office.drops("a.docx", office.answers(first, DAY))
    office.drops("b.docx", office.answers(second, DAY))
    run(*on, "collect")
    office.drops("a2.docx", office.answers(first, DAY, seed="better"))
    office.drops("b again.docx", office.answers(second, DAY))
    office.drops("minutes.pdf", b"%PDF-1.7")
    run(*on, "collect", status=1)
    run(*on, "withdraw", third.audit_id, "--reason", "moved away")
    return office


def ledger(office):
    """Every row of every sheet of the ledger."""
    workbook = (office.root / "ledger.xlsx").read_bytes()
    with office.open(DAY) as opened:
        return {sheet.name: rows(workbook, sheet) for sheet in sheets(opened)}


def journal(office):
    return office.root / ".auditdocs/journal.sqlite3"


def test_a_lost_journal_comes_back_and_the_ledger_is_as_it_was(run, quarter, on):
    before, audits = ledger(quarter), quarter.audits()
    journal(quarter).unlink()
    run(*on, "recover")
    run(*on, "ledger", "rebuild")
    assert quarter.audits() == audits
    assert ledger(quarter) == before
    assert quarter.work(differences, today=DAY)[1] == ()


def test_forms_taken_after_the_copy_are_taken_again_from_the_archive(run, quarter, on):
    copy = next((quarter.root / "archive/journal").iterdir())
    early = copy.read_bytes()
    late = next(audit for audit in quarter.audits() if audit.is_out)
    quarter.drops("late.docx", quarter.answers(late, DAY))
    run(*on, "collect")
    home = quarter.audit(late.audit_id)
    copy.write_bytes(early)
    journal(quarter).write_bytes(b"damaged")
    answer = run(*on, "--json", "recover")
    assert answer.data["files"] == 1
    assert (quarter.root / answer.data["damaged"]).read_bytes() == b"damaged"
    assert quarter.audit(late.audit_id) == home


def test_what_was_issued_after_the_copy_is_told_by_reference(run, quarter, on):
    copy = next((quarter.root / "archive/journal").iterdir())
    early = copy.read_bytes()
    new = run(*on, "--json", "issue", "quality").data["issued"]
    copy.write_bytes(early)
    journal(quarter).unlink()
    answer = run(*on, "--json", "recover", status=1)
    assert answer.data["unknown"] == sorted(each["audit_id"] for each in new)


def test_a_damaged_copy_is_passed_over_for_the_one_before(run, quarter, on):
    copy = next((quarter.root / "archive/journal").iterdir())
    shutil.copy(copy, copy.with_name("journal 2001-01-01.sqlite3"))
    copy.write_bytes(b"damaged too")
    journal(quarter).unlink()
    assert run(*on, "--json", "recover").data["copy"].endswith("journal 2001-01-01.sqlite3")


def test_a_sound_journal_is_left_alone(run, quarter, on):
    before = journal(quarter).read_bytes()
    run(*on, "recover", status=2)
    assert journal(quarter).read_bytes() == before


def test_without_a_copy_it_says_so_and_touches_nothing(run, quarter, on):
    shutil.rmtree(quarter.root / "archive/journal")
    journal(quarter).write_bytes(b"damaged")
    answer = run(*on, "recover", status=4)
    assert "no sound copy" in answer.err
    assert journal(quarter).read_bytes() == b"damaged"
