"""A thousand forms come home, all of it; python-docx opens as many and reads their tables."""

from datetime import timedelta
from pathlib import Path

from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.wish import Wish
from tests.benchmarks.measure import Benchmark
from tests.makers.offices import DATA_DATE, Office

FORMS, CHILDREN = 1_000, 17_500
BACK = DATA_DATE + timedelta(days=14)


def made(folder):
    """A council whose workers have all filled in and sent back their form."""
    office = Office.made(folder / "office")
    office.drops_council(children=CHILDREN)
    office.work(collected)
    drop_round(office, "2026-07", FORMS)


def drop_round(office, period, count):
    """A period's forms issued, and so many of them answered and dropped in the inbox."""
    out = office.work(issued, Wish(type="completeness", period=period)).audits
    assert len(out) >= count, len(out)
    for audit in out[:count]:
        office.drops(Path(audit.file).name, office.answers(audit, BACK))


def ours(folder):
    """Gate, hash, read, check, archive, journal, letters, ledger."""
    done = Office(folder / "office").work(collected, today=BACK)
    assert len(done.ended("accepted")) == FORMS, len(done.returns)
    assert done.posting.problem is None, done.posting


def peer(folder):
    """python-docx opens each file and reads the text of its tables' cells."""
    from docx import Document

    for path in (folder / "office" / "inbox").glob("*.docx"):
        for table in Document(str(path)).tables:
            for row in table.rows:
                [cell.text for cell in row.cells]


BENCHMARK = Benchmark(
    name="collect_forms",
    what=f"{FORMS} returned forms taken in, from the gate to the ledger",
    setup=made,
    ours=ours,
    peer=peer,
    peer_is="python-docx: opens the files and reads the cells of their tables",
    faster=1,
)
