"""The contact sheet: one for each accepted audit, for the child's own record (domain.md A0.7)."""

from collections.abc import Mapping
from typing import Any

from auditdocs.model.people import ROLES
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.shown import audit_facts, counted, summary

HEADING = "Case Audit"
"""The heading under which the procedure wants it filed."""


def contact_sheet(of: Followed, settings: Settings) -> Mapping[str, Any]:
    """What the letter says. Figures alone: no third party and no remark on staff."""
    role = of.audit.auditor_role
    post = settings.posts.get(role, ROLES.get(role, ""))
    facts = audit_facts(of)
    return {
        **facts,
        "system": settings.case_system,
        "system_line": f"{settings.case_system} (not LACmon)",
        "heading": HEADING,
        "contact_date": uk_date(of.record.date_audited),
        "recorded_by": facts["auditor"],
        "auditor": f"{facts['auditor']}, {post}" if post else facts["auditor"],
        "recommendations": counted(of.recommendations),
        "summary": summary(of),
        "attachment": of.audit.archived.rpartition("/")[2],
        "kept_at": of.audit.archived,
    }
