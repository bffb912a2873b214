"""The command line killed at random instants, and what one more run makes of it.

`python -m tests.story.kills 200` does so two hundred times; the test run does it a few times.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from auditdocs.places.archive import is_sound
from auditdocs.places.journal.returns import records, returns, unfinished
from auditdocs.steps.check import differences
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued
from tests.makers.offices import DATA_DATE, Office

DAY = DATA_DATE + timedelta(days=10)


def prepared(root):
    """A council whose forms have come back: some good, one twice, one empty, one no form."""
    office = Office.made(root / "prepared")
    office.drops_council(children=40)
    office.work(collected)
    out = office.work(issued, Wish(type="completeness")).audits
    for place, audit in enumerate(out[:-1]):
        office.drops(f"{place}.docx", office.answers(audit, DAY))
    office.drops("again.docx", office.answers(out[0], DAY))
    office.drops("empty.docx", office.form(out[-1]))
    office.drops("scan.pdf", b"%PDF")
    return office


def killed(office, root, seconds, *command):
    """A copy of the office in which a command was killed after so many seconds."""
    shutil.copytree(office.root, root)
    child = subprocess.Popen(
        [sys.executable, "-m", "auditdocs", "-w", str(root), "--today", DAY.isoformat(), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    return Office(root)


def taken_by_one_more_run(office):
    """What one more collect makes of it; asserts that all is sound. Gives how each file ended."""
    office.work(collected, today=DAY)
    assert office.tree("inbox") == []
    assert office.work(differences)[1] == ()
    with office.open() as opened:
        assert unfinished(opened.journal) == ()
        ended = sorted((came.audit_id, came.outcome) for _, came in returns(opened.journal))
        kept = [record.audit_id for record in records(opened.journal)]
    home = [audit for audit in office.audits() if audit.is_home]
    assert kept == sorted(audit.audit_id for audit in home)
    assert all(is_sound(office.root / audit.archived, audit.sha256) for audit in home)
    return ended


def run(times, root, *, seed=0, tell=lambda line: None):
    """So many kills of collect and of issue, each healed by one more run."""
    chance, office = random.Random(seed), prepared(root)
    whole = killed(office, root / "whole", 120, "collect")
    started = time.monotonic()
    expected = taken_by_one_more_run(whole)
    killed(office, root / "timed", 120, "collect")
    longest = max(1.0, time.monotonic() - started)
    for number in range(times):
        seconds = chance.uniform(0.2, longest)
        here = killed(office, root / f"kill {number}", seconds, "collect")
        assert taken_by_one_more_run(here) == expected, f"killed after {seconds:.3f} s"
        killed(here, root / f"issue {number}", seconds, "issue", "quality")
        issue = Office(root / f"issue {number}")
        issue.work(issued, Wish(type="quality"), today=DAY)
        assert "selected" not in {audit.status for audit in issue.audits()}
        ids = [audit.audit_id for audit in issue.audits()]
        assert len(ids) == len(set(ids))
        assert all((issue.root / a.file).is_file() for a in issue.audits())
        for folder in (here.root, issue.root):
            shutil.rmtree(folder)
        tell(f"{number + 1} of {times}: killed after {seconds:.3f} s, sound")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 200, Path(place), tell=print)
