"""The inbox watched: collect, again and again; events only shorten the wait.

The scan is the truth (field.md c): a share sends no events one can trust, so each round lists the
folder anew. A round in which nothing has come to rest costs one listing and writes nothing; only
one that finds something to do takes its turn to write, and others have theirs in between.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.errors import AlreadyRunning, AuditdocsError, Unavailable
from auditdocs.model.inbox import Memory
from auditdocs.places.disk import is_there
from auditdocs.places.events import Wake, woken_by
from auditdocs.places.journal.returns import unfinished
from auditdocs.places.ledger import held_by
from auditdocs.steps import look
from auditdocs.steps.collect import Collected, taken_in
from auditdocs.steps.look import Look
from auditdocs.steps.office import Office, journal_of
from auditdocs.steps.status_page import put_status_page
from auditdocs.steps.tidy import tidied
from auditdocs.steps.turns import Beat, turn

Round = Collected | Unavailable
"""What one round came to: what was taken, or why nothing could be."""

LONGEST_WAIT = 60.0
"""Seconds between looks at a share that is gone, and between tries at a ledger that refuses."""


_HOUR = len("2026-07-01T09")


@dataclass(frozen=True, slots=True)
class _Last:
    """What the round before left behind."""

    memory: Memory
    day: date | None = None
    """The day on which everything was last brought up to date."""
    journal: str = ""
    """The journal's version then: another one when somebody else has written in it."""
    pending: int = 0
    posted: float = 0.0


def rounds(
    office: Office,
    *,
    every: float,
    beat: Beat,
    today: Callable[[], date] | None = None,
) -> Iterator[Round]:
    """Round after round for ever; each takes in what lies there and then waits `every` seconds.

    `today` gives the day of each round, for a watch that runs on past midnight. A share that is
    gone or a disk that refuses is a round too, and the wait grows until it is back. Raises
    AlreadyRunning when another instance has taken over, as after a computer was put to sleep.
    """
    with woken_by(office.workspace.inbox) as wake, _out_of_the_sweep():
        watch = _Watch(office, wake, _Last(look.memory(office)))
        try:
            wait = every
            while True:
                took = watch.round(beat, today() if today else office.today)
                yield took
                wait = every if isinstance(took, Collected) else min(wait * 2, LONGEST_WAIT)
                wake.wait(wait)
        finally:
            if watch.office is not office:
                watch.office.journal.close()


@contextmanager
def _out_of_the_sweep() -> Iterator[None]:
    """What is loaded by now stays while the block runs: garbage is not looked for in it.

    Thousands of files that wait make thousands of objects at each look, and every few looks Python
    would go through all there is: a tenth of what an idle watch costs.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(slots=True)
class _Watch:
    """The office as it is watched: its journal is opened anew after the share was gone."""

    office: Office
    wake: Wake
    last: _Last
    is_lost: bool = False
    """Whether what was open on the share may be so no longer."""

    def round(self, beat: Beat, day: date) -> Round:
        """One round, whatever it comes to. Raises AlreadyRunning when another has taken over."""
        if day != self.office.today:
            journal = replace(self.office.journal, day=day)
            self.office = replace(self.office, today=day, journal=journal)
        try:
            _refuse_a_share_that_is_gone(self.office)
            beat()
            if self.is_lost:
                self._reopen()
            took, self.last = _round(self.office, self.last)
        except Unavailable as away:
            self.is_lost = True
            with suppress(AuditdocsError), turn(self.office):
                look.note_away(self.office)
            return away
        return took

    def _reopen(self) -> None:
        """A file that was open on a share cannot be read or written when the share is back."""
        self.wake.rearm()
        self.office.journal.close()
        again = journal_of(self.office.workspace, today=self.office.today)
        self.office = replace(self.office, journal=again)
        self.last, self.is_lost = replace(self.last, day=None), False


def _refuse_a_share_that_is_gone(office: Office) -> None:
    """Nothing is made anew where the workspace was."""
    if not is_there(office.workspace.settings):
        raise Unavailable(
            "The workspace is not there now.",
            where=str(office.workspace.root),
            hint="See whether the share is connected; nothing is lost.",
        )


def _round(office: Office, last: _Last) -> tuple[Collected, _Last]:
    seen = look.looked(office, last.memory)
    took = Collected(waiting=seen.waiting, memory=seen.memory)
    is_idle = _is_idle(office, seen, last)
    if is_idle and not look.is_to_be_kept(office, seen):
        return took, replace(last, memory=seen.memory)
    try:
        with turn(office):
            look.note_back(office)
            return _noted(office, seen, took, last) if is_idle else _worked(office, seen)
    except AlreadyRunning:  # somebody issues forms just now: the next look finds the same
        return replace(took, memory=last.memory), last


def _noted(office: Office, seen: Look, took: Collected, last: _Last) -> tuple[Collected, _Last]:
    """What a look found that took nothing in, noted and shown."""
    before = office.journal.fact(look.LAST_LOOK)
    look.keep(office, seen)
    if seen.known != seen.memory or before[:_HOUR] != office.journal.fact(look.LAST_LOOK)[:_HOUR]:
        put_status_page(office)
    return took, replace(last, memory=seen.memory)


def _worked(office: Office, seen: Look) -> tuple[Collected, _Last]:
    """Whatever is ready taken in, and the office left tidy."""
    took, now = taken_in(office, seen), office.clock.seconds()
    tidied(office)
    version = office.journal.version
    return took, _Last(took.memory, office.today, version, took.posting.pending, now)


def _is_idle(office: Office, seen: Look, last: _Last) -> bool:
    """Whether nothing has come to rest, nothing is owed, and day and journal are the same."""
    owes = bool(seen.ready or unfinished(office.journal)) or _may_post(office, last)
    return not owes and (last.day, last.journal) == (office.today, office.journal.version)


def _may_post(office: Office, last: _Last) -> bool:
    """Whether rows wait for the ledger and another try is due."""
    now = office.clock.seconds()
    waited = abs(now - last.posted) >= LONGEST_WAIT
    return bool(last.pending) and waited and held_by(office.workspace.ledger, now=now) is None
