"""A form judged: a record when every answer holds, else all that is wrong, told at once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.form import Answer, Identity
from auditdocs.rules.returns.records import (
    FROM_SETTINGS,
    changes,
    digest,
    same_auditor,
    with_lookback,
)
from tests.makers.forms import EVERY_KIND, an_issued_audit
from tests.makers.records import (
    ANSWERS,
    AUDITED,
    FIELDS,
    RETURNED,
    ROW,
    a_recommendation,
    a_record,
    a_returned_form,
    an_answer,
    found,
    reasons,
    verdict,
)

SOUND = verdict(a_returned_form()).record


def warnings(form, **how):
    return verdict(form, **how).record.warnings


# A record.


def test_a_form_whose_answers_hold_is_a_record():
    assert verdict(a_returned_form()).reasons == ()
    assert (SOUND.date_audited, SOUND.auditor, SOUND.overall, SOUND.safe) == (
        AUDITED,
        "Ann Archer",
        "RI",
        True,
    )
    assert SOUND.value("x_visits", "T") == "no"
    assert SOUND.value("x_date") == "2026-09-01"
    assert SOUND.value("x_choice") == "home"
    assert SOUND.value("x_drift") == ""
    assert SOUND.comments == {
        "x_overall": "The plan has no end.",
        "x_visits": "Two visits late.",
    }
    assert [each.linked_item for each in SOUND.recommendations] == ["x_visits"]
    assert SOUND.fields == {"worker_spoken_to": "yes", "signed_auditor": "Ann Archer"}
    assert SOUND.warnings == ()


def test_only_what_was_printed_is_asked_and_kept():
    printed = an_issued_audit(printed=("x_grade", "x_text"))
    form = a_returned_form(
        dict.fromkeys(ANSWERS, "") | {"x_grade": "G", "x_text": "W", "x_yn": "No"}
    )
    record = verdict(form, printed).record
    assert [answer.item_id for answer in record.answers] == ["x_grade", "x_text"]


# What can be wrong.


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"x_grade": ""}, ("missing", "1.1 Plan is good")),
        ({"x_grade": "Fine"}, ("not-a-choice", "1.1 Plan is good")),
        ({"x_visits.U": ""}, ("missing", "2.1 Visits, Up to date")),
        ({"x_overall.comment": ""}, ("words-missing", "1.2 Overall")),
        ({"x_visits.comment": ""}, ("words-missing", "2.1 Visits")),
        ({"x_date": "soon"}, ("not-a-date", "1.7 Date last seen")),
        ({"x_date": "21/09/2026"}, ("date-in-future", "1.7 Date last seen")),
        ({"x_date": "01/01/2017"}, ("date-too-early", "1.7 Date last seen")),
        ({"x_int": "some"}, ("not-a-number", "1.8 Number of visits")),
    ],
)
def test_each_wrong_answer_is_told_with_its_section_and_number(answers, wrong):
    assert reasons(a_returned_form(answers)) == [wrong]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"date_audited": "31/31/2026"}, ("not-a-date", "Date audited")),
        ({"date_audited": "21/09/2026"}, ("date-in-future", "Date audited")),
        ({"date_audited": "01/01/2017"}, ("date-too-early", "Date audited")),
        ({"worker_spoken_to": "Perhaps"}, ("not-a-choice", "Was the allocated worker spoken to?")),
        ({"worker_spoken_to_date": "30/09/2026"}, ("date-in-future", "Date spoken to")),
        ({"lookback_months": "a while"}, ("not-a-number", "Months of the record looked at")),
        ({"signed_auditor_date": "?"}, ("not-a-date", "Date signed")),
        ({"signed_auditor_date": "01/01/2028"}, ("date-in-future", "Date signed")),
    ],
)
def test_each_wrong_field_is_told_by_its_label(fields, wrong):
    rows = [ROW | {"due_date": "31/10/2027"}]
    assert reasons(a_returned_form(fields=fields, rows=rows)) == [wrong]


def test_what_is_wrong_is_told_with_the_heading_over_it():
    fields = {"date_audited": "soon", "signed_auditor_date": "?", "contact_sheet_date": "never"}
    found = verdict(a_returned_form({"x_yn": "Perhaps"}, fields)).reasons
    assert [(reason.where, reason.section) for reason in found] == [
        ("Date audited", "This audit"),
        ("1.3 Is the child safe today?", "1 Practice"),
        ("Date signed", "Sign-off"),
        ("Contact sheet attached to the case record on", "After the audit"),
    ]


def test_a_meeting_in_the_sign_off_may_lie_ahead():
    record = verdict(a_returned_form(fields={"contact_sheet_date": "01/12/2026"})).record
    assert record.fields["contact_sheet_date"] == "2026-12-01"
    (told,) = verdict(a_returned_form(fields={"contact_sheet_date": "01/12/2062"})).reasons
    assert (told.code, told.text) == (
        "date-in-future",
        "It lies more than a year ahead: see whether the year is right.",
    )
    (told,) = verdict(a_returned_form(fields={"contact_sheet_date": "01/12/62"})).reasons
    assert (told.code, told.text) == ("date-too-early", "It lies before birth.")


def test_a_standard_not_met_needs_an_action_or_the_words_done_at_audit():
    assert reasons(a_returned_form(rows=())) == [("action-missing", "2.1 Visits")]
    done = {"x_visits.comment": "Done at audit 18/09/2026"}
    assert reasons(a_returned_form(done, rows=())) == []


def test_a_row_or_cell_that_is_gone_is_told_apart():
    seen = a_returned_form().seen - {"x_ynp", "x_drift"}
    assert reasons(a_returned_form({"x_ynp": ""}, seen=seen)) == [("gone", "1.4 Family included")]


def test_an_answer_given_twice_differently_goes_to_a_person():
    conflicts = ("x_ynp", "x_visits.comment", "team")
    assert reasons(a_returned_form(conflicts=conflicts)) == [
        ("conflict", "1.4 Family included"),
        ("conflict", "2.1 Visits, Comment"),
    ]


def test_a_field_that_stands_twice_differently_goes_to_a_person():
    twice, unclear = ("date_audited",), frozenset({"signed_auditor"})
    assert reasons(a_returned_form(conflicts=twice, unclear=unclear)) == [
        ("conflict", "Date audited"),
        ("conflict", "Signed by the auditor"),
    ]


def test_a_row_that_nobody_can_tell_goes_to_a_person_though_its_question_was_not_printed():
    form = a_returned_form(unclear=frozenset({"x_ynp", "x_visits.comment"}))
    told = [("unclear-row", "1.4 Family included"), ("unclear-row", "2.1 Visits")]
    assert reasons(form) == told
    audit = an_issued_audit()
    printed = tuple(key for key in audit.printed if key != "x_ynp")
    assert sorted(reasons(form, audit=replace(audit, printed=printed))) == told


def test_everything_wrong_is_told_at_once_in_the_order_of_the_form():
    form = a_returned_form(
        {"x_grade": "", "x_overall": "Fine", "x_visits.T": "rarely", "x_text": ""},
        {"date_audited": "soon", "worker_spoken_to": "Perhaps"},
        rows=[ROW | {"owner_name": "", "due_date": "?"}],
    )
    assert reasons(form) == [
        ("not-a-date", "Date audited"),
        ("missing", "1.1 Plan is good"),
        ("not-a-choice", "1.2 Overall"),
        ("missing", "1.6 Learning"),
        ("not-a-choice", "2.1 Visits, In time"),
        ("missing", "Recommendations, row 1, Owner"),
        ("not-a-choice", "Recommendations, row 1, Due date"),
        ("not-a-choice", "Was the allocated worker spoken to?"),
    ]
    assert verdict(form).record is None


def test_a_form_without_an_answer_is_told_in_one_line():
    blank = a_returned_form(dict.fromkeys(ANSWERS, ""), rows=())
    assert reasons(blank) == [("unanswered", "The whole form")]


def test_reasons_say_what_to_write_and_never_what_stood_there():
    private = dict.fromkeys(ANSWERS, "Mary Brown 03/05/2018")
    form = a_returned_form(private, dict.fromkeys(FIELDS, "Mary Brown"), rows=[ROW])
    wrong = verdict(form).reasons
    assert len(wrong) > 10
    for reason in wrong:
        assert reason.text.endswith(".")
        assert "Mary" not in reason.text + reason.where + reason.code
        assert "2018" not in reason.text + reason.where
    assert {reason.found for reason in wrong} >= {"Mary Brown 03/05/2018", "Mary Brown"}


# Dates.


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("18/9/26", AUDITED),
        ("20/09/2026", RETURNED),
        ("3rd March 2026", date(2026, 3, 3)),
        ("1/9/99", None),
    ],
)
def test_a_year_of_two_digits_is_near_the_return(text, day):
    form = a_returned_form(fields={"date_audited": text})
    record = verdict(form).record
    assert (record.date_audited if record else None) == day


def test_without_a_date_of_audit_the_day_of_return_is_taken_and_said():
    form = a_returned_form(fields={"date_audited": ""})
    record = verdict(form).record
    assert record.date_audited == RETURNED
    assert record.warnings == (
        "No date of audit was written: the day the form came back was taken.",
    )


def test_the_date_of_birth_of_a_child_not_yet_born_bounds_nothing():
    audit = an_issued_audit(header={"dob": "Expected 01/02/2027"})
    assert reasons(a_returned_form({"x_date": "01/01/2017"}), audit=audit) == []


# Who.


def test_the_auditor_is_who_signed_then_who_is_named_then_who_was_asked():
    signed = a_returned_form(fields={"signed_auditor": "Bob Baker", "auditor": "Cy Cole"})
    assert verdict(signed).record.auditor == "Bob Baker"
    named = a_returned_form(fields={"signed_auditor": "", "auditor": "Cy Cole"})
    assert verdict(named).record.auditor == "Cy Cole"
    assert verdict(a_returned_form(fields={"signed_auditor": ""})).record.auditor == "Ann Archer"


def test_the_same_auditor_is_known_however_the_name_is_written():
    assert same_auditor("archer, ann", ["Bob Baker", "Ann  Archer"])
    assert not same_auditor("Bob Baker", ["Ann Archer"])


# Warnings.


def test_what_the_reader_noted_is_kept():
    assert warnings(a_returned_form(notes=("Tracked.",))) == ("Tracked.",)


def test_a_printed_field_that_was_changed_is_told_and_not_believed():
    changed = warnings(a_returned_form(fields={"team": "South", "dob": "02/05/2018"}))
    assert changed == (
        '"Date of birth" was changed on the form: what was issued stands.',
        '"Team" was changed on the form: what was issued stands.',
    )
    assert warnings(a_returned_form(fields={"team": " North\n"})) == ()


def test_a_good_overall_beside_an_inadequate_safeguarding_is_told():
    first = EVERY_KIND.sections[0]
    items = (replace(first.items[0], safeguarding=True), *first.items[1:])
    of = replace(EVERY_KIND, sections=(replace(first, items=items), EVERY_KIND.sections[1]))
    told = ("The overall grade is good although safeguarding was found inadequate.",)
    for overall in ("Good", "Outstanding"):
        form = a_returned_form({"x_grade": "I", "x_overall": overall}, of=of)
        assert warnings(form, of=of) == told
    assert warnings(a_returned_form({"x_grade": "I", "x_overall": "RI"}, of=of), of=of) == ()


def test_a_child_who_is_not_safe_is_told_and_the_form_is_accepted():
    """Source: domain.md A0.8: the notice must not wait for a corrected form."""
    form = a_returned_form({"x_yn": "No"})
    record = verdict(form).record
    assert not record.safe
    assert record.warnings == (
        "The auditor says that the child is not safe today.",
        "None of the recommendations is immediate.",
    )
    acted = a_returned_form({"x_yn": "No"}, rows=[ROW | {"priority": "Immediate"}])
    assert warnings(acted) == ("The auditor says that the child is not safe today.",)


# The digest, and what a correction changed.


def shuffled(record):
    """The record with everything in another order, and found in another way."""
    answers = tuple(replace(answer, carrier="label") for answer in record.answers[::-1])
    return replace(
        record,
        answers=answers,
        comments=dict(reversed(record.comments.items())),
        fields=dict(reversed(record.fields.items())),
        warnings=("Saved by another editor.",),
    )


def test_a_form_saved_again_keeps_its_digest():
    record = a_record()
    assert digest(shuffled(record)) == digest(record)
    renumbered = (a_recommendation(number=7),)
    assert digest(replace(record, recommendations=renumbered)) == digest(record)
    assert digest(replace(record, auditor="ANN  archer")) == digest(record)
    assert len(digest(record)) == 64


CHANGES = {
    "an answer": {"answers": (an_answer(value="RI"), *a_record().answers[1:])},
    "a facet": {"answers": (*a_record().answers[:2], an_answer("x_visits", "yes", "U"))},
    "an answer more": {"answers": (*a_record().answers, an_answer("x_yn", "yes"))},
    "a comment": {"comments": {"x_visits": "Two visits late."}},
    "another comment": {"comments": a_record().comments | {"x_grade": "Fully."}},
    "no recommendation": {"recommendations": ()},
    "a field": {"fields": {"signed_auditor": "Ann Archer"}},
    "the date": {"date_audited": RETURNED},
    "the auditor": {"auditor": "Bob Baker"},
} | {
    f"a recommendation's {name}": {"recommendations": (a_recommendation(**{name: value}),)}
    for name, value in {
        "recommendation": "Something else",
        "linked_item": "x_seen",
        "category": "visits",
        "priority": "immediate",
        "owner_name": "Bob Baker",
        "owner_role": "tm",
        "due_date": RETURNED,
        "need_type": "none",
    }.items()
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_changes_the_digest(what):
    assert digest(replace(a_record(), **CHANGES[what])) != digest(a_record())


TEXTS = st.text(max_size=6)
SAID = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "P"]), TEXTS), max_size=4)


@given(SAID, SAID)
def test_two_sets_of_answers_share_a_digest_only_when_they_say_the_same(one, other):
    digests = [
        digest(a_record(answers=tuple(Answer(item_id=i, facet=f, value=v) for i, f, v in said)))
        for said in (one, other)
    ]
    assert (digests[0] == digests[1]) == (sorted(one) == sorted(other))


def test_a_correction_says_which_items_it_changed():
    before = a_record()
    assert changes(before, shuffled(before)) == ()
    assert changes(before, replace(before, **CHANGES["an answer"])) == ("x_grade",)
    assert changes(before, replace(before, **CHANGES["a comment"])) == ("x_grade",)
    assert changes(before, replace(before, **CHANGES["an answer more"])) == ("x_yn",)
    assert changes(before, replace(before, **CHANGES["a facet"])) == ("x_visits",)
    gone = replace(before, recommendations=(), **CHANGES["an answer"])
    assert changes(before, gone) == ("x_grade", "recommendations")


def test_another_number_of_a_recommendation_is_no_correction():
    before = replace(a_record(), recommendations=(a_recommendation(number=7),))
    assert changes(before, a_record()) == ()


def test_a_comment_is_not_taken_for_an_answer():
    one = a_record(answers=(an_answer(value="x"),), comments={})
    other = a_record(answers=(), comments={"x_grade": "x"})
    assert changes(one, other) == ("x_grade",)
    assert digest(one) != digest(other)


def test_how_an_answer_was_found_is_kept_with_it():
    form = a_returned_form(answers=None)
    by_number = replace(form, answers=found(ANSWERS, carrier="number"))
    record = verdict(by_number).record
    assert {answer.carrier for answer in record.answers} == {"number"}
    assert digest(record) == digest(SOUND)


def test_a_question_that_needs_no_answer_and_a_locked_field_are_missed_when_gone():
    whole = a_returned_form()
    seen = (whole.seen - {"x_drift"}) | {"team"}
    warnings = verdict(replace(whole, seen=seen)).record.warnings
    assert "No longer in the form: 1.5." in warnings
    assert '"Team" was emptied on the form: what was issued stands.' in warnings
    assert not any("No longer" in warning for warning in verdict(whole).record.warnings)


def test_the_empty_header_of_a_blank_form_is_nothing_to_tell():
    blank = a_returned_form(identity=Identity())
    told = verdict(replace(blank, seen=blank.seen | {"team"})).record.warnings
    assert not any("emptied" in warning for warning in told)


@pytest.mark.parametrize(("written", "stands"), [("6", "6"), ("", "18"), (None, "18")])
def test_the_months_looked_at_are_those_of_the_settings_where_nobody_wrote_them(written, stands):
    fields = {} if written is None else {"lookback_months": written}
    record = verdict(a_returned_form(fields=fields)).record
    whole = with_lookback(record, EVERY_KIND, months=18)
    assert whole.fields["lookback_months"] == stands
    assert (whole.carriers.get("lookback_months") == FROM_SETTINGS) is (written != "6")
    bare = replace(EVERY_KIND, auditor=())
    assert with_lookback(replace(record, fields={}), bare, months=18).fields == {}
