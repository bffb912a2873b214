"""The doctor: every fault put in on purpose is found, and a sound workspace has none."""

import json
import shutil
import socket
import sqlite3
from datetime import datetime, timedelta

import pytest

from auditdocs.places import libreoffice
from auditdocs.steps.collect import collected
from auditdocs.steps.doctor import examined
from auditdocs.steps.issue import Wish, issued
from auditdocs.steps.office import Clock
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


def archived(office):
    return next(office.root.glob("archive/*/Completeness/*/*.docx"))


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


FAULTS = {
    "a setting that is none": ("settings", lambda o: settings(o, "\n[servise]\nx = 1\n")),
    "settings that are no TOML": ("settings", lambda o: settings(o, "\n[[[\n")),
    "a contract with a fault": (
        "contract",
        lambda o: template(o, "quality.toml").write_text("key = 1", encoding="utf-8"),
    ),
    "a form that is missing": ("template", lambda o: template(o, "quality.docx").unlink()),
    "a form that cannot be read": (
        "template",
        lambda o: template(o, "quality.docx").write_bytes(b"PK\3\4 torn"),
    ),
    "a contract its form does not fit": ("template", untagged),
    "a contract changed under its number": ("contract", renamed),
    "no inbox": ("folder", lambda o: shutil.rmtree(o.root / "inbox")),
    "no outbox": ("folder", lambda o: shutil.rmtree(o.root / "outbox")),
    "a file in the archive's place": ("folder", lambda o: replaced_by_a_file(o.root / "archive")),
    "an archived form that is gone": ("archive", lambda o: archived(o).unlink()),
    "an archived form that was changed": ("archive", lambda o: archived(o).write_bytes(b"x")),
    "a damaged journal": ("journal", lambda o: damaged(o.root / ".auditdocs/journal.sqlite3")),
    "a journal that is none": (
        "journal",
        lambda o: (o.root / ".auditdocs/journal.sqlite3").write_bytes(b"nothing of a journal" * 99),
    ),
    "a journal of a newer version": ("journal", lambda o: sql(o, "PRAGMA user_version = 99")),
    "a journal in WAL mode": ("journal", lambda o: sql(o, "PRAGMA journal_mode = WAL")),
    "a lock left behind": ("lock", lambda o: a_lock(o, beat="2001-01-01T09:00:00")),
    "a lock whose process is dead": (
        "lock",
        lambda o: a_lock(o, host=socket.gethostname(), pid=4_000_000, beat=f"{datetime.now()}"),
    ),
    "a ledger held open": (
        "ledger",
        lambda o: (o.root / "~$ledger.xlsx").write_bytes(b"\x0bKaren Smith" + b"\0" * 40),
    ),
    "a damaged ledger": ("ledger", lambda o: (o.root / "ledger.xlsx").write_bytes(b"PK torn")),
    "rows that wait": ("ledger", lambda o: sql(o, "DELETE FROM posted")),
    "no extract": ("extract", lambda o: sql(o, "DELETE FROM extracts")),
    "no staff register": ("register", lambda o: sql(o, "DELETE FROM registers")),
    "a return not finished": ("unfinished", lambda o: sql(o, "UPDATE returns SET finished = 0")),
    "a share that was away": (
        "share",
        lambda o: sql(o, "INSERT INTO facts VALUES ('share away since', '2026-07-01T10:00:00')"),
    ),
    "nobody looks": (
        "watch",
        lambda o: sql(o, "UPDATE facts SET value = '2001-01-01' WHERE name = 'last look'"),
    ),
    "a mapped drive": ("drive", lambda o: settings(o, "\n[paths]\nledger = 'Z:\\ledger.xlsx'\n")),
}


def test_a_sound_workspace_has_nothing_to_mend(office):
    assert found(office) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_found_with_where_and_what_to_do(office, fault):
    kind, put_in = FAULTS[fault]
    put_in(office)
    told = found(office)
    assert kind in [each for each, _ in told], told
    assert all(len(words) > 40 for _, words in told)


def test_an_old_extract_is_found(office):
    assert "extract" in dict(found(office, today=DATA_DATE + timedelta(days=36)))


def test_a_wrong_clock_is_found(office):
    wrong = Clock(
        now=lambda: datetime.now() + timedelta(minutes=9),
        pause=lambda seconds: None,
        seconds=a_clock().seconds,
    )
    assert "clock" in dict(found(office, clock=wrong))


def test_a_slow_share_is_found(office):
    times = iter(range(0, 100_000, 5))
    slow = Clock(now=datetime.now, pause=lambda seconds: None, seconds=lambda: next(times))
    assert "speed" in dict(found(office, clock=slow))


def test_a_full_disk_is_found(office, monkeypatch):
    usage = shutil.disk_usage(office.root)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert "room" in dict(found(office))


def test_a_path_too_long_for_windows_is_found(office, tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    shutil.copytree(office.root, deep)
    assert "path" in dict(found(Office(deep)))


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
