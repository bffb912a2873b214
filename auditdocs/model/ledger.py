"""The ledger as values: sheets, columns and rows, before any of it is a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Cell = str | int | date | None
"""What a ledger cell may hold: text, a whole number, a date, or nothing. Never a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a ledger sheet."""

    heading: str
    """Unique in its sheet."""
    kind: str = "text"
    """"text", "date", "number" or "link" (a path relative to the workspace, opened by a click)."""
    width: int = 14
    """In characters."""
    staff: bool = False
    """Whether staff write in it; such a cell is read back and never overwritten."""
    choices: tuple[str, ...] = ()
    """The drop-down of a staff column."""
    grouped: bool = False
    """Whether the column is folded away under the one before it (comments)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of the ledger: its table and how it reads."""

    name: str
    title: str
    """What the sheet is, said on the first sheet."""
    columns: tuple[Column, ...]
    key: str
    """The heading of the column that tells rows apart."""

    def heading_index(self) -> Mapping[str, int]:
        """Each heading to its place from the left, 0 first."""
        return {column.heading: place for place, column in enumerate(self.columns)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What is to stand in a sheet: rows by key, each by heading; staff columns may be left out."""

    sheet: Sheet
    rows: Mapping[str, Mapping[str, Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandChange:
    """A cell of ours that somebody changed by hand, and was put back."""

    sheet: str
    key: str
    heading: str
    ours: str
    theirs: str
