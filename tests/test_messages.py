"""What people are told: the nearest name, and what an old console can show."""

import json
import os
import subprocess
import sys

import pytest

from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.wish import Wish
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
        (("report", "acuracy"), '"accuracy"'),
        (("plan", "completeness", "--worker", "Łukas Zółty"), '"Łukasz Żółty"'),
        (("due", "--team", "Zespol Łódź"), "Zespół Łódź"),
        (("due", "--team", "ZESPOL ŁÓDŹ"), "Zespół Łódź"),
        (("withdraw", "C-2026-07-001", "--reason", "x"), "C-2026-07-0001"),
        (("ledger", "explain", "c-2026-07-001"), "C-2026-07-0001"),
        (("template", "preview", "completness"), "completeness"),
        (("plan", "Qualty"), "quality"),
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


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("issue", "discussion"), "It goes out by itself with the letter"),
        (("plan", "decision"), "It goes out by itself with the letter"),
        (("blank", "accuracy-check"), "it is a workbook"),
        (("plan", "completeness", "--where", "age() > 5"), "takes no --where"),
        (("issue", "completeness", "--theme", "Permanence"), "takes no --theme"),
        (("issue", "completeness", "--size", "3"), "takes no --size"),
        (("withdraw", "C-2026-07-0001", "--reason", " "), "No reason is given"),
        (("collect", "."), "is a folder"),
        (("ledger", "close-year", "2026"), "is not a financial year"),
        (("ledger", "close-year", "2026-27-Q1"), "is not a financial year"),
        (("ledger", "close-year", "2026-27"), "its last day is 31/03/2027"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_goes_out(run, out, typed, told):
    before = sorted(out.root.rglob("outbox/**/*.docx"))
    refused = run("-w", out.root, "--today", TODAY, *typed, status=2).err
    assert told in refused
    assert "What to do: " in refused
    assert sorted(out.root.rglob("outbox/**/*.docx")) == before


def test_one_is_told_as_one(run, out, tmp_path):
    one = tmp_path / "one.csv"
    one.write_bytes(a_csv([a_caseload(a_row())]))
    told = run("-w", out.root, "--today", TODAY, "extract", "check", one).lines
    assert told[0].startswith("1 open case as at ")
    assert told[0].endswith(", from 1 row.")
    one.write_text("name,role,team\nAva Birch,SW,North\n", encoding="utf-8")
    told = run("-w", out.root, "--today", TODAY, "extract", "check", one).lines
    assert told[0] == "A staff register of 1 person would be taken."


def test_an_audit_is_found_whatever_its_capitals(run, out):
    told = run("-w", out.root, "--today", TODAY, "ledger", "explain", "c-2026-07-0001").lines
    assert told[0].startswith("C-2026-07-0001, ")


def test_a_form_that_is_home_or_was_never_out_is_not_withdrawn(run, out):
    typed = ("withdraw", "C-2026-07-0009", "--reason", "x")
    refused = run("-w", out.root, "--today", TODAY, *typed, status=2).err
    assert 'There is no audit "C-2026-07-0009".' in refused


@pytest.mark.parametrize("typed", ["x", "nan", "inf", "1e300", "0", "", "9" * 5_000])
def test_a_number_that_will_not_do_is_told_with_those_that_will(run, out, typed):
    refused = run("-w", out.root, "watch", "--every", typed, "--rounds", "1", status=2).err
    assert "does not do: write a number from 0.1 to 3600." in refused
    refused = run("-w", out.root, "plan", "quality", "--size", typed, status=2).err
    assert "does not do: write a whole number from 1 to 10000." in refused


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--json", "ledgr"), 'Did you mean "ledger"?'),
        (("--json", "plan"), "Missing argument"),
        (("--json", "ledger", "pst"), "post"),
        (("--json", "--today", "2026-13-01", "status"), "is not a date"),
    ],
)
def test_a_wrong_command_line_is_refused_as_json_too(run, typed, told):
    error = run(*typed, status=2).data["error"]
    assert told in error["text"]
    assert error["code"] == "usage"
    assert error["hint"].startswith('Run "')


def test_a_workspace_made_again_is_left_alone_and_what_was_missing_is_named(run, tmp_path):
    run("init", tmp_path)
    (tmp_path / "auditdocs.toml").write_text("[paths]\ntemplates = 'ours'\n", encoding="utf-8")
    (tmp_path / "templates").rename(tmp_path / "ours")
    (tmp_path / "ours/forms/quality.docx").unlink()
    told = run("init", tmp_path).lines
    assert "nothing in it was changed" in told[0]
    assert told[1:-1] == ["Put back, for it was missing: ours/forms/quality.docx"]
    assert told[-1].startswith("Next: ")
    assert not (tmp_path / "templates").exists()


def test_settings_that_are_not_utf_8_are_refused_before_a_letter_is_lost(run, tmp_path):
    run("init", tmp_path)
    (tmp_path / "auditdocs.toml").write_bytes("[service]\nname = 'Zoë'\n".encode("cp1252"))
    refused = run("-w", tmp_path, "status", status=3).err
    assert "is not saved as UTF-8 text" in refused
    assert "Where: auditdocs.toml" in refused
    assert "is not saved as UTF-8 text" in run("-w", tmp_path, "doctor", status=1).out


def test_a_ledger_that_is_gone_is_no_agreement_of_the_records(run, out, tmp_path):
    alone = out.copied(tmp_path / "alone")
    (alone.root / "ledger.xlsx").unlink()
    told = run("-w", alone.root, "--today", TODAY, "ledger", "check", status=1).out
    assert "the workbook is gone" in told
    assert "ledger rebuild" in told
