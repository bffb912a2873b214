"""Laws of the reader: whatever editors and people do to a form, no answer comes home wrong."""

import random

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from auditdocs.documents.forms.word_tables import plain
from auditdocs.rules.returns.records import judged
from tests.makers.awkward_forms import an_awkward_form
from tests.makers.cases import TODAY
from tests.makers.changed_forms import HARMFUL, HARMLESS
from tests.makers.forms import EVERY_KIND, an_issued_audit, edited, read

FORM = an_awkward_form(EVERY_KIND)
WHOLE = read(FORM)
SAID = {**WHOLE.answers, **WHOLE.fields}
AUDIT = an_issued_audit()


def changes(known, most):
    """So many changes, each with the seed of its chances."""
    one = st.tuples(st.sampled_from([*known]), st.integers(0, 999))
    return st.lists(one, min_size=1, max_size=most)


def changed(done):
    """The form after these changes."""

    def edit(body):
        for name, seed in done:
            {**HARMLESS, **HARMFUL}[name](body, random.Random(seed))

    return edited(FORM, edit)


UNTAGGED = {"tags dropped", "controls unwrapped"}
"""Without its tag an answer that was put in another's place is that one's answer."""
PRINTED = {field.name for field in EVERY_KIND.header}
"""Fields that are compared with what was issued: a difference is told wherever it comes from."""


def wrong(found):
    """The answers that came home other than they were given, and are not told as doubtful."""
    said = {**found.answers, **found.fields}
    return {
        key: (answer.text, answer.carrier)
        for key, answer in said.items()
        if key not in {*found.conflicts, *PRINTED}
        and (key not in SAID or plain(answer.text) != plain(SAID[key].text))
    }


HALF_OF_A_ROWS_FIELDS_GONE = [
    ("marks between", 0),
    ("controls unwrapped", 4),
    ("numbers exchanged", 1),
    ("bookmarks dropped", 0),
]
"""A question's comment without its field, beside its answer with one and another's number."""


@settings(max_examples=30, deadline=None)
@given(done=changes(HARMLESS, 4))
@example(done=HALF_OF_A_ROWS_FIELDS_GONE)
def test_what_changes_no_answer_loses_none(done):
    found = read(changed(done))
    assert wrong(found) == {}
    missing = SAID.keys() - {**found.answers, **found.fields}.keys()
    assert missing == set()
    assert found.conflicts == ()


@settings(max_examples=30, deadline=None)
@given(done=changes([*HARMLESS, *HARMFUL], 5))
@example(done=[("controls unwrapped", 0), ("rows in another section", 116)])
@example(done=[("controls unwrapped", 0), ("rows in another section", 182)])
def test_what_takes_answers_away_makes_none_wrong_and_is_told(done):
    names = {name for name, _ in done}
    assume("answers exchanged" not in names or not names & UNTAGGED)
    found = read(changed(done))
    assert wrong(found) == {}
    required = {key for item in EVERY_KIND.items if item.required for key in item.keys}
    missing = required - found.answers.keys()
    verdict = judged(found, EVERY_KIND, AUDIT, returned=TODAY)
    assert verdict.record is None or not missing
