"""The columns of a check list, by which it is written and read back (domain.md C4)."""

from collections.abc import Mapping
from dataclasses import dataclass

LIST_PROPERTY = "auditdocs.list"
"""The custom property that holds the list's reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """One column: what it is called, and what else it may be called when it comes home."""

    name: str
    heading: str
    width: int
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    is_date: bool = False


COLUMNS: tuple[ListColumn, ...] = (
    ListColumn(name="child_id", heading="Child ID", width=11, also=("child",)),
    ListColumn(name="initials", heading="Initials", width=8),
    ListColumn(name="worker", heading="Worker", width=15, also=("allocated worker",)),
    ListColumn(name="item_id", heading="Item", width=22, also=("item id",)),
    ListColumn(
        name="value_on_system",
        heading="Value on system",
        width=30,
        also=("value", "value on the system"),
    ),
    ListColumn(name="auto_flag", heading="Flag", width=30, also=("auto flag", "flags")),
    ListColumn(
        name="correct",
        heading="Correct (Y/N/NK)",
        width=9,
        also=("correct", "correct?", "correct y n nk"),
        choices=("Y", "N", "NK"),
    ),
    ListColumn(name="correct_value", heading="Correct value", width=17, also=("right value",)),
    ListColumn(
        name="corrected_on_system_date",
        heading="Corrected on system",
        width=12,
        also=("corrected on system date", "corrected on", "corrected"),
        is_date=True,
    ),
    ListColumn(name="checked_by", heading="Checked by", width=13),
    ListColumn(
        name="checked_date",
        heading="Checked on",
        width=12,
        also=("checked date", "date checked"),
        is_date=True,
    ),
    ListColumn(name="comment", heading="Comment", width=16, also=("comments", "notes")),
)
"""The columns in order."""

ANSWERS = tuple(column.name for column in COLUMNS[-6:])
"""The names of those that people fill in."""

FIRST_ANSWER = len(COLUMNS) - len(ANSWERS)
"""The place of the first of them."""


def heading_key(text: str) -> str:
    """A heading for comparing: letters and figures alone, in lower case."""
    return " ".join("".join(s if s.isalnum() else " " for s in text.casefold()).split())


NAMES: Mapping[str, str] = {
    heading_key(words): column.name
    for column in COLUMNS
    for words in (column.heading, column.name, *column.also)
}
"""Heading, as `heading_key` has it, to the column's name."""
