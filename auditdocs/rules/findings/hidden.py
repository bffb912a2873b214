"""Which counts are hidden beside the small ones, so that no small one can be worked out.

Where parts and their whole stand side by side, one hidden count is the difference of the others.
So a second is hidden with it: the one with which fewest others must be hidden in their turn, which
may be the whole. That leaves a reader the most: in quarters of 40, 117 and 558 audits a third to
two fifths fewer counts are hidden than where it is the smallest.

Source: quality.md (privacy: "`--suppress N` hides small cells"); our decision, 2026-11-25.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from math import inf

from auditdocs.rules.findings.counts import Counted, counted, together

_Terms = tuple[tuple[Counted, int], ...]
"""The counts of a balance, each with 1 where it stands on the left and -1 on the right."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts a reader can set against each other: those on the left come to those on the right."""

    left: tuple[Counted, ...]
    right: tuple[Counted, ...]

    @property
    def terms(self) -> _Terms:
        """Its counts; nought, which is always shown, and what stands on both sides left out."""
        left, right = Counter(self.left), Counter(self.right)
        more, less = (left - right).elements(), (right - left).elements()
        terms = (*((count, 1) for count in more), *((count, -1) for count in less))
        return tuple((count, sign) for count, sign in terms if count.value)


def whole_of(whole: Counted, *parts: Counted) -> Iterator[Balance]:
    """The balance of a whole and its parts; none where these are not all of it, or overlap."""
    if sum(part.value for part in parts) == whole.value:
        yield Balance((whole,), parts)


def part_of(whole: Counted, *parts: Counted) -> Iterator[Balance]:
    """The balance of a whole, those parts of it that are told, and all else of it together.

    What is told nowhere can be worked out too. Of counts of audits, each in one part alone.
    """
    told = set(chain.from_iterable(part.audits for part in parts))
    rest = counted(audit_id for audit_id in whole.audits if audit_id not in told)
    yield from whole_of(whole, *parts, rest)


def alike(one: Counted, other: Counted) -> Iterator[Balance]:
    """The balance of a figure that stands in two places, counted from other things in each."""
    if one != other and one.value == other.value:
        yield Balance((one,), (other,))


def sum_of(parts: Iterable[Counted]) -> tuple[Counted, ...]:
    """A whole that nobody counted, and its parts behind it."""
    counts = tuple(parts)
    return (together(counts), *counts)


def starred(balances: Iterable[Balance], *, least: int) -> frozenset[Counted]:
    """The counts to hide so that no balance tells one below `least`, which are hidden themselves.

    No count that is hidden can be worked out of any one balance, even by a reader who knows that
    a small count is from 1 up to `least` less one and that another hidden one is not small. A
    small count is among those given back where its being small would tell the others.
    """
    if not least:
        return frozenset()
    known: dict[Counted, list[_Terms]] = defaultdict(list)
    waiting = deque(dict.fromkeys(balance.terms for balance in balances))
    for terms in waiting:
        for count, _ in terms:
            known[count].append(terms)
    found: set[Counted] = set()
    while waiting:
        terms = waiting.popleft()
        if _tells(terms, found, least) and (more := _next(terms, found, known, least)):
            found.add(more)
            waiting.extend(known[more])
    return frozenset(found)


def _tells(terms: _Terms, found: Set[Counted], least: int) -> bool:
    """Whether only one set of numbers can stand where counts are hidden.

    That is so where one is hidden, and where all must be as low, or as high, as they can be.
    """
    hidden = [(each, sign) for each, sign in terms if each in found or each.value < least]
    lowest = highest = actual = 0.0
    for each, sign in hidden:
        ends = (least, inf) if each in found else (1, least - 1)
        low, high = ends if sign > 0 else (-ends[1], -ends[0])
        lowest, highest, actual = lowest + low, highest + high, actual + sign * each.value
    return len(hidden) == 1 or (bool(hidden) and actual in (lowest, highest))


def _next(
    terms: _Terms, found: Set[Counted], known: Mapping[Counted, list[_Terms]], least: int
) -> Counted | None:
    """What is hidden next: of those shown the one that makes least trouble, then the smallest.

    Where none is shown it is the largest of the small ones.
    """
    left = [each for each, _ in terms if each not in found]
    if seen := [each for each in left if each.value >= least]:
        trouble = {each: _trouble(each, found, known[each], least) for each in seen}
        return min(seen, key=lambda each: (trouble[each], each.value, each.audits))
    return max(left, key=lambda each: (each.value, each.audits), default=None)


def _trouble(count: Counted, found: Set[Counted], beside: Iterable[_Terms], least: int) -> int:
    """How many more of the balances that it stands in would tell a count, were it hidden too."""
    then = {*found, count}
    return sum(_tells(each, then, least) - _tells(each, found, least) for each in beside)
