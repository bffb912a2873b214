"""Spread: how evenly a team's audits lie over its workers, so that a biased choice can be seen.

Source: domain.md A2.1, edges ("tool shows the spread so selection bias is visible"); Audit
procedure 3, Quality Audit ("distributed equally across the caseloads of their team members").
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.case import Case
from auditdocs.model.selection import Pick
from auditdocs.rules.caseload.open_cases import worker_key
from auditdocs.rules.caseload.workers import workers
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.history import audited_on, within_a_year


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerShare:
    """A worker with open cases, and the audits of one type that fell on them."""

    team: str
    worker: str
    open_cases: int
    audits: int
    """In twelve months, and with the choice at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSpread:
    """The workers of a team with open cases, and the fewest and most audits one of them has."""

    team: str
    workers: int
    fewest: int
    most: int

    @property
    def words(self) -> str:
        """The spread in words that name nobody."""
        span = f"{self.fewest}" if self.fewest == self.most else f"{self.fewest} to {self.most}"
        audits = "audit" if span == "1" else "audits"
        whose = number_of(self.workers, "worker")
        return f"{self.team}: {whose}, {span} {audits} each in twelve months with these"


def worker_shares(
    cases: Iterable[Case], audits: Iterable[Audit], picks: Iterable[Pick] = (), *, today: date
) -> tuple[WorkerShare, ...]:
    """Each worker of open cases with the audits of a year and of the choice, by team and name."""
    mine = [case for case in cases if case.is_open and case.worker]
    whose = workers(mine)
    held = Counter((case.team, case.worker, worker_key(case)) for case in mine)
    given = Counter(
        whose.key(audit)
        for audit in audits
        if audit.status != WITHDRAWN and within_a_year(audited_on(audit), today=today)
    )
    given.update(map(whose.key, picks))
    return tuple(
        WorkerShare(team=team, worker=whose.names[key], open_cases=count, audits=given[key])
        for (team, _, key), count in sorted(held.items())
    )


def team_spreads(shares: Iterable[WorkerShare]) -> tuple[TeamSpread, ...]:
    """The spread in each team, by name."""
    teams: dict[str, list[int]] = defaultdict(list)
    for share in shares:
        teams[share.team].append(share.audits)
    return tuple(
        TeamSpread(team=team, workers=len(found), fewest=min(found), most=max(found))
        for team, found in sorted(teams.items())
    )
