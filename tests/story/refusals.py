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
from pathlib import Path

from click.testing import CliRunner

from auditdocs.cli import main
from tests.makers.refusing_disk import MODES, REFUSALS, refusing
from tests.story.scenes import scenes, stands

TOLD = {0, 1, 4}
"""How a command may end: done, with something set aside, or to be tried again later."""


def refused(scene, root, *, at, refusal=REFUSALS[0], mode=MODES[0]):
    """The command run on a disk that refuses; gives the disk and how the command ended."""
    here = scene.copied(root)
    with refusing(here.root, at=at, refusal=refusal, mode=mode) as disk:
        ended = CliRunner().invoke(main, ["-w", str(root), *scene.words])
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


def run(known, root, *, every=1, first=1, turn=0, tell=lambda line: None):
    """Every so-manieth call refused, each with another error and in another way; gives how many.

    `turn` shifts which call meets which error and which way.
    """
    ways = zip(itertools.cycle(MODES), itertools.cycle(REFUSALS), strict=False)
    ways, count = itertools.islice(ways, turn, None), 0
    for scene in known:
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
        folder = Path(place)
        every, first, turn = told.every, told.first, told.turn
        done = run(scenes(folder), folder, every=every, first=first, turn=turn, tell=print)
    sys.stdout.write(f"{done} refusals, each healed by the next run.\n")
