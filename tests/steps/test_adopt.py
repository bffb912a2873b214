"""A form that people already have is adopted, issued, filled in and read, all on one day."""

import shutil
from datetime import date

import openpyxl
import pytest

from auditdocs.documents.forms.adopt import draft
from auditdocs.errors import TemplateFault
from auditdocs.places.libreoffice import program
from auditdocs.places.templates import contracts
from auditdocs.steps.adopt import adopted
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.post import post
from auditdocs.steps.report import reported
from auditdocs.steps.templates import checked
from auditdocs.steps.wish import Wish
from tests.makers.forms import with_part
from tests.makers.offices import DATA_DATE
from tests.makers.old_forms import with_controls, with_legacy_fields, with_plain_tables
from tests.outline import part

FORMS = {
    "controls": with_controls,
    "legacy fields": with_legacy_fields,
    "plain tables": with_plain_tables,
}
ASKED = {
    "controls": {
        "Quality of the assessment": "grade",
        "Is the plan SMART?": "yn",
        "Last seen": "date",
        "Contact arrangements": "choice",
        "What difference has been made?": "text",
    },
    "legacy fields": {
        "Name of home": "name",
        "Number of beds": "int",
        "Records up to date": "yn",
        "Condition of the house": "choice",
        "Anything else to tell": "text",
    },
    "plain tables": {
        "Order on file": "yn",
        "Plan signed by the young person": "yn",
        "Chronology": "facet",
        "Were victims' views sought?": "yn",
        "Risk level": "choice",
        "Date of last contact": "date",
        "Number of missed appointments": "int",
        "Overall grade": "grade",
    },
}


@pytest.fixture(params=FORMS)
def kind(request):
    return request.param


def test_every_question_is_found_with_its_type(kind):
    assert {item.label: item.type for item in draft(FORMS[kind]()).items} == ASKED[kind]


def test_title_sections_guidance_numbers_and_what_every_form_has_are_told_apart():
    found = draft(with_controls())
    assert found.title == "Reflective Case Audit"
    assert found.intro == "Please complete all sections and return it to the audit team."
    assert [section.title for section in found.sections] == ["Assessment & planning", "Impact"]
    first = found.items[0]
    assert (first.number, first.guidance) == ("1.1", "Look at the latest one.")
    assert found.known == ("Child's name",)
    assert [choice.label for choice in found.items[3].choices] == ["Direct", "Letterbox", "None"]


def made(office, kind):
    """The form adopted in a workspace; gives its contract."""
    old = office.root.parent / "old form.docx"
    old.write_bytes(FORMS[kind]())
    result = adopted(old, office.root / "templates")
    return contracts(office.root / "templates")[result.contract.stem]


def test_an_adopted_form_is_issued_filled_in_and_read_the_same_day(office, kind):
    of = made(office, kind)
    assert checked(office.root) == ()
    office.drops_council(children=40)
    office.work(collected)
    out = office.work(issued, Wish(type=of.key)).audits
    assert out
    said = {item.id: answer(item) for item in of.items if item.kind in ("choice", "date", "int")}
    office.drops("home.docx", office.answers(out[0], DATA_DATE, **said))
    office.work(collected)
    office.work(post)
    home = office.audit(out[0].audit_id)
    assert home.is_home
    assert home.date_audited == date(2026, 7, 1)
    row = in_the_ledger(office, of, home.audit_id)
    for item in of.items:
        if item.id in said and item.kind != "date":
            assert str(row[item.title]) == said[item.id]


def test_an_adopted_form_stands_in_the_quarters_report(office):
    of = made(office, "plain tables")
    office.drops_council(children=40)
    office.work(collected)
    (audit, *_) = office.work(issued, Wish(type=of.key)).audits
    said = {item.id: answer(item) for item in of.items if item.kind in ("choice", "date", "int")}
    graded = {of.overall.id: "Requires improvement to be good"}
    office.drops("home.docx", office.answers(audit, DATA_DATE, **said, **graded))
    office.work(collected)
    done = office.work(reported, period="2026-27-Q2", today=date(2026, 10, 5))
    assert done.accessibility == ()
    assert done.figures["delivery"][of.key]["returned"] == 1
    assert done.figures["grades"][of.key]["RI"] == 1
    body = part((office.root / done.files[0]).read_bytes(), "word/document.xml")
    assert of.title in "".join(body.itertext())


def answer(item):
    """What somebody writes in answer to a choice, a date or a number."""
    return {"choice": item.choices[-1].label if item.choices else "", "date": "01/06/2026"}.get(
        item.kind, "3"
    )


def in_the_ledger(office, of, audit_id):
    """The audit's row, by the headings of its sheet."""
    book = openpyxl.load_workbook(office.root / "ledger.xlsx")
    rows = [*book[of.sheet].iter_rows(values_only=True)]
    head = next(row for row in rows if "Audit ID" in row)
    (found,) = (row for row in rows if row[head.index("Audit ID")] == audit_id)
    return dict(zip(head, found, strict=True))


def test_a_second_form_of_that_name_takes_nothing_from_the_first(office):
    first, second = made(office, "controls"), made(office, "controls")
    for name in ("key", "prefix", "sheet"):
        assert getattr(first, name) != getattr(second, name)


def test_an_overall_grade_is_the_grade_of_the_audit(office):
    overall = made(office, "plain tables").overall
    assert overall is not None
    assert overall.label == "Overall grade"


OLD = (
    r"{\rtf1\ansi Youth Audit\par "
    r"\trowd\cellx4000\cellx8000\intbl What was learnt?\cell\cell\row "
    r"\trowd\cellx4000\cellx8000\intbl Date of last contact\cell\cell\row \pard\par}"
)


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_a_form_of_another_program_is_adopted_by_conversion(office):
    old = office.root.parent / "Youth audit.rtf"
    old.write_text(OLD, encoding="ascii")
    items = adopted(old, office.root / "templates").draft.items
    assert [item.type for item in items] == ["text", "date"]


def test_without_libreoffice_the_designer_is_told_what_to_do(office, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    old = office.root.parent / "Youth audit.rtf"
    old.write_text(OLD, encoding="ascii")
    with pytest.raises(TemplateFault) as caught:
        adopted(old, office.root / "templates")
    assert "rich text" in caught.value.text
    assert "adopt that" in caught.value.hint


def test_what_is_no_word_form_is_told_with_what_to_do(office):
    old = office.root.parent / "old.docx"
    old.write_bytes(b"%PDF-1.7")
    with pytest.raises(TemplateFault) as caught:
        adopted(old, office.root / "templates")
    assert "adopt that" in caught.value.hint


def test_a_form_without_a_question_is_told(office):
    old = office.root.parent / "empty.docx"
    old.write_bytes(with_part(with_controls(), "word/document.xml", _EMPTY))
    with pytest.raises(TemplateFault, match="No question"):
        adopted(old, office.root / "templates")


_EMPTY = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p/></w:body></w:document>"
)
