"""What a service management group asked for, and what became of it."""

from dataclasses import dataclass
from datetime import date

STATES = ("Proposed", "Agreed", "Under way", "Done", "Dropped")
"""In which an action may stand, as the ledger's drop-down offers them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """An action of the group, as staff keep it in the ledger."""

    reference: str
    """"SMG-2026-27-Q2/1"."""
    period: str
    """The label of the period whose report proposed it."""
    action: str
    owner: str = ""
    due: date | None = None
    state: str = ""
    """One of STATES, or ""."""
    done: str = ""
    """What was done, in staff's words."""

    @property
    def is_agreed(self) -> bool:
        """Whether the group has answered: it stands in more than the report's own words."""
        return self.state not in ("", "Proposed")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state not in ("Done", "Dropped")
