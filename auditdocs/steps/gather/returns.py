"""The rows of *Returns*: every file that came back."""

from collections.abc import Iterable, Iterator

from auditdocs.model.ledger import Line
from auditdocs.places.journal.returns import numbered_return, returns
from auditdocs.rules.register.returns import RETURNS, return_row
from auditdocs.steps.office import Office


def return_lines(office: Office) -> Iterator[Line]:
    """Every returned file's row."""
    for number, came in returns(office.journal):
        yield Line(RETURNS.name, str(number), return_row(number, came))


def lines_of_returns(office: Office, numbers: Iterable[str]) -> Iterator[Line]:
    """The rows of the returns of those numbers."""
    for number in map(int, numbers):
        came = numbered_return(office.journal, number)
        if came is not None:
            yield Line(RETURNS.name, str(number), return_row(number, came))
