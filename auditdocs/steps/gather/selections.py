"""The rows of *Selections*: every choice of cases."""

from collections.abc import Iterator

from auditdocs.model.ledger import Line
from auditdocs.places.journal.audits import selections
from auditdocs.rules.register.selections import SELECTIONS, selection_row
from auditdocs.steps.office import Office


def selection_lines(office: Office) -> Iterator[Line]:
    """Every selection's row; one of a type that the workspace no longer has keeps its number."""
    for number, (made, chosen) in enumerate(selections(office.journal), start=1):
        contract = office.contracts.get(chosen.type)
        if contract is not None:
            row = selection_row(number, made, chosen, contract)
            yield Line(SELECTIONS.name, str(number), row)
