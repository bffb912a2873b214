"""Answers checked: a code, a date or words, or what is wrong with them and what to write."""

from datetime import date

import pytest

from auditdocs.model.contract import FACETS
from auditdocs.model.form import Form, Found, Identity
from auditdocs.rules.returns.answers import Window, Wrong, checked, place, worth
from tests.makers.contracts import a_standard, an_item

WINDOW = Window(returned=date(2026, 9, 20), born=date(2018, 5, 1))
STANDARD = a_standard("x_visits", number="2.1", label="Visits")


def a_form(conflicts=(), seen=None, **texts):
    """A form with these answers, by tag with two underscores for the dot."""
    answers = {key.replace("__", "."): text for key, text in texts.items()}
    found = {key: Found(text=text, carrier="number") for key, text in answers.items() if text}
    every = frozenset(answers) if seen is None else frozenset(seen)
    return Form(identity=Identity(), answers=found, fields={}, seen=every, conflicts=conflicts)


def look(item, form, *, actioned=()):
    return checked(item, form, actioned=frozenset(actioned), window=WINDOW)


def codes(item, form, **how):
    return [reason.code for reason in look(item, form, **how).reasons]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("grade", "RIG", "RI"),
        ("yn", "✓", "yes"),
        ("ynp", "partially", "partly"),
        ("facet", "not yet due", "not_due"),
        ("date", "3 March 2026", "2026-03-03"),
        ("date", " 31.3.26\N{NO-BREAK SPACE}", "2026-03-31"),
        ("date", "1/5/18", "2018-05-01"),
        ("date", "1/5/99", Wrong("date-too-early", "It lies before birth.")),
        ("int", "12", "12"),
        ("int", " 12 months", "12"),
        ("int", "-1", "-1"),
        ("text", " As\nwritten ", "As\nwritten"),
        ("name", "Ann Archer", "Ann Archer"),
        ("date", "soon", Wrong("not-a-date", "Write a date as dd/mm/yyyy.")),
        ("date", "03/31/2026", Wrong("not-a-date", "Write a date as dd/mm/yyyy.")),
        ("date", "21/09/2026", Wrong("date-in-future", "It lies in the future.")),
        ("date", "20/09/2026", "2026-09-20"),
        ("date", "25/07/2017", "2017-07-25"),
        ("date", "24/07/2017", Wrong("date-too-early", "It lies before birth.")),
        ("int", "about 12", Wrong("not-a-number", "Write a whole number.")),
        ("int", "12 or 13", Wrong("not-a-number", "Write a whole number.")),
        ("int", "1.5", Wrong("not-a-number", "Write a whole number.")),
        ("yn", "maybe", Wrong("not-a-choice", "Write one of: Yes, No, Not applicable.")),
    ],
)
def test_a_text_is_worth_a_code_a_date_digits_or_words(kind, text, value):
    assert worth(kind, text, (), WINDOW) == value


def test_without_a_date_of_birth_no_date_is_too_early():
    assert worth("date", "01/01/1950", (), Window(returned=WINDOW.returned)) == "1950-01-01"


def test_an_answer_keeps_how_it_was_found():
    found = look(an_item(), a_form(x_plan="good"))
    assert [(a.item_id, a.value, a.carrier) for a in found.answers] == [("x_plan", "G", "number")]


def test_a_required_answer_that_is_blank_is_missing_and_never_no():
    found = look(an_item(type="yn"), a_form(x_plan=""))
    assert found.answers == ()
    assert [(r.code, r.text) for r in found.reasons] == [
        ("missing", "Nothing is answered. Write one of: Yes, No, Not applicable.")
    ]
    assert look(an_item(type="yn", required=False), a_form(x_plan="")).reasons == ()


def test_an_answer_whose_cell_is_gone_is_told_apart_from_one_left_blank():
    assert codes(an_item(), a_form(seen=())) == ["gone"]
    assert codes(an_item(), a_form(seen=("x_plan",))) == ["missing"]


def test_every_facet_of_a_standard_is_asked():
    found = look(STANDARD, a_form(x_visits__P="Yes", x_visits__T="", x_visits__U="rarely"))
    assert [(reason.code, reason.where) for reason in found.reasons] == [
        ("missing", "2.1 Visits, In time"),
        ("not-a-choice", "2.1 Visits, Up to date"),
    ]
    assert [(answer.facet, answer.value) for answer in found.answers] == [("P", "yes")]
    assert found.reasons[1].found == "rarely"


@pytest.mark.parametrize("key", ["x_visits.T", "x_visits.comment"])
def test_an_answer_or_comment_found_twice_differently_goes_to_a_person(key):
    texts = {"x_visits__P": "Yes", "x_visits__T": "Yes", "x_visits__U": "Yes"}
    found = look(STANDARD, a_form(conflicts=(key,), **texts, x_visits__comment="A"))
    where = "In time" if key.endswith("T") else "Comment"
    assert [(reason.code, reason.where) for reason in found.reasons] == [
        ("conflict", f"2.1 Visits, {where}")
    ]


@pytest.mark.parametrize(("kind", "answer"), [("grade+text", "Good"), ("yn+text", "no")])
def test_an_answer_with_words_needs_its_words_when_it_is_answered(kind, answer):
    item = an_item(type=kind, required=False)
    assert codes(item, a_form(x_plan=answer)) == ["words-missing"]
    assert codes(item, a_form(x_plan=answer, x_plan__comment="Because")) == []
    assert codes(item, a_form(x_plan="")) == []
    assert codes(an_item(type=kind), a_form(x_plan="")) == ["missing"]


def unmet(comment=""):
    return a_form(x_visits__P="Yes", x_visits__T="No", x_visits__U="Yes", x_visits__comment=comment)


def test_a_standard_not_met_needs_a_comment_and_an_action():
    """Source: domain.md A3.2."""
    assert codes(STANDARD, unmet()) == ["words-missing", "action-missing"]
    assert codes(STANDARD, unmet("Two visits late")) == ["action-missing"]
    assert codes(STANDARD, unmet("Two visits late"), actioned=["x_visits"]) == []
    assert codes(STANDARD, unmet("Two visits late"), actioned=["x_other"]) == ["action-missing"]


@pytest.mark.parametrize(
    ("words", "enough"),
    [
        ("Done at audit 18/09/2026", True),
        ("Late. DONE AT AUDIT on 18.9.26.", True),
        ("done at\naudit (2026-09-18)", True),
        ("done at audit, 18 September 2026", True),
        ("Done at audit: 18th Sept 2026", True),
        ("Done at audit 18-Sep-26", True),
        ("Done at audit", False),
        ("Done at audit 31/02/2026", False),
        ("Done at audit in September", False),
        ("Done on 18/09/2026", False),
    ],
)
def test_done_at_audit_with_its_date_is_action_enough(words, enough):
    assert codes(STANDARD, unmet(words)) == ([] if enough else ["action-missing"])


def test_a_no_to_a_plain_question_needs_no_action():
    assert codes(an_item(type="yn"), a_form(x_plan="No")) == []


def test_what_stood_in_the_form_is_kept_for_the_note_and_out_of_the_words():
    reason = look(an_item(), a_form(x_plan="Mary Brown")).reasons[0]
    assert reason.found == "Mary Brown"
    assert "Mary" not in reason.text + reason.where


def test_a_place_is_number_label_and_facet_as_a_person_finds_it():
    assert place(STANDARD) == "2.1 Visits"
    assert [place(STANDARD, key) for key in STANDARD.keys] == [
        f"2.1 Visits, {label}" for label in FACETS.values()
    ]
    assert place(STANDARD, "x_visits.comment") == "2.1 Visits, Comment"
    assert place(an_item(), "x_plan") == "1.1 Plan says who does what by when"
