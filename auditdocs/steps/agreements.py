"""What the Accuracy audit keeps of each team, under the names that the teams have today.

The journal has every form, agreement and list under the name that its team had then: a team that
was renamed goes on with all of them, and is one team wherever they are told or counted.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from auditdocs.model.accuracy import Agreement, AgreementForm, CheckList
from auditdocs.places.journal.agreements import agreement_form, agreement_forms, agreements
from auditdocs.places.journal.check_lists import (
    check_lists,
    check_lists_of,
    check_lists_out,
    teams_listed,
)
from auditdocs.rules.caseload.teams import name_today
from auditdocs.steps.office import Office

_OfATeam = TypeVar("_OfATeam", Agreement, AgreementForm, CheckList)


def form(office: Office, form_id: str) -> AgreementForm | None:
    """The agreement form of that reference, or None."""
    found = agreement_form(office.journal, form_id)
    return _today(office, found) if found else None


def forms(office: Office) -> tuple[AgreementForm, ...]:
    """Every agreement form that was put out, by reference."""
    return tuple(_today(office, each) for each in agreement_forms(office.journal))


def versions(office: Office) -> tuple[Agreement, ...]:
    """Every version of every team's agreement."""
    return tuple(_today(office, each) for each in agreements(office.journal))


def in_force(office: Office) -> dict[str, Agreement]:
    """Team to its newest agreement; one made under an earlier name of the team goes on."""
    by_age = sorted(versions(office), key=lambda each: (each.agreed, each.version))
    return {each.team: each for each in by_age}


def lists(office: Office) -> tuple[CheckList, ...]:
    """Every check list that was put out, by due date."""
    return tuple(_today(office, each) for each in check_lists(office.journal))


def lists_of(office: Office, teams: Collection[str]) -> tuple[CheckList, ...]:
    """Those of teams of these names of today, and no other's looked at."""
    known = office.settings.teams
    then = (name for name in teams_listed(office.journal) if name_today(name, known) in teams)
    found = (each for name in then for each in check_lists_of(office.journal, name))
    return tuple(_today(office, each) for each in found)


def lists_out(office: Office) -> tuple[CheckList, ...]:
    """Every check list that has not come back, by due date."""
    return tuple(_today(office, each) for each in check_lists_out(office.journal))


def _today(office: Office, kept: _OfATeam) -> _OfATeam:
    return replace(kept, team=name_today(kept.team, office.settings.teams))
