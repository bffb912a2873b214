"""What the procedure does with a completed audit, done: audits moved on, letters put in the outbox.

A letter is wanted first and made after: wanting it is one change to the journal together with how
far the looking has come, making it can be done again. So a stop anywhere loses and doubles none,
and a letter whose template is broken waits while everything else goes on.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from auditdocs.errors import LedgerFault, Unavailable
from auditdocs.model.letter import Letter
from auditdocs.places.journal.audits import keep_audits
from auditdocs.places.journal.letters import letters, want
from auditdocs.places.journal.papers import audits_of_papers
from auditdocs.places.journal.posted import to_follow
from auditdocs.places.journal.returns import returns_after
from auditdocs.rules.follow_up.dispute import final_grade
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.life_cycle import course
from auditdocs.rules.follow_up.on_acceptance import letters_on_acceptance
from auditdocs.rules.follow_up.on_standing import letters_on_standing
from auditdocs.steps.follow_up.desk import Desk, desk
from auditdocs.steps.follow_up.making import letters_made
from auditdocs.steps.follow_up.waiting import monday, reminders
from auditdocs.steps.gather.followed import followed, with_those_asked_after
from auditdocs.steps.office import Office
from auditdocs.steps.post import read_back

SEEN = "followed up to return"
"""The fact that says of which return the letters are wanted already, with all before it."""
_AT_ONCE = 200
"""How many audits are held in memory together, were staff to write about all there are."""
_WEEK = "reminders made for the week of"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The letters that were made, and in words why any wait."""

    letters: tuple[Letter, ...] = ()
    warnings: tuple[str, ...] = field(default_factory=tuple)


def followed_up(office: Office) -> FollowUp:
    """Audits moved on by what came home and what staff wrote, and every letter due made."""
    with suppress(Unavailable, LedgerFault):  # a ledger that is held is read the next time
        read_back(office)
    accepted, last = returns_after(office.journal, int(office.journal.fact(SEEN) or 0))
    written = to_follow(office.journal)
    week = monday(office.today).isoformat()
    is_week = week != office.journal.fact(_WEEK)
    if not (accepted or written or is_week or letters(office.journal, waiting=True)):
        return FollowUp()
    at_hand = desk(office)
    said = with_those_asked_after(office, audits_of_papers(office.journal, accepted))
    touched = sorted({*said, *written})
    slips: list[str] = []
    for first in range(0, len(touched), _AT_ONCE):
        current = _looked_at(at_hand, touched[first : first + _AT_ONCE], accepted)
        slips += (
            told
            for of in current
            if of.audit.audit_id in written
            for told in at_hand.known.slips(of)
        )
    want(office.journal, (), remember=((SEEN, str(last)),), followed=written)
    if is_week:
        want(office.journal, reminders(at_hand), remember=((_WEEK, week),))
    made, waiting = letters_made(at_hand)
    return FollowUp(made, (*slips, *waiting))


def _looked_at(
    at_hand: Desk, audit_ids: Iterable[str], accepted: tuple[str, ...]
) -> tuple[Followed, ...]:
    """These audits moved on, and their letters wanted; the same again changes nothing."""
    current = tuple(followed(at_hand.office, at_hand.known, audit_ids))
    _moved_on(at_hand.office, current)
    want(at_hand.office.journal, _wanted(at_hand, current, frozenset(accepted)))
    return current


def _moved_on(office: Office, current: Iterable[Followed]) -> None:
    """Each audit moved along the life cycle, a step at a time, with what led to each."""
    for of in current:
        audit = replace(of.audit, grade_final=final_grade(of))
        for move in course(of):
            audit = replace(audit, status=move.next)
            keep_audits(office.journal, (audit,), day=office.today, cause=move.event)
        if audit.status == of.audit.status and audit != of.audit:
            keep_audits(office.journal, (audit,), day=office.today, cause="final grade")


def _wanted(
    at_hand: Desk, current: Iterable[Followed], accepted: frozenset[str]
) -> Iterator[Letter]:
    """The letters about each audit one after another: they are worded from one look at it."""
    office = at_hand.office
    for of in current:
        if of.audit.audit_id in accepted:
            yield from letters_on_acceptance(of, at_hand.directory, today=office.today)
        yield from letters_on_standing(of, at_hand.directory, office.settings, today=office.today)
