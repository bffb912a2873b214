"""The ledger brought up to date: what staff wrote read back, then what is new posted in place.

The journal is the truth; a ledger that is open in Excel makes the rows wait, never the forms.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from auditdocs.errors import AuditdocsError, LedgerFault, Unavailable
from auditdocs.model.audit import Audit
from auditdocs.model.form import Record
from auditdocs.model.ledger import Cell, Post, Posted, Sheet
from auditdocs.places import ledger as ledgers
from auditdocs.places.disk import sha256
from auditdocs.places.journal import posted as kept
from auditdocs.places.journal.audits import audits, selections
from auditdocs.places.journal.returns import records, returns
from auditdocs.rules import register
from auditdocs.steps.office import Office

Rows = Mapping[str, Mapping[str, Cell]]
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
    wanted = _rows(office)
    waiting = _waiting(wanted, kept.posted(office.journal))
    try:
        return _posted(office, wanted, waiting)
    except (Unavailable, LedgerFault) as problem:
        return Posting(pending=_count(waiting), problem=problem)


def read_back(office: Office) -> None:
    """Read what staff wrote in their columns into the journal."""
    from auditdocs.documents.ledger.workbook import staff_values

    workbook = ledgers.ledger(office.workspace.ledger)
    if workbook is not None and sha256(workbook) != office.journal.fact("staff columns of"):
        kept.keep_staff_columns(office.journal, staff_values(workbook, sheets(office)))
        office.journal.remember("staff columns of", sha256(workbook))


def pending(office: Office) -> int:
    """How many rows wait to be posted."""
    return _count(_waiting(_rows(office), kept.posted(office.journal)))


def rebuilt(office: Office) -> Posting:
    """A new ledger from the journal, staff columns included; the old one is kept as a copy."""
    with suppress(LedgerFault):  # the old ledger may be the very thing that is damaged
        read_back(office)
    ledgers.set_by(office.workspace.ledger, copies=_copies(office), day=office.today)
    return post(office)


def sheets(office: Office) -> tuple[Sheet, ...]:
    """The ledger's sheets for the audit types of this workspace."""
    return register.sheets(office.contracts.values())


def _posted(office: Office, wanted: Mapping[str, Rows], waiting: Mapping[str, Rows]) -> Posting:
    from auditdocs.documents.ledger.workbook import posted

    read_back(office)
    workbook, untouched = _workbook(office)
    if untouched and not _count(waiting):
        return Posting()
    rows = waiting if untouched else wanted
    last = {} if untouched else kept.posted(office.journal)
    whole = _with_staff_columns(office, rows)
    posts = [Post(sheet=sheet, rows=whole.get(sheet.name, {})) for sheet in sheets(office)]
    done = posted(workbook, posts, last=last, changed_on=office.today)
    _replace(office, done)
    kept.keep_posted(office.journal, rows)
    return Posting(done.rows, 0, len(done.changes), warnings=done.warnings)


def _with_staff_columns(office: Office, rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """New rows of the workbook begin with what the form said and what staff had written."""
    written, signed = kept.staff_columns(office.journal), _signed(office)
    return {
        sheet: {
            key: {
                **signed.get((sheet, key), {}),
                **written.get(sheet, {}).get(key, {}),
                **row,
            }
            for key, row in keyed.items()
        }
        for sheet, keyed in rows.items()
    }


def _signed(office: Office) -> dict[tuple[str, str], Mapping[str, Cell]]:
    """What the sign-off of each form says for a staff column, by sheet and row."""
    kinds = {audit.audit_id: office.contracts.get(audit.type) for audit in audits(office.journal)}
    return {
        (contract.sheet, record.audit_id): register.first_staff_values(record, contract)
        for record in records(office.journal)
        if (contract := kinds.get(record.audit_id))
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


def _rows(office: Office) -> dict[str, Rows]:
    """Every row as it should stand, by sheet and key, without the staff columns."""
    by_audit = {record.audit_id: record for record in records(office.journal)}
    out: dict[str, dict[str, Mapping[str, Cell]]] = {}
    for audit in audits(office.journal):
        for sheet, key, row in _audit_rows(office, audit, by_audit.get(audit.audit_id)):
            out.setdefault(sheet, {})[key] = row
    out[register.RETURNS.name] = {
        str(number): register.return_row(number, came) for number, came in returns(office.journal)
    }
    out[register.SELECTIONS.name] = {
        str(number): register.selection_row(number, made, chosen, office.contracts[chosen.type])
        for number, (made, chosen) in enumerate(selections(office.journal), start=1)
        if chosen.type in office.contracts
    }
    return dict(out)


def _audit_rows(
    office: Office, audit: Audit, record: Record | None
) -> Iterator[tuple[str, str, Mapping[str, Cell]]]:
    contract = office.contracts.get(audit.type)
    if contract is None:
        return
    out = register.form_out_row(audit, contract, today=office.today)
    yield register.FORMS_OUT.name, audit.audit_id, out
    if record is None:
        return
    yield contract.sheet, audit.audit_id, register.audit_row(audit, record, contract)
    for each in record.recommendations:
        row = register.recommendation_row(each, audit, contract)
        yield register.RECOMMENDATIONS.name, each.reference, row


def _waiting(wanted: Mapping[str, Rows], last: Mapping[str, Rows]) -> dict[str, Rows]:
    """The rows that do not stand in the ledger as they should."""
    return {
        sheet: {key: row for key, row in rows.items() if last.get(sheet, {}).get(key) != row}
        for sheet, rows in wanted.items()
    }


def _count(rows: Mapping[str, Rows]) -> int:
    return sum(len(keyed) for keyed in rows.values())
