"""Forms that are out for a case that has closed: taken back, with the cause.

Source: domain.md A3.1 ("Case closes while form is out: withdrawn"), A1.1, edges ("case closes
before the audit - keep"), A0.2.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.caseload.open_cases import closed_before_opened
from auditdocs.rules.selection.selection import SAMPLES


def forms_to_withdraw(
    out: Iterable[Audit],
    cases: Iterable[Case],
    contracts: Mapping[str, Contract],
    *,
    data_date: date,
) -> Iterator[tuple[Audit, str]]:
    """The audits whose form is no longer wanted, each with the cause, by audit id.

    `out` are the audits whose form is with somebody, `cases` the newest caseload. An audit of a
    sample stays: the case was in it. So does one of a type that the workspace no longer has.
    """
    known = {case.child_id: case for case in cases}
    for audit in sorted(out, key=lambda audit: audit.audit_id):
        contract = contracts.get(audit.type)
        if contract is None or contract.selection in SAMPLES:
            continue
        if cause := _cause(audit, known.get(audit.child_id), data_date):
            yield audit, cause


def _cause(audit: Audit, case: Case | None, data_date: date) -> str:
    """Why the form is no longer wanted, or ""."""
    if case is None:
        return f"the case is not in the extract as at {uk_date(data_date)}"
    if not case.is_open and not closed_before_opened(case):
        on = case.close_date
        closes_later = on is not None and on > data_date and case.case_status != "closed"
        return "" if closes_later else f"the case closed{f' on {uk_date(on)}' if on else ''}"
    opened = case.open_date
    if opened is not None and audit.issued < opened <= data_date:
        return f"the case closed and was opened again on {uk_date(opened)}"
    return ""
