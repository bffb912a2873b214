"""Five thousand forms in one go take no more memory than five hundred."""

import shutil
from pathlib import Path

from auditdocs.model.audit import CLOSED, ISSUED
from auditdocs.steps.collect import collected
from tests.benchmarks.collect_forms import BACK, drop_round
from tests.benchmarks.measure import Benchmark
from tests.makers.offices import Office

CHILDREN, ROUND = 12_000, 625
PERIODS = tuple(f"2026-{month:02}" for month in range(4, 12))
MANY, FEW = ROUND * len(PERIODS), 500


def made(folder):
    """A county with eight rounds of forms back at once, and one with a part of a round of them."""
    many = Office.made(folder / "many")
    many.drops_council(children=CHILDREN)
    many.work(collected)
    for period in PERIODS:
        drop_round(many, period, ROUND)
        many.work(all_stand, CLOSED)
    many.work(all_stand, ISSUED)
    shutil.copytree(many.root, folder / "few")
    for path in sorted(Path(folder, "few", "inbox").glob("*.docx"))[FEW:]:
        path.unlink()


def all_stand(office, status):
    """Every audit set to that status: a worker whose form is out is given no other."""
    with office.journal.transaction() as change:
        change.execute(
            "UPDATE audits SET status = ?, body = json_set(body, '$.status', ?)", (status, status)
        )


def ours(folder):
    """All of them taken in."""
    taken(Office(folder / "many"), MANY)


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
    what=f"{MANY} returned forms taken in at once",
    setup=made,
    ours=ours,
    floor=floor,
    floor_is=f"{FEW} of them",
    megabytes=250,
    flat=1.25,
)
