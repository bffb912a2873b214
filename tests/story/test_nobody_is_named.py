"""No child's name, day of birth or answer is in anything the tool says, logs or shows."""

import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from auditdocs.documents.extracts.build import annex_a_workbook, staff_csv
from auditdocs.places.journal.caseload import caseload
from auditdocs.rules.made_up.council import made_up_council
from tests.makers.offices import DATA_DATE, Office

DAY = f"{DATA_DATE + timedelta(days=10)}"
ANSWER = "Zyxwvut said the quilted answer"


def personal(office):
    """Every child's name, day of birth, address and number, as the extract has them."""
    with office.open() as opened:
        cases = caseload(opened.journal).cases
    born = [case.dob for case in cases if case.dob and case.dob.year < DATA_DATE.year - 1]
    days = {text for day in born for text in (day.isoformat(), f"{day:%d/%m/%Y}")}
    words = {
        each
        for case in cases
        for each in (case.forename, case.surname, case.address, case.nhs_number, case.upn)
        if each
    }
    assert len(days) > 20
    assert len(words) > 4 * 60
    return days | words


def read(office, name):
    """A file of the workspace as text."""
    return (office.root / name).read_text(encoding="utf-8", errors="replace")


@contextmanager
def journal(office):
    """The journal, behind the tool's back."""
    with closing(sqlite3.connect(office.root / ".auditdocs/journal.sqlite3")) as opened, opened:
        yield opened


def lying(office):
    """What stands on disk and in the journal for anybody to read, by where it stands."""
    logs = [f".auditdocs/{name}" for name in office.tree(".auditdocs") if name.endswith(".log")]
    texts = {name: read(office, name) for name in ("outbox/status.html", *logs)}
    with journal(office) as opened:
        for table, column in (("events", "cause"), ("facts", "value"), ("lying", "body")):
            rows = opened.execute(f"SELECT {column} FROM {table}")
            texts[f"journal, {table}"] = "\n".join(text for (text,) in rows)
    return texts


def leaks(said, secrets):
    """What is personal in what was said, by where."""
    return [(where, word) for where, text in said.items() for word in secrets if word in text]


def a_council_with_names(office):
    """A made-up council's extract in which every child has a name, an address and numbers."""
    council = made_up_council(data_date=DATA_DATE, children=60)
    sheets = dict(council.sheets)
    (name,) = (each for each in sheets if each.startswith("List 6"))
    headings, *rows = sheets[name]
    more = ("Forename", "Surname", "Address", "NHS Number", "UPN")
    sheets[name] = [[*headings, *more], *([*row, *a_child(n)] for n, row in enumerate(rows))]
    office.drops("annex a.xlsx", annex_a_workbook(sheets))
    office.drops("staff.csv", staff_csv(council.staff))


def a_child(number):
    """Who a child is, like nobody else."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(1000 + number))
    place = f"{number} Quillfeather Row"
    return (
        f"Maisie{letters}",
        f"Thistlewick{letters}",
        place,
        f"{4500000000 + number}",
        f"U{number}Q",
    )


@pytest.fixture(name="office", scope="module")
def office_(tmp_path_factory):
    """A council whose forms have gone out."""
    return Office.made(tmp_path_factory.mktemp("named") / "office")


@pytest.fixture(name="secrets", scope="module")
def secrets_():
    """What nobody may say: the first test adds what the extract holds."""
    return {ANSWER}


def test_nothing_the_tool_says_holds_what_is_personal(run, office, secrets):
    a_council_with_names(office)
    on = ("-w", office.root, "--today", DAY)
    said = {}

    def runs(*command, status=0):
        for options in ((), ("--json",)):
            answer = run(*on, *options, *command, status=status)
            said[(*options, *command)] = answer.out + answer.err

    run(*on, "collect")
    run(*on, "issue", "completeness")
    first, second, third, *_ = office.audits()
    day = DATA_DATE + timedelta(days=10)
    with office.open() as opened:
        item = opened.contract(first.type).items[0]
    office.drops("a.docx", office.answers(first, day, **{f"{item.id}__comment": ANSWER}))
    office.drops("b.docx", office.answers(second, day, date_audited=ANSWER))
    office.drops("half.xlsx", b"PK\3\4" + ANSWER.encode())
    said["collect"] = run(*on, "--json", "collect", status=1).out
    runs("withdraw", "C-2026-07-0999", "--reason", "moved", status=2)
    run(*on, "withdraw", third.audit_id, "--reason", "the family has moved")
    for command in ("status", "due", "set-aside list", "doctor", "ledger check", "plan quality"):
        status = {"set-aside list": 1, "status": 1}.get(command, 0)
        runs(*command.split(), status=status)
    runs("ledger", "explain", first.audit_id)
    secrets |= personal(office)
    assert leaks(said, secrets) == []
    assert leaks(lying(office), secrets) == []


def test_a_fault_of_ours_names_nobody_either(run, office, secrets):
    with journal(office) as opened:
        kept = opened.execute("SELECT extract, child_id, body FROM cases").fetchall()
        opened.execute("UPDATE cases SET body = substr(body, 1, length(body) - 20)")
    answer = run("-w", office.root, "--today", DAY, "plan", "quality", status=70)
    with journal(office) as opened:
        opened.executemany("REPLACE INTO cases VALUES (?, ?, ?)", kept)
    assert ".auditdocs/auditdocs.log" in lying(office)
    assert leaks({"error": answer.out + answer.err, **lying(office)}, secrets) == []


@pytest.mark.parametrize("where", ["outbox/status.html", ".auditdocs/auditdocs.log"])
def test_a_name_planted_in_a_file_is_found(office, secrets, where):
    name, before = sorted(secrets)[-1], read(office, where)
    (office.root / where).write_text(before + name, encoding="utf-8")
    assert leaks(lying(office), secrets) == [(where, name)]
    (office.root / where).write_text(before, encoding="utf-8")


def test_a_name_planted_in_the_journal_or_in_what_is_told_is_found(run, office, secrets):
    name = sorted(secrets)[-1]
    with journal(office) as opened:
        (audit_id,) = opened.execute("SELECT audit_id FROM events WHERE id = 1").fetchone()
        opened.execute("UPDATE events SET cause = cause || ' of ' || ? WHERE id = 1", (name,))
    told = run("-w", office.root, "--json", "ledger", "explain", audit_id).out
    assert leaks({"explain": told, **lying(office)}, secrets) == [
        ("explain", name),
        ("journal, events", name),
    ]
