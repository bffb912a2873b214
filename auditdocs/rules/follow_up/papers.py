"""Forms that go out with letters: what stands on them, and what is wrong with those that return.

Source: domain.md A2.2 (discussion and agreement block, moderation), A1.2 (acknowledgement).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Reason, Record
from auditdocs.model.letter import Paper
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.shown import result
from auditdocs.rules.forms.headings import headings
from auditdocs.rules.returns.records import Judged, judged

_ON_THE_FORM = "On the completed form"
_ROW = "r_"
"""How the ids of the items begin that each stand for a recommendation: r_1 for the first."""


def new_paper(
    of: Followed, contract: Contract, *, reference: str, today: date, manager: str
) -> Paper:
    """The form about an audit, to be sent out today."""
    audit = of.audit
    due = today + timedelta(days=contract.due_days)
    known = {
        "audit_id": reference,
        "about_audit": audit.audit_id,
        "audit_type": of.contract.title,
        "child_id": audit.child_id,
        "team": audit.team,
        "team_manager": manager,
        "auditor": of.record.auditor,
        "audited": uk_date(of.record.date_audited),
        "overall": _ON_THE_FORM if _grades_afresh(contract) else result(of.record, of.contract),
        "date_issued": uk_date(today),
        "date_due": uk_date(due),
    }
    return Paper(
        reference=reference,
        key=contract.key,
        fingerprint=contract.fingerprint,
        version=contract.version,
        audit_id=audit.audit_id,
        of_version=max(audit.form_version, 1),
        issued=today,
        due=due,
        header={field.name: known.get(field.name, "") for field in contract.header},
        printed=tuple(_printed(contract, len(of.recommendations))),
    )


def _grades_afresh(contract: Contract) -> bool:
    """Whether the form asks for a grade of its own: another's, printed above it, might lead it."""
    return any(item.kind == "grade" for item in contract.items)


def reference_stem(of: Followed, contract: Contract) -> str:
    """How the references of such forms about audits of the same period begin."""
    period = of.audit.audit_id.partition("-")[2].rpartition("-")[0]
    return f"{contract.prefix}-{period}-"


def paper_values(paper: Paper, of: Followed, contract: Contract, settings: Settings) -> Any:
    """Everything its template may use."""
    printed = [item for item in contract.items if item.id in paper.printed]
    notes = _notes(of, [item.id for item in printed if _place(item.id)])
    return {
        **paper.header,
        "type_key": contract.key,
        "type_version": str(contract.version),
        "fingerprint": contract.fingerprint,
        "form_name": contract.title,
        "service_name": settings.service_name,
        "marking": settings.marking,
        "printed": paper.printed,
        "sections": tuple(dict.fromkeys(item.section for item in printed)),
        "advice": {item.id: notes.get(item.id, "") for item in contract.items},
        "labels": {item.id: item.label for item in contract.items},
    }


def _notes(of: Followed, places: list[str]) -> dict[str, str]:
    """What stands under each row: its recommendation; under the last how many have no row."""
    several = zip(places, of.recommendations, strict=False)
    notes = {
        place: f"{each.reference}: {each.text}\nOwner: {each.made.owner_name}. "
        f"Due: {uk_date(each.made.due_date)}."
        for place, each in several
    }
    left = of.recommendations[len(places) :]
    if places and left:
        named = ", ".join(each.reference for each in left)
        notes[places[-1]] += (
            f"\nThis form has no row for {named}: write in this row's comment what is agreed of "
            "them. Business support notes it in the ledger."
        )
    return notes


def judged_paper(form: Form, contract: Contract, paper: Paper, *, returned: date) -> Judged:
    """What a returned form is worth: a record, or all that is wrong with it."""
    verdict = judged(form, contract, _as_audit(paper), returned=returned)
    if verdict.record is None:
        return verdict
    wrong = tuple(_missing_views(verdict.record, contract))
    return Judged(reasons=wrong) if wrong else verdict


def outcomes(record: Record) -> dict[int, tuple[str, str]]:
    """Place of the recommendation in the form to what was said of it: code and words beside it."""
    return {
        place: (answer.value, record.comments.get(answer.item_id, ""))
        for answer in record.answers
        if (place := _place(answer.item_id))
    }


def said(record: Record) -> dict[str, str]:
    """What else it says, by the id of the item, and the words beside it by id and "_words"."""
    answers = {a.item_id: a.value for a in record.answers if not _place(a.item_id)}
    words = {f"{item}_words": text for item, text in record.comments.items()}
    return {**words, **answers}


def _printed(contract: Contract, recommendations: int) -> Iterator[str]:
    yield from (item.id for item in contract.items if _place(item.id) <= recommendations)


def _place(item_id: str) -> int:
    """The place of the recommendation that the item is a row for; 0 of any other question."""
    place = item_id.removeprefix(_ROW)
    return int(place) if place != item_id and place.isdecimal() else 0


def _as_audit(paper: Paper) -> Audit:
    """The form as judging wants it: by whom, for which child and in which team does not matter."""
    return Audit(
        audit_id=paper.reference,
        type=paper.key,
        version=paper.version,
        fingerprint=paper.fingerprint,
        child_id="",
        team="",
        worker="",
        auditor="",
        auditor_role="",
        auditor_team="",
        period="",
        issued=paper.issued,
        due=paper.due,
        header=paper.header,
        printed=paper.printed,
    )


def _missing_views(record: Record, contract: Contract) -> Iterator[Reason]:
    """What a "no" needs so that somebody else can decide, and words for what was amended."""
    if said(record).get("agreed") == "no":
        for name in ("dispute_items", "tm_view"):
            if not record.value(name):
                text = "It is not agreed, so this has to be written for the Head of Service."
                yield _reason(contract, name, text)
    for number, (code, words) in outcomes(record).items():
        if code in ("amended", "rejected") and not words:
            yield _reason(contract, f"{_ROW}{number}", _BESIDE)


_BESIDE = "Write the new words, or why it is not agreed, beside it."


def _reason(contract: Contract, item_id: str, text: str) -> Reason:
    item, section = contract.item(item_id), headings(contract).get(item_id, "")
    where = item.title if item else item_id
    return Reason(code="missing", where=where, text=text, section=section)


def by_others(before: Record | None, after: Record) -> tuple[Reason, ...]:
    """Why a second return cannot take the place of the first: it lacks a name that signed that one.

    Two heads of service who were asked together have one form, and one answer between them.
    """
    first, second = (
        set(map(name_key, signed(each))) if each else set() for each in (before, after)
    )
    return () if first <= second else (_BY_OTHERS,)


_BY_OTHERS = Reason(
    code="second-signature",
    where="The whole form",
    text=(
        "Somebody else has already returned this form, with other answers. Both are kept and the "
        "first counts. Agree on one answer, and return one form with both names under it."
    ),
)


def signed(record: Record) -> Iterable[str]:
    """Who signed it: one name or two."""
    names = (record.fields.get(name, "") for name in ("signed_by", "signed_second"))
    return tuple(filter(None, names))
