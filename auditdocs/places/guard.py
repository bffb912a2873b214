"""A parser at arm's length: files from outside are opened in a process that may fall over.

The reader of workbooks can abort the whole process on a hostile sheet, which no `except` holds;
here it aborts its own. The child is a fresh interpreter on every system, so it neither forks the
parent nor runs its main module again.

Source: field.md d 8 and the measurements above it.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Concatenate, TypeVar

from auditdocs.errors import AuditdocsError, ExtractFault

Result = TypeVar("Result")

_CHILD = "from auditdocs.places.guard import answer; answer()"
_HINT = (
    "Open it in Excel, copy the case list alone into a new workbook, save that as .xlsx and put it "
    "here."
)


def guarded(
    function: Callable[Concatenate[bytes, ...], Result],
    data: bytes,
    *args: object,
    seconds: float,
    megabytes: int,
    fault: Callable[[str], AuditdocsError] | None = None,
) -> Result:
    """What `function(data, *args)` gives, worked out in a process of its own.

    The function is a top-level one, or a partial of one; what goes in and comes out must pickle.
    Raises the AuditdocsError that it raises. When it crashes, takes longer than `seconds` or, where
    the system can hold it to that, more than `megabytes`, raises what `fault` makes of the words,
    an ExtractFault by default.
    """
    question = pickle.dumps((function, data, args, megabytes))
    told = fault or _extract_fault
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD],
            input=question,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise told(f"This file cannot be read within {seconds:g} seconds.") from error
    except subprocess.CalledProcessError as error:
        raise told("This file cannot be read safely: it breaks what reads it.") from error
    value, refused = pickle.loads(child.stdout)
    if refused:
        raise _again(*refused)
    return value  # type: ignore[no-any-return]


def answer() -> None:
    """Work out what stands on standard input and put the answer on standard output.

    The child's half of `guarded`; a crash is its exit status.
    """
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    function, data, args, megabytes = pickle.load(sys.stdin.buffer)
    _hold_to(megabytes)
    try:
        answered: tuple[Any, Any] = (function(data, *args), None)
    except AuditdocsError as error:
        answered = (None, (type(error), vars(error)))
    pickle.dump(answered, out)
    out.flush()


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
    return ExtractFault(text, hint=_HINT)
