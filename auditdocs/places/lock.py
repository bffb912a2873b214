"""One writer at a time: a lock file that says who, fit for a share.

On this computer a lock whose process is dead is taken over at once; another computer's is taken
over after three missed beats (settled.md).
"""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from auditdocs.errors import AlreadyRunning, Unavailable
from auditdocs.places.disk import put

BEAT = timedelta(seconds=30)
_MISSED = 3


@contextmanager
def held(path: Path, *, now: Callable[[], datetime]) -> Iterator[Callable[[], None]]:
    """The lock, held while the block runs; gives a function that shows it is still at work.

    Raises AlreadyRunning, which names the other's computer, process and start.
    """
    started = now()
    _take(path, now)
    try:
        yield lambda: put(path, _content(started, now()))
    finally:
        path.unlink(missing_ok=True)


def holder(path: Path) -> dict[str, str]:
    """Who holds the lock: host, pid, started, beat; empty when nobody does."""
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}


def _take(path: Path, now: Callable[[], datetime]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(_content(now(), now()))
    except FileExistsError:
        _take_over(path, now)
    except OSError as error:
        raise Unavailable(
            "The workspace cannot be locked now.",
            where=str(path.parent),
            hint="See whether the share is connected and may be written to.",
        ) from error


def _take_over(path: Path, now: Callable[[], datetime]) -> None:
    other = holder(path)
    if not _is_dead(other, now()):
        raise AlreadyRunning(
            f"auditdocs is already at work in this workspace: on {other.get('host', '?')}, "
            f"process {other.get('pid', '?')}, since {other.get('started', '?')[:16]}.",
            where=str(path.parent.parent),
            hint="Wait until it has finished, or stop it there.",
        )
    put(path, _content(now(), now()))


def _is_dead(other: dict[str, str], now: datetime) -> bool:
    if not other:
        return True
    if other.get("host") == socket.gethostname():
        return not _lives(int(other.get("pid", "0")))
    last = datetime.fromisoformat(other.get("beat", now.isoformat()))
    return now - last > _MISSED * BEAT


def _lives(pid: int) -> bool:
    """Whether a process of that number is there. Windows has no signal that only asks."""
    if os.name == "nt":
        return pid == os.getpid() or _lives_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _lives_on_windows(pid: int) -> bool:
    import ctypes

    still_active = 259
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    process = kernel.OpenProcess(0x1000, False, pid)
    if not process:
        return False
    status = ctypes.c_ulong()
    kernel.GetExitCodeProcess(process, ctypes.byref(status))
    kernel.CloseHandle(process)
    return status.value == still_active


def _content(started: datetime, beat: datetime) -> bytes:
    said = {
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "started": started.isoformat(timespec="seconds"),
        "beat": beat.isoformat(timespec="seconds"),
    }
    return json.dumps(said).encode()
