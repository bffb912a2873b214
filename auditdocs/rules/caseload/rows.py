"""A row of an extract as the values of its fields, and everything that is odd about it.

No fault is fatal: what cannot be read is blank, and is told with the worksheet's row number.

Source: domain.md A3.1 (exceptions), B3.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from auditdocs.model.case import STATUSES
from auditdocs.model.extract import RowProblem
from auditdocs.model.tables import UNSAVED, Value
from auditdocs.rules.calendar.dates import age_on, months_after, uk_date
from auditdocs.rules.caseload import codes
from auditdocs.rules.caseload.cells import (
    Read,
    Reading,
    code,
    count,
    day,
    filled,
    flag,
    identity,
    text,
    years,
    yes_no,
)
from auditdocs.rules.caseload.columns import COLUMNS

ADULT = 18
PREGNANCY = timedelta(weeks=42)
_CLOSED = STATUSES[-1]
_NOT_SAVED = (
    "the cell holds a formula whose result was not saved: open the file in Excel, save it, and "
    "take it again"
)
_NOTE = "only one cell of the row is filled, so it is taken for a note or a total and left out"
_BIRTHS = frozenset({"dob", "expected_dob"})

_BY_KIND: Mapping[str, Callable[[Value], Reading]] = {
    "text": lambda value: Reading(text(value)),
    "date": day,
    "int": years,
    "count": count,
    "yn": yes_no,
    "code": lambda value: Reading(code(value)),
}
_BY_NAME: Mapping[str, Callable[[Value], Reading]] = {
    "alert": flag,
    "audit_flag": flag,
    "child_id": identity,
    "case_status": codes.case_status,
    "gender": codes.gender,
    "legal_status": codes.legal_status,
    "placement_type": codes.placement_type,
} | dict.fromkeys(
    ("team", "worker", "worker_id", "team_manager", "supervisor", "iro", "cp_chair", "family_id"),
    lambda value: Reading(filled(value)),
)
_READERS = {column.name: _BY_NAME.get(column.name, _BY_KIND[column.kind]) for column in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row, read: its place, its values by field, and what could not be read."""

    sheet: str
    number: int
    values: Mapping[str, Read]
    problems: tuple[RowProblem, ...] = ()

    @property
    def child_id(self) -> str:
        """The child's id, or "" where the row has none."""
        return text(self.values.get("child_id"))

    def day(self, name: str) -> date | None:
        """The date in that field, if there is one."""
        found = self.values.get(name)
        return found if isinstance(found, date) else None

    @property
    def is_open(self) -> bool:
        """Whether the row is of a case without an end."""
        return self.day("close_date") is None and self.values.get("case_status") != _CLOSED

    @property
    def is_note(self) -> bool:
        """Whether the id is all it holds, in several words: a total or a remark, no case."""
        return " " in self.child_id and sum(v not in (None, "") for v in self.values.values()) == 1

    def problem(self, name: str, words: str) -> RowProblem:
        """A fault of this row in that field."""
        return RowProblem(
            self.number,
            name,
            words,
            sheet=self.sheet,
            child_id="" if self.is_note else self.child_id,
            team=text(self.values.get("team")),
        )


def read_row(sheet: str, number: int, cells: Mapping[str, Value]) -> Row:
    """The row with every cell read; `problems` are the cells that could not be."""
    readings = {name: _reading(name, value) for name, value in cells.items()}
    values = {name: reading.value for name, reading in readings.items()}
    row = Row(sheet=sheet, number=number, values=values)
    faults = [(name, reading) for name, reading in readings.items() if reading.fault]
    told = tuple(row.problem(name, _words(name, reading)) for name, reading in faults)
    return replace(row, problems=told) if told else row


def checked(row: Row, *, data_date: date) -> Row:
    """The row of a caseload with what is odd about it added to its problems.

    A row that is a note loses its id and is told, so that a total is no child.
    A close date after the data date is told, and kept apart: on that day the case was open.
    Source: domain.md A3.1 (exceptions).
    """
    if row.is_note:
        note = row.problem("child_id", _NOTE)
        return replace(row, values={**row.values, "child_id": ""}, problems=(note,))
    told = {problem.field for problem in row.problems}
    odd = [
        row.problem(name, words)
        for name, words in (*_odd_dates(row, data_date), *_nobody(row), *_odd_ages(row, data_date))
        if not (name in told and row.values.get(name) in (None, ""))
    ]
    closed = row.day("close_date")
    later = {"close_date": None, "closes_on": closed} if closed and closed > data_date else {}
    if not (odd or later):
        return row
    return replace(row, values={**row.values, **later}, problems=(*row.problems, *odd))


@lru_cache(maxsize=4096, typed=True)
def _reading(name: str, value: Value) -> Reading:
    """What the cell says. A caseload says the same few thousand things again and again."""
    if value == UNSAVED:
        return replace(_READERS[name](None), fault=_NOT_SAVED)
    return _READERS[name](value)


def _words(name: str, reading: Reading) -> str:
    """The fault's words; of a date of birth not even the wrong one is repeated."""
    if name in _BIRTHS and reading.fault != _NOT_SAVED:
        return "the value is not a date that can be read"
    return reading.fault


def _odd_dates(row: Row, data_date: date) -> Iterator[tuple[str, str]]:
    opened, closed = row.day("open_date"), row.day("close_date")
    if not row.child_id:
        yield "child_id", "no child id, so the row is left out"
    if opened is None:
        yield "open_date", "no open date, so it cannot be told how long the case has been open"
    if opened and opened > data_date:
        yield "open_date", f"the open date {uk_date(opened)} is after the data date"
    if opened and closed and closed < opened:
        dates = f"{uk_date(closed)} is before the open date {uk_date(opened)}"
        yield "close_date", f"the close date {dates}"
    if closed and closed > data_date:
        yield "close_date", f"the close date {uk_date(closed)} is after the data date"
    if (talk := row.day("supervision_date")) and talk > months_after(data_date, count=12):
        words = f"the supervision date {uk_date(talk)} is more than a year after the data date"
        yield "supervision_date", words


def _nobody(row: Row) -> Iterator[tuple[str, str]]:
    if row.is_open and not row.values.get("worker"):
        yield "worker", "no allocated worker (unallocated): for the team manager"
    if row.is_open and not row.values.get("team"):
        yield "team", "no allocated team"


def _odd_ages(row: Row, data_date: date) -> Iterator[tuple[str, str]]:
    born, age = row.day("dob"), row.values.get("age")
    real = age_on(born, data_date) if born else age
    if born and born > data_date + PREGNANCY:
        yield "dob", "the date of birth is further ahead than a birth can be"
    if row.is_open and isinstance(real, int) and real >= ADULT:
        yield "age", f"aged {ADULT} or over, and still an open case"
    if born and isinstance(age, int) and isinstance(real, int) and abs(age - real) > 1:
        yield "age", "the age and the date of birth do not agree"
