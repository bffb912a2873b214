"""The draw: cases by lot, spread over areas and case types, the same whoever performs it.

Source: domain.md A1.1, steps 4 and 5.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256

from auditdocs.model.case import Case
from auditdocs.rules.selection.shares import shares


def draw_order(seed: str, child_id: str) -> str:
    """Where a case stands in a draw: the SHA-256, hexadecimal, of seed, "|" and child id."""
    return sha256(f"{seed}|{child_id}".encode()).hexdigest()


def drawn(
    pool: Sequence[Case], places: int, *, area: Callable[[Case], str], seen: Collection[str] = ()
) -> tuple[Case, ...]:
    """The cases that get a place, in the order of the pool, which is the order of the draw.

    Places are shared among areas, inside an area among case types, by largest remainder; each area
    that is not in `seen` gets one at least, when there are enough for all of those.
    """
    areas = _strata(pool, area)
    unseen = areas.keys() - set(seen)
    sure = unseen if places >= len(unseen) else ()
    chosen: set[str] = set()
    for name, share in shares(_sizes(areas), places, at_least_one=sure).items():
        types = _strata(areas[name], lambda case: case.type_label)
        for kind, count in shares(_sizes(types), share).items():
            chosen |= {case.child_id for case in types[kind][:count]}
    return tuple(case for case in pool if case.child_id in chosen)


def _strata(cases: Sequence[Case], name: Callable[[Case], str]) -> Mapping[str, list[Case]]:
    strata: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        strata[name(case)].append(case)
    return strata


def _sizes(strata: Mapping[str, list[Case]]) -> Mapping[str, int]:
    return {name: len(cases) for name, cases in strata.items()}
