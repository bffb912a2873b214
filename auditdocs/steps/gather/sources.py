"""Where the ledger's rows come from: one source for each sheet or family of sheets.

A sheet is declared in rules/register and comes to the ledger with its first post, rows or none.
Its rows come from a function that is named here.
"""

from collections.abc import Callable, Iterator

from auditdocs.model.ledger import Line
from auditdocs.steps.gather.audits import audit_lines
from auditdocs.steps.gather.returns import return_lines
from auditdocs.steps.gather.selections import selection_lines
from auditdocs.steps.gather.standards import standard_lines
from auditdocs.steps.office import Office

SOURCES: tuple[Callable[[Office], Iterator[Line]], ...] = (
    audit_lines,
    return_lines,
    selection_lines,
    standard_lines,
)
"""Each gives every row of its sheets as it should stand today."""


def lines(office: Office) -> Iterator[Line]:
    """Every row of the ledger as it should stand today."""
    for source in SOURCES:
        yield from source(office)
