"""A selection: the cases chosen for audit, and the reason for every one that was not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

GIVEN = "given"
"""What stands for words of somebody's own where nobody is to be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A case that was not chosen, and why, in words that name nobody."""

    child_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A case chosen: for whom, by when, and why."""

    child_id: str
    team: str
    worker: str
    worker_id: str = ""
    auditor: str
    auditor_role: str
    auditor_team: str
    due: date
    why: str
    period: str = ""
    """The label of the period the audit counts for: the slot's own month, or the whole period."""
    said: str = ""
    """What somebody wrote of the case, as it stands in `why`; it may name a person."""

    @property
    def why_unnamed(self) -> str:
        """Why, without the words that somebody wrote, for what is to name nobody."""
        return self.why.replace(self.said, GIVEN) if self.said else self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a selection rule decided, with all that is needed to perform it again."""

    type: str
    period: str
    picks: tuple[Pick, ...]
    excluded: tuple[Exclusion, ...] = ()
    """The open cases that could not be chosen."""
    reserves: tuple[Pick, ...] = ()
    """Those that stand by, each for the pick of the same auditor and period."""
    waiting: tuple[Exclusion, ...] = ()
    """The open cases that could have been chosen and were not, and how near they are."""
    warnings: tuple[str, ...] = ()
    pool: int = 0
    """How many cases the choice was made from: excluded and directed ones are not among them."""
    seed: str = ""
    """The text a draw was ordered by, or "" where nothing was drawn."""
    theme: str = ""
    because: str = ""
    """Why that theme: a minute of the group, say."""
    expression: str = ""

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many cases were left out for each kind of reason, the commonest first.

        A reason is a kind and, behind a colon, what holds for one case alone.
        """
        kinds = (each.reason.partition("; ")[0].partition(": ")[0] for each in self.excluded)
        return dict(Counter(kinds).most_common())
