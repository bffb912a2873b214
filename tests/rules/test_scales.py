"""The words of each scale: what a drop-down shows, and what counts as the same.

Source: domain.md A0.4, A0.5; settled.md (drop-downs, a dash alone).
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.contract import Choice
from auditdocs.rules.forms.scales import GRADED, SCALES, choices_of, code_of, label_of, listed
from tests.makers.contracts import an_item

ACCEPTED = {
    "grade": {
        "O": "Outstanding, outstanding, OUTSTANDING, O/S, OS, o/s, O",
        "G": "Good, good, G, g",
        "RI": "Requires improvement to be good, RI, R.I., ri, RIG, RTBG, requires improvement, "
        "Requires  improvement, adequate, Adequate",
        "I": "Inadequate, I, inad, Inad., inadequate",
        "NA": "Not applicable, n/a, NA, N/A, not applicable, N.A., n a",
        "NE": "Not enough evidence to grade, insufficient evidence, not enough evidence, NE",
    },
    "yn": {
        "yes": "Yes, Y, y, yes, YES, tick, true, True, ☒, ☑, ✓, ✔, x, X, Yes.",
        "no": "No, N, n, no, false, FALSE",
        "na": "Not applicable, N/A, n/a, NA, na",
    },
    "ynp": {"partly": "Partly, partly, P, partially, Part"},
    "facet": {"not_due": "Not due, not due, not yet due, Not due yet, not_due"},
}
WORDS = [
    (kind, word, code)
    for kind, codes in ACCEPTED.items()
    for code, words in codes.items()
    for word in words.split(", ")
]
KINDS = ("yn", "ynp", "facet")


@pytest.mark.parametrize(("kind", "word", "code"), WORDS)
def test_every_accepted_word_is_its_code(kind, word, code):
    assert code_of(kind, word) == code
    assert code_of(kind, f" {word}\N{NO-BREAK SPACE}") == code


@pytest.mark.parametrize("kind", KINDS)
def test_yes_and_no_are_said_alike_on_every_scale(kind):
    for code, words in ACCEPTED["yn"].items():
        assert {code_of(kind, word) for word in words.split(", ")} == {code}


@pytest.mark.parametrize("kind", SCALES)
@pytest.mark.parametrize("text", ["-", "–", "—", "", " ", ".", "☐", "☐ ", "__"])
def test_a_dash_alone_is_no_answer(kind, text):
    assert code_of(kind, text) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("grade", "Yes"), ("grade", "RI/G"), ("grade", "RI-G"), ("grade", "4"),
        ("yn", "Partly"), ("yn", "Yes and no"), ("yn", "Y/N"), ("yn", "✗"), ("yn", "☒ Yes ☐ No"),
        ("grade", "Goodish"), ("yn", "0"), ("yn", "1"), ("ynp", "Not due"), ("facet", "Partly"),
        ("text", "Good"), ("choice", "Good"),
    ],
)  # fmt: skip
def test_what_is_on_no_scale_is_never_guessed(kind, text):
    assert code_of(kind, text) is None


@pytest.mark.parametrize("kind", SCALES)
def test_what_a_drop_down_shows_is_read_back_as_its_code(kind):
    offered = listed(kind)
    assert {code_of(kind, choice.label) for choice in offered} == {each.code for each in offered}
    assert all(label_of(kind, choice.code) == choice.label for choice in offered)
    assert choices_of(an_item(type=kind)) == offered


@given(st.sampled_from([*SCALES]), st.text(max_size=8))
def test_a_code_is_on_its_scale_whatever_is_written(kind, text):
    assert code_of(kind, text) in {None, *(choice.code for choice in listed(kind))}


def test_no_word_of_a_scale_stands_for_two_answers():
    for kind, levels in SCALES.items():
        for level in levels:
            for word in (level.label, level.code, *level.words):
                assert code_of(kind, word) == level.code, (kind, word)


def test_a_choice_of_the_contracts_own_is_read_by_label_and_code():
    own = (Choice(code="home", label="At home"), Choice(code="foster", label="Foster care"))
    assert code_of("choice", " at HOME ", own) == "home"
    assert code_of("choice", "foster", own) == "foster"
    assert code_of("choice", "Elsewhere", own) is None
    assert label_of("choice", "home", own) == "At home"
    assert choices_of(an_item(type="choice", choices=own)) == own


def test_words_for_a_code_that_no_scale_has_are_the_code_itself():
    assert label_of("grade", "Z") == "Z"
    assert label_of("text", "As written") == "As written"


def test_an_answer_with_words_has_the_scale_of_its_grade():
    assert choices_of(an_item(type="grade+text")) == listed("grade")
    assert choices_of(an_item(type="text")) == ()
    assert tuple(choice.code for choice in listed("grade"))[:4] == GRADED
