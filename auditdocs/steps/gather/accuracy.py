"""The rows of the Accuracy audit: agreements, rounds, and what the checks found."""

from collections.abc import Iterator

from auditdocs.model.ledger import Line
from auditdocs.places.journal.agreements import agreements, in_force
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
from auditdocs.steps.rounds import results


def accuracy_lines(office: Office) -> Iterator[Line]:
    """Every row of the three sheets as it should stand today."""
    newest = in_force(office.journal)
    for agreement in agreements(office.journal):
        stands = newest[agreement.team].version == agreement.version
        for item in agreement.items:
            row = agreed_row(agreement, item, in_force=stands)
            yield Line(AGREEMENTS.name, agreed_key(agreement, item), row)
    if check_lists(office.journal):
        yield from _round_lines(office)


def _round_lines(office: Office) -> Iterator[Line]:
    found = results(office)
    for finding in found.findings:
        yield Line(ACCURACY.name, finding_key(finding), finding_row(finding))
    for figure in found.figures:
        yield Line(ROUNDS.name, round_key(figure), round_row(figure, today=office.today))
