"""What the system says when it refuses, in words a person can act on; and when to try again.

Every error of the disk below this room becomes Unavailable: later it may do.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditdocs.errors import Unavailable

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS})
_AWAY = frozenset({errno.ENOENT, errno.ESTALE, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.EIO})
_HELD = frozenset({errno.EACCES, errno.EBUSY, errno.EPERM})
_FULL_ON_WINDOWS = frozenset({39, 112})
_AWAY_ON_WINDOWS = frozenset(
    {2, 3, 15, 21, 51, 53, 54, 55, 58, 59, 64, 65, 67, 71, 121, 1222, 1231, 1232, 1236}
)
_HELD_BY_WINDOWS = frozenset({5, 32, 33})
_ANOTHER_DISK = 17
_LONG_FOR_WINDOWS = 206
_SHARE_IS_GONE = _AWAY_ON_WINDOWS - {2, 3}
"""Several of these Python takes for a file that is not there, others for one that may not be read:
it is the whole share."""

_NO_ROOM = "The disk is full.", "Make room on the disk, then run the command again."
_NOT_THERE = (
    "The file or its folder is not there.",
    "See whether the share is connected, then run the command again.",
)
_LONG = (
    "Its path is longer than the system takes.",
    "Give it a shorter name, or move the workspace nearer to the drive's root.",
)
_OTHER_DISK = "It lies on another disk.", "Move it out of the inbox by hand."
_FIXED = "The disk may only be read.", "Ask for the right to change files there."
_OTHERS = "Another program or the share does not allow it.", "Close it, or ask for the right."


@contextmanager
def refusals_told(verb: str, path: Path) -> Iterator[None]:
    """The block, whose errors of the disk are raised as Unavailable: "Cannot write x.docx now"."""
    try:
        yield
    except OSError as error:
        raise unavailable(verb, path, error) from error


def unavailable(verb: str, path: Path, error: OSError) -> Unavailable:
    """What the system said, as a person is told."""
    text, hint = _words(error)
    told = f"Cannot {verb} {path.name} now. {text}"
    return Unavailable(told, cause=text, where=str(path.parent), hint=hint)


def is_held(error: OSError) -> bool:
    """Whether another program may hold the file for a moment, so that it is worth another try."""
    windows = _windows(error)
    return windows in _HELD_BY_WINDOWS if windows else error.errno in _HELD


def is_absent(error: OSError) -> bool:
    """Whether the file is not there; neither the share with it, nor the path too long to tell."""
    is_missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return is_missing and not (is_away(error) or is_too_long(error))


def is_away(error: OSError) -> bool:
    """Whether Windows says that the whole share or drive is not there."""
    return _windows(error) in _SHARE_IS_GONE


def is_too_long(error: OSError) -> bool:
    """Whether the path is longer than the system takes."""
    return error.errno == errno.ENAMETOOLONG or _windows(error) == _LONG_FOR_WINDOWS


def _words(error: OSError) -> tuple[str, str]:
    windows = _windows(error)
    if is_too_long(error):
        return _LONG
    if windows in _FULL_ON_WINDOWS or error.errno in _FULL:
        return _NO_ROOM
    if windows in _AWAY_ON_WINDOWS or (not windows and error.errno in _AWAY):
        return _NOT_THERE
    if windows == _ANOTHER_DISK or error.errno == errno.EXDEV:
        return _OTHER_DISK
    return _FIXED if error.errno in _READ_ONLY else _OTHERS


def _windows(error: OSError) -> int:
    """The number that Windows gave, 0 elsewhere."""
    return getattr(error, "winerror", None) or 0
