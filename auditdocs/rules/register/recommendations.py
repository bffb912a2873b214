"""The sheet *Recommendations*: every action, with the course that staff keep (domain.md A0.6)."""

from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import CATEGORIES, NEED_TYPES, PRIORITIES
from auditdocs.model.ledger import Sheet
from auditdocs.model.people import ROLES
from auditdocs.rules.follow_up.followed import Tracked
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.register.columns import Row, of_audit, ours, staffs

RECOMMENDATION_STATUSES = (
    "Proposed",
    "Agreed",
    "Amended",
    "Rejected",
    "In progress",
    "Done",
    "Verified",
    "Withdrawn",
)
"""What staff may write as a recommendation's status (domain.md A0.6)."""
NO_LONGER_MADE = "No longer made"
"""The standing of a recommendation that a corrected form leaves out."""

RECOMMENDATIONS = Sheet(
    name="Recommendations",
    title="Every recommendation of an accepted audit, and what became of it",
    key="Reference",
    columns=(
        *ours("Reference", width=20),
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Worker", width=24),
        *ours("Recommendation", width=60),
        *ours("Question or standard", width=40),
        *ours("Category", "Priority", width=16),
        *ours("Owner", "Owner's role", width=24),
        *ours("Due date", kind="date", width=12),
        *ours("Standing", width=14),
        *ours("Training or support need", width=18),
        *ours("Outcome of discussion", width=18),
        *ours("As amended", width=60),
        *ours("Found by the next audit", width=40),
        staffs("Status", choices=RECOMMENDATION_STATUSES),
        staffs("Done date", "date"),
        staffs("Evidence"),
        staffs("Verified by"),
        staffs("Verified date", "date"),
        staffs("Copied to supervision record", "date"),
    ),
)


def recommendation_row(
    each: Tracked,
    audit: Audit,
    contract: Contract,
    *,
    today: date,
    outcome: str = "",
    amended: str = "",
) -> Row:
    """A recommendation's row; `outcome` and `amended` are what discussion and decision made of it,
    "" before."""
    recommendation = each.made
    item = contract.item(recommendation.linked_item)
    return {
        "Reference": recommendation.reference,
        **of_audit(audit, contract),
        "Worker": audit.worker,
        "Recommendation": recommendation.recommendation,
        "Question or standard": item.title if item else recommendation.linked_item,
        "Category": label_of("choice", recommendation.category, CATEGORIES),
        "Priority": label_of("choice", recommendation.priority, PRIORITIES),
        "Owner": recommendation.owner_name,
        "Owner's role": ROLES.get(recommendation.owner_role, recommendation.owner_role),
        "Due date": recommendation.due_date,
        "Standing": standing(each, today=today),
        "Training or support need": label_of("choice", recommendation.need_type, NEED_TYPES),
        "Outcome of discussion": outcome,
        "As amended": amended,
        "Found by the next audit": each.later,
    }


def standing(recommendation: Tracked, *, today: date) -> str:
    """Where a recommendation stands, in a word or two.

    An immediate one is told by itself until it is verified (domain.md A0.8).
    """
    if recommendation.made.priority == "immediate" and not recommendation.is_finished:
        return "Immediate concern"
    return recommendation.standing(today)
