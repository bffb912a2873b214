"""One benchmark: what is measured, against what, and the figure it has to reach.

Every action runs in a process of its own, so that neither memory nor caches are shared. A folder
is filled once by `setup`; each action gets its own copy of it.
"""

import multiprocessing
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

Action = Callable[[Path], "tuple[Part, ...] | None"]
"""Gives its parts where they were measured one by one."""


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """What is measured. Actions are functions of a module, and take the folder."""

    name: str
    what: str
    setup: Action
    ours: Action
    peer: Action | None = None
    peer_is: str = ""
    """What the peer does, in words."""
    share: int = 1
    """The peer, being slow, does one part in so many; its seconds are counted so many times."""
    floor: Action | None = None
    floor_is: str = "the floor"
    """The least that anybody could do, or the same work where it is easiest, in words."""
    faster: float | None = None
    """How many times faster than the peer it has to be."""
    of_floor: float | None = None
    """How many times the floor it may take."""
    megabytes: float | None = None
    """The most memory it may take."""
    flat: float | None = None
    """How many times the memory of the floor it may take."""


@dataclass(frozen=True)
class Spent:
    """What an action took; memory is its own at its highest and that of its largest child."""

    seconds: float
    megabytes: float
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Part:
    """What one command of an action took, in a process of its own."""

    words: str
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Measured:
    """A benchmark's figures."""

    benchmark: Benchmark
    ours: Spent
    peer: Spent | None
    floor: Spent | None

    @property
    def faster(self) -> float | None:
        """How many times faster than the peer it is."""
        return self.peer.seconds / self.ours.seconds if self.peer else None

    @property
    def of_floor(self) -> float | None:
        """How many times the floor it takes."""
        return self.ours.seconds / self.floor.seconds if self.floor else None

    @property
    def flat(self) -> float | None:
        """How many times the memory of the floor it takes."""
        return self.ours.megabytes / self.floor.megabytes if self.floor else None

    @property
    def is_reached(self) -> bool:
        """Whether every figure asked for is reached."""
        asked = self.benchmark
        return (
            (asked.faster is None or (self.faster or 0) >= asked.faster)
            and _within(self.of_floor, asked.of_floor)
            and _within(self.ours.megabytes, asked.megabytes)
            and _within(self.flat, asked.flat)
        )


def _within(reached: float | None, at_most: float | None) -> bool:
    return at_most is None or (reached is not None and reached <= at_most)


def measured(benchmark: Benchmark, place: Path) -> Measured:
    """The benchmark's figures, all in this run; what it makes stays below that place.

    Nothing is deleted meanwhile: a disk that has just freed many files makes new ones far slower.
    """
    folder = place / benchmark.name / "folder"
    folder.mkdir(parents=True)
    _apart(benchmark.setup, folder)
    floor = benchmark.floor and _spent(benchmark.floor, folder)
    ours = _spent(benchmark.ours, folder)
    peer = benchmark.peer and _spent(benchmark.peer, folder)
    whole = peer and replace(peer, seconds=peer.seconds * benchmark.share)
    return Measured(benchmark, ours, whole, floor)


def _spent(action: Action, folder: Path) -> Spent:
    own = folder.with_name(f"{action.__name__} of {folder.name}")
    shutil.copytree(folder, own)
    if hasattr(os, "sync"):  # what the copy left to be written is no part of the action
        os.sync()
    return _apart(action, own)


def _apart(action: Action, folder: Path) -> Spent:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (action, folder))


def _timed(action: Action, folder: Path) -> Spent:
    started = time.perf_counter()
    parts = action(folder) or ()
    seconds = time.perf_counter() - started
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = sum(resource.getrusage(who).ru_maxrss for who in whose)
    return Spent(seconds, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), parts)
