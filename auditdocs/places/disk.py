"""The disk verbs of the whole house: whole files or none, never over another, tried again.

On a Windows share a virus scanner or a reader may hold a file for a moment, so a replace is tried
again for two and a half seconds (field.md c 11) before it is given up as unavailable.
"""

import fnmatch
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from auditdocs.places.refusals import is_absent, is_held, refusals_told, unavailable

_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
Result = TypeVar("Result")


def facts(path: Path) -> os.stat_result | None:
    """What the disk says of a file or folder, None when there is none. Raises Unavailable.

    A disk that will not say is not one without the file: `Path.exists` takes the one for the other.
    """
    try:
        return path.stat()
    except OSError as error:
        if is_absent(error):
            return None
        raise unavailable("look at", path, error) from error


def is_there(path: Path) -> bool:
    """Whether there is a file of that name now. Raises Unavailable."""
    found = facts(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(path: Path) -> bool:
    """Whether there is a folder of that name now. Raises Unavailable."""
    found = facts(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def is_taken(folder: Path) -> bool:
    """Whether the name is a file's, or a folder's with something in it."""
    return is_there(folder) or bool(listed(folder))


def listed(folder: Path, pattern: str = "*") -> list[Path]:
    """What lies in a folder under such names, in order; nothing where there is no folder.

    Raises Unavailable.
    """
    try:
        names = os.listdir(folder)
    except OSError as error:
        if is_absent(error):
            return []
        raise unavailable("look into", folder, error) from error
    return [folder / name for name in sorted(fnmatch.filter(names, pattern))]


def whole(path: Path) -> bytes:
    """The bytes of a file. Raises Unavailable when it cannot be read now."""
    with refusals_told("read", path):
        return path.read_bytes()


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, one after the other. Raises Unavailable when it cannot be read now."""
    with refusals_told("read", path), path.open("rb") as file:
        yield from file


def unchanged(path: Path, *, size: int, changed: int) -> bool:
    """Whether a file still has that size and the time, in nanoseconds, of its last change."""
    try:
        now = path.stat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime_ns) == (size, changed)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, replacing what was there. Raises Unavailable.

    What a stop leaves half written is written over when the same is written again.
    """
    _put(path, data, is_right=lambda temporary: True)


def put_checked(path: Path, data: bytes) -> None:
    """The same for what must not be lost: read back and compared before it replaces what was there.

    Raises Unavailable when the disk or the share gives back other bytes than it was given.
    """
    _put(path, data, is_right=lambda temporary: temporary.read_bytes() == data)


def _put(path: Path, data: bytes, *, is_right: Callable[[Path], bool]) -> None:
    temporary = path.with_name(f"~{path.name}.tmp")
    try:
        try:
            _write_through(temporary, data)
        except FileNotFoundError:  # once for each folder
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_through(temporary, data)
        if not is_right(temporary):
            raise OSError("what was written reads back otherwise")
        _patiently(lambda: os.replace(temporary, path), path)
    except OSError as error:
        thrown_away([temporary])
        raise unavailable("write", path, error) from error


def put_made(path: Path, make: Callable[[Path], None]) -> None:
    """Put what `make` writes at the place it is given, whole or not at all, whatever was there.

    For what is too large to be held in memory. Raises Unavailable, and what `make` raises.
    """
    with _made(path, make) as temporary:
        _patiently(lambda: os.replace(temporary, path), path)


def put_made_beside(path: Path, make: Callable[[Path], None]) -> Path:
    """The same under that name or, where it is taken by other bytes, under the next free one.

    Gives the path under which the bytes now stand; never overwrites.
    """
    with _made(path, make) as temporary:
        there = facts(temporary)
        for candidate in _names(path):
            taken = facts(candidate)
            if taken is None:
                _patiently(partial(os.replace, temporary, candidate), candidate)
                return candidate
            same_size = there is not None and taken.st_size == there.st_size
            if same_size and sha256_of(candidate) == sha256_of(temporary):
                return candidate
    raise AssertionError("there is always a next name")


def copied_file(source: Path, target: Path) -> None:
    """A file's bytes in a new file there, piece by piece. Raises OSError."""
    shutil.copyfile(source, target)


@contextmanager
def _made(path: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    """What `make` writes in a file of ours beside the path, on the disk for certain; then gone."""
    temporary = path.with_name(f"~{path.name}.tmp")
    with refusals_told("write", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        try:
            make(temporary)
            with temporary.open("r+b") as file:
                os.fsync(file.fileno())
            yield temporary
        finally:
            thrown_away([temporary])


def appended(path: Path, data: bytes) -> None:
    """Add bytes at the end of a file. Raises Unavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(data)
    except OSError as error:
        raise unavailable("write", path, error) from error


def put_beside(path: Path, data: bytes, *, spare: Path | None = None) -> Path:
    """Write a file under that name or, where it is taken by other bytes, under the next free one.

    `spare` is a file of these very bytes, safe on the disk, that is needed no longer: on the same
    disk it is moved there instead. Gives the path where the bytes now stand; never overwrites.
    """
    for candidate in _names(path):
        there = facts(candidate)
        if there is None:
            if spare is None or not _was_moved(spare, candidate):
                put(candidate, data)
            return candidate
        if there.st_size == len(data) and is_there(candidate) and whole(candidate) == data:
            return candidate
    raise AssertionError("there is always a next name")


def found_beside(path: Path, digest: str) -> Path | None:
    """The file with that SHA-256 under that name, or under one that `put_beside` gives then."""
    for candidate in _names(path):
        if not is_there(candidate):
            return None
        if sha256_of(candidate) == digest:
            return candidate
    raise AssertionError("there is always a next name")


def _was_moved(source: Path, target: Path) -> bool:
    """Whether a file could be moved to a name that nothing has: to another disk it cannot."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(source, target)
    except OSError:
        return False
    return True


def free_name(path: Path) -> Path:
    """The path, or the next like it that nothing has. Raises Unavailable."""
    return next(each for each in _names(path) if facts(each) is None)


def renamed(source: Path, target: Path) -> Path:
    """A file moved without being read, to that name or the next free one; gives where it now is.

    Raises Unavailable, as when the two do not lie on one disk.
    """
    placed = free_name(target)
    with refusals_told("move", source):
        placed.parent.mkdir(parents=True, exist_ok=True)
        _patiently(lambda: os.rename(source, placed), source)
    return placed


def size(path: Path) -> int:
    """How many bytes a file has, -1 when there is none. Raises Unavailable."""
    found = facts(path)
    return -1 if found is None else found.st_size


def moved(source: Path, target: Path) -> Path:
    """Move a file to that name or the next free one, over disks too; gives where it now is."""
    data = whole(source)
    placed = put_beside(target, data)
    removed(source, data)
    return placed


def removed(path: Path, data: bytes) -> bool:
    """Take away a file whose bytes are safe elsewhere; a file that has changed since stays.

    Gives whether it is gone; a share that says so must not list it, for what is left lying is taken
    again. Raises Unavailable.
    """
    if facts(path) is None and path not in listed(path.parent):
        return True
    if whole(path) != data:
        return False
    with refusals_told("move", path):
        _patiently(partial(_unlink, path), path)
    return True


def thrown_away(paths: Iterable[Path]) -> None:
    """Take away files that nobody needs; one that cannot be now may be the next time."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def destroyed(path: Path) -> None:
    """Take a file away for good, and its folder when nothing else is in it. Raises Unavailable."""
    try:
        _patiently(partial(_unlink, path), path)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()
    except OSError as error:
        raise unavailable("remove", path, error) from error


def copied_tree(source: Path, target: Path) -> tuple[Path, ...]:
    """Copy a folder's files where there are none yet; gives the copies. Raises Unavailable."""
    pairs = [(file, target / file.relative_to(source)) for file in sorted(files_below(source))]
    missing = [(file, wanted) for file, wanted in pairs if facts(wanted) is None]
    for file, wanted in missing:
        put(wanted, whole(file))
    return tuple(wanted for _, wanted in missing)


def files_below(folder: Path) -> Iterator[Path]:
    """Every file of a folder and its subfolders; links are not followed. Raises Unavailable."""
    folders = [folder]
    while folders:  # one after the other: they may lie deeper than calls may go
        with refusals_told("look into", folders[-1]), os.scandir(folders.pop()) as listing:
            entries = [entry for entry in listing if not is_link(entry)]
        folders += (Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))
        yield from (Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False))


def is_link(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a symbolic link or, on Windows, a junction."""
    return entry.is_symlink() or _is_junction(entry)


_is_junction: Callable[[os.DirEntry[str]], bool] = getattr(
    os.DirEntry, "is_junction", lambda entry: False
)
"""Python 3.12 tells junctions."""


def write_protected(path: Path) -> None:
    """Make a file read-only; where the disk knows no such thing it stays as it is."""
    with suppress(OSError):
        path.chmod(path.stat().st_mode & ~_WRITE)


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, read piece by piece. Raises Unavailable."""
    with refusals_told("read", path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _patiently(action: Callable[[], Result], taken: Path) -> Result:
    """The action, tried again while the file that it takes away or replaces is held."""
    for pause in _PAUSES:
        try:
            return action()
        except OSError as error:
            if not is_held(error):
                raise
            _writable(taken)
            time.sleep(pause)
    return action()


def _unlink(path: Path) -> None:
    """Take a file away; a share that has none of that name must not list it either."""
    try:
        path.unlink()
    except FileNotFoundError:
        if path in listed(path.parent):
            raise


def _writable(path: Path) -> None:
    """The read-only attribute taken off: with it Windows neither moves nor replaces a file.

    Files from a disc, an attachment or a template folder often have it.
    """
    with suppress(OSError):
        mode = path.stat().st_mode
        if not mode & stat.S_IWRITE:
            path.chmod(mode | stat.S_IWRITE)


def _names(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
