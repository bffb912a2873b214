"""What was last posted to the ledger, and what staff wrote there, in the journal."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from sqlite3 import Connection
from types import MappingProxyType

from auditdocs.model.ledger import Cell
from auditdocs.places.journal.store import Journal

Rows = Mapping[str, Mapping[str, Cell]]
"""Rows of one sheet by key, each by heading."""


def posted(journal: Journal) -> Mapping[str, Rows]:
    """Sheet to the rows as they were last posted."""
    found: dict[str, dict[str, Mapping[str, Cell]]] = {}
    for sheet, key, body in journal.asked("SELECT sheet, key, body FROM posted"):
        found.setdefault(sheet, {})[key] = row_of(body)
    return found


def row_of(body: str) -> Mapping[str, Cell]:
    """A row as it is kept in the journal."""
    return {heading: _cell(value) for heading, value in json.loads(body).items()}


def posted_row(journal: Journal, sheet: str, key: str) -> Mapping[str, Cell] | None:
    """A row as it was last posted, None when it never was."""
    rows = journal.asked("SELECT body FROM posted WHERE sheet = ? AND key = ?", sheet, key)
    return row_of(rows[0][0]) if rows else None


def to_post(journal: Journal) -> Mapping[str, tuple[str, ...]]:
    """What the journal changed since the last post: table to the keys of its rows."""
    found: dict[str, tuple[str, ...]] = {}
    for source, key in journal.asked("SELECT source, key FROM to_post ORDER BY source, key"):
        found[source] = (*found.get(source, ()), key)
    return found


def keep_posted(
    journal: Journal,
    rows: Mapping[str, Rows],
    *,
    staff: Mapping[str, Rows] = MappingProxyType({}),
    settled: Mapping[str, Iterable[str]] = MappingProxyType({}),
    facts: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """These rows now stand in the ledger, all or none.

    `staff` is what the staff columns of new rows begin with; `settled` are the changes, as
    `to_post` gave them, that are posted now; `facts` are remembered with them.
    """
    with journal.transaction() as change:
        change.executemany(
            "INSERT OR REPLACE INTO posted VALUES (?, ?, ?)",
            (
                (sheet, key, json.dumps({h: _text(v) for h, v in row.items()}))
                for sheet, keyed in rows.items()
                for key, row in keyed.items()
            ),
        )
        change.executemany(
            "DELETE FROM closed WHERE sheet = ? AND key = ?",
            ((sheet, key) for sheet, keyed in rows.items() for key in keyed),
        )
        for sheet, keyed in staff.items():
            _keep_staff(change, sheet, keyed)
        change.executemany(
            "DELETE FROM to_post WHERE source = ? AND key = ?",
            ((source, key) for source, keys in settled.items() for key in keys),
        )
        change.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())


def forget_posted(journal: Journal) -> None:
    """Nothing stands in the ledger: it is to be made anew."""
    with journal.transaction() as change:
        change.execute("DELETE FROM posted")


def staff_columns(journal: Journal) -> Mapping[str, Rows]:
    """Sheet to what staff wrote in their columns, as it was last read."""
    found: dict[str, dict[str, dict[str, Cell]]] = {}
    question = "SELECT sheet, key, heading, value FROM staff_columns"
    for sheet, key, heading, value in journal.asked(question):
        found.setdefault(sheet, {}).setdefault(key, {})[heading] = _cell(json.loads(value))
    return found


def staff_row(journal: Journal, sheet: str, key: str) -> Mapping[str, Cell]:
    """What staff wrote in one row, by heading."""
    question = "SELECT heading, value FROM staff_columns WHERE sheet = ? AND key = ?"
    return {
        heading: _cell(json.loads(value)) for heading, value in journal.asked(question, sheet, key)
    }


def keep_staff_columns(journal: Journal, values: Mapping[str, Rows], *, of: str = "") -> None:
    """What staff wrote is now this; a cell they emptied is forgotten.

    A row or a column that is gone from the ledger keeps what was written there: it comes back at
    the next post. `of` is the SHA-256 of the workbook it was read from.
    """
    before = staff_columns(journal)
    with journal.transaction() as change:
        for sheet, rows in values.items():
            known = before.get(sheet, {})
            _keep_staff(change, sheet, {k: r for k, r in rows.items() if _says(k, r, known)})
        if of:
            change.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (STAFF_READ_FROM, of))


STAFF_READ_FROM = "staff columns of"
"""The fact that says of which workbook, by its SHA-256, the staff columns were last read."""


def _says(key: str, row: Mapping[str, Cell], known: Rows) -> bool:
    """Whether the row says anything new."""
    before = known.get(key, {})
    return any((value or None) != before.get(heading) for heading, value in row.items())


def _keep_staff(change: Connection, sheet: str, rows: Rows) -> None:
    change.executemany(
        "DELETE FROM staff_columns WHERE sheet = ? AND key = ? AND heading = ?",
        ((sheet, key, heading) for key, row in rows.items() for heading in row),
    )
    change.executemany("INSERT INTO staff_columns VALUES (?, ?, ?, ?)", _staff_rows(sheet, rows))


def _staff_rows(sheet: str, rows: Rows) -> Iterable[tuple[str, str, str, str]]:
    for key, row in rows.items():
        for heading, value in row.items():
            if value not in (None, ""):
                yield sheet, key, heading, json.dumps(_text(value))


def _text(value: Cell) -> str | int | dict[str, str] | None:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return value if isinstance(value, str | int) else None


def staff_digest(journal: Journal) -> str:
    """SHA-256 over all that staff wrote, the same while they wrote nothing else; "" for nothing."""
    rows = journal.asked("SELECT * FROM staff_columns ORDER BY sheet, key, heading")
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest() if rows else ""
