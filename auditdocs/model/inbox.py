"""A file lying in the inbox: what a look sees of it, and what is remembered from look to look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Dropped(NamedTuple):
    """A file as one look sees it; one of thousands at each look, so a tuple."""

    file: str
    """Where it lies in the inbox, with "/"."""
    size: int
    changed: int
    """When it last changed, in nanoseconds of whatever clock wrote it: not to be trusted."""
    holder: str = ""
    """Who has it open, as an owner file beside it says: a name or "somebody"; "" for nobody."""
    trouble: str = ""
    """Why it can never be taken as it lies: a link, a folder that may not be looked into."""
    stale_owner: bool = False
    """Whether an owner file lies beside it that a program left behind more than a day ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is remembered of a file; times are seconds of our own clock."""

    size: int
    changed: int
    since: float
    """When it was first seen just so."""
    is_first: bool = True
    """Whether it has never been seen otherwise, so that its own time may speak for its age."""
    came: float = 0.0
    """When its name was first seen."""
    tries: int = 0
    """How often it was tried in vain."""
    next_try: float = 0.0
    why: str = ""
    """Why it was not taken at the last look; "" when it could be."""
    is_told: bool = False
    """Whether it has been told that it waits for long."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the inbox."""

    files: Mapping[str, Known] = field(default_factory=dict)
    emptied: float | None = None
    """Since when nothing is there although files were: a share's blip, or they were taken out."""
