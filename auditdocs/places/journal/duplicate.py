"""The journal copied page by page.

Years of it are more than memory holds, and SQLite gives no more than two gigabytes at once.
"""

import sqlite3
from contextlib import closing
from pathlib import Path


def duplicate(connection: sqlite3.Connection, place: Path) -> None:
    """A copy of the open journal in a new file there, as it now stands. Raises sqlite3.Error."""
    with closing(sqlite3.connect(place, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")  # whoever asked for it brings it to the disk
        connection.backup(copy)
