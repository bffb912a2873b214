"""The ledger posted to from the journal: what changed is posted, what people did is healed."""

import os
import stat
import time
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl.worksheet.table import TableColumn

from auditdocs.errors import UsageFault
from auditdocs.model.audit import CLOSED
from auditdocs.model.ledger import Line
from auditdocs.places.journal.closed import close_rows
from auditdocs.places.journal.posted import keep_staff_columns, staff_row
from auditdocs.places.journal.returns import record
from auditdocs.places.ledger import ledger
from auditdocs.places.owner import LIVES
from auditdocs.steps.check import differences
from auditdocs.steps.close_year import closed_year
from auditdocs.steps.collect import collected
from auditdocs.steps.gather.audits import lines_of_audits
from auditdocs.steps.gather.follow_up import lines_of_followed
from auditdocs.steps.gather.waiting import Waiting
from auditdocs.steps.issue import issued
from auditdocs.steps.post import LEDGER_SHA, post, sheets
from auditdocs.steps.rebuild import rebuilt
from auditdocs.steps.standing import withdrawn
from auditdocs.steps.wish import Wish
from tests.makers.offices import Office
from tests.makers.workbooks import rows

DAY = date(2026, 7, 10)
COPIED = "Contact sheet attached to the case record on"
ASKED = "Parental responsibility and legal status stated"
SUPERVISED = "Date of supervision"


@pytest.fixture(scope="module", name="prepared")
def prepared_(tmp_path_factory):
    """An office, and the Completeness forms of its small council, issued and in the ledger."""
    office = Office.made(tmp_path_factory.mktemp("post") / "office")
    office.drops_council(children=40)
    office.work(collected, today=DAY)
    out = office.work(issued, Wish(type="completeness"), today=DAY).audits
    office.work(post, today=DAY)
    return office, out


@pytest.fixture(name="office")
def office_(prepared, tmp_path):
    """That office, for one test to do with as it likes."""
    return prepared[0].copied(tmp_path / "office")


@pytest.fixture(name="out")
def out_(prepared):
    """The forms that are out."""
    return prepared[1]


def comes_home(office, audit, day=DAY):
    """The form of an audit returned and taken in."""
    office.drops(f"{audit.audit_id}.docx", office.answers(audit, day))
    return office.work(collected, today=day)


def shown(office):
    """Every row of the ledger by sheet and key, as people see it."""
    workbook = ledger(office.root / "ledger.xlsx")
    with office.open(DAY) as open_office:
        return {sheet.name: rows(workbook, sheet) for sheet in sheets(open_office)}


def by_hand(office, change):
    """Somebody opens the ledger, does that to it and saves it."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def column(sheet, heading):
    """The number of the column under that heading."""
    return [cell.value for cell in sheet[1]].index(heading) + 1


def garbled(office, audit):
    """The journal's row of an audit emptied, without the journal noting a change."""
    with office.open(DAY) as open_office:
        open_office.journal.connection.execute("DROP TRIGGER audit_changed")
        open_office.journal.connection.execute(
            "UPDATE audits SET body = '{}' WHERE audit_id = ?", (audit.audit_id,)
        )


def test_posting_what_changed_gives_the_ledger_that_posting_everything_gives(office, out):
    comes_home(office, out[0])
    office.work(withdrawn, out[1].audit_id, reason="moved", today=DAY)
    comes_home(office, out[2])
    office.drops("again.docx", office.answers(office.audit(out[0].audit_id), DAY, seed="other"))
    office.work(collected, today=DAY)
    piecemeal = shown(office)
    office.work(rebuilt, today=DAY)
    assert shown(office) == piecemeal
    assert office.work(differences, today=DAY) == (2, ())


def test_a_post_works_out_what_changed_and_nothing_that_came_before(office, out):
    garbled(office, out[1])
    with office.open(DAY) as open_office:
        open_office.journal.connection.execute(
            "INSERT INTO to_post VALUES (?, ?)", ("audits", out[0].audit_id)
        )
        assert post(open_office).pending == 0
        assert open_office.journal.asked("SELECT * FROM to_post") == []


def test_a_stop_while_what_was_posted_is_noted_loses_no_row_and_doubles_none(office, out):
    def keys():
        sheet = openpyxl.load_workbook(office.root / "ledger.xlsx")["Forms out"]
        return [sheet.cell(row, column(sheet, "Audit ID")).value for row in range(2, len(out) + 9)]

    before, there = shown(office), keys()
    with office.open(DAY) as stopped:  # the rows are noted some at a time, the workbook's mark last
        noted = stopped.journal.connection
        noted.execute(
            "DELETE FROM posted WHERE sheet = 'Forms out' AND key > ?", (out[3].audit_id,)
        )
        noted.execute("INSERT INTO to_post SELECT 'audits', audit_id FROM audits")
        stopped.journal.remember(LEDGER_SHA, "")
    done = office.work(post, today=DAY)
    assert (done.problem, done.changes, done.warnings) == (None, 0, ())
    assert (shown(office), keys()) == (before, there)
    assert office.work(differences, today=DAY)[1] == ()


@given(some.lists(some.integers(0, 12), max_size=30), some.integers(1, 20))
def test_rows_that_wait_come_in_parts_none_larger_than_memory_is_meant_for(sizes, most):
    lines = [
        Line("Quality", f"{n}", {f"{c}": "x" if c < size else None for c in range(12)})
        for n, size in enumerate(sizes)
    ]
    parts = [*Waiting(iter(lines), {}).parts(most=most)]
    assert [line for part, _ in parts for line in part] == lines
    assert [is_last for _, is_last in parts] == [False] * (len(parts) - 1) + [True]
    assert all(sum(sizes[int(line.key)] for line in part[:-1]) < most for part, _ in parts)


def test_a_form_turns_overdue_in_the_ledger_with_the_day(office, out):
    assert shown(office)["Forms out"][out[0].audit_id]["Standing"] == "Out"
    late = max(audit.due for audit in out) + timedelta(days=1)
    assert office.work(post, today=late).posted >= len(out)
    assert shown(office)["Forms out"][out[0].audit_id]["Standing"] == "Overdue"


def over(office, audit):
    """The audit home and talked over, its recommendations verified, its contact sheet attached."""
    comes_home(office, audit)
    with office.open(DAY) as open_office:
        found, _ = record(open_office.journal, audit.audit_id)
        verified = {"Status": "Verified", "Verified by": "Somebody Else"}
        written = {
            "Recommendations": {each.reference: verified for each in found.recommendations},
            "Completeness": {audit.audit_id: {COPIED: DAY, SUPERVISED: DAY}},
        }
        keep_staff_columns(open_office.journal, written)
    office.work(collected, today=DAY)
    assert office.audit(audit.audit_id).status == CLOSED


def test_the_rows_of_an_audit_that_is_over_say_the_same_on_any_day(office, out):
    over(office, out[0])
    about = (out[0].audit_id,)
    told = []
    for day in (DAY, DAY + timedelta(days=400)):
        with office.open(day) as later:
            told.append([*lines_of_audits(later, about), *lines_of_followed(later, about)])
    assert told[0] == told[1] != []


def test_another_day_works_out_what_is_not_over_and_nothing_else(office, out):
    over(office, out[0])
    comes_home(office, out[1])
    garbled(office, out[0])
    late = max(audit.due for audit in out) + timedelta(days=1)
    assert office.work(post, today=late).problem is None
    assert shown(office)["Forms out"][out[2].audit_id]["Standing"] == "Overdue"


def test_a_row_that_was_deleted_comes_back_with_what_staff_had_written_in_it(office, out):
    comes_home(office, out[0])

    def written(book):
        sheet = book["Completeness"]
        sheet.cell(2, column(sheet, COPIED), date(2026, 7, 9))

    def deleted(book):
        book["Completeness"].delete_rows(2)

    by_hand(office, written)
    office.work(post, today=DAY)
    by_hand(office, deleted)
    done = office.work(post, today=DAY)
    assert shown(office)["Completeness"][out[0].audit_id][COPIED] == date(2026, 7, 9)
    assert any("They are back" in warning for warning in done.warnings)


def test_a_staff_column_that_was_deleted_comes_back_with_what_stood_in_it(office, out):
    comes_home(office, out[0])

    def written(book):
        sheet = book["Completeness"]
        sheet.cell(2, column(sheet, COPIED), date(2026, 7, 9))

    def deleted(book):
        sheet = book["Completeness"]
        at = column(sheet, COPIED)
        table = next(iter(sheet.tables.values()))
        sheet.delete_cols(at)
        del table.tableColumns[at - 1]
        last = openpyxl.utils.get_column_letter(sheet.max_column)
        table.ref = table.autoFilter.ref = f"A1:{last}2"

    by_hand(office, written)
    office.work(post, today=DAY)
    by_hand(office, deleted)
    assert COPIED not in shown(office)["Completeness"][out[0].audit_id]
    office.work(post, today=DAY)
    assert shown(office)["Completeness"][out[0].audit_id][COPIED] == date(2026, 7, 9)


def test_a_staff_cell_that_was_emptied_stays_empty(office, out):
    comes_home(office, out[0])
    path = "Forms out"

    def noted(words):
        def change(book):
            sheet = book[path]
            sheet.cell(2, column(sheet, "Note")).value = words

        return change

    by_hand(office, noted("rang"))
    office.work(post, today=DAY)
    by_hand(office, noted(None))
    office.work(post, today=DAY)
    office.work(rebuilt, today=DAY)
    assert not any(row["Note"] for row in shown(office)[path].values())


def test_the_changes_by_hand_stand_in_a_ledger_that_is_made_anew(office, out):
    def change(book):
        book["Forms out"].cell(2, column(book["Forms out"], "Team"), "Elsewhere")

    by_hand(office, change)
    assert office.work(post, today=DAY).changes == 1
    office.work(rebuilt, today=DAY)
    rows = openpyxl.load_workbook(office.root / "ledger.xlsx")["Changes by hand"].values
    assert [row[3:] for row in rows][1:] == [("Team", out[0].team, "Elsewhere")]


def test_rows_that_people_add_are_left_and_told_by_their_number_alone(office, out):
    comes_home(office, out[0])

    def added(book):
        sheet = book["Recommendations"]
        sheet.insert_rows(2)
        sheet.cell(2, 1, "Mary Brown's note")

    by_hand(office, added)
    done = office.work(post, today=DAY)
    (told,) = (text for text in done.warnings if "people added" in text)
    assert "row 2" in told
    assert "Mary" not in told
    assert "Mary Brown's note" in shown(office)["Recommendations"]


def test_saved_over_by_somebody_who_had_it_open_before_a_post_it_heals(office, out):
    path = office.root / "ledger.xlsx"
    earlier = path.read_bytes()
    comes_home(office, out[0])
    path.write_bytes(earlier)
    assert out[0].audit_id not in shown(office)["Completeness"]
    office.work(post, today=DAY)
    assert out[0].audit_id in shown(office)["Completeness"]
    assert office.work(differences, today=DAY) == (1, ())


def test_rows_are_posted_past_an_old_owner_file_and_it_is_told(office, out):
    lying = office.root / "~$ledger.xlsx"
    lying.write_bytes(b"\x0bKaren Smith" + b"\0" * 40)
    assert comes_home(office, out[0]).posting.problem is not None
    assert out[0].audit_id not in shown(office)["Completeness"]
    os.utime(lying, (time.time() - LIVES,) * 2)
    done = office.work(post, today=DAY)
    assert any("Excel left an owner file beside the ledger (Karen" in w for w in done.warnings)
    assert out[0].audit_id in shown(office)["Completeness"]


def test_text_that_a_cell_cannot_hold_is_told(office, out):
    office.drops("x.docx", office.answers(out[0], DAY, c_basic_details__comment="x" * 40_000))
    done = office.work(collected, today=DAY).posting
    assert any("cannot hold the text" in warning for warning in done.warnings)
    (row,) = shown(office)["Completeness"].values()
    assert any(str(cell).endswith("(cut: see the archived form)") for cell in row.values())


def test_the_form_opens_from_its_row_and_cannot_be_saved_over(office, out):
    comes_home(office, out[0])
    kept = office.audit(out[0].audit_id).archived
    sheet = openpyxl.load_workbook(office.root / "ledger.xlsx")["Completeness"]
    assert sheet.cell(2, column(sheet, "Form")).value == f'=HYPERLINK("{kept}")'
    assert not (office.root / kept).stat().st_mode & stat.S_IWUSR
    assert office.work(differences, today=DAY) == (1, ())


def test_a_check_finds_what_people_did_to_the_ledger_before_a_post_puts_it_right(office, out):
    comes_home(office, out[0])

    def change(book):
        sheet = book["Completeness"]
        sheet.cell(2, column(sheet, "Status"), "Lost")
        sheet.cell(2, column(sheet, COPIED), DAY)
        sheet.cell(1, column(sheet, "Theme"), "Our theme")
        next(iter(sheet.tables.values())).tableColumns[
            column(sheet, "Our theme") - 1
        ].name = "Our theme"
        book["Forms out"].delete_rows(2)
        del book["Standards"]

    by_hand(office, change)
    home, found = office.work(differences, today=DAY)
    told = {(each.sheet, each.row): each.text for each in found if each.sheet != "Standards"}
    assert home == 1
    assert told == {
        ("Completeness", ""): "not on the sheet: Theme; the next post puts that back, once the "
        "cells right of the table are empty",
        ("Completeness", out[0].audit_id): "changed by hand: Status",
        ("Forms out", out[0].audit_id): "the row is gone from the ledger; the next post puts it "
        "back",
    }
    assert {each.text[:15] for each in found if each.sheet == "Standards"} == {"the row is gone"}


def test_a_check_finds_every_file_of_the_archive_that_was_changed(office, out):
    comes_home(office, out[0])
    office.drops("again.docx", office.answers(office.audit(out[0].audit_id), DAY, seed="other"))
    office.work(collected, today=DAY)
    assert office.work(differences, today=DAY) == (1, ())
    kept = [office.root / "archive" / name for name in office.tree("archive")]
    changed = [path for path in kept if path.suffix in (".docx", ".xlsx", ".csv")]
    assert len(changed) == 4, "two versions of a form, the extract, the staff register"
    for path in changed:
        office.tampers_with(path)
    _, found = office.work(differences, today=DAY)
    told = [each for each in found if each.sheet == "archive"]
    assert len(told) == 4
    assert all(any(path.name in each.text for each in told) for path in changed)


NEXT_YEAR = date(2027, 4, 5)


def a_column_of_ours(sheet, heading, value):
    """People add a column to the sheet's table, and write that in each row."""
    table, last = next(iter(sheet.tables.values())), sheet.max_column + 1
    sheet.cell(1, last, heading)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, last, value).number_format = "dd/mm/yyyy"
    number = len(table.tableColumns) + 1
    table.tableColumns.append(TableColumn(id=number, name=heading))
    table.ref = table.autoFilter.ref = f"A1:{sheet.cell(sheet.max_row, last).coordinate}"


def closed_off(office, out):
    """One audit home with its recommendations done, the others out; the year closed."""
    comes_home(office, out[0])

    def done(book):
        sheet = book["Recommendations"]
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column(sheet, "Status"), "Verified")
            sheet.cell(row, column(sheet, "Done date"), DAY)
            sheet.cell(row, column(sheet, "Verified by"), "Somebody Else")
            sheet.cell(row, column(sheet, "Verified date"), DAY)
        sheet.cell(1, sheet.max_column + 3, "A note of ours")
        sheet = book["Contact sheets"]
        sheet.cell(2, column(sheet, "Attached on"), DAY)
        a_column_of_ours(book["Forms out"], "Rang on", DAY)

    by_hand(office, done)
    return office.work(closed_year, "2026-27", today=NEXT_YEAR)


@pytest.fixture(scope="module", name="over_and_closed")
def over_and_closed_(prepared, tmp_path_factory):
    """An office whose year was closed, and what that came to."""
    office = prepared[0].copied(tmp_path_factory.mktemp("closed") / "office")
    return office, closed_off(office, prepared[1])


@pytest.fixture(name="later")
def later_(over_and_closed, tmp_path):
    """That office, for one test to do with as it likes."""
    return over_and_closed[0].copied(tmp_path / "later")


@pytest.fixture(name="closed")
def closed_(over_and_closed):
    """What closing its year came to."""
    return over_and_closed[1]


def test_a_year_that_is_over_goes_to_a_ledger_of_its_own_and_what_is_open_stays(later, closed, out):
    assert closed.file == "ledger 2026-27.xlsx"
    assert closed.rows > 2
    now = shown(later)
    assert now["Completeness"] == {}
    assert set(now["Forms out"]) == {audit.audit_id for audit in out[1:]}
    year = openpyxl.load_workbook(later.root / closed.file)
    assert year["Completeness"]["A2"].value == out[0].audit_id
    notes = [cell.value for cell in year["Recommendations"][1]]
    assert "A note of ours" in notes
    assert later.work(differences, today=NEXT_YEAR) == (1, ())


def test_a_column_that_people_added_goes_along_to_the_ledger_that_begins(later, out):
    for again in (None, rebuilt):
        if again is not None:
            later.work(again, today=NEXT_YEAR)
        sheet = openpyxl.load_workbook(later.root / "ledger.xlsx")["Forms out"]
        (ours,) = sheet.iter_cols(column(sheet, "Rang on"), sheet.max_column, values_only=True)
        assert ours == ("Rang on", *[datetime(DAY.year, DAY.month, DAY.day)] * (len(out) - 1))
        assert later.work(post, today=NEXT_YEAR).posted == 0


def test_a_year_can_be_closed_again_and_nothing_happens_twice(later):
    before = shown(later)
    again = later.work(closed_year, "2026-27", today=NEXT_YEAR)
    assert (again.rows, shown(later)) == (0, before)
    later.work(rebuilt, today=NEXT_YEAR)
    assert shown(later) == before


def test_coverage_counts_audits_whose_rows_stand_in_the_ledger_of_a_closed_year(later):
    before = shown(later)["Coverage"]
    assert before["2026-07-01 Completeness, whole service"]["Audited since the data date"] == 1
    later.drops_council(children=40, data_date=date(2027, 4, 3))
    later.work(collected, today=NEXT_YEAR)
    now = shown(later)["Coverage"]
    assert {key: now[key] for key in before} == before
    row = now["2027-04-03 Completeness, whole service"]
    assert (row["Audited in 12 months"], row["Audited since the data date"]) == (1, 0)
    assert row["Never audited"] == row["Eligible"] - 1


def test_a_correction_of_a_closed_audit_stands_in_the_ledger_again(later, out):
    corrected = later.answers(later.audit(out[0].audit_id), DAY, seed="other")
    later.drops("again.docx", corrected)
    later.work(collected, today=NEXT_YEAR)
    assert set(shown(later)["Completeness"]) == {out[0].audit_id}


def test_a_question_in_other_words_brings_no_row_of_a_closed_year_back(later):
    before = shown(later)
    contract = later.root / "templates/forms/completeness.toml"
    text = contract.read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    assert text.count(f'label = "{ASKED}"') == 1
    contract.write_text(text.replace(ASKED, f"{ASKED}, in words"), encoding="utf-8")
    later.work(post, today=NEXT_YEAR)
    sheet = openpyxl.load_workbook(later.root / "ledger.xlsx")["Completeness"]
    assert any(f"{ASKED}, in words" in str(cell.value) for cell in sheet[1])
    now = shown(later)
    assert now.pop("Standards") != before.pop("Standards")  # it keeps every wording
    assert now == before


def test_what_staff_write_in_the_ledger_of_a_closed_year_is_read(later, closed, out):
    path = later.root / closed.file
    book = openpyxl.load_workbook(path)
    sheet = book["Completeness"]
    sheet.cell(2, column(sheet, COPIED), date(2027, 4, 2))
    book.save(path)
    later.work(post, today=NEXT_YEAR)
    with later.open(NEXT_YEAR) as open_office:
        assert staff_row(open_office.journal, "Completeness", out[0].audit_id)[COPIED] == date(
            2027, 4, 2
        )


def test_a_year_that_is_not_over_is_not_closed(office, out):
    with pytest.raises(UsageFault, match="2026-27 is not over: its last day is 31/03/2027"):
        office.work(closed_year, "2026-27", today=DAY)
    with pytest.raises(UsageFault, match="not a financial year"):
        office.work(closed_year, "2026-27-Q1", today=NEXT_YEAR)


def test_a_stop_while_a_year_is_closed_is_made_good_by_closing_it_again(office, out):
    comes_home(office, out[0])
    office.work(withdrawn, out[1].audit_id, reason="moved", today=DAY)
    office.work(post, today=NEXT_YEAR)
    with office.open(NEXT_YEAR) as stopped:
        close_rows(stopped.journal, "2026-27", {"Forms out": frozenset({out[1].audit_id})})
    office.work(closed_year, "2026-27", today=NEXT_YEAR)
    assert out[1].audit_id not in shown(office)["Forms out"]
    assert out[1].audit_id in str(
        openpyxl.load_workbook(last_copy(office))["Forms out"]["A3"].value
    )
    assert office.work(differences, today=NEXT_YEAR) == (1, ())


def last_copy(office):
    """The ledger that was set by when a new one began."""
    return max((office.root / ".auditdocs" / "ledger-copies").glob("*set by*"))


def test_what_staff_wrote_is_known_under_the_new_words_of_their_column(office, out):
    comes_home(office, out[0])

    def copied(book):
        sheet = book["Completeness"]
        sheet.cell(2, column(sheet, COPIED), DAY)

    by_hand(office, copied)
    office.work(post, today=DAY)
    contract = office.root / "templates/forms/completeness.toml"
    text = contract.read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    assert f'label = "{COPIED}"' in text
    contract.write_text(text.replace(COPIED, "Copied there on"), encoding="utf-8")
    office.work(post, today=DAY)
    key = out[0].audit_id
    with office.open(DAY) as opened:
        kept = staff_row(opened.journal, "Completeness", key)
    assert kept["Copied there on"] == DAY
    office.work(withdrawn, out[1].audit_id, reason="moved away", today=DAY)
    office.work(post, today=DAY)
    sheet = openpyxl.load_workbook(office.root / "ledger.xlsx")["Completeness"]
    assert sheet.cell(2, column(sheet, "Copied there on")).value.date() == DAY
