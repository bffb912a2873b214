"""The rows of audits: their type's sheet, their recommendations, and the forms that are out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.model.ledger import Line, Rows
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.papers import all_said, said_of
from auditdocs.places.journal.posted import staff_columns, staff_row
from auditdocs.places.journal.returns import record as record_of
from auditdocs.places.journal.returns import records, versions
from auditdocs.rules.follow_up.sayings import after_talk
from auditdocs.rules.forms.versions import as_asked
from auditdocs.rules.register.audits import audit_row, first_staff_values
from auditdocs.rules.register.forms_out import FORMS_OUT, form_out_row
from auditdocs.rules.register.recommendations import (
    NO_LONGER_MADE,
    RECOMMENDATIONS,
    recommendation_row,
)
from auditdocs.steps.office import Office


@dataclass(frozen=True, slots=True)
class _Whole:
    """An audit with all that its rows are worked out from."""

    audit: Audit
    contract: Contract
    """With the items of earlier versions."""
    asked: Contract
    """The one its form went out by."""
    record: Record | None
    written: Rows
    """What staff wrote beside its recommendations, by their reference."""
    talk: Mapping[str, Record]
    """What discussion and decision said of it, by the key of their contract."""


def audit_lines(office: Office) -> Iterator[Line]:
    """Every audit's rows; those of a type that the workspace no longer has are left as they are."""
    written = staff_columns(office.journal).get(RECOMMENDATIONS.name, {})
    papers = all_said(office.journal)
    home = {record.audit_id: record for record in records(office.journal)}
    known, editions = _known(office), office.editions()
    for audit in audits(office.journal):
        contract = known.get(audit.type)
        if contract is not None:
            asked = as_asked(editions.get(audit.fingerprint, contract), contract)
            talk = papers.get(audit.audit_id, {})
            whole = _Whole(audit, contract, asked, home.get(audit.audit_id), written, talk)
            yield from _lines(office, whole)


def lines_of_audits(office: Office, audit_ids: Iterable[str]) -> Iterator[Line]:
    """The rows of those audits."""
    known, editions = _known(office), office.editions()
    for audit in filter(None, (audit_of(office.journal, each) for each in audit_ids)):
        contract, found = known.get(audit.type), record_of(office.journal, audit.audit_id)
        if contract is not None:
            record = found[0] if found else None
            talk = said_of(office.journal, audit.audit_id)
            written = _written(office, record)
            asked = as_asked(editions.get(audit.fingerprint, contract), contract)
            yield from _lines(office, _Whole(audit, contract, asked, record, written, talk))


def _known(office: Office) -> Mapping[str, Contract]:
    """The audit types by key, as the ledger shows them."""
    return {key: office.with_earlier_versions(each) for key, each in office.contracts.items()}


def _written(office: Office, record: Record | None) -> Rows:
    actions = record.recommendations if record else ()
    return {
        each.reference: staff_row(office.journal, RECOMMENDATIONS.name, each.reference)
        for each in actions
    }


def _lines(office: Office, whole: _Whole) -> Iterator[Line]:
    audit, contract = whole.audit, whole.contract
    row = form_out_row(audit, contract, today=office.today)
    yield Line(FORMS_OUT.name, audit.audit_id, row)
    if whole.record is not None:
        first = first_staff_values(whole.record, contract, whole.asked)
        row = audit_row(audit, whole.record, contract, whole.asked)
        yield Line(contract.sheet, audit.audit_id, row, first)
        yield from _actions(whole, whole.record, office.today)
        yield from _dropped(office, whole, whole.record)


def _actions(whole: _Whole, record: Record, today: date) -> Iterator[Line]:
    for each in record.recommendations:
        staffs = whole.written.get(each.reference, {})
        outcome, amended = after_talk(each.number, whole.talk)
        row = recommendation_row(
            each,
            whole.audit,
            whole.asked,
            written=staffs,
            today=today,
            outcome=outcome,
            amended=amended,
        )
        yield Line(RECOMMENDATIONS.name, each.reference, row)


def _dropped(office: Office, whole: _Whole, record: Record) -> Iterator[Line]:
    """What an earlier version of the form recommended and the corrected one does not."""
    if whole.audit.form_version < 2:
        return
    known = {each.reference for each in record.recommendations}
    earlier = {
        each.reference: each
        for _, version in versions(office.journal, whole.audit.audit_id)
        for each in version.recommendations
        if each.reference not in known
    }
    for reference, each in earlier.items():
        row = recommendation_row(each, whole.audit, whole.asked, today=office.today)
        yield Line(RECOMMENDATIONS.name, reference, {**row, "Standing": NO_LONGER_MADE})
