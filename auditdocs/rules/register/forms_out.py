"""The sheet *Forms out*: every form issued, and whether it is still with somebody.

Source: domain.md A2.1, edges ("status proposed/agreed"), A3.1 ("Form unreturned after two
supervisions: overdue, listed to TM, released for re-issue").
"""

from collections.abc import Mapping
from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Cell, Sheet
from auditdocs.rules.register.columns import NOTHING_SAID, Row, of_audit, ours, staffs
from auditdocs.rules.selection.history import is_released
from auditdocs.rules.selection.rota import REVIEWS

AGREED_BY_MANAGER = "Team manager agrees to the case"
"""The staff column in which an audit that an IRO or a CP adviser is to make is agreed to."""

_CHOICES: Mapping[Cell, str] = {"Yes": "Agreed", "No": "Refused"}

FORMS_OUT = Sheet(
    name="Forms out",
    title="Every form issued, and whether it is still out",
    key="Audit ID",
    columns=(
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Worker", "Auditor", width=24),
        *ours("Issued", "Due", kind="date", width=12),
        *ours("Standing", width=14),
        *ours("Choice", width=12),
        *ours("Returned", kind="date", width=12),
        *ours("Why withdrawn", width=40),
        *ours("Form", kind="path", width=60),
        staffs(AGREED_BY_MANAGER, choices=("Yes", "No")),
        staffs("Chased on", "date"),
        staffs("Note"),
    ),
)


def form_out_row(
    audit: Audit,
    contract: Contract,
    *,
    today: date,
    grace: int,
    said: Row = NOTHING_SAID,
    cause: str = "",
) -> Row:
    """An issued form's row: out, overdue, released, returned or withdrawn.

    `grace` is the days from one supervision to the next, `said` what staff wrote in the row,
    `cause` why it was withdrawn.
    """
    return {
        **of_audit(audit, contract),
        "Worker": audit.worker,
        "Auditor": audit.auditor,
        "Issued": audit.issued,
        "Due": audit.due,
        "Standing": standing(audit, today=today, grace=grace),
        "Choice": choice(audit, said),
        "Returned": audit.returned,
        "Why withdrawn": cause,
        "Form": audit.file,
    }


def choice(audit: Audit, said: Row) -> str:
    """Whether a case that an IRO or a CP adviser audits is proposed still, or agreed; "" of others.

    Source: Audit procedure 3, Quality Audit ("these should be agreed by negotiation with the
    relevant Team Managers").
    """
    if audit.auditor_role not in REVIEWS:
        return ""
    return _CHOICES.get(said.get(AGREED_BY_MANAGER), "Proposed")


def standing(audit: Audit, *, today: date, grace: int) -> str:
    """Where a form stands, in a word; one that is released may be issued again for its case."""
    if audit.status == WITHDRAWN:
        return "Withdrawn"
    if audit.is_home:
        return "Returned"
    if is_released(audit, today=today, grace=grace):
        return "Released"
    return "Overdue" if audit.due < today else "Out"
