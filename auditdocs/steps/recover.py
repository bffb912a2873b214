"""A lost or damaged journal made again: its newest copy, then whatever the archive took since.

The archive holds a copy of the journal for each day of work, and every file that was taken. What
was issued after the copy is in neither: it is told by reference, never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from auditdocs.errors import Unavailable, UsageFault
from auditdocs.places.archive import taken_files
from auditdocs.places.disk import is_there, put_beside, sha256, whole
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.copies import copy_put_back, newest_copy
from auditdocs.places.journal.soundness import journal_faults
from auditdocs.places.lock import held
from auditdocs.places.outbox import forms_out
from auditdocs.places.workspace import Workspace
from auditdocs.rules.settings import settings
from auditdocs.steps.collect import Collected, collected
from auditdocs.steps.office import Clock, Office

_AUDIT_ID = re.compile(r"^([A-Z]{1,3}-\d{4}(?:-\d{2})?(?:-\d{2}|-Q\d)?-\d{4,}) ")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was put back, and what could not be."""

    copy: str
    """The copy that was put in the journal's place, relative to the workspace."""
    damaged: str
    """Where the old journal is kept; "" when there was none."""


@dataclass(frozen=True, slots=True)
class Retaken:
    """What the archive had taken since the copy, taken again."""

    files: int
    ended: Collected
    unknown: tuple[str, ...]
    """Audits whose forms lie in the outbox and that the recovered journal does not know."""


def recovered(root: Path, *, today: date, clock: Clock) -> Recovered:
    """The newest sound copy in the journal's place; the old journal is kept beside it.

    Raises UsageFault where the journal is sound, Unavailable where there is no sound copy.
    """
    workspace = _workspace(root)
    if is_there(workspace.journal) and not journal_faults(workspace.journal):
        raise UsageFault(
            "The journal is sound: there is nothing to recover.",
            where=str(workspace.journal),
            hint="“auditdocs doctor” says what else could be wrong.",
        )
    copy = newest_copy(workspace.archive)
    if copy is None:
        raise Unavailable(
            "There is no sound copy of the journal in the archive.",
            where=str(workspace.archive / "journal"),
            hint="Put the folder back from your own backup, then run this again.",
        )
    with held(workspace.state / "lock", now=clock.now):
        kept = copy_put_back(copy, workspace.journal, day=today)
    return Recovered(workspace.relative(copy), workspace.relative(kept) if kept else "")


def retaken(office: Office) -> Retaken:
    """Every archived file that the journal does not know, taken once more on the day it came."""
    known = {digest for (digest,) in office.journal.asked(_KNOWN)}
    missing = [
        (day, path, data)
        for day, path in taken_files(office.workspace.archive)
        for data in (whole(path),)
        if sha256(data) not in known
    ]
    ended = [_again(office, min(day, office.today), path, data) for day, path, data in missing]
    return Retaken(len(missing), _together(ended), _unknown(office))


_KNOWN = " UNION ".join(
    f"SELECT sha256 FROM {table}" for table in ("returns", "extracts", "registers")
)


def _workspace(root: Path) -> Workspace:
    text = whole(Workspace(root).settings).decode("utf-8-sig", "replace")
    return Workspace(root, settings(text).paths)


def _again(office: Office, day: date, path: Path, data: bytes) -> Collected:
    place = put_beside(office.workspace.inbox / path.name, data)
    return collected(replace(office, today=day), (place,))


def _together(ended: Iterable[Collected]) -> Collected:
    every = tuple(ended)
    returns = tuple(came for each in every for came in each.returns)
    waiting = tuple(wait for each in every for wait in each.waiting)
    return Collected(returns=returns, waiting=waiting)


def _unknown(office: Office) -> tuple[str, ...]:
    known = {audit.audit_id for audit in audits(office.journal)}
    named = (_AUDIT_ID.match(path.name) for path in forms_out(office.workspace.outbox))
    return tuple(sorted({found[1] for found in named if found} - known))
