"""The status page: what needs a person first, no name, written only when something changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from auditdocs.documents.status_page import is_sealed, status_page
from auditdocs.model.standing import Item, Section, Standing
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.status_page import put_status_page
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE

LATER = DATA_DATE + timedelta(days=90)


@pytest.fixture(name="out")
def out_(office):
    """The Completeness forms of a small council, issued."""
    office.drops_council(children=40)
    office.work(collected)
    return office.work(issued, Wish(type="completeness")).audits


def page(office, today=DATA_DATE):
    """The page as it stands after being brought up to date."""
    office.work(put_status_page, today=today)
    return (office.root / "outbox/status.html").read_text(encoding="utf-8")


def sections(text):
    """The text of each section by its heading."""
    return {
        section.find("h2").text: " ".join(section.text_content().split())
        for section in html.fromstring(text).iter("section")
    }


def test_late_forms_are_counted_by_team_and_named_by_reference(office, out):
    told = sections(page(office, LATER))["Forms out, by the auditor's team"]
    assert "To do:" in told
    assert out[0].audit_id in told
    assert out[0].team in told


def test_what_is_due_is_counted_by_its_kind_in_words(office, out):
    office.work(issued, Wish(type="quality"))
    told = sections(page(office))["Due and overdue, by team"]
    assert "Case to agree: " in told
    assert "agrees" not in told


def test_immediate_concerns_come_first(office, out):
    assert next(iter(sections(page(office)))) == "Immediate concerns"


def test_a_file_named_for_a_child_is_told_by_its_number(office, out):
    office.drops("Janet Bloggs minutes.pdf", b"%PDF-1.7")
    office.drops("Janet Bloggs open.docx", office.answers(out[0], DATA_DATE))
    office.drops("~$Janet Bloggs open.docx", b"\x04Anna")
    office.work(collected)
    text = page(office)
    assert "Janet" not in text
    assert "Anna" not in text
    assert "This is a PDF" in sections(text)["Set aside"]
    assert "somebody has it open" in sections(text)["Waiting in the inbox"]


def test_the_page_is_written_only_when_it_says_something_else(office, out):
    assert office.work(put_status_page)
    assert not office.work(put_status_page)
    office.drops("a.pdf", b"%PDF-1.7")
    office.work(collected)
    assert office.work(put_status_page)


def test_the_page_says_who_has_the_ledger_open_and_what_waits(office, out):
    (office.root / "~$ledger.xlsx").write_bytes(b"\x0bKaren Smith" + b"\0" * 40)
    office.drops("good.docx", office.answers(out[0], DATA_DATE))
    office.work(collected)
    told = sections(page(office))["Ledger"]
    assert "still to be posted" in told
    assert "Karen Smith" in told


def test_a_command_that_writes_leaves_the_page_up_to_date(run, office):
    office.drops_council(children=40)
    run("-w", office.root, "--today", f"{DATA_DATE}", "collect")
    text = (office.root / "outbox/status.html").read_text(encoding="utf-8")
    assert "1 extract taken" in sections(text)["What came in the last 14 days"]
    run("-w", office.root, "--today", f"{DATA_DATE}", "issue", "completeness")
    text = (office.root / "outbox/status.html").read_text(encoding="utf-8")
    assert "out, 0 late" in sections(text)["Forms out, by the auditor's team"]


def test_text_is_never_markup_and_nothing_runs():
    line = Item(kind="x", about="<script>alert(1)</script>", text='"><img src=x onerror=y>')
    section = Section(title="<b>", about="&", items=(line,), nothing="")
    text = status_page(
        Standing(service="<i>", marking="M", today=DATA_DATE, sections=(section,))
    ).decode()
    tree = html.fromstring(text)
    assert not [e for e in tree.iter() if e.tag in ("script", "img", "i", "b", "iframe", "link")]
    assert tree.get("lang") == "en-GB"
    assert "http" not in text


def test_the_page_is_written_once_an_hour_where_nothing_but_the_time_has_changed():
    at = "10:00 on 01/07/2026"
    standing = Standing(service="S", marking="M", today=DATA_DATE, sections=(), looked=at)
    page = status_page(standing)
    assert is_sealed(page, replace(standing, looked="10:59 on 01/07/2026"))
    assert not is_sealed(page, replace(standing, looked="11:00 on 01/07/2026"))
    assert b"the inbox was looked at, at 10:00 on 01/07/2026" in page
