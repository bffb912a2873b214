"""What waits for somebody after an audit came home, by when, and for whom.

`due`, the status lists and the weekly reminders all tell these, so that they agree. Texts name
references and never people.

Source: audit procedure 2 and 3; domain.md A0.6, A0.8, A2.2 (after), A3.1 (released after two
supervisions); days without a source are our decision, 2026-11-25.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.letter import Letter
from auditdocs.rules.calendar.dates import months_after, working_days_after
from auditdocs.rules.follow_up.addressees import Addressee, Directory
from auditdocs.rules.follow_up.answer import ANSWER_DAYS, SMG_DAYS
from auditdocs.rules.follow_up.contact_sheet import attach_by, attached
from auditdocs.rules.follow_up.dispute import decision_due, final_grade
from auditdocs.rules.follow_up.feedback import discussion_due
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.selection.history import is_released

MANAGER_AFTER = 7
"""Days a form is late before the team manager is told too."""
REAUDIT_MONTHS = 3
INADEQUATE = "I"
CONCERN = "immediate concern"
"""The kind of duty that stands first in every list: a child is not safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing that waits."""

    kind: str
    about: str
    text: str
    due: date
    team: str
    to: tuple[Addressee, ...]
    urgent: bool = False
    """Whether it stands first in every list."""
    words: str = ""
    """What the form says of it: for the letter to whom it concerns, never for a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An audit with what its duties depend on besides itself."""

    of: Followed
    letters: tuple[Letter, ...] = ()
    """Those about it."""
    later: tuple[Audit, ...] = ()
    """The audits of the same type and child that were issued after it."""
    verified: bool = False
    """Whether somebody verified what was done about an immediate concern."""


def duties(matter: Matter, directory: Directory, *, supervision_days: int) -> Iterator[Duty]:
    """Everything that waits for somebody because of an audit, done things left out.

    `supervision_days` lie between two supervisions.
    """
    yield from _concern(matter, directory)
    yield from _discussion(matter, directory, supervision_days)
    yield from _themed(matter)
    yield from _answers(matter)
    yield from _contact_sheet(matter)
    yield from _recommendations(matter, directory)
    yield from _reaudit(matter, directory)


def form_duty(audit: Audit, directory: Directory, *, today: date, grace: int) -> Duty:
    """A form that is out: to the auditor, then the manager too, then released for re-issue."""
    to = [directory.auditor(audit)]
    text = "Return the form"
    if today > audit.due + timedelta(days=MANAGER_AFTER):
        to.append(directory.manager(audit))
        text = "Return the form: it is more than a week late, so the team manager is told too"
    if is_released(audit, today=today, grace=grace):
        text = "The form never came back: its case is released and may be issued again"
    return Duty(
        kind="form out",
        about=audit.audit_id,
        text=text,
        due=audit.due,
        team=audit.auditor_team or audit.team,
        to=tuple(dict.fromkeys(to)),
    )


def _duty(
    matter: Matter,
    kind: str,
    text: str,
    due: date,
    to: Iterable[Addressee],
    *,
    about: str = "",
    urgent: bool = False,
    words: str = "",
) -> Duty:
    audit = matter.of.audit
    return Duty(
        kind=kind,
        about=about or audit.audit_id,
        text=text,
        due=due,
        team=audit.team,
        to=tuple(dict.fromkeys(to)),
        urgent=urgent,
        words=words,
    )


def _concern(matter: Matter, directory: Directory) -> Iterator[Duty]:
    """It waits for somebody to verify it, and no corrected form takes it away."""
    audit, safe = matter.of.audit, matter.of.record.safe
    was_told = any(each.kind == "immediate-concern" for each in matter.letters)
    if (not safe or was_told) and not matter.verified and audit.returned:
        to = (directory.manager(audit), directory.head(audit))
        text = "The child is not safe today: act, and have what was done verified"
        if safe:
            text = "A corrected form says that the child is safe after all: have that verified"
        yield _duty(matter, CONCERN, text, audit.returned, to, urgent=True)


def _discussion(matter: Matter, directory: Directory, supervision_days: int) -> Iterator[Duty]:
    """The discussion of auditor and manager; of Completeness audits, in supervision."""
    of = matter.of
    if of.talked or of.has("smg-discussion"):
        return
    if of.has("team-manager-feedback"):
        both = (directory.auditor(of.audit), directory.manager(of.audit))
        text = "Hold the discussion and return the discussion form"
        yield _duty(matter, "discussion", text, discussion_due(of.record.date_audited), both)
    elif of.has("supervision-slip") and of.audit.returned:
        due = of.audit.returned + timedelta(days=supervision_days)
        to = (directory.supervisor(of.audit),)
        yield _duty(matter, "discussion", "Discuss the audit in supervision", due, to)


def _themed(matter: Matter) -> Iterator[Duty]:
    of = matter.of
    if not of.has("smg-discussion"):
        return
    for paper in _made(matter, "smg-paper"):
        if not of.day("smg_discussed_date"):
            due = working_days_after(paper.wanted, count=SMG_DAYS)
            text = "Discuss the themed audit and note date and outcome in the ledger"
            yield _duty(matter, "SMG discussion", text, due, (_to(paper),))
    for sent in _made(matter, "feedback"):
        if not of.day("signed_tm_date"):
            due = working_days_after(sent.wanted, count=ANSWER_DAYS)
            text = "Acknowledge the findings on the form that lies beside the feedback"
            yield _duty(matter, "acknowledgement", text, due, (_to(sent),))


def _answers(matter: Matter) -> Iterator[Duty]:
    """Decisions and moderations that were asked for and not given."""
    of = matter.of
    asked = _made(matter, "referral")
    if asked and of.is_disputed and not of.decided:
        due = decision_due(asked[0].wanted)
        text = "Decide on what was not agreed, and return the decision form"
        yield _duty(matter, "decision", text, due, map(_to, asked))
    for request in _made(matter, "moderation"):
        if not of.said.get("moderated_grade"):
            text = "Moderate the audit and return the moderation form"
            yield _duty(matter, "moderation", text, decision_due(request.wanted), (_to(request),))


def _contact_sheet(matter: Matter) -> Iterator[Duty]:
    sheets = tuple(each for each in matter.letters if each.kind == "contact-sheet")
    for newest in sheets[-1:]:
        if not attached(matter.of, sheets):
            text = "Attach the contact sheet to the child's record"
            yield _duty(matter, "contact sheet", text, attach_by(newest), (_to(newest),))


def _recommendations(matter: Matter, directory: Directory) -> Iterator[Duty]:
    audit = matter.of.audit
    for each in matter.of.recommendations:
        if each.is_finished:
            continue
        if each.awaits_verification:
            due = working_days_after(each.done or directory.day, count=ANSWER_DAYS)
            text = "Verify that it was done: somebody other than its owner"
            if each.is_verified_by_its_owner:
                text = "It was verified by its own owner: have somebody else verify it"
            to = (directory.verifier(audit, each.made.owner_name),)
            yield _duty(
                matter, "verification", text, due, to, about=each.reference, words=each.text
            )
        else:
            to = (directory.owner(each.made.owner_name, audit),)
            text, due = "Carry out the recommendation", each.made.due_date
            yield _duty(
                matter, "recommendation", text, due, to, about=each.reference, words=each.text
            )


def _reaudit(matter: Matter, directory: Directory) -> Iterator[Duty]:
    """Source: domain.md A2.2 ("re-audit of an I within 3 months")."""
    of = matter.of
    is_peer = of.has("team-manager-feedback") and not of.has("smg-discussion")
    is_done = any(each.status != WITHDRAWN for each in matter.later)
    if is_peer and final_grade(of) == INADEQUATE and not is_done:
        due = months_after(of.record.date_audited, count=REAUDIT_MONTHS)
        text = "Audit the case again: it was found inadequate"
        yield _duty(matter, "re-audit", text, due, (directory.manager(of.audit),))


def _made(matter: Matter, kind: str) -> tuple[Letter, ...]:
    """The letters of a kind, without those about a form that was corrected since."""
    since = matter.of.audit.corrected or date.min
    return tuple(each for each in matter.letters if each.kind == kind and each.wanted >= since)


def _to(letter: Letter) -> Addressee:
    return Addressee(letter.team, letter.person)
