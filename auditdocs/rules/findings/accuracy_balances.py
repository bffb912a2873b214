"""What a reader of the Accuracy audit's figures may set against each other.

Source: quality.md (privacy); see `hidden`.
"""

from collections.abc import Iterable, Iterator

from auditdocs.rules.accuracy.figures import COUNTS, AccuracyFigures, Sum
from auditdocs.rules.accuracy.results import ItemRound
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.findings.hidden import Balance, whole_of


def count_of(each: Sum, name: str) -> Counted:
    """One of its COUNTS, with the check lists behind it; the first of these tells which it is."""
    return Counted(getattr(each, name), (name, *each.lists))


def accuracy_balances(found: AccuracyFigures, period: Period) -> Iterator[Balance]:
    """Teams, items and months beside all; rounds of the period beside their team and item."""
    for groups in (found.by_team, found.by_item, found.by_month):
        yield from _sums(found.in_all, groups.values())
    for team, each in found.by_team.items():
        mine = [rounds for (whose, _), rounds in found.rounds.items() if whose == team]
        yield from _rounds(each, mine, period)
    for item, each in found.by_item.items():
        mine = [rounds for (_, which), rounds in found.rounds.items() if which == item]
        yield from _rounds(each, mine, period)
    against = Counted(len(found.disagreements))
    yield from whole_of(against, *map(Counted, found.against.values()))


def _sums(whole: Sum, parts: Iterable[Sum]) -> Iterator[Balance]:
    parts = tuple(parts)
    for name in COUNTS:
        yield from whole_of(count_of(whole, name), *(count_of(each, name) for each in parts))


def _rounds(whole: Sum, rounds: Iterable[Iterable[ItemRound]], period: Period) -> Iterator[Balance]:
    within = [each for several in rounds for each in several if each.due in period]
    yield from whole_of(count_of(whole, "checked"), *(Counted(r.checked) for r in within))
    yield from whole_of(count_of(whole, "errors"), *(Counted(r.errors) for r in within))
