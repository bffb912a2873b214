"""The life of an audit: only the moves of one table, each shown in the picture of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditdocs.model.audit import ACCEPTED, CLOSED, FILED, HOME, OUT, WITHDRAWN
from auditdocs.rules.follow_up.followed import Followed, Tracked
from auditdocs.rules.follow_up.life_cycle import MOVES, course, may_move, picture
from tests.makers.forms import EVERY_KIND, an_issued_audit
from tests.makers.records import a_recommendation, a_record

DISCUSSED = {"discussed_date": "2026-09-25"}
FEEDBACK = replace(EVERY_KIND, follow_up=("contact-sheet", "team-manager-feedback"))


def an_audit_home(said=None, *, statuses=("Proposed",), filed=None, status=ACCEPTED, of=FEEDBACK):
    """An audit with these facts."""
    return Followed(
        audit=replace(an_issued_audit(of), status=status),
        contract=of,
        record=a_record(),
        said=said or {},
        recommendations=tuple(Tracked(made=a_recommendation(), status=each) for each in statuses),
        filed=filed,
    )


def statuses(of):
    """The statuses an audit goes through from where it is."""
    return [move.next for move in course(of)]


def test_the_picture_in_the_documentation_is_what_the_table_gives():
    page = Path(__file__).parents[2] / "docs" / "life-cycle.md"
    assert f"```mermaid\n{picture()}\n```" in page.read_text(encoding="utf-8")


def test_every_status_is_reached_and_only_an_ending_leads_nowhere():
    reached = {move.next for move in MOVES}
    assert (OUT | HOME) - {"selected"} <= reached
    assert {status for status in reached if status not in {m.status for m in MOVES}} == {WITHDRAWN}


def test_an_audit_that_is_home_is_never_withdrawn_or_out_again():
    assert not any(may_move(home, other) for home in HOME for other in {*OUT, WITHDRAWN})


def test_discussed_agreed_filed_and_closed_one_after_another():
    of = an_audit_home(
        {**DISCUSSED, "agreed": "yes"}, statuses=("Verified",), filed=date(2026, 10, 1)
    )
    assert statuses(of) == ["discussed", "agreed", "filed", "closed"]


def test_a_dispute_goes_to_the_head_of_service_and_is_decided():
    said = {**DISCUSSED, "agreed": "no"}
    assert statuses(an_audit_home(said)) == ["discussed", "disputed", "escalated"]
    said |= {"decided_date": "2026-10-02"}
    assert statuses(an_audit_home(said))[-1] == "decided"


def test_what_is_attached_is_filed_and_stays_open_until_it_is_discussed():
    of = an_audit_home(statuses=("Verified",), filed=date(2026, 9, 21))
    assert statuses(of) == [FILED]
    assert statuses(replace(of, contract=EVERY_KIND)) == [FILED, CLOSED]


def test_done_is_enough_for_a_standard_recommendation_and_not_for_an_urgent_one():
    assert Tracked(made=a_recommendation(priority="standard"), status="Done").is_finished
    urgent = Tracked(made=a_recommendation(priority="high"), status="Done")
    assert not urgent.is_finished
    assert urgent.awaits_verification


def test_an_urgent_recommendation_verified_by_its_own_owner_is_told_and_not_finished():
    made = a_recommendation(priority="immediate", owner_name="Ann Archer")
    own = Tracked(made=made, status="Verified", verified_by="archer, ann")
    assert not own.is_finished
    assert own.standing(date(2026, 10, 1)) == "Verified by its owner"
    assert replace(own, verified_by="Tess Manager").is_finished


def test_a_recommendation_taken_up_again_opens_a_closed_audit():
    of = an_audit_home({**DISCUSSED, "agreed": "yes"}, statuses=("In progress",), status=CLOSED)
    assert statuses(of) == [FILED]


FACTS = some.fixed_dictionaries(
    {},
    optional={
        "discussed_date": some.just("2026-09-25"),
        "agreed": some.sampled_from(("yes", "no", "amended")),
        "decided_date": some.just("2026-10-02"),
    },
)


@given(FACTS, some.sampled_from(sorted(HOME)), some.booleans(), some.booleans())
def test_whatever_is_said_the_course_ends_and_every_step_of_it_is_legal(
    said, status, filed, finished
):
    of = an_audit_home(
        said,
        status=status,
        filed=date(2026, 10, 1) if filed else None,
        statuses=("Verified" if finished else "Agreed",),
    )
    moves = []
    for move in course(of):
        moves.append(move)
        assert len(moves) <= len(MOVES)
    assert all(may_move(move.status, move.next) for move in moves)
    end = moves[-1].next if moves else status
    assert statuses(replace(of, audit=replace(of.audit, status=end))) == []


@pytest.mark.parametrize(("status", "then"), [("issued", "filed"), ("closed", "issued")])
def test_the_journal_writes_no_other_move(office, status, then):
    from auditdocs.places.journal.audits import keep_audits

    audit = replace(an_issued_audit(), status=status)
    with office.open() as opened, pytest.raises(AssertionError):
        keep_audits(opened.journal, (audit,), day=audit.issued, cause="selection")
        keep_audits(
            opened.journal, (replace(audit, status=then),), day=audit.issued, cause="by mistake"
        )
