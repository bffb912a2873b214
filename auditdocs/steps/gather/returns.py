"""The rows of *Returns*: every file that came back."""

from collections.abc import Iterator

from auditdocs.model.ledger import Line
from auditdocs.places.journal.returns import returns
from auditdocs.rules.register.returns import RETURNS, return_row
from auditdocs.steps.office import Office


def return_lines(office: Office) -> Iterator[Line]:
    """Every returned file's row."""
    for number, came in returns(office.journal):
        yield Line(RETURNS.name, str(number), return_row(number, came))
