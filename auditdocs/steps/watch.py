"""The inbox watched: collect, again and again; events only shorten the wait.

The scan is the truth (field.md c): a share sends no events one can trust, so each round lists the
folder anew. A round in which nothing has come to rest costs one listing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.errors import Unavailable
from auditdocs.model.inbox import Memory
from auditdocs.places.events import woken_by
from auditdocs.places.journal.returns import unfinished
from auditdocs.places.ledger import held_by
from auditdocs.steps import look
from auditdocs.steps.collect import Collected, taken_in
from auditdocs.steps.look import Look
from auditdocs.steps.office import Office

Round = Collected | Unavailable
"""What one round came to: what was taken, or why nothing could be."""

LONGEST_WAIT = 60.0
"""Seconds between looks at a share that is gone, and between tries at a ledger that refuses."""


@dataclass(frozen=True, slots=True)
class _Last:
    """What the round before left behind."""

    memory: Memory
    day: date | None = None
    """The day on which everything was last brought up to date."""
    pending: int = 0
    posted: float = 0.0


def rounds(
    office: Office,
    *,
    every: float,
    beat: Callable[[], None],
    today: Callable[[], date] | None = None,
) -> Iterator[Round]:
    """Round after round for ever; each takes in what lies there and then waits `every` seconds.

    `today` gives the day of each round, for a watch that runs on past midnight. A share that is
    gone or a disk that refuses is a round too, and the wait grows until it is back.
    """
    last, wait = _Last(look.memory(office)), every
    with woken_by(office.workspace.inbox) as wake:
        while True:
            beat()
            now = replace(office, today=today()) if today else office
            try:
                took, last = _round(now, last)
                yield took
                wait = every
            except Unavailable as away:
                yield away
                wait = min(wait * 2, LONGEST_WAIT)
                wake.rearm()
            wake.wait(wait)


def _round(office: Office, last: _Last) -> tuple[Collected, _Last]:
    seen = look.observed(office, last.memory)
    if _is_idle(office, seen, last):
        look.keep(office, seen)
        took = Collected(waiting=seen.waiting, memory=seen.memory)
        return took, replace(last, memory=seen.memory)
    took = taken_in(office, seen)
    now = office.clock.seconds()
    return took, _Last(took.memory, office.today, took.posting.pending, now)


def _is_idle(office: Office, seen: Look, last: _Last) -> bool:
    """Whether nothing has come to rest, nothing is owed, and the day is the same."""
    owes = bool(seen.ready or unfinished(office.journal)) or _may_post(office, last)
    return not owes and last.day == office.today


def _may_post(office: Office, last: _Last) -> bool:
    """Whether rows wait for the ledger and another try is due."""
    waited = abs(office.clock.seconds() - last.posted) >= LONGEST_WAIT
    return bool(last.pending) and waited and not held_by(office.workspace.ledger)
