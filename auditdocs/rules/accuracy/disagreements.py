"""Completeness answers that cannot be right if the extract is: each is an Accuracy finding.

Source: domain.md A3.2 ("disagreement between extract and answer is itself an Accuracy finding").
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.rules.accuracy.figures import Disagreement
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.forms.advice import disagrees, evidence

CaseThen = Callable[[str, date], tuple[Case, date] | None]
"""A child's case as the extract had it on a day, with its data date; None where it had none."""


def disagreements(
    found: Iterable[tuple[Audit, Record]],
    contracts: Mapping[str, Contract],
    case_then: CaseThen,
    *,
    period: Period,
) -> Iterator[Disagreement]:
    """The answers of audits returned in the period that speak against the extract they had."""
    for audit, record in found:
        contract = contracts.get(audit.type)
        if contract and audit.returned and audit.returned in period:
            then = case_then(audit.child_id, audit.issued)
            yield from () if then is None else _of_an_audit(audit, record, contract, *then)


def _of_an_audit(
    audit: Audit, record: Record, contract: Contract, case: Case, data_date: date
) -> Iterator[Disagreement]:
    for item in contract.items:
        found = evidence(item, case, data_date) if item.advice else None
        answer = record.value(item.id, found.facet) if found else ""
        if found and answer and disagrees(found, answer):
            yield Disagreement(audit_id=audit.audit_id, team=audit.team, item=item.title)
