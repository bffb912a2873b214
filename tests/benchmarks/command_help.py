"""The command says what it can do, without Word, Excel or chart code."""

import subprocess
import sys

from tests.benchmarks.measure import Benchmark

TIMES = 20


def made(folder):
    """Nothing is needed."""


def ours(folder):
    """The help, as often as the floor."""
    run("-m", "auditdocs", "--help")


def floor(folder):
    """Python imports click, as often."""
    run("-c", "import click")


def run(*arguments):
    """Python started so many times."""
    for _ in range(TIMES):
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


BENCHMARK = Benchmark(
    name="command_help",
    what=f"auditdocs --help, {TIMES} times",
    setup=made,
    ours=ours,
    floor=floor,
    floor_is='python -c "import click"',
    of_floor=3,
)
