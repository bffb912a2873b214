"""What was written into each pack, so that an author's hand in a file is known from our own."""

from collections.abc import Mapping

from auditdocs.places.journal.store import Journal


def keep_packed(journal: Journal, pack: str, *, file: str, sha256: str) -> None:
    """Keep that a pack's file is about to be written with these contents."""
    with journal.transaction() as change:
        change.execute("INSERT OR IGNORE INTO packed VALUES (?, ?, ?)", (pack, file, sha256))


def packed_before(journal: Journal, pack: str) -> Mapping[str, frozenset[str]]:
    """The hashes of all that was ever written into a pack, by file."""
    found: dict[str, set[str]] = {}
    rows = journal.asked("SELECT file, sha256 FROM packed WHERE pack = ?", pack)
    for file, sha256 in rows:
        found.setdefault(file, set()).add(sha256)
    return {file: frozenset(hashes) for file, hashes in found.items()}
