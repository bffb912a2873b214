"""Makers of forms answered in full with what trips readers up: marks, breaks, length, n/a."""

from itertools import cycle

from auditdocs.documents.forms.answer import answered
from auditdocs.model.contract import AGREEMENT
from auditdocs.rules.made_up.answers import made_up_answers
from tests.makers.cases import TODAY, a_case
from tests.makers.forms import a_blank_form, a_form, a_row, an_issued_audit

_LONG = (
    "Tom & Jerry\u2019s \u201cplan\u201d <b> isn't 100% \u2013 n/a\nSecond line.\n"
    + "Long words. " * 200
)
_TEXTS = (
    _LONG.strip(),
    "n/a",
    "O'Neill & Sons <ltd> {{ x }}",
    "03/05/2026: line one\nline two",
    '"Quoted" & \u2018single\u2019, 3 < 4',
)
_FIELDS = {
    "date": "03/05/2026",
    "int": "12",
    "yn": "Yes",
    "name": "Jane O'Neill",
    "text": "n/a & so",
}


BY_HAND = {"child_id": "C1234", "auditor": "Ann Archer", "team": "North 1"}
"""What is filled in by hand at the head of a blank form."""


def an_awkward_form(of):
    """A form of that contract with every item, comment and field answered, and recommendations."""
    answers, rows = awkward_answers(of)
    return a_form(answers, rows, of=of)


def an_awkward_blank(of):
    """The intranet's copy of such a form, filled in and answered in the same way."""
    answers, rows = awkward_answers(of)
    header = {field.name for field in of.header}
    by_hand = {name: text for name, text in BY_HAND.items() if name in header}
    local = [{"label": "Local & own", "method": "Sampling"}] if of.family == AGREEMENT else []
    return answered(a_blank_form(of), {**answers, **by_hand}, rows, local_items=local)


def awkward_answers(of):
    """Text by tag for everything that a contract asks, and rows of recommendations."""
    said = made_up_answers(of, an_issued_audit(of, a_case()), audited=TODAY)
    answers = {key: text for key, text in said.answers.items() if key in _keys(of)}
    keys = [key for item in of.items for key in item.keys if key not in answers]
    keys += [item.comment_key for item in of.items if item.comment_key]
    answers |= dict(zip(keys, cycle(_TEXTS), strict=False))
    for field in (*of.auditor, *of.sign_off):
        answers[field.name] = field.choices[0].label if field.choices else _FIELDS[field.type]
    if of.family == AGREEMENT:
        return answers, []
    rows = [
        a_row(linked_item=of.items[0].title, recommendation="Write & send <it>\nby post"),
        a_row(linked_item=of.items[-1].title, owner_name="Zo\u00eb O\u2019Neill"),
    ]
    return answers, [*said.recommendations[:3], *rows]


def _keys(of):
    return {key for item in of.items for key in (*item.keys, item.comment_key)}
