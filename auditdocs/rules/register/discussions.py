"""The sheet *Discussions*: what was said of each audit in discussion and moderation.

It shows what the forms that went out with letters brought home, and what staff wrote of the same in
the sheet of the audit's type. Source: domain.md A1.2, A2.2, A3.9.
"""

from collections import Counter

from auditdocs.model.ledger import Sheet
from auditdocs.rules.calendar.dates import written_date
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.forms.scales import GRADED, label_of
from auditdocs.rules.register.columns import Row, of_audit, ours, staffs

DISCUSSIONS = Sheet(
    name="Discussions",
    title="What was said of each audit in discussion and moderation",
    key="Audit ID",
    columns=(
        *ours("Audit ID", "Child ID", width=17),
        *ours("Audit", width=16),
        *ours("Team", "Auditor", width=24),
        *ours("Discussed on", kind="date", width=12),
        *ours("Discussed by", width=24),
        *ours("Outcome", width=16),
        *ours("Team manager's response", width=50),
        *ours("Recommendations", width=34),
        *ours("Moderated on", kind="date", width=12),
        *ours("Moderated by", width=24),
        *ours("Auditor's grade", "Moderated grade", width=20),
        *ours("Agreement", width=22),
        *ours("Moderator's reason", width=50),
        staffs("Note", width=30),
    ),
)


def discussion_row(of: Followed) -> Row:
    """An audit's row; what has not been said yet is left empty."""
    said, second = of.said, of.said.get("moderated_grade", "")
    return {
        **of_audit(of.audit, of.contract),
        "Auditor": of.audit.auditor,
        "Discussed on": of.talked,
        "Discussed by": said.get("discussed_with", ""),
        "Outcome": _outcome(of),
        "Team manager's response": said.get("tm_response", ""),
        "Recommendations": _recommendations(of) if of.talked else "",
        "Moderated on": written_date(said.get("moderated_date", "")),
        "Moderated by": said.get("moderated_by", ""),
        "Auditor's grade": label_of("grade", of.record.overall) if of.record.overall else "",
        "Moderated grade": label_of("grade", second) if second else "",
        "Agreement": agreement(of.record.overall, second),
        "Moderator's reason": said.get("moderated_grade_words", ""),
    }


def agreement(first: str, second: str) -> str:
    """How the moderator's grade stands to the auditor's, in words; "" without two grades."""
    if first not in GRADED or second not in GRADED:
        return ""
    lower = GRADED.index(second) - GRADED.index(first)
    if not lower:
        return "The same"
    grades = "grade" if abs(lower) == 1 else "grades"
    return f"{abs(lower)} {grades} {'lower' if lower > 0 else 'higher'}"


def _outcome(of: Followed) -> str:
    if not of.talked:
        return "To be discussed"
    if of.is_disputed:
        return "Decided" if of.decided else "Not agreed"
    return "Agreed"


def _recommendations(of: Followed) -> str:
    """How many of each status, in words."""
    counted = Counter(each.status for each in of.recommendations)
    return ", ".join(f"{number} {status.lower()}" for status, number in sorted(counted.items()))
