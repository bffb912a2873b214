"""The ledger brought up to date: what staff wrote read back, then what is new posted in place.

The journal is the truth; a ledger that is open in Excel makes the rows wait, never the forms.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from auditdocs.errors import AuditdocsError, LedgerFault, Unavailable
from auditdocs.model.ledger import Line, Post, Posted, Rows, Sheet
from auditdocs.places import ledger as ledgers
from auditdocs.places.disk import sha256
from auditdocs.places.journal import posted as kept
from auditdocs.rules.register.sheets import sheets as every_sheet
from auditdocs.steps.gather.sources import lines
from auditdocs.steps.office import Office

Lines = Mapping[str, Mapping[str, Line]]
"""Rows by sheet and key."""
_SHA = "ledger sha256"


@dataclass(frozen=True, slots=True)
class Posting:
    """What a post came to: rows written, rows that wait and why, cells put back."""

    posted: int = 0
    pending: int = 0
    changes: int = 0
    problem: AuditdocsError | None = None
    warnings: tuple[str, ...] = ()


def post(office: Office) -> Posting:
    """Post whatever waits. A ledger that cannot be written to now is told, not raised."""
    refusal = _refusal(office)
    wanted = _wanted(office)
    waiting = _waiting(wanted, kept.posted(office.journal))
    if refusal is not None:
        return Posting(pending=_count(waiting), problem=refusal)
    try:
        return _posted(office, wanted, waiting)
    except (Unavailable, LedgerFault) as problem:
        return Posting(pending=_count(waiting), problem=problem)


def _refusal(office: Office) -> AuditdocsError | None:
    """Read what staff wrote, which rows of ours depend on; what stands in the way of it."""
    try:
        read_back(office)
    except (Unavailable, LedgerFault) as problem:
        return problem
    return None


def read_back(office: Office) -> None:
    """Read what staff wrote in their columns into the journal."""
    from auditdocs.documents.ledger.workbook import staff_values

    workbook = ledgers.ledger(office.workspace.ledger)
    if workbook is not None and sha256(workbook) != office.journal.fact("staff columns of"):
        kept.keep_staff_columns(office.journal, staff_values(workbook, sheets(office)))
        office.journal.remember("staff columns of", sha256(workbook))


def pending(office: Office) -> int:
    """How many rows wait to be posted."""
    return _count(_waiting(_wanted(office), kept.posted(office.journal)))


def rebuilt(office: Office) -> Posting:
    """A new ledger from the journal, staff columns included; the old one is kept as a copy."""
    with suppress(LedgerFault):  # the old ledger may be the very thing that is damaged
        read_back(office)
    ledgers.set_by(office.workspace.ledger, copies=_copies(office), day=office.today)
    return post(office)


def sheets(office: Office) -> tuple[Sheet, ...]:
    """The ledger's sheets for the audit types of this workspace."""
    return every_sheet(map(office.with_earlier_versions, office.contracts.values()))


def _posted(office: Office, wanted: Lines, waiting: Lines) -> Posting:
    from auditdocs.documents.ledger.workbook import posted

    workbook, untouched = _workbook(office)
    if untouched and not _count(waiting):
        return Posting()
    chosen = waiting if untouched else wanted
    last = {} if untouched else kept.posted(office.journal)
    rows = _with_staff_columns(office, chosen)
    posts = [Post(sheet=sheet, rows=rows.get(sheet.name, {})) for sheet in sheets(office)]
    done = posted(workbook, posts, last=last, changed_on=office.today)
    _replace(office, done)
    kept.keep_posted(office.journal, _cells(chosen))
    return Posting(done.rows, 0, len(done.changes), warnings=done.warnings)


def _with_staff_columns(office: Office, chosen: Lines) -> dict[str, Rows]:
    """New rows of the workbook begin with what the form said and what staff had written."""
    written = kept.staff_columns(office.journal)
    return {
        sheet: {
            key: {**line.first, **written.get(sheet, {}).get(key, {}), **line.cells}
            for key, line in keyed.items()
        }
        for sheet, keyed in chosen.items()
    }


def _workbook(office: Office) -> tuple[bytes, bool]:
    """The workbook to post into, and whether nobody has saved it since the last post."""
    workbook = ledgers.ledger(office.workspace.ledger)
    if workbook is None:
        return _new(office), False
    return workbook, sha256(workbook) == office.journal.fact(_SHA)


def _new(office: Office) -> bytes:
    from auditdocs.documents.ledger.new import new_workbook

    kept.forget_posted(office.journal)
    return new_workbook(sheets(office), title=f"{office.settings.service_name}: audit ledger")


def _replace(office: Office, done: Posted) -> None:
    ledgers.replace_ledger(
        office.workspace.ledger,
        done.workbook,
        copies=_copies(office),
        day=office.today,
        keep=office.settings.keep_copies,
    )
    office.journal.remember(_SHA, sha256(done.workbook))


def _copies(office: Office) -> Path:
    return office.workspace.state / "ledger-copies"


def _wanted(office: Office) -> Lines:
    """Every row as it should stand."""
    found: dict[str, dict[str, Line]] = {}
    for line in lines(office):
        found.setdefault(line.sheet, {})[line.key] = line
    return found


def _waiting(wanted: Lines, last: Mapping[str, Rows]) -> Lines:
    """The rows that do not stand in the ledger as they should."""
    return {
        sheet: {key: line for key, line in rows.items() if _stands(last, line) != line.cells}
        for sheet, rows in wanted.items()
    }


def _stands(last: Mapping[str, Rows], line: Line) -> object:
    return last.get(line.sheet, {}).get(line.key)


def _cells(chosen: Lines) -> dict[str, Rows]:
    return {
        sheet: {key: line.cells for key, line in keyed.items()} for sheet, keyed in chosen.items()
    }


def _count(rows: Lines) -> int:
    return sum(len(keyed) for keyed in rows.values())
