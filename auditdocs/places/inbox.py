"""The inbox as one look finds it: what may be taken, what is still coming, what is not ours.

A file may be taken when it has lain unchanged for a while and nobody has it open. Whatever Office,
sync clients and systems leave behind is passed over by name (field.md c 8); everything else counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditdocs.errors import Unavailable
from auditdocs.places.disk import files_below

_IGNORED = re.compile(
    r"~\$.*|~.*\.tmp|.*\.tmp|~wr[dl].*|\.~lock\..*#|\..*|thumbs\.db|desktop\.ini|.*\.lnk|"
    r".*\.part|.*\.crdownload|.*\.partial|@eadir|system volume information|\$recycle\.bin|__macosx",
    re.IGNORECASE,
)
_OWNER_LIVES = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file lying in the inbox: where, how large, when it last changed, and whether it is held."""

    path: Path
    size: int
    changed: float
    """Seconds of the disk's own clock."""
    held: bool
    """Whether an owner file beside it says that somebody has it open."""


def look(inbox: Path, *, now: float) -> tuple[Dropped, ...]:
    """Every file that lies in the inbox and counts, by name. Raises Unavailable.

    `now` is the time in seconds, to tell a living owner file from one left behind.
    """
    try:
        found = sorted(path for path in files_below(inbox) if _counts(path, inbox))
        return tuple(each for path in found for each in _dropped(path, now))
    except OSError as error:
        raise Unavailable(
            "The inbox cannot be looked at now.",
            where=str(inbox),
            hint="See whether the share is connected; nothing is lost.",
        ) from error


def is_ignored(name: str) -> bool:
    """Whether a file or folder of that name is one that programs leave behind."""
    return _IGNORED.fullmatch(name) is not None


def _counts(path: Path, inbox: Path) -> bool:
    return not any(is_ignored(part) for part in path.relative_to(inbox).parts)


def _dropped(path: Path, now: float) -> Iterator[Dropped]:
    try:
        facts = path.stat()
    except FileNotFoundError:  # taken away between the listing and now
        return
    yield Dropped(path, facts.st_size, facts.st_mtime, held=_is_held(path, now))


def _is_held(path: Path, now: float) -> bool:
    """Word leaves out up to two letters of a long name in the owner file's, Excel none."""
    owners = (path.with_name(f"~${path.name[cut:]}") for cut in (0, 1, 2))
    return any(
        owner.exists() and now - owner.stat().st_mtime < _OWNER_LIVES
        for owner in owners
        if owner.name != "~$"
    )
