"""The life of an audit: from which status what leads to which, and nothing else does.

One table for the journal, which lets no other move be written, for the follow-up, which moves
audits along it, and for the picture in docs/life-cycle.md.

Source: domain.md A0.2. A contact sheet may be attached before the discussion is held: the audit is
then filed, and closed when the discussion too is settled (our decision, 2026-11-25).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.model.audit import (
    ACCEPTED,
    AGREED,
    CLOSED,
    DECIDED,
    DISCUSSED,
    DISPUTED,
    ESCALATED,
    FILED,
    ISSUED,
    RETURNED,
    SELECTED,
    WITHDRAWN,
)
from auditdocs.rules.follow_up.followed import Followed


@dataclass(frozen=True, slots=True)
class Move:
    """One move: what happens to an audit of that status, and what it is then."""

    status: str
    event: str
    next: str


ATTACHED = "contact sheet attached"
CORRECTED = "form corrected in grade or recommendations"
FINISHED = "all recommendations finished, nothing left to discuss"
TAKEN_UP = "not agreed after all"
REOPENED = "recommendation taken up again"

MOVES: tuple[Move, ...] = (
    Move(SELECTED, "form put in the outbox", ISSUED),
    Move(SELECTED, "withdrawn", WITHDRAWN),
    Move(ISSUED, "form set aside", RETURNED),
    Move(ISSUED, "form accepted", ACCEPTED),
    Move(ISSUED, "withdrawn", WITHDRAWN),
    Move(RETURNED, "form accepted", ACCEPTED),
    Move(RETURNED, "withdrawn", WITHDRAWN),
    Move(ACCEPTED, "discussed", DISCUSSED),
    Move(ACCEPTED, ATTACHED, FILED),
    Move(DISCUSSED, "agreed", AGREED),
    Move(DISCUSSED, "not agreed", DISPUTED),
    Move(AGREED, "not agreed", DISPUTED),
    Move(AGREED, ATTACHED, FILED),
    Move(DISPUTED, "agreed", AGREED),
    Move(DISPUTED, "referred to the Head of Service", ESCALATED),
    Move(ESCALATED, "agreed", AGREED),
    Move(ESCALATED, "decided", DECIDED),
    Move(DECIDED, ATTACHED, FILED),
    Move(FILED, TAKEN_UP, DISPUTED),
    Move(FILED, FINISHED, CLOSED),
    Move(CLOSED, TAKEN_UP, DISPUTED),
    Move(CLOSED, REOPENED, FILED),
    *(
        Move(status, CORRECTED, ACCEPTED)
        for status in (DISCUSSED, AGREED, DISPUTED, ESCALATED, DECIDED, FILED, CLOSED)
    ),
)
"""Every move there is."""


def may_move(status: str, then: str) -> bool:
    """Whether an audit of that status may become one of the other; staying is no move."""
    return status == then or any((move.status, move.next) == (status, then) for move in MOVES)


def course(of: Followed) -> Iterator[Move]:
    """The moves that what is known of an audit leads to, one after another, from where it is."""
    status = of.audit.status
    while move := next((m for m in MOVES if m.status == status and _happened(m.event, of)), None):
        yield move
        status = move.next


def picture() -> str:
    """The life cycle as a Mermaid diagram."""
    lines = (f"    {move.status} --> {move.next}: {move.event}" for move in MOVES)
    return "\n".join(("stateDiagram-v2", f"    [*] --> {SELECTED}", *lines))


def _happened(event: str, of: Followed) -> bool:
    return event in _FACTS and _FACTS[event](of)


def _is_finished(of: Followed) -> bool:
    return of.is_talked_over and all(each.is_finished for each in of.recommendations)


_FACTS: Mapping[str, Callable[[Followed], bool]] = {
    "discussed": lambda of: of.talked is not None,
    "agreed": lambda of: not of.is_disputed,
    "not agreed": lambda of: of.is_disputed,
    "referred to the Head of Service": lambda of: True,
    "decided": lambda of: of.decided is not None,
    ATTACHED: lambda of: of.attached is not None,
    FINISHED: _is_finished,
    TAKEN_UP: lambda of: of.is_disputed and of.decided is None,
    REOPENED: lambda of: not _is_finished(of),
}
"""What of an audit that is home shows that something happened."""
