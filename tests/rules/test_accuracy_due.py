"""When agreed items fall due, and when an agreement is to be reviewed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.accuracy import FREQUENCIES, ON_CHANGE, AgreedItem, Agreement, CheckList
from auditdocs.model.people import Person, Team
from auditdocs.rules.accuracy.due import lists_due, lists_to_come
from auditdocs.rules.accuracy.reviews import reviews
from auditdocs.rules.accuracy.rhythm import due_dates
from auditdocs.rules.calendar.dates import is_working_day

START = date(2026, 9, 3)
RHYTHMS = [choice.code for choice in FREQUENCIES if choice.code != ON_CHANGE]


def an_item(key, frequency="weekly", **more):
    """An item that is checked."""
    return AgreedItem(id=key, label=key, frequency=frequency, start=START, **more)


def an_agreement(*items, **more):
    """North's agreement of 3 September 2026."""
    sound = {
        "form_id": "AA-2026-09-0001",
        "key": "k",
        "team": "North",
        "version": 1,
        "agreed": START,
        "review_due": date(2027, 3, 3),
        "items": items,
        "tm": "Ann Lee",
        "bso": "Karen Tide",
        "signed_tm": "Ann Lee",
        "signed_tm_date": START,
        "signed_bso": "Karen Tide",
        "signed_bso_date": START,
    }
    return Agreement(**(sound | more))


def a_list(*items, due):
    """A list that was put out."""
    return CheckList(
        list_id="AC-2026-09-0001",
        key="k",
        team="North",
        agreement=1,
        due=due,
        issued=due,
        data_date=due,
        checker="Karen Tide",
        items=items,
        rows=0,
    )


@pytest.mark.parametrize(
    ("frequency", "first"),
    [
        ("weekly", date(2026, 9, 10)),
        ("fortnightly", date(2026, 9, 17)),
        ("three_weekly", date(2026, 9, 24)),
        ("monthly", date(2026, 10, 5)),
        ("six_weekly", date(2026, 10, 15)),
        ("quarterly", date(2026, 12, 3)),
        ("six_monthly", date(2027, 3, 3)),
        ("yearly", date(2027, 9, 3)),
    ],
)
def test_each_frequency_falls_due_one_interval_after_its_start(frequency, first):
    assert due_dates(frequency, start=START, last=date(2028, 1, 1))[0] == first


@given(st.sampled_from(RHYTHMS), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_due_dates_are_working_days_in_order(frequency, start):
    days = due_dates(frequency, start=start, last=start + timedelta(days=500))
    assert days == tuple(sorted(set(days)))
    assert all(is_working_day(day) for day in days)


def test_what_is_checked_on_change_has_no_calendar():
    assert due_dates(ON_CHANGE, start=START, last=date(2030, 1, 1)) == ()


def test_items_of_one_day_share_a_list_and_a_missed_round_is_overtaken():
    agreement = an_agreement(
        an_item("a"),
        an_item("b", "fortnightly"),
        an_item("c", "monthly"),
        an_item("d", include=False),
    )
    (due,) = lists_due([agreement], [], last=date(2026, 9, 18))
    assert due.due == date(2026, 9, 17)
    assert [item.id for item in due.items] == ["a", "b"]
    assert due.missed == 1


def test_a_round_that_was_put_out_is_not_due_again():
    agreement = an_agreement(an_item("a"))
    issued = [a_list(an_item("a"), due=date(2026, 9, 10))]
    assert lists_due([agreement], issued, last=date(2026, 9, 16)) == ()
    (due,) = lists_due([agreement], issued, last=date(2026, 9, 17))
    assert (due.due, due.missed) == (date(2026, 9, 17), 0)


def test_a_plan_shows_every_round_to_come_by_day():
    agreement = an_agreement(an_item("a"), an_item("b", "fortnightly"))
    coming = lists_to_come([agreement], [], first=START, last=date(2026, 9, 24))
    assert [(each.due.day, [item.id for item in each.items]) for each in coming] == [
        (10, ["a"]),
        (17, ["a", "b"]),
        (24, ["a"]),
    ]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2027, 2, 2), []),
        (date(2027, 2, 3), [("review due", False)]),
        (date(2027, 3, 3), [("review due", False)]),
        (date(2027, 3, 4), [("review overdue", True)]),
    ],
)
def test_a_review_is_told_four_weeks_before_and_is_overdue_the_day_after(on, told):
    found = reviews([an_agreement(an_item("a"))], on=on)
    assert [(review.why, review.late) for review in found] == told


def test_when_the_manager_or_the_officer_leaves_the_review_is_needed_at_once():
    manager = Person(name="Ann Lee", role="tm", teams=("North",), active_to=date(2026, 9, 30))
    officer = Person(name="Karen Tide", role="bso", teams=("North",))
    agreement = an_agreement(an_item("a"))
    on = date(2026, 10, 1)
    (review,) = reviews([agreement], on=on, people=(manager, officer))
    assert (review.due, review.late) == (on, True)
    assert review.why == "the team manager of version 1 changed: review at once"
    staying = replace(manager, active_to=None)
    assert reviews([agreement], on=on, people=(staying, officer)) == ()
    teams = {"North": Team(name="North", manager="Bo Hill", business_support="Karen Tide")}
    (changed,) = reviews([agreement], on=on, people=(officer,), teams=teams)
    assert changed.late
