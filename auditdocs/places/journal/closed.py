"""Rows that were split off to the ledger of a year that is over, in the journal.

Such a row stands there as it was; one that says something else later stands in the ledger again.
"""

from collections.abc import Mapping

from auditdocs.model.ledger import Cell, Rows
from auditdocs.places.journal.change import note
from auditdocs.places.journal.posted import row_of
from auditdocs.places.journal.store import Journal

TO_BEGIN = "ledger to begin anew"
"""The fact that a year was closed and the ledger still holds its rows; "" when it does not."""


def closed(journal: Journal) -> Mapping[str, Rows]:
    """Sheet to the rows that stand in the ledger of an earlier year."""
    found: dict[str, dict[str, Mapping[str, Cell]]] = {}
    for sheet, key, body in journal.asked("SELECT sheet, key, body FROM closed"):
        found.setdefault(sheet, {})[key] = row_of(body)
    return found


def closed_row(journal: Journal, sheet: str, key: str) -> Mapping[str, Cell] | None:
    """A row as it stands in the ledger of an earlier year, or None."""
    rows = journal.asked("SELECT body FROM closed WHERE sheet = ? AND key = ?", sheet, key)
    return row_of(rows[0][0]) if rows else None


def closed_years(journal: Journal) -> tuple[str, ...]:
    """The years that have a ledger of their own, earliest first."""
    return tuple(year for (year,) in journal.asked("SELECT DISTINCT year FROM closed ORDER BY 1"))


def close_rows(journal: Journal, year: str, keys: Mapping[str, frozenset[str]]) -> None:
    """These rows of the ledger stand in that year's from now on, all or none."""
    pairs = [(sheet, key) for sheet, found in keys.items() for key in found]
    with journal.transaction() as change:
        change.executemany(
            "INSERT OR REPLACE INTO closed SELECT sheet, key, ?, body FROM posted "
            "WHERE sheet = ? AND key = ?",
            ((year, *pair) for pair in pairs),
        )
        change.executemany("DELETE FROM posted WHERE sheet = ? AND key = ?", pairs)
        note(change, TO_BEGIN, year)
