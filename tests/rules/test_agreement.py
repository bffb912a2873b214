"""Agreement on audits: discussed in time or not, disputes decided, and how second judges grade."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from auditdocs.model.form import Answer
from auditdocs.model.settings import Settings
from auditdocs.rules.findings.agreement import discussions, moderation
from auditdocs.rules.follow_up.followed import Followed
from tests.makers.forms import EVERY_KIND, an_issued_audit
from tests.makers.records import a_record

PEER = replace(EVERY_KIND, follow_up=("team-manager-feedback", "moderation"))
IN_TIME, LATE = date(2026, 10, 2), date(2026, 10, 5)
"""Ten working days from the audit on Friday 18 September, and one more."""


def an_audit(serial=1, *, grade="G", papers=None, of=PEER, **said):
    """A Quality audit of 18 September, of which this was said since."""
    audit = replace(an_issued_audit(of), audit_id=f"Q-2026-09-{serial:04d}", status="accepted")
    return Followed(
        audit=audit,
        contract=of,
        record=a_record(audit_id=audit.audit_id, overall=grade),
        said=said,
        papers=papers or {},
    )


def test_a_discussion_is_in_time_up_to_the_tenth_working_day():
    found = discussions(
        (
            an_audit(1, discussed_date=IN_TIME.isoformat()),
            an_audit(2, discussed_date=LATE.isoformat()),
            an_audit(3),
        ),
        today=IN_TIME,
    )
    assert found.in_time.audits == ("Q-2026-09-0001",)
    assert found.late.audits == ("Q-2026-09-0002",)
    assert (found.overdue.value, found.ahead.value, found.held) == (0, 1, 2)
    assert discussions((an_audit(3),), today=LATE).overdue.value == 1


def test_audits_that_only_the_group_or_a_supervisor_discusses_are_left_out():
    themed = replace(PEER, follow_up=("team-manager-feedback", "smg-discussion"))
    own = replace(PEER, follow_up=("supervision-slip",))
    found = discussions((an_audit(1, of=themed), an_audit(2, of=own)), today=LATE)
    assert found.overdue.value + found.ahead.value == 0


def test_a_decision_upholds_the_audit_or_changes_it():
    disputed = {"discussed_date": IN_TIME.isoformat(), "agreed": "no"}
    decided = disputed | {"decided_date": "2026-10-09"}
    falls = a_record(answers=(Answer(item_id="r_1", value="falls"),))
    found = discussions(
        (
            an_audit(1, **disputed),
            an_audit(2, **decided),
            an_audit(3, **decided, grade_final="RI"),
            an_audit(4, **decided, papers={"decision": falls}),
        ),
        today=LATE,
    )
    assert found.disputed.value == 4
    assert found.upheld.audits == ("Q-2026-09-0002",)
    assert found.changed.audits == ("Q-2026-09-0003", "Q-2026-09-0004")
    assert found.undecided == 1


def test_moderation_tells_how_far_apart_the_grades_are_and_which_way():
    found = moderation(
        (
            an_audit(1, grade="O", moderated_grade="O"),
            an_audit(2, grade="O", moderated_grade="RI"),
            an_audit(3, grade="I", moderated_grade="RI"),
            an_audit(4, grade="O"),
            an_audit(5, grade="NE", moderated_grade="G"),
        ),
        Settings(moderation_grades=("O", "I"), moderation_share=0),
    )
    assert (found.asked.value, found.graded.value) == (4, 3)
    assert (found.same.value, found.within_one.value) == (1, 2)
    assert found.lower.audits == ("Q-2026-09-0002",)
    assert found.higher.audits == ("Q-2026-09-0003",)
    assert [*found.pairs] == [("O", "O"), ("O", "RI"), ("I", "RI")]


GRADE = some.sampled_from(("O", "G", "RI", "I", "NA", "NE", ""))


@given(some.lists(some.tuples(GRADE, GRADE), max_size=6))
def test_every_audit_graded_twice_is_the_same_lower_or_higher(pairs):
    found = moderation(
        [an_audit(n, grade=a, moderated_grade=b) for n, (a, b) in enumerate(pairs)], Settings()
    )
    assert found.graded.value == found.same.value + found.lower.value + found.higher.value
    assert found.same.value <= found.within_one.value <= found.graded.value
    assert found.graded.value == sum(each.value for each in found.pairs.values())
