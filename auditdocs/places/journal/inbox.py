"""What is remembered of the files lying in the inbox, in the journal."""

from auditdocs.model.inbox import Known, Memory
from auditdocs.places.journal.change import note
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.store import Journal

_EMPTIED = "inbox empty since"


def memory(journal: Journal) -> Memory:
    """What the last look left behind."""
    rows = journal.asked("SELECT file, body FROM lying")
    emptied = journal.fact(_EMPTIED)
    files = {file: decoded(Known, body) for file, body in rows}
    return Memory(files, float(emptied) if emptied else None)


def keep_memory(journal: Journal, before: Memory, after: Memory) -> None:
    """What is remembered now; only what has changed is written, nothing when nothing has."""
    gone = [(file,) for file in before.files if file not in after.files]
    new = [
        (file, encoded(known))
        for file, known in after.files.items()
        if before.files.get(file) != known
    ]
    if not gone and not new and before.emptied == after.emptied:
        return
    with journal.transaction() as change:
        change.executemany("DELETE FROM lying WHERE file = ?", gone)
        change.executemany("INSERT OR REPLACE INTO lying VALUES (?, ?)", new)
        emptied = "" if after.emptied is None else str(after.emptied)
        note(change, _EMPTIED, emptied)
