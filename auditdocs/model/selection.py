"""A selection: the cases chosen for audit, and the reason for every one that was not."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A case that was not chosen, and why, in words."""

    child_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A case chosen: for whom, by when, and why."""

    child_id: str
    team: str
    worker: str
    auditor: str
    auditor_role: str
    auditor_team: str
    due: date
    why: str
    reserve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a selection rule decided, with all that is needed to perform it again."""

    type: str
    period: str
    picks: tuple[Pick, ...]
    excluded: tuple[Exclusion, ...] = ()
    reserves: tuple[Pick, ...] = ()
    warnings: tuple[str, ...] = ()
    pool: int = 0
    seed: str = ""
    theme: str = ""
    expression: str = ""
