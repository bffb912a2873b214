"""A hundred Quality audits come home to a ledger of twenty thousand; openpyxl does the same."""

from dataclasses import replace
from datetime import date
from functools import partial

from auditdocs.model.form import Answer
from auditdocs.places.journal.audits import keep_audits
from auditdocs.places.journal.codec import encoded
from auditdocs.steps.post import post
from tests.benchmarks.measure import Benchmark
from tests.makers.forms import an_issued_audit
from tests.makers.offices import Office
from tests.makers.records import a_record

TODAY = date(2026, 9, 30)
BEFORE, MORE = 20_000, 100
WORDS = "The plan names what is to change, by whom and by when, and was shared with the family. "
VALUES = {"grade": "G", "yn": "yes", "ynp": "partly", "date": "2026-09-01", "int": "3"}


def made(folder):
    """A workspace whose ledger holds the earlier audits, with the later ones waiting."""
    office = Office.made(folder / "office")
    office.work(partial(home, first=1, count=BEFORE), today=TODAY)
    office.work(post, today=TODAY)
    office.work(partial(home, first=BEFORE + 1, count=MORE), today=TODAY)


def home(office, *, first, count):
    """So many audits home, in the journal."""
    contract = office.contract("quality")
    numbers = range(first, first + count)
    keep_audits(office.journal, [audit(contract, n) for n in numbers], day=TODAY, cause="made up")
    with office.journal.transaction() as change:
        change.executemany(
            "INSERT INTO records VALUES (?, 1, ?, ?)",
            ((reference(n), str(n), encoded(record(contract, n))) for n in numbers),
        )


def reference(number):
    """The audit's id."""
    return f"Q-2026-09-{number:05d}"


def audit(contract, number):
    """An audit that is home."""
    return replace(
        an_issued_audit(),
        audit_id=reference(number),
        type=contract.key,
        fingerprint=contract.fingerprint,
        child_id=f"{number:07d}",
        status="accepted",
        returned=TODAY,
        date_audited=TODAY,
        grade_auditor="G",
        grade_final="G",
        archived=f"archive/2026/Quality/{reference(number)}/form.docx",
        sha256=f"{number:064x}",
        form_version=1,
    )


def record(contract, number):
    """Its answers: every item, a comment to each."""
    return a_record(
        audit_id=reference(number),
        answers=tuple(
            Answer(item_id=item.id, value=VALUES.get(item.kind, f"{WORDS}{number}"))
            for item in contract.items
        ),
        comments={item.id: f"{WORDS}{number}" for item in contract.items if item.comment_key},
        recommendations=(),
        fields={},
    )


def ours(folder):
    """What waits is posted, from the journal to the file."""
    done = Office(folder / "office").work(post, today=TODAY)
    assert done.problem is None, done
    assert done.posted >= MORE, done


def peer(folder):
    """openpyxl loads the same file, appends as many rows to the same sheet, and saves it."""
    import openpyxl

    path = folder / "office" / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Quality"]
    row = [cell.value for cell in sheet[2]]
    for _ in range(MORE):
        sheet.append(row)
    book.save(path)


BENCHMARK = Benchmark(
    name="ledger_post",
    what=f"{MORE} audits posted to a ledger of {BEFORE} Quality audits with all their columns",
    setup=made,
    ours=ours,
    peer=peer,
    peer_is="openpyxl: load, append, save",
    faster=20,
    megabytes=300,
)
