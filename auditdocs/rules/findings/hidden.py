"""Which counts are hidden beside the small ones, so that no small one can be worked out.

Where parts and their whole stand side by side, one hidden count is the difference of the others.
So a second is hidden with it: the smallest of the others, which may be the whole.

Source: quality.md (privacy: "`--suppress N` hides small cells"); our decision, 2026-11-25.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import inf

from auditdocs.rules.findings.counts import Counted, counted, together


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts a reader can set against each other: those on the left come to those on the right."""

    left: tuple[Counted, ...]
    right: tuple[Counted, ...]

    @property
    def counts(self) -> tuple[Counted, ...]:
        """All of them; nought, which is always shown, and what stands on both sides left out."""
        left, right = Counter(self.left), Counter(self.right)
        kept = (*(left - right).elements(), *(right - left).elements())
        return tuple(count for count in kept if count.value)


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
    known: dict[Counted, list[Balance]] = defaultdict(list)
    waiting = deque(dict.fromkeys(balances))
    for balance in waiting:
        for count in balance.counts:
            known[count].append(balance)
    found: set[Counted] = set()
    while waiting:
        balance = waiting.popleft()
        if _tells(balance, found, least) and (more := _next(balance, found, least)):
            found.add(more)
            waiting.extend(known[more])
    return frozenset(found)


def _tells(balance: Balance, found: set[Counted], least: int) -> bool:
    """Whether only one set of numbers can stand where counts are hidden.

    That is so where one is hidden, and where all must be as low, or as high, as they can be.
    """
    hidden = [each for each in balance.counts if each in found or each.value < least]
    on_left = Counter(balance.left) - Counter(balance.right)
    lowest = highest = actual = 0.0
    for each in hidden:
        low, high = (least, inf) if each in found else (1, least - 1)
        if each in on_left:
            lowest, highest, actual = lowest + low, highest + high, actual + each.value
        else:
            lowest, highest, actual = lowest - high, highest - low, actual - each.value
    return len(hidden) == 1 or (bool(hidden) and actual in (lowest, highest))


def _next(balance: Balance, found: set[Counted], least: int) -> Counted | None:
    """What is hidden next: the smallest that is shown; else the largest of the small ones."""
    left = [each for each in balance.counts if each not in found]
    seen = [each for each in left if each.value >= least]
    if seen:
        return min(seen, key=lambda each: (each.value, each.audits))
    return max(left, key=lambda each: (each.value, each.audits), default=None)
