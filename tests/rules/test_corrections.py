"""A corrected form: what was discussed stands or is asked again; numbers stay with their task."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditdocs.rules.follow_up.sayings import said_between
from auditdocs.rules.returns.corrections import (
    ANEW,
    STANDS,
    renumbered,
    standing_after,
    told_of_correction,
    versions_discussed,
)
from tests.makers.forms import an_issued_audit
from tests.makers.records import a_recommendation, a_record

DAY = date(2026, 10, 9)
BEFORE = a_record(overall="G")


def a_corrected(*recommendations, before=BEFORE, used=(1,), **changes):
    """The record of a corrected form with these recommendations, numbered by row."""
    rows = (
        tuple(replace(each, number=row) for row, each in enumerate(recommendations, start=1))
        or BEFORE.recommendations
    )
    return renumbered(replace(before, recommendations=rows, **changes), before, used)


def of(audit_status, after):
    """An audit of that status after the corrected form, and what its sender is told."""
    audit = replace(an_issued_audit(), status=audit_status, form_version=1, grade_final="RI")
    then = standing_after(audit, BEFORE, after, version=2, day=DAY)
    return then, [*told_of_correction(audit, BEFORE, after)]


def test_a_correction_of_something_else_leaves_what_was_discussed_and_the_decided_grade():
    then, told = of("decided", a_corrected(comments={"x_grade": "Better words."}))
    assert (then.status, then.grade_final, then.corrected, told) == (
        "decided",
        "RI",
        None,
        [STANDS],
    )


@pytest.mark.parametrize(
    "after",
    [
        a_corrected(overall="I"),
        a_corrected(safe=False),
        a_corrected(a_recommendation(), a_recommendation(linked_item="x_grade")),
        a_corrected(a_recommendation(due_date=date(2026, 11, 30))),
    ],
    ids=["grade", "safety", "one more", "another date"],
)
def test_another_grade_or_recommendation_is_to_be_discussed_anew(after):
    then, told = of("agreed", after)
    assert (then.status, then.discussed_version, then.corrected) == ("accepted", 2, DAY)
    assert then.grade_final == after.overall
    assert told == [ANEW]


def test_nobody_is_told_of_a_discussion_that_was_not_held():
    assert of("accepted", a_corrected(overall="I"))[1] == []


def numbers(record):
    """The numbers of its recommendations."""
    return [each.number for each in record.recommendations]


def test_a_recommendation_keeps_its_number_when_another_is_put_before_it():
    first, new = a_recommendation(), a_recommendation(recommendation="Ring the school")
    assert numbers(a_corrected(replace(new, linked_item="x_grade"), first)) == [2, 1]


def test_one_reworded_in_its_row_is_the_same_and_one_for_somebody_else_is_new():
    reworded = a_recommendation(recommendation="Write up the visit of 3 March 2026")
    assert numbers(a_corrected(reworded)) == [1]
    assert numbers(a_corrected(replace(reworded, owner_name="Bo Borrow"))) == [2]


def test_a_number_that_an_earlier_version_used_is_never_given_again():
    new = a_recommendation(recommendation="Ring the school", linked_item="x_grade")
    assert numbers(a_corrected(new, used=(1, 2, 3))) == [4]


TASKS = some.lists(some.tuples(some.sampled_from("abc"), some.sampled_from("xy")), max_size=5)


@given(TASKS, TASKS)
def test_numbers_are_different_and_what_did_not_change_keeps_its_own(first, second):
    made = [
        [
            a_recommendation(number=n, recommendation=t, linked_item=i)
            for n, (t, i) in enumerate(s, 1)
        ]
        for s in (first, second)
    ]
    before = replace(BEFORE, recommendations=tuple(made[0]))
    after = renumbered(replace(before, recommendations=tuple(made[1])), before, ())
    assert len(set(numbers(after))) == len(second)
    again = renumbered(before, before, ())
    assert again == before


def test_what_staff_wrote_of_an_earlier_form_no_longer_counts_but_the_contact_sheet_does():
    wrote = {"discussed_date": "2026-10-08", "agreed": "yes", "contact_sheet_date": "2026-10-07"}
    rest = {"contact_sheet_date": "2026-10-07"}
    assert said_between(wrote, None) == wrote
    assert said_between(wrote, DAY) == rest
    assert said_between(wrote, date(2026, 10, 8)) == wrote
    assert said_between(wrote, None, DAY) == wrote
    assert said_between(wrote, None, date(2026, 10, 8)) == rest
    assert said_between({"agreed": "no"}, None) == {"agreed": "no"}
    assert said_between({"agreed": "no"}, None, DAY) == {}


def test_a_discussion_begins_with_the_first_form_and_with_each_that_changes_what_it_is_of():
    regraded = replace(BEFORE, overall="I")
    reworded = replace(regraded, comments={"x_grade": "Better words."})
    assert versions_discussed([]) == ()
    assert versions_discussed([(1, BEFORE), (2, regraded), (3, reworded), (4, BEFORE)]) == (1, 2, 4)
