"""What we made ourselves and is no form, come back: a template, a letter, a report or a note."""

from collections.abc import Mapping
from typing import NoReturn

from auditdocs.errors import FormFault
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import Arrival

_TOLD: Mapping[str, tuple[str, str, str]] = {
    "template": (
        "unfilled-template",
        "This is the template that forms are made from; it belongs to no case.",
        "Return the form that was issued for the case; where none was, use the blank form on the "
        "intranet.",
    ),
    "letter": (
        "letter",
        "This is a letter that came with an audit ({kind}), not a form.",
        "Nothing in a letter is sent back: keep it where it is needed. If a form was meant, return "
        "the form.",
    ),
    "report": (
        "report",
        "This is a report made from the audits ({kind}), not a form.",
        "Keep the report where it is needed. If a form was meant, return the form.",
    ),
    "note": (
        "note",
        "This is the note that says what to mend in a form, not the form.",
        "Mend the form that the note names, and return that.",
    ),
}
"""What the document is to the code of its refusal, what is said of it, and what to do."""


def is_own_paper(office: Office, arrived: Arrival) -> bool:
    """Whether a Word document is one of ours that nobody fills in."""
    return arrived.identity.made[0] in _TOLD


def own_paper_refused(office: Office, arrived: Arrival) -> NoReturn:
    """Never a return: raises the FormFault that says what it is and what to return instead."""
    what, kind = arrived.identity.made
    code, text, hint = _TOLD[what]
    raise FormFault(code, text.format(kind=kind.replace("-", " ")), hint=hint)
