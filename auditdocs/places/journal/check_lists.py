"""Check lists in the journal: what was listed, and every row of every return."""

from collections.abc import Iterable
from dataclasses import replace

from auditdocs.model.accuracy import OUT, CheckedRow, CheckList, FoundRow, ListedRow
from auditdocs.model.form import Return
from auditdocs.places.journal.change import Change
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.returns import keep_return
from auditdocs.places.journal.serials import highest_serial
from auditdocs.places.journal.store import Journal


def keep_new_list(journal: Journal, new: CheckList, rows: Iterable[ListedRow]) -> None:
    """Keep a list with its rows, all or none."""
    with journal.transaction() as change:
        _keep_list(change, new)
        change.executemany(
            "INSERT OR REPLACE INTO listed_rows VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    new.list_id,
                    row.item_id,
                    row.child_id,
                    row.initials,
                    row.worker,
                    row.value,
                    row.flag,
                )
                for row in rows
            ),
        )


def keep_list(journal: Journal, changed: CheckList) -> None:
    """Keep a list as it now stands."""
    with journal.transaction() as change:
        _keep_list(change, changed)


def check_list(journal: Journal, list_id: str) -> CheckList | None:
    """The list of that reference, or None."""
    found = _lists(journal, "WHERE list_id = ?", list_id)
    return found[0] if found else None


def check_lists(journal: Journal) -> tuple[CheckList, ...]:
    """Every list that was put out, by due date."""
    return _lists(journal, "ORDER BY due, list_id")


def check_lists_out(journal: Journal) -> tuple[CheckList, ...]:
    """Every list that has not come back, by due date."""
    return _lists(journal, "WHERE status = ? ORDER BY due, list_id", OUT)


def check_lists_of(journal: Journal, team: str) -> tuple[CheckList, ...]:
    """Every list that was put out for a team under that name, by due date."""
    return _lists(journal, "WHERE team = ? ORDER BY due, list_id", team)


def teams_listed(journal: Journal) -> tuple[str, ...]:
    """Every name, as it was then, of a team for which a list was put out."""
    rows = journal.asked("SELECT DISTINCT team FROM check_lists ORDER BY team")
    return tuple(team for (team,) in rows)


def listed_rows(journal: Journal, list_id: str) -> tuple[ListedRow, ...]:
    """The rows of a list, by item and child."""
    rows = journal.asked(
        "SELECT item_id, child_id, initials, worker, value, flag FROM listed_rows "
        "WHERE list_id = ? ORDER BY item_id, child_id",
        list_id,
    )
    return tuple(
        ListedRow(
            item_id=item,
            child_id=child,
            initials=initials,
            worker=worker,
            value=value,
            flag=flag,
        )
        for item, child, initials, worker, value, flag in rows
    )


def keep_check(
    journal: Journal,
    came: Return,
    home: CheckList,
    rows: Iterable[CheckedRow],
    *,
    found: Iterable[FoundRow],
) -> int:
    """Keep a return's answered rows, and what all returns found, all or none.

    Nothing of an earlier return is lost: each return has rows of its own. Gives the return's
    number.
    """

    def also(change: Change) -> None:
        _keep_list(change, home)
        change.executemany(
            "INSERT OR REPLACE INTO checked_rows VALUES (?, ?, ?, ?, ?)",
            ((home.list_id, came.version, row.item_id, row.child_id, encoded(row)) for row in rows),
        )

        change.execute("DELETE FROM found_rows WHERE list_id = ?", (home.list_id,))
        change.executemany(
            "INSERT INTO found_rows VALUES (?, ?, ?, ?)",
            ((home.list_id, *row.listed.key, encoded(row)) for row in found),
        )

    return keep_return(journal, came, also=also)


def checked_rows(journal: Journal, list_id: str) -> tuple[tuple[CheckedRow, ...], ...]:
    """The answered rows of each return of a list, the earliest return first."""
    rows = journal.asked(
        "SELECT version, body FROM checked_rows WHERE list_id = ? ORDER BY version", list_id
    )
    by_version: dict[str, list[CheckedRow]] = {}
    for version, body in rows:
        by_version.setdefault(version, []).append(decoded(CheckedRow, body))
    return tuple(tuple(found) for found in by_version.values())


def found_rows(journal: Journal, list_id: str) -> tuple[FoundRow, ...]:
    """What the returns of a list found, by item and child."""
    rows = journal.asked(
        "SELECT body FROM found_rows WHERE list_id = ? ORDER BY item_id, child_id", list_id
    )
    return tuple(decoded(FoundRow, body) for (body,) in rows)


def last_list_serial(journal: Journal, stem: str) -> int:
    """The highest serial among the references that begin with that stem; 0 before any."""
    question = "SELECT list_id FROM check_lists WHERE list_id BETWEEN ? AND ?"
    return highest_serial(journal, question, stem)


def _lists(journal: Journal, which: str, *values: str) -> tuple[CheckList, ...]:
    rows = journal.asked(f"SELECT status, body FROM check_lists {which}", *values)
    return tuple(replace(decoded(CheckList, body), status=status) for status, body in rows)


def _keep_list(change: Change, kept: CheckList) -> None:
    change.execute(
        "INSERT OR REPLACE INTO check_lists VALUES (?, ?, ?, ?, ?)",
        (kept.list_id, kept.team, kept.due.isoformat(), kept.status, encoded(kept)),
    )
