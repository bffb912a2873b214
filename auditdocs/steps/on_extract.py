"""What follows from an extract: the forms that settings say are issued as soon as one is taken.

That they are to be issued is noted in the journal with the extract, and struck out type by type as
they go out, so that a stop in between leaves them to the next run. A type that cannot be issued
holds up no other, and no file: it stays noted, and is told until it can.
"""

from collections.abc import Iterator

from auditdocs.errors import AuditdocsError, Unavailable
from auditdocs.model.audit import Audit
from auditdocs.places.journal import note
from auditdocs.places.journal.change import Change
from auditdocs.steps.issue import issued
from auditdocs.steps.office import Office
from auditdocs.steps.wish import Wish

_OWED = "to issue from the extract"


def owe(office: Office, change: Change) -> None:
    """Note in the same change as the extract that forms are to follow, where settings say so.

    What is made for teams follows a calendar of its own (list_out).
    """
    keys = [key for key in office.settings.issue_on_extract if key not in office.of_teams]
    if keys:
        note(change, _OWED, "\n".join(keys))


def issue_owed(office: Office) -> tuple[tuple[Audit, ...], tuple[str, ...]]:
    """The audits whose forms went out, and in words what could not be issued."""
    owed = office.journal.fact(_OWED).split()
    said = list(_issued(office, owed))
    left = [key for key, _, why in said if why]
    if owed != left:
        office.journal.remember(_OWED, "\n".join(left))
    audits = tuple(audit for _, out, _ in said for audit in out)
    return audits, tuple(f"Forms of {key} are not issued: {why}" for key, _, why in said if why)


def _issued(office: Office, owed: list[str]) -> Iterator[tuple[str, tuple[Audit, ...], str]]:
    for key in owed:
        try:
            yield key, issued(office, Wish(type=key)).audits, ""
        except Unavailable:
            raise
        except AuditdocsError as fault:
            yield key, (), f"{fault.text} {fault.hint}".strip()
