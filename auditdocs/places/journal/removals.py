"""What was removed when its keeping time was over: noted by reference, without personal data.

The journal changes first, in one go, and holds the list of what else is to go. Each file, and each
row of the ledger, is then struck off as it goes, so that a stop halfway is made good later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.accuracy import FoundRow
from auditdocs.model.audit import Audit
from auditdocs.model.form import Record, Return
from auditdocs.model.letter import Letter, Paper
from auditdocs.model.selection import Selection
from auditdocs.places.journal.change import Change
from auditdocs.places.journal.codec import encoded
from auditdocs.places.journal.store import Journal

_FIGURES = ("Status",)
"""Staff columns that are counted and name nobody; dates are figures too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leavings:
    """What is to stand in the journal in the place of what goes."""

    audits: tuple[Audit, ...] = ()
    records: tuple[Record, ...] = ()
    papers: tuple[Paper, ...] = ()
    paper_records: Mapping[str, Record] = field(default_factory=dict)
    """By the paper's reference."""
    letters: tuple[tuple[int, Letter], ...] = ()
    returns: tuple[tuple[int, Return], ...] = ()
    selections: tuple[tuple[int, Selection], ...] = ()
    found: Mapping[str, tuple[FoundRow, ...]] = field(default_factory=dict)
    """By check list: the rows listed and checked go altogether."""
    extracts: tuple[str, ...] = ()
    """The stored files of the extracts whose cases go."""
    registers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """One thing that was removed or is about to be."""

    kind: str
    reference: str
    """An audit id, a check list's, or the day of an extract; never a name."""
    file: str = ""
    """Relative to the workspace; "" for what lies in the journal alone."""


def begin_removal(
    journal: Journal,
    leavings: Leavings,
    removals: Iterable[Removal],
    rows: Mapping[str, frozenset[str]],
    *,
    emptied: Mapping[str, frozenset[str]],
    day: date,
) -> None:
    """Change the journal and note all that is to go, all or none.

    `rows` are the ledger's rows that go, by sheet and key; `emptied` those that no longer stand
    in it.
    """
    journal.asked("PRAGMA secure_delete = ON")
    with journal.transaction() as change:
        _of_audits(change, leavings)
        _of_the_office(change, leavings)
        change.executemany(
            "INSERT INTO removed (day, kind, reference, file) VALUES (?, ?, ?, ?)",
            ((day.isoformat(), each.kind, each.reference, each.file) for each in removals),
        )
        for stands, keyed in ((0, rows), (1, emptied)):
            pairs = [(sheet, key) for sheet, keys in keyed.items() for key in keys]
            change.executemany(
                "INSERT OR REPLACE INTO removed_rows VALUES (?, ?, ?)",
                ((*pair, stands) for pair in pairs),
            )
            for table in ("posted", "closed"):
                change.executemany(f"DELETE FROM {table} WHERE sheet = ? AND key = ?", pairs)
            _forget_staff(change, pairs)


def files_to_remove(journal: Journal) -> tuple[tuple[int, str], ...]:
    """The files that are still to go, with the numbers of their removals."""
    rows = journal.asked("SELECT id, file FROM removed WHERE file <> '' ORDER BY id")
    return tuple((int(number), file) for number, file in rows)


def file_removed(journal: Journal, number: int) -> None:
    """That file is gone; its name, which may be a person's, is forgotten."""
    with journal.transaction() as change:
        change.execute("UPDATE removed SET file = '' WHERE id = ?", (number,))


def removals(journal: Journal) -> tuple[tuple[date, str, str], ...]:
    """Everything that was removed: day, kind, reference, earliest first."""
    rows = journal.asked("SELECT day, kind, reference FROM removed ORDER BY id")
    return tuple((date.fromisoformat(day), kind, reference) for day, kind, reference in rows)


def removed_references(journal: Journal, kind: str) -> frozenset[str]:
    """The references of that kind that were removed."""
    rows = journal.asked("SELECT reference FROM removed WHERE kind = ?", kind)
    return frozenset(reference for (reference,) in rows)


def removed_rows(journal: Journal) -> frozenset[tuple[str, str]]:
    """Sheet and key of every row that is never posted again."""
    return frozenset((s, k) for s, k in journal.asked("SELECT sheet, key FROM removed_rows"))


def rows_to_empty(journal: Journal) -> dict[str, frozenset[str]]:
    """The rows that still stand in the ledger and are to be emptied, by sheet."""
    found: dict[str, set[str]] = {}
    for sheet, key in journal.asked("SELECT sheet, key FROM removed_rows WHERE emptied = 0"):
        found.setdefault(sheet, set()).add(key)
    return {sheet: frozenset(keys) for sheet, keys in found.items()}


def rows_emptied(journal: Journal) -> None:
    """Those rows stand in the ledger no longer, nor does what staff wrote there."""
    with journal.transaction() as change:
        rows = change.execute("SELECT sheet, key FROM removed_rows WHERE emptied = 0").fetchall()
        _forget_staff(change, rows)
        change.execute("UPDATE removed_rows SET emptied = 1")


def _of_audits(change: Change, leavings: Leavings) -> None:
    change.executemany(
        "UPDATE audits SET child_id = '', body = ? WHERE audit_id = ?",
        ((encoded(each), each.audit_id) for each in leavings.audits),
    )
    for each in leavings.records:
        change.execute(
            "DELETE FROM records WHERE audit_id = ? AND version < "
            "(SELECT MAX(version) FROM records WHERE audit_id = ?)",
            (each.audit_id, each.audit_id),
        )
        change.execute(
            "UPDATE records SET digest = '', body = ? WHERE audit_id = ?",
            (encoded(each), each.audit_id),
        )
    for paper in leavings.papers:
        change.execute(
            "UPDATE papers SET body = ? WHERE reference = ?", (encoded(paper), paper.reference)
        )
    for reference, record in leavings.paper_records.items():
        change.execute(
            "UPDATE paper_records SET digest = '', body = ? WHERE reference = ?",
            (encoded(record), reference),
        )
    change.executemany(
        "UPDATE letters SET person = 'removed ' || id, body = ? WHERE id = ?",
        ((encoded(letter), number) for number, letter in leavings.letters),
    )


def _of_the_office(change: Change, leavings: Leavings) -> None:
    change.executemany(
        "UPDATE returns SET body = ? WHERE id = ?",
        ((encoded(came), number) for number, came in leavings.returns),
    )
    change.executemany(
        "UPDATE selections SET body = ? WHERE id = ?",
        ((encoded(selection), number) for number, selection in leavings.selections),
    )
    for list_id, found in leavings.found.items():
        for table in ("listed_rows", "checked_rows", "found_rows"):
            change.execute(f"DELETE FROM {table} WHERE list_id = ?", (list_id,))
        change.executemany(
            "INSERT INTO found_rows VALUES (?, ?, ?, ?)",
            ((list_id, *row.listed.key, encoded(row)) for row in found),
        )
    for stored in leavings.extracts:
        change.execute(
            "DELETE FROM cases WHERE extract IN (SELECT id FROM extracts WHERE stored = ?)",
            (stored,),
        )
        change.execute("DELETE FROM extracts WHERE stored = ?", (stored,))
    for stored in leavings.registers:
        change.execute("DELETE FROM registers WHERE stored = ?", (stored,))


def _forget_staff(change: Change, pairs: Iterable[tuple[str, str]]) -> None:
    change.executemany(
        "DELETE FROM staff_columns WHERE sheet = ? AND key = ? AND value NOT LIKE '{\"date\"%' "
        f"AND heading NOT IN ({', '.join('?' * len(_FIGURES))})",
        ((*pair, *_FIGURES) for pair in pairs),
    )
