"""One change of the journal while it is made, and what it wrote, so that it can be made again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection, Cursor

from auditdocs.errors import AuditdocsError

Written = tuple[str, list[list[object]]]
"""An SQL statement, and the values of each time it was run."""


@dataclass(slots=True)
class Change:
    """A transaction that is open: statements go through it to the journal."""

    connection: Connection
    written: list[Written] = field(default_factory=list)
    failed: AuditdocsError | None = None
    """What became of a part of it, when that could not be made."""

    def hold(self) -> None:
        """Nothing more is written after a part that failed. Raises what the part raised."""
        if self.failed is not None:
            raise self.failed

    def execute(self, statement: str, values: Sequence[object] = ()) -> Cursor:
        """The statement run once; gives its rows."""
        self._note(statement, [list(values)])
        return self.connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """The statement run once for each row of values."""
        every = [list(row) for row in rows]
        self._note(statement, every)
        self.connection.executemany(statement, every)

    def _note(self, statement: str, rows: list[list[object]]) -> None:
        if rows and not statement.lstrip().upper().startswith("SELECT"):
            self.written.append((statement, rows))


def note(change: Change, name: str, value: str) -> None:
    """Keep a single thing by name, within a change."""
    change.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))
