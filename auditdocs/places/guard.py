"""A parser at arm's length: files from outside are opened in a process that may fall over.

The reader of workbooks can abort the whole process on a hostile sheet, which no `except` holds,
and a document can be made to take minutes or gigabytes; here that befalls a process of its own,
which is bounded in both and replaced. The child is a fresh interpreter on every system, so it
neither forks the parent nor runs its main module again; it answers one question after another, so
that a thousand forms cost one start.

Source: field.md d 8 and the measurements above it.
"""

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Concatenate, TypeVar

from auditdocs.errors import AuditdocsError, ExtractFault
from auditdocs.places.memory import megabytes
from auditdocs.places.refusals import refusals_told

Result = TypeVar("Result")

Question = tuple[Callable[..., Any], bytes, tuple[object, ...]]
"""A top-level function, or a partial of one; the file's bytes; what else it takes."""

_CHILD = "from auditdocs.places.guard import serve; serve()"
_SIZE = struct.Struct("<Q")
_GLANCE = 0.1
"""Seconds between two looks at how much memory a child takes."""
_SOON = 1.0
"""Seconds for which an answer is waited for that nobody wants any more; a new reader takes half."""
_MOST_TOLD = 16
"""How many things that questions are asked with are kept pickled, and unpickled in the child."""
_HINT = (
    "Open it in Excel, copy the case list alone into a new workbook, save that as .xlsx and put it "
    "here."
)


@dataclass(slots=True)
class Guard:
    """A process that reads files for us: started when first asked, replaced when it falls."""

    seconds: float
    """What the questions about one file may take in all."""
    megabytes: int
    _spent: float = 0.0
    _child: "_Child | None" = field(default=None)
    _begun: Question | None = field(default=None)
    """What the child was set to before it is asked."""
    _next: Question | None = field(default=None)

    def asked(
        self,
        function: Callable[Concatenate[bytes, ...], Result],
        data: bytes,
        *args: object,
        fault: Callable[[str], AuditdocsError] | None = None,
    ) -> Result:
        """What `function(data, *args)` gives.

        The function is a top-level one, or a partial of one; what goes in and comes out must
        pickle. Raises the AuditdocsError that it raises. When it crashes, takes longer than is left
        of the guard's seconds or more than its megabytes, raises what `fault` makes of the words,
        an ExtractFault by default. Raises Unavailable when no process can be started now.
        """
        said = self._said((function, data, args))
        if isinstance(said, str):
            self.close()
            self.next_file()
            raise (fault or _extract_fault)(said)
        value, refused = said
        if refused:
            raise _again(*refused)
        return value  # type: ignore[no-any-return]

    def next_file(self) -> None:
        """The questions that follow are about another file, which has all the seconds again."""
        self._spent = 0.0

    def spent(self, seconds: float) -> None:
        """So many of the file's seconds went elsewhere, into converting it."""
        self._spent += seconds

    def asked_next(
        self, function: Callable[Concatenate[bytes, ...], object], data: bytes, *args: object
    ) -> None:
        """Say what will be asked after the next question: the child begins on it meanwhile.

        It only saves waiting. Whatever is asked then is given its own answer.
        """
        self._next = (function, data, args)

    def _said(self, question: Question) -> Any:
        """The child's answer, or in words why there is none; the child is then set to the next."""
        self._foreseen_let_go(unless=question)
        child = self._child if self._begun else self._set_to(question)
        if child is None:
            return _BROKE
        said, waited = child.answer(self.seconds - self._spent, self.seconds)
        self._spent, self._begun = self._spent + waited, None
        following, self._next = self._next, None
        if following and not isinstance(said, str) and child.begun(following):
            self._begun = following
        return said

    def _set_to(self, question: Question) -> "_Child | None":
        """A child that is set to the question, None where not even a new one can be.

        One that somebody ended since it last answered is replaced: no file is to blame for that.
        """
        for _ in range(2):
            self._child = self._child or _started(self.megabytes)
            if self._child.begun(question):
                return self._child
            self.close()
        return None

    def _foreseen_let_go(self, *, unless: Question) -> None:
        """Something else is asked than what was foreseen: that answer is dropped if it comes soon.

        The file that is asked about does not pay for another: a reader that is slow with it ends.
        """
        if self._child is None or self._begun in (None, unless):
            return
        self._begun = None
        said, _ = self._child.answer(_SOON, _SOON)
        if isinstance(said, str):
            self.close()

    def close(self) -> None:
        """End the process; the next question starts another."""
        child, self._child, self._begun = self._child, None, None
        if child is not None:
            child.end()


@dataclass(frozen=True, slots=True)
class _Child:
    """A running process, and the answers as a thread takes them in."""

    process: subprocess.Popen[bytes]
    answers: queue.SimpleQueue[bytes | None]
    megabytes: int
    thread: threading.Thread
    told: dict[int, tuple[object, bytes]] = field(default_factory=dict)
    """What questions were asked with, pickled: most are asked with the same contracts."""

    def begun(self, question: Question) -> bool:
        """Whether it could be set to the question."""
        try:
            function, data, args = question
            asked_with = [self._pickled(each) for each in args]
            _send(self._pipe(self.process.stdin), pickle.dumps((function, data, asked_with)))
        except OSError:
            return False
        return True

    def _pickled(self, value: object) -> bytes:
        known = self.told.get(id(value))
        if known is None or known[0] is not value:
            if len(self.told) >= _MOST_TOLD:
                self.told.clear()
            known = self.told[id(value)] = (value, pickle.dumps(value))
        return known[1]

    def answer(self, seconds: float, of: float) -> tuple[Any, float]:
        """What it answers to the question it was set to, or in words why it does not.

        `seconds` are left `of` all that the file may take. Gives also how many it took, by glances.
        """
        glances = max(1, round(seconds / _GLANCE))
        for glance in range(glances):
            try:
                said = self.answers.get(timeout=_GLANCE)
            except queue.Empty:
                if megabytes(self.process.pid) > self.megabytes:
                    return _BROKE, glance * _GLANCE
            else:
                return _BROKE if said is None else pickle.loads(said), glance * _GLANCE
        return f"This file cannot be read within {of:g} seconds.", glances * _GLANCE

    def end(self) -> None:
        """Kill it and let go of everything."""
        self.process.kill()
        self.process.wait()
        self.thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                self._pipe(pipe).close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # it was asked for
        return pipe


_BROKE = "This file cannot be read safely: it breaks what reads it."


def _started(megabytes: int) -> _Child:
    with refusals_told("start", Path(sys.executable)):
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    thread = threading.Thread(target=_take_in, args=(process.stdout, answers), daemon=True)
    thread.start()
    with suppress(OSError):  # it fell at once: the first question tells
        _send(_Child._pipe(process.stdin), pickle.dumps(megabytes))
    return _Child(process, answers, megabytes, thread)


def _take_in(pipe: IO[bytes], answers: "queue.SimpleQueue[bytes | None]") -> None:
    """Put each answer in the queue, and None when there will be no more."""
    while True:
        said = _received(pipe)
        answers.put(said)
        if said is None:
            return


def serve() -> None:
    """Answer what comes on standard input, on standard output, until there is no more.

    The child's half of a `Guard`; a crash is its end.
    """
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    asked = sys.stdin.buffer
    _hold_to(pickle.loads(_received(asked) or pickle.dumps(0)))
    while (question := _received(asked)) is not None:
        function, data, asked_with = pickle.loads(question)
        try:
            answered: tuple[Any, Any] = (function(data, *map(_unpickled, asked_with)), None)
        except AuditdocsError as error:
            answered = (None, (type(error), vars(error)))
        _send(out, pickle.dumps(answered))


@lru_cache(maxsize=_MOST_TOLD)
def _unpickled(value: bytes) -> object:
    return pickle.loads(value)


def _send(pipe: IO[bytes], said: bytes) -> None:
    pipe.write(_SIZE.pack(len(said)) + said)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    try:
        head = pipe.read(_SIZE.size)
        said = pipe.read(_SIZE.unpack(head)[0]) if len(head) == _SIZE.size else b""
    except (OSError, ValueError):
        return None
    return said or None


def _hold_to(megabytes: int) -> None:
    """Limit the memory of this process and leave no dump, where the system has such limits."""
    try:
        import resource  # late: Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS has the limit but does not let it be set
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _again(kind: type[AuditdocsError], state: dict[str, Any]) -> AuditdocsError:
    """The error as it was raised in the child; its kinds differ in what they are made with."""
    error = kind.__new__(kind, state["text"])
    vars(error).update(state)
    return error


def _extract_fault(text: str) -> AuditdocsError:
    return ExtractFault(text, kind="hostile", hint=_HINT)
