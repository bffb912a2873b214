"""What is said of an audit in several places, as one: the later form before the ledger, the ledger
before the audit's own form (our decision, 2026-11-25).

Source: domain.md A2.2 (discussion and agreement block), A1.2 (acknowledgement).
"""

from collections.abc import Mapping

from auditdocs.model.form import Record
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


def after_talk(number: int, papers: Mapping[str, Record]) -> tuple[str, str]:
    """What discussion and decision made of a recommendation: its status, and its new words."""
    status = words = ""
    for key in (DISCUSSION, DECISION):
        if key in papers:
            code, beside = outcomes(papers[key]).get(number, ("", ""))
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
