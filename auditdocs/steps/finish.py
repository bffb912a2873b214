"""A return finished: the file archived or set aside, out of the inbox, and nothing left to do.

Works from our own copy of the file, which becomes the archive's, so that it can be done again after
any stop.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from auditdocs.documents.bundle import members
from auditdocs.model.form import Return
from auditdocs.places.archive import kept
from auditdocs.places.disk import (
    found_beside,
    is_there,
    listed,
    put,
    put_beside,
    removed,
    sha256,
    thrown_away,
    whole,
)
from auditdocs.places.journal.returns import finish, unfinished
from auditdocs.places.outbox import set_aside_place
from auditdocs.steps.office import Office
from auditdocs.steps.receive.bundles import loose
from auditdocs.steps.receive.noted import noted
from auditdocs.steps.receive.unread import unread_placed


def placed(office: Office, came: Return) -> Return:
    """The return with its file where it belongs; gives it with the places where that is.

    Raises Unavailable.
    """
    if not came.sha256:
        return unread_placed(office, came)
    source, data = office.workspace.absolute(came.file), whole(_lies_at(office, came))
    done = (
        _set_aside(office, came, data)
        if came.outcome == "set-aside"
        else _archived(office, came, data)
    )
    removed(source, data)  # before it is unpacked: else what was in it may be taken twice
    if came.outcome == "unpacked":
        _unpacked(source.parent, data)
    return done


def finished(office: Office, done: Mapping[int, Return]) -> None:
    """Nothing is left to do for the returns of those numbers, whose files are where they belong.

    Raises Unavailable; our own copies are kept until then.
    """
    with office.journal.together():
        for number, came in done.items():
            finish(office.journal, number, came)
    thrown_away(_copies(office) / came.sha256 for came in done.values() if came.sha256)


def swept(office: Office) -> None:
    """Our own copies of files thrown away, but for those that a return needs to be finished.

    A file that was read and is not taken yet is read again; what a stop left half written is waste.
    """
    needed = {came.sha256 for _, came in unfinished(office.journal)}
    thrown_away(path for path in listed(_copies(office)) if path.name not in needed)


def keep_own_copy(office: Office, data: bytes) -> None:
    """The file copied to a place of our own, from which it can be finished. Raises Unavailable."""
    put(_copies(office) / sha256(data), data)


def _copies(office: Office) -> Path:
    return office.workspace.state / "work"


def _unpacked(folder: Path, data: bytes) -> None:
    """The members of a zip file put where it lies; they were unpacked on trial when it came."""
    for name, member in members(data):
        for _, placed in loose((name,)):
            put_beside(folder / placed, member)


def _lies_at(office: Office, came: Return) -> Path:
    """Where the bytes of a return are: our own copy, what became of it before a stop, or the inbox.

    What lies in the inbox comes last, for it may have been changed since.
    """
    copy = _copies(office) / came.sha256
    if is_there(copy):
        return copy
    stored = office.workspace.absolute(came.stored) if came.stored else None
    before = found_beside(stored, came.sha256) if stored else None
    return before or office.workspace.absolute(came.file)


def _archived(office: Office, came: Return, data: bytes) -> Return:
    copy = _copies(office) / came.sha256
    place = kept(office.workspace.absolute(came.stored), data, spare=copy)
    return replace(came, stored=office.workspace.relative(place))


def _set_aside(office: Office, came: Return, data: bytes) -> Return:
    """The file as it came, with its note."""
    place = put_beside(set_aside_place(office.workspace.outbox, Path(came.file).name), data)
    return noted(office, came, place)
