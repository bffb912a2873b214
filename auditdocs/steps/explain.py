"""Where a row of the ledger came from: each cell's form, version, how it was read, what changed.

The values themselves stay in the ledger and on the forms: an explanation may be sent on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.errors import UsageFault
from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record, Return
from auditdocs.model.ledger import Cell, Sheet
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import events
from auditdocs.places.journal.posted import posted, staff_columns
from auditdocs.places.journal.returns import returns_of, versions
from auditdocs.places.templates import kept_contract
from auditdocs.rules.register.audits import answer_carriers, audit_row, audit_sheet
from auditdocs.steps.office import Office

_HOW: Mapping[str, str] = {
    "tag": "by its content control",
    "bookmark": "by its bookmark: the control was gone",
    "number": "by the number of its row: the control was gone",
    "label": "by the words beside it: the control was gone",
    "wording": "by words much like those of its question: look whether it is the right one",
}
"""How an answer was found in the form, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where one cell of the row came from."""

    heading: str
    source: str
    """The issue, the form with its version, the decision, or the staff."""
    how: str = ""
    changed_in: tuple[int, ...] = ()
    """The versions of the form that said otherwise than the one before."""
    is_posted: bool = False
    """Whether it stands in the ledger as it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A row of an audit's sheet and everything that led to it."""

    audit: Audit
    sheet: str
    contract: str
    """The contract that the form was issued by, in words."""
    returns: tuple[tuple[int, Return], ...]
    events: tuple[tuple[date, str, str], ...]
    cells: tuple[Source, ...]


def explained(office: Office, audit_id: str) -> Explained:
    """Where each cell of that audit's row came from. Raises UsageFault for an unknown audit."""
    audit = audit_of(office.journal, audit_id)
    if audit is None:
        raise UsageFault(
            f'There is no audit "{audit_id}".',
            hint='An audit id looks like Q-2026-07-0012; it stands in the column "Audit ID".',
        )
    contract = office.contract(audit.type)
    issued_by = kept_contract(office.workspace.archive, audit.fingerprint)
    return Explained(
        audit=audit,
        sheet=contract.sheet,
        contract=_issued_by(issued_by or contract, audit),
        returns=returns_of(office.journal, audit_id),
        events=events(office.journal, audit_id),
        cells=tuple(_cells(office, audit, contract, issued_by or contract)),
    )


def _issued_by(contract: Contract, audit: Audit) -> str:
    known = contract.fingerprint == audit.fingerprint
    kept = "" if known else "; the contract as it was then was not kept"
    return f"{contract.title}, version {audit.version}{kept}"


def _cells(office: Office, audit: Audit, kind: Contract, asked: Contract) -> Iterator[Source]:
    found, contract = versions(office.journal, audit.audit_id), office.with_earlier_versions(kind)
    sheet = audit_sheet(contract)
    rows = [audit_row(audit, record, contract, asked) for _, record in found]
    stands = posted(office.journal).get(sheet.name, {}).get(audit.audit_id, {})
    carriers = answer_carriers(found[-1][1], contract, asked) if found else {}
    issued = audit_row(audit, None, contract)
    row = rows[-1] if rows else issued
    for heading in (column.heading for column in sheet.columns if not column.staff):
        of_form = heading not in issued and heading in row
        yield Source(
            heading=heading,
            source=_form(found) if of_form else _origin(heading, audit),
            how=_HOW.get(carriers.get(heading, ""), "") if of_form else "",
            changed_in=_changes(heading, found, rows),
            is_posted=stands.get(heading) == row.get(heading),
        )
    yield from _staff_cells(office, audit, sheet)


def _staff_cells(office: Office, audit: Audit, sheet: Sheet) -> Iterator[Source]:
    written = staff_columns(office.journal).get(sheet.name, {}).get(audit.audit_id, {})
    for heading in (column.heading for column in sheet.columns if column.staff):
        said = "written by staff in the ledger" if heading in written else "staff wrote nothing"
        yield Source(heading=heading, source=said, is_posted=True)


def _form(found: tuple[tuple[int, Record], ...]) -> str:
    return f"the form, version {found[-1][0]}"


def _origin(heading: str, audit: Audit) -> str:
    """Where a cell that no answer fills comes from."""
    if heading in ("Form", "SHA-256", "Returned", "Date audited"):
        return "the archived form" if audit.archived else "no form has come back"
    if heading in ("Overall grade", "Final grade"):
        return "the form's overall grade, and the decision where one changed it"
    if heading == "Status":
        return "the last of the events below"
    return f"the issue of the form on {audit.issued:%d/%m/%Y}" if heading in _ISSUED else "blank"


_ISSUED = frozenset(
    {
        "Audit ID", "Child ID", "Team", "Worker", "Auditor", "Period", "Issued", "Due",
        "Case type", "Theme",
    }
)  # fmt: skip


def _changes(
    heading: str, found: tuple[tuple[int, Record], ...], rows: list[Mapping[str, Cell]]
) -> tuple[int, ...]:
    said = [row.get(heading) for row in rows]
    return tuple(
        number
        for (number, _), now, before in zip(found[1:], said[1:], said, strict=False)
        if now != before
    )
