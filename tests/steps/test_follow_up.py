"""Follow-up: the letters that a completed audit leads to, once each, whatever stops or breaks."""

from datetime import date, timedelta

import docx
import pytest

from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued
from tests.makers.offices import DATA_DATE

DAY = DATA_DATE + timedelta(days=10)


@pytest.fixture(name="out")
def out_(office):
    """The Completeness and Quality forms of a small council, by type."""
    office.drops_council(children=40)
    office.work(collected)
    types = ("completeness", "quality")
    return {key: office.work(issued, Wish(type=key)).audits for key in types}


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
    office.work(issued, Wish(type="completeness"), today=DAY + timedelta(days=21))
    second = next(
        audit for audit in office.audits() if audit.is_out and audit.worker == first.worker
    )
    took = returned(office, second, day=DAY + timedelta(days=30))
    (slip,) = of_kind(took, "supervision-slip")
    assert f"{first.audit_id}/1" in words(office.root / slip.file)


def test_a_corrected_form_has_a_contact_sheet_of_its_own(office, out):
    audit = out["completeness"][0]
    returned(office, audit)
    took = returned(office, audit, seed="again")
    (sheet,) = of_kind(took, "contact-sheet")
    assert sheet.about == f"{audit.audit_id} v2"
    assert date(2026, 7, 11) == sheet.made
