"""Fair shares: places among strata by largest remainder, cases among auditors by equal load.

Source: domain.md A1.1, steps 4 and 6.
"""

from collections.abc import Collection, Mapping, Sequence


def shares(
    sizes: Mapping[str, int], places: int, *, at_least_one: Collection[str] = ()
) -> Mapping[str, int]:
    """How many of the places fall to each stratum, in proportion to its size.

    Largest remainder, ties by name; never more than the stratum holds. Those of `at_least_one` that
    come out with none get one each, from the stratum that is furthest above its proportion.
    """
    total = sum(sizes.values())
    if places >= total:
        return dict(sizes)
    quotas = {name: divmod(places * size, total) for name, size in sorted(sizes.items())}
    given = {name: whole for name, (whole, _) in quotas.items()}
    by_remainder = sorted(quotas, key=lambda name: (-quotas[name][1], name))
    for name in by_remainder[: places - sum(given.values())]:
        given[name] += 1
    return _with_one_each(given, sizes, places, {name for name in at_least_one if sizes.get(name)})


def _with_one_each(
    given: dict[str, int], sizes: Mapping[str, int], places: int, needy: set[str]
) -> Mapping[str, int]:
    total = sum(sizes.values())
    for name in sorted(needy):
        if given[name]:
            continue
        givers = [other for other in given if given[other] > (other in needy)]
        if givers:
            above = {other: given[other] * total - places * sizes[other] for other in givers}
            giver = min(givers, key=lambda other: (-above[other], other))
            given[giver] -= 1
            given[name] += 1
    return given


def even_loads(allowed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """An auditor for each case, of those allowed for it, so that loads are as even as can be.

    `allowed` has for each case its auditors in order of preference; a case without any gets "".
    The same lists give the same auditors.
    """
    chosen: list[str] = []
    for names in allowed:
        chosen.append(min(names, key=lambda name: chosen.count(name), default=""))
    while moves := _moves(chosen, allowed):
        for place, name in moves.items():
            chosen[place] = name
    return tuple(chosen)


def _moves(chosen: Sequence[str], allowed: Sequence[Sequence[str]]) -> dict[int, str]:
    """The first way found to make the loads more even, or nothing when they are."""
    ways = (_relief(chosen, allowed, name) for name in dict.fromkeys(chosen))
    return next(filter(None, ways), {})


def _relief(chosen: Sequence[str], allowed: Sequence[Sequence[str]], name: str) -> dict[int, str]:
    """The cases to pass on, each to whom, so that this auditor has one less and evens out.

    Passed along a chain of auditors to the first whose load is lighter by two or more.
    """
    reached: dict[str, dict[int, str]] = {name: {}}
    queue = [name]
    for giver in queue:  # it grows as the chain reaches further auditors
        if chosen.count(name) - chosen.count(giver) >= 2:
            return reached[giver]
        for place in (place for place, holder in enumerate(chosen) if holder == giver):
            for taker in allowed[place]:
                if taker not in reached:
                    reached[taker] = {**reached[giver], place: taker}
                    queue.append(taker)
    return {}
