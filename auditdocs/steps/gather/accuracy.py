"""The rows of the Accuracy audit: agreements, rounds, and what the checks found."""

from collections.abc import Iterable, Iterator

from auditdocs.model.accuracy import Agreement
from auditdocs.model.ledger import Line
from auditdocs.places.journal.check_lists import teams_listed
from auditdocs.rules.caseload.teams import name_today
from auditdocs.rules.register.accuracy import (
    ACCURACY,
    AGREEMENTS,
    ROUNDS,
    agreed_key,
    agreed_row,
    finding_key,
    finding_row,
    round_key,
    round_row,
)
from auditdocs.steps.agreements import in_force, versions
from auditdocs.steps.office import Office
from auditdocs.steps.rounds import Results, results, results_of


def accuracy_lines(office: Office) -> Iterator[Line]:
    """Every row of the three sheets as it should stand today."""
    yield from _agreed_lines(office, versions(office))
    yield from _round_lines(office, results(office))


def lines_of_teams(office: Office, teams: Iterable[str]) -> Iterator[Line]:
    """The rows of those teams, whose names may be earlier ones.

    All of a team's, for a round can change what a later one says of a repeat.
    """
    if names := {name_today(team, office.settings.teams) for team in teams}:
        mine = (each for each in versions(office) if each.team in names)
        yield from _agreed_lines(office, mine)
        yield from _round_lines(office, results_of(office, names))


def teams_checked(office: Office) -> tuple[str, ...]:
    """The teams that have an agreement or a check list: a round may be late from one day on.

    A team that was renamed may be named twice.
    """
    agreed = (each.team for each in versions(office))
    return tuple(dict.fromkeys((*agreed, *teams_listed(office.journal))))


def _agreed_lines(office: Office, known: Iterable[Agreement]) -> Iterator[Line]:
    newest = in_force(office)
    for agreement in known:
        stands = newest[agreement.team] == agreement
        for item in agreement.items:
            row = agreed_row(agreement, item, in_force=stands)
            yield Line(AGREEMENTS.name, agreed_key(agreement, item), row)


def _round_lines(office: Office, found: Results) -> Iterator[Line]:
    for finding in found.findings:
        yield Line(ACCURACY.name, finding_key(finding), finding_row(finding))
    for figure in found.figures:
        yield Line(ROUNDS.name, round_key(figure), round_row(figure, today=office.today))
