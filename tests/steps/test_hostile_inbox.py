"""Wrong and hostile files dropped in a real inbox: each is told apart, none stops the rest."""

import os
import time
from datetime import timedelta
from itertools import pairwise

import pytest

from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.wish import Wish
from tests import fuzz
from tests.makers.hostile_files import hostile_documents, hostile_workbooks, hostile_zips
from tests.makers.offices import DATA_DATE
from tests.makers.wrong_files import broken

DAY = DATA_DATE + timedelta(days=10)
NOT_YET = {"empty", "truncated", "damaged"}
"""Kinds that may still be on their way: they wait before they are set aside."""
ELSEWHERE = {"workbook"}
"""Read as an extract, and told as what they then are."""
APART = {"zip", "rtf", "old-word", "open-document"}
"""Taken, or converted where LibreOffice is here: see test_zips_and_copies, test_other_formats."""


@pytest.fixture(name="form")
def form_(office):
    """A good form, answered."""
    office.drops_council(children=40)
    office.work(collected)
    audit = office.work(issued, Wish(type="completeness")).audits[0]
    return audit, office.answers(audit, DAY)


def test_every_wrong_and_hostile_file_is_told_by_its_code_and_the_good_one_is_taken(office, form):
    audit, good = form
    kinds, took_seconds = {}, []
    books = [("xlsx", *each) for each in hostile_workbooks().values()]
    others = (*broken(good).values(), *hostile_documents(good).values(), *hostile_zips().values())
    files = [*books, *(("docx", *each) for each in others)]
    for number, (ending, kind, data) in enumerate(e for e in files if e[1] not in APART):
        kinds[office.drops(f"{number}.{ending}", data).name] = kind
    office.drops("good.docx", good)

    def noticed(what, done, of):
        took_seconds.append(time.monotonic())

    took = office.work(collected, today=DAY, progress=noticed)
    assert max(after - before for before, after in pairwise(took_seconds)) < 10
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


def test_a_film_is_set_aside_by_its_size_and_never_read(office):
    with office.drops("film.docx", b"PK").open("wb") as film:
        film.truncate(3 << 30)
    began = time.monotonic()
    (came,) = office.work(collected).returns
    assert time.monotonic() - began < 5
    assert came.reasons[0].code == "too-large"
    assert office.tree("inbox") == []
    assert (office.root / came.stored).stat().st_size == 3 << 30
    assert (office.root / came.note).is_file()


def test_a_film_named_on_the_command_line_is_refused_unread(run, office, tmp_path):
    film = tmp_path / "film.docx"
    film.touch()
    os.truncate(film, 3 << 30)
    for status, command in ((2, ("collect",)), (3, ("extract", "take"))):
        assert "larger than 100 MB" in run("-w", office.root, *command, film, status=status).err


def test_files_changed_at_random_each_end_in_one_state_and_stop_nothing(tmp_path):
    assert fuzz.run(tmp_path / "office", 60, seed=20260701).total() == 60
