"""How things stand, line by line: what status, due, doctor and the status page show."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a list: what it is about, what is to be known, and whether it is late."""

    kind: str
    about: str
    text: str
    team: str = ""
    due: date | None = None
    late: bool = False
    """Whether it needs a person now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A list of the status page. Its lines hold references and counts, never a name."""

    title: str
    about: str
    """What the first column holds."""
    items: tuple[Item, ...]
    nothing: str
    """What is said when the list is empty."""
    more: str = ""
    """What is said under the list."""
    left: int = 0
    """How many there are that the list does not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything the status page shows."""

    service: str
    marking: str
    today: date
    sections: tuple[Section, ...]
    looked: str = ""
    """When the inbox was last looked at, in words."""

    @property
    def late(self) -> int:
        """How many lines need a person."""
        return sum(item.late for section in self.sections for item in section.items)
