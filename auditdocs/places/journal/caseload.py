"""Extracts and staff registers in the journal: each kept with its date, none overwritten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.case import Case
from auditdocs.model.extract import Extract, Register, RowProblem
from auditdocs.places.journal.audits import change_audit
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.store import Journal

_READ_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Caseload:
    """The cases of one extract at its data date."""

    data_date: date
    cases: tuple[Case, ...]


def keep_extract(
    journal: Journal,
    extract: Extract,
    *,
    taken: date,
    sha256: str,
    stored: str,
    withdrawn: Iterable[tuple[Audit, str]] = (),
) -> None:
    """Keep an extract; the same file at the same data date is kept once.

    `withdrawn` are the audits that it brings to an end without a return, each with the cause.
    """
    summary = encoded(replace(extract, cases=()))
    with journal.transaction() as change:
        change.execute(
            "DELETE FROM cases WHERE extract IN "
            "(SELECT id FROM extracts WHERE sha256 = ? AND data_date = ?)",
            (sha256, extract.data_date.isoformat()),
        )
        change.execute(
            "DELETE FROM extracts WHERE sha256 = ? AND data_date = ?",
            (sha256, extract.data_date.isoformat()),
        )
        row = change.execute(
            "INSERT INTO extracts (data_date, taken, sha256, stored, summary) "
            "VALUES (?, ?, ?, ?, ?)",
            (extract.data_date.isoformat(), taken.isoformat(), sha256, stored, summary),
        )
        change.executemany(
            "INSERT INTO cases VALUES (?, ?, ?)",
            ((row.lastrowid, case.child_id, encoded(case)) for case in extract.cases),
        )
        for audit, cause in withdrawn:
            ended = replace(audit, status=WITHDRAWN)
            change_audit(change, ended, day=taken, cause=f"withdrawn: {cause}")


def keep_register(
    journal: Journal, register: Register, *, taken: date, sha256: str, stored: str
) -> None:
    """Keep a staff register as the newest."""
    with journal.transaction() as change:
        change.execute(
            "INSERT INTO registers (taken, sha256, stored, body) VALUES (?, ?, ?, ?)",
            (taken.isoformat(), sha256, stored, encoded(register)),
        )


def caseload(journal: Journal, *, on: date | None = None) -> Caseload | None:
    """The newest caseload, or the one that was newest on that day; None before the first."""
    rows = journal.asked(
        "SELECT id, data_date FROM extracts WHERE data_date <= ? ORDER BY data_date DESC, id DESC "
        "LIMIT 1",
        (on or date.max).isoformat(),
    )
    if not rows:
        return None
    cases = tuple(_cases(journal, rows[0][0]))
    return Caseload(date.fromisoformat(rows[0][1]), cases)


def _cases(journal: Journal, extract: str) -> Iterator[Case]:
    """An extract's cases by child id, some at a time: as text they take as much room again."""
    question = (
        "SELECT child_id, body FROM cases WHERE extract = ? AND child_id > ? ORDER BY child_id "
        f"LIMIT {_READ_AT_ONCE}"
    )
    last = ""  # no case is kept without an id
    while some := journal.asked(question, extract, last):
        yield from (decoded(Case, body) for _, body in some)
        last = some[-1][0]


def edition(journal: Journal, *, on: date | None = None) -> str:
    """Which extract is the newest, or was on that day, and which register: a mark to compare.

    While a journal is open, the same mark is the same cases and people.
    """
    question = (
        "SELECT (SELECT id FROM extracts WHERE data_date <= ? "
        "ORDER BY data_date DESC, id DESC LIMIT 1), (SELECT max(id) FROM registers)"
    )
    ((extract, listed),) = journal.asked(question, (on or date.max).isoformat())
    return f"{journal.version} {extract} {listed}"


def is_open_case(journal: Journal, child_id: str) -> bool:
    """Whether a child is among the open cases of the newest extract; True before the first."""
    newest = journal.asked("SELECT id FROM extracts ORDER BY data_date DESC, id DESC LIMIT 1")
    if not newest:
        return True
    question = "SELECT body FROM cases WHERE extract = ? AND child_id = ?"
    rows = journal.asked(question, newest[0][0], child_id)
    return bool(rows) and decoded(Case, rows[0][0]).is_open


def newest_extract(journal: Journal, *, on: date | None = None) -> Extract | None:
    """What was found in the newest extract, or the newest on that day, without its cases."""
    rows = journal.asked(
        "SELECT summary FROM extracts WHERE data_date <= ? ORDER BY data_date DESC, id DESC "
        "LIMIT 1",
        (on or date.max).isoformat(),
    )
    return decoded(Extract, rows[0][0]) if rows else None


def problems(journal: Journal, *, on: date | None = None) -> tuple[RowProblem, ...]:
    """What was odd about the rows of the newest extract, or of the one newest on that day."""
    found = newest_extract(journal, on=on)
    return found.problems if found else ()


def register(journal: Journal) -> Register | None:
    """The newest staff register, None before the first."""
    rows = journal.asked("SELECT body FROM registers ORDER BY id DESC LIMIT 1")
    return decoded(Register, rows[0][0]) if rows else None


def stored_extracts(journal: Journal) -> tuple[tuple[date, str], ...]:
    """The data date of each extract and where its file is, the newest last."""
    rows = journal.asked("SELECT data_date, stored FROM extracts ORDER BY data_date, id")
    return tuple((date.fromisoformat(day), stored) for day, stored in rows)


def stored_registers(journal: Journal) -> tuple[tuple[date, str], ...]:
    """The day each staff register was taken and where its file is, the newest last."""
    rows = journal.asked("SELECT taken, stored FROM registers ORDER BY id")
    return tuple((date.fromisoformat(day), stored) for day, stored in rows)


def data_dates(journal: Journal) -> tuple[date, ...]:
    """The data dates of all extracts, earliest first."""
    rows = journal.asked("SELECT DISTINCT data_date FROM extracts ORDER BY data_date")
    return tuple(date.fromisoformat(day) for (day,) in rows)
