"""Runs the benchmarks, prints a table, and writes their figures to benchmarks.json."""

import argparse
import json
import pkgutil
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from tests import benchmarks
from tests.benchmarks.measure import Measured, measured


def main() -> int:
    """Exit status 1 when a figure is not reached."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    known = {
        name: module.BENCHMARK
        for _, name, _ in pkgutil.iter_modules(benchmarks.__path__)
        if not name.startswith("_")
        and hasattr(module := import_module(f"{benchmarks.__name__}.{name}"), "BENCHMARK")
    }
    asked.add_argument("name", nargs="*", choices=[[], *known], help="all, unless some are named")
    asked.add_argument("--json", type=Path, default=Path("benchmarks.json"))
    told = asked.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as place:
        for name in told.name or known:
            found.append(measured(known[name], Path(place)))
            sys.stdout.write("\n".join([*_lines(found[-1]), ""]))
            sys.stdout.flush()
    told.json.write_text(json.dumps([*map(_figures, found)], indent=1), encoding="utf-8")
    return 0 if all(each.is_reached for each in found) else 1


def _lines(of: Measured):
    asked = of.benchmark
    yield f"{asked.name}: {asked.what}"
    for words, spent in (
        ("ours", of.ours),
        (asked.peer_is, of.peer),
        (asked.floor_is, of.floor),
    ):
        if spent is not None:
            yield f"  {spent.seconds:9.3f} s  {spent.megabytes:7.0f} MB  {words}"
    for part in of.ours.parts:
        yield f"  {part.seconds:9.3f} s  {part.megabytes:7.0f} MB    {part.words}"
    if asked.faster is not None:
        yield f"  {of.faster:.1f} times faster; to reach: {asked.faster:g}"
    if asked.of_floor is not None:
        yield f"  {of.of_floor:.2f} times the time of the floor; at most: {asked.of_floor:g}"
    if asked.flat is not None:
        yield f"  {of.flat:.2f} times the memory of the floor; at most: {asked.flat:g}"
    if asked.megabytes is not None:
        yield f"  {of.ours.megabytes:.0f} MB; at most: {asked.megabytes:g}"
    yield "  reached" if of.is_reached else "  NOT REACHED"


def _figures(of: Measured):
    return {
        "name": of.benchmark.name,
        "what": of.benchmark.what,
        "seconds": of.ours.seconds,
        "megabytes": of.ours.megabytes,
        "peer_seconds": of.peer and of.peer.seconds,
        "peer_megabytes": of.peer and of.peer.megabytes,
        "floor_seconds": of.floor and of.floor.seconds,
        "floor_megabytes": of.floor and of.floor.megabytes,
        "faster": of.faster,
        "of_floor": of.of_floor,
        "parts": [*map(asdict, of.ours.parts)],
        "reached": of.is_reached,
    }


if __name__ == "__main__":
    sys.exit(main())
