"""What the procedure does with a completed audit, done: letters put in the outbox, once each.

A letter is wanted first and made after: wanting it is one change to the journal together with how
far the looking has come, making it can be done again. So a stop anywhere loses and doubles none,
and a letter whose template is broken waits while everything else goes on.
"""

from dataclasses import dataclass, field

from auditdocs.model.letter import Letter
from auditdocs.places.journal.letters import letters, want
from auditdocs.places.journal.returns import returns_after
from auditdocs.rules.follow_up.on_acceptance import letters_on_acceptance
from auditdocs.steps.follow_up.gather import Desk, desk, followed
from auditdocs.steps.follow_up.making import letters_made
from auditdocs.steps.office import Office

_SEEN = "followed up to return"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The letters that were made, and in words why any wait."""

    letters: tuple[Letter, ...] = ()
    warnings: tuple[str, ...] = field(default_factory=tuple)


def followed_up(office: Office) -> FollowUp:
    """Every letter that is due made, after those that an earlier run left behind."""
    accepted, last = returns_after(office.journal, int(office.journal.fact(_SEEN) or 0))
    if not accepted and not letters(office.journal, waiting=True):
        return FollowUp()
    at_hand = desk(office)
    if accepted:
        wanted = _on_acceptance(at_hand, accepted)
        want(office.journal, wanted, remember=(_SEEN, str(last)))
    return FollowUp(*letters_made(at_hand))


def _on_acceptance(at_hand: Desk, accepted: tuple[str, ...]) -> tuple[Letter, ...]:
    return tuple(
        letter
        for of in followed(at_hand, accepted)
        for letter in letters_on_acceptance(of, at_hand.directory, today=at_hand.office.today)
    )
