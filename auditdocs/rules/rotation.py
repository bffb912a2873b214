"""Rotation: whose turn it is, so that audits spread evenly over teams, workers and cases.

Source: domain.md A2.1, step 3; Audit procedure 3, Quality Audit ("distributed equally across the
caseloads of their team members").
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auditdocs.model.case import Case
from auditdocs.rules.history import within_a_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An audit given, in the past or in this selection, and where it fell."""

    team: str
    worker: str
    role: str
    """The auditor's."""
    day: date


def team_next(
    teams: Iterable[str], turns: Iterable[Turn], *, role: str, among: Sequence[str], day: date
) -> str:
    """The team whose turn it is with auditors of that role: the one they audited least in a year.

    Teams even with each other take turns by month, in the order of `among`, which holds them all.
    """
    audited = Counter(turn.team for turn in turns if turn.role == role and _in_year(turn, day))
    months = day.year * 12 + day.month
    return min(teams, key=lambda team: (audited[team], (among.index(team) - months) % len(among)))


def case_next(
    cases: Collection[Case],
    turns: Collection[Turn],
    *,
    audited: Mapping[str, date],
    day: date,
) -> Case:
    """The case whose turn it is: of the worker audited least, and of that worker's the oldest.

    Workers even with each other: longest since the last audit, then by name. Inside a worker:
    those never audited by open date, then by last audit, then by child id. `audited` is child id
    to the day last audited.
    """
    counts = audits_in_year(turns, day=day)
    last = {turn.worker: turn.day for turn in sorted(turns, key=lambda turn: turn.day)}

    def place(case: Case) -> tuple[int, date, str, bool, date, str]:
        done = audited.get(case.child_id)
        since = done or case.open_date or date.max
        worker = case.worker
        waited = last.get(worker, date.min)
        return counts[worker], waited, worker, done is not None, since, case.child_id

    return min(cases, key=place)


def audits_in_year(turns: Iterable[Turn], *, day: date) -> Counter[str]:
    """How many audits each worker's cases had in the twelve months up to that day."""
    return Counter(turn.worker for turn in turns if _in_year(turn, day))


def _in_year(turn: Turn, day: date) -> bool:
    return within_a_year(turn.day, today=day)
