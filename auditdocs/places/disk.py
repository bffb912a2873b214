"""The disk verbs of the whole house: whole files or none, never over another, tried again.

On a Windows share a virus scanner or a reader may hold a file for a moment, so a replace is tried
again for two and a half seconds (field.md c 11) before it is given up as unavailable.
"""

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from auditdocs.errors import Unavailable

_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_HELD = frozenset({errno.EACCES, errno.EBUSY, errno.EPERM})
_HELD_BY_WINDOWS = frozenset({5, 32, 33})
_BLOCK = 1 << 20
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
_MOST_NAME = 120

Result = TypeVar("Result")


def is_there(path: Path) -> bool:
    """Whether there is a file of that name now."""
    return path.is_file()


def is_taken(folder: Path) -> bool:
    """Whether the name is a file's, or a folder's with something in it."""
    return folder.is_file() or (folder.is_dir() and any(folder.iterdir()))


def whole(path: Path) -> bytes:
    """The bytes of a file. Raises Unavailable when it cannot be read now."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unavailable("read", path, error) from error


def unchanged(path: Path, *, size: int, changed: int) -> bool:
    """Whether a file still has that size and the time, in nanoseconds, of its last change."""
    try:
        facts = path.stat()
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (size, changed)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, replacing what was there.

    What a stop leaves half written is written over when the same is written again.
    """
    temporary = path.with_name(f"~{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(temporary, data)
        _patiently(lambda: os.replace(temporary, path))
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _unavailable("write", path, error) from error


def put_checked(path: Path, data: bytes) -> None:
    """The same for what must not be lost: read back and compared before it replaces what was there.

    Raises Unavailable when the disk or the share gives back other bytes than it was given.
    """
    temporary = path.with_name(f"~{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(temporary, data)
        if temporary.read_bytes() != data:
            raise OSError("what was written reads back otherwise")
        _patiently(lambda: os.replace(temporary, path))
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _unavailable("write", path, error) from error


def put_beside(path: Path, data: bytes) -> Path:
    """Write a file under that name or, where it is taken by other bytes, under the next free one.

    Gives the path under which the bytes now stand; never overwrites.
    """
    for candidate in _names(path):
        if not candidate.exists():
            put(candidate, data)
            return candidate
        if candidate.stat().st_size == len(data) and whole(candidate) == data:
            return candidate
    raise AssertionError("there is always a next name")


def moved(source: Path, target: Path) -> Path:
    """Move a file to that name or the next free one, over disks too; gives where it now is."""
    data = whole(source)
    placed = put_beside(target, data)
    removed(source, data)
    return placed


def removed(path: Path, data: bytes) -> bool:
    """Take away a file whose bytes are safe elsewhere; a file that has changed since stays."""
    try:
        if not path.exists():
            return True
        if whole(path) != data:
            return False
        _patiently(path.unlink)
    except OSError as error:
        raise _unavailable("move", path, error) from error
    return True


def copied_tree(source: Path, target: Path) -> None:
    """Copy a folder's files where there are none yet; what is there stays."""
    for file in sorted(files_below(source)):
        wanted = target / file.relative_to(source)
        if not wanted.exists():
            wanted.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, wanted)


def files_below(folder: Path) -> Iterator[Path]:
    """Every file of a folder and its subfolders; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files_below(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, read piece by piece. Raises Unavailable."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unavailable("read", path, error) from error


def safe_name(text: str) -> str:
    """A name every disk takes: no separators, nothing Windows reserves, at most 120 letters."""
    kept = "".join(
        letter if letter.isprintable() and letter not in '<>:"/\\|?*' else " " for letter in text
    )
    name = " ".join(kept.split())[:_MOST_NAME].strip(". ")
    return f"_{name}" if name.partition(".")[0].casefold() in _RESERVED else name or "unnamed"


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _patiently(action: Callable[[], Result]) -> Result:
    for pause in _PAUSES:
        try:
            return action()
        except OSError as error:
            if not _is_held(error):
                raise
            time.sleep(pause)
    return action()


def _is_held(error: OSError) -> bool:
    windows = getattr(error, "winerror", None)
    return windows in _HELD_BY_WINDOWS if windows is not None else error.errno in _HELD


def _names(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1


def _unavailable(verb: str, path: Path, error: OSError) -> Unavailable:
    reasons = {
        errno.ENOSPC: ("The disk is full.", "Make room on the disk, then run the command again."),
        errno.ENOENT: (
            "The file or its folder is not there.",
            "See whether the share is connected, then run the command again.",
        ),
    }
    held = ("Another program or the share does not allow it.", "Close it, or ask for the right.")
    text, hint = reasons.get(error.errno or 0, held)
    return Unavailable(f"Cannot {verb} {path.name} now. {text}", where=str(path.parent), hint=hint)
