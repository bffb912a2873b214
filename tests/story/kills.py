"""The command line killed at random instants, healed by one more run.

`python -m tests.story.kills` does so two hundred times; the test run does it a few times.
"""

import argparse
import itertools
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.story.scenes import scenes, stands

_STARTS = 0.3
"""The part of a command's time in which Python starts, and nothing can yet go wrong."""


def killed(scene, root, seconds):
    """The office in which the command was killed after so many seconds; gives whether it was."""
    office = scene.copied(root)
    words = [sys.executable, "-m", "auditdocs", "-w", str(root), *scene.words]
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
    return office, child.wait() == -signal.SIGKILL


def run(known, root, times, *, seed=0, tell=lambda line: None):
    """So many kills of each command in turn, each healed; gives how many met a command at work."""
    chance, expected, longest, met = random.Random(seed), {}, {}, 0
    for scene in known:
        started = time.monotonic()
        office, _ = killed(scene, root / "whole", 120)
        longest[scene.command] = time.monotonic() - started
        scene.again(office)
        expected[scene.command] = stands(office)
        shutil.rmtree(office.root)
    for number, scene in enumerate(itertools.islice(itertools.cycle(known), times), start=1):
        seconds = longest[scene.command] * chance.uniform(_STARTS, 1)
        said = f"{number} of {times}: {scene.command[0]} killed after {seconds:.3f} s"
        office, was_at_work = killed(scene, root / "killed", seconds)
        try:
            scene.again(office)
            assert stands(office) == expected[scene.command]
        except BaseException as fault:
            raise AssertionError(said) from fault
        shutil.rmtree(office.root)
        met += was_at_work
        tell(f"{said}: {'healed' if was_at_work else 'it had ended'}")
    return met


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.story.kills", description=__doc__)
    asked.add_argument("times", type=int, nargs="?", default=200)
    asked.add_argument("--seed", type=int, default=0)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        met = run(scenes(folder), folder, told.times, seed=told.seed, tell=print)
    sys.stdout.write(f"{told.times} kills, of which {met} met a command at work; all healed.\n")
