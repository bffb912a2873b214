"""What is said of an audit in several places, as one: the later form before the ledger, the ledger
before the audit's own form (our decision, 2026-11-25).

Source: domain.md A2.2 (discussion and agreement block), A1.2 (acknowledgement).
"""

from collections.abc import Mapping
from datetime import date

from auditdocs.model.form import Record
from auditdocs.rules.calendar.dates import written_date
from auditdocs.rules.follow_up.papers import outcomes, said, signed

DISCUSSION, DECISION, MODERATION = "discussion", "decision", "moderation"
"""The keys of the contracts of forms that go out with letters."""

PROPOSED, REJECTED = "Proposed", "Rejected"
_STATUSES = {
    "agreed": "Agreed",
    "amended": "Amended",
    "rejected": REJECTED,
    "stands": "Agreed",
    "falls": REJECTED,
}
"""What a discussion or a decision makes of a recommendation, in the ledger's words."""


def sayings(
    record: Record, ledger: Mapping[str, str], papers: Mapping[str, Record]
) -> dict[str, str]:
    """Every sign-off field as it now stands, by name."""
    found = {**record.fields, **ledger}
    if talk := papers.get(DISCUSSION):
        found |= said(talk) | {"discussed_date": _day(talk), "discussed_with": _names(talk)}
        found |= {"signed_tm": _names(talk), "signed_tm_date": _day(talk)}
    if ruling := papers.get(DECISION):
        found |= said(ruling) | {"decided_date": _day(ruling), "decided_by": _names(ruling)}
        if said(ruling).get("grade_final"):
            found["grade_changed_by"] = _names(ruling)
    if second := papers.get(MODERATION):
        found |= said(second) | {"moderated_by": _names(second), "moderated_date": _day(second)}
    return found


def said_between(
    ledger: Mapping[str, str], since: date | None, until: date | None = None
) -> Mapping[str, str]:
    """What staff wrote of an audit, without what they wrote of a form before or after another.

    That form came at `since`, None for the first, and was corrected at `until`, None for the last.
    What they wrote is told by the days they gave, of which the last lies between; without any it
    is of the last form. When a contact sheet was attached is no matter of discussion.
    """
    days = [day for name in _DAYS if (day := written_date(ledger.get(name, "")))]
    last = max(days, default=date.max)
    if (since or date.min) <= last and (until is None or last < until):
        return ledger
    return {name: text for name, text in ledger.items() if name not in _OF_TALKS}


_DAYS = ("discussed_date", "smg_discussed_date", "supervision_date", "decided_date")
_OF_TALKS = frozenset(
    {
        *_DAYS,
        *("agreed", "discussed_with", "tm_response", "dispute_items", "auditor_view", "tm_view"),
        *("referred_to", "referred_date", "decision", "decided_by", "grade_disputed"),
        *("grade_final", "grade_changed_by", "grade_change_reason"),
        *("moderated_by", "moderated_date", "moderated_grade", "moderated_agreed"),
        *("smg_outcome", "fedback_to_tm", "fedback_to_tm_date", "signed_tm", "signed_tm_date"),
        *("supervision_copied_date",),
    }
)


def after_talk(place: int, papers: Mapping[str, Record]) -> tuple[str, str]:
    """What discussion and decision made of the form's recommendation at that place, from 1: its
    status, and its new words."""
    status = words = ""
    for key in (DISCUSSION, DECISION):
        if key in papers:
            code, beside = outcomes(papers[key]).get(place, ("", ""))
            status = _STATUSES.get(code, "") or status
            words = beside if code == "amended" else words
    return (PROPOSED if status == REJECTED and _is_undecided(papers) else status), words


def _is_undecided(papers: Mapping[str, Record]) -> bool:
    """Whether it was not agreed and nobody has decided: what one side rejects is still proposed."""
    talk = papers.get(DISCUSSION)
    return DECISION not in papers and talk is not None and said(talk).get("agreed") == "no"


def _day(record: Record) -> str:
    return record.date_audited.isoformat()


def _names(record: Record) -> str:
    return " and ".join(signed(record))
