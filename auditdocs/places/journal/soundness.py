"""Whether a journal's file is sound, looked at without changing it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePath
from urllib.parse import quote

from auditdocs.errors import Unavailable
from auditdocs.places.disk import facts
from auditdocs.places.journal.schema import MIGRATIONS


def journal_faults(path: Path) -> tuple[str, ...]:
    """What is wrong with the journal at that path, in words; nothing where there is none yet."""
    try:
        if facts(path) is None:
            return ()
        with closing(sqlite3.connect(read_only(path.absolute()), uri=True)) as connection:
            return tuple(_faults(connection))
    except sqlite3.Error as error:
        return (f"it cannot be read as a journal ({error})",)
    except Unavailable as refusal:
        return (f"it cannot be looked at. {refusal.text.rstrip('.')}",)


def read_only(path: PurePath) -> str:
    """The address at which SQLite opens that whole path without changing anything.

    A share's name is part of the path: SQLite refuses an address that names another computer.
    """
    plain = quote(os.fsencode(path.as_posix()), safe="/:")
    return f"file://{plain if plain.startswith('/') else f'/{plain}'}?mode=ro"


def _faults(connection: sqlite3.Connection) -> Iterator[str]:
    found = [line for (line,) in connection.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        yield "it is damaged"
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode.casefold() == "wal":
        yield "another program changed how it is written, which is not safe on a share"
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        yield "it was written by a newer auditdocs"
