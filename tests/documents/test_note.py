"""The note beside a set-aside file: a whole letter that can be forwarded as it is."""

from datetime import date

from auditdocs.documents.accessibility import faults
from auditdocs.documents.package import package
from auditdocs.documents.reports.note import note_document
from auditdocs.model.form import Reason, Return
from tests import outline

REASONS = (
    Reason(code="missing", where="3.2 Plan is SMART", text="Nothing is answered. Write Yes or No."),
    Reason(code="not-a-date", where="Date audited", text="Write dd/mm/yyyy.", found="soon"),
)


def a_note(*reasons, **changes):
    sound = {
        "seen": date(2026, 9, 20),
        "file": "inbox/North/Copy of form & notes.docx",
        "sha256": "ab" * 32,
        "outcome": "set-aside",
        "audit_id": "Q-2026-10-0012",
    }
    came = Return(reasons=reasons or REASONS, **(sound | changes))
    return note_document(came, service="Children's Services", marking="OFFICIAL-SENSITIVE")


def said(note):
    body = outline.part(note, "word/document.xml")
    return [outline.text(each) for each in body.iter(f"{outline.W}p")]


def table(note):
    body = outline.part(note, "word/document.xml")
    return outline.rows(next(body.iter(f"{outline.W}tbl")))


def test_a_note_says_which_form_what_is_wrong_where_and_what_to_do_next():
    note = a_note()
    assert said(note)[:3] == [
        "This form could not be taken yet",
        "Children's Services. Audit Q-2026-10-0012. File: Copy of form & notes.docx",
        "2 things have to be put right:",
    ]
    assert table(note) == [
        ["Where in the form", "What is wrong and what to write", "What stands there"],
        ["3.2 Plan is SMART", "Nothing is answered. Write Yes or No.", ""],
        ["Date audited", "Write dd/mm/yyyy.", "soon"],
    ]
    assert "put it in the inbox again" in said(note)[-1]
    assert "Nothing you have written is lost" in said(note)[-1]


def test_how_the_form_was_read_is_told_to_who_mends_it():
    known = "The form has tracked changes: insertions were read, deletions left out."
    assert said(a_note(details={"To know": known}))[-2] == f"How the form was read: {known}"
    assert not any("How the form was read" in line for line in said(a_note()))


def test_a_question_is_named_with_the_heading_above_it():
    odd = Reason(code="x", where="3.2 Plan is SMART", text="Mend.", section="3 Planning")
    assert table(a_note(odd))[1][0] == "3 Planning:\n3.2 Plan is SMART"


def test_marks_that_no_document_holds_are_left_out():
    odd = Reason(code="x", where="3.2\x01 Plan", text="Mend\ud800.", found="so\x02on")
    note = a_note(odd, file="inbox/a\udce4\x01b.docx")
    assert "File: ab.docx" in said(note)[1]
    assert table(note)[1] == ["3.2 Plan", "Mend.", "soon"]


def test_one_thing_wrong_is_one_thing():
    assert said(a_note(REASONS[0]))[2] == "One thing has to be put right:"


def test_a_file_that_is_no_form_of_ours_is_named_without_an_audit():
    note = a_note(REASONS[0], audit_id="", file="inbox/minutes.pdf")
    assert said(note)[1] == "Children's Services. File: minutes.pdf"


def test_a_note_is_a_sound_document_with_a_title_and_a_language():
    note = a_note()
    assert package(note).parts
    core = outline.part(note, "docProps/core.xml")
    assert "Form to be mended" in [element.text for element in core]
    assert "en-GB" in [element.text for element in core]


def test_a_note_is_marked_because_it_repeats_what_stands_in_the_form():
    header = outline.part(a_note(), "word/header1.xml")
    assert "".join(header.itertext()) == "OFFICIAL-SENSITIVE"


def test_a_note_can_be_read_by_everybody():
    assert faults(a_note()) == ()


def test_what_people_wrote_stands_in_a_note_as_they_wrote_it():
    odd = Reason(code="x", where="1 <b>", text="Mend & send.", found="line one\n{{ two }} ☒")
    assert table(a_note(odd))[1] == ["1 <b>", "Mend & send.", "line one\n{{ two }} ☒"]


def test_where_nothing_stands_there_the_note_has_no_column_for_it():
    whole = Reason(code="pdf", where="The whole file", text="Send the Word form.")
    assert [len(row) for row in table(a_note(whole))] == [2, 2]
    assert [len(row) for row in table(a_note())] == [3, 3, 3]
