"""Makers of forms answered in full with what trips readers up: marks, breaks, length, n/a."""

from itertools import cycle

from auditdocs.rules.made_up.answers import made_up_answers
from tests.makers.cases import TODAY, a_case
from tests.makers.forms import a_form, a_row, an_issued_audit

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


def an_awkward_form(of):
    """A form of that contract with every item, comment and field answered, and recommendations."""
    said = made_up_answers(of, an_issued_audit(of, a_case()), audited=TODAY)
    answers = dict(said.answers)
    keys = [item.id for item in of.items if item.kind == "text"]
    keys += [item.comment_key for item in of.items if item.comment_key]
    answers |= dict(zip(keys, cycle(_TEXTS), strict=False))
    for field in (*of.auditor, *of.sign_off):
        answers[field.name] = field.choices[0].label if field.choices else _FIELDS[field.type]
    rows = [
        a_row(linked_item=of.items[0].title, recommendation="Write & send <it>\nby post"),
        a_row(linked_item=of.items[-1].title, owner_name="Zo\u00eb O\u2019Neill"),
    ]
    return a_form(answers, [*said.recommendations[:3], *rows], of=of)
