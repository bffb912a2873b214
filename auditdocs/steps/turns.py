"""Who may write: one instance at a time, and beside a watch one command between two of its looks.

Two locks. The first says who is at work in the workspace, a command or a watch; the second is held
by whoever is writing. A command that works alone holds both. A watch holds the first for as long as
it runs and the second only while it takes something in, so that forms can be issued and files tried
again while it watches.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path

from auditdocs.errors import AlreadyRunning
from auditdocs.places.lock import held, holder
from auditdocs.places.workspace import Workspace
from auditdocs.steps.office import Office

WATCHES = {"watches": "yes"}
"""What a watch adds to what its lock says."""
PATIENCE = 30.0
"""Seconds for which a command waits while a watch takes something in."""
_GLANCE = 0.25

Beat = Callable[[], None]
"""Shows that we are still at work. Raises AlreadyRunning when another has taken over meanwhile."""


@contextmanager
def at_work(office: Office) -> Iterator[Beat]:
    """The office to ourselves while the block runs, beside a watch as by ourselves.

    Raises AlreadyRunning, which names the other.
    """
    with ExitStack() as stack:
        try:
            beats = [stack.enter_context(_presence(office))]
        except AlreadyRunning:
            if not watch(office.workspace):
                raise
            beats = []
        beats.append(_turn_in_time(office, stack, patience=0.0 if beats else PATIENCE))
        yield partial(_all, beats)


@contextmanager
def alone(office: Office) -> Iterator[Beat]:
    """The same for what no watch may run beside. Raises AlreadyRunning for a watch too."""
    with ExitStack() as stack:
        try:
            beat = stack.enter_context(_presence(office))
        except AlreadyRunning as other:
            raise _beside_a_watch(office, other) from other
        stack.enter_context(turn(office))
        yield beat


@contextmanager
def watching(office: Office) -> Iterator[Beat]:
    """The presence of a watch, which takes its turn to write when there is something to do.

    Raises AlreadyRunning beside any other instance.
    """
    with held(_presence_of(office.workspace), now=office.clock.now, says=WATCHES) as beat:
        yield beat


@contextmanager
def turn(office: Office) -> Iterator[Beat]:
    """The right to write while the block runs. Raises AlreadyRunning while another has it."""
    with held(office.workspace.state / "turn", now=office.clock.now) as beat:
        yield beat


def watch(workspace: Workspace) -> dict[str, str]:
    """The watch that is at work: host, pid, started, beat; empty when there is none."""
    said = holder(_presence_of(workspace))
    return said if said.items() >= WATCHES.items() else {}


def _beside_a_watch(office: Office, other: AlreadyRunning) -> AlreadyRunning:
    """What is said of the other instance, and of a watch that nothing need be done."""
    if not watch(office.workspace):
        return other
    hint = "It is a watch: it takes in what lies in the inbox by itself, so there is nothing to do."
    return AlreadyRunning(other.text, where=other.where, hint=hint)


def _all(beats: Iterable[Beat]) -> None:
    for beat in beats:
        beat()


def _presence(office: Office) -> AbstractContextManager[Beat]:
    return held(_presence_of(office.workspace), now=office.clock.now)


def _presence_of(workspace: Workspace) -> Path:
    return workspace.state / "lock"


def _turn_in_time(office: Office, stack: ExitStack, *, patience: float) -> Beat:
    """Our turn, as soon as whoever has it is done. Raises AlreadyRunning after so many seconds."""
    for _ in range(round(patience / _GLANCE)):
        try:
            return stack.enter_context(turn(office))
        except AlreadyRunning:
            office.clock.pause(_GLANCE)
    return stack.enter_context(turn(office))
