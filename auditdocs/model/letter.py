"""A letter: what is put in the outbox for somebody, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

LETTERS: Mapping[str, str] = {
    "contact-sheet": "Contact sheet",
    "supervision-slip": "Supervision slip",
    "training-needs": "Training and support needs",
    "feedback": "Feedback to the team manager",
    "smg-paper": "Paper for the Service Management Group",
    "immediate-concern": "Notice of immediate concern",
    "referral": "Referral to the Head of Service",
    "decision-made": "Decision of the Head of Service",
    "moderation": "Request for moderation",
    "reminders": "This week's reminders",
    "exchange-list": "Cases to exchange for Quality Audits",
}
"""Every kind of letter by the name of its template, and what people call it."""

FORMS: Mapping[str, str] = {
    "feedback": "discussion",
    "referral": "decision",
    "moderation": "moderation",
}
"""The kinds of letter that a form to return goes out with, and the key of its contract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one person. Kind, subject and person together never come twice."""

    kind: str
    about: str
    """What it is about: an audit id with its version, two teams and a period, a week."""
    team: str
    person: str
    wanted: date
    """The day from which it was to be made."""
    audit_id: str = ""
    made: date | None = None
    file: str = ""
    """Where it was put, relative to the workspace."""
    form: str = ""
    """The form to return that went with it, likewise."""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A form that goes out with a letter and comes home with what was said of an audit."""

    reference: str
    """Its own: the prefix of its contract, the audit's period, a serial: DIS-2026-07-0012."""
    key: str
    """The key of its contract."""
    fingerprint: str
    version: int
    audit_id: str
    issued: date
    due: date
    header: Mapping[str, str]
    printed: tuple[str, ...]
    of_version: int = 1
    """The version of the audit's form that it is about."""
    returned: date | None = None
    form_version: int = 0
