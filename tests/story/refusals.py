"""A disk that refuses any one call through issue, collect and post, healed by the next run.

`python -m tests.story.refusals` refuses every call in turn, with one error after another and in one
of three ways after another; the test run takes every so-manieth. What is asserted: the command ends
with a status of cli.md that tells people to try again, never with a fault of ours; and after the
next run each file has its one end, each accepted audit its one row and its archived file, and
ledger and journal are sound.
"""

import argparse
import itertools
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner

from auditdocs.cli import main
from auditdocs.places.archive import is_sound
from auditdocs.places.journal.returns import records, returns, unfinished
from auditdocs.steps.check import differences
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued
from auditdocs.steps.office import opened
from auditdocs.steps.tidy import tidied
from auditdocs.steps.turns import at_work
from tests.makers.offices import DATA_DATE, Office, a_clock
from tests.makers.refusing_disk import MODES, REFUSALS, refusing
from tests.makers.wrong_files import a_zip

DAY = DATA_DATE + timedelta(days=10)
TOLD = {0, 1, 4}
"""How a command may end: done, with something set aside, or to be tried again later."""


@dataclass(frozen=True)
class Scene:
    """A command, the office it is run in, and how things stand when it has been run."""

    command: tuple
    office: Office
    again: object
    """The next run: takes the office."""


def scenes(root):
    """Forms going out; and everything that can come home."""
    issuing = Office.made(root / "issuing")
    issuing.drops_council(children=30)
    issuing.work(collected)
    home = Office(root / "home")
    shutil.copytree(issuing.root, home.root)
    out = home.work(issued, Wish(type="completeness")).audits
    home.drops("good.docx", home.answers(out[0], DAY))
    home.work(collected, today=DAY)
    home.drops("again.docx", home.answers(out[0], DAY))
    home.drops("corrected.docx", home.answers(out[0], DAY, seed="two"))
    home.drops("faulty.docx", home.form(out[1]))
    home.drops("forms.zip", a_zip(("one.docx", home.answers(out[2], DAY))))
    home.drops("scan.pdf", b"%PDF")
    home.drops_council(children=31, data_date=DAY)
    return (
        Scene(("issue", "completeness"), issuing, _issued_again),
        Scene(("collect",), home, _collected_again),
        Scene(("watch", "--every", "0.1", "--rounds", "2"), home, _collected_again),
    )


def _issued_again(office):
    office.work(issued, Wish(type="completeness"), today=DAY)
    _collected_again(office)


def _collected_again(office):
    """When whatever was put off is due again."""
    later = replace(a_clock(), seconds=lambda: time.time() + 60)
    with opened(office.root, today=DAY, clock=later) as open_, at_work(open_):
        collected(open_)
        tidied(open_)


def stands(office):
    """How everything stands: how each file ended, each audit and its record. Asserts soundness."""
    with office.open(DAY) as open_:
        assert unfinished(open_.journal) == ()
        ended = Counter((came.audit_id, came.outcome) for _, came in returns(open_.journal))
        kept = sorted(record.audit_id for record in records(open_.journal))
    audits = office.audits()
    home = [audit for audit in audits if audit.is_home]
    assert kept == sorted(audit.audit_id for audit in home)
    assert all(is_sound(office.root / each.archived, each.sha256) for each in home)
    assert all((office.root / each.file).is_file() for each in audits)
    assert office.tree("inbox") == []
    assert office.tree(".auditdocs/work") == []
    assert office.work(differences, today=DAY)[1] == ()
    assert [name for name in office.tree("") if name.endswith(".tmp")] == []
    aside = [name for name in office.tree("outbox/set-aside") if not name.endswith("note.docx")]
    return ended, sorted((each.audit_id, each.child_id, each.status) for each in audits), aside


def refused(scene, root, *, at, refusal=REFUSALS[0], mode=MODES[0]):
    """The command run on a disk that refuses; gives the disk and how the command ended."""
    here = Office(root)
    shutil.copytree(scene.office.root, here.root)
    words = ["-w", str(here.root), "--today", DAY.isoformat(), *scene.command]
    with refusing(here.root, at=at, refusal=refusal, mode=mode) as disk:
        ended = CliRunner().invoke(main, words)
    return here, disk, ended


def healed(scene, root, expected, *, at, refusal, mode):
    """One refusal and the next run. Gives what was refused, () when there are not so many calls."""
    here, disk, ended = refused(scene, root, at=at, refusal=refusal, mode=mode)
    said = f"{' '.join(scene.command)}: {refusal} {mode} at call {at}, {disk.refused[:1]}"
    try:
        assert ended.exit_code in TOLD, f"{said}: ended with {ended.exit_code}: {ended.output}"
        for lock in ("lock", "turn"):  # its process would be gone
            (here.root / ".auditdocs" / lock).unlink(missing_ok=True)
        try:
            scene.again(here)
            assert stands(here) == expected
        except BaseException as fault:
            raise AssertionError(said) from fault
    finally:
        shutil.rmtree(here.root)
    return tuple(disk.refused)


def run(root, *, every=1, first=1, turn=0, tell=lambda line: None):
    """Every so-manieth call refused, each with another error and in another way; gives how many.

    `turn` shifts which call meets which error and which way.
    """
    ways = zip(itertools.cycle(MODES), itertools.cycle(REFUSALS), strict=False)
    ways, count = itertools.islice(ways, turn, None), 0
    for scene in scenes(root):
        here, disk, ended = refused(scene, root / "whole", at=10**9)
        assert ended.exit_code in TOLD, ended.output
        scene.again(here)
        expected = stands(here)
        shutil.rmtree(here.root)
        for at, (mode, refusal) in zip(range(first, disk.calls + 1, every), ways, strict=False):
            gone = healed(scene, root / "refused", expected, at=at, refusal=refusal, mode=mode)
            count += 1
            tell(f"{scene.command[0]}: {at} of {disk.calls}: {refusal} {mode}: {gone[0]}: healed")
    return count


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.story.refusals", description=__doc__)
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--first", type=int, default=1)
    asked.add_argument("--turn", type=int, default=0)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        done = run(Path(place), every=told.every, first=told.first, turn=told.turn, tell=print)
    sys.stdout.write(f"{done} refusals, each healed by the next run.\n")
