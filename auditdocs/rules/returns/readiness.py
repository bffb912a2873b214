"""When a file in the inbox may be taken: it has come to rest, and nobody has it open.

Files are told apart by name, size and time alone, never by inode: shares make those up. Their own
times are those of the computer that wrote them, so age is counted by our own clock; only a file
that looks old when first seen, and was never seen to change, is taken at its word.

Not to be ready is a state: it has a reason and a next try, for ever.

Source: field.md c 2 to 4 and 7; settled.md ("When a file is ready").
"""

from collections.abc import Iterable
from dataclasses import replace

from auditdocs.model.inbox import Dropped, Known, Memory

BACK_OFF = (5.0, 10.0, 20.0, 40.0, 60.0)
"""Seconds from one vain try to the next; the last stands for all that follow."""
LONG = 600.0
"""Seconds after which a wait is told, and a file that is not whole is taken for damaged."""
CONFIRMED = 60.0
"""Seconds for which an inbox must be empty before its files are believed to be gone."""

YOUNG = "it has only just changed: it may still be on its way"
_EMPTY = "it is empty: it may still be on its way"
_BLIP = 2
_NANO = 1_000_000_000


def remembered(before: Memory, lying: Iterable[Dropped], *, now: float) -> Memory:
    """What is known of the files after a look; those that are gone are forgotten.

    Where several files are gone at once and nothing is left, they are remembered for a minute.
    """
    files = {each.file: _known(before.files.get(each.file), each, now) for each in lying}
    if files or len(before.files) < _BLIP:
        return Memory(files)
    emptied = now if before.emptied is None else min(before.emptied, now)
    return Memory() if now - emptied >= CONFIRMED else Memory(before.files, emptied)


def why_not(dropped: Dropped, known: Known, *, now: float, settled: float) -> str:
    """Why a file is not to be taken at this look, "" when it is. `settled` is in seconds."""
    if dropped.trouble:
        return dropped.trouble
    if dropped.holder:
        return f"{dropped.holder} has it open: it is taken when it is closed"
    if known.next_try > now:
        return known.why
    if settled > 0 and _age(known, now) < settled:
        return YOUNG
    return _EMPTY if not dropped.size and not is_final(known, now=now, settled=settled) else ""


def is_final(known: Known, *, now: float, settled: float) -> bool:
    """Whether a file that is not whole has lain so for long enough to be taken for damaged."""
    return settled <= 0 or _age(known, now) >= LONG


def waits(known: Known, why: str) -> Known:
    """The file not taken at this look, with the reason."""
    return known if known.why == why else replace(known, why=why)


def put_off(known: Known, why: str, *, now: float) -> Known:
    """The file tried in vain: with the reason, and tried again after a while."""
    pause = BACK_OFF[min(known.tries, len(BACK_OFF) - 1)]
    return replace(known, tries=known.tries + 1, next_try=now + pause, why=why)


def is_long(known: Known, *, now: float) -> bool:
    """Whether the file has waited for long and nobody has been told."""
    return not known.is_told and now - known.came >= LONG


def _known(before: Known | None, each: Dropped, now: float) -> Known:
    if before is None:
        return Known(size=each.size, changed=each.changed, since=now, came=now)
    came = min(before.came, now)
    if (before.size, before.changed) != (each.size, each.changed):
        return Known(
            size=each.size,
            changed=each.changed,
            since=now,
            is_first=False,
            came=came,
            is_told=before.is_told,
        )
    if before.since > now or before.next_try > now + BACK_OFF[-1]:  # our clock was set back
        return replace(before, since=min(before.since, now), next_try=now, came=came)
    return before


def _age(known: Known, now: float) -> float:
    """Seconds for which the file has been as it is."""
    own = now - known.changed / _NANO if known.is_first else 0.0
    return max(now - known.since, own)
