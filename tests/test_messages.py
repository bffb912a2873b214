"""What people are told: the nearest name, and what an old console can show."""

import json
import os
import subprocess
import sys

import pytest

from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued
from tests.makers.extracts import a_caseload, a_csv, a_row
from tests.makers.offices import DATA_DATE, Office

TODAY = f"{DATA_DATE}"


@pytest.fixture(name="out", scope="module")
def out_(tmp_path_factory):
    """A workspace with forms out, in which names are not of western Europe."""
    office = Office.made(tmp_path_factory.mktemp("messages") / "office")
    row = a_row(worker="Łukasz Żółty", team="Zespół Łódź")
    office.drops("extract.csv", a_csv([a_caseload(row)]))
    office.work(collected)
    office.work(issued, Wish(type="completeness"))
    return office


def ran(office, *arguments, **environment):
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "auditdocs", "-w", str(office.root), "--today", TODAY, *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("isue", "quality"), '"issue"'),
        (("issue", "qualty"), "quality"),
        (("ledger", "poost"), "post"),
        (("plan", "completeness", "--worker", "Łukas Zółty"), '"Łukasz Żółty"'),
        (("due", "--team", "Zespol Łódź"), "Zespół Łódź"),
        (("withdraw", "C-2026-07-001", "--reason", "x"), "C-2026-07-0001"),
    ],
)
def test_a_word_mistyped_is_answered_with_the_one_that_was_meant(run, out, typed, meant):
    said = run("-w", out.root, "--today", TODAY, *typed, status=2).err
    assert meant in said
    assert "id you mean" in said or "There are" in said


def test_an_old_console_shows_what_it_can_and_json_loses_nothing(out):
    plain = ran(out, "plan", "completeness", PYTHONIOENCODING="cp1252")
    assert plain.returncode == 0, plain.stderr
    assert "ó" in plain.stdout.decode("cp1252")
    data = ran(out, "--json", "due", "--on", "2027-01-01", PYTHONIOENCODING="cp1252")
    assert "Zespół Łódź" in json.dumps(json.loads(data.stdout), ensure_ascii=False)
    refused = ran(out, "plan", "completeness", "--worker", "Łu", PYTHONIOENCODING="cp1252")
    assert refused.returncode == 2
    assert b"fault of its own" not in refused.stderr


def test_a_reader_who_has_heard_enough_is_no_fault(out):
    line = f'"{sys.executable}" -m auditdocs -w "{out.root}" --today {TODAY} status | head -c 1'
    said = subprocess.run(["sh", "-c", line], capture_output=True, check=True)
    assert said.stderr == b""
