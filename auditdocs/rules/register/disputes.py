"""The sheet *Disputes*: what was not agreed, both views, who decided and what (domain.md A2.2)."""

from datetime import date

from auditdocs.model.ledger import Sheet
from auditdocs.rules.follow_up.dispute import decision_due, dispute_of, disputed, final_grade
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.register.columns import OVERTAKEN, Row, of_audit, ours, staffs

DISPUTES = Sheet(
    name="Disputes",
    title="Every grade or recommendation that was not agreed, and what was decided",
    key="Dispute",
    columns=(
        *ours("Dispute", width=20),
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Auditor", width=24),
        *ours("What is disputed", width=40),
        *ours("Auditor's view", "Team manager's view", width=50),
        *ours("Referred to", width=24),
        *ours("Referred on", "Decision due", kind="date", width=12),
        *ours("Standing", width=14),
        *ours("Decision", width=40),
        *ours("Decided by", width=24),
        *ours("Decided on", kind="date", width=12),
        *ours("Auditor's grade", "Final grade", width=20),
        staffs("Note", width=30),
    ),
)


def dispute_row(
    of: Followed,
    *,
    referred: date,
    heads: tuple[str, ...],
    today: date,
    is_overtaken: bool = False,
) -> Row:
    """A dispute's row; both grades stay in it, whatever is decided.

    One about a form that was corrected since says how it stood then: nobody is to decide it any
    more (our decision, 2026-11-25).
    """
    due, said = decision_due(referred), of.said
    late = "Overdue" if due < today else "Referred"
    waits = OVERTAKEN if is_overtaken else late
    return {
        "Dispute": dispute_of(of.audit),
        **of_audit(of.audit, of.contract),
        "Auditor": of.audit.auditor,
        "What is disputed": disputed(of),
        "Auditor's view": said.get("auditor_view", ""),
        "Team manager's view": said.get("tm_view", ""),
        "Referred to": " and ".join(heads),
        "Referred on": referred,
        "Decision due": due,
        "Standing": _standing(of, waits),
        "Decision": said.get("decision", ""),
        "Decided by": said.get("decided_by", ""),
        "Decided on": of.decided,
        "Auditor's grade": label_of("grade", of.record.overall),
        "Final grade": label_of("grade", final_grade(of)),
    }


def _standing(of: Followed, waits: str) -> str:
    if of.decided:
        return "Decided"
    return waits if of.is_disputed else "Agreed since"
