"""The contact sheet: one for each accepted audit, for the child's own record (domain.md A0.7)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from auditdocs.model.letter import Letter
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date, working_days_after
from auditdocs.rules.follow_up.dispute import final_grade
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.shown import audit_facts, counted, result, summary
from auditdocs.rules.forms.scales import label_of

HEADING = "Case Audit"
"""The heading under which the procedure wants it filed."""
ATTACH_DAYS = 5
"""Working days from the contact sheet to its being attached (our decision, 2026-11-25)."""


def contact_sheet(of: Followed, settings: Settings) -> Mapping[str, Any]:
    """What the letter says. Figures alone: no third party and no remark on staff."""
    post = settings.post(of.audit.auditor_role)
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
        "result": _result(of),
        "summary": summary(of),
        "attachment": of.audit.archived.rpartition("/")[2],
        "kept_at": of.audit.archived,
    }


def attach_by(sheet: Letter) -> date:
    """The last day to attach a contact sheet."""
    return working_days_after(sheet.wanted, count=ATTACH_DAYS)


def attached(of: Followed, sheets: Sequence[Letter]) -> date | None:
    """When the newest of an audit's contact sheets was attached; None while it is to be.

    One that takes another's place, after a correction or a decision, is attached on its own day or
    later: a date before it is of the sheet before it.
    """
    day = of.attached
    is_of_an_earlier = len(sheets) > 1 and day is not None and day < sheets[-1].wanted
    return None if is_of_an_earlier else day


def _result(of: Followed) -> str:
    if final_grade(of) == of.record.overall:
        return result(of.record, of.contract)
    final, first = (label_of("grade", code) for code in (final_grade(of), of.record.overall))
    decided = f", as decided on {uk_date(of.decided)}" if of.decided else ""
    return f"{final}{decided} (the auditor's grade: {first})"
