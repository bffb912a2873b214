"""Files of the inbox taken: recorded some at a time, then each put where it belongs.

Forms that come together are one change of the journal, which costs one wait for the disk instead
of one a form; on a share that is most of the time. Nothing is moved before the change is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice, repeat

from auditdocs.documents.extracts.gate import MOST_BYTES
from auditdocs.documents.wrong_files import MOST_BYTES as MOST_FORM
from auditdocs.errors import FormFault, Unavailable
from auditdocs.model.form import Return
from auditdocs.model.inbox import Dropped, Known
from auditdocs.places.disk import unchanged, whole
from auditdocs.places.journal.returns import unfinished
from auditdocs.rules.returns.readiness import is_final, put_off
from auditdocs.steps import look
from auditdocs.steps.finish import finished, keep_own_copy, placed, swept
from auditdocs.steps.look import Waiting
from auditdocs.steps.office import Office
from auditdocs.steps.receive import received
from auditdocs.steps.receive.arrival import foreseen
from auditdocs.steps.receive.unread import unread_received

AT_ONCE = 16
"""Forms recorded in one change: no more, so that a stop costs little that is read again."""
_AHEAD = 4
"""Forms that the reader is told of before it is their turn."""
_MOST_AHEAD = 1_000_000
"""Bytes of such a form, at most: they are held in memory. A larger one is read in its turn."""


@dataclass(slots=True)
class Tray:
    """What has been done so far in one go through the inbox."""

    memory: dict[str, Known]
    taken: list[Return] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    of: int = 0
    """How many files are ready."""
    read: int = 0


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A file of which the journal says how it ended."""

    file: str
    """Its name in the memory, "" when it is not remembered."""
    number: int
    came: Return


@dataclass(frozen=True, slots=True)
class _PutOff:
    """A file that is not to be taken yet."""

    file: str
    why: str


def healed(office: Office, tray: Tray) -> set[str]:
    """Finish the returns that a stop or a refusing disk left unfinished; gives their files."""
    swept(office)
    left = unfinished(office.journal)
    files = {look.named(office, file): file for file in tray.memory} if left else {}
    now, due = office.clock.seconds(), []
    for number, came in left:
        file = files.get(came.file, "")
        known = tray.memory.get(file)
        if known is None or known.next_try <= now:
            due.append(_Recorded(file, number, came))
        elif all(each.file != came.file for each in tray.waiting):
            tray.waiting.append(look.waiting(office, file, known))
    _finish(office, due, tray)
    return {came.file for _, came in left}


def taken(office: Office, ready: Iterable[Dropped], tray: Tray) -> None:
    """Every file that is ready taken, extracts and registers before the forms that need them."""
    line = sorted(ready, key=_order)
    tray.of = len(line)
    for some in _batches(_some_ahead(line)):
        _take(office, some, tray)


_InTurn = tuple[Dropped, Sequence[Dropped]]
"""A file, and those of which the reader is told when it is taken."""


def _some_ahead(line: Sequence[Dropped]) -> Iterator[_InTurn]:
    """Each file in its turn, the reader always told of some that follow it; not of one alone."""
    first = line[: _AHEAD + 1] if len(line) > 1 else ()
    told = chain([first], ([each] for each in line[_AHEAD + 1 :]), repeat(()))
    return zip(line, told, strict=False)


def _order(dropped: Dropped) -> tuple[bool, int, str]:
    """Extracts and registers before the forms that may need them, and what is older first."""
    return _is_form(dropped), dropped.changed, dropped.file


def _is_form(dropped: Dropped) -> bool:
    """Whether a form is to be expected; what the file is, its content tells."""
    return dropped.file.lower().endswith(".docx") and dropped.size <= MOST_FORM


def _batches(line: Iterable[_InTurn]) -> Iterator[list[_InTurn]]:
    """Forms some at a time; any other file, which may change what a form means, by itself."""
    for is_form, alike in groupby(line, key=lambda each: _is_form(each[0])):
        while some := list(islice(alike, AT_ONCE if is_form else 1)):
            yield some


def _take(office: Office, some: Sequence[_InTurn], tray: Tray) -> None:
    """Files recorded in one change, then each put where it belongs, or put off.

    Where the change is refused each is taken by itself, so that none waits for another's fault; but
    one that was made, though the disk said that it was not, is begun with and goes on.
    """
    try:
        with office.journal.together():
            ended = [*_in_turn(office, some, tray)]
    except Unavailable as refusal:
        if len(some) == 1:
            _put_off(office, _PutOff(some[0][0].file, _not_now(refusal)), tray)
        else:
            begun = healed(office, tray)
            for each, _ in some:
                if look.named(office, each.file) not in begun:
                    _take(office, [(each, ())], tray)
        return
    for end in ended:
        if isinstance(end, _PutOff):
            _put_off(office, end, tray)
    _finish(office, [end for end in ended if isinstance(end, _Recorded)], tray)


def _in_turn(office: Office, some: Iterable[_InTurn], tray: Tray) -> Iterator[_Recorded | _PutOff]:
    for dropped, ahead in some:
        _foresee(office, ahead)
        yield _recorded(office, tray.memory[dropped.file], dropped)
        tray.read = min(tray.read + 1, tray.of)  # one may be read again, by itself
        office.progress("Files taken", tray.read, tray.of)


def _recorded(office: Office, known: Known, dropped: Dropped) -> _Recorded | _PutOff:
    """One file recorded. Raises Unavailable."""
    place = office.workspace.inbox / dropped.file
    if dropped.size > MOST_BYTES:
        return _Recorded(dropped.file, *unread_received(office, place))
    try:
        data = whole(place)
    except Unavailable as refusal:
        return _PutOff(dropped.file, f"it cannot be read now. {refusal.cause}")
    if not unchanged(place, size=len(data), changed=dropped.changed):
        return _PutOff(dropped.file, "it changed while it was read")
    now, settled = office.clock.seconds(), office.settings.inbox_settled
    try:
        keep_own_copy(office, data)
        final = is_final(known, now=now, settled=settled)
        return _Recorded(dropped.file, *received(office, place, data, is_final=final))
    except FormFault:
        return _PutOff(dropped.file, "it is not whole: its copy may not have finished")
    except Unavailable as refusal:
        return _PutOff(dropped.file, _not_now(refusal))


def _foresee(office: Office, ahead: Iterable[Dropped]) -> None:
    """Have these read while others are recorded and put in their places: half of the time is the
    reader's, and it does not stop while the disk is waited for."""
    for each in ahead:
        if _is_form(each) and each.size <= _MOST_AHEAD:
            with suppress(Unavailable):  # told in its turn
                foreseen(office, whole(office.workspace.inbox / each.file))


def _not_now(refusal: Unavailable) -> str:
    return f"it cannot be taken now. {refusal.cause}"


def _finish(office: Office, recorded: Sequence[_Recorded], tray: Tray) -> None:
    """The files put where they belong; where the disk refuses, again at a later look."""
    done: list[_Recorded] = []
    for each in recorded:
        try:
            done.append(replace(each, came=placed(office, each.came)))
        except Unavailable as refusal:
            _leave(office, each, refusal, tray)
    try:
        finished(office, {each.number: each.came for each in done})
    except Unavailable as refusal:
        for each in done:
            _leave(office, each, refusal, tray)
        return
    for each in done:
        tray.taken.append(each.came)
        tray.memory.pop(each.file, None)
        tray.waiting = [other for other in tray.waiting if other.file != each.came.file]


def _leave(office: Office, each: _Recorded, refusal: Unavailable, tray: Tray) -> None:
    why = f"it is taken, and cannot be moved away yet. {refusal.cause}"
    if each.file in tray.memory:
        _put_off(office, _PutOff(each.file, why), tray)
    else:
        tray.waiting.append(Waiting(each.came.file, why))


def _put_off(office: Office, off: _PutOff, tray: Tray) -> None:
    now, name = office.clock.seconds(), look.named(office, off.file)
    tray.memory[off.file] = put_off(tray.memory[off.file], off.why, now=now)
    tray.waiting = [each for each in tray.waiting if each.file != name]
    tray.waiting.append(look.waiting(office, off.file, tray.memory[off.file]))
