"""Wrong and hostile files dropped in a real inbox: each is told apart, none stops the rest."""

import random
import time
from datetime import timedelta

import pytest

from auditdocs.documents.reports.note import note_document
from auditdocs.documents.reports.report import report_document
from auditdocs.model.form import Return
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued
from tests.makers.forms import without_part
from tests.makers.offices import DATA_DATE
from tests.makers.reports import a_report
from tests.makers.wrong_files import broken

DAY = DATA_DATE + timedelta(days=10)
NOT_YET = {"empty", "truncated", "damaged"}
"""Kinds that may still be on their way: they wait before they are set aside."""
ELSEWHERE = {"workbook", "rtf", "old-word", "open-document"}
"""Read as an extract, or converted where LibreOffice is here, and told as what they then are."""
MUTATIONS = 60


@pytest.fixture(name="form")
def form_(office):
    """A good form, answered."""
    office.drops_council(children=40)
    office.work(collected)
    audit = office.work(issued, Wish(type="completeness")).audits[0]
    return audit, office.answers(audit, DAY)


def test_every_wrong_file_is_set_aside_by_its_kind_and_the_good_one_is_taken(office, form):
    audit, good = form
    kinds = {}
    files = (*broken(good).values(), *papers_of_ours(office))
    for number, (kind, data) in enumerate(each for each in files if each[0] != "zip"):
        kinds[office.drops(f"{number}.docx", data).name] = kind
    office.drops("good.docx", good)
    began = time.monotonic()
    took = office.work(collected, today=DAY)
    assert time.monotonic() - began < 10 + len(kinds)
    assert [came.audit_id for came in took.ended("accepted")] == [audit.audit_id]
    waiting = {each.file.rpartition("/")[2] for each in took.waiting}
    aside = {came.file.rpartition("/")[2]: came for came in took.ended("set-aside")}
    assert waiting | set(aside) == set(kinds)
    assert {kinds[name] for name in waiting} <= NOT_YET
    wrong = {
        name: (kinds[name], came.reasons[0].code)
        for name, came in aside.items()
        if came.reasons[0].code != kinds[name] and kinds[name] not in ELSEWHERE
    }
    assert wrong == {}


def papers_of_ours(office):
    """What the tool itself makes and nobody fills in, each with the code it is refused by."""
    forms, letters = office.root / "templates/forms", office.root / "templates/letters"
    came = Return(seen=DAY, file="inbox/a.docx", sha256="ab" * 32, outcome="set-aside")
    return (
        ("unfilled-template", (forms / "quality.docx").read_bytes()),
        (
            "unfilled-template",
            without_part((forms / "quality.docx").read_bytes(), "docProps/custom.xml"),
        ),
        ("letter", (letters / "contact-sheet.docx").read_bytes()),
        ("report", report_document(a_report())),
        ("note", note_document(came, service="Testshire")),
    )


def test_a_form_changed_at_random_ends_in_one_state_and_stops_nothing(office, form):
    _, good = form
    chance = random.Random(20260701)
    for number in range(MUTATIONS):
        data = bytearray(good)
        for _ in range(chance.choice((1, 5, 200))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = chance.choice((len(data), chance.randrange(1, len(data))))
        office.drops(f"{number}.docx", bytes(data[:cut]))
    took = office.work(collected, today=DAY)
    ended = [came.file for came in took.returns] + [each.file for each in took.waiting]
    assert len(ended) == len(set(ended)) == MUTATIONS
    assert len(took.ended("accepted")) <= 1
