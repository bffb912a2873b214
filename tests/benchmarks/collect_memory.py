"""Five thousand forms in one go take no more memory than five hundred."""

import shutil
from pathlib import Path

from auditdocs.steps.collect import collected
from tests.benchmarks.collect_forms import BACK, CHILDREN, FORMS, drop_round
from tests.benchmarks.measure import Benchmark
from tests.makers.offices import Office

PERIODS = ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
FEW = 500


def made(folder):
    """A council with five rounds of forms back at once, and one with half a round of them."""
    many = Office.made(folder / "many")
    many.drops_council(children=CHILDREN)
    many.work(collected)
    for period in PERIODS:
        drop_round(many, period, FORMS)
    shutil.copytree(many.root, folder / "few")
    for path in sorted(Path(folder, "few", "inbox").glob("*.docx"))[FEW:]:
        path.unlink()


def ours(folder):
    """All of them taken in."""
    taken(Office(folder / "many"), FORMS * len(PERIODS))


def floor(folder):
    """The few taken in."""
    taken(Office(folder / "few"), FEW)


def taken(office, count):
    """Everything in the inbox taken in, and it is as many."""
    done = office.work(collected, today=BACK)
    assert len(done.ended("accepted")) == count, len(done.returns)
    assert done.posting.problem is None, done.posting


BENCHMARK = Benchmark(
    name="collect_memory",
    what=f"{FORMS * len(PERIODS)} returned forms taken in at once",
    setup=made,
    ours=ours,
    floor=floor,
    floor_is=f"{FEW} of them",
    megabytes=250,
    flat=1.25,
)
