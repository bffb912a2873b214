"""Agreements in force and their check lists, under the names that their teams have today."""

from dataclasses import replace

from auditdocs.model.accuracy import Agreement, CheckList
from auditdocs.places.journal.agreements import agreements
from auditdocs.places.journal.check_lists import check_lists
from auditdocs.rules.caseload.teams import name_today
from auditdocs.steps.office import Office


def in_force(office: Office) -> dict[str, Agreement]:
    """Team to its newest agreement; one made under an earlier name of the team goes on."""
    by_age = sorted(agreements(office.journal), key=lambda each: (each.agreed, each.version))
    today = ((each, name_today(each.team, office.settings.teams)) for each in by_age)
    return {team: replace(each, team=team) for each, team in today}


def lists(office: Office) -> tuple[CheckList, ...]:
    """Every check list that was put out, by reference."""
    teams = office.settings.teams
    return tuple(
        replace(each, team=name_today(each.team, teams)) for each in check_lists(office.journal)
    )
