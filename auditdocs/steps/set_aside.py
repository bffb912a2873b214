"""What lies set aside, and how it is tried again.

People mend a set-aside form where it lies, and some save it under another name. The folder decides
what lies there and the journal only says why, so that no file in it drops out of sight.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from auditdocs.errors import UsageFault, nearest
from auditdocs.model.form import Reason, Return
from auditdocs.places.disk import is_there, moved, removed, renamed, sha256_of, whole
from auditdocs.places.journal.returns import returns
from auditdocs.places.outbox import set_aside_files
from auditdocs.steps.office import Office

BY_HAND = Reason(
    code="put-by-hand",
    where="The whole file",
    text="This file was saved or put here by hand, so it has not been looked at yet. "
    'Run "auditdocs set-aside retry" to take it in.',
)
"""Why a file lies there that nobody set aside."""


def set_aside(office: Office) -> tuple[tuple[int, Return], ...]:
    """The files that lie set aside, each with its return and the return's number.

    A file that was tried again and set aside again lies there once, as it was last judged. One that
    was renamed is known by its content; one that was changed and renamed, or put there by hand, has
    no number: 0.
    """
    found = returns(office.journal, outcome="set-aside")
    newest = {came.stored: (number, came) for number, came in found}
    known = {
        stored: each
        for stored, each in newest.items()
        if stored and is_there(office.workspace.absolute(stored))
    }
    lying = sorted(known.values(), key=lambda each: each[0])
    by_content = {came.sha256: (number, came) for number, came in found}
    return (*lying, *_strangers(office, known, by_content))


def put_back(office: Office, names: tuple[str, ...]) -> tuple[Path, ...]:
    """Set-aside files put in the inbox again to be tried anew, all or those named; gives where.

    A name may be typed with its folder, as the list shows it. Raises UsageFault for a name that is
    not there.
    """
    lying = {Path(came.stored).name: came for _, came in set_aside(office)}
    wanted = [PureWindowsPath(name).name for name in names]  # which knows both kinds of slash
    if unknown := [name for name in wanted if name not in lying]:
        near = nearest(unknown[0], lying)
        meant = f'Did you mean "{near}"? ' if near else ""
        raise UsageFault(
            f"Not set aside: {', '.join(unknown)}.",
            hint=f'{meant}Run "auditdocs set-aside list" to see the names.',
        )
    placed = tuple(_put_back(office, lying[name]) for name in wanted or lying)
    _without_orphans(office)
    return placed


def _strangers(
    office: Office,
    known: Mapping[str, object],
    by_content: Mapping[str, tuple[int, Return]],
) -> Iterator[tuple[int, Return]]:
    for path in set_aside_files(office.workspace.outbox):
        place = office.workspace.relative(path)
        if place not in known:
            digest = sha256_of(path)
            by_hand = Return(
                seen=office.today,
                file=place,
                sha256=digest,
                outcome="set-aside",
                reasons=(BY_HAND,),
            )
            number, came = by_content.get(digest, (0, by_hand))
            yield number, replace(came, stored=place)


def _put_back(office: Office, came: Return) -> Path:
    lying = office.workspace.absolute(came.stored)
    move = moved if came.sha256 else renamed
    placed = move(lying, office.workspace.inbox / lying.name)
    note = office.workspace.absolute(came.note)
    if came.note and is_there(note):
        removed(note, whole(note))
    return placed


def _without_orphans(office: Office) -> None:
    """Throw away the notes on files that lie there no more: they were mended under another name."""
    needed = {came.note for _, came in set_aside(office)}
    for _, came in returns(office.journal, outcome="set-aside"):
        note = office.workspace.absolute(came.note)
        if came.note and came.note not in needed and is_there(note):
            removed(note, whole(note))
