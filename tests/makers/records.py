"""Makers of returned forms as values, and of what becomes of them; sound by default."""

from datetime import date

from auditdocs.model.form import Answer, Form, Found, Identity, Recommendation, Record
from auditdocs.rules.returns.records import judged
from tests.makers.forms import A_FORM_ID, EVERY_KIND, a_row, an_issued_audit

RETURNED = date(2026, 9, 20)
AUDITED = date(2026, 9, 18)

ANSWERS = {
    "x_grade": "Good",
    "x_overall": "Requires improvement to be good",
    "x_overall.comment": "The plan has no end.",
    "x_yn": "Yes",
    "x_ynp": "Partly",
    "x_text": "Write plans with an end.",
    "x_date": "01/09/2026",
    "x_int": "3",
    "x_name": "Cy Chair",
    "x_choice": "At home",
    "x_visits.P": "Yes",
    "x_visits.T": "No",
    "x_visits.U": "Not due",
    "x_visits.comment": "Two visits late.",
    "x_seen.P": "Yes",
    "x_seen.U": "Not applicable",
    "x_late.T": "Yes",
}
"""Answers to every kind of item that hold by every rule, with one standard not met."""

FIELDS = {"date_audited": "18/09/2026", "worker_spoken_to": "Yes", "signed_auditor": "Ann Archer"}
ROW = a_row(linked_item="2.1 Visits") | {"row": "1"}


def found(texts, carrier="tag"):
    """Text by tag as the reader gives it, blanks left out."""
    return {key: Found(text=text, carrier=carrier) for key, text in texts.items() if text}


def a_returned_form(answers=None, fields=None, rows=(ROW,), of=EVERY_KIND, **changes):
    """A form as read, every cell of it there; what is given changes or (as "") blanks the sound."""
    keys = (key for item in of.items for key in (*item.keys, item.comment_key))
    sound = {
        "identity": Identity(properties=A_FORM_ID),
        "answers": found(ANSWERS | (answers or {})),
        "fields": found(FIELDS | (fields or {})),
        "recommendations": tuple(rows),
        "seen": frozenset(key for key in keys if key),
    }
    return Form(**(sound | changes))


def verdict(form, audit=None, of=EVERY_KIND, returned=RETURNED):
    """What such a form is worth."""
    return judged(form, of, audit or an_issued_audit(of), returned=returned)


def reasons(form, **how):
    """The codes of all that is wrong, each with its place."""
    return [(reason.code, reason.where) for reason in verdict(form, **how).reasons]


def a_recommendation(**changes):
    """A recommendation that was accepted."""
    sound = {
        "audit_id": A_FORM_ID,
        "number": 1,
        "recommendation": "Write up the visit of 3 March",
        "linked_item": "x_visits",
        "category": "recording",
        "priority": "high",
        "owner_name": "Ann Archer",
        "owner_role": "sw",
        "due_date": date(2026, 10, 31),
        "need_type": "individual",
    }
    return Recommendation(**(sound | changes))


def an_answer(item_id="x_grade", value="G", facet=""):
    """One answer that holds."""
    return Answer(item_id=item_id, value=value, facet=facet)


def a_record(**changes):
    """A record of two answers, a comment and a recommendation."""
    sound = {
        "audit_id": A_FORM_ID,
        "date_audited": AUDITED,
        "auditor": "Ann Archer",
        "answers": (
            an_answer(),
            an_answer("x_visits", "no", "T"),
            an_answer("x_visits", "yes", "P"),
        ),
        "comments": {"x_visits": "Two visits late.", "x_grade": "Mostly."},
        "recommendations": (a_recommendation(),),
        "fields": {"signed_auditor": "Ann Archer", "worker_spoken_to": "yes"},
    }
    return Record(**(sound | changes))
