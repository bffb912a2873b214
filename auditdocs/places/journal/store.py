"""The journal's file: opened, made on first use, one transaction at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from auditdocs.errors import AuditdocsError, Unavailable
from auditdocs.places.journal.change import Change, note
from auditdocs.places.journal.day_book import NUMBER, write_up
from auditdocs.places.journal.duplicate import duplicate
from auditdocs.places.journal.schema import bring_up_to_date

_KEPT_IN_MEMORY = 8_000
"""Kilobytes of the journal, that years of audits are not read from a share page by page again."""


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal."""

    connection: sqlite3.Connection
    path: Path
    day: date
    book: Path | None = None
    """The folder of the day books, None for a journal that keeps none."""
    _whole: list[Change] = field(init=False, default_factory=list)
    """The change that all others are part of at the moment, if there is one."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """The changes made within are one, in one write: all of them are on the disk, or none.

        After a change that failed nothing more is written, and Unavailable is raised at the end.
        """
        with self.transaction() as whole:
            self._whole.append(whole)
            try:
                yield
                whole.hold()
            finally:
                self._whole.pop()

    @contextmanager
    def transaction(self) -> Iterator[Change]:
        """One change: all of it is on the disk at the end, or none of it ever happened."""
        with self._part() if self._whole else self._change() as change:
            yield change

    @contextmanager
    def _change(self) -> Iterator[Change]:
        change = Change(self.connection)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield change
            if self.book is not None:
                write_up(self.book, self.day, change)
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._back_out()
            raise _unavailable(self.path, error) from error
        except BaseException:
            self._back_out()
            raise

    @contextmanager
    def _part(self) -> Iterator[Change]:
        """A change that is part of a larger one."""
        whole = self._whole[0]
        whole.hold()
        try:
            yield whole
        except sqlite3.Error as error:
            whole.failed = _unavailable(self.path, error)
            raise whole.failed from error
        except AuditdocsError as error:
            whole.failed = error
            raise

    def asked(self, question: str, *values: object) -> list[tuple[str, ...]]:
        """The rows that answer an SQL question."""
        try:
            return self.connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise _unavailable(self.path, error) from error

    def one_by_one(self, question: str, *values: object) -> Iterator[tuple[str, ...]]:
        """The same, each as it is read: of many that are not all held at once."""
        try:
            yield from self.connection.execute(question, values)
        except sqlite3.Error as error:
            raise _unavailable(self.path, error) from error

    def fact(self, name: str) -> str:
        """A single thing remembered by name, "" when there is none."""
        rows = self.asked("SELECT value FROM facts WHERE name = ?", name)
        return rows[0][0] if rows else ""

    def remember(self, name: str, value: str) -> None:
        """Keep a single thing by name."""
        with self.transaction() as change:
            note(change, name, value)

    @property
    def version(self) -> str:
        """What changes whenever anybody else writes in the journal."""
        return str(self.asked("PRAGMA data_version")[0][0])

    def copied(self, place: Path) -> None:
        """The whole journal as it now stands in a new file there. Raises Unavailable."""
        try:
            duplicate(self.connection, place)
        except sqlite3.Error as error:
            raise _unavailable(self.path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def _back_out(self) -> None:
        if self.connection.in_transaction:
            with suppress(sqlite3.Error):  # a disk that is gone: SQLite undoes it when it is back
                self.connection.execute("ROLLBACK")


def opened(path: Path, *, day: date, book: Path | None = None) -> Journal:
    """The journal at that path, made when there is none, its tables brought up to date.

    The day is for the names of the copy that is kept of an older one and of the day book, which
    lies in the folder `book`. Raises Unavailable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as unless_ready:
            connection = sqlite3.connect(path, isolation_level=None, timeout=10)
            unless_ready.callback(connection.close)
            _made_ready(connection, path, day)
            unless_ready.pop_all()
    except (sqlite3.Error, OSError) as error:
        raise _unavailable(path, error) from error
    return Journal(connection, path, day, book)


def _made_ready(connection: sqlite3.Connection, path: Path, day: date) -> None:
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_KEPT_IN_MEMORY}")
    bring_up_to_date(connection, path, day=day)
    _count_what_came_before(connection)


def _count_what_came_before(connection: sqlite3.Connection) -> None:
    """A journal older than its day books counts all that came before as its first change.

    So no book begins with that one, and none is taken for the whole of the journal.
    """
    known = {name for (name,) in connection.execute("SELECT name FROM facts")}
    if known and NUMBER not in known:
        connection.execute("INSERT OR IGNORE INTO facts VALUES (?, '1')", (NUMBER,))


def _unavailable(path: Path, error: Exception) -> Unavailable:
    hint = (
        'Stop auditdocs everywhere, then run "auditdocs recover": it keeps the damaged file, and '
        "makes the journal again from its copies."
        if _is_damaged(error)
        else "See whether the share is connected and the disk has room, then try again."
    )
    return Unavailable("The journal cannot be used now.", where=str(path), hint=hint)


def _is_damaged(error: Exception) -> bool:
    """Whether SQLite says that the file itself is at fault; of its codes the first byte tells."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
