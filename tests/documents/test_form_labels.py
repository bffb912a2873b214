"""Labels that a form's designer changed, read when fields and marks are gone: none in silence."""

import random
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditdocs.documents.forms.likeness import alike, likest
from auditdocs.documents.forms.questions import asked, wording
from auditdocs.documents.forms.word_tables import plain
from auditdocs.model.form import RECOMMENDATION_COLUMNS
from auditdocs.rules.returns.records import judged
from tests.makers.awkward_forms import an_awkward_form
from tests.makers.cases import TODAY
from tests.makers.changed_labels import SMALL_REWORDINGS, relabelled, with_numbers_apart
from tests.makers.damaged_forms import as_libreoffice_leaves_it, as_pandoc_leaves_it
from tests.makers.forms import (
    EVERY_KIND,
    KEYS,
    W,
    a_form,
    a_row,
    a_run,
    an_issued_audit,
    edited,
    element,
    read,
    texts,
    the_contract,
)

PANDOC = as_pandoc_leaves_it
FORMS = {key: an_awkward_form(the_contract(key)) for key in KEYS}
WHOLE = {key: read(form, the_contract(key)).answers for key, form in FORMS.items()}
SAID = {"x_grade": "Good", "x_grade.comment": "Seen", "x_overall": "Inadequate"}


def keys_of(items):
    return [key for item in items for key in (*item.keys, item.comment_key) if key]


def wrong(found, whole):
    """The answers that came home other than they were given."""
    return {
        key: answer.text
        for key, answer in found.answers.items()
        if key not in whole or plain(answer.text) != plain(whole[key].text)
    }


ROWS = {
    "key": st.sampled_from(KEYS),
    "place": st.integers(0, 50),
    "how": st.sampled_from([*SMALL_REWORDINGS]),
    "seed": st.integers(0, 999),
    "stop": st.sampled_from(["", ".", ")", ":"]),
}


def changed(key, place, count, how, seed, stop):
    """A form with so many rows relabelled, as read, and the items of these rows."""
    of = the_contract(key)
    first = place % (len(of.items) - count)
    chance, reword = random.Random(seed), SMALL_REWORDINGS[how]
    form, items = relabelled(FORMS[key], of, first, count, reword, chance, stop=stop)
    return read(form, of), items


@settings(max_examples=30, deadline=None)
@given(count=st.integers(2, 4), **ROWS)
def test_numbers_exchanged_between_reworded_rows_never_make_an_answer_wrong_in_silence(
    key, place, count, how, seed, stop
):
    found, items = changed(key, place, count, how, seed, stop)
    assert wrong(found, WHOLE[key]) == {}
    if found.unclear or found.conflicts:  # then it goes to a person
        assert judged(found, the_contract(key), audit_of(key), returned=TODAY).record is None
        return
    assert WHOLE[key].keys() == found.answers.keys()
    told = [note for note in found.notes if note.startswith("Read by their words")]
    assert all(item.number in told[0] for item in items)


@settings(max_examples=15, deadline=None)
@given(**ROWS)
@example(key="completeness", place=25, how="a word less", seed=231, stop="")
def test_a_row_that_was_reworded_and_kept_its_number_is_read(key, place, how, seed, stop):
    found, _ = changed(key, place, 1, how, seed, stop)
    assert wrong(found, WHOLE[key]) == {}
    assert WHOLE[key].keys() == found.answers.keys()
    assert (found.unclear, found.conflicts) == (frozenset(), ())


def audit_of(key):
    return an_issued_audit(the_contract(key))


def retyped(form, **labels):
    """The form after pandoc, each label that begins with a number ("n1_1") typed anew."""
    new = {name[1:].replace("_", "."): words for name, words in labels.items()}

    def edit(body):
        for text in body.iter(f"{W}t"):
            number = (text.text or "").partition(" ")[0]
            if number in new and text.text in TITLES:
                text.text = new[number]

    return edited(as_pandoc_leaves_it(form), edit)


TITLES = {item.title for item in EVERY_KIND.items}


@pytest.mark.parametrize(
    "words",
    ["1.2. Plan is good:", "1.2) Plan is good.", "(1.2) plan is good", "1.2: Plan is good?"],
)
def test_stops_and_colons_round_a_label_say_nothing(words):
    found = read(retyped(a_form(SAID), n1_1=words, n1_2="1.1. Overall:"))
    assert texts(found.answers) == SAID
    assert found.conflicts == ()


def test_a_label_with_its_own_number_and_a_colon_is_nothing_to_look_at():
    found = read(retyped(a_form(SAID), n1_1="1.1. Plan is good:"))
    assert found.answers["x_grade"].carrier == "label"
    assert [note for note in found.notes if "looked at" in note] == []


def test_two_fields_of_one_label_are_found_by_their_order_and_nothing_to_look_at():
    auditor = replace(EVERY_KIND.sign_off[0], label="Auditor")
    of = replace(EVERY_KIND, sign_off=(auditor, *EVERY_KIND.sign_off[1:]))
    found = read(PANDOC(a_form({"signed_auditor": "Jo Archer"}, of=of)), of)
    assert found.fields["signed_auditor"].text == "Jo Archer"
    assert [note for note in found.notes if "looked at" in note] == []


def test_a_number_beside_words_of_nobodys_is_believed_and_its_row_is_named():
    found = read(retyped(a_form(SAID), n1_1="1.1 Quality"))
    assert texts(found.answers) == SAID
    told = "Read by their number alone, for the words beside it are not the question's"
    assert f"{told}, so to be looked at: 1.1 Plan is good (section 1 Practice)." in found.notes


def test_a_number_is_not_believed_where_another_row_has_the_words_of_its_question():
    found = read(retyped(a_form(SAID), n1_1="1.2 Plan is good", n1_2="1.1 Judgement"))
    assert texts(found.answers) == {"x_grade": "Good", "x_grade.comment": "Seen"}
    assert found.unclear == {"x_grade"}


def test_a_field_that_was_given_the_number_of_a_question_is_read_and_told():
    given = SAID | {"date_audited": "01/09/2026", "signed_auditor": "Jo Archer"}

    def edit(body):
        for text in body.iter(f"{W}t"):
            if text.text in ("Date audited", "Signed by the auditor"):
                text.text = f"1.1 {text.text}"

    found = read(PANDOC(edited(a_form(given), edit)))
    assert texts(found.answers) == SAID
    assert {name: found.fields[name].text for name in given.keys() - SAID.keys()} == {
        name: text for name, text in given.items() if name not in SAID
    }
    assert any("Date audited, Signed by the auditor" in note for note in found.notes)


def test_words_that_are_much_liker_to_another_question_make_a_number_doubtful():
    def reword(words, chance):
        return "A stranger knows why" if words.startswith("A stranger") else words

    form, items = relabelled(FORMS["quality"], the_contract("quality"), 0, 2, reword, None)
    found = read(form, the_contract("quality"))
    assert {key.partition(".")[0] for key in found.unclear} == {items[1].id}
    assert not {*items[0].keys, *items[1].keys} <= found.answers.keys()


def test_a_row_that_nobody_can_tell_is_set_aside_with_its_number_and_section():
    found = read(retyped(a_form(SAID), n1_1="1.4 Plan included, is good"))
    assert "x_grade" not in found.answers
    reasons = judged(found, EVERY_KIND, an_issued_audit(), returned=TODAY).reasons
    (told,) = [reason for reason in reasons if reason.code == "unclear-row"]
    assert (told.where, told.section) == ("1.4 Family included", "1 Practice")
    assert "nobody can tell" in told.text


def test_words_are_not_believed_where_their_question_has_a_row_of_its_own():
    found = read(retyped(a_form(SAID), n1_1="1.4 Is the child's plan good?"))
    assert texts(found.answers) == {"x_overall": "Inadequate"}
    assert found.unclear == {"x_yn", "x_yn.comment"}


def test_an_answer_field_that_is_left_says_more_than_the_words_beside_it():
    def edit(body):
        for mark in [*body.iter(f"{W}bookmarkStart")]:
            mark.getparent().remove(mark)
        for text in body.iter(f"{W}t"):
            if text.text == "1.1 Plan is good":
                text.text = "1.2 The plan was good"

    found = read(edited(a_form(SAID), edit))
    assert (texts(found.answers), found.conflicts) == (SAID, ())


@pytest.mark.parametrize("editor", [as_libreoffice_leaves_it, PANDOC])
@pytest.mark.parametrize("kept", ["none", "Answer", "Comment"])
def test_answers_and_comments_are_told_apart_where_headings_were_reworded(editor, kept):
    words = {"Question": "Asked", "Answer": "Grade", "Comment": "Evidence", "In time": "By when"}

    def edit(body):
        for text in body.iter(f"{W}t"):
            text.text = words.get(text.text, text.text) if text.text != kept else text.text

    said = SAID | STANDARDS
    found = read(editor(edited(a_form(said), edit)))
    assert (texts(found.answers), found.conflicts) == (said, ())


def test_reworded_columns_that_may_have_been_exchanged_are_not_guessed():
    words = {"In place": "There", "In time": "Prompt"}

    def edit(body):
        for text in body.iter(f"{W}t"):
            text.text = words.get(text.text, text.text)

    found = read(PANDOC(edited(a_form(STANDARDS | {"x_visits.T": "No"}), edit)))
    assert texts(found.answers) == {"x_visits.U": "No", "x_visits.comment": "Late"}
    assert {"x_visits.P", "x_visits.T"}.isdisjoint(found.seen)


def test_a_column_that_a_designer_put_before_the_answers_is_none_of_them():
    def edit(body):
        for row in body.iter(f"{W}tr"):
            words = [text.text for text in row.find(f"{W}tc").iter(f"{W}t")]
            if words and words[0] in {"Question", "Standard", *TITLES}:
                help_ = "Such as a visit." if words[0] in TITLES else "Example"
                row.find(f"{W}tc").addnext(element("tc", element("p", a_run(help_))))

    said = SAID | STANDARDS | {"x_text": "Learnt", "x_name": "Jo"}
    for editor in (as_libreoffice_leaves_it, PANDOC):
        found = read(editor(edited(a_form(said), edit)))
        assert (texts(found.answers), found.conflicts) == (said, ())


@pytest.mark.parametrize("heading", ["Recommendation", "Owner", "Due date"])
def test_recommendations_are_read_where_one_of_their_headings_was_reworded(heading):
    def edit(body):
        for text in body.iter(f"{W}t"):
            text.text = "In our own words" if text.text == heading else text.text

    form = a_form({}, [a_row(), a_row(owner_name="Jo Archer")])
    for editor in (as_libreoffice_leaves_it, PANDOC):
        found = read(editor(edited(form, edit)))
        assert found.recommendations == read(form).recommendations


def test_a_form_whose_recommendations_are_not_found_says_so():
    def edit(body):
        for text in body.iter(f"{W}t"):
            text.text = "" if text.text in RECOMMENDATION_COLUMNS.values() else text.text

    form = a_form(SAID, [a_row()])
    told = "No table headed \u201cRecommendation\u201d was found: what stood in one was not read."
    assert read(edited(PANDOC(form), edit)).recommendations == ()
    assert told in read(edited(PANDOC(form), edit)).notes
    assert told not in read(PANDOC(form)).notes
    assert read(edited(form, edit)).recommendations == read(form).recommendations


# A number in a column of its own.


EDITORS = {"word": lambda form: form, "libreoffice": as_libreoffice_leaves_it, "pandoc": PANDOC}
APART = SAID | {"x_yn": "Yes", "x_int": "12", "x_text": "Learnt", "x_date": "03/05/2026"}
STANDARDS = {"x_visits.P": "Yes", "x_visits.U": "No", "x_visits.comment": "Late"}


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("mark", ["words", "number"])
def test_a_number_in_a_column_of_its_own_is_read_with_the_words_beside_it(editor, mark):
    said = APART | STANDARDS
    found = read(EDITORS[editor](with_numbers_apart(a_form(said), mark=mark)))
    assert (texts(found.answers), found.conflicts) == (said, ())


def test_numbers_apart_are_read_where_the_headings_were_deleted_too():
    found = read(PANDOC(with_numbers_apart(a_form(APART), headings=False)))
    assert (texts(found.answers), found.conflicts) == (APART, ())


def test_numbers_that_were_exchanged_in_their_own_column_are_told():
    form = PANDOC(with_numbers_apart(a_form(SAID)))
    new = {"1.1": "1.2", "1.2": "1.1"}

    def edit(body):
        for text in body.iter(f"{W}t"):
            text.text = new.get(text.text, text.text)

    found = read(edited(form, edit))
    assert texts(found.answers) == SAID
    assert any("1.1 Plan is good, 1.2 Overall" in note for note in found.notes)


def test_an_answer_that_is_a_number_is_not_taken_for_the_number_of_a_row():
    assert texts(read(PANDOC(a_form({"x_int": "1.1", "x_text": "1.2"}))).answers) == {
        "x_int": "1.1",
        "x_text": "1.2",
    }


@given(st.data())
def test_the_likest_question_is_found_as_if_each_had_been_compared(data):
    wordings = asked(EVERY_KIND).wordings
    words = data.draw(st.sampled_from([each for said in wordings.values() for each in said]))
    text = wording(
        data.draw(st.sampled_from([words, words[3:], words[::2]])) + data.draw(st.text())
    )
    found = likest(text, wordings)
    each = sorted((likest(text, {key: said}).score for key, said in wordings.items()), reverse=True)
    assert [found.score, found.second] == each[:2]
    assert likest(text, {found.key: wordings[found.key]}).score == found.score


def test_a_page_of_text_in_the_place_of_a_label_is_no_question_and_takes_no_time():
    started = process_time()
    page = "what the plan is to change and by when " * 5_000
    assert not likest(page, asked(EVERY_KIND).wordings).is_likelier
    assert alike(page, ("Plan is good",)) < 0.2
    assert process_time() - started < 2
