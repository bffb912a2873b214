"""Feedback to the team manager, the paper for SMG, and the notice of an immediate concern.

Source: audit procedure 2 (Quality; Head of Services'); domain.md A0.8, A1.2, A2.2.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from auditdocs.model.people import ROLES
from auditdocs.rules.calendar.dates import uk_date, working_days_after
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.shown import audit_facts, findings, listed, rows

DISCUSSION_DAYS = 10
"""Working days from the audit to the discussion (domain.md A2.2)."""

_SMG_OUTCOMES = {"confirmed": "findings confirmed", "amended": "findings amended"}


def discussion_due(audited: date) -> date:
    """The last day for the discussion of an audit."""
    return working_days_after(audited, count=DISCUSSION_DAYS)


def feedback(of: Followed) -> Mapping[str, Any]:
    """What the team manager is told."""
    day = uk_date(discussion_due(of.record.date_audited))
    if of.has("smg-discussion"):
        request = (
            "Please acknowledge the findings, and give your response, on the form beside this."
        )
    else:
        request = f"Please talk it over with the auditor by {day}, and agree what is to be done."
    if of.audit.corrected:
        request = f"The auditor has corrected the form: this takes its place. {request}"
    return {
        **audit_facts(of),
        "request": request,
        "smg": _smg(of),
        "findings": findings(of),
        **listed("recommendations", rows(of.recommendations), without="no_recommendations"),
    }


def smg_paper(of: Followed) -> Mapping[str, Any]:
    """What the Service Management Group discusses: posts, and no child and no worker."""
    posts = {each.reference: ROLES.get(each.made.owner_role, "") for each in of.recommendations}
    actions = [row | {"owner": posts[row["reference"]]} for row in rows(of.recommendations)]
    return {
        **audit_facts(of),
        "findings": findings(of),
        **listed("recommendations", actions, without="no_recommendations"),
    }


def immediate_concern(of: Followed) -> Mapping[str, Any]:
    """What team manager and head of service are told the same day."""
    now = [each for each in of.recommendations if each.made.priority == "immediate"]
    return {
        **audit_facts(of),
        "returned": uk_date(of.audit.returned),
        "concern": _concern(of),
        **listed("recommendations", rows(now), without="no_recommendations"),
    }


def _concern(of: Followed) -> str:
    """What the auditor wrote beside the question whether the child is safe."""
    asked = (item.id for item in of.contract.items if item.safety)
    told = [of.record.comments[each] for each in asked if each in of.record.comments]
    return "\n".join(told) or "Nothing beside the answer: speak to the auditor now."


def _smg(of: Followed) -> str:
    if not of.has("smg-discussion"):
        return ""
    day, outcome = of.day("smg_discussed_date"), of.said.get("smg_outcome", "")
    told = _SMG_OUTCOMES.get(outcome, outcome)
    return f"discussed on {uk_date(day)}, {told}" if told else f"discussed on {uk_date(day)}"
