"""A lost ledger made again of twenty thousand Quality audits, in memory that does not grow."""

from functools import partial

from auditdocs.steps.rebuild import rebuilt
from tests.benchmarks.ledger_post import BEFORE, TODAY, home
from tests.benchmarks.measure import Benchmark
from tests.makers.offices import Office

FEW = BEFORE // 5
"""As many fill more than one part of a post, so that memory is at its highest."""


def made(folder):
    """A workspace with all the audits, and one with a fifth of them; none has a ledger."""
    for name, count in (("all", BEFORE), ("few", FEW)):
        office = Office.made(folder / name)
        office.work(partial(home, first=1, count=count), today=TODAY)


def ours(folder):
    """Every row worked out and written."""
    _rebuilt(folder / "all", BEFORE)


def of_a_fifth(folder):
    """The same for a fifth."""
    _rebuilt(folder / "few", FEW)


def _rebuilt(folder, count):
    done = Office(folder).work(rebuilt, today=TODAY)
    assert done.problem is None, done
    assert done.posted >= count, done


BENCHMARK = Benchmark(
    name="ledger_rebuild",
    what=f"a ledger of {BEFORE} Quality audits made anew",
    setup=made,
    ours=ours,
    floor=of_a_fifth,
    floor_is=f"of {FEW} audits",
    flat=1.25,
    megabytes=300,
)
