"""Copies of the journal among the evidence, one a day, from which a lost one is made again."""

from datetime import date
from functools import partial
from pathlib import Path

from auditdocs.places.disk import (
    copied_file,
    is_there,
    listed,
    put_made,
    renamed,
    size,
    thrown_away,
)
from auditdocs.places.journal.day_book import NUMBER, changes, day_of, drop_books
from auditdocs.places.journal.soundness import journal_faults
from auditdocs.places.journal.store import Journal

KEEP = 14


def keep_copy(journal: Journal, archive: Path, *, day: date) -> bool:
    """Keep the journal as it now stands as the day's copy, if this instance has changed it.

    A copy of a later day, as after a clock was put back, is written over: the newest is the last.
    Gives whether a copy was written. The oldest beyond a fortnight of them go.
    """
    if not journal.connection.total_changes:
        return False
    newest = max([day.isoformat(), *map(day_of, _copies(archive)[:1])])
    put_made(day_books(archive) / f"journal {newest}.sqlite3", journal.copied)
    copies = _copies(archive)
    thrown_away(copies[KEEP:])
    oldest = day_of(copies[:KEEP][-1])
    drop_books(day_books(archive), before=oldest if len(copies) > KEEP else "")
    return True


def newest_copy(archive: Path) -> Path | None:
    """The newest copy that is sound, or None."""
    return next((copy for copy in _copies(archive) if not journal_faults(copy)), None)


def copy_put_back(copy: Path, journal: Path) -> None:
    """A copy put in the journal's place."""
    put_made(journal, partial(copied_file, copy))


def replayed(journal: Journal, archive: Path) -> tuple[int, int]:
    """The day books' changes since this copy made again; gives how many, and how many are lost.

    Lost are those behind a gap in the books: they cannot be made without what is missing.
    """
    known = int(journal.fact(NUMBER) or 0)
    found, lost = changes(day_books(archive), after=known)
    for written in found:
        with journal.transaction() as change:
            for statement, rows in written:
                change.executemany(statement, rows)
    return len(found), lost


def is_lost(journal: Path, archive: Path) -> bool:
    """Whether there is no journal, or a file with nothing in it, where there once was one."""
    if size(journal) > 0:
        return False
    return bool(listed(day_books(archive)) or listed(archive, "[0-9]*"))


def is_whole_without_copy(archive: Path) -> bool:
    """Whether the day books reach back to the journal's first change."""
    return bool(changes(day_books(archive), after=0)[0])


def set_by(journal: Path, *, day: date) -> Path | None:
    """The journal moved out of the way; gives where it now is, None when there was none."""
    leftover = journal.with_name(f"{journal.name}-journal")
    kept = None
    for part in (journal, leftover):
        if is_there(part):
            place = renamed(
                part, part.with_name(f"{part.stem} damaged {day:%Y-%m-%d}{part.suffix}")
            )
            kept = kept or place
    return kept


def day_books(archive: Path) -> Path:
    """The folder of the copies and of the day books."""
    return archive / "journal"


def _copies(archive: Path) -> list[Path]:
    """Newest first, by the day in the name."""
    return listed(day_books(archive), "journal ????-??-??.sqlite3")[::-1]
