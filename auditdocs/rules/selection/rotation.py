"""Rotation: whose turn it is, so that audits spread evenly over teams, workers and cases.

Source: domain.md A2.1, step 3; Audit procedure 3, Quality Audit ("distributed equally across the
caseloads of their team members").
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.case import Case
from auditdocs.rules.caseload.open_cases import worker_key
from auditdocs.rules.selection.history import within_a_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An audit given, in the past or in this selection, and where it fell."""

    team: str
    worker: str
    """By worker_key, as in all that follows."""
    role: str
    """The auditor's."""
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How audits lie over workers and teams in the twelve months up to a day."""

    day: date
    workers: Counter[str]
    """Worker to the audits of the worker's cases."""
    teams: Counter[tuple[str, str]]
    """Auditor's role and team to the audits of the team's cases by that role."""
    last: Mapping[str, date]
    """Worker to the day of the last audit, however long ago."""

    def after(self, turn: Turn) -> "Spread":
        """The spread with one audit more."""
        worker, place = turn.worker, (turn.role, turn.team)
        return replace(
            self,
            workers=Counter({**self.workers, worker: self.workers[worker] + 1}),
            teams=Counter({**self.teams, place: self.teams[place] + 1}),
            last={**self.last, worker: turn.day},
        )

    def teams_in_turn(self, teams: Collection[str], *, role: str) -> Sequence[str]:
        """The teams in the order in which it is their turn with auditors of that role.

        First the one they audited least. Teams even with each other take turns by month.
        """
        by_name = sorted(teams)
        first = (self.day.year * 12 + self.day.month) % max(len(by_name), 1)
        by_month = by_name[first:] + by_name[:first]
        return sorted(by_month, key=lambda team: self.teams[role, team])

    def case_next(self, cases: Iterable[Case], *, audited: Mapping[str, date]) -> Case:
        """The case whose turn it is: of the worker audited least, and of that worker's the oldest.

        Workers even with each other: longest since the last audit, then by name. Inside a worker:
        those never audited by open date, then by last audit, then by child id. `audited` is child
        id to the day last audited.
        """

        def place(case: Case) -> tuple[int, date, str, str, bool, date, str]:
            done, worker = audited.get(case.child_id), worker_key(case)
            turn = self.workers[worker], self.last.get(worker, date.min), case.worker, worker
            since = done or case.open_date or date.max
            return *turn, done is not None, since, case.child_id

        return min(cases, key=place)


def spread(turns: Iterable[Turn], *, day: date) -> Spread:
    """The spread of these audits as at that day."""
    turns = sorted(turns, key=lambda turn: turn.day)
    year = [turn for turn in turns if within_a_year(turn.day, today=day)]
    return Spread(
        day=day,
        workers=Counter(turn.worker for turn in year),
        teams=Counter((turn.role, turn.team) for turn in year),
        last={turn.worker: turn.day for turn in turns},
    )
