"""The inbox looked over: what may be taken now, what waits and why; remembered in the journal.

The scan is the truth: each look lists the folder and holds it against what is remembered, so no
event need ever come, and none that does is believed (field.md c 1).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from auditdocs.errors import Unavailable
from auditdocs.model.inbox import Dropped, Known, Memory
from auditdocs.places.inbox import look
from auditdocs.places.journal import inbox as kept
from auditdocs.rules.returns.readiness import YOUNG, is_long, remembered, waits, why_not
from auditdocs.steps.office import Office

AWAY = "share away since"
LAST_LOOK = "last look"
_LOOKS_ARE_NOTED = 60.0
"""Seconds: an idle watch need not write to the journal at every look."""


class Waiting(NamedTuple):
    """A file that is not taken yet, why, and since when it has been there; one of thousands."""

    file: str
    """Relative to the workspace."""
    why: str
    came: datetime | None = None
    is_news: bool = False
    """Whether it has waited for ten minutes, and this is told for the first time."""

    @property
    def since(self) -> str:
        """When it came, in ISO form; "" when that is not known."""
        return self.came.isoformat(timespec="seconds") if self.came else ""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look came to."""

    memory: Memory
    ready: tuple[Dropped, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    warnings: tuple[str, ...] = ()
    known: Memory = field(default_factory=Memory)
    """What was remembered before."""

    @property
    def is_young(self) -> bool:
        """Whether something waits for nothing but to come to rest."""
        return any(each.why == YOUNG for each in self.waiting)

    @property
    def is_news(self) -> bool:
        """Whether there is something that nobody has been told."""
        return any(each.is_news for each in self.waiting)


def looked(office: Office, before: Memory, *, only: Iterable[Path] = ()) -> Look:
    """The inbox looked over, or those files of it alone; nothing is written.

    Raises Unavailable when the inbox cannot be looked at.
    """
    now = office.clock.seconds()
    lying = look(office.workspace.inbox, now=now)
    memory = remembered(before, lying, now=now)
    wanted = {_in_inbox(office, path) for path in only}
    mine = [each for each in lying if each.file in wanted] if wanted else lying
    held = _held(mine, memory.files, now=now, settled=office.settings.inbox_settled)
    told = {
        file: replace(known, is_told=True)
        for file, known in held.items()
        if is_long(known, now=now)
    }
    new = {file: known for file, known in held.items() if known is not memory.files[file]} | told
    return Look(
        memory=replace(memory, files={**memory.files, **new}) if new else memory,
        ready=tuple([each for each in mine if each.file not in held]),
        waiting=_waiting(office, held, now, news=told),
        warnings=tuple([_left_behind(office, each) for each in mine if each.stale_owner]),
        known=before,
    )


def _held(
    mine: Iterable[Dropped], files: Mapping[str, Known], *, now: float, settled: float
) -> dict[str, Known]:
    """Those of these files that are not to be taken at this look, with the reason."""
    held: dict[str, Known] = {}
    for each in mine:
        known = files[each.file]
        if why := why_not(each, known, now=now, settled=settled):
            held[each.file] = waits(known, why)
    return held


def observed(office: Office, before: Memory, *, only: Iterable[Path] = ()) -> Look:
    """The same, with a note in the journal since when the share has been gone, if it is."""
    try:
        seen = looked(office, before, only=only)
    except Unavailable:
        note_away(office)
        raise
    note_back(office)
    return seen


def note_away(office: Office) -> None:
    """Note since when the share has been gone, where that is not noted yet."""
    if not office.journal.fact(AWAY):
        office.journal.remember(AWAY, _stamp(office))


def note_back(office: Office) -> None:
    """Note that the share is there."""
    if office.journal.fact(AWAY):
        office.journal.remember(AWAY, "")


def is_to_be_kept(office: Office, seen: Look) -> bool:
    """Whether the look found anything to note; of an idle one only the time, once a minute."""
    is_back, noted = office.journal.fact(AWAY), office.journal.fact(LAST_LOOK)
    return seen.known != seen.memory or bool(is_back) or _is_old(noted, office)


def keep(office: Office, seen: Look) -> None:
    """Keep what the look found in the journal; an idle look writes nothing but the time."""
    kept.keep_memory(office.journal, seen.known, seen.memory)
    if is_to_be_kept(office, seen):
        office.journal.remember(LAST_LOOK, _stamp(office))


def memory(office: Office) -> Memory:
    """What the last look left in the journal."""
    return kept.memory(office.journal)


def waiting(office: Office, file: str, known: Known) -> Waiting:
    """A file of the inbox that waits, as it is told."""
    now = office.clock.seconds()
    (told,) = _waiting(office, {file: known}, now, news=[file] if is_long(known, now=now) else ())
    return told


def named(office: Office, file: str) -> str:
    """A file of the inbox as people and JSON see it."""
    return f"{office.workspace.relative(office.workspace.inbox)}/{file}"


def _waiting(
    office: Office, held: dict[str, Known], now: float, *, news: Collection[str]
) -> tuple[Waiting, ...]:
    folder, time = named(office, ""), office.clock.now()
    came = {known.came for known in held.values()}
    since = {each: time - timedelta(seconds=now - each) for each in came}
    found = [
        Waiting(folder + file, known.why, since[known.came], file in news)
        for file, known in held.items()
    ]
    return tuple(found)


def _in_inbox(office: Office, path: Path) -> str:
    return path.resolve().relative_to(office.workspace.inbox.resolve()).as_posix()


def _left_behind(office: Office, dropped: Dropped) -> str:
    return (
        f"{named(office, dropped.file)}: the owner file (~$) beside it is more than a day old. It "
        "was left behind, and is not heeded."
    )


def _is_old(noted: str, office: Office) -> bool:
    age = office.clock.now() - datetime.fromisoformat(noted) if noted else timedelta.max
    return not 0 <= age.total_seconds() < _LOOKS_ARE_NOTED


def _stamp(office: Office) -> str:
    return office.clock.now().isoformat(timespec="seconds")
