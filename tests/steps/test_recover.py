"""A lost journal made again: the ledger after it is the ledger before."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from auditdocs.cli import main
from auditdocs.steps.check import differences
from auditdocs.steps.post import sheets
from tests.makers.offices import DATA_DATE, Office
from tests.makers.workbooks import rows

DAY = DATA_DATE + timedelta(days=10)


ON = ("--today", f"{DAY}")


@pytest.fixture(name="made", scope="module")
def made_(tmp_path_factory):
    """Forms accepted, corrected, twice, set aside and withdrawn, through the commands."""
    office = Office.made(tmp_path_factory.mktemp("recover") / "office")

    def told(*arguments):
        CliRunner().invoke(main, ["-w", str(office.root), *ON, *arguments])

    office.drops_council(children=40)
    told("collect")
    told("issue", "completeness")
    first, second, third, *_ = office.audits()
    office.drops("a.docx", office.answers(first, DAY))
    office.drops("b.docx", office.answers(second, DAY))
    told("collect")
    office.drops("a2.docx", office.answers(first, DAY, seed="better"))
    office.drops("b again.docx", office.answers(second, DAY))
    office.drops("minutes.pdf", b"%PDF-1.7")
    told("collect")
    told("withdraw", third.audit_id, "--reason", "moved away")
    return office


@pytest.fixture(name="quarter")
def quarter_(made, tmp_path):
    """A copy of it, to lose things from."""
    shutil.copytree(made.root, tmp_path / "office")
    return Office(tmp_path / "office")


@pytest.fixture(name="on")
def on_(quarter):
    """The command line on a day of the quarter."""
    return ("-w", quarter.root, *ON)


def ledger(office):
    """Every row of every sheet of the ledger."""
    workbook = (office.root / "ledger.xlsx").read_bytes()
    with office.open(DAY) as opened:
        return {sheet.name: rows(workbook, sheet) for sheet in sheets(opened)}


def journal(office):
    return office.root / ".auditdocs/journal.sqlite3"


def the_copy(office):
    """The one copy of the journal in the archive."""
    (copy,) = (office.root / "archive/journal").glob("journal *.sqlite3")
    return copy


def without_books(office):
    """The day books are gone."""
    for book in (office.root / "archive/journal").glob("changes *"):
        book.unlink()


def everything(office):
    """Every row of every table of the journal."""
    with closing(sqlite3.connect(journal(office))) as connection:
        return list(connection.iterdump())


def test_a_lost_journal_comes_back_and_the_ledger_is_as_it_was(run, quarter, on):
    before, audits = ledger(quarter), quarter.audits()
    journal(quarter).unlink()
    run(*on, "recover")
    run(*on, "ledger", "rebuild")
    assert len(audits) > 3
    assert quarter.audits() == audits
    assert ledger(quarter) == before
    assert quarter.work(differences, today=DAY)[1] == ()


def test_no_command_begins_anew_in_a_journal_that_was_emptied(run, quarter, on):
    audits = quarter.audits()
    journal(quarter).write_bytes(b"")
    assert "journal is gone" in run(*on, "collect", status=4).err
    assert journal(quarter).read_bytes() == b""
    run(*on, "recover")
    assert quarter.audits() == audits


def test_forms_taken_after_the_copy_are_taken_again_from_the_archive(run, quarter, on):
    copy = the_copy(quarter)
    early = copy.read_bytes()
    late = next(audit for audit in quarter.audits() if audit.is_out)
    quarter.drops("late.docx", quarter.answers(late, DAY))
    run(*on, "collect")
    home = quarter.audit(late.audit_id)
    copy.write_bytes(early)
    without_books(quarter)
    journal(quarter).write_bytes(b"damaged")
    answer = run(*on, "--json", "recover")
    assert answer.data["files"] == 1
    assert (quarter.root / answer.data["damaged"]).read_bytes() == b"damaged"
    assert quarter.audit(late.audit_id) == home


def test_what_was_issued_after_copy_and_books_is_read_from_its_forms(run, quarter, on):
    copy = the_copy(quarter)
    early = copy.read_bytes()
    new = run(*on, "--json", "issue", "quality").data["issued"]
    audits = quarter.audits()
    copy.write_bytes(early)
    without_books(quarter)
    journal(quarter).unlink()
    answer = run(*on, "--json", "recover", status=1)
    assert answer.data["issued"] == [each["audit_id"] for each in new]
    assert answer.data["unknown"] == []
    assert quarter.audits() == tuple(replace(audit, carried=()) for audit in audits)


def test_a_damaged_copy_is_passed_over_for_the_one_before(run, quarter, on):
    copy = the_copy(quarter)
    shutil.copy(copy, copy.with_name("journal 2001-01-01.sqlite3"))
    copy.write_bytes(b"damaged too")
    journal(quarter).unlink()
    assert run(*on, "--json", "recover").data["copy"].endswith("journal 2001-01-01.sqlite3")


def test_a_sound_journal_is_left_alone(run, quarter, on):
    before = journal(quarter).read_bytes()
    run(*on, "recover", status=2)
    assert journal(quarter).read_bytes() == before


def test_with_neither_copy_nor_book_archive_and_forms_give_what_they_can(run, quarter, on):
    before, shown = quarter.audits(), ledger(quarter)["Completeness"]
    shutil.rmtree(quarter.root / "archive/journal")
    journal(quarter).write_bytes(b"damaged")
    (quarter.root / "outbox/forms/SUPERV-2026-07-0001 Supervision.docx").write_bytes(b"unread")
    answer = run(*on, "recover", status=1)
    assert "withdraw them" in answer.out
    assert "not known to it: SUPERV-2026-07-0001." in answer.out
    after = quarter.audits()
    assert [each for each in after if each.is_home] == [each for each in before if each.is_home]
    assert {audit.audit_id for audit in after} == {audit.audit_id for audit in before}
    assert ledger(quarter)["Completeness"] == shown


def test_with_nothing_in_the_archive_it_says_so_and_touches_nothing(run, quarter, on):
    shutil.rmtree(quarter.root / "archive")
    (quarter.root / "archive").mkdir()
    journal(quarter).write_bytes(b"damaged")
    answer = run(*on, "recover", status=4)
    assert "nothing in the archive" in answer.err
    assert journal(quarter).read_bytes() == b"damaged"


def test_with_an_old_copy_the_day_books_give_the_journal_as_it_was_row_by_row(run, quarter, on):
    copy = the_copy(quarter)
    early = copy.read_bytes()
    run(*on, "issue", "quality")
    out = next(audit for audit in quarter.audits() if audit.is_out)
    run(*on, "withdraw", out.audit_id, "--reason", "moved away")
    late = next(audit for audit in quarter.audits() if audit.is_out)
    quarter.drops("late.docx", quarter.answers(late, DAY))
    run(*on, "collect")
    before, shown = everything(quarter), ledger(quarter)
    copy.write_bytes(early)
    journal(quarter).unlink()
    answer = run(*on, "--json", "recover")
    assert answer.data["changes"] > 10
    assert (answer.data["files"], answer.data["lost"], answer.data["unknown"]) == (0, 0, [])
    assert everything(quarter) == before
    run(*on, "ledger", "rebuild")
    assert ledger(quarter) == shown


def test_without_any_copy_the_day_books_alone_give_it_back(run, quarter, on):
    before = everything(quarter)
    the_copy(quarter).unlink()
    journal(quarter).unlink()
    assert run(*on, "--json", "recover").data["copy"] == ""
    assert everything(quarter) == before


def test_a_gap_in_the_day_books_is_told_and_nothing_behind_it_is_guessed(run, quarter, on):
    the_copy(quarter).unlink()
    (book,) = (quarter.root / "archive/journal").glob("changes *")
    lines = [line for line in book.read_bytes().split(b"\n") if line]
    book.write_bytes(b"\n".join([*lines[:4], lines[4][:20], *lines[5:]]))
    journal(quarter).unlink()
    answer = run(*on, "--json", "recover", status=1)
    assert (answer.data["changes"], answer.data["lost"]) == (4, len(lines) - 5)


def test_a_lost_journal_is_never_begun_anew_by_another_command(run, quarter, on):
    journal(quarter).unlink()
    assert "auditdocs recover" in run(*on, "collect", status=4).err
    assert "auditdocs recover" in run(*on, "doctor", status=1).out
    assert not journal(quarter).exists()
