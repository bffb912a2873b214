"""The figures of teams one by one, each with the audits behind it, for the data workbook.

What other reports tell too has their chapter and name, and their value. Workers' own figures stand
in the team's workbook alone.

Source: domain.md D3; quality.md (privacy).
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from auditdocs.model.report import Figure
from auditdocs.rules.findings.accuracy_balances import count_of
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.findings.team_figures import TeamFigures
from auditdocs.rules.forms.outcomes import MET, NOT_MET, RESULTS
from auditdocs.rules.papers.accuracy_rows import check_figures
from auditdocs.rules.papers.compliance_rows import covered_rows
from auditdocs.rules.papers.figure_rows import (
    delivery_rows,
    figure_of,
    need_rows,
    progress_rows,
)
from auditdocs.rules.papers.figure_rows_of_follow_up import Row
from auditdocs.rules.papers.paper import DELIVERY, RECOMMENDATIONS, Paper, team_name

MONTHS = "Standards of recent months"
WORKERS = "Workers"


def team_rows(paper: Paper, found: TeamFigures) -> tuple[Figure, ...]:
    """Every figure of a team's report; it names workers."""
    own = (figure_of(row, paper.shown) for row in _of_workers(found))
    return (*_of_a_team(paper, found), *own)


def heads_rows(paper: Paper, teams: Iterable[TeamFigures]) -> tuple[Figure, ...]:
    """Every figure of a head of service's report, which names nobody."""
    return tuple(chain.from_iterable(_of_a_team(paper, each) for each in teams))


def _of_a_team(paper: Paper, found: TeamFigures) -> Iterator[Figure]:
    yield from (figure_of(row, paper.shown) for row in _rows(found))
    yield from _checks(paper, found)


def _checks(paper: Paper, found: TeamFigures) -> Iterator[Figure]:
    """Of the check lists that fell due in the period, where any did."""
    if found.checked.lists:
        yield from check_figures(f"Team, {found.team}", found.checked, paper.shown)


def teams_json(teams: Iterable[TeamFigures]) -> dict[str, object]:
    """The figures as the command line prints them, by team, as counts that may be hidden."""
    return {"teams": {each.team: _json(each) for each in teams}}


def _json(each: TeamFigures) -> dict[str, Counted | int]:
    return {
        "issued": each.delivery.issued,
        "returned": each.delivery.returned,
        "late": each.delivery.late,
        "missed": each.delivery.missed,
        "out": each.out_now,
        "overdue": each.overdue_now,
        "eligible": each.covered.eligible,
        "audited": each.covered.audited,
        "never": each.covered.never,
        "recommendations_open": each.open,
        "recommendations_overdue": each.late_now,
        "to_do": len(each.to_do),
        "to_host": len(each.to_host),
        "disputes": each.disputes,
        "checked": count_of(each.checked, "checked"),
        "errors": count_of(each.checked, "errors"),
    }


def _rows(found: TeamFigures) -> Iterator[Row]:
    name = f"Team, {team_name(found.team)}"
    yield from delivery_rows(f"Auditor's team, {team_name(found.team)}", found.delivery)
    yield DELIVERY, f"{name}: Forms out now", found.out_now
    yield DELIVERY, f"{name}: Forms overdue now", found.overdue_now
    yield from covered_rows(name, found.covered)
    yield from progress_rows(name, found.progress)
    yield RECOMMENDATIONS, f"{name}: Open now", found.open
    yield RECOMMENDATIONS, f"{name}: Disputes waiting", found.disputes
    for each in found.beside:
        if each.team.applicable:
            title = f"{each.team.item.title}, team, {team_name(found.team)}"
            yield MONTHS, f"{title}: {RESULTS[MET]}", each.team.results[MET]
            yield MONTHS, f"{title}: {RESULTS[NOT_MET]}", each.team.results[NOT_MET]
    yield from need_rows(found.team, found.needs)


def _of_workers(found: TeamFigures) -> Iterator[Row]:
    name = team_name(found.team)
    for each in found.capacity:
        yield WORKERS, f"{name}, {each.worker}: Eligible cases", Counted(each.eligible)
        yield WORKERS, f"{name}, {each.worker}: Supervisions in a year", Counted(each.sessions)
    for owner in found.owners:
        yield WORKERS, f"{name}, {owner.name}: Recommendations open", owner.open
        yield WORKERS, f"{name}, {owner.name}: Recommendations overdue", owner.overdue
