"""What a reader of the teams' reports may set against each other, beside the quarter's.

Source: quality.md (privacy); see `hidden`.
"""

from collections.abc import Iterable, Iterator

from auditdocs.rules.findings.balances import (
    coverage_balances,
    delivery_balances,
    standard_balances,
)
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.findings.hidden import Balance, part_of, whole_of
from auditdocs.rules.findings.standards import Standard
from auditdocs.rules.findings.team_figures import TeamFigures


def team_balances(teams: Iterable[TeamFigures]) -> Iterator[Balance]:
    """Every balance of these teams' reports; a standard beside the service's, and so all others."""
    teams = tuple(teams)
    for each in teams:
        yield from delivery_balances((), each.delivery)
        yield from coverage_balances(each.covered)
        yield from _owners(each)
        yield from _workers(each)
    asked = [each.beside for each in teams if each.beside]
    for row in zip(*asked, strict=True):
        yield from _standard(row[0].service, [one.team for one in row])


def _owners(each: TeamFigures) -> Iterator[Balance]:
    yield from whole_of(each.open, *(owner.open for owner in each.owners))
    yield from whole_of(each.late_now, *(owner.overdue for owner in each.owners))


def _workers(each: TeamFigures) -> Iterator[Balance]:
    """Eligible cases by worker; those beyond reach are what the sessions leave of them."""
    eligible = [Counted(one.eligible) for one in each.capacity]
    yield from whole_of(Counted(each.covered.eligible), *eligible)
    beyond = [max(one.eligible - one.sessions, 0) for one in each.capacity]
    for whole, left in zip(eligible, beyond, strict=True):
        if left:
            yield Balance((whole,), (Counted(left),))
    yield from whole_of(Counted(sum(beyond)), *map(Counted, beyond))


def _standard(service: Standard, teams: Iterable[Standard]) -> Iterator[Balance]:
    teams = tuple(teams)
    for each in (service, *teams):
        yield from standard_balances(each)
    yield from part_of(service.looked_at, *(each.looked_at for each in teams))
    for key, count in service.results.items():
        yield from part_of(count, *(each.results[key] for each in teams))
