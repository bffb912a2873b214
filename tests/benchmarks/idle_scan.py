"""A watch looks at five thousand files that wait, and writes nothing."""

import os
from itertools import islice

from auditdocs.steps.turns import watching
from auditdocs.steps.watch import rounds
from tests.benchmarks.measure import Benchmark
from tests.makers.offices import Office

FILES, FOLDERS, LOOKS = 5_000, 20, 100
SETTINGS = "[inbox]\nsettled = 3600\n"
AT_ONCE = 1e-6


def made(folder):
    """An inbox of files that have only just come, in folders."""
    office = Office.made(folder / "office", settings=SETTINGS)
    for number in range(FILES):
        office.drops(f"{number % FOLDERS}/form {number}.docx", b"PK")
    with office.open() as opened, watching(opened) as beat:
        next(rounds(opened, every=AT_ONCE, beat=beat))


def ours(folder):
    """As many looks as the floor."""
    with Office(folder / "office").open() as opened, watching(opened) as beat:
        for took in islice(rounds(opened, every=AT_ONCE, beat=beat), LOOKS):
            assert len(took.waiting) == FILES


def floor(folder):
    """Every folder listed and every file looked at."""
    for _ in range(LOOKS):
        seen = sum(entry.stat().st_size > 0 for entry in below(folder / "office" / "inbox"))
        assert seen >= FILES


def below(folder):
    """Every file, as os.scandir gives it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from below(entry.path)
            else:
                yield entry


BENCHMARK = Benchmark(
    name="idle_scan",
    what=f"{LOOKS} looks of a watch at {FILES:,} files that wait",
    setup=made,
    ours=ours,
    floor=floor,
    floor_is="os.scandir and stat of them",
    of_floor=3,
)
