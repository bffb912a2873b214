"""What a letter asks of the person who gets it: by when, and when that was done.

Source: audit procedure 2 and 3; the days are those of `duties`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.model.letter import Letter
from auditdocs.rules.calendar.dates import working_days_after
from auditdocs.rules.follow_up.contact_sheet import attached
from auditdocs.rules.follow_up.dispute import decision_due
from auditdocs.rules.follow_up.feedback import discussion_due
from auditdocs.rules.follow_up.followed import Followed

SMG_DAYS = 20
"""Working days from the paper to its discussion by the Service Management Group."""
ANSWER_DAYS = 10
"""Working days to acknowledge feedback, and to verify what was done."""
ATTACH_DAYS = 5
"""Working days from the contact sheet to its being attached."""
SUPERVISION_DAYS = 21


@dataclass(frozen=True, slots=True)
class Answer:
    """The last day for what a letter asks, and the day it was done; None where there is none."""

    due: date | None = None
    done: date | None = None


def answer(
    letter: Letter, of: Followed, sheets: Sequence[Letter], *, verified: date | None = None
) -> Answer:
    """What the letter about that audit asks, and what came of it.

    `sheets` are the audit's contact sheets, the newest last; `verified` is the day on which
    somebody verified what was done about an immediate concern.
    """
    due, done = _DUE.get(letter.kind), _DONE.get(letter.kind)
    if letter.kind == "contact-sheet":
        is_newest = letter == sheets[-1]
        return Answer(_due_to_attach(letter, of), attached(of, sheets) if is_newest else None)
    if letter.kind == "immediate-concern":
        return Answer(of.audit.returned, verified)
    return Answer(due(letter, of) if due else None, done(of) if done else None)


def _due_to_attach(letter: Letter, of: Followed) -> date:
    return working_days_after(letter.wanted, count=ATTACH_DAYS)


def _due_for_feedback(letter: Letter, of: Followed) -> date:
    if of.has("smg-discussion"):
        return working_days_after(letter.wanted, count=ANSWER_DAYS)
    return discussion_due(of.record.date_audited)


def _feedback_answered(of: Followed) -> date | None:
    return of.day("signed_tm_date") if of.has("smg-discussion") else of.talked


_DUE: Mapping[str, Callable[[Letter, Followed], date]] = {
    "supervision-slip": lambda letter, of: letter.wanted + timedelta(days=SUPERVISION_DAYS),
    "feedback": _due_for_feedback,
    "smg-paper": lambda letter, of: working_days_after(letter.wanted, count=SMG_DAYS),
    "referral": lambda letter, of: decision_due(letter.wanted),
    "moderation": lambda letter, of: decision_due(letter.wanted),
}
_DONE: Mapping[str, Callable[[Followed], date | None]] = {
    "supervision-slip": lambda of: of.talked,
    "feedback": _feedback_answered,
    "smg-paper": lambda of: of.day("smg_discussed_date"),
    "referral": lambda of: of.decided,
    "moderation": lambda of: of.day("moderated_date"),
}
