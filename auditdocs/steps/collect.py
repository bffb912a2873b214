"""What lies in the inbox taken in, once: every file ends in exactly one state.

For each file: copy, hash, read, journal, archive, move; then, for all of them, the ledger. Each
write can be done again, so that after a stop anywhere the next run finishes what was begun.

The design page has the ledger before the move. The journal is what nothing may be lost from, and
the ledger is posted from it: a file that waited for the ledger would lie in the inbox for as long
as somebody has the ledger open, looking as if it had not been taken, and each form would cost a
post of its own (quality.md: forms are accepted while the ledger is held open; posting is flat in
what is posted).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditdocs.documents.extracts.gate import MOST_BYTES
from auditdocs.errors import UsageFault
from auditdocs.model.accuracy import CheckList
from auditdocs.model.audit import Audit
from auditdocs.model.form import Return
from auditdocs.model.inbox import Memory
from auditdocs.model.letter import Letter
from auditdocs.places.disk import is_folder, is_there, put_beside, size, whole
from auditdocs.places.journal.returns import returns_of
from auditdocs.places.refusals import refusals_told
from auditdocs.places.templates import readable_contracts
from auditdocs.steps import look
from auditdocs.steps.batches import Tray, healed, taken
from auditdocs.steps.follow_up import followed_up
from auditdocs.steps.issue import put_in_place
from auditdocs.steps.issue_agreements import agreements_in_place, copies_put_out
from auditdocs.steps.list_out import lists_as_set, lists_in_place
from auditdocs.steps.look import Look, Waiting
from auditdocs.steps.office import Office, contracts_unread
from auditdocs.steps.on_extract import issue_owed
from auditdocs.steps.post import Posting, post


@dataclass(frozen=True, slots=True)
class Collected:
    """What one look at the inbox came to."""

    returns: tuple[Return, ...] = ()
    superseded: tuple[Return, ...] = ()
    """The earlier returns that corrected forms have taken the place of, and conflict copies that
    are less full than the form that counts."""
    waiting: tuple[Waiting, ...] = ()
    posting: Posting = field(default_factory=Posting)
    issued: tuple[Audit, ...] = ()
    """The audits whose forms went out because an extract came."""
    lists: tuple[CheckList, ...] = ()
    """The check lists that fell due and were put out."""
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


def collected(
    office: Office,
    files: Iterable[Path] = (),
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
    took = taken_in(office, seen)
    if not took.ended("unpacked"):
        return took
    return _joined(took, collected(office))


def _joined(first: Collected, then: Collected) -> Collected:
    """What a zip file's own look came to, and the look at what it held."""
    return replace(
        then,
        returns=(*first.returns, *then.returns),
        superseded=(*first.superseded, *then.superseded),
        posting=replace(
            then.posting,
            posted=first.posting.posted + then.posting.posted,
            changes=first.posting.changes + then.posting.changes,
        ),
        issued=(*first.issued, *then.issued),
        lists=(*first.lists, *then.lists),
        letters=(*first.letters, *then.letters),
        warnings=tuple(dict.fromkeys((*first.warnings, *then.warnings))),
    )


def taken_in(office: Office, seen: Look) -> Collected:
    """What a look found ready taken in, and whatever an earlier stop left to be finished."""
    not_put_out = (*put_in_place(office), *agreements_in_place(office))
    lists_in_place(office)

    tray = Tray(dict(seen.memory.files), waiting=list(seen.waiting))
    begun = healed(office, tray)
    ready = (each for each in seen.ready if look.named(office, each.file) not in begun)
    taken(office, ready, tray)

    _, unread = readable_contracts(office.workspace.archive)
    not_copied = copies_put_out(office)
    follow_up = followed_up(office)
    out, not_out = issue_owed(office)
    lists = lists_as_set(office)
    after = replace(seen.memory, files=tray.memory)
    look.keep(office, replace(seen, memory=after))
    posting = post(office)

    return Collected(
        returns=tuple(tray.taken),
        superseded=_superseded(office, tray.taken),
        waiting=tuple(tray.waiting),
        posting=posting,
        issued=out,
        lists=lists.lists,
        warnings=(
            *seen.warnings,
            *contracts_unread(unread),
            *not_put_out,
            *not_copied,
            *not_out,
            *lists.warnings,
            *follow_up.warnings,
            *posting.warnings,
        ),
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
    if is_folder(path):
        raise UsageFault(
            f"{path} is a folder.",
            hint="Name the files in it, or drop them in the inbox: folders in it are looked into.",
        )
    raise UsageFault(f"There is no file {path}.", hint="See whether its name is right.")


def _bounded(path: Path) -> bytes:
    """The bytes of a file that is no larger than anything taken. Raises UsageFault."""
    if size(path) > MOST_BYTES:
        most = f"{MOST_BYTES // 1_000_000} MB"
        raise UsageFault(f"{path.name} is larger than {most}, which no form and no extract is.")
    return whole(path)


def _superseded(office: Office, taken: list[Return]) -> tuple[Return, ...]:
    """The earlier returns that have just been taken the place of, and conflict copies."""
    corrected = [came for came in taken if came.outcome == "accepted" and came.version > 1]
    earlier = (
        each
        for came in corrected
        for _, each in returns_of(office.journal, came.audit_id)
        if each.outcome == "superseded" and each.version == came.version - 1
    )
    return (*earlier, *(came for came in taken if came.outcome == "superseded"))
