"""What was last posted to the ledger, and what staff wrote there, in the journal."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from auditdocs.model.ledger import Cell
from auditdocs.places.journal.store import Journal

Rows = Mapping[str, Mapping[str, Cell]]
"""Rows of one sheet by key, each by heading."""


def posted(journal: Journal) -> Mapping[str, Rows]:
    """Sheet to the rows as they were last posted."""
    found: dict[str, dict[str, Mapping[str, Cell]]] = {}
    for sheet, key, body in journal.asked("SELECT sheet, key, body FROM posted"):
        row = {heading: _cell(value) for heading, value in json.loads(body).items()}
        found.setdefault(sheet, {})[key] = row
    return found


def keep_posted(journal: Journal, rows: Mapping[str, Rows]) -> None:
    """These rows now stand in the ledger."""
    with journal.transaction() as change:
        change.executemany(
            "INSERT OR REPLACE INTO posted VALUES (?, ?, ?)",
            (
                (sheet, key, json.dumps({h: _text(v) for h, v in row.items()}))
                for sheet, keyed in rows.items()
                for key, row in keyed.items()
            ),
        )


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


def keep_staff_columns(journal: Journal, values: Mapping[str, Rows]) -> None:
    """What staff wrote is now this; a cell they emptied is forgotten."""
    with journal.transaction() as change:
        for sheet, rows in values.items():
            change.execute("DELETE FROM staff_columns WHERE sheet = ?", (sheet,))
            change.executemany(
                "INSERT INTO staff_columns VALUES (?, ?, ?, ?)", _staff_rows(sheet, rows)
            )


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
