"""The rows of audits: their type's sheet, their recommendations, and the forms that are out."""

from collections.abc import Iterator

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.model.ledger import Line
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.returns import records
from auditdocs.rules.register.audits import audit_row, first_staff_values
from auditdocs.rules.register.forms_out import FORMS_OUT, form_out_row
from auditdocs.rules.register.recommendations import RECOMMENDATIONS, recommendation_row
from auditdocs.steps.office import Office


def audit_lines(office: Office) -> Iterator[Line]:
    """Every audit's rows; those of a type that the workspace no longer has are left as they are."""
    home = {record.audit_id: record for record in records(office.journal)}
    for audit in audits(office.journal):
        contract = office.contracts.get(audit.type)
        if contract is not None:
            row = form_out_row(audit, contract, today=office.today)
            yield Line(FORMS_OUT.name, audit.audit_id, row)
            record = home.get(audit.audit_id)
            yield from () if record is None else _record_lines(audit, record, contract)


def _record_lines(audit: Audit, record: Record, contract: Contract) -> Iterator[Line]:
    row = audit_row(audit, record, contract)
    yield Line(contract.sheet, audit.audit_id, row, first_staff_values(record, contract))
    for each in record.recommendations:
        action = recommendation_row(each, audit, contract)
        yield Line(RECOMMENDATIONS.name, each.reference, action)
