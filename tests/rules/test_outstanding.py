"""Outstanding recommendations: open by age, carried, done in time, and the burn-down line."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from auditdocs.rules.calendar.periods import period
from auditdocs.rules.findings.outstanding import AGES, BANDS, TO_VERIFY, outstanding
from auditdocs.rules.follow_up.followed import Followed, Tracked
from tests.makers.forms import EVERY_KIND, an_issued_audit
from tests.makers.records import a_recommendation, a_record

QUARTER = period("2026-27-Q2")
TODAY = date(2026, 9, 30)


def an_audit(*recommendations, returned=date(2026, 7, 10), serial=1, **said):
    """An audit home on that day with these recommendations."""
    audit = replace(an_issued_audit(), audit_id=f"Q-2026-07-{serial:04d}", returned=returned)
    return Followed(
        audit=replace(audit, status="accepted"),
        contract=EVERY_KIND,
        record=a_record(audit_id=audit.audit_id),
        said=said,
        recommendations=recommendations,
    )


def tracked(status="Agreed", *, due=date(2026, 8, 31), priority="standard", **changes):
    """A recommendation and what became of it."""
    made = a_recommendation(due_date=due, priority=priority)
    return Tracked(made=made, status=status, **changes)


def found(*audits, today=TODAY):
    """What is outstanding of these audits."""
    return outstanding(audits, period=QUARTER, today=today)


def test_open_recommendations_are_counted_by_how_long_they_are_past_their_day():
    days = (date(2026, 9, 30), date(2026, 9, 29), date(2026, 8, 30), date(2026, 7, 31))
    by_age = found(an_audit(*(tracked(due=day) for day in days))).by_age
    assert [by_age[band].value for band in BANDS] == [1, 1, 1, 1, 0]


def test_what_is_done_and_waits_for_somebody_to_see_it_is_past_due_no_more():
    waits = tracked("Done", due=date(2026, 7, 1), priority="immediate", done=date(2026, 7, 1))
    late = tracked("Agreed", due=date(2026, 7, 1), priority="immediate")
    audit = an_audit(waits, late)
    by_age = found(audit).by_age
    assert (by_age[TO_VERIFY].value, by_age["over 60 days"].value) == (1, 1)
    past = sum(each.is_overdue(TODAY) for each in audit.recommendations)
    assert past == sum(by_age[age].value for age in AGES)


def test_what_an_earlier_period_recommended_and_is_open_is_carried():
    earlier = an_audit(tracked(), tracked("Done"), returned=date(2026, 6, 30))
    assert found(earlier, an_audit(tracked(), serial=2)).carried.value == 1


def test_done_in_time_goes_by_the_day_it_was_done_not_by_its_verification():
    urgent = tracked(
        "Verified", priority="high", done=date(2026, 8, 31), verified=date(2026, 9, 14)
    )
    late = tracked("Done", done=date(2026, 9, 1))
    assert found(an_audit(urgent, late, tracked("Rejected"))).done_in_time.value == 1


def test_immediate_ones_are_told_by_themselves_until_they_are_finished():
    old = an_audit(
        tracked(priority="immediate"),
        tracked("Verified", priority="immediate", verified=date(2026, 6, 1)),
        returned=date(2026, 5, 1),
    )
    new = an_audit(tracked("Done", priority="immediate"), serial=2)
    assert [each.standing for each in found(old, new).immediate] == ["Overdue", "To be verified"]


def test_the_burn_down_line_tells_what_came_what_went_and_what_is_left():
    line = found(
        an_audit(tracked(), tracked("Done", done=date(2026, 9, 3))),
        an_audit(
            tracked("Rejected"),
            serial=2,
            returned=date(2026, 8, 4),
            discussed_date="2026-08-12",
        ),
    ).burn_down
    assert [each.label for each in line] == ["Jul 2026", "Aug 2026", "Sep 2026"]
    assert [each.made.value for each in line] == [2, 1, 0]
    assert [each.finished.value for each in line] == [0, 1, 1]
    assert [each.open.value for each in line] == [2, 2, 1]


@given(
    some.lists(
        some.tuples(
            some.dates(date(2025, 11, 1), TODAY),
            some.sampled_from(("Proposed", "Agreed", "Done", "Verified", "Rejected")),
            some.none() | some.dates(date(2025, 9, 1), date(2027, 3, 31)),
        ),
        max_size=8,
    )
)
def test_the_line_adds_up_from_month_to_month(history):
    audits = [
        an_audit(tracked(status, done=done), returned=returned, serial=n)
        for n, (returned, status, done) in enumerate(history)
    ]
    counted = found(*audits)
    line = counted.burn_down
    for before, after in pairwise(line):
        assert after.open.value == before.open.value + after.made.value - after.finished.value
    if history:
        assert line[-1].open.value == sum(each.value for each in counted.by_age.values())


def test_what_was_done_before_its_form_came_home_was_never_open():
    line = found(an_audit(tracked("Done", done=date(2026, 7, 3)), returned=date(2026, 8, 4)))
    (only,) = (month for month in line.burn_down if month.label == "Aug 2026")
    assert (only.made.value, only.finished.value, only.open.value) == (1, 1, 0)


def test_a_day_that_is_yet_to_come_leaves_nothing_open_that_is_done():
    ahead = an_audit(tracked("Done", due=date(2026, 7, 20), done=date(2062, 9, 3)))
    assert found(ahead).open.value == 0
