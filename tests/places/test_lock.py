"""One writer at a time."""

import json
import os
import socket
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from auditdocs.errors import AlreadyRunning
from auditdocs.places.lock import BEAT, held, holder

NOW = datetime(2026, 10, 1, 9, 0, 0)


def a_lock(path, **changes):
    """A lock as somebody else left it."""
    said = {
        "host": "PC-OTHER",
        "pid": 4711,
        "started": NOW.isoformat(),
        "beat": NOW.isoformat(),
    }
    path.write_text(json.dumps(said | changes), encoding="utf-8")


def test_the_lock_says_who_and_is_gone_afterwards(tmp_path):
    path = tmp_path / "lock"
    with held(path, now=lambda: NOW):
        assert holder(path)["pid"] == str(os.getpid())
        with pytest.raises(AlreadyRunning), held(path, now=lambda: NOW):
            pass
        assert holder(path)
    assert not path.exists()


def test_another_computers_lock_holds_until_three_beats_are_missed(tmp_path):
    path = tmp_path / "lock"
    a_lock(path)
    with pytest.raises(AlreadyRunning, match="PC-OTHER"), held(path, now=lambda: NOW + 2 * BEAT):
        pass
    with held(path, now=lambda: NOW + 3 * BEAT + timedelta(seconds=1)):
        assert holder(path)["host"] == socket.gethostname()


def test_a_dead_process_of_this_computer_holds_nothing(tmp_path):
    path = tmp_path / "lock"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    a_lock(path, host=socket.gethostname(), pid=ended.pid)
    with held(path, now=lambda: NOW):
        pass


def test_a_lock_that_cannot_be_read_holds_nothing(tmp_path):
    path = tmp_path / "lock"
    path.write_bytes(b"\0\0")
    with held(path, now=lambda: NOW):
        pass


def test_a_heartbeat_moves_the_beat_and_not_the_start(tmp_path):
    path, times = tmp_path / "lock", iter([NOW, NOW, NOW, NOW + BEAT, NOW + BEAT])
    with held(path, now=lambda: next(times)) as beat:
        beat()
        assert holder(path)["started"] == NOW.isoformat()
        assert holder(path)["beat"] == (NOW + BEAT).isoformat()
