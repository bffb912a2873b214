"""A lost or damaged journal made again: its newest copy, the day books, the archived files.

The archive holds a copy of the journal for each day of work, a day book of every change, and every
file that was taken. Copy and books together are the journal as it was. Where they are gone too, the
files are taken once more, audits are read from the forms that went out for them, and what else was
put out is told by reference, never guessed.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from auditdocs.errors import Unavailable, UsageFault
from auditdocs.places import journal as journals
from auditdocs.places.archive import SOURCES, taken_files
from auditdocs.places.disk import is_there, put_beside, sha256_of, whole
from auditdocs.places.journal.agreements import agreement_forms
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.check_lists import check_lists
from auditdocs.places.journal.copies import (
    copy_put_back,
    is_lost,
    is_whole_without_copy,
    newest_copy,
    replayed,
    set_by,
)
from auditdocs.places.journal.papers import papers
from auditdocs.places.journal.returns import known_files
from auditdocs.places.journal.soundness import journal_faults
from auditdocs.places.lock import held
from auditdocs.places.outbox import put_out
from auditdocs.rules.references import references_in
from auditdocs.steps.collect import Collected, collected
from auditdocs.steps.office import Clock, Office, workspace_of
from auditdocs.steps.reissue import reissued


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was put back, and what could not be."""

    copy: str
    """The copy that was put in the journal's place, relative to the workspace; "" for none."""
    damaged: str
    """Where the old journal is kept; "" when there was none."""
    changes: int
    """How many changes the day books made again after the copy."""
    lost: int
    """How many they hold that cannot be made, as others before them are missing."""
    from_files: bool
    """Whether neither copy nor book was left, so that archived files and forms have to do."""


@dataclass(frozen=True, slots=True)
class Retaken:
    """What the archive had taken since the copy, taken again."""

    files: int
    ended: Collected
    issued: tuple[str, ...]
    """Audits that were read from the forms which went out for them."""
    unknown: tuple[str, ...]
    """References of forms and check lists in the outbox that the journal does not know."""


def recovered(root: Path, *, today: date, clock: Clock) -> Recovered:
    """The newest sound copy in the journal's place; the old journal is kept beside it.

    Raises UsageFault where the journal is sound, Unavailable where there is no sound copy.
    """
    workspace, _ = workspace_of(root)
    is_there_whole = is_there(workspace.journal) and not journal_faults(workspace.journal)
    if is_there_whole and not is_lost(workspace.journal, workspace.archive):
        raise UsageFault(
            "The journal is sound: there is nothing to recover.",
            where=str(workspace.journal),
            hint='"auditdocs doctor" says what else could be wrong.',
        )
    copy = newest_copy(workspace.archive)
    whole_books = is_whole_without_copy(workspace.archive)
    if copy is None and not whole_books and not any(taken_files(workspace.archive)):
        raise Unavailable(
            "There is nothing in the archive to make the journal from.",
            where=str(workspace.archive),
            hint="Put the folder back from your own backup, then run this again.",
        )
    with held(workspace.state / "lock", now=clock.now):
        kept = set_by(workspace.journal, day=today)
        if copy is not None:
            copy_put_back(copy, workspace.journal)
        with closing(journals.opened(workspace.journal, day=today)) as journal:
            count, lost = replayed(journal, workspace.archive) if copy or whole_books else (0, 0)
    return Recovered(
        copy=workspace.relative(copy) if copy else "",
        damaged=workspace.relative(kept) if kept else "",
        changes=count,
        lost=lost,
        from_files=copy is None and not whole_books,
    )


def retaken(office: Office) -> Retaken:
    """Every archived file that the journal does not know, taken once more on the day it came."""
    known = known_files(office.journal)
    taken = taken_files(office.workspace.archive)
    missing = [(day, path) for day, path in taken if sha256_of(path) not in known]
    lists = [(day, path) for day, path in missing if path.parent.name in SOURCES]
    forms = [(day, path) for day, path in missing if path.parent.name not in SOURCES]
    ended = [_again(office, *each) for each in lists]
    went_out = (*put_out(office.workspace.outbox), *(path for _, path in forms))
    audits_again = reissued(office, (path for path in went_out if path.suffix == ".docx"))
    ended += [_again(office, *each) for each in forms]
    return Retaken(
        files=len(missing),
        ended=_together(ended),
        issued=tuple(audit.audit_id for audit in audits_again),
        unknown=_unknown(office),
    )


def _again(office: Office, day: date, path: Path) -> Collected:
    """Taken as on its day; an extract has no forms issued by it, for they went out long ago."""
    place = put_beside(office.workspace.inbox / path.name, whole(path))
    quiet = replace(office.settings, issue_on_extract=())
    then = min(day, office.today)
    return collected(replace(office, today=then, settings=quiet), (place,))


def _together(ended: Iterable[Collected]) -> Collected:
    every = tuple(ended)
    returns = tuple(came for each in every for came in each.returns)
    waiting = tuple(wait for each in every for wait in each.waiting)
    return Collected(returns=returns, waiting=waiting)


def _unknown(office: Office) -> tuple[str, ...]:
    """What lies in the outbox under a reference that the journal does not know."""
    known = {
        *(audit.audit_id for audit in audits(office.journal)),
        *(form.form_id for form in agreement_forms(office.journal)),
        *(each.list_id for each in check_lists(office.journal)),
        *(paper.reference for paper in papers(office.journal)),
    }
    files = put_out(office.workspace.outbox)
    named = {reference for path in files for reference in references_in(path.name)}
    return tuple(sorted(named - known))
