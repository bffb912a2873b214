"""The ledger as values: sheets, columns and rows, before any of it is a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Cell = str | int | date | None
"""What a ledger cell may hold: text, a whole number, a date, or nothing. Never a formula."""

Rows = Mapping[str, Mapping[str, Cell]]
"""Rows by key, each by heading. The key is what the key column says, without spaces around it."""

WRAPPED = frozenset({"text", "path", "link"})
"""The kinds of columns whose cells run on over several lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a ledger sheet."""

    heading: str
    """Unique in its sheet."""
    kind: str = "text"
    """"text", "date", "number", "path" or "link": both a path relative to the workspace.

    A click on a link opens the file, which lies in the archive and is read-only; a path is text,
    for what people take away.
    """
    width: int = 14
    """In characters."""
    staff: bool = False
    """Whether staff write in it; such a cell is read back and never overwritten."""
    choices: tuple[str, ...] = ()
    """The drop-down of a staff column; what Excel takes has no comma and 255 characters in all."""
    grouped: bool = False
    """Whether the column is folded away under the one before it (comments)."""
    formerly: tuple[str, ...] = ()
    """Headings that it had before, under which it may still stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of the ledger: its table and how it reads."""

    name: str
    title: str
    """What the sheet is, said on the first sheet."""
    columns: tuple[Column, ...]
    key: str
    """The heading of the column that tells rows apart; "" for a sheet that only ever grows."""
    about: tuple[str, str] | None = None
    """In such a sheet: the headings that name the sheet and the row that each row is about."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it should stand: in which sheet, by which key, the tool's cells by heading."""

    sheet: str
    key: str
    cells: Mapping[str, Cell]
    first: Mapping[str, Cell] = field(default_factory=dict)
    """What staff columns say until staff write in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What is to stand in a sheet: rows by key, each by heading; staff columns may be left out."""

    sheet: Sheet
    rows: Rows
    gone: frozenset[str] = frozenset()
    """The keys of rows whose keeping time is over: every cell of them is emptied.

    What *Changes by hand* notes of them is emptied with them.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class HandChange:
    """A cell of ours that somebody changed by hand, and was put back."""

    sheet: str
    key: str
    heading: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A row of the ledger that somebody made, copied or deleted by hand."""

    sheet: str
    key: str
    """Of a row that people made, whatever they wrote there: it may be a name, so never log it."""
    row: int
    """Where it stands in the sheet: the row number that Excel shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What a post did."""

    workbook: bytes
    """The ledger as it now is; the very bytes that were given when nothing had to change."""
    rows: int
    """Rows written anew or changed, those put right among them."""
    changes: tuple[HandChange, ...] = ()
    strangers: tuple[LedgerRow, ...] = ()
    """Rows that people added or copied: left as they are, never read."""
    missing: tuple[LedgerRow, ...] = ()
    """Rows that people deleted: put back at the end."""
    warnings: tuple[str, ...] = ()


CHANGES = Sheet(
    name="Changes by hand",
    title="Changes people made in the tool's columns, each put back as it was",
    columns=(
        Column(heading="Date", kind="date", width=12),
        Column(heading="Sheet", width=18),
        Column(heading="Row", width=20),
        Column(heading="Column", width=40),
        Column(heading="Ours", width=40),
        Column(heading="Theirs", width=40),
    ),
    key="",
    about=("Sheet", "Row"),
)
"""Where a post notes every hand change; its rows have no key and are only ever added."""
