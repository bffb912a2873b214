"""A parser at arm's length: files from outside are opened in a process that may fall over.

The reader of workbooks can abort the whole process on a hostile sheet, which no `except` holds,
and a document can be made to take minutes or gigabytes; here that befalls a process of its own,
which is bounded in both and replaced. The child is a fresh interpreter on every system, so it
neither forks the parent nor runs its main module again; it answers one question after another, so
that a thousand forms cost one start, and may be set to the next ones before they are asked.

Source: field.md d 8 and the measurements above it.
"""

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO, Any, Concatenate, TypeVar

from auditdocs.errors import AuditdocsError, ExtractFault
from auditdocs.places.memory import megabytes
from auditdocs.places.refusals import refusals_told

Result = TypeVar("Result")

Question = tuple[Callable[..., Any], bytes, tuple[object, ...]]
"""A top-level function, or a partial of one; the file's bytes; what else it takes."""

_Told = tuple[int, bytes]
"""A number for something that questions are asked with, and it pickled; b"" when it is known."""

_CHILD = "from auditdocs.places.guard import serve; serve()"
_SIZE = struct.Struct("<Q")
_GLANCE = 0.1
"""Seconds between two looks at how much memory a child takes."""
_SOON = 1.0
"""Seconds for which an answer is waited for that nobody has asked for yet, before one that somebody
has; a new reader takes half."""
_MOST_EARLY = 8
"""How many answers are kept that nobody has asked for yet: a file may have changed since."""
_MOST_TOLD = 16
"""How many things that questions are asked with the child remembers."""
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
    _begun: deque[Question] = field(default_factory=deque)
    """What the child was set to and has not answered yet, in order."""
    _early: deque[tuple[Question, Any]] = field(default_factory=lambda: deque(maxlen=_MOST_EARLY))
    """What it answered before it was asked."""

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

    def asked_ahead(
        self, function: Callable[Concatenate[bytes, ...], object], data: bytes, *args: object
    ) -> None:
        """Say what will be asked after what was said before: the child goes on to it meanwhile.

        It only saves waiting. Whatever is asked then is given its own answer. Raises Unavailable.
        """
        self._is_set_to((function, data, args))

    def _said(self, question: Question) -> Any:
        """The child's answer, or in words why there is none."""
        for known in self._early:
            if known[0] == question:
                self._early.remove(known)
                return known[1]
        is_foreseen = question in self._begun
        if not (is_foreseen or self._is_set_to(question)):
            return _BROKE
        while self._begun[0] != question:
            self._let_come_early()
            if question not in self._begun and not self._is_set_to(question):
                return _BROKE
        said = self._answered()
        if said == _BROKE and is_foreseen:  # somebody may have ended the child meanwhile
            self.close()
            return self._answered() if self._is_set_to(question) else _BROKE
        return said

    def _is_set_to(self, question: Question) -> bool:
        """Whether a child could be set to the question, be it a new one.

        One that somebody ended since it last answered is replaced: no file is to blame for that.
        """
        for _ in range(2):
            self._child = self._child or _started(self.megabytes)
            if self._child.begun(question):
                self._begun.append(question)
                return True
            self.close()
        return False

    def _answered(self) -> Any:
        """What the child says to the first question it was set to, in the seconds that are left."""
        assert self._child is not None  # it was set to one
        said, waited = self._child.answer(self.seconds - self._spent, self.seconds)
        self._spent += waited
        self._begun.popleft()
        return said

    def _let_come_early(self) -> None:
        """The answer to something foreseen kept until it is asked, if it comes soon.

        The file that is asked about does not pay for another: a reader that is slow with it ends.
        """
        assert self._child is not None
        said, _ = self._child.answer(_SOON, _SOON)
        if isinstance(said, str):
            self.close()
        else:
            self._early.append((self._begun.popleft(), said))

    def close(self) -> None:
        """End the process; the next question starts another."""
        child, self._child = self._child, None
        self._begun.clear()
        if child is not None:
            child.end()


@dataclass(frozen=True, slots=True)
class _Child:
    """A running process, and the answers as a thread takes them in."""

    process: subprocess.Popen[bytes]
    asked: queue.SimpleQueue[bytes | None]
    """What a thread sends it: one that hangs takes nothing in, and nobody may wait for that."""
    answers: queue.SimpleQueue[bytes | None]
    megabytes: int
    threads: tuple[threading.Thread, ...]
    told: dict[int, tuple[object, int]] = field(default_factory=dict)
    """What it was told to answer questions with, by identity, and under which number."""
    numbers: Iterator[int] = field(default_factory=count)

    def begun(self, question: Question) -> bool:
        """Whether it could be set to the question."""
        if self.process.poll() is not None:
            return False
        function, data, args = question
        asked_with = [self._told(each) for each in args]
        self.asked.put(pickle.dumps((function, data, asked_with)))
        return True

    def _told(self, value: object) -> _Told:
        """A number for what questions are asked with, and the thing itself the first time.

        Most are asked with the same contracts, which are four times as large as a form.
        """
        known = self.told.get(id(value))
        if known is not None and known[0] is value:
            return known[1], b""
        if len(self.told) >= _MOST_TOLD:
            self.told.clear()
        number = next(self.numbers)
        self.told[id(value)] = (value, number)
        return number, pickle.dumps(value)

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
        self.asked.put(None)
        for thread in self.threads:
            thread.join()
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
    asked: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    asked.put(pickle.dumps(megabytes))
    threads = (
        threading.Thread(target=_hand_out, args=(process.stdin, asked), daemon=True),
        threading.Thread(target=_take_in, args=(process.stdout, answers), daemon=True),
    )
    for thread in threads:
        thread.start()
    return _Child(process, asked, answers, megabytes, threads)


def _hand_out(pipe: IO[bytes], given: "queue.SimpleQueue[bytes | None]") -> None:
    """Send each message of the queue, until there are no more or nobody is there to take it."""
    with suppress(OSError, ValueError):
        while (said := given.get()) is not None:
            _send(pipe, said)


def _take_in(pipe: IO[bytes], taken: "queue.SimpleQueue[bytes | None]") -> None:
    """Put each message of the pipe in the queue, and None when there will be no more."""
    while True:
        said = _received(pipe)
        taken.put(said)
        if said is None:
            return


def serve() -> None:
    """Answer what comes on standard input, on standard output, until there is no more.

    The child's half of a `Guard`; a crash is its end.
    """
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    asked: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    _hold_to(pickle.loads(_received(sys.stdin.buffer) or pickle.dumps(0)))
    threading.Thread(target=_take_in, args=(sys.stdin.buffer, asked), daemon=True).start()
    told: dict[int, object] = {}
    while (question := asked.get()) is not None:  # taken in at once, so that the parent goes on
        function, data, asked_with = pickle.loads(question)
        told.update((number, pickle.loads(value)) for number, value in asked_with if value)
        try:
            answered: tuple[Any, Any] = (function(data, *(told[n] for n, _ in asked_with)), None)
        except AuditdocsError as error:
            answered = (None, (type(error), vars(error)))
        _send(out, pickle.dumps(answered))
        for number in [*told][:-_MOST_TOLD]:  # the parent goes by them no more, from now on
            del told[number]


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
