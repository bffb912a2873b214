"""What a letter asks of the person who gets it: by when, and when that was done.

Source: audit procedure 2 and 3; the days are those of `duties`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.model.letter import Letter
from auditdocs.rules.calendar.dates import working_days_after
from auditdocs.rules.follow_up.contact_sheet import attach_by, attached
from auditdocs.rules.follow_up.dispute import decision_due
from auditdocs.rules.follow_up.feedback import discussion_due
from auditdocs.rules.follow_up.followed import Followed

SMG_DAYS = 20
"""Working days from the paper to its discussion by the Service Management Group."""
ANSWER_DAYS = 10
"""Working days to acknowledge feedback, and to verify what was done."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The last day for what a letter asks, and the day it was done; None where there is none."""

    due: date | None = None
    done: date | None = None
    is_overtaken: bool = False
    """Whether the form that it is about was corrected before it was answered."""


def answer(
    letter: Letter,
    of: Followed,
    sheets: Sequence[Letter],
    *,
    supervision_days: int,
    earlier: Sequence[Followed] = (),
    verified: date | None = None,
) -> Answer:
    """What the letter about that audit asks, and what came of it.

    `sheets` are the audit's contact sheets, the newest last; `supervision_days` lie between two
    supervisions; `earlier` is how the audit stood with forms from which a corrected one took the
    discussion, oldest first; `verified` is the day on which somebody verified what was done about
    an immediate concern.
    """
    if letter.kind == "contact-sheet":
        is_newest = letter == sheets[-1]
        return Answer(attach_by(letter), attached(of, sheets) if is_newest else None)
    if letter.kind == "immediate-concern":
        return Answer(of.audit.returned, verified)
    if letter.kind not in _DONE:
        return Answer()
    then = _as_it_stood(letter, of, earlier)
    done = _DONE[letter.kind](then)
    if letter.kind == "supervision-slip":
        due = letter.wanted + timedelta(days=supervision_days)
    else:
        due = _DUE[letter.kind](letter, then)
    return Answer(due, done, then is not of and done is None)


def _as_it_stood(letter: Letter, of: Followed, earlier: Sequence[Followed]) -> Followed:
    """The audit with the form that the letter is about: the first where it names no version."""
    number = letter.about.rpartition(" v")[2]
    version = int(number) if number.isdecimal() else 1
    stages = (each for each in (of, *reversed(earlier)) if each.audit.discussed_version <= version)
    return next(stages, of)


def _due_for_feedback(letter: Letter, of: Followed) -> date:
    if of.has("smg-discussion"):
        return working_days_after(letter.wanted, count=ANSWER_DAYS)
    return discussion_due(of.record.date_audited)


def _feedback_answered(of: Followed) -> date | None:
    return of.day("signed_tm_date") if of.has("smg-discussion") else of.talked


_DUE: Mapping[str, Callable[[Letter, Followed], date]] = {
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
