"""What waits, what is due, and audits closed without a return."""

from datetime import date, timedelta

import openpyxl
import pytest

from auditdocs.errors import UsageFault
from auditdocs.places.journal.posted import keep_staff_columns
from auditdocs.rules.register.forms_out import AGREED_BY_MANAGER
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.post import post, read_back
from auditdocs.steps.standing import due, status, withdrawn
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE

DAY = DATA_DATE + timedelta(days=10)


@pytest.fixture(name="out")
def out_(office):
    """The Completeness forms of a small council, issued."""
    office.drops_council(children=40)
    office.work(collected)
    return office.work(issued, Wish(type="completeness")).audits


def kinds(items):
    """The kinds of a list's lines, each once."""
    return {item.kind for item in items}


def test_forms_out_are_listed_and_late_ones_told(office, out):
    before = office.work(status, today=out[0].due)
    after = office.work(status, today=out[0].due + timedelta(days=1))
    assert not any(item.late for item in before if item.kind == "form out")
    assert all(item.late for item in after if item.kind == "form out")


def test_what_is_due_is_in_the_order_of_its_days_and_of_one_team_where_asked(office, out):
    office.drops("a.docx", office.answers(out[0], DAY))
    office.work(collected, today=DAY)
    items = office.work(due, on=date(2026, 12, 31), today=DAY)
    follow_up = {"recommendation", "contact sheet", "discussion"}
    assert kinds(items) == {"form out", *follow_up}
    assert [item.due for item in items] == sorted(item.due for item in items)
    mine = office.work(due, on=date(2026, 12, 31), team=out[0].team, today=DAY)
    assert {item.team for item in mine} == {out[0].team}


def test_a_recommendation_that_staff_mark_done_is_due_no_more(office, out):
    office.drops("a.docx", office.answers(out[0], DAY))
    office.work(collected, today=DAY)
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Recommendations"]
    place = [cell.value for cell in sheet[1]].index("Status") + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, place, "Done")
    book.save(path)
    office.work(read_back, today=DAY)
    items = office.work(due, on=date(2027, 12, 31), today=DAY)
    assert "recommendation" not in kinds(items)


def test_a_withdrawn_audit_is_out_no_more_and_may_be_chosen_again(office, out):
    office.work(withdrawn, out[0].audit_id, reason="moved away")
    office.work(post)
    again = office.work(issued, Wish(type="completeness", worker=out[0].worker)).audits
    assert [audit.child_id for audit in again] == [out[0].child_id]
    assert again[0].audit_id != out[0].audit_id


def test_only_an_audit_that_is_out_can_be_withdrawn(office, out):
    with pytest.raises(UsageFault, match='There is no audit "C-2020-01-0001"'):
        office.work(withdrawn, "C-2020-01-0001", reason="x")
    office.work(withdrawn, out[0].audit_id.lower(), reason="moved away")
    with pytest.raises(UsageFault, match="not an audit whose form is out: it is withdrawn"):
        office.work(withdrawn, out[0].audit_id, reason="x")


def test_a_cell_of_ours_changed_by_hand_is_put_back_and_noted(office, out):
    office.drops("a.docx", office.answers(out[0], DAY))
    office.work(collected, today=DAY)
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    book["Completeness"]["C2"] = "Another Team"
    book.save(path)
    assert office.work(post, today=DAY).changes == 1
    book = openpyxl.load_workbook(path)
    assert book["Completeness"]["C2"].value == out[0].team
    noted = [
        row for row in book["Changes by hand"].iter_rows(min_row=2, values_only=True) if row[1]
    ]
    assert [row[1:] for row in noted] == [
        ("Completeness", out[0].audit_id, "Team", out[0].team, "Another Team")
    ]


def test_what_is_due_of_a_renamed_team_stands_under_its_present_name(office, out):
    old = out[0].auditor_team
    before = office.work(due, on=date(2026, 12, 31), team=old, today=DAY)
    with (office.root / "auditdocs.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[teams."Family Hub"]\nrenamed_from = ["{old}"]\n')
    for name in ("Family Hub", old.upper()):
        after = office.work(due, on=date(2026, 12, 31), team=name, today=DAY)
        assert [item.about for item in after] == [item.about for item in before]
        assert {item.team for item in after} == {"Family Hub"}


def test_a_case_for_an_iro_waits_for_the_team_managers_word(office, out):
    quality = office.work(issued, Wish(type="quality")).audits
    theirs = {each.audit_id for each in quality if each.auditor_role in ("iro", "cp_adviser")}
    found = [item for item in office.work(due, on=DAY) if item.kind == "case to agree"]
    assert theirs
    assert {item.about for item in found} == theirs
    said, refused = sorted(theirs)[0], sorted(theirs)[-1]
    with office.open() as opened:
        keep_staff_columns(
            opened.journal,
            {"Forms out": {said: {AGREED_BY_MANAGER: "Yes"}, refused: {AGREED_BY_MANAGER: "No"}}},
        )
    left = {item.about: item for item in office.work(due, on=DAY) if item.kind == "case to agree"}
    assert set(left) == theirs - {said}
    assert left[refused].late
