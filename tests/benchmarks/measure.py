"""One benchmark: what is measured, against what, and the figure it has to reach.

Every action runs in a process of its own, so that neither memory nor caches are shared. A folder
is filled once by `setup`; each action gets its own copy of it.
"""

import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Action = Callable[[Path], object]


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """What is measured. Actions are functions of a module, and take the folder."""

    name: str
    what: str
    setup: Action
    ours: Action
    peer: Action
    peer_is: str
    """What the peer does, in words."""
    floor: Action | None = None
    """The least that anybody could do."""
    faster: float | None = None
    """How many times faster than the peer it has to be."""
    of_floor: float | None = None
    """How many times the floor it may take."""
    megabytes: float | None = None
    """The most memory it may take."""


@dataclass(frozen=True)
class Spent:
    """What an action took."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Measured:
    """A benchmark's figures."""

    benchmark: Benchmark
    ours: Spent
    peer: Spent
    floor: Spent | None

    @property
    def faster(self) -> float:
        """How many times faster than the peer it is."""
        return self.peer.seconds / self.ours.seconds

    @property
    def of_floor(self) -> float | None:
        """How many times the floor it takes."""
        return self.ours.seconds / self.floor.seconds if self.floor else None

    @property
    def is_reached(self) -> bool:
        """Whether every figure asked for is reached."""
        asked = self.benchmark
        return (
            (asked.faster is None or self.faster >= asked.faster)
            and (asked.of_floor is None or (self.of_floor or 0) <= asked.of_floor)
            and (asked.megabytes is None or self.ours.megabytes <= asked.megabytes)
        )


def measured(benchmark: Benchmark) -> Measured:
    """The benchmark's figures, all in this run."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "folder"
        folder.mkdir()
        _apart(benchmark.setup, folder)
        floor = benchmark.floor and _spent(benchmark.floor, folder)
        ours, peer = _spent(benchmark.ours, folder), _spent(benchmark.peer, folder)
        return Measured(benchmark, ours, peer, floor)


def _spent(action: Action, folder: Path) -> Spent:
    own = folder.with_name(f"{action.__name__} of {folder.name}")
    shutil.copytree(folder, own)
    return _apart(action, own)


def _apart(action: Action, folder: Path) -> Spent:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (action, folder))


def _timed(action: Action, folder: Path) -> Spent:
    started = time.perf_counter()
    action(folder)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Spent(seconds, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))
