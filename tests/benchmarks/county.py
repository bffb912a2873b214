"""A county's quarter through the real commands, after three years: each with its time and memory.

12,000 open cases, their workers (18 cases each), 50,000 audits that are home and closed. The forms
are filled in between the commands, which is not counted.
"""

import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from auditdocs.steps.collect import collected
from auditdocs.steps.post import post
from tests.benchmarks.growth import history
from tests.benchmarks.measure import Benchmark, Part
from tests.makers.offices import DATA_DATE, Office

CHILDREN = 12_000
BACK, END = DATA_DATE + timedelta(days=14), date(2026, 10, 5)
THEME = (
    "--theme",
    "Is permanence on time?",
    "--where",
    "'LAC' in case_types and months_since(care_start) > 12",
)


def made(folder):
    """The county with its history in journal and ledger, and a new extract in the inbox."""
    office = Office.made(folder / "office")
    office.drops_council(children=CHILDREN, data_date=DATA_DATE - timedelta(days=31))
    office.work(collected, today=DATA_DATE - timedelta(days=31))
    office.work(history, today=DATA_DATE - timedelta(days=31))
    office.work(post, today=DATA_DATE - timedelta(days=31))
    office.drops_council(children=CHILDREN)


def ours(folder):
    """The quarter, a command at a time; gives what each took."""
    office = Office(folder / "office")
    return (*issuing(office), *homecoming(office), *reporting(office))


def issuing(office):
    """The extract comes and the forms go out."""
    yield run(office, DATA_DATE, "collect")
    yield run(office, DATA_DATE, "plan", "completeness")
    yield run(office, DATA_DATE, "issue", "completeness")
    yield run(office, DATA_DATE, "issue", "quality")
    yield run(office, DATA_DATE, "issue", "head-of-service", *THEME)


def homecoming(office):
    """They are filled in, which is not counted, and come home."""
    for audit in office.audits():
        if audit.status == "issued":
            office.drops(Path(audit.file).name, office.answers(audit, BACK))
    yield run(office, BACK, "collect")
    yield run(office, BACK, "status")
    yield run(office, BACK, "due")


def reporting(office):
    """The quarter's papers."""
    yield run(office, END, "ledger", "post")
    yield run(office, END, "report", "smg")
    yield run(office, END, "report", "completeness")
    yield run(office, END, "pack", "--period", "2026-27-Q2")


def run(office, day, *words):
    """One command; gives what it took."""
    started = time.perf_counter()
    arguments = ("-w", str(office.root), "--today", day.isoformat(), "--quiet", *words)
    process = subprocess.Popen(
        [sys.executable, "-m", "auditdocs", *arguments], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), (words, process.returncode)
    seconds, scale = time.perf_counter() - started, 1 << (20 if sys.platform == "darwin" else 10)
    return Part(" ".join(words[:2]), seconds, used.ru_maxrss / scale)


BENCHMARK = Benchmark(
    name="county",
    what=f"a quarter of {CHILDREN} cases after 50,000 audits, through the commands",
    setup=made,
    ours=ours,
    megabytes=1_024,
)
