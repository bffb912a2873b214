"""What lies in the inbox taken in, once: every file ends in exactly one state.

For each file: copy, hash, read, journal, archive, move; then, for all of them, the ledger. Each
write can be done again, so that after a stop anywhere the next run finishes what was begun.

The design page has the ledger before the move. The journal is what nothing may be lost from, and
the ledger is posted from it: a file that waited for the ledger would lie in the inbox for as long
as somebody has the ledger open, looking as if it had not been taken, and each form would cost a
post of its own (quality.md: forms are accepted while the ledger is held open; posting is flat in
what is posted).
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from auditdocs.documents.extracts.gate import MOST_BYTES
from auditdocs.documents.wrong_files import MOST_BYTES as MOST_FORM
from auditdocs.errors import FormFault, Unavailable, UsageFault
from auditdocs.model.accuracy import CheckList
from auditdocs.model.audit import Audit
from auditdocs.model.form import Return
from auditdocs.model.inbox import Dropped, Known, Memory
from auditdocs.model.letter import Letter
from auditdocs.places.disk import is_there, put_beside, size, unchanged, whole
from auditdocs.places.journal.returns import returns_of, unfinished
from auditdocs.places.refusals import refusals_told
from auditdocs.rules.returns.readiness import is_final, put_off
from auditdocs.steps import look
from auditdocs.steps.agree import copies_put_out
from auditdocs.steps.finish import finished, keep_own_copy, swept
from auditdocs.steps.follow_up import followed_up
from auditdocs.steps.issue import put_in_place
from auditdocs.steps.list_out import lists_as_set
from auditdocs.steps.look import Look, Waiting
from auditdocs.steps.office import Office
from auditdocs.steps.on_extract import issue_owed
from auditdocs.steps.post import Posting, post
from auditdocs.steps.receive import received
from auditdocs.steps.receive.arrival import foreseen
from auditdocs.steps.receive.unread import unread_received


@dataclass(frozen=True, slots=True)
class Collected:
    """What one look at the inbox came to."""

    returns: tuple[Return, ...] = ()
    superseded: tuple[Return, ...] = ()
    """The earlier returns that corrected forms have taken the place of."""
    waiting: tuple[Waiting, ...] = ()
    posting: Posting = field(default_factory=Posting)
    issued: tuple[Audit, ...] = ()
    lists: tuple[CheckList, ...] = ()
    """The check lists that fell due and were put out."""
    """The audits whose forms went out because an extract came."""
    warnings: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    """The letters that were put in the outbox."""
    memory: Memory = field(default_factory=Memory)
    """What is remembered of the files that still lie there."""

    def ended(self, *outcomes: str) -> tuple[Return, ...]:
        """The returns that ended so."""
        return tuple(came for came in self.returns if came.outcome in outcomes)

    @property
    def is_news(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.returns) or any(each.is_news for each in self.waiting)


Progress = Callable[[int, int], None]
"""Told after each file: how many are done, of how many."""


@dataclass(slots=True)
class _Tray:
    """What has been done so far in one go through the inbox."""

    memory: dict[str, Known]
    taken: list[Return] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


def collected(
    office: Office,
    files: Iterable[Path] = (),
    *,
    progress: Progress = lambda done, of: None,
) -> Collected:
    """Everything in the inbox that may be taken, or the files named, taken in.

    Waits once for files that have just changed, and tells what still waits.
    """
    named = [_in_the_inbox(office, path) for path in files]
    before = look.memory(office)
    seen = look.observed(office, before, only=named)
    if seen.is_young:
        office.clock.pause(office.settings.inbox_settled)
        seen = replace(look.observed(office, seen.memory, only=named), known=before)
    took = taken_in(office, seen, progress=progress)
    if not took.ended("unpacked"):
        return took
    return _joined(took, collected(office, progress=progress))


def _joined(first: Collected, then: Collected) -> Collected:
    """What a zip file's own look came to, and the look at what it held."""
    return replace(
        then,
        returns=(*first.returns, *then.returns),
        superseded=(*first.superseded, *then.superseded),
        posting=replace(then.posting, posted=first.posting.posted + then.posting.posted),
        issued=(*first.issued, *then.issued),
        warnings=tuple(dict.fromkeys((*first.warnings, *then.warnings))),
    )


def taken_in(
    office: Office, seen: Look, *, progress: Progress = lambda done, of: None
) -> Collected:
    """What a look found ready taken in, and whatever an earlier stop left to be finished."""
    put_in_place(office)
    tray = _Tray(dict(seen.memory.files), waiting=list(seen.waiting))
    begun = _healed(office, tray)
    ready = [
        each
        for each in sorted(seen.ready, key=_order)
        if look.named(office, each.file) not in begun
    ]
    for done, (dropped, following) in enumerate(zip_longest(ready, ready[1:]), start=1):
        _foresee(office, following)
        _take(office, dropped, tray)
        progress(done, len(ready))
    not_copied = copies_put_out(office)
    follow_up = followed_up(office)
    out, not_out = issue_owed(office)
    lists = lists_as_set(office)
    after = replace(seen.memory, files=tray.memory)
    look.keep(office, replace(seen, memory=after))
    return Collected(
        returns=tuple(tray.taken),
        superseded=(
            *_superseded(office, tray.taken),
            *(came for came in tray.taken if came.outcome == "superseded"),
        ),
        waiting=tuple(tray.waiting),
        posting=post(office),
        issued=out,
        lists=lists.lists,
        warnings=(*seen.warnings, *not_copied, *not_out, *lists.warnings, *follow_up.warnings),
        letters=follow_up.letters,
        memory=after,
    )


def _in_the_inbox(office: Office, path: Path) -> Path:
    """A file that lies elsewhere is copied in; the original stays where it is."""
    inbox = office.workspace.inbox
    for place in (path, inbox / path):
        if is_there(place):
            with refusals_told("look at", place):
                inside = place.resolve().is_relative_to(inbox.resolve())
            return place if inside else put_beside(inbox / place.name, _bounded(place))
    raise UsageFault(f"There is no file {path}.", hint="See whether its name is right.")


def _bounded(path: Path) -> bytes:
    """The bytes of a file that is no larger than anything taken. Raises UsageFault."""
    if size(path) > MOST_BYTES:
        most = f"{MOST_BYTES // 1_000_000} MB"
        raise UsageFault(f"{path.name} is larger than {most}, which no form and no extract is.")
    return whole(path)


def _order(dropped: Dropped) -> tuple[bool, int, str]:
    """Extracts and registers before the forms that may need them, and what is older first."""
    return dropped.file.lower().endswith(".docx"), dropped.changed, dropped.file


def _healed(office: Office, tray: _Tray) -> set[str]:
    """Finish the returns that a stop or a refusing disk left unfinished; gives their files."""
    swept(office)
    left = unfinished(office.journal)
    files = {look.named(office, file): file for file in tray.memory} if left else {}
    now = office.clock.seconds()
    for number, came in left:
        file = files.get(came.file, "")
        known = tray.memory.get(file)
        if known is None or known.next_try <= now:
            _finish(office, number, came, tray, file=file)
        elif all(each.file != came.file for each in tray.waiting):
            tray.waiting.append(look.waiting(office, file, known))
    return {came.file for _, came in left}


def _foresee(office: Office, following: Dropped | None) -> None:
    """Have the next form read while this one is recorded: half of the time is the reader's."""
    is_form = following is not None and following.file.lower().endswith(".docx")
    if following is not None and is_form and following.size <= MOST_FORM:
        with suppress(Unavailable):  # told in its turn
            foreseen(office, whole(office.workspace.inbox / following.file))


def _take(office: Office, dropped: Dropped, tray: _Tray) -> None:
    """One file taken: a copy of our own first, and everything is read from that."""
    place, now = office.workspace.inbox / dropped.file, office.clock.seconds()
    known, settled = tray.memory[dropped.file], office.settings.inbox_settled
    if dropped.size > MOST_BYTES:
        _finish(office, *unread_received(office, place), tray, file=dropped.file)
        return
    data, why = _read(place, dropped)
    if why:
        _put_off(office, dropped.file, why, tray)
        return
    keep_own_copy(office, data)
    final = is_final(known, now=now, settled=settled)
    try:
        number, came = received(office, place, data, is_final=final)
    except FormFault:
        _put_off(office, dropped.file, _NOT_WHOLE, tray)
    except Unavailable as refusal:
        _put_off(office, dropped.file, f"it cannot be taken now. {refusal.cause}", tray)
    else:
        _finish(office, number, came, tray, file=dropped.file)


def _read(place: Path, dropped: Dropped) -> tuple[bytes, str]:
    """The bytes of a file, and why they are not to be taken yet, "" when they are."""
    try:
        data = whole(place)
    except Unavailable as refusal:
        return b"", f"it cannot be read now. {refusal.cause}"
    same = unchanged(place, size=len(data), changed=dropped.changed)
    return data, "" if same else "it changed while it was read"


def _finish(office: Office, number: int, came: Return, tray: _Tray, *, file: str) -> None:
    """The return finished; where the disk refuses, it is tried again at a later look."""
    try:
        tray.taken.append(finished(office, number, came))
    except Unavailable as refusal:
        why = f"it is taken, and cannot be moved away yet. {refusal.cause}"
        if file in tray.memory:
            _put_off(office, file, why, tray)
        else:
            tray.waiting.append(Waiting(came.file, why))
    else:
        tray.memory.pop(file, None)
        tray.waiting = [each for each in tray.waiting if each.file != came.file]


def _put_off(office: Office, file: str, why: str, tray: _Tray) -> None:
    now = office.clock.seconds()
    tray.memory[file] = put_off(tray.memory[file], why, now=now)
    tray.waiting = [each for each in tray.waiting if each.file != look.named(office, file)]
    tray.waiting.append(look.waiting(office, file, tray.memory[file]))


def _superseded(office: Office, taken: list[Return]) -> tuple[Return, ...]:
    """The earlier returns that have just been taken the place of."""
    corrected = [came for came in taken if came.outcome == "accepted" and came.version > 1]
    return tuple(
        earlier
        for came in corrected
        for _, earlier in returns_of(office.journal, came.audit_id)
        if earlier.outcome == "superseded" and earlier.version == came.version - 1
    )


_NOT_WHOLE = "it is not whole: its copy may not have finished"
