"""A disk that refuses: every call to it below one folder is counted, and one of them fails.

It stands where Python meets the system, in `os`, `open` and `sqlite3`, so that all the code above
is the real one. What a call is: a look at a file or folder, a folder made, a file opened, read,
written, flushed, renamed or taken away, a statement of the journal.
"""

import builtins
import errno
import io
import os
import sqlite3
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

LOOKS = ("stat", "lstat", "scandir", "listdir")
CHANGES = ("mkdir", "unlink", "remove", "rename", "replace", "link", "rmdir", "utime")
WRITES = ("COMMIT", "INSERT", "UPDATE", "DELETE", "BEGIN")

ONCE, THOUGH_DONE, FROM_THEN_ON = "once", "though it was done", "from then on"
MODES = (ONCE, THOUGH_DONE, FROM_THEN_ON)
WHATEVER_IS_WRITTEN = "whatever is written"
"""As on a disk that is full or may only be read; not one call but every one of a kind."""


@dataclass(frozen=True)
class Refusal:
    """What the system says: an error of Linux, or one of Windows with the number it has there."""

    number: int
    windows: int | None = None

    def error(self, what):
        """It, as Python raises it."""
        error = OSError(self.number, os.strerror(self.number), what)
        if self.windows is not None:
            error.winerror = self.windows
        return error

    def __str__(self):
        """Its name."""
        name = errno.errorcode[self.number]
        return name if self.windows is None else f"{name} (WinError {self.windows})"


REFUSALS = (
    Refusal(errno.ENOSPC),
    Refusal(errno.EACCES, 5),
    Refusal(errno.EIO),
    Refusal(errno.EACCES, 32),
    Refusal(errno.EBUSY),
    Refusal(errno.ENOENT),
    Refusal(errno.EACCES, 33),
    Refusal(errno.ENOENT, 53),
    Refusal(errno.EINVAL, 59),
    Refusal(errno.EINVAL, 64),
    Refusal(errno.ENOSPC, 112),
    Refusal(errno.EACCES),
    Refusal(errno.ESTALE),
    Refusal(errno.EHOSTDOWN),
    Refusal(errno.ENOENT, 67),
    Refusal(errno.EINVAL, 121),
    Refusal(errno.EROFS),
)
"""No room, no right, held, gone, read-only; sharing violations; a share that went away."""


@dataclass
class Disk:
    """The disk below a folder, which refuses one call or all from there on."""

    root: str
    at: int
    refusal: Refusal
    mode: str = ONCE
    only: str = ""
    calls: int = 0
    refused: list = field(default_factory=list)

    def call(self, name, what, real, arguments, options):
        """One call, done or refused."""
        if self.only not in ("", name):
            return real(*arguments, **options)
        self.calls += 1
        if not self.is_due(name):
            return real(*arguments, **options)
        self.refused.append(f"{name} {os.path.relpath(what, self.root)}")
        if self.mode == THOUGH_DONE and name in (*CHANGES, "fsync", "COMMIT"):
            real(*arguments, **options)
        raise self.refusal.error(what)

    def is_due(self, name):
        """Whether this call is one that the disk refuses."""
        if self.mode == WHATEVER_IS_WRITTEN:
            return name in (*CHANGES, *WRITES, "fsync", "write", "open to write")
        return self.calls >= self.at if self.mode == FROM_THEN_ON else self.calls == self.at

    def is_here(self, what):
        """Whether a path is one of the folder's."""
        try:
            return os.fspath(what).startswith(self.root)
        except (TypeError, ValueError):
            return False


@contextmanager
def refusing(root, *, at=1, refusal=REFUSALS[0], mode=ONCE, only=""):
    """The disk below `root`, that refuses the call of that number while the block runs.

    `only` calls of that name are counted.
    """
    disk = Disk(str(root), at, refusal, mode, only)
    with ExitStack() as stack:
        for name in (*LOOKS, *CHANGES):
            stack.enter_context(patch.object(os, name, _counted(disk, name, getattr(os, name))))
        for owner in (io, builtins):
            stack.enter_context(patch.object(owner, "open", _opening(disk, owner.open)))
        stack.enter_context(patch.object(os, "fsync", _flushing(disk, os.fsync)))
        stack.enter_context(patch.object(sqlite3, "connect", _journal(disk, sqlite3.connect)))
        stack.enter_context(patch.object(time, "sleep", lambda seconds: None))
        yield disk


def _counted(disk, name, real):
    def done(*arguments, **options):
        what = arguments[0] if arguments else "."
        if not disk.is_here(what):
            return real(*arguments, **options)
        return disk.call(name, what, real, arguments, options)

    return done


def _flushing(disk, real):
    def done(descriptor):
        return disk.call("fsync", disk.root, real, (descriptor,), {})

    return done


def _opening(disk, real):
    def done(file, *arguments, **options):
        if not disk.is_here(file):
            return real(file, *arguments, **options)
        mode = options.get("mode", arguments[0] if arguments else "r")
        name = "open to write" if set(mode) & set("wxa+") else "open"
        opened = disk.call(name, file, real, (file, *arguments), options)
        return _File(disk, file, opened)

    return done


class _File:
    """An open file whose reads and writes are calls too."""

    def __init__(self, disk, path, file):
        self._disk, self._path, self._file = disk, path, file

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self._file.close()

    def read(self, *arguments):
        """Read, or refused."""
        return self._disk.call("read", self._path, self._file.read, arguments, {})

    def __iter__(self):
        """Its lines, each read or refused."""
        while line := self._disk.call("read", self._path, self._file.readline, (), {}):
            yield line

    def readinto(self, *arguments):
        """Read, or refused."""
        return self._disk.call("read", self._path, self._file.readinto, arguments, {})

    def write(self, *arguments):
        """Written, or refused."""
        return self._disk.call("write", self._path, self._file.write, arguments, {})


def _journal(disk, real):
    class Connection(sqlite3.Connection):
        """A journal whose statements may be refused, as SQLite tells what the disk said."""

        def execute(self, statement, *values):
            return _asked(disk, super().execute, statement, values)

        def executemany(self, statement, values):
            return _asked(disk, super().executemany, statement, (values,))

    def done(database, *arguments, **options):
        if disk.is_here(database):
            options = {"factory": Connection, **options}
        return real(database, *arguments, **options)

    return done


def _asked(disk, real, statement, values):
    name = statement.split()[0]
    try:
        return disk.call(name, f"{disk.root}/journal", real, (statement, *values), {})
    except OSError as error:
        if name == "ROLLBACK":
            real(statement)
        said = "database or disk is full" if error.errno == errno.ENOSPC else "disk I/O error"
        raise sqlite3.OperationalError(said) from error
