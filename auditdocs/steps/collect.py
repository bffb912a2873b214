"""What lies in the inbox taken in, once: every file ends in exactly one state.

For each file: copy, hash, read, journal, archive, move; then the ledger. Each write can be done
again, so that after a stop anywhere the next run finishes what was begun (house.md 2).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from auditdocs.errors import Unavailable, UsageFault
from auditdocs.model.form import Return
from auditdocs.places.disk import is_there, put, put_beside, sha256, whole
from auditdocs.places.inbox import Dropped, look
from auditdocs.places.journal.returns import returns_of, unfinished
from auditdocs.steps.finish import finished
from auditdocs.steps.issue import put_in_place
from auditdocs.steps.office import Office
from auditdocs.steps.post import Posting, post
from auditdocs.steps.receive import received


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is not taken yet, and why."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Collected:
    """What one look at the inbox came to."""

    returns: tuple[Return, ...] = ()
    superseded: tuple[Return, ...] = ()
    """The earlier returns that corrected forms have taken the place of."""
    waiting: tuple[Waiting, ...] = ()
    posting: Posting = field(default_factory=Posting)

    def ended(self, *outcomes: str) -> tuple[Return, ...]:
        """The returns that ended so."""
        return tuple(came for came in self.returns if came.outcome in outcomes)


Progress = Callable[[int, int], None]
"""Told after each file: how many are done, of how many."""


def collected(
    office: Office,
    files: Iterable[Path] = (),
    *,
    patient: bool = True,
    progress: Progress = lambda done, of: None,
) -> Collected:
    """Everything in the inbox that may be taken, or the files named, taken in.

    A patient look waits once for files that have just changed.
    """
    put_in_place(office)
    healed = [finished(office, number, came) for number, came in unfinished(office.journal)]
    named = [_in_the_inbox(office, path) for path in files]
    ready, waiting = _ready(office, named, patient=patient)
    taken: list[Return] = []
    for dropped in ready:
        outcome = _taken(office, dropped)
        if isinstance(outcome, Return):
            taken.append(outcome)
        else:
            waiting.append(outcome)
        progress(len(taken), len(ready))
    superseded = _superseded(office, [*healed, *taken])
    return Collected((*healed, *taken), superseded, tuple(waiting), post(office))


def _in_the_inbox(office: Office, path: Path) -> Path:
    """A file that lies elsewhere is copied in; the original stays where it is."""
    inbox = office.workspace.inbox
    for place in (path, inbox / path):
        if is_there(place):
            inside = place.resolve().is_relative_to(inbox.resolve())
            return place if inside else put_beside(inbox / place.name, whole(place))
    raise UsageFault(f"There is no file {path}.", hint="See whether its name is right.")


def _ready(
    office: Office, named: list[Path], *, patient: bool
) -> tuple[list[Dropped], list[Waiting]]:
    """What may be taken now, and what not, after waiting once for what has just changed."""
    first = _looked(office, named)
    now = office.clock.now().timestamp()
    settled = office.settings.inbox_settled
    young = [each for each in first if now - each.changed < settled]
    if young and patient:
        office.clock.pause(settled)
        second = {each.path: each for each in _looked(office, named)}
        young = [each for each in young if second.get(each.path) != each]
        first = tuple(second.get(each.path, each) for each in first)
    restless = {each.path for each in young}
    waiting = [_waiting(office, each, restless) for each in first]
    ready = [each for each, wait in zip(first, waiting, strict=True) if wait is None]
    return ready, [wait for wait in waiting if wait is not None]


def _looked(office: Office, named: list[Path]) -> tuple[Dropped, ...]:
    found = look(office.workspace.inbox, now=office.clock.now().timestamp())
    wanted = {path.resolve() for path in named}
    return tuple(each for each in found if not wanted or each.path.resolve() in wanted)


def _waiting(office: Office, dropped: Dropped, restless: set[Path]) -> Waiting | None:
    name = office.workspace.relative(dropped.path)
    if dropped.held:
        return Waiting(name, "somebody has it open: it is taken when it is closed")
    if dropped.path in restless:
        return Waiting(name, "it has only just changed: it may still be on its way")
    return None


def _taken(office: Office, dropped: Dropped) -> Return | Waiting:
    """One file taken: a copy of our own first, and everything is read from that."""
    try:
        data = whole(dropped.path)
        put(office.workspace.state / "work" / sha256(data), data)
    except Unavailable as refusal:
        return Waiting(office.workspace.relative(dropped.path), refusal.text)
    number, came = received(office, dropped.path, data)
    return finished(office, number, came)


def _superseded(office: Office, taken: list[Return]) -> tuple[Return, ...]:
    """The earlier returns that have just been taken the place of."""
    corrected = [came for came in taken if came.outcome == "accepted" and came.version > 1]
    return tuple(
        earlier
        for came in corrected
        for _, earlier in returns_of(office.journal, came.audit_id)
        if earlier.outcome == "superseded" and earlier.version == came.version - 1
    )
