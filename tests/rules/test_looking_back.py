"""What the next audit of a child says of recommendations that were left open, and what it moves."""

from dataclasses import replace
from datetime import date

import pytest

from auditdocs.model.form import Answer
from auditdocs.rules.follow_up.followed import Tracked
from auditdocs.rules.follow_up.looking_back import look_back, looked_back_on
from tests.makers.contracts import a_contract, a_standard, an_item
from tests.makers.forms import an_issued_audit
from tests.makers.records import a_recommendation, a_record

ASKS = an_item("q_prev", type="ynp", note=True)
STANDARD = a_standard("c_prev", facets=("P",), note=True)
FIRST, TENTH = "Q-2026-07-0012/1", "Q-2026-07-0012/10"
DAY = date(2026, 9, 18)
OPEN = Tracked(
    made=a_recommendation(audit_id="Q-2026-07-0012", owner_name="Sam Worker"), status="Agreed"
)


def look(answer, words="", *, by="Ann Archer", item=ASKS):
    """What an audit says whose form listed both."""
    facet = item.facets[0] if item.facets else ""
    record = a_record(
        auditor=by,
        answers=(Answer(item_id=item.id, facet=facet, value=answer),),
        comments={item.id: words} if words else {},
        date_audited=DAY,
    )
    audit = replace(an_issued_audit(), audit_id="Q-2026-09-0003", carried=(FIRST, TENTH))
    return look_back(audit, record, a_contract(item))


@pytest.mark.parametrize(
    ("answer", "words", "first", "tenth"),
    [
        ("yes", "", True, True),
        ("no", "Nothing was done.", False, False),
        ("no", f"{FIRST} is not.", False, None),
        ("partly", f"All but {FIRST}.", False, True),
        ("partly", f"not done: {TENTH.lower()}", True, False),
        ("partly", "Some of it.", None, None),
    ],
)
def test_the_answer_says_of_each_that_was_listed_whether_it_was_done(answer, words, first, tenth):
    said = look(answer, words)
    assert (said.says_done(FIRST), said.says_done(TENTH)) == (first, tenth)
    assert said.says_done("Q-2026-07-0099/1") is None


def test_a_standard_that_is_not_met_and_names_some_says_that_the_rest_is_done():
    said = look("no", f"{FIRST} still to do", item=STANDARD)
    assert (said.says_done(FIRST), said.says_done(TENTH)) == (False, True)
    assert look("no", "Nothing done", item=STANDARD).says_done(TENTH) is False


def test_not_applicable_says_nothing():
    assert look("na") is None


def test_found_done_by_somebody_else_it_is_verified_and_by_its_owner_it_is_done():
    found = looked_back_on(OPEN, [look("yes")])
    assert (found.status, found.verified_by, found.verified) == ("Verified", "Ann Archer", DAY)
    assert found.later == "Carried out: Q-2026-09-0003, 18/09/2026"
    own = looked_back_on(OPEN, [look("yes", by="worker, sam")])
    assert (own.status, own.done, own.awaits_verification) == ("Done", DAY, True)


def test_what_was_reported_done_and_is_not_is_in_progress_again():
    reported = replace(OPEN, status="Done", done=date(2026, 9, 1))
    found = looked_back_on(reported, [look("no")])
    assert (found.status, found.done) == ("In progress", None)
    assert found.is_overdue(date(2026, 11, 1))


def test_what_staff_wrote_later_or_finished_stands():
    later = replace(OPEN, status="Done", done=date(2026, 9, 25))
    finished = replace(OPEN, status="Withdrawn")
    assert looked_back_on(later, [look("no")]) == later
    assert looked_back_on(finished, [look("yes")]) == finished


def test_of_several_later_audits_the_last_counts():
    first, second = (
        look("no"),
        replace(look("yes"), audit_id="Q-2026-11-0001", day=DAY.replace(month=11)),
    )
    assert looked_back_on(OPEN, [second, first]).status == "Verified"
