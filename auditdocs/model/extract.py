"""An extract: what a case system exported, read once, with every fault kept by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.case import Case
from auditdocs.model.people import Person


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A fault in one row: the worksheet's row number, the field, and words for a person.

    The text names no person and repeats no value but codes and dates.
    """

    row: int
    field: str
    text: str
    sheet: str = ""
    child_id: str = ""
    team: str = ""
    """The allocated team of the row, or of its child, as the extract spells it."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A caseload at its data date: one Case per child, and what was odd about the rows."""

    data_date: date
    cases: tuple[Case, ...]
    problems: tuple[RowProblem, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Canonical field to the heading it was read from."""
    unmapped: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    rows: int = 0
    """Data rows of the caseload sheet, faulty ones included."""

    @property
    def open_cases(self) -> tuple[Case, ...]:
        """The cases open at the data date."""
        return tuple(case for case in self.cases if case.is_open)


@dataclass(frozen=True, slots=True)
class Register:
    """A staff register: the people of the service, and what was odd about the rows."""

    people: tuple[Person, ...]
    problems: tuple[RowProblem, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    rows: int = 0
