"""The faults of an extract as findings on the records: by the team that is to mend them.

A fault in a row is a fault in the case record it came from, so it is an Accuracy finding of the
case's team (domain.md B3, C).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from auditdocs.model.extract import RowProblem
from auditdocs.model.people import Person
from auditdocs.model.settings import TeamSettings
from auditdocs.rules.caseload.matching import NO_TEAMS, name_key, team_spellings


def team_faults(
    problems: Iterable[RowProblem],
    people: Iterable[Person] = (),
    *,
    teams: Mapping[str, TeamSettings] = NO_TEAMS,
) -> Mapping[str, tuple[RowProblem, ...]]:
    """The faults of rows by team, teams as register and settings spell them, in name order.

    "" holds those of rows that name no team. What is wrong with the file as a whole is no row's.
    """
    spelled = team_spellings(people, teams)
    found: dict[str, list[RowProblem]] = defaultdict(list)
    for problem in problems:
        if problem.row:
            found[spelled.get(name_key(problem.team), problem.team)].append(problem)
    return {team: tuple(found[team]) for team in sorted(found)}
