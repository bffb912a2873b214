"""The rows of the Accuracy audit: agreements, rounds, and what the checks found."""

from collections.abc import Iterable, Iterator

from auditdocs.model.accuracy import Agreement
from auditdocs.model.ledger import Line
from auditdocs.places.journal.agreements import agreements, agreements_of
from auditdocs.places.journal.check_lists import check_lists
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
from auditdocs.steps.office import Office
from auditdocs.steps.rounds import Results, results, results_of


def accuracy_lines(office: Office) -> Iterator[Line]:
    """Every row of the three sheets as it should stand today."""
    yield from _agreed_lines(agreements(office.journal))
    yield from _round_lines(office, results(office))


def lines_of_teams(office: Office, teams: Iterable[str]) -> Iterator[Line]:
    """The rows of those teams: a round can change what a later one says of a repeat."""
    for team in teams:
        yield from _agreed_lines(agreements_of(office.journal, team))
        yield from _round_lines(office, results_of(office, team))


def teams_checked(office: Office) -> tuple[str, ...]:
    """The teams that have an agreement or a check list: a round may be late from one day on."""
    lists = (each.team for each in check_lists(office.journal))
    return tuple(dict.fromkeys((*(each.team for each in agreements(office.journal)), *lists)))


def _agreed_lines(known: tuple[Agreement, ...]) -> Iterator[Line]:
    newest = {agreement.team: agreement.version for agreement in known}
    for agreement in known:
        stands = newest[agreement.team] == agreement.version
        for item in agreement.items:
            row = agreed_row(agreement, item, in_force=stands)
            yield Line(AGREEMENTS.name, agreed_key(agreement, item), row)


def _round_lines(office: Office, found: Results) -> Iterator[Line]:
    for finding in found.findings:
        yield Line(ACCURACY.name, finding_key(finding), finding_row(finding))
    for figure in found.figures:
        yield Line(ROUNDS.name, round_key(figure), round_row(figure, today=office.today))
