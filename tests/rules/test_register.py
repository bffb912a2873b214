"""The ledger's sheets and rows: headings as settled, cells in words.

Source: settled.md (ledger), domain.md D5.
"""

from dataclasses import replace
from datetime import date

import pytest

from auditdocs.model.contract import Choice, Field
from auditdocs.model.form import Reason, Return
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.rules.follow_up.followed import Tracked, tracked
from auditdocs.rules.register.audits import audit_row, audit_sheet, first_staff_values
from auditdocs.rules.register.forms_out import AGREED_BY_MANAGER, choice, form_out_row, standing
from auditdocs.rules.register.recommendations import (
    RECOMMENDATION_STATUSES,
    RECOMMENDATIONS,
    recommendation_row,
)
from auditdocs.rules.register.returns import return_row
from auditdocs.rules.register.selections import selection_row
from auditdocs.rules.register.sheets import sheets
from auditdocs.rules.register.standards import STANDARDS, InForce, standard_rows
from tests.makers.contracts import a_contract
from tests.makers.forms import EVERY_KIND, KEYS, an_issued_audit, the_contract
from tests.makers.records import AUDITED, a_recommendation, a_record, a_returned_form, verdict

FIRST = [
    "Audit ID", "Child ID", "Team", "Worker", "Auditor", "Period", "Issued", "Due", "Returned",
    "Status", "Overall grade", "Final grade",
]  # fmt: skip
CONTRACTS = [*map(the_contract, KEYS), EVERY_KIND]
RECORD = verdict(a_returned_form(fields={"signed_auditor_date": "18/09/2026"})).record
HOME = an_issued_audit(
    status="accepted",
    returned=date(2026, 9, 20),
    date_audited=AUDITED,
    grade_auditor="RI",
    grade_final="G",
    archived="archive/2026/Q/form.docx",
    sha256="ab" * 32,
)


def headings(sheet):
    return [column.heading for column in sheet.columns]


@pytest.mark.parametrize("of", CONTRACTS, ids=lambda of: of.key)
def test_the_first_headings_of_each_audit_type_are_the_settled_ones(of):
    sheet = audit_sheet(of)
    assert headings(sheet)[:12] == FIRST
    assert sheet.key == "Audit ID"
    assert sheet.name == of.sheet


@pytest.mark.parametrize("of", CONTRACTS, ids=lambda of: of.key)
def test_headings_are_unique_and_short_enough_for_excel(of):
    for sheet in (*sheets([of]), audit_sheet(of)):
        names = [heading.casefold() for heading in headings(sheet)]
        assert len(set(names)) == len(names)
        assert all(0 < len(name) <= 255 for name in names)


def test_an_item_is_headed_by_number_and_label_with_its_facets_and_its_comment_folded_away():
    sheet = audit_sheet(EVERY_KIND)
    shown = headings(sheet)
    assert shown[12:15] == ["1.1 Plan is good", "1.1 Plan is good – comment", "1.2 Overall"]
    start = shown.index("2.1 Visits – in place")
    assert shown[start : start + 6] == [
        "2.1 Visits – in place", "2.1 Visits – in time", "2.1 Visits – up to date",
        "2.1 Visits – comment", "2.2 Seen – in place", "2.2 Seen – up to date",
    ]  # fmt: skip
    folded = [column.heading for column in sheet.columns if column.grouped]
    assert folded
    assert all(heading.endswith(" – comment") for heading in folded)
    assert "1.6 Learning" in shown
    assert "1.6 Learning – comment" not in shown


def test_a_label_that_is_a_heading_already_is_told_apart():
    sign_off = (
        Field(name="a", label="Auditor", type="name"),
        Field(name="b", label="Date", type="date"),
        Field(name="c", label="date", type="date"),
        Field(name="d", label="Date", type="date"),
    )
    of = a_contract(auditor=(), sign_off=sign_off)
    shown = headings(audit_sheet(of))
    assert shown[-9:-5] == ["Auditor (signed)", "Date", "date (signed)", "Date (2)"]
    record = a_record(answers=(), comments={}, fields={"a": "Ann", "c": "2026-09-18"})
    row = audit_row(HOME, record, of)
    assert row["Auditor (signed)"] == "Ann"
    assert row["date (signed)"] == AUDITED
    assert row["Auditor"] == HOME.auditor


def test_a_row_holds_no_heading_that_its_sheet_does_not_have():
    for of in CONTRACTS:
        row = audit_row(HOME, a_record(), of)
        assert set(row) <= set(headings(audit_sheet(of)))
    row = recommendation_row(Tracked(made=a_recommendation()), HOME, EVERY_KIND, today=AUDITED)
    assert set(row) <= set(headings(RECOMMENDATIONS))


def test_answers_stand_in_their_words_and_dates_as_dates():
    row = audit_row(HOME, RECORD, EVERY_KIND)
    expected = {
        "Audit ID": HOME.audit_id,
        "Child ID": "1000001",
        "Issued": date(2026, 9, 1),
        "Returned": date(2026, 9, 20),
        "Status": "Accepted",
        "Overall grade": "Requires improvement to be good",
        "Final grade": "Good",
        "1.1 Plan is good": "Good",
        "1.2 Overall – comment": "The plan has no end.",
        "1.3 Is the child safe today?": "Yes",
        "1.4 Family included": "Partly",
        "1.7 Date last seen": date(2026, 9, 1),
        "1.8 Number of visits": "3",
        "1.10 Placement": "At home",
        "2.1 Visits – in time": "No",
        "2.1 Visits – up to date": "Not due",
        "2.2 Seen – up to date": "Not applicable",
        "Was the allocated worker spoken to?": "Yes",
        "Date signed": AUDITED,
        "Date audited": AUDITED,
        "Case type": "CIN",
        "Form": "archive/2026/Q/form.docx",
        "SHA-256": "ab" * 32,
    }
    assert {heading: row[heading] for heading in expected} == expected


def test_an_audit_without_a_record_has_no_answers_yet():
    row = audit_row(an_issued_audit(), None, EVERY_KIND)
    assert (row["Status"], row["Overall grade"], row["Returned"]) == ("Out", "", None)
    assert "1.1 Plan is good" not in row


def test_the_columns_that_staff_keep_are_declared_and_started_from_the_form():
    staff = [
        column.heading
        for column in audit_sheet(the_contract("completeness")).columns
        if column.staff
    ]
    assert "Date of supervision" in staff
    assert "Recommendations copied to the supervision record on" in staff
    assert "Contact sheet attached to the case record on" in staff
    record = a_record(fields={"contact_sheet_date": "2026-09-19", "signed_auditor": "Ann"})
    assert first_staff_values(record, EVERY_KIND) == {
        "Contact sheet attached to the case record on": date(2026, 9, 19)
    }


def test_a_drop_down_of_staff_lists_the_labels_of_the_field():
    choices = (Choice(code="yes", label="Yes"), Choice(code="no", label="No"))
    field = Field(name="agreed", label="Agreed?", type="choice", choices=choices, staff_column=True)
    of = a_contract(sign_off=(field,))
    column = next(c for c in audit_sheet(of).columns if c.heading == "Agreed?")
    assert (column.staff, column.choices) == (True, ("Yes", "No"))
    assert first_staff_values(a_record(fields={"agreed": "no"}), of) == {"Agreed?": "No"}


def test_a_drop_down_of_staff_for_yes_or_no_lists_the_answers_of_the_scale():
    field = Field(name="agreed", label="Agreed?", type="yn", staff_column=True)
    sheet = audit_sheet(replace(EVERY_KIND, sign_off=(field,)))
    column = next(each for each in sheet.columns if each.heading == "Agreed?")
    assert column.choices == ("Yes", "No", "Not applicable")


def test_a_recommendation_stands_in_words_and_its_course_is_the_staffs():
    row = recommendation_row(Tracked(made=a_recommendation()), HOME, EVERY_KIND, today=AUDITED)
    assert row == {
        "Reference": f"{HOME.audit_id}/1",
        "Audit ID": HOME.audit_id,
        "Child ID": "1000001",
        "Audit": "Visits",
        "Team": "North",
        "Worker": "Ann Archer",
        "Recommendation": "Write up the visit of 3 March",
        "Question or standard": "2.1 Visits",
        "Category": "Recording",
        "Priority": "High",
        "Owner": "Ann Archer",
        "Owner's role": "Social worker",
        "Due date": date(2026, 10, 31),
        "Standing": "Open",
        "Training or support need": "Individual",
        "Outcome of discussion": "",
        "As amended": "",
        "Found by the next audit": "",
    }
    staff = [column for column in RECOMMENDATIONS.columns if column.staff]
    assert [column.heading for column in staff] == [
        "Status", "Done date", "Evidence", "Verified by", "Verified date",
        "Copied to supervision record",
    ]  # fmt: skip
    assert staff[0].choices == RECOMMENDATION_STATUSES


def test_a_recommendation_on_a_question_no_longer_asked_keeps_its_id():
    made = Tracked(made=a_recommendation(linked_item="x_old"))
    row = recommendation_row(made, HOME, EVERY_KIND, today=AUDITED)
    assert row["Question or standard"] == "x_old"


@pytest.mark.parametrize(
    ("changes", "today", "word"),
    [
        ({}, date(2026, 9, 22), "Out"),
        ({}, date(2026, 9, 23), "Overdue"),
        ({}, date(2026, 10, 13), "Overdue"),
        ({}, date(2026, 10, 14), "Released"),
        ({"status": "accepted"}, date(2026, 12, 1), "Returned"),
        ({"status": "withdrawn"}, date(2026, 12, 1), "Withdrawn"),
    ],
)
def test_a_form_is_out_until_its_day_is_past(changes, today, word):
    audit = replace(an_issued_audit(), **changes)
    assert standing(audit, today=today, grace=21) == word
    row = form_out_row(audit, EVERY_KIND, today=today, grace=21, cause="closed")
    assert (row["Standing"], row["Why withdrawn"]) == (word, "closed")


@pytest.mark.parametrize(
    ("role", "said", "word"),
    [
        ("iro", None, "Proposed"),
        ("iro", "Yes", "Agreed"),
        ("cp_adviser", "No", "Refused"),
        ("cp_adviser", "Yes", "Agreed"),
        ("tm", "Yes", ""),
    ],
)
def test_a_case_for_an_iro_or_an_adviser_is_proposed_until_the_manager_agrees(role, said, word):
    audit = replace(an_issued_audit(), auditor_role=role)
    assert choice(audit, {AGREED_BY_MANAGER: said}) == word


def test_a_returned_file_says_how_it_ended_and_never_what_stood_in_it():
    came = Return(
        seen=AUDITED,
        file="inbox/form.docx",
        sha256="cd" * 32,
        outcome="set-aside",
        reasons=(Reason(code="missing", where="1.1 Plan", text="Nothing.", found="Mary Brown"),),
        details={"Changed": "x_grade"},
    )
    row = return_row(7, came)
    assert (row["Number"], row["Outcome"], row["Version"]) == ("7", "Set aside", None)
    assert row["What to know"] == "1.1 Plan: Nothing.\nChanged: x_grade"
    assert "Mary" not in str(row)


def test_a_selection_counts_why_cases_were_left_out():
    pick = Pick(
        child_id="1", team="North", worker="", auditor="", auditor_role="tm", auditor_team="South",
        due=AUDITED, why="rotation",
    )  # fmt: skip
    why = ("open less than six weeks", "audited this year", "open less than six weeks")
    excluded = tuple(Exclusion(child_id=str(n), reason=reason) for n, reason in enumerate(why))
    made = Selection(type="v", period="2026-09", picks=(pick,), excluded=excluded, pool=4)
    made = replace(made, warnings=("2026-08: 1 of 9 audits were missed", "vacant"))
    row = selection_row(3, AUDITED, made, EVERY_KIND)
    assert (row["Pool"], row["Chosen"], row["Left out"]) == (4, 1, 3)
    assert row["To know"] == "2026-08: 1 of 9 audits were missed\nvacant"
    assert row["In the pool, not drawn"] == ""
    assert row["Why cases were left out"] == "2 × open less than six weeks\n1 × audited this year"


def test_a_ledger_has_a_sheet_for_each_type_and_those_of_what_follows():
    names = [sheet.name for sheet in sheets(map(the_contract, KEYS))]
    assert names[3:] == [
        "Immediate concerns", "Recommendations", "Discussions", "Disputes", "Contact sheets",
        "Letters", "Forms out", "Returns", "Selections",
        "Accuracy", "Accuracy rounds", "Agreements", "Coverage", "Capacity", "Standards",
        "SMG actions",
    ]  # fmt: skip
    assert len(set(names)) == len(names)
    assert sheets([a_contract(sections=())])[1] is RECOMMENDATIONS


@pytest.mark.parametrize("sheet", sheets([]), ids=lambda sheet: sheet.name)
def test_every_sheet_is_told_by_a_column_of_the_tools_and_has_headings_of_its_own(sheet):
    names = [heading.casefold() for heading in headings(sheet)]
    assert len(set(names)) == len(names)
    key = next(column for column in sheet.columns if column.heading == sheet.key)
    assert not key.staff


@pytest.mark.parametrize(
    ("priority", "written", "word"),
    [
        ("high", {}, "Overdue"),
        ("high", {"Status": "In progress"}, "Overdue"),
        ("high", {"Status": "Done"}, "To be verified"),
        ("high", {"Done date": AUDITED}, "To be verified"),
        ("immediate", {}, "Immediate concern"),
        ("immediate", {"Status": "Done", "Done date": AUDITED}, "Immediate concern"),
        ("immediate", {"Status": "Verified"}, "Finished"),
        ("immediate", {"Status": " withdrawn "}, "Finished"),
    ],
)
def test_a_recommendation_says_in_words_that_it_is_overdue_or_of_immediate_concern(
    priority, written, word
):
    action = a_recommendation(priority=priority, due_date=date(2026, 10, 31))
    after = date(2026, 11, 1)
    row = recommendation_row(tracked(action, written), HOME, EVERY_KIND, today=after)
    assert row["Standing"] == word


def a_standard(**changes):
    """A contract with one standard, and changes to it."""
    item = replace(EVERY_KIND.item("x_visits"), basis="local", limit="wd(5)", **changes)
    section = replace(EVERY_KIND.sections[-1], items=(item,))
    return replace(EVERY_KIND, sections=(section,))


def test_a_standard_that_changes_keeps_its_old_wording_with_the_days_it_was_in_force():
    history = [
        InForce(a_standard(label="Visits written up"), date(2026, 4, 1)),
        InForce(replace(a_standard(label="Visits written up"), version=2), date(2026, 6, 1)),
        InForce(replace(a_standard(label="Visits on file"), version=3), date(2026, 9, 1)),
    ]
    rows = dict(standard_rows(history))
    assert [
        (key, row["Wording"], row["Valid from"], row["Valid to"], row["First form version"])
        for key, row in rows.items()
    ] == [
        ("x_visits/1", "Visits written up", date(2026, 4, 1), date(2026, 8, 31), 1),
        ("x_visits/2", "Visits on file", date(2026, 9, 1), None, 3),
    ]
    assert set(rows["x_visits/1"]) == set(headings(STANDARDS))


def test_a_standard_that_is_no_longer_asked_ended_when_the_next_forms_went_out():
    dropped = replace(a_standard(), sections=())
    history = [InForce(a_standard(), date(2026, 4, 1)), InForce(dropped, date(2026, 9, 1))]
    (row,) = dict(standard_rows(history)).values()
    assert row["Valid to"] == date(2026, 8, 31)
