"""One writer at a time, on one computer or over a share."""

import errno
import json
import os
import socket
import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest

from auditdocs.errors import AlreadyRunning, Unavailable
from auditdocs.places import lock
from auditdocs.places.lock import BEAT, held, holder
from tests.makers.refusing_disk import Refusal, refusing

NOW = datetime(2026, 10, 1, 9, 0, 0)
MISSED = 3 * BEAT.total_seconds() + 1

RACER = """
import sys
from datetime import datetime
from pathlib import Path
from auditdocs.errors import AlreadyRunning
from auditdocs.places.lock import held
print("ready", flush=True)
sys.stdin.readline()
try:
    with held(Path(sys.argv[1]), now=datetime.now):
        print("mine", flush=True)
        sys.stdin.readline()
except AlreadyRunning:
    print("busy", flush=True)
"""


def clock():
    """Nine o'clock, always."""
    return NOW


def a_lock(path, *, missed=0.0, **changes):
    """A lock as somebody else left it, last touched so many seconds ago by the share's clock."""
    said = {"host": "PC-OTHER", "pid": 4711, "started": NOW.isoformat(), "mark": "theirs"}
    path.write_text(json.dumps(said | changes), encoding="utf-8")
    touched = path.stat().st_mtime - missed
    os.utime(path, (touched, touched))


def a_dead_process():
    """The number of a process that is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_the_lock_says_who_and_is_gone_afterwards(tmp_path):
    path = tmp_path / "lock"
    with held(path, now=clock):
        assert holder(path)["pid"] == str(os.getpid())
        assert holder(path)["host"] == socket.gethostname()
        with pytest.raises(AlreadyRunning, match="since 2026-10-01T09:00"), held(path, now=clock):
            pass
        assert holder(path)
    assert list(tmp_path.iterdir()) == []


def test_another_computers_lock_holds_until_three_beats_are_missed(tmp_path):
    path = tmp_path / "lock"
    a_lock(path, missed=MISSED - 5)
    with pytest.raises(AlreadyRunning, match="PC-OTHER"), held(path, now=clock):
        pass
    a_lock(path, missed=MISSED)
    with held(path, now=clock):
        assert holder(path)["host"] == socket.gethostname()


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_computer_whose_clock_is_wrong_is_not_taken_for_dead(tmp_path, hours):
    path = tmp_path / "lock"
    a_lock(path, beat=(NOW - timedelta(hours=5)).isoformat())
    with (
        pytest.raises(AlreadyRunning),
        held(path, now=lambda: NOW + timedelta(hours=hours)),
    ):
        pass


def test_a_dead_process_of_this_computer_holds_nothing(tmp_path):
    path = tmp_path / "lock"
    a_lock(path, host=socket.gethostname(), pid=a_dead_process())
    with held(path, now=clock):
        pass


def test_a_process_number_given_again_holds_nothing_once_its_beats_are_missed(tmp_path):
    path = tmp_path / "lock"
    a_lock(path, host=socket.gethostname(), pid=os.getppid())
    with pytest.raises(AlreadyRunning), held(path, now=clock):
        pass
    a_lock(path, host=socket.gethostname(), pid=os.getppid(), missed=MISSED)
    with held(path, now=clock):
        pass


@pytest.mark.parametrize(
    "said",
    [
        b"\0\0",
        b"[" * 100_000,
        json.dumps({"host": socket.gethostname(), "pid": 10**30}).encode(),
        json.dumps({"host": "PC-OTHER", "beat": "2026-01-01T00:00:00+00:00"}).encode(),
    ],
    ids=["no text", "too deep", "no number", "no time of ours"],
)
def test_a_lock_that_cannot_be_read_holds_until_its_beats_are_missed(tmp_path, said):
    path = tmp_path / "lock"
    path.write_bytes(said)
    with pytest.raises(AlreadyRunning) as caught, held(path, now=clock):
        pass
    assert "on ?" not in str(caught.value)
    old = path.stat().st_mtime - MISSED
    os.utime(path, (old, old))
    with held(path, now=clock):
        pass


def test_a_heartbeat_moves_the_beat_and_not_the_start(tmp_path):
    path, times = tmp_path / "lock", iter([NOW, NOW, NOW + BEAT])
    with held(path, now=lambda: next(times)) as beat:
        beat()
        assert holder(path)["started"] == NOW.isoformat()
        assert holder(path)["beat"] == (NOW + BEAT).isoformat()


def test_the_lock_beats_by_itself_while_the_work_takes_long(tmp_path):
    path, beats = tmp_path / "lock", threading.Event()

    def now():
        if threading.current_thread() is not threading.main_thread():
            beats.set()
        return NOW

    with held(path, now=now, every=timedelta(milliseconds=5)):
        assert beats.wait(20)


def test_who_finds_anothers_mark_in_the_lock_works_no_more_and_leaves_it(tmp_path):
    path = tmp_path / "lock"
    with held(path, now=clock) as beat:
        a_lock(path)
        with pytest.raises(AlreadyRunning, match="PC-OTHER"):
            beat()
    assert holder(path)["mark"] == "theirs"


def test_a_lock_that_cannot_be_read_for_a_moment_is_not_written_over(tmp_path):
    path = tmp_path / "lock"
    with held(path, now=clock) as beat:
        a_lock(path)
        with (
            refusing(tmp_path, refusal=Refusal(errno.EACCES, 32), only="open"),
            pytest.raises(Unavailable),
        ):
            beat()
        assert holder(path)["mark"] == "theirs"


@pytest.mark.parametrize("dead", [True, False])
def test_of_many_that_want_the_lock_at_once_one_gets_it(tmp_path, dead):
    path = tmp_path / "lock"
    if dead:
        a_lock(path, host=socket.gethostname(), pid=a_dead_process())
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.stdout.readline() for racer in racers]
    for racer in racers:
        racer.communicate("done\n", timeout=30)
    assert sorted(said) == ["busy\n", "busy\n", "busy\n", "mine\n"]


def test_a_lock_made_while_a_dead_one_is_cleared_away_is_put_back(tmp_path, monkeypatch):
    path, real = tmp_path / "lock", os.rename
    a_lock(path, missed=MISSED)

    def late(source, target):
        if source == path and holder(path)["mark"] == "theirs":
            a_lock(path, mark="new", pid=1)  # another was quicker
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(lock.os, "rename", late)
        with pytest.raises(AlreadyRunning), held(path, now=clock):
            pass
    assert holder(path)["mark"] == "new"


def test_a_disk_without_links_can_be_locked_too(tmp_path, monkeypatch):
    def refused(source, target):
        raise OSError(95, "not supported")

    monkeypatch.setattr(lock.os, "link", refused)
    path = tmp_path / "lock"
    with held(path, now=clock), pytest.raises(AlreadyRunning), held(path, now=clock):
        pass
    assert list(tmp_path.iterdir()) == []
