"""The doctor: every fault put in on purpose is found, and a sound workspace has none."""

import json
import shutil
import socket
import sqlite3
from datetime import datetime, timedelta

import openpyxl
import pytest

from auditdocs.places import libreoffice
from auditdocs.steps.collect import collected
from auditdocs.steps.doctor import examined
from auditdocs.steps.issue import issued
from auditdocs.steps.office import Clock
from auditdocs.steps.post import post
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE, Office, a_clock


@pytest.fixture(name="sound", scope="module")
def sound_(tmp_path_factory):
    """A workspace in which nothing is wrong: two forms home, the rest out, few templates."""
    office = Office.made(tmp_path_factory.mktemp("doctor") / "office")
    office.drops_council(children=40)
    office.work(collected)
    for number, audit in enumerate(office.work(issued, Wish(type="completeness")).audits[:2]):
        office.drops(f"{number}.docx", office.answers(audit, DATA_DATE))
    office.work(collected)
    shutil.rmtree(office.root / "templates/letters")
    for form in (office.root / "templates/forms").iterdir():
        if form.stem not in ("completeness", "quality"):
            form.unlink()
    office.work(post)  # a type less is counted in fewer rows
    return office


@pytest.fixture(name="office")
def office_(sound, tmp_path):
    """A copy of it to break."""
    shutil.copytree(sound.root, tmp_path / "office")
    return Office(tmp_path / "office")


def found(office, *, clock=None, today=DATA_DATE):
    """The doctor's findings: kind and words."""
    items = examined(office.root, today=today, clock=clock or a_clock())
    return [(item.kind, f"{item.about} {item.text}") for item in items if item.late]


def a_lock(office, **said):
    lock = {"host": "PC-OTHER", "pid": 4711, "started": "2001-01-01T09:00:00", **said}
    (office.root / ".auditdocs/lock").write_text(json.dumps(lock), encoding="utf-8")


def settings(office, text):
    with (office.root / "auditdocs.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def sql(office, statement):
    connection = sqlite3.connect(office.root / ".auditdocs/journal.sqlite3")
    connection.execute(statement)
    connection.commit()
    connection.close()


def template(office, name):
    return office.root / "templates/forms" / name


def replaced_by_a_file(folder):
    shutil.rmtree(folder)
    folder.write_bytes(b"")


def damaged(journal):
    data = bytearray(journal.read_bytes())
    middle = len(data) // 4096 // 2 * 4096
    data[middle : middle + 8192] = b"\xff" * 8192
    journal.write_bytes(data)


def untagged(office):
    """A contract asks what its Word form has no place for."""
    path = template(office, "completeness.toml")
    text = path.read_text(encoding="utf-8")
    extra = '\n[[sections]]\ntitle = "New"\n[[sections.items]]\nid = "brand_new"\n'
    path.write_text(f'{text}{extra}label = "A new one"\ntype = "yn"\n', encoding="utf-8")


def renamed(office):
    """A question asked otherwise under the number by which forms are out."""
    path = template(office, "completeness.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Chronology of significant events", "Chronology"), "utf-8")


def archived_gone(office, audit_id):
    next(office.root.glob(f"archive/*/Completeness/{audit_id}/*.docx")).unlink()


def archived_changed(office, audit_id):
    office.tampers_with(next(office.root.glob(f"archive/*/Completeness/{audit_id}/*.docx")))


def kept_contract_damaged(office, key):
    (path,) = (office.root / "archive/contracts").glob(f"{key}-v1-*.toml")
    path.chmod(0o644)
    path.write_bytes(b"key = ")


def without_its_heading(ledger):
    book = openpyxl.load_workbook(ledger)
    sheet = book["Forms out"]
    sheet["A1"] = next(iter(sheet.tables.values())).tableColumns[0].name = "Reference"
    book.save(ledger)


JOURNAL = ".auditdocs/journal.sqlite3"
FAULTS = {
    "settings of no name": [
        ("settings", "servise", lambda o: settings(o, "\n[servise]\nx = 1\n")),
        ("folder", "inbox", lambda o: shutil.rmtree(o.root / "inbox")),
    ],
    "settings that are no TOML": [
        ("settings", "cannot be read at line", lambda o: settings(o, "\n[[[\n")),
        ("folder", "outbox", lambda o: shutil.rmtree(o.root / "outbox")),
    ],
    "a contract": [
        ("contract", "quality", lambda o: template(o, "quality.toml").write_text("key = 1")),
        ("ledger", "ledger.xlsx", lambda o: (o.root / "ledger.xlsx").write_bytes(b"PK torn")),
        (
            "lock",
            socket.gethostname(),
            lambda o: a_lock(o, host=socket.gethostname(), pid=4_000_000, beat=f"{datetime.now()}"),
        ),
    ],
    "a damaged journal": [
        ("journal", "it is damaged", lambda o: damaged(o.root / JOURNAL)),
        ("template", "quality", lambda o: template(o, "quality.docx").write_bytes(b"PK\3\4 torn")),
        ("drive", "mapped drive", lambda o: settings(o, "\n[paths]\nledger = 'Z:\\l.xlsx'\n")),
    ],
    "a journal that is none": [
        ("journal", "cannot be read", lambda o: (o.root / JOURNAL).write_bytes(b"no journal" * 99)),
        ("folder", "archive", lambda o: replaced_by_a_file(o.root / "archive")),
    ],
    "a journal that is gone": [("journal", "is gone", lambda o: (o.root / JOURNAL).unlink())],
    "a journal of a newer version": [
        ("journal", "newer auditdocs", lambda o: sql(o, "PRAGMA user_version = 99")),
    ],
    "a contract its form does not fit": [("template", "brand_new", untagged)],
    "a contract that is gone": [
        ("contract", "of completeness", lambda o: template(o, "completeness.toml").unlink()),
        ("ledger", 'heading "Audit ID"', lambda o: without_its_heading(o.root / "ledger.xlsx")),
        ("folder", "A file stands", lambda o: replaced_by_a_file(o.root / "inbox")),
    ],
    "a journal in WAL mode": [
        ("journal", "another program changed", lambda o: sql(o, "PRAGMA journal_mode = WAL"))
    ],
    "the inside": [
        ("template", "quality", lambda o: template(o, "quality.docx").unlink()),
        ("archive", "C-2026-07-0001", lambda o: archived_gone(o, "C-2026-07-0001")),
        ("archive", "C-2026-07-0002", lambda o: archived_changed(o, "C-2026-07-0002")),
        ("archive", "completeness-v1", lambda o: kept_contract_damaged(o, "completeness")),
        ("lock", "PC-OTHER", lambda o: a_lock(o, beat="2001-01-01T09:00:00")),
        (
            "ledger",
            "Karen Smith",
            lambda o: (o.root / "~$ledger.xlsx").write_bytes(b"\x0bKaren Smith" + b"\0" * 40),
        ),
        ("ledger", "is gone", lambda o: (o.root / "ledger.xlsx").unlink()),
        ("ledger", "still to be posted", lambda o: sql(o, "DELETE FROM posted")),
        ("letters", "contact-sheet.docx", lambda o: sql(o, "UPDATE letters SET made = 0")),
        ("extract", "No extract", lambda o: sql(o, "DELETE FROM extracts")),
        ("settings", "quality", lambda o: settings(o, '\n[targets]\n"qualty.year" = 3\n')),
        ("register", "no staff register", lambda o: sql(o, "DELETE FROM registers")),
        ("unfinished", "not yet moved", lambda o: sql(o, "UPDATE returns SET finished = 0")),
        (
            "share",
            "could not be looked at",
            lambda o: sql(o, "INSERT INTO facts VALUES ('share away since', '2026-07-01T10:00')"),
        ),
        (
            "watch",
            "Nobody has looked",
            lambda o: sql(o, "UPDATE facts SET value = '2001-01-01' WHERE name = 'last look'"),
        ),
    ],
}
"""Faults put in together where none hides another; each with its kind and what tells it apart."""


def test_a_sound_workspace_has_nothing_to_mend(office):
    assert found(office) == []


@pytest.mark.parametrize("together", FAULTS)
def test_every_fault_is_found_with_where_and_what_to_do(office, together):
    for _, _, put_in in FAULTS[together]:
        put_in(office)
    told = found(office)
    for kind, words, _ in FAULTS[together]:
        assert [each for each in told if each[0] == kind and words in each[1]], (kind, words, told)
    assert all(len(words) > 40 for _, words in told)


def test_an_old_extract_a_wrong_clock_and_a_full_disk_are_found(office, monkeypatch):
    usage = shutil.disk_usage(office.root)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    wrong = Clock(
        now=lambda: datetime.now() + timedelta(minutes=9),
        pause=lambda seconds: None,
        seconds=a_clock().seconds,
    )
    told = dict(found(office, clock=wrong, today=DATA_DATE + timedelta(days=36)))
    assert {"extract", "clock", "room"} <= told.keys()


def test_a_slow_share_and_a_path_too_long_for_windows_are_found(office, tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    shutil.move(office.root, deep)
    times = iter(range(0, 100_000, 5))
    slow = Clock(now=datetime.now, pause=lambda seconds: None, seconds=lambda: next(times))
    assert {"speed", "path"} <= dict(found(Office(deep), clock=slow)).keys()


def test_no_libreoffice_is_good_to_know_and_nothing_to_mend(office, monkeypatch):
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    assert found(office) == []


def test_the_doctor_changes_nothing(office):
    def everything():
        return {
            path: path.read_bytes() for path in sorted(office.root.rglob("*")) if path.is_file()
        }

    before = everything()
    found(office)
    assert everything() == before


def test_the_command_ends_with_1_when_there_is_something_to_mend(run, office):
    on = ("-w", office.root, "--today", f"{DATA_DATE}", "--json")
    assert not [each for each in run(*on, "doctor").data["items"] if each["late"]]
    (office.root / "ledger.xlsx").write_bytes(b"PK torn")
    kinds = [each["kind"] for each in run(*on, "doctor", status=1).data["items"] if each["late"]]
    assert kinds == ["ledger"]


def test_the_schedule_names_program_and_workspace_in_full(run, office):
    lines = run("-w", office.root, "--json", "schedule").data["lines"]
    assert all(str(office.root) in line for line in lines.values())
