"""The inbox watched: collect, again and again; events only shorten the wait.

The scan is the truth (field.md c): a share sends no events one can trust, so each round lists the
folder anew, and a round in which nothing has changed costs one listing.
"""

from collections.abc import Callable, Iterator

from auditdocs.errors import Unavailable
from auditdocs.places.events import woken_by
from auditdocs.places.inbox import look
from auditdocs.steps.collect import Collected, collected
from auditdocs.steps.issue import Wish, issued
from auditdocs.steps.office import Office

Round = Collected | Unavailable
"""What one round came to: what was taken, or why nothing could be."""

LONGEST_WAIT = 60.0
"""Seconds between looks at a share that is gone."""


def rounds(office: Office, *, every: float, beat: Callable[[], None]) -> Iterator[Round]:
    """Round after round for ever; each takes in what lies there and then waits `every` seconds.

    A share that is gone or a disk that refuses is a round too, and the wait grows until it is back.
    """
    seen, wait = None, every
    with woken_by(office.workspace.inbox) as wake:
        while True:
            beat()
            try:
                lying = look(office.workspace.inbox, now=office.clock.now().timestamp())
                if lying != seen or lying:
                    yield _round(office)
                seen, wait = lying, every
            except Unavailable as away:
                yield away
                wait = min(wait * 2, LONGEST_WAIT)
            wake(wait)


def _round(office: Office) -> Collected:
    took = collected(office)
    if took.ended("extract"):
        for key in office.settings.issue_on_extract:
            issued(office, Wish(type=key))
    return took
