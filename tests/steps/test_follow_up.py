"""Follow-up: the letters that a completed audit leads to, once each, whatever stops or breaks."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest

from auditdocs.documents.forms.answer import answered
from auditdocs.places.journal.audits import events, keep_audits
from auditdocs.places.journal.letters import letters
from auditdocs.places.journal.posted import keep_staff_columns
from auditdocs.places.journal.returns import record
from auditdocs.places.libreoffice import converted, program
from auditdocs.rules.calendar.periods import period
from auditdocs.rules.findings.figures import figures
from auditdocs.steps.collect import collected
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.gather.programme import programme_of
from auditdocs.steps.issue import issued
from auditdocs.steps.rebuild import rebuilt
from auditdocs.steps.standing import due, status
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE, Office
from tests.steps.test_collect import power_cut, the_process_is_dead

DAY = DATA_DATE + timedelta(days=10)


@pytest.fixture(name="council", scope="module")
def council_(tmp_path_factory):
    """A small council whose Completeness and Quality forms are out: made once, copied by each."""
    office = Office.made(tmp_path_factory.mktemp("council") / "office")
    office.drops_council(children=40)
    office.work(collected)
    types = ("completeness", "quality")
    return office.root, {key: office.work(issued, Wish(type=key)).audits for key in types}


@pytest.fixture(name="office")
def office_(council, tmp_path):
    """That council's workspace, to be written in."""
    return Office(Path(shutil.copytree(council[0], tmp_path / "office")))


@pytest.fixture(scope="module")
def fed_back(council, tmp_path_factory):
    """That council when the first Quality form is home, and what its collect came to."""
    home = Office(Path(shutil.copytree(council[0], tmp_path_factory.mktemp("home") / "office")))
    return home.root, returned(home, council[1]["quality"][0])


@pytest.fixture
def fed(fed_back, tmp_path):
    """The same, to be written in: the office, the audit and what the collect came to."""
    office = Office(Path(shutil.copytree(fed_back[0], tmp_path / "office")))
    return office, office.audit(fed_back[1].returns[0].audit_id), fed_back[1]


@pytest.fixture(name="out")
def out_(council):
    """The audits whose forms are out, by type."""
    return council[1]


def returned(office, audit, day=DAY, **answers):
    """The audit's form comes home; gives what the collect came to."""
    office.drops(f"{audit.audit_id}.docx", office.answers(audit, day, **answers))
    return office.work(collected, today=day)


def words(path):
    """Every word of a Word document, table cells among them."""
    document = docx.Document(str(path))
    text = [paragraph.text for paragraph in document.paragraphs]
    text += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(text)


def of_kind(took, kind):
    """The letters of a kind."""
    return [letter for letter in took.letters if letter.kind == kind]


def test_an_accepted_audit_has_one_contact_sheet_ready_to_attach(office, out):
    audit = out["completeness"][0]
    took = returned(office, audit)
    (sheet,) = of_kind(took, "contact-sheet")
    text = words(office.root / sheet.file)
    assert text.startswith("Case Audit")
    assert "ICS Assessment System (not LACmon)" in text
    assert audit.child_id in text
    assert f"{audit.audit_id} v1.docx" in text
    assert of_kind(office.work(collected, today=DAY), "contact-sheet") == []


def test_a_contact_sheet_repeats_no_free_text_of_the_form(office, out):
    audit = out["quality"][0]
    secret = "Aunt Zelda said the worker is slow"
    took = returned(office, audit, q_strengths=secret, q_improve=secret, q_overall__comment=secret)
    (sheet,) = of_kind(took, "contact-sheet")
    assert secret not in words(office.root / sheet.file)


def test_a_letter_that_the_service_words_otherwise_is_made_in_its_words(office, out):
    template = office.root / "templates/letters/contact-sheet.docx"
    letter = docx.Document(template)
    letter.paragraphs[1].runs[0].text = "For the file of {{ child_id }}, with our thanks."
    letter.save(template)
    audit = out["completeness"][0]
    (sheet,) = of_kind(returned(office, audit), "contact-sheet")
    assert f"For the file of {audit.child_id}, with our thanks." in words(office.root / sheet.file)


def test_a_letter_whose_template_is_broken_waits_and_the_audit_is_accepted(office, out):
    template = office.root / "templates/letters/contact-sheet.docx"
    sound = template.read_bytes()
    template.write_bytes(b"PK not a template")
    took = returned(office, out["completeness"][0])
    assert [came.outcome for came in took.returns] == ["accepted"]
    assert of_kind(took, "contact-sheet") == []
    assert "templates/letters/contact-sheet.docx" in took.warnings[0]
    template.write_bytes(sound)
    healed = office.work(collected, today=DAY)
    assert [letter.kind for letter in healed.letters] == ["contact-sheet"]
    assert healed.warnings == ()


def test_a_missing_letter_template_is_told_with_its_place(office, out):
    (office.root / "templates/letters/supervision-slip.docx").unlink()
    took = returned(office, out["completeness"][0])
    assert of_kind(took, "contact-sheet")
    assert "supervision-slip.docx" in "".join(took.warnings)


def test_a_child_that_is_not_safe_is_told_to_manager_and_head_of_service_the_same_day(office, out):
    audit = out["quality"][0]
    took = returned(office, audit, q_safe_now="No")
    notices = of_kind(took, "immediate-concern")
    assert len({notice.person for notice in notices}) == 2
    assert {notice.made for notice in notices} == {DAY}
    assert audit.header["team_manager"] in {notice.person for notice in notices}


def test_the_next_slip_shows_what_is_still_open(office, out):
    first = out["completeness"][0]
    returned(office, first)
    assert f"{first.audit_id}/1" in next_slip(office, first)


def test_a_date_in_the_ledger_decades_off_ends_no_reminder_and_is_told(office, out):
    audit = out["completeness"][0]
    returned(office, audit)
    year_slipped = {
        "Completeness": {audit.audit_id: {"Date of supervision": date(2062, 7, 30)}},
        "Recommendations": {f"{audit.audit_id}/1": {"Done date": date(1926, 7, 30)}},
        "Contact sheets": {audit.audit_id: {"Attached on": date(2062, 7, 30)}},
        "Immediate concerns": {audit.audit_id: {"Verified on": date(2062, 7, 30)}},
    }
    before = office.work(due, on=DAY + timedelta(days=90))
    with office.open() as opened:
        keep_staff_columns(opened.journal, year_slipped)
    took = office.work(collected, today=DAY)
    assert office.audit(audit.audit_id).status == "accepted"
    assert office.work(due, on=DAY + timedelta(days=90)) == before
    told = [each for each in took.warnings if "see whether its year is right" in each]
    assert len(told) == 4
    assert f'{audit.audit_id}, "Date of supervision"' in told[0]


def test_a_slip_shows_nothing_of_the_cases_of_a_namesake(office, out):
    first = out["completeness"][0]
    returned(office, first)
    with office.open() as opened:
        of_another = replace(office.audit(first.audit_id), worker_id="of a namesake")
        keep_audits(opened.journal, [of_another], day=DAY, cause="told apart")
    assert first.audit_id not in next_slip(office, first)


def next_slip(office, first):
    """What the slip says of the next audit of that worker."""
    office.work(issued, Wish(type="completeness"), today=DAY + timedelta(days=21))
    second = next(
        audit for audit in office.audits() if audit.is_out and audit.worker == first.worker
    )
    took = returned(office, second, day=DAY + timedelta(days=30))
    (slip,) = of_kind(took, "supervision-slip")
    return words(office.root / slip.file)


def test_a_corrected_form_has_a_contact_sheet_of_its_own(office, out):
    audit = out["completeness"][0]
    returned(office, audit)
    took = returned(office, audit, seed="again")
    (sheet,) = of_kind(took, "contact-sheet")
    assert sheet.about == f"{audit.audit_id} v2"
    assert date(2026, 7, 11) == sheet.made


def paper_of(office, letters, **answers):
    """The form beside a letter, answered."""
    said = {tag.replace("__", "."): text for tag, text in answers.items()}
    return answered((office.root / letters[0].form).read_bytes(), said)


def discussed(office, audit, took, **answers):
    """The discussion form of an audit comes home; gives what the collect came to."""
    office.drops("discussion.docx", discussion(office, audit, took, **answers))
    return office.work(collected, today=DAY + timedelta(days=3))


def discussion(office, audit, took, **answers):
    """The discussion form of an audit, filled in with every recommendation agreed."""
    agreed = {f"r_{n}": "Agreed" for n in range(1, count_of(office, audit) + 1)}
    return paper_of(office, of_kind(took, "feedback"), **{**agreed, **answers})


def count_of(office, audit):
    """How many recommendations an audit made."""
    with office.open() as opened:
        return len(record(opened.journal, audit.audit_id)[0].recommendations)


SETTLED = {"date_audited": "13/07/2026", "agreed": "Yes", "signed_by": "Tess Manager"}
NOT_AGREED = {
    **SETTLED,
    "agreed": "No",
    "grade_disputed": "Yes",
    "dispute_items": "The overall grade",
    "tm_view": "The plan was there all along.",
    "auditor_view": "It was written after the audit.",
}


def test_a_discussion_form_comes_home_and_the_audit_is_agreed(fed):
    office, audit, first = fed
    took = discussed(office, audit, first, **SETTLED)
    assert [came.outcome for came in took.returns] == ["accepted"]
    assert office.audit(audit.audit_id).status == "agreed"
    with office.open() as opened:
        moves = [status for _, status, _ in events(opened.journal, audit.audit_id)]
        told = programme_of(opened, period("2026-27-Q2"), Caseloads(opened.journal))
    assert moves == ["selected", "issued", "accepted", "discussed", "agreed"]
    progress = figures(told).follow_through.service
    assert progress.agreed.value == progress.made.value == count_of(office, audit)


def test_a_discussion_form_filled_in_where_it_lies_is_not_written_over_after_a_stop(fed):
    office, audit, first = fed
    form = office.root / of_kind(first, "feedback")[0].form
    form.write_bytes(filled := discussion(office, audit, first, **SETTLED))
    with office.open() as opened, opened.journal.transaction() as change:
        change.execute("UPDATE letters SET made = 0")  # a stop came before they were noted
    again = office.work(collected, today=DAY + timedelta(days=3))
    assert of_kind(again, "feedback")[0].form == of_kind(first, "feedback")[0].form
    assert form.read_bytes() == filled


def test_a_discussion_form_says_the_same_twice_and_corrects_itself(fed):
    office, audit, first = fed
    discussed(office, audit, first, **SETTLED)
    again = discussed(office, audit, first, **SETTLED)
    assert [came.outcome for came in again.returns] == ["duplicate"]
    corrected = discussed(office, audit, first, **SETTLED, tm_response="We will do it in May.")
    assert [(came.outcome, came.version) for came in corrected.returns] == [("accepted", 2)]


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_a_discussion_form_in_another_format_is_kept_under_its_own_ending(fed):
    office, audit, first = fed
    form = discussion(office, audit, first, **SETTLED)
    theirs = converted(form, suffix=".docx", to="odt")
    office.drops("discussion.odt", theirs)
    (came,) = office.work(collected, today=DAY + timedelta(days=3)).ended("accepted")
    assert came.stored.endswith(" v1.odt")
    assert (office.root / came.stored).read_bytes() == theirs


def test_a_discussion_that_is_not_agreed_needs_the_managers_view(fed):
    office, audit, first = fed
    took = discussed(office, audit, first, **{**SETTLED, "agreed": "No"})
    assert [came.outcome for came in took.returns] == ["set-aside"]
    assert {reason.code for reason in took.returns[0].reasons} == {"missing"}


def test_a_correction_of_a_comment_leaves_the_discussion_as_it_was_held(fed):
    office, audit, first = fed
    discussed(office, audit, first, **SETTLED)
    took = returned(office, audit, DAY, q_threshold__comment="Seen on the record of March.")
    assert office.audit(audit.audit_id).status == "agreed"
    assert "what was discussed and decided stands" in took.returns[0].details["To know"]
    assert [letter.kind for letter in took.letters] == ["contact-sheet"]


def test_a_correction_of_the_grade_is_discussed_anew_on_a_form_of_its_own(fed):
    office, audit, first = fed
    discussed(office, audit, first, **SETTLED)
    took = returned(office, audit, DAY + timedelta(days=5), q_overall="Inadequate")
    assert office.audit(audit.audit_id).status == "accepted"
    assert "to be discussed again" in took.returns[0].details["To know"]
    (feedback,) = of_kind(took, "feedback")
    assert "The auditor has corrected the form" in words(office.root / feedback.file)
    assert feedback.form != of_kind(first, "feedback")[0].form
    late = discussed(office, audit, first, **SETTLED, tm_response="As before.")
    assert [reason.code for reason in late.returns[0].reasons] == ["corrected-since"]
    discussed(office, audit, took, **SETTLED)
    assert office.audit(audit.audit_id).status == "agreed"


def test_a_disagreement_goes_to_the_heads_of_service_and_is_decided(office, out):
    audit = out["quality"][0]
    graded = returned(office, audit, q_overall="Inadequate")
    took = discussed(office, audit, graded, **NOT_AGREED)
    referrals = of_kind(took, "referral")
    assert referrals
    text = words(office.root / referrals[0].file)
    assert "The plan was there all along." in text
    assert "It was written after the audit." in text
    assert office.audit(audit.audit_id).status == "escalated"
    rows = {f"r_{n}": "Stands" for n in range(1, count_of(office, audit) + 1)}
    form = paper_of(
        office,
        referrals,
        **rows,
        date_audited="16/07/2026",
        decision="The grade is changed: the plan was in another folder.",
        grade_final="Good",
        grade_change_reason="Evidence found later",
        signed_by="Hope Head",
    )
    office.drops("decision.docx", form)
    office.drops("second.docx", answered(form, {"signed_by": "Ida Head", "decision": "It stands."}))
    took = office.work(collected, today=DAY + timedelta(days=6))
    assert [came.outcome for came in took.returns] == ["accepted", "set-aside"]
    decided = office.audit(audit.audit_id)
    assert (decided.status, decided.grade_final) == ("decided", "G")
    assert decided.grade_auditor == office.audit(audit.audit_id).grade_auditor
    assert len(of_kind(took, "decision-made")) == 2
    (sheet,) = of_kind(took, "contact-sheet")
    assert "Good, as decided on 16/07/2026" in words(office.root / sheet.file)
    row = read(office, "Discussions", audit.audit_id)
    assert (row["Outcome"], row["Discussed by"]) == ("Decided", "Tess Manager")
    letters_about = [row for row in rows_of(office, "Letters") if audit.audit_id in row["About"]]
    standing = {row["Letter"]: row["Standing"] for row in letters_about}
    assert standing["Feedback to the team manager"] == "Done"
    assert standing["Referral to the Head of Service"] == "Done"
    assert standing["Contact sheet"] == "Due"
    told = {item.kind: item.text for item in office.work(status, today=DAY + timedelta(days=6))}
    assert "2 × Decision of the Head of Service" in told["letters"]


def test_a_dispute_that_a_correction_overtook_stands_as_superseded_beside_the_next(office, out):
    audit = out["quality"][0]
    graded = returned(office, audit, q_overall="Inadequate")
    discussed(office, audit, graded, **NOT_AGREED)
    corrected = returned(office, audit, DAY + timedelta(days=3), q_overall="Good")
    first, second = f"{audit.audit_id} dispute", f"{audit.audit_id} dispute v2"
    assert read(office, "Disputes", first)["Standing"] == "Superseded"
    discussed(office, audit, corrected, **NOT_AGREED)
    old, new = (read(office, "Disputes", each) for each in (first, second))
    assert (old["Standing"], old["Auditor's grade"]) == ("Superseded", "Inadequate")
    assert (new["Standing"], new["Auditor's grade"]) == ("Referred", "Good")
    letters = [row for row in rows_of(office, "Letters") if audit.audit_id in row["About"]]
    standing = {(row["About"], row["Letter"]): row["Standing"] for row in letters}
    assert standing[first, "Referral to the Head of Service"] == "Superseded"
    assert standing[f"{audit.audit_id} v1", "Feedback to the team manager"] == "Done"
    before = rows_of(office, "Disputes")
    office.work(rebuilt, today=DAY + timedelta(days=3))
    assert rows_of(office, "Disputes") == before


def test_a_form_that_is_set_aside_is_known_to_have_come_back(office, out):
    audit = out["quality"][0]
    returned(office, audit, date_audited="31/02/2026")
    assert office.audit(audit.audit_id).status == "returned"
    returned(office, audit)
    assert office.audit(audit.audit_id).status == "accepted"


def written(office, sheet, key, **cells):
    """Business support writes in a row of the ledger."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    rows = book[sheet]
    headings = {cell.value: cell.column for cell in rows[1]}
    row = next(cell.row for cell in rows["A"] if cell.value == key)
    for heading, value in cells.items():
        rows.cell(row, headings[heading.replace("_", " ")], value)
    book.save(path)


def rows_of(office, sheet):
    """The rows of a sheet of the ledger, each by heading."""
    rows = openpyxl.load_workbook(office.root / "ledger.xlsx")[sheet].iter_rows(values_only=True)
    headings = next(rows)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def read(office, sheet, key):
    """A row of the ledger by heading."""
    return next(row for row in rows_of(office, sheet) if key in row.values())


def test_the_date_in_contact_sheets_makes_an_audit_filed(office, out):
    audit = out["completeness"][0]
    returned(office, audit)
    written(office, "Contact sheets", audit.audit_id, Attached_on=date(2026, 7, 14))
    office.work(collected, today=DAY + timedelta(days=5))
    assert office.audit(audit.audit_id).status == "filed"


def test_a_themed_audit_is_fed_back_once_the_group_has_discussed_it(office, out):
    wish = Wish(type="head-of-service", theme="Permanence", expression="'LAC' in case_types")
    audit = office.work(issued, wish).audits[0]
    took = returned(office, audit)
    (paper,) = of_kind(took, "smg-paper")
    text = words(office.root / paper.file)
    assert audit.child_id not in text
    assert audit.worker not in text
    assert of_kind(took, "feedback") == []
    written(
        office,
        "Head of Service",
        audit.audit_id,
        Discussed_by_the_Service_Management_Group_on=date(2026, 7, 20),
        Outcome_of_the_discussion="Findings amended",
    )
    took = office.work(collected, today=DAY + timedelta(days=12))
    (feedback,) = of_kind(took, "feedback")
    assert "findings amended" in words(office.root / feedback.file)
    assert (office.root / feedback.form).is_file()
    assert office.audit(audit.audit_id).status == "agreed"


def test_a_power_cut_anywhere_loses_no_letter_and_makes_none_twice(office, out, monkeypatch):
    audit = out["quality"][0]
    office.drops("form.docx", office.answers(audit, DAY))
    after = 0
    while True:
        with power_cut(monkeypatch, after) as left:
            office.work(collected, today=DAY)
        the_process_is_dead(office)
        if "cut" not in left:
            break
        after += 1
    office.work(collected, today=DAY)
    names = [name for name in office.tree("outbox/letters") if audit.audit_id in name]
    with office.open() as opened:
        made = [letter for _, letter in letters(opened.journal) if letter.audit_id]
    assert all(letter.made for letter in made)
    assert len(names) == len(made) + sum(bool(letter.form) for letter in made)
    assert len({(each.kind, each.about, each.person) for each in made}) == len(made)


def test_each_person_has_one_letter_a_week_however_much_waits(fed):
    office, audit, _ = fed
    late = DAY + timedelta(days=60)
    took = office.work(collected, today=late)
    reminders = of_kind(took, "reminders")
    people = [letter.person for letter in reminders]
    assert sorted(people) == sorted(set(people))
    assert of_kind(office.work(collected, today=late + timedelta(days=1)), "reminders") == []
    next_week = office.work(collected, today=late + timedelta(days=7))
    assert {letter.person for letter in of_kind(next_week, "reminders")} == set(people)
    mine = next(letter for letter in reminders if letter.person == audit.auditor)
    assert "Hold the discussion" in words(office.root / mine.file)
    owner = next(letter for letter in reminders if letter.person == audit.worker)
    action = read(office, "Recommendations", f"{audit.audit_id}/1")["Recommendation"]
    assert action in words(office.root / owner.file)


def test_a_form_that_stays_out_is_told_to_the_manager_and_then_released(office, out):
    audit = out["completeness"][0]
    manager = audit.header["team_manager"]

    def told(days):
        took = office.work(collected, today=audit.due + timedelta(days=days))
        return {
            letter.person: words(office.root / letter.file)
            for letter in of_kind(took, "reminders")
            if audit.audit_id in words(office.root / letter.file)
        }

    assert manager not in told(3)
    assert manager in told(10)
    assert "may be issued again" in told(24)[manager]


def test_an_immediate_concern_is_first_until_it_is_verified(office, out):
    audit = out["quality"][0]
    returned(office, audit, q_safe_now="No")
    assert office.work(status, today=DAY)[0].kind == "immediate concern"
    assert office.work(due, on=date(2027, 1, 1), today=DAY)[0].kind == "immediate concern"
    written(
        office,
        "Immediate concerns",
        audit.audit_id,
        Verified_by="Hope Head",
        Verified_on=date(2026, 7, 12),
    )
    office.work(collected, today=DAY + timedelta(days=2))
    assert "immediate concern" not in {item.kind for item in office.work(status, today=DAY)}


def test_an_inadequate_audit_is_due_again_within_three_months(office, out):
    audit = out["quality"][0]
    returned(office, audit, q_overall="Inadequate")
    items = office.work(due, on=date(2027, 1, 1), today=DAY)
    (again,) = [item for item in items if item.kind == "re-audit"]
    assert (again.about, again.due) == (audit.audit_id, date(2026, 10, 11))


def test_both_managers_of_a_pair_have_the_list_of_cases_to_exchange(office, out):
    with office.open() as opened:
        lists = [each for _, each in letters(opened.journal) if each.kind == "exchange-list"]
    audit = out["quality"][0]
    mine = [each for each in lists if each.about.startswith(audit.team)]
    assert len({each.person for each in mine}) == 2
    for each in mine:
        text = words(office.root / each.file)
        assert audit.child_id in text
        assert audit.worker in text


def test_the_next_form_of_a_child_asks_after_what_was_left_open_and_its_answer_moves_it(
    fed,
):
    office, peer, _ = fed
    day = DAY + timedelta(days=30)
    wish = Wish(type="completeness", directed=((peer.child_id, "its actions are looked at"),))
    new = office.work(issued, wish, today=day).audits
    own = next(each for each in new if each.child_id == peer.child_id)
    text = words(office.root / own.file)
    assert "Still open from earlier audits:" in text
    assert own.carried == (f"{peer.audit_id}/1",)
    assert own.carried[0] in text
    took = returned(office, own, day=day, c_prev_audit_actions__P="Yes")
    assert took.ended("accepted")
    row = read(office, "Recommendations", own.carried[0])
    assert row["Found by the next audit"] == f"Carried out: {own.audit_id}, {day:%d/%m/%Y}"
    assert row["Standing"] in ("Finished", "To be verified")
