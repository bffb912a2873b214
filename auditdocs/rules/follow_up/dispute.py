"""What a referral, a decision and a request for moderation say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from auditdocs.model.audit import Audit
from auditdocs.model.letter import Letter
from auditdocs.rules.calendar.dates import uk_date, working_days_after
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.shown import audit_facts, listed, rows
from auditdocs.rules.forms.scales import label_of

DECISION_DAYS = 10
"""Working days from a referral or a request to the answer (our decision, 2026-11-25)."""

_NOT_GIVEN = "Not given on the form"


def decision_due(referred: date) -> date:
    """The last day for a decision or a moderation asked for on that day."""
    return working_days_after(referred, count=DECISION_DAYS)


def referral(of: Followed, asked: Letter, heads: tuple[str, ...]) -> Mapping[str, Any]:
    """Both views on a page, for one or two heads of service."""
    together = f"You decide together: {' and '.join(heads)}." if len(heads) > 1 else ""
    return {
        **audit_facts(of),
        "decide_by": uk_date(decision_due(asked.wanted)),
        "deciders": together,
        "dispute": disputed(of) or _NOT_GIVEN,
        "auditor_view": of.said.get("auditor_view") or _auditors_reason(of) or _NOT_GIVEN,
        "manager_view": of.said.get("tm_view") or of.said.get("tm_response") or _NOT_GIVEN,
        **listed("recommendations", rows(of.recommendations), without="no_recommendations"),
    }


def decision_made(of: Followed) -> Mapping[str, Any]:
    """What auditor and team manager are told."""
    return {
        **audit_facts(of),
        "final": label_of("grade", final_grade(of)),
        "decision": of.said.get("decision", ""),
        "decided_by": of.said.get("decided_by", ""),
        "decided": uk_date(of.decided),
        **listed("recommendations", rows(of.recommendations), without="no_recommendations"),
    }


def moderation_asked(of: Followed, asked: Letter) -> Mapping[str, Any]:
    """What the moderator is told: not the auditor's grade, which might lead the second."""
    return {
        **audit_facts(of),
        "decide_by": uk_date(decision_due(asked.wanted)),
        "reason": "It was chosen by the rule that the settings give for moderation.",
        "kept_at": of.audit.archived,
    }


def dispute_of(audit: Audit) -> str:
    """What the dispute about an audit is called."""
    return f"{audit.audit_id} dispute{again(audit)}"


def again(audit: Audit) -> str:
    """What tells a second dispute or moderation, after a correction, from the first."""
    return f" v{audit.discussed_version}" if audit.corrected else ""


def disputed(of: Followed) -> str:
    """What is not agreed, in a line or two."""
    grade = "The overall grade." if of.said.get("grade_disputed") == "yes" else ""
    return f"{grade} {of.said.get('dispute_items', '')}".strip()


def final_grade(of: Followed) -> str:
    """The grade that counts: as decided, where it was changed; else the auditor's."""
    return of.said.get("grade_final") or of.record.overall


def _auditors_reason(of: Followed) -> str:
    overall = of.contract.overall
    return of.record.comments.get(overall.id, "") if overall else ""
