"""Copies of the journal among the evidence, one a day, from which a lost one is made again."""

from datetime import date
from pathlib import Path

from auditdocs.places.disk import is_there, listed, moved, put, thrown_away, whole
from auditdocs.places.journal.soundness import journal_faults
from auditdocs.places.journal.store import Journal

KEEP = 14


def keep_copy(journal: Journal, archive: Path, *, day: date) -> bool:
    """Keep the journal as it now stands as the day's copy, if this instance has changed it.

    Gives whether a copy was written. The oldest beyond a fortnight of them go.
    """
    if not journal.connection.total_changes:
        return False
    put(_folder(archive) / f"journal {day:%Y-%m-%d}.sqlite3", journal.as_bytes())
    thrown_away(_copies(archive)[KEEP:])
    return True


def newest_copy(archive: Path) -> Path | None:
    """The newest copy that is sound, or None."""
    return next((copy for copy in _copies(archive) if not journal_faults(copy)), None)


def copy_put_back(copy: Path, journal: Path, *, day: date) -> Path | None:
    """A copy put in the journal's place; gives where the old journal now is, None when gone."""
    leftover = journal.with_name(f"{journal.name}-journal")
    kept = None
    for part in (journal, leftover):
        if is_there(part):
            place = moved(part, part.with_name(f"{part.stem} damaged {day:%Y-%m-%d}{part.suffix}"))
            kept = kept or place
    put(journal, whole(copy))
    return kept


def _folder(archive: Path) -> Path:
    return archive / "journal"


def _copies(archive: Path) -> list[Path]:
    """Newest first, by the day in the name."""
    return listed(_folder(archive), "journal ????-??-??.sqlite3")[::-1]
