"""What was last posted to the ledger, and what staff wrote there, in the journal."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

from msgspec import json

from auditdocs.model.ledger import Cell, Rows
from auditdocs.places.journal.change import Change, note
from auditdocs.places.journal.kept_rows import KeptRows
from auditdocs.places.journal.store import Journal


def posted(journal: Journal) -> Mapping[str, Rows]:
    """Sheet to the rows as they were last posted, read as they are asked for."""
    return _kept(journal, "posted", _posted)


def standing(journal: Journal) -> Mapping[str, Rows]:
    """The same with what staff wrote in each row."""
    return _kept(journal, "posted", _standing)


def row_of(body: str) -> Mapping[str, Cell]:
    """A row as it is kept in the journal."""
    return {
        heading: _cell(value) if isinstance(value, dict) else value
        for heading, value in json.decode(body).items()
    }


def posted_row(journal: Journal, sheet: str, key: str) -> Mapping[str, Cell] | None:
    """A row as it was last posted, None when it never was."""
    rows = journal.asked("SELECT body FROM posted WHERE sheet = ? AND key = ?", sheet, key)
    return row_of(rows[0][0]) if rows else None


def posted_rows(journal: Journal, sheet: str, keys: Iterable[str]) -> Rows:
    """Those of these rows that were ever posted, by key, as they last were."""
    wanted = tuple(keys)
    question = f"SELECT key, body FROM posted WHERE sheet = ? AND key IN ({_marks(wanted)})"
    return {key: row_of(body) for key, body in journal.asked(question, sheet, *wanted)}


def posted_sheet(journal: Journal, sheet: str) -> Rows:
    """The rows of a sheet as they were last posted, by key."""
    rows = journal.asked("SELECT key, body FROM posted WHERE sheet = ? ORDER BY key", sheet)
    return {key: row_of(body) for key, body in rows}


def to_post(journal: Journal) -> Mapping[str, tuple[str, ...]]:
    """What the journal changed since the last post: table to the keys of its rows."""
    found: dict[str, list[str]] = {}
    question = "SELECT source, key FROM to_post WHERE source <> ? ORDER BY source, key"
    for source, key in journal.asked(question, STAFF):
        found.setdefault(source, []).append(key)
    return {source: tuple(keys) for source, keys in found.items()}


STAFF = "staff"
"""The source of what staff wrote, that the follow-up has to look at."""


def to_follow(journal: Journal) -> tuple[str, ...]:
    """The audits that staff wrote about in the ledger since the follow-up last looked."""
    question = "SELECT key FROM to_post WHERE source = ? ORDER BY key"
    return tuple(key for (key,) in journal.asked(question, STAFF))


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
                (sheet, key, json.encode({h: _text(v) for h, v in row.items()}).decode())
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
        for name, value in facts.items():
            note(change, name, value)


def forget_posted(journal: Journal) -> None:
    """Nothing stands in the ledger: it is to be made anew."""
    with journal.transaction() as change:
        change.execute("DELETE FROM posted")


def staff_columns(journal: Journal) -> Mapping[str, Rows]:
    """Sheet to what staff wrote in their columns, as it was last read; rows as they are asked."""
    return _kept(journal, "staff_columns", staff_row)


def staff_row(journal: Journal, sheet: str, key: str) -> Mapping[str, Cell]:
    """What staff wrote in one row, by heading."""
    question = "SELECT heading, value FROM staff_columns WHERE sheet = ? AND key = ?"
    return {
        heading: _cell(json.decode(value)) for heading, value in journal.asked(question, sheet, key)
    }


def staff_rows(journal: Journal, sheet: str, keys: Iterable[str]) -> Rows:
    """What staff wrote in these rows, by key and heading; rows without anything left out."""
    wanted = tuple(keys)
    question = (
        "SELECT key, heading, value FROM staff_columns "
        f"WHERE sheet = ? AND key IN ({_marks(wanted)})"
    )
    found: dict[str, dict[str, Cell]] = {}
    for key, heading, value in journal.asked(question, sheet, *wanted):
        found.setdefault(key, {})[heading] = _cell(json.decode(value))
    return dict(found)


def keep_staff_columns(journal: Journal, values: Mapping[str, Rows], *, of: str = "") -> None:
    """What staff wrote is now this; a cell they emptied is forgotten.

    A row or a column that is gone from the ledger keeps what was written there: it comes back at
    the next post. `of` says which workbook it was read from, and how.
    """
    before = staff_columns(journal)
    with journal.transaction() as change:
        for sheet, rows in values.items():
            known = before.get(sheet, {})
            _keep_staff(change, sheet, {k: r for k, r in rows.items() if _says(k, r, known)})
        if of:
            note(change, STAFF_READ_FROM, of)


STAFF_READ_FROM = "staff columns of"
"""The fact that says of which workbook the staff columns were last read, and how."""


def _kept(
    journal: Journal, table: str, row: Callable[[Journal, str, str], Mapping[str, Cell]]
) -> Mapping[str, Rows]:
    return {
        sheet: KeptRows(partial(_keys, journal, table, sheet), partial(row, journal, sheet))
        for sheet in _sheets(journal, table)
    }


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _sheets(journal: Journal, table: str) -> list[str]:
    """The sheets of which rows are kept, from one to the next without a look at their rows."""
    question = f"SELECT MIN(sheet) FROM {table} WHERE sheet > ?"
    found: list[str] = []
    while following := journal.asked(question, found[-1] if found else "")[0][0]:
        found.append(following)
    return found


def _keys(journal: Journal, table: str, sheet: str) -> list[str]:
    """In the order of their numbers too, for a sheet that was deleted comes back in it."""
    question = f"SELECT DISTINCT key FROM {table} WHERE sheet = ? ORDER BY length(key), key"
    rows = journal.asked(question, sheet)
    return [key for (key,) in rows]


def _posted(journal: Journal, sheet: str, key: str) -> Mapping[str, Cell]:
    return posted_row(journal, sheet, key) or {}


def _standing(journal: Journal, sheet: str, key: str) -> Mapping[str, Cell]:
    return {**staff_row(journal, sheet, key), **_posted(journal, sheet, key)}


def _says(key: str, row: Mapping[str, Cell], known: Rows) -> bool:
    """Whether the row says anything new."""
    before = known.get(key, {})
    return any((value or None) != before.get(heading) for heading, value in row.items())


def _keep_staff(change: Change, sheet: str, rows: Rows) -> None:
    change.executemany(
        "DELETE FROM staff_columns WHERE sheet = ? AND key = ? AND heading = ?",
        ((sheet, key, heading) for key, row in rows.items() for heading in row),
    )
    change.executemany("INSERT INTO staff_columns VALUES (?, ?, ?, ?)", _staff_rows(sheet, rows))


def _staff_rows(sheet: str, rows: Rows) -> Iterable[tuple[str, str, str, str]]:
    for key, row in rows.items():
        for heading, value in row.items():
            if value not in (None, ""):
                yield sheet, key, heading, json.encode(_text(value)).decode()


def _text(value: Cell) -> str | int | dict[str, str] | None:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return value if isinstance(value, str | int) else None
