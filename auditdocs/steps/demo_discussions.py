"""A made-up council's discussions and decisions: forms beside letters, filled in and returned."""

from collections.abc import Mapping

from auditdocs.documents.forms.answer import answered
from auditdocs.model.letter import FORMS, Letter, Paper
from auditdocs.places.disk import whole
from auditdocs.places.journal.letters import letters
from auditdocs.places.journal.papers import paper_about
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.steps.office import Office

_MOST = 5
"""How many discussions come home."""


def discussions(office: Office) -> Mapping[str, bytes]:
    """The first discussion forms that went out: one not agreed, the others agreed."""
    found = [each for _, each in letters(office.journal) if each.kind == "feedback" and each.form]
    return {
        f"discussion {place}.docx": _answered(
            office, letter, "Agreed", _NOT_AGREED if place == 1 else _AGREED
        )
        for place, letter in enumerate(found[:_MOST], start=1)
    }


def decisions(office: Office) -> Mapping[str, bytes]:
    """The decision form of every audit that was referred."""
    found = {e.audit_id: e for _, e in letters(office.journal) if e.kind == "referral" and e.form}
    return {
        f"decision {place}.docx": _answered(office, letter, "Stands", _DECIDED)
        for place, letter in enumerate(found.values(), start=1)
    }


_AGREED = {
    "tm_response": "The team takes this on and looks at it again in a month.",
    "agreed": "Yes",
}
_NOT_AGREED = {
    "agreed": "No",
    "grade_disputed": "Yes",
    "dispute_items": "The overall grade",
    "auditor_view": "The plan was written after the audit had begun.",
    "tm_view": "The plan was on file, in another folder.",
}
_DECIDED = {
    "decision": "The plan was on file in time: the grade is changed, the recommendations stand.",
    "grade_final": "Good",
    "grade_change_reason": "Evidence found after the audit",
}


def _answered(office: Office, letter: Letter, row: str, said: Mapping[str, str]) -> bytes:
    out = paper_about(office.journal, FORMS[letter.kind], letter.audit_id)
    form = whole(office.workspace.absolute(letter.form))
    signed = {"date_audited": uk_date(office.today), "signed_by": letter.person}
    return answered(form, {**_rows(out, row), **said, **signed})


def _rows(out: Paper | None, answer: str) -> dict[str, str]:
    printed = out.printed if out else ()
    return {item: answer for item in printed if item.startswith("r_")}
