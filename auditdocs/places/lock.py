"""One writer at a time: a lock file that says who, fit for a share.

A share's own locks are not to be trusted alone, and neither are two computers' clocks. So the lock
is a file that only one can make, with a mark that is nobody else's; whoever holds it touches it
twice a minute from a thread of its own, however long its work takes; and its age is told by the
share's clock alone, from the time the share gives to another file written now.

On this computer a lock whose process is dead is taken over at once; any other after three missed
beats (settled.md). A process that finds another's mark in its lock, as after a computer was put to
sleep, writes no more.
"""

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

from auditdocs.errors import AlreadyRunning, AuditdocsError, Unavailable
from auditdocs.places.disk import is_folder, put, thrown_away
from auditdocs.places.refusals import is_absent, refusals_told, unavailable

BEAT = timedelta(seconds=30)
_MISSED = 3
_FURTHEST = timedelta(days=2)
_TRIES = 20
_LONGEST_NUMBER = 9
"""Figures of a process's number, on any system."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


@contextmanager
def held(
    path: Path,
    *,
    now: Callable[[], datetime],
    every: timedelta = BEAT,
    says: Mapping[str, str] = _NOTHING,
) -> Iterator[Callable[[], None]]:
    """The lock, held while the block runs; gives a function that shows it is still at work.

    `says` is what it says beside who holds it.
    The function raises AlreadyRunning when another has taken the lock over meanwhile, Unavailable
    when that cannot be told. Raises AlreadyRunning, which names the other's computer, process and
    start, or Unavailable.
    """
    lock = _Lock(path, now, now(), says)
    _take(lock)
    ended = threading.Event()
    beats = threading.Thread(target=_beat, args=(lock, ended, every), daemon=True)
    beats.start()
    try:
        yield lock.beat
    finally:
        ended.set()
        beats.join()
        _let_go(lock)


def holder(path: Path) -> dict[str, str]:
    """Who holds the lock: host, pid, started, beat; empty when nobody does or none can tell."""
    return _read(_bytes(path))


def is_left_behind(path: Path, *, now: Callable[[], datetime]) -> bool:
    """Whether there is a lock that shows no more life, so that the next command takes it over."""
    said = _bytes(path)
    with refusals_told("look at", path):
        return said is not None and _is_dead(_read(said), _Lock(path, now, now()))


@dataclass(slots=True)
class _Lock:
    """Our lock: where, since when, and the mark that makes it ours."""

    path: Path
    now: Callable[[], datetime]
    started: datetime
    says: Mapping[str, str] = field(default_factory=dict)
    mark: str = field(default_factory=lambda: uuid4().hex)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def beat(self) -> None:
        """Show that we are still at work. What cannot be read may be another's: it stays."""
        with self.turn:
            other = _read(_bytes_now(self.path))
            if other.get("mark", self.mark) != self.mark:
                raise _running(other, self.path)
            moment = self.now()
            if _is_fresh(other, moment):
                return
            if not is_folder(self.path.parent):
                raise _gone(self.path)  # a share that is gone is not made anew
            put(self.path, self.content(moment))

    def content(self, beat: datetime) -> bytes:
        """What the lock says."""
        said = {
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "started": self.started.isoformat(timespec="seconds"),
            "beat": beat.isoformat(timespec="seconds"),
            "mark": self.mark,
            **self.says,
        }
        return json.dumps(said).encode()

    def beside(self, ending: str) -> Path:
        """A name of our own beside the lock."""
        return self.path.with_name(f"~{self.path.name}.{self.mark}.{ending}")


def _is_fresh(said: Mapping[str, str], now: datetime) -> bool:
    """Whether the last beat was a moment ago: a watch looks more often than it need be written."""
    try:
        return timedelta(0) <= now - datetime.fromisoformat(said.get("beat", "")) < BEAT / 3
    except (ValueError, TypeError):
        return False


def _beat(lock: _Lock, ended: threading.Event, every: timedelta) -> None:
    """Beat until the work has ended; a share that is gone for a moment is tried again."""
    while not ended.wait(every.total_seconds()):
        with suppress(AuditdocsError):
            lock.beat()


def _take(lock: _Lock) -> None:
    try:
        lock.path.parent.mkdir(exist_ok=True)  # a workspace that is gone is not made anew
        for _ in range(_TRIES):
            if _made(lock):
                return
            _clear(lock)
    except OSError as error:
        raise unavailable("lock", lock.path.parent.parent, error) from error
    raise _running(holder(lock.path), lock.path)


def _made(lock: _Lock) -> bool:
    """Whether the lock is now ours: it appears with all that it says, or not at all."""
    new = lock.beside("new")
    try:
        new.write_bytes(lock.content(lock.now()))
        return _put_where_nothing_is(new, lock.path) or _is_ours(lock)
    finally:
        thrown_away([new])


def _put_where_nothing_is(new: Path, path: Path) -> bool:
    """A rename does so on Windows, a link elsewhere; where there are no links, making the file."""
    try:
        if os.name == "nt":
            os.rename(new, path)
        else:
            os.link(new, path)
    except FileExistsError:
        return False
    except OSError:
        return _written_where_nothing_is(new.read_bytes(), path)
    return True


def _written_where_nothing_is(data: bytes, path: Path) -> bool:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True


def _clear(lock: _Lock) -> None:
    """Take a dead lock out of the way. Raises AlreadyRunning for a living one.

    Of several that find it dead only one can rename it; should that one have caught a lock made
    since, it is put back.
    """
    said = _bytes(lock.path)
    if said is None:
        return
    if not _is_dead(_read(said), lock):
        raise _running(_read(said), lock.path)
    caught = lock.beside("dead")
    try:
        os.rename(lock.path, caught)
    except FileNotFoundError:
        return
    if _bytes(caught) != said:
        _put_where_nothing_is(caught, lock.path)
    thrown_away([caught])


def _let_go(lock: _Lock) -> None:
    if _is_ours(lock):
        thrown_away([lock.path])  # on a share that is gone the lock ends by its missed beats


def _is_ours(lock: _Lock) -> bool:
    """Whether the lock that is there is ours: a share may do a thing and then say it did not."""
    return holder(lock.path).get("mark") == lock.mark


def _is_dead(other: Mapping[str, str], lock: _Lock) -> bool:
    is_ours = other.get("host") == socket.gethostname()
    if is_ours and not _lives(other):
        return True
    return _is_of_another_day(other, lock) or _age(lock) > _MISSED * BEAT.total_seconds()


def _is_of_another_day(other: Mapping[str, str], lock: _Lock) -> bool:
    """Whether the last beat is further back than clocks can differ: a lock that was copied here."""
    try:
        return lock.now() - datetime.fromisoformat(other.get("beat", "")) > _FURTHEST
    except (ValueError, TypeError):  # no time, or one of another kind than ours
        return False


def _lives(other: Mapping[str, str]) -> bool:
    """Whether there is a process of the number of the one that made a lock on this computer.

    It may be another process, to which the number was given again: then the beats decide. When a
    process was started is not asked, for that changes with the computer's clock.
    """
    import psutil  # late: only a lock that was left behind needs it

    pid = other.get("pid", "")
    is_one = pid.isdecimal() and len(pid) <= _LONGEST_NUMBER
    return not is_one or psutil.pid_exists(int(pid))


def _age(lock: _Lock) -> float:
    """Seconds since the last beat, by the clock of the disk on which the lock lies."""
    probe = lock.beside("now")
    try:
        probe.write_bytes(b"")
        return probe.stat().st_mtime - lock.path.stat().st_mtime
    except FileNotFoundError:  # let go meanwhile
        return 0.0
    finally:
        thrown_away([probe])


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _bytes_now(path: Path) -> bytes | None:
    """The same, None only where there is no lock. Raises Unavailable when none can tell."""
    try:
        return path.read_bytes()
    except OSError as error:
        if is_absent(error):
            return None
        raise unavailable("read", path, error) from error


def _read(said: bytes | None) -> dict[str, str]:
    try:
        read = json.loads((said or b"").decode())
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}


def _running(other: Mapping[str, str], path: Path) -> AlreadyRunning:
    who = (
        f"on {other.get('host', '?')}, process {other.get('pid', '?')}, "
        f"since {other.get('started', '?')[:16]}"
        if other
        else "its lock cannot be read now, so where is not known"
    )
    return AlreadyRunning(
        f"auditdocs is already at work in this workspace: {who}.",
        where=str(path.parent.parent),
        hint="Wait until it has finished, or stop it there. If that computer is off, its lock ends "
        "by itself after a minute and a half.",
    )


def _gone(path: Path) -> Unavailable:
    return Unavailable(
        "The workspace is not there now.",
        where=str(path.parent),
        hint="See whether the share is connected; nothing is lost.",
    )
