"""The rows of *Selections*: every choice of cases."""

from collections.abc import Iterable, Iterator
from datetime import date

from auditdocs.model.ledger import Line
from auditdocs.model.selection import Selection
from auditdocs.places.journal.audits import selection, selections
from auditdocs.rules.register.selections import SELECTIONS, selection_row
from auditdocs.steps.office import Office


def selection_lines(office: Office) -> Iterator[Line]:
    """Every selection's row; one of a type that the workspace no longer has keeps its number."""
    for number, (made, chosen) in enumerate(selections(office.journal), start=1):
        yield from _lines(office, number, made, chosen)


def lines_of_selections(office: Office, numbers: Iterable[str]) -> Iterator[Line]:
    """The rows of the selections of those numbers."""
    for number in map(int, numbers):
        found = selection(office.journal, number)
        yield from _lines(office, number, *found) if found else ()


def _lines(office: Office, number: int, made: date, chosen: Selection) -> Iterator[Line]:
    contract = office.contracts.get(chosen.type)
    if contract is not None:
        row = selection_row(number, made, chosen, contract)
        yield Line(SELECTIONS.name, str(number), row)
