"""The reports for teams and their heads of service written: a document for each, and a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from auditdocs.model.selection import Pick
from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.calendar.periods import Period, month_of
from auditdocs.rules.caseload.teams import team_named
from auditdocs.rules.findings.balances import balances
from auditdocs.rules.findings.compliance import standards_type
from auditdocs.rules.findings.figures import figures
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.findings.team_balances import team_balances
from auditdocs.rules.findings.team_figures import Ahead, TeamFigures, team_figures
from auditdocs.rules.papers.heads_report import heads_report
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.team_report import team_report
from auditdocs.rules.papers.team_rows import heads_rows, team_rows, teams_json
from auditdocs.steps.accuracy_counts import accuracy_in, home_of
from auditdocs.steps.accuracy_standing import accuracy_due
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.gather.programme import programme_of
from auditdocs.steps.issue import planned
from auditdocs.steps.office import Office, service
from auditdocs.steps.post import read_back
from auditdocs.steps.report import Draft, Written, named_period, workbook_of, written
from auditdocs.steps.typeset import typeset
from auditdocs.steps.wish import Wish


def teams_reported(
    office: Office,
    *,
    period: str = "",
    team: str = "",
    suppress: int | None = None,
    pdf: bool = False,
) -> Written:
    """A report for each team, or for one, each with its workbook, in the outbox.

    Without a period it is the last month that is over. Raises UsageFault for a team there is none
    of.
    """
    read_back(office)
    heads = _heads(office)
    name = team_named(team, heads, office.settings.teams) if team else ""
    mine = {name: heads[name]} if name else heads
    desk = _desk(office, _month(office, period), mine, suppress)
    drafts = (_team_draft(desk, each) for each in desk.teams)
    return written(office, *drafts, figures=desk.figures(desk.teams), pdf=pdf)


def heads_reported(
    office: Office,
    *,
    period: str = "",
    team: str = "",
    suppress: int | None = None,
    pdf: bool = False,
) -> Written:
    """A report for each head of service, or for the one over a team, in the outbox.

    Without a period it is the last month that is over. Raises UsageFault for a team there is none
    of.
    """
    read_back(office)
    heads = _heads(office)
    over = heads[team_named(team, heads, office.settings.teams)] if team else ""
    mine = {name: head for name, head in heads.items() if not team or head == over}
    desk = _desk(office, _month(office, period), mine, suppress)
    ranked = sorted(desk.teams, key=lambda each: (each.head, each.team))
    drafts = (_head_draft(desk, tuple(of)) for _, of in groupby(ranked, lambda each: each.head))
    return written(office, *drafts, figures=desk.figures(desk.teams), pdf=pdf)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every draft of a run is made from."""

    office: Office
    paper: Paper
    teams: tuple[TeamFigures, ...]

    def figures(self, teams: Sequence[TeamFigures]) -> Mapping[str, Any]:
        """The figures of these teams as JSON has them, small counts hidden where that is asked."""
        return self.paper.shown.figures(teams_json(teams))


def _month(office: Office, text: str) -> Period:
    if text:
        return named_period(office, text)
    return month_of(months_after(office.today.replace(day=1), count=-1))


def _heads(office: Office) -> Mapping[str, str]:
    """Each team to its head of service as named today."""
    teams = service(office).staff.teams
    return {name: each.head_of_service for name, each in teams.items()}


def _desk(office: Office, span: Period, heads: Mapping[str, str], suppress: int | None) -> _Desk:
    then = Caseloads(office.journal)
    programme = programme_of(office, span, then, suppress=suppress)
    found = figures(programme)
    key, ahead = standards_type(office.contracts), _ahead(office, programme, then)
    teams = team_figures(programme, found, key, ahead, heads)
    paper = Paper(
        figures=found,
        contracts=office.contracts,
        settings=programme.settings,
        period=programme.period,
        today=office.today,
        data_date=programme.data_date,
        accuracy=ahead.accuracy,
        beside=lambda: chain(balances(found), team_balances(teams)),
    )
    return _Desk(office, paper, teams)


def _ahead(office: Office, programme: Programme, then: Caseloads) -> Ahead:
    """What would be chosen today, and what waits of the Accuracy audit."""
    picks = dict(_picks(office))
    if not office.of_teams:
        return Ahead(picks=picks)
    waiting = tuple(accuracy_due(office, office.today))
    counted = accuracy_in(office, programme.period, then, home_of(programme))
    return Ahead(picks=picks, accuracy=counted, waiting=waiting)


def _picks(office: Office) -> Iterator[tuple[str, tuple[Pick, ...]]]:
    """Of the types whose cases the procedure chooses by itself; a theme has to be named first."""
    for key, contract in office.contracts.items():
        if not contract.names_theme:
            yield key, planned(office, Wish(type=key)).selection.picks


def _team_draft(desk: _Desk, found: TeamFigures) -> Draft:
    name = desk.paper.shown.named(f"Team report {desk.paper.period.label} {found.team}")
    rows = team_rows(desk.paper, found)
    return Draft(
        name=name,
        document=typeset(desk.office, team_report(desk.paper, found), kind="team"),
        data=workbook_of(rows, name=name, paper=desk.paper),
        figures=desk.figures((found,)),
    )


def _head_draft(desk: _Desk, teams: tuple[TeamFigures, ...]) -> Draft:
    whose = f"Head of Service report {desk.paper.period.label} {teams[0].head}".strip()
    name = desk.paper.shown.named(whose)
    rows = heads_rows(desk.paper, teams)
    return Draft(
        name=name,
        document=typeset(desk.office, heads_report(desk.paper, teams), kind="hos"),
        data=workbook_of(rows, name=name, paper=desk.paper),
        figures=desk.figures(teams),
    )
