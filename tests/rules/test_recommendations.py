"""Recommendations checked: one action, one question, one owner, one date each (domain.md A0.6)."""

from dataclasses import replace
from datetime import date

import pytest

from auditdocs.model.form import RECOMMENDATION_COLUMNS
from auditdocs.rules.returns.recommendations import actioned_items, linked_items, recommendations
from tests.makers.contracts import a_contract, an_item
from tests.makers.forms import A_FORM_ID, EVERY_KIND
from tests.makers.records import AUDITED, ROW, a_recommendation, a_returned_form


def looked_at(*rows, of=EVERY_KIND):
    form = a_returned_form(rows=rows, of=of)
    return recommendations(form, of, audit_id=A_FORM_ID, audited=AUDITED)


def told(*rows):
    return [(reason.code, reason.where) for reason in looked_at(*rows)[1]]


def test_a_row_is_a_recommendation_with_its_reference():
    good, wrong = looked_at(ROW)
    assert wrong == ()
    assert good == (a_recommendation(),)
    assert good[0].reference == f"{A_FORM_ID}/1"


def test_rows_are_numbered_in_their_order_and_told_by_their_place_in_the_form():
    good, wrong = looked_at(
        ROW | {"row": "2"}, ROW | {"row": "4", "priority": ""}, ROW | {"row": "7"}
    )
    assert [each.number for each in good] == [1, 3]
    assert [reason.where for reason in wrong] == ["Recommendations, row 4, Priority"]


@pytest.mark.parametrize("name", [name for name in RECOMMENDATION_COLUMNS if name != "need_type"])
def test_every_cell_but_the_need_must_be_filled(name):
    where = f"Recommendations, row 1, {RECOMMENDATION_COLUMNS[name]}"
    assert told(ROW | {name: ""}) == [("missing", where)]
    assert told({key: text for key, text in ROW.items() if key != name}) == [("missing", where)]


def test_without_a_need_there_is_none():
    assert looked_at(ROW | {"need_type": ""})[0][0].need_type == "none"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("linked_item", "9.9"),
        ("category", "Elsewhere"),
        ("priority", "Soon"),
        ("owner_role", "Auntie"),
        ("due_date", "next week"),
        ("due_date", "10/31/2026"),
        ("need_type", "Some"),
    ],
)
def test_what_is_not_offered_is_told_with_what_to_write(name, text):
    good, wrong = looked_at(ROW | {name: text})
    assert good == ()
    assert [(reason.code, reason.found) for reason in wrong] == [("not-a-choice", text)]
    assert wrong[0].text.endswith(".")
    assert text not in wrong[0].text


def test_all_that_is_wrong_with_all_rows_is_told_at_once():
    wrong = told(ROW | {"owner_name": "", "priority": "Soon"}, ROW | {"row": "2", "due_date": "?"})
    assert [code for code, _ in wrong] == ["not-a-choice", "missing", "not-a-choice"]


@pytest.mark.parametrize(
    ("text", "due"),
    [("31/10/2026", date(2026, 10, 31)), ("18.9.26", AUDITED), ("1 Feb 27", date(2027, 2, 1))],
)
def test_a_due_date_is_read_as_people_write_dates(text, due):
    assert looked_at(ROW | {"due_date": text})[0][0].due_date == due


@pytest.mark.parametrize(("text", "is_told"), [("18/09/2028", False), ("31/10/2062", True)])
def test_an_action_that_is_due_in_decades_is_told(text, is_told):
    where = "Recommendations, row 1, Due date"
    assert told(ROW | {"due_date": text}) == ([("date-too-late", where)] if is_told else [])


def test_an_action_cannot_be_due_before_the_audit():
    assert told(ROW | {"due_date": "17/09/2026"}) == [
        ("date-too-early", "Recommendations, row 1, Due date")
    ]


@pytest.mark.parametrize(
    "name", ["x_visits", "2.1", "Visits", " visits. ", "2.1 Visits", "2.1  VISITS"]
)
def test_a_question_is_named_by_id_number_label_or_both(name):
    assert looked_at(ROW | {"linked_item": name})[0][0].linked_item == "x_visits"
    form = a_returned_form(rows=[ROW | {"linked_item": name}])
    assert actioned_items(form, EVERY_KIND) == {"x_visits"}


def test_words_that_stand_for_two_questions_name_neither():
    items = (an_item("a", number="1.1", label="Seen"), an_item("b", number="1.2", label="seen"))
    links = linked_items(a_contract(*items))
    assert "seen" not in links
    assert (links["1.1"], links["1.2 seen"], links["b"]) == ("a", "b", "b")


def test_a_question_may_go_by_another_name():
    item = an_item("a", aliases=("Plan end",))
    assert linked_items(a_contract(item))["plan end"] == "a"


def test_an_action_for_no_known_question_puts_right_nothing():
    form = a_returned_form(rows=[ROW | {"linked_item": "9.9"}, {"row": "2"}])
    assert actioned_items(form, EVERY_KIND) == frozenset()


@pytest.mark.parametrize("name", RECOMMENDATION_COLUMNS)
def test_no_word_of_a_reason_repeats_what_was_written(name):
    form = replace(a_returned_form(), recommendations=(ROW | {name: "Mary Brown"},))
    wrong = recommendations(form, EVERY_KIND, audit_id=A_FORM_ID, audited=AUDITED)[1]
    assert all("Mary" not in reason.text + reason.where for reason in wrong)
