"""Where a row of the ledger came from: each cell's form, version, how it was read, what changed.

The values themselves stay in the ledger and on the forms: an explanation may be sent on.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Return
from auditdocs.model.ledger import Cell, Sheet
from auditdocs.places.journal.audits import events
from auditdocs.places.journal.posted import posted_row, staff_row
from auditdocs.places.journal.returns import returns_of, versions
from auditdocs.places.templates import kept_contract
from auditdocs.rules.register.audits import (
    NO_CARRIER,
    answer_carriers,
    audit_row,
    audit_sheet,
    unasked_headings,
)
from auditdocs.rules.returns.records import FROM_SETTINGS
from auditdocs.steps.office import Office

_HOW: Mapping[str, str] = {
    "tag": "by its content control",
    "bookmark": "by its bookmark: the control was gone",
    "number": "by the number of its row: the control was gone",
    "label": "by the words beside it: the control was gone",
    "title": "by the title of an answer field out of its place: look whether it is the right one",
    "field": "by the name of an old form field: look whether it is the right one",
    "wording": "by words much like those of its question: look whether it is the right one",
    FROM_SETTINGS: "nobody wrote it: it is the settings' own",
    NO_CARRIER: "no date was written: it is the day the form came back",
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
    audit = office.audit(audit_id)
    issued_by = kept_contract(office.workspace.archive, audit.fingerprint)
    contract = office.contracts.get(audit.type) or issued_by or office.contract(audit.type)
    return Explained(
        audit=audit,
        sheet=contract.sheet,
        contract=_issued_by(issued_by or contract, audit),
        returns=returns_of(office.journal, audit.audit_id),
        events=tuple(_events(office, audit)),
        cells=tuple(_cells(office, audit, contract, issued_by or contract)),
    )


def _events(office: Office, audit: Audit) -> Iterator[tuple[date, str, str]]:
    """The audit's moves; why it was withdrawn is somebody's own words, and may name a person."""
    for day, status, cause in events(office.journal, audit.audit_id):
        yield day, status, _WITHDRAWN if status == WITHDRAWN else cause


def _issued_by(contract: Contract, audit: Audit) -> str:
    known = contract.fingerprint == audit.fingerprint
    kept = "" if known else "; the contract as it was then was not kept"
    return f"{contract.title}, version {audit.version}{kept}"


@dataclass(frozen=True, slots=True)
class _Home:
    """An audit's returns as rows of its sheet, the earliest first."""

    numbers: tuple[int, ...]
    days: Mapping[int, date]
    """The day each version came."""
    rows: tuple[Mapping[str, Cell], ...]
    carriers: Mapping[str, str]
    """How what the newest says was found, by heading."""
    unasked: Collection[str]
    """The headings of questions that do not apply to the case."""

    @property
    def newest(self) -> Mapping[str, Cell]:
        """The newest row, empty before there is one."""
        return self.rows[-1] if self.rows else {}

    @property
    def form(self) -> str:
        """The newest form, its version and day in words."""
        number = self.numbers[-1]
        day = f", which came on {self.days[number]:%d/%m/%Y}" if number in self.days else ""
        return f"the form, version {number}{day}"

    def how(self, heading: str) -> str:
        """How the newest form's cell was found, in words."""
        return _HOW.get(self.carriers.get(heading, ""), "")

    def changed_in(self, heading: str) -> tuple[int, ...]:
        """The versions that say otherwise under that heading than the one before."""
        said = [row.get(heading) for row in self.rows]
        pairs = zip(self.numbers[1:], said[1:], said, strict=False)
        return tuple(number for number, now, before in pairs if now != before)


def _cells(office: Office, audit: Audit, kind: Contract, asked: Contract) -> Iterator[Source]:
    contract = office.with_earlier_versions(kind)
    sheet, home = audit_sheet(contract), _home(office, audit, contract, asked)
    stands = posted_row(office.journal, sheet.name, audit.audit_id) or {}
    issued = audit_row(audit, None, contract)
    row = home.newest or issued
    for heading in (column.heading for column in sheet.columns if not column.staff):
        is_said = heading not in issued and heading in row
        yield Source(
            heading=heading,
            source=home.form if is_said else _origin(heading, audit, home),
            how=home.how(heading) if is_said or heading == _AUDITED else "",
            changed_in=home.changed_in(heading),
            is_posted=stands.get(heading) == row.get(heading),
        )
    yield from _staff_cells(office, audit, sheet, home)


def _home(office: Office, audit: Audit, contract: Contract, asked: Contract) -> _Home:
    found = versions(office.journal, audit.audit_id)
    return _Home(
        numbers=tuple(number for number, _ in found),
        days={came.version: came.seen for _, came in returns_of(office.journal, audit.audit_id)},
        rows=tuple(audit_row(audit, record, contract, asked) for _, record in found),
        carriers=answer_carriers(found[-1][1], contract, asked) if found else {},
        unasked=unasked_headings(contract, audit.printed),
    )


def _staff_cells(office: Office, audit: Audit, sheet: Sheet, home: _Home) -> Iterator[Source]:
    """What staff wrote; where they left what the form said for them, the form."""
    written = staff_row(office.journal, sheet.name, audit.audit_id)
    for heading in (column.heading for column in sheet.columns if column.staff):
        said = home.newest.get(heading)
        if said is not None and written.get(heading, said) == said:
            how, changed = home.how(heading), home.changed_in(heading)
            yield Source(
                heading=heading, source=home.form, how=how, changed_in=changed, is_posted=True
            )
        else:
            by = "written by staff in the ledger" if heading in written else "nobody wrote in it"
            yield Source(heading=heading, source=by, is_posted=True)


def _origin(heading: str, audit: Audit, home: _Home) -> str:
    """Where a cell that no answer fills comes from."""
    if heading in _ISSUED:
        return f"the issue of the form on {audit.issued:%d/%m/%Y}"
    if heading == "Status":
        return "the last of the events"
    if heading in home.unasked:
        return "not asked: it does not apply to the case"
    if not home.rows:
        return "no form has come back"
    if heading in ("Overall grade", "Final grade"):
        return "the form's overall grade, and the decision where one changed it"
    return home.form if heading in _OF_THE_FILE else f"{home.form}: left empty"


_WITHDRAWN = "why stands in the ledger, on the sheet Forms out"
_AUDITED = "Date audited"
_OF_THE_FILE = frozenset({"Form", "SHA-256", "Returned", _AUDITED})
_ISSUED = frozenset(
    {
        "Audit ID", "Child ID", "Team", "Worker", "Auditor", "Period", "Issued", "Due",
        "Case type", "Theme",
    }
)  # fmt: skip
