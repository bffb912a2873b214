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
_AWAY_ON_WINDOWS = frozenset({2, 3, 51, 53, 55, 59, 64, 67, 121, 1231})
_HELD_BY_WINDOWS = frozenset({5, 32, 33})
_ANOTHER_DISK = 17
_SHARE_IS_GONE = _AWAY_ON_WINDOWS - {2, 3}
"""Numbers of Windows that Python takes for a file that is not there: the whole share is not."""

_NO_ROOM = "The disk is full.", "Make room on the disk, then run the command again."
_NOT_THERE = (
    "The file or its folder is not there.",
    "See whether the share is connected, then run the command again.",
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
    """Whether the file is not there, and not the whole share with it."""
    is_missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return is_missing and _windows(error) not in _SHARE_IS_GONE


def _words(error: OSError) -> tuple[str, str]:
    windows = _windows(error)
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
