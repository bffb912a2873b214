"""Ledger, journal and archive compared: what stands where it should not, or not where it should."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditdocs.documents.ledger.workbook import differences as in_workbook
from auditdocs.model.audit import Audit
from auditdocs.places import ledger as ledgers
from auditdocs.places.archive import is_sound
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.posted import posted
from auditdocs.places.journal.returns import returns
from auditdocs.rules.plural import number_of
from auditdocs.steps.office import Office
from auditdocs.steps.post import pending, sheets

_KEPT = ("accepted", "superseded", "extract", "register")
"""How files end that are kept in the archive."""
_GONE = "a file in the archive is gone or was changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two of the three records differ."""

    sheet: str
    row: str
    text: str


_LEDGER_GONE = Difference(
    "ledger",
    "all sheets",
    'the workbook is gone: put it back from .auditdocs/ledger-copies, or run "auditdocs ledger '
    'rebuild", which makes it anew without what people added to it',
)


def differences(office: Office) -> tuple[int, tuple[Difference, ...]]:
    """How many audits are home, and every difference between the three records."""
    home = [audit for audit in audits(office.journal) if audit.is_home]
    return len(home), (*_in_the_archive(office, home), *_in_the_ledger(office))


def _in_the_archive(office: Office, home: Iterable[Audit]) -> Iterator[Difference]:
    """Every file that was kept, hash by hash: the forms that count, and those before them."""
    counted = {audit.archived for audit in home}
    for audit in filter(lambda each: each.archived, home):
        if not is_sound(office.workspace.absolute(audit.archived), audit.sha256):
            yield Difference("archive", audit.audit_id, f"{_GONE}: {audit.archived}")
    for number, came in returns(office.journal):
        if came.outcome not in _KEPT or not came.stored or came.stored in counted:
            continue
        if not is_sound(office.workspace.absolute(came.stored), came.sha256):
            about = came.audit_id or f"return {number}"
            yield Difference("archive", about, f"{_GONE}: {came.stored}")


def _in_the_ledger(office: Office) -> list[Difference]:
    workbook = ledgers.ledger(office.workspace.ledger)
    waiting = pending(office)
    found = (
        [Difference("ledger", "all sheets", f"{number_of(waiting, 'row')} still to be posted")]
        if waiting
        else []
    )
    stands = posted(office.journal)
    if workbook is None:
        return [*found, *([_LEDGER_GONE] if stands else [])]
    for sheet in sheets(office):
        for key, headings in in_workbook(workbook, sheet, stands.get(sheet.name, {})):
            found.append(Difference(sheet.name, key, _told(key, headings)))
    return found


def _told(key: str, headings: list[str]) -> str:
    if not headings:
        return "the row is gone from the ledger; the next post puts it back"
    named = ", ".join(headings)
    if key:
        return f"changed by hand: {named}"
    return (
        f"not on the sheet: {named}; the next post puts that back, once the cells right of the "
        "table are empty"
    )
