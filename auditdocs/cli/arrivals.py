"""What a look at the inbox came to, told alike by collect, watch and set-aside.

Source: cli.md (`collect`).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from auditdocs.cli.audits import issued_json
from auditdocs.cli.books import put_back_lines, waiting_line
from auditdocs.cli.of_teams import list_json
from auditdocs.rules.plural import number_of

if TYPE_CHECKING:
    from auditdocs.model.form import Return
    from auditdocs.model.letter import Letter
    from auditdocs.steps.collect import Collected
    from auditdocs.steps.look import Waiting
    from auditdocs.steps.post import Posting


def collected_json(took: "Collected") -> dict[str, Any]:
    """What a look came to, as JSON has it (cli.md, `collect`)."""
    return {
        "accepted": [
            {
                "file": came.file,
                "audit_id": came.audit_id,
                "version": came.version,
                "archived": came.stored,
            }
            for came in took.ended("accepted")
        ],
        "superseded": [
            {"file": came.file, "audit_id": came.audit_id, "version": came.version}
            for came in took.superseded
        ],
        "duplicate": [{"file": came.file, "of": came.audit_id} for came in took.ended("duplicate")],
        "set_aside": [set_aside_json(came) for came in took.ended("set-aside")],
        "waiting": [
            {"file": each.file, "why": each.why, "since": each.since} for each in took.waiting
        ],
        "unpacked": [
            {"file": came.file, "files": int(came.details["Files"])}
            for came in took.ended("unpacked")
        ],
        "issued": [issued_json(audit) for audit in took.issued],
        "check_lists": [list_json(each) for each in took.lists],
        "letters": [_letter_json(letter) for letter in took.letters],
        "warnings": list(took.warnings),
        "extracts": [
            {
                "file": came.file,
                "data_date": came.details.get("Data date", ""),
                "cases": int(came.details.get("Cases", 0)),
                "problems": int(came.details.get("Faulty rows", 0)),
                "withdrawn": _told_withdrawn(came),
            }
            for came in took.ended("extract", "register")
        ],
        "ledger": {"posted": took.posting.posted, "pending": took.posting.pending},
    }


def _told_withdrawn(came: "Return") -> list[str]:
    """The audits that an extract brought to an end, each with the cause."""
    return [each for each in came.details.get("Withdrawn", "").split("; ") if each]


def _letter_json(letter: "Letter") -> dict[str, Any]:
    return {"kind": letter.kind, "about": letter.about, "file": letter.file}


def set_aside_json(came: "Return") -> dict[str, Any]:
    """A file that was set aside, as JSON has it, with every reason."""
    return {
        "file": came.file,
        "moved_to": came.stored,
        "note": came.note,
        "reasons": [
            {"code": reason.code, "where": reason.where, "text": reason.text}
            for reason in came.reasons
        ],
    }


def set_aside_lines(came: "Return") -> Sequence[str]:
    """The same for a person: where it lies, then a line for each thing to mend."""
    told = "; the note beside it says what" if came.note else ""
    return [
        f"{came.stored}: {len(came.reasons)} to mend{told}.",
        *(f"    {reason.where}: {reason.text}" for reason in came.reasons),
    ]


def _waiting_line(each: "Waiting") -> str:
    since = f" It has waited since {each.since.replace('T', ' ')}." if each.is_news else ""
    return f"Still waiting: {each.file}, {each.why.rstrip('.')}.{since}"


def collected_lines(took: "Collected") -> list[str]:
    """The same for a person; a line too where there is nothing."""
    lines = [*_ended_lines(took), *_made_lines(took), *_posted_lines(took.posting)]
    return lines or ["Nothing new in the inbox."]


def _ended_lines(took: "Collected") -> Iterator[str]:
    """How each file ended that was taken."""
    for came in took.ended("accepted"):
        later = f", version {came.version}: it takes the earlier one's place"
        yield f"Accepted {came.audit_id}{later if came.version > 1 else ''}."
    for came in took.ended("superseded"):
        yield f"Kept a less full copy of {came.audit_id}: the fuller one counts."
    for came in took.ended("duplicate"):
        yield f"Duplicate of {came.audit_id}."
    for came in took.ended("extract"):
        yield "An extract was taken."
        yield from (f"  withdrawn, {each}" for each in _told_withdrawn(came))
    for _ in took.ended("register"):
        yield "A staff register was taken."
    for came in took.ended("set-aside"):
        first, *others = set_aside_lines(came)
        yield f"Set aside: {first}"
        yield from others
    for came in took.ended("unpacked"):
        yield f"Unpacked {came.file}: {number_of(int(came.details['Files']), 'file')}."


def _made_lines(took: "Collected") -> Iterator[str]:
    """What was put in the outbox, what still waits, and what is to be known."""
    if took.issued:
        yield f"{number_of(len(took.issued), 'form')} issued: see outbox/forms."
    if took.lists:
        yield f"{number_of(len(took.lists), 'check list')} put out: see outbox/check-lists."
    yield from (_waiting_line(each) for each in took.waiting)
    if took.letters:
        yield f"{number_of(len(took.letters), 'letter')} made: see outbox/letters."
    yield from (f"To know: {warning}" for warning in took.warnings)


def _posted_lines(posting: "Posting") -> Iterator[str]:
    if posting.problem:
        yield waiting_line(posting)
    elif posting.posted:
        yield f"{number_of(posting.posted, 'row')} posted to the ledger."
    yield from put_back_lines(posting)
