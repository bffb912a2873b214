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
from tests.benchmarks.measure import Benchmark
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
    """The quarter, a command at a time."""
    office = Office(folder / "office")
    run(office, DATA_DATE, "collect")
    run(office, DATA_DATE, "plan", "completeness")
    run(office, DATA_DATE, "issue", "completeness")
    run(office, DATA_DATE, "issue", "quality")
    run(office, DATA_DATE, "issue", "head-of-service", *THEME)
    for audit in office.audits():
        if audit.status == "issued":
            office.drops(Path(audit.file).name, office.answers(audit, BACK))
    run(office, BACK, "collect")
    run(office, BACK, "status")
    run(office, BACK, "due")
    run(office, END, "ledger", "post")
    run(office, END, "report", "smg")
    run(office, END, "report", "completeness")
    run(office, END, "pack", "2026-27-Q2")


def run(office, day, *words):
    """One command, told with what it took."""
    started = time.perf_counter()
    arguments = ("-w", str(office.root), "--today", day.isoformat(), "--quiet", *words)
    process = subprocess.Popen(
        [sys.executable, "-m", "auditdocs", *arguments], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), (words, process.returncode)
    seconds, scale = time.perf_counter() - started, 1 << (20 if sys.platform == "darwin" else 10)
    told = f"  {seconds:9.3f} s  {used.ru_maxrss / scale:7.0f} MB  {' '.join(words[:2])}\n"
    sys.stdout.write(told)
    sys.stdout.flush()


BENCHMARK = Benchmark(
    name="county",
    what=f"a quarter of {CHILDREN} cases after 50,000 audits, through the commands",
    setup=made,
    ours=ours,
    megabytes=1_024,
)
