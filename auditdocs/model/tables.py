"""Rows as a workbook or a CSV file holds them, before anything is known of what they mean."""

from dataclasses import dataclass
from datetime import date

Value = str | int | float | bool | date | None
"""One cell: text as it stands, a number, a truth, a date, or nothing."""

UNSAVED = "#UNSAVED!"
"""What stands for a formula whose result was not saved with the file."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or one CSV file: its name and its rows, headings not yet found."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    first_row: int = 1
    """The worksheet's number of the first row kept."""
