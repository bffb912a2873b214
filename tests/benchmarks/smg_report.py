"""The quarterly report over twenty thousand audits; openpyxl merely reads their ledger."""

from datetime import date
from functools import partial

from auditdocs.steps.collect import collected
from auditdocs.steps.post import post
from auditdocs.steps.report import reported
from tests.benchmarks.ledger_post import BEFORE, TODAY, home
from tests.benchmarks.measure import Benchmark
from tests.makers.offices import Office

END = date(2026, 10, 5)
PERIOD = "2026-27-Q2"


def made(folder):
    """A workspace with a caseload, whose ledger holds the audits as they stand that day."""
    office = Office.made(folder / "office")
    office.drops_council(children=400)
    office.work(collected)
    office.work(partial(home, first=1, count=BEFORE), today=TODAY)
    office.work(post, today=END)


def ours(folder):
    """The report with its workbook of figures and audits, from ledger and journal to the files."""
    done = Office(folder / "office").work(reported, period=PERIOD, today=END)
    assert done.figures["delivery"]["quality"]["returned"] == BEFORE, done.figures
    assert done.accessibility == (), done


def peer(folder):
    """openpyxl reads every cell of the ledger, and does nothing with it."""
    import openpyxl

    book = openpyxl.load_workbook(folder / "office" / "ledger.xlsx", read_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass


BENCHMARK = Benchmark(
    name="smg_report",
    what=f"the SMG report over {BEFORE} Quality audits",
    setup=made,
    ours=ours,
    peer=peer,
    peer_is="openpyxl: read-only, every cell read",
    faster=1,
)
