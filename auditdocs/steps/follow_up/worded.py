"""A letter's words: which rule gives them, and what that rule has to know."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from auditdocs.model.audit import Audit
from auditdocs.model.letter import FORMS, Letter
from auditdocs.places.journal.audits import audits_about
from auditdocs.places.journal.letters import letters_to
from auditdocs.rules.follow_up.contact_sheet import contact_sheet
from auditdocs.rules.follow_up.dispute import decision_made, moderation_asked, referral
from auditdocs.rules.follow_up.exchange import COLUMNS
from auditdocs.rules.follow_up.feedback import feedback, immediate_concern, smg_paper
from auditdocs.rules.follow_up.followed import Followed, Tracked
from auditdocs.rules.follow_up.slip import supervision_slip, training_needs
from auditdocs.steps.follow_up.desk import Desk
from auditdocs.steps.gather.followed import followed

Values = Mapping[str, Any]


def worded(at_hand: Desk, letter: Letter) -> Values:
    """What the letter says, by name."""
    return _WORDS[letter.kind](at_hand, letter)


def _of(at_hand: Desk, letter: Letter) -> Followed:
    return at_hand.followed(letter.audit_id)


def _contact_sheet(at_hand: Desk, letter: Letter) -> Values:
    return contact_sheet(_of(at_hand, letter), at_hand.office.settings)


def _slip(at_hand: Desk, letter: Letter) -> Values:
    of = _of(at_hand, letter)
    before = [
        each.made
        for each in letters_to(at_hand.office.journal, letter.kind, letter.person)
        if each.made and each.about != letter.about
    ]
    last = max(filter(None, before), default=None)
    first = last or at_hand.office.today - _FIRST_LOOK_BACK
    earlier = tuple(_earlier_recommendations(at_hand, of, over_since=first))
    return supervision_slip(of, earlier, since=last)


_FIRST_LOOK_BACK = timedelta(days=92)
"""How far the first slip that a person gets looks back on what is over: a quarter; our own."""


def _earlier_recommendations(at_hand: Desk, of: Followed, *, over_since: date) -> Iterator[Tracked]:
    """The recommendations of the other audits of this child and of this worker: of those that are
    not over, and of those that have been since that day."""
    about = audits_about(
        at_hand.office.journal,
        child_id=of.audit.child_id,
        worker=of.audit.worker,
        over_since=over_since,
    )
    others = [each.audit_id for each in about if _concerns(of.audit, each)]
    yield from (
        each
        for other in followed(at_hand.office, at_hand.known, others)
        for each in other.recommendations
    )


def _concerns(audit: Audit, other: Audit) -> bool:
    """Whether the other audit is of the same child or worker, and of no namesake's case."""
    ids = {audit.worker_id, other.worker_id} - {""}
    is_theirs = other.child_id == audit.child_id or len(ids) < 2
    return is_theirs and other.audit_id != audit.audit_id


def _training(at_hand: Desk, letter: Letter) -> Values:
    of, directory = _of(at_hand, letter), at_hand.directory
    needs_slip = of.has("supervision-slip")
    return training_needs(
        of,
        individual=not needs_slip and letter.person == directory.supervisor(of.audit).person,
        wider=letter.person == directory.manager(of.audit).person,
    )


def _referral(at_hand: Desk, letter: Letter) -> Values:
    of = _of(at_hand, letter)
    heads = tuple(head.person for head in at_hand.directory.heads(of.audit))
    return {**referral(of, letter, heads), **_form_name(at_hand, letter)}


def _form_name(at_hand: Desk, letter: Letter) -> Values:
    """What the form beside the letter is called."""
    contract = at_hand.office.of_teams.get(FORMS[letter.kind])
    return {"form_name": contract.title if contract else FORMS[letter.kind]}


def _rows(letter: Letter, table: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a table that a letter was wanted with, by column."""
    kept = (letter.details[place] for place in sorted(letter.details) if place.startswith(table))
    return [dict(zip(names, row.split("\t"), strict=True)) for row in kept]


def _exchange(at_hand: Desk, letter: Letter) -> Values:
    tables = {name: _rows(letter, f"{name} ", columns) for name, columns in COLUMNS.items()}
    facts = {name: letter.details[name] for name in ("manager", "team", "period")}
    return {**facts, **tables, "no_reserves": "" if tables["reserves"] else "yes"}


_WORDS: Mapping[str, Callable[[Desk, Letter], Values]] = {
    "contact-sheet": _contact_sheet,
    "supervision-slip": _slip,
    "training-needs": _training,
    "feedback": lambda at_hand, letter: {
        **feedback(_of(at_hand, letter)),
        **_form_name(at_hand, letter),
    },
    "smg-paper": lambda at_hand, letter: smg_paper(_of(at_hand, letter)),
    "immediate-concern": lambda at_hand, letter: immediate_concern(_of(at_hand, letter)),
    "referral": _referral,
    "decision-made": lambda at_hand, letter: decision_made(_of(at_hand, letter)),
    "exchange-list": _exchange,
    "reminders": lambda at_hand, letter: {
        "duties": _rows(letter, "", ("due", "about", "text", "others"))
    },
    "moderation": lambda at_hand, letter: {
        **moderation_asked(_of(at_hand, letter), letter),
        **_form_name(at_hand, letter),
    },
}
