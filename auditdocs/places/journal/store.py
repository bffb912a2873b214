"""The journal's file: opened, made on first use, one transaction at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditdocs.errors import Unavailable

VERSION = 1

_SCHEMA = """
CREATE TABLE extracts (
    id INTEGER PRIMARY KEY, data_date TEXT NOT NULL, taken TEXT NOT NULL, sha256 TEXT NOT NULL,
    stored TEXT NOT NULL, summary TEXT NOT NULL);
CREATE TABLE cases (
    extract INTEGER NOT NULL REFERENCES extracts, child_id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (extract, child_id)) WITHOUT ROWID;
CREATE TABLE registers (
    id INTEGER PRIMARY KEY, taken TEXT NOT NULL, sha256 TEXT NOT NULL, stored TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE selections (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, period TEXT NOT NULL, made TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE audits (
    audit_id TEXT PRIMARY KEY, type TEXT NOT NULL, child_id TEXT NOT NULL, status TEXT NOT NULL,
    selection INTEGER REFERENCES selections, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX audits_by_status ON audits (status);
CREATE INDEX audits_by_child ON audits (child_id);
CREATE TABLE events (
    id INTEGER PRIMARY KEY, audit_id TEXT NOT NULL, day TEXT NOT NULL, status TEXT NOT NULL,
    cause TEXT NOT NULL);
CREATE TABLE records (
    audit_id TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (audit_id, version)) WITHOUT ROWID;
CREATE TABLE returns (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, audit_id TEXT NOT NULL, outcome TEXT NOT NULL,
    finished INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX returns_by_hash ON returns (sha256);
CREATE INDEX returns_unfinished ON returns (finished) WHERE finished = 0;
CREATE TABLE posted (
    sheet TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (sheet, key))
    WITHOUT ROWID;
CREATE TABLE staff_columns (
    sheet TEXT NOT NULL, key TEXT NOT NULL, heading TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (sheet, key, heading)) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal."""

    connection: sqlite3.Connection
    path: Path

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One change: all of it is on the disk at the end, or none of it ever happened."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._back_out()
            raise _unavailable(self.path, error) from error
        except BaseException:
            self._back_out()
            raise

    def asked(self, question: str, *values: object) -> list[tuple[str, ...]]:
        """The rows that answer an SQL question."""
        try:
            return self.connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise _unavailable(self.path, error) from error

    def fact(self, name: str) -> str:
        """A single thing remembered by name, "" when there is none."""
        rows = self.asked("SELECT value FROM facts WHERE name = ?", name)
        return rows[0][0] if rows else ""

    def remember(self, name: str, value: str) -> None:
        """Keep a single thing by name."""
        with self.transaction() as change:
            change.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def _back_out(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


def opened(path: Path) -> Journal:
    """The journal at that path, made when there is none. Raises Unavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        _made_ready(connection, path)
    except (sqlite3.Error, OSError) as error:
        raise _unavailable(path, error) from error
    return Journal(connection, path)


def _made_ready(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise Unavailable(
            "The journal was written by a newer auditdocs.",
            where=str(path),
            hint="Install the newer version on this computer too.",
        )
    if version < VERSION:
        connection.executescript(f"BEGIN;{_SCHEMA}PRAGMA user_version = {VERSION};COMMIT;")


def _unavailable(path: Path, error: Exception) -> Unavailable:
    damaged = isinstance(error, sqlite3.DatabaseError) and "malformed" in str(error)
    hint = (
        "Put back the last copy of the journal, or ask whoever looks after auditdocs."
        if damaged
        else "See whether the share is connected and the disk has room, then try again."
    )
    return Unavailable("The journal cannot be used now.", where=str(path), hint=hint)
