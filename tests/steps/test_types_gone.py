"""An audit type taken out of the templates: its forms come home still, and nothing is held up."""

import sqlite3
from datetime import timedelta

import pytest

from auditdocs.errors import ContractFault
from auditdocs.steps.collect import collected
from auditdocs.steps.doctor import examined
from auditdocs.steps.issue import issued
from auditdocs.steps.report import reported
from auditdocs.steps.take import taken
from auditdocs.steps.wish import Wish
from tests.makers.extracts import a_caseload, a_csv, a_row
from tests.makers.offices import DATA_DATE, Office, a_clock
from tests.makers.wrong_files import a_zip

DAY = DATA_DATE + timedelta(days=10)


@pytest.fixture(name="before", scope="module")
def before_(tmp_path_factory):
    """A small council with Completeness forms out, and the audits."""
    office = Office.made(tmp_path_factory.mktemp("gone") / "office")
    office.drops_council(children=40)
    office.work(collected)
    return office, office.work(issued, Wish(type="completeness")).audits


@pytest.fixture(name="office")
def office_(before, tmp_path):
    """The same in a folder of its own."""
    return before[0].copied(tmp_path / "office")


@pytest.fixture(name="out")
def out_(before):
    """The audits that are out."""
    return before[1]


def without_the_type(office, key="completeness"):
    """Somebody takes contract and form of a type out of the templates."""
    for ending in ("toml", "docx"):
        (office.root / f"templates/forms/{key}.{ending}").unlink()


def stopped_before(office, of):
    """A stop came after the audit was selected and before its form was put out."""
    change = "UPDATE audits SET status = ?1, body = json_set(body, '$.status', ?1) WHERE audit_id"
    with sqlite3.connect(office.root / ".auditdocs/journal.sqlite3") as journal:
        journal.execute(f"{change} = ?2", ("selected", of.audit_id))
    journal.close()


def test_the_same_form_twice_is_a_duplicate_though_its_type_is_gone(office, out):
    form = office.answers(out[0], DAY)
    office.drops("one.docx", form)
    office.work(collected, today=DAY)
    without_the_type(office)
    office.drops("again.docx", form)
    took = office.work(collected, today=DAY)
    assert [came.outcome for came in took.returns] == ["duplicate"]
    assert "archive/2026/Completeness/" in took.returns[0].stored


def test_a_form_that_cannot_be_put_out_after_a_stop_holds_up_no_other_file(office, out):
    form = office.answers(out[1], DAY)
    stopped_before(office, out[0])
    without_the_type(office)
    office.drops("one.docx", form)
    took = office.work(collected, today=DAY)
    assert [came.outcome for came in took.returns] == ["accepted"]
    assert any("There is no audit type" in each for each in took.warnings)


def test_letters_made_beside_a_zip_are_told_with_those_of_what_it_held(office, out):
    office.drops("a form.docx", office.answers(out[0], DAY))
    office.drops("forms.zip", a_zip(("one.docx", office.answers(out[1], DAY))))
    about = {letter.audit_id for letter in office.work(collected, today=DAY).letters}
    assert about >= {out[0].audit_id, out[1].audit_id}


def test_a_kept_contract_that_cannot_be_read_is_a_finding_of_the_doctors(office):
    (kept,) = (office.root / "archive/contracts").glob("completeness-*.toml")
    kept.chmod(0o644)
    kept.write_text("not a contract", encoding="utf-8")
    found = examined(office.root, today=DATA_DATE, clock=a_clock())
    told = [each for each in found if "can no longer be read" in each.text]
    assert told
    assert "Put the file back from a backup" in told[0].text


@pytest.fixture
def damaged(office):
    """Forms went out by a contract that was changed since and, where it is kept, damaged."""
    contract = office.root / "templates/forms/completeness.toml"
    (kept,) = (office.root / "archive/contracts").glob("completeness-*.toml")
    sound = kept.read_bytes()
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("version = 1", "version = 2", 1), encoding="utf-8")
    kept.chmod(0o644)
    kept.write_text("not a contract", encoding="utf-8")
    return kept, sound


def test_only_forms_of_a_kept_contract_that_cannot_be_read_wait(office, out, damaged):
    (kept, sound), form = damaged, office.answers(out[0], DAY)
    office.drops("sent home.docx", form)
    office.drops("scan.pdf", b"%PDF")
    took = office.work(collected, today=DAY)
    assert [came.outcome for came in took.returns] == ["set-aside"]
    (waits,) = took.waiting
    assert waits.file == "inbox/sent home.docx"
    assert kept.name in waits.why
    assert "Put the file back from a backup" in waits.why
    assert any(kept.name in told for told in took.warnings)
    kept.write_bytes(sound)
    office.drops("sent home.docx", form)  # as if an hour had passed: it is tried again
    took = office.work(collected, today=DAY)
    assert [(came.outcome, came.audit_id) for came in took.returns] == [
        ("accepted", out[0].audit_id)
    ]


def test_no_report_is_made_while_a_kept_contract_cannot_be_read(office, damaged):
    with pytest.raises(ContractFault, match="can no longer be read"):
        office.work(reported, period="2026-27-Q2")


def test_a_sampled_case_that_left_the_caseload_gets_the_form_that_a_stop_held_up(office):
    wish = Wish(type="head-of-service", theme="x", expression="'LAC' in case_types", size=1)
    (audit,) = office.work(issued, wish).audits
    stopped_before(office, audit)
    (office.root / audit.file).unlink()
    later = office.root / "later.csv"
    later.write_bytes(a_csv([a_caseload(*(a_row(9000000 + n) for n in range(40)))]))
    office.work(taken, later, fewer=True, today=DAY)
    office.work(collected, today=DAY)
    assert (office.root / audit.file).is_file()
    assert office.audit(audit.audit_id).status == "issued"
