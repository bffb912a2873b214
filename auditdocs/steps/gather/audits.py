"""The rows of audits: their type's sheet, their recommendations, and the forms that are out."""

from collections.abc import Iterator

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.model.ledger import Line, Rows
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.posted import staff_columns
from auditdocs.places.journal.returns import records
from auditdocs.rules.register.audits import audit_row, first_staff_values
from auditdocs.rules.register.forms_out import FORMS_OUT, form_out_row
from auditdocs.rules.register.recommendations import RECOMMENDATIONS, recommendation_row
from auditdocs.steps.office import Office


def audit_lines(office: Office) -> Iterator[Line]:
    """Every audit's rows; those of a type that the workspace no longer has are left as they are."""
    written = staff_columns(office.journal).get(RECOMMENDATIONS.name, {})
    home = {record.audit_id: record for record in records(office.journal)}
    known = {key: office.with_earlier_versions(each) for key, each in office.contracts.items()}
    for audit in audits(office.journal):
        contract = known.get(audit.type)
        if contract is not None:
            row = form_out_row(audit, contract, today=office.today)
            yield Line(FORMS_OUT.name, audit.audit_id, row)
            record = home.get(audit.audit_id)
            if record is not None:
                first = first_staff_values(record, contract)
                home_row = audit_row(audit, record, contract)
                yield Line(contract.sheet, audit.audit_id, home_row, first)
                yield from _actions(office, audit, record, contract, written)


def _actions(
    office: Office, audit: Audit, record: Record, contract: Contract, written: Rows
) -> Iterator[Line]:
    for each in record.recommendations:
        staffs = written.get(each.reference, {})
        row = recommendation_row(each, audit, contract, written=staffs, today=office.today)
        yield Line(RECOMMENDATIONS.name, each.reference, row)
