"""The day book: every change of the journal, written among the evidence before it is made.

Changes are numbered without a gap. A copy of the journal knows the number of its last one, so that
a lost journal is its newest copy and, after it, what the day books hold from there on: it comes
back as it was, be the copy old or gone altogether while the books reach back to the first change.

A number that comes again stands for the later line, and ends what came after the earlier: its
change failed, or the journal was put back from a backup.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import DecodeError, Raw, json

from auditdocs.errors import Unavailable
from auditdocs.places.disk import appended, lines, listed, thrown_away
from auditdocs.places.journal.change import Change, Written, note

_BOOKS = "changes ????-??-??.jsonl"
NUMBER = "changes"
"""The fact that says how many changes the journal has been through."""


def write_up(book: Path, day: date, change: Change) -> None:
    """Number the change and write it in the newest book, before it is final.

    A book that cannot be written to now leaves a gap, which is told when it matters; the work goes
    on, for the journal itself is sound.
    """
    if not change.written:
        return
    found = change.execute("SELECT value FROM facts WHERE name = ?", (NUMBER,)).fetchone()
    number = int(found[0]) + 1 if found else 1
    note(change, NUMBER, str(number))
    try:
        appended(_place(book, day), b"\n" + json.encode([number, change.written]) + b"\n")
    except Unavailable:
        return


def changes(book: Path, *, after: int) -> tuple[tuple[tuple[Written, ...], ...], int]:
    """The changes after that number, as far as they follow each other, and how many are cut off.

    What a stop left half written stands on a line of its own and is passed over.
    """
    found: list[tuple[int, tuple[Written, ...]]] = []
    for number, written in _entries(listed(book, _BOOKS), after):
        while found and found[-1][0] >= number:
            found.pop()
        if number > after:
            found.append((number, written))
    following = [written for nth, (number, written) in enumerate(found, after + 1) if nth == number]
    return tuple(following), len(found) - len(following)


def drop_books(book: Path, *, before: str) -> None:
    """Throw away the books of days before the oldest copy, which nothing reads any more."""
    thrown_away(path for path in listed(book, _BOOKS) if day_of(path) < before)


def _entries(books: Iterable[Path], after: int) -> Iterator[tuple[int, tuple[Written, ...]]]:
    """The books' entries, line by line: a day in which the ledger was made anew is a large one."""
    for path in books:
        for line in lines(path):
            entry = _entry(line, after)
            if entry is not None:
                yield entry


def _entry(line: bytes, after: int) -> tuple[int, tuple[Written, ...]] | None:
    """A change's number and, for one after that number, what it wrote; None for half a line."""
    try:
        number, written = json.decode(line, type=tuple[int, Raw])
        return number, json.decode(written, type=tuple[Written, ...]) if number > after else ()
    except DecodeError:
        return None


def _place(book: Path, day: date) -> Path:
    """The day's book, or a newer one that is there: books are read in the order of their days.

    Two instances may go by different days, and a clock may be put back.
    """
    newest = listed(book, _BOOKS)[-1:]
    return book / f"changes {max([day.isoformat(), *map(day_of, newest)])}.jsonl"


def day_of(path: Path) -> str:
    """The day that a book or a copy has in its name."""
    return path.stem.rpartition(" ")[2]
