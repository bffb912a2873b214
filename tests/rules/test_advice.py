"""What the extract suggests about a standard, and how little it claims."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.rules.forms.advice import (
    IN_TIME,
    LATE,
    MISSING,
    NOT_DUE,
    UNKNOWN,
    advice_for,
    disagrees,
    evidence,
)
from tests.makers.cases import a_case
from tests.makers.contracts import a_standard, an_advice, an_item

DATA_DATE = date(2026, 3, 31)
CONFERENCE = an_advice(
    since="strategy_date", done="icpc_date", limit="cd(15)", noun="conference held"
)
VISITS = an_advice(since="cp_start", last="cp_last_visit", every="cd(10)")
REVIEWS = an_advice(
    since="care_start",
    last="lac_last_review",
    first="cd(28)",
    second="mo(3)",
    every="mo(6)",
    noun="review held",
)
FIRST_VISIT = an_advice(
    since="placement_start", last="lac_last_visit", first="cd(7)", noun="first visit"
)
CORE_GROUP = an_advice(since="icpc_date", limit="cd(10)", noun="first core group")


def march(day):
    return date(2026, 3, day)


def said(advice, data_date=DATA_DATE, **dates):
    return advice_for(a_standard(advice=(advice,)), a_case(**dates), data_date)


def found(advice, data_date=DATA_DATE, **dates):
    return evidence(a_standard(advice=(advice,)), a_case(**dates), data_date)


# Once: an event against a limit from another.


def test_an_event_on_the_last_day_is_in_time():
    assert said(CONFERENCE, strategy_date=march(1), icpc_date=march(16)) == (
        "Extract: conference held 16/03/2026; limit 16/03/2026; in time."
    )


def test_an_event_after_the_last_day_is_late_by_so_many_days():
    assert said(CONFERENCE, strategy_date=march(1), icpc_date=march(19)) == (
        "Extract: conference held 19/03/2026; limit 16/03/2026; late by 3 days."
    )
    assert "late by 1 day." in said(CONFERENCE, strategy_date=march(1), icpc_date=march(17))


def test_what_would_excuse_lateness_is_said_with_it_and_not_otherwise():
    excusable = an_advice(
        since="referral_date", done="assess_end", limit="cd(9)", unless="the reason is recorded"
    )

    late = said(excusable, referral_date=march(1), assess_end=march(12))
    assert late.endswith("late by 2 days, unless the reason is recorded.")
    assert "unless" not in said(excusable, referral_date=march(1), assess_end=march(2))


def test_without_a_date_the_last_day_of_the_limit_is_still_not_due():
    assert said(CONFERENCE, data_date=march(16), strategy_date=march(1)) == (
        "Extract: no date recorded for conference held since 01/03/2026; not due until 16/03/2026."
    )


def test_without_a_date_the_day_after_the_limit_is_missing():
    assert said(CONFERENCE, data_date=march(17), strategy_date=march(1)) == (
        "Extract: no date recorded for conference held since 01/03/2026; was due by 16/03/2026."
    )


def test_nothing_is_late_when_the_day_it_runs_from_is_unknown():
    assert said(CONFERENCE, icpc_date=march(16)) == "Extract: conference held 16/03/2026."
    assert found(CONFERENCE, icpc_date=march(16)).verdict == UNKNOWN


def test_without_any_date_nothing_is_said():
    """The extract may not have the columns: an initial conference leaves it after six months."""
    for advice in (CONFERENCE, VISITS, REVIEWS, FIRST_VISIT, CORE_GROUP):
        assert said(advice) == ""


def test_an_event_of_an_earlier_matter_says_nothing_about_this_one():
    assert said(CONFERENCE, strategy_date=march(20), icpc_date=march(2)) == ""
    assert said(CONFERENCE, strategy_date=march(2), icpc_date=march(2)) != ""


@pytest.mark.parametrize("column", ["strategy_date", "icpc_date"])
def test_a_date_after_the_data_date_says_nothing(column):
    dates = {"strategy_date": march(1), "icpc_date": march(2)}

    assert said(CONFERENCE, **(dates | {column: DATA_DATE + timedelta(days=1)})) == ""
    assert said(CONFERENCE, **(dates | {column: date.max})) == ""
    assert said(CONFERENCE, data_date=march(2), **dates) != ""


def test_a_limit_without_a_column_for_the_event_is_only_worked_out():
    assert said(CORE_GROUP, icpc_date=march(2)) == (
        "Extract: last day in time for first core group: 12/03/2026."
    )
    assert found(CORE_GROUP, icpc_date=march(2)).verdict == UNKNOWN
    assert found(CORE_GROUP, data_date=march(12), icpc_date=march(2)).verdict == NOT_DUE


# Again and again: the latest event against the data date.


def test_the_last_day_of_an_interval_is_in_time_and_the_next_is_late():
    assert said(VISITS, data_date=march(30), cp_last_visit=march(20)) == (
        "Extract: visit made 20/03/2026; next due by 30/03/2026; in time."
    )
    assert said(VISITS, data_date=march(31), cp_last_visit=march(20)) == (
        "Extract: visit made 20/03/2026; next due by 30/03/2026; late by 1 day."
    )


def test_before_the_first_event_the_interval_runs_from_the_beginning():
    assert found(VISITS, data_date=march(11), cp_start=march(1)).verdict == NOT_DUE
    assert found(VISITS, data_date=march(12), cp_start=march(1)).verdict == MISSING


def test_an_event_before_the_beginning_does_not_count_and_one_on_the_day_does():
    before = found(VISITS, cp_start=march(20), cp_last_visit=march(19))
    on_the_day = found(VISITS, cp_start=march(20), cp_last_visit=march(20))

    assert (before.done, before.limit, before.verdict) == (None, march(30), MISSING)
    assert (on_the_day.done, on_the_day.limit, on_the_day.verdict) == (march(20), march(30), LATE)


def test_the_first_limit_holds_until_there_is_a_first():
    assert found(REVIEWS, care_start=march(20)).limit == date(2026, 4, 17)


def test_a_review_dated_like_the_beginning_is_the_beginning_itself():
    """Annex A gives the initial conference where no review has been held."""
    repeated = found(REVIEWS, care_start=march(20), lac_last_review=march(20))

    assert (repeated.done, repeated.limit) == (None, date(2026, 4, 17))


def test_after_the_first_comes_the_second_and_then_the_usual_interval():
    start = date(2025, 6, 1)

    first = found(REVIEWS, care_start=start, lac_last_review=date(2025, 6, 29))
    later = found(REVIEWS, care_start=start, lac_last_review=date(2025, 6, 30))
    unknown_start = found(REVIEWS, lac_last_review=date(2025, 6, 29))

    assert first.limit == date(2025, 9, 29)
    assert later.limit == date(2025, 12, 30)
    assert unknown_start.limit == date(2025, 12, 29)


def test_a_review_that_may_be_a_late_first_or_the_second_is_not_said_to_be_in_time():
    """First due by 29 June: held on 7 July it was late, or it was the second, held early."""
    dates = {"care_start": date(2025, 6, 1), "lac_last_review": date(2025, 7, 7)}

    def on(day):
        return found(REVIEWS, data_date=day, **dates)

    assert on(date(2025, 10, 7)).verdict == IN_TIME
    assert on(date(2025, 10, 8)).verdict == on(date(2026, 1, 7)).verdict == UNKNOWN
    assert (on(date(2026, 1, 8)).verdict, on(date(2026, 1, 8)).days_late) == (LATE, 1)
    assert said(REVIEWS, data_date=date(2025, 12, 1), **dates) == (
        "Extract: review held 07/07/2025; next due by 07/10/2025 if it was the first, "
        "else by 07/01/2026."
    )
    assert said(REVIEWS, data_date=date(2025, 9, 1), **dates).endswith(
        "else by 07/01/2026; in time."
    )
    assert said(REVIEWS, **dates).endswith("else by 07/01/2026; late by 83 days.")


def test_a_review_after_the_second_was_due_is_no_first():
    dates = {"care_start": date(2025, 6, 1), "lac_last_review": date(2025, 9, 30)}
    assert said(REVIEWS, data_date=date(2026, 3, 1), **dates) == (
        "Extract: review held 30/09/2025; next due by 30/03/2026; in time."
    )


def test_only_the_first_is_asked_and_a_later_one_does_not_show_it():
    start = {"placement_start": march(1)}

    assert said(FIRST_VISIT, **start, lac_last_visit=march(8)) == (
        "Extract: first visit 08/03/2026; limit 08/03/2026; in time."
    )
    assert said(FIRST_VISIT, **start, lac_last_visit=march(9)) == (
        "Extract: last day in time for first visit: 08/03/2026."
    )
    assert found(FIRST_VISIT, **start, lac_last_visit=march(9)).verdict == UNKNOWN
    assert found(FIRST_VISIT, **start).verdict == MISSING


def test_the_first_column_that_holds_a_date_is_the_beginning():
    reviews = an_advice("mo(6)", since="icpc_date or cp_start")

    assert found(reviews, icpc_date=march(1), cp_start=march(5)).since == march(1)
    assert found(reviews, cp_start=march(5)).since == march(5)


# What it bears on, and when an answer contradicts it.


def test_an_item_without_advice_says_nothing():
    assert advice_for(an_item(), a_case(), DATA_DATE) == ""


def test_what_happens_once_bears_on_time_and_what_recurs_on_being_up_to_date():
    case = a_case(strategy_date=march(1), placement_start=march(1), cp_start=march(1))

    def facet(advice, facets=("P", "T", "U")):
        return evidence(a_standard(facets=facets, advice=(advice,)), case, DATA_DATE).facet

    assert facet(CONFERENCE) == facet(FIRST_VISIT) == "T"
    assert facet(VISITS) == "U"
    assert facet(VISITS, ("P", "T")) == "T"
    assert facet(VISITS, ("P",)) == ""


@pytest.mark.parametrize(
    ("verdict", "dates", "contradicted"),
    [
        (IN_TIME, {"strategy_date": march(1), "icpc_date": march(2)}, {"no"}),
        (LATE, {"strategy_date": march(1), "icpc_date": march(30)}, {"yes", "not_due"}),
        (MISSING, {"strategy_date": march(1)}, {"yes", "not_due"}),
        (NOT_DUE, {"strategy_date": march(30)}, {"no"}),
        (UNKNOWN, {"icpc_date": march(2)}, set()),
    ],
)
def test_an_answer_disagrees_only_where_it_contradicts_the_extract(verdict, dates, contradicted):
    shown = found(CONFERENCE, **dates)

    assert shown.verdict == verdict
    answers = ("yes", "no", "na", "not_due", "")
    assert {answer for answer in answers if disagrees(shown, answer)} == contradicted


def test_a_yes_does_not_contradict_a_lateness_that_may_be_excused():
    excusable = an_advice(since="cp_start", done="cp_end", limit="cd(5)", unless="it was agreed")
    shown = found(excusable, cp_start=march(1), cp_end=march(30))

    assert shown.verdict == LATE
    assert not disagrees(shown, "yes")
    assert disagrees(shown, "not_due")


# Laws.

DAYS = st.none() | st.dates(date(2019, 1, 1), date(2028, 12, 31))
ADVICES = st.sampled_from([CONFERENCE, VISITS, REVIEWS, FIRST_VISIT, CORE_GROUP])
COLUMNS = (
    "strategy_date",
    "icpc_date",
    "cp_start",
    "cp_last_visit",
    "care_start",
    "lac_last_review",
    "placement_start",
    "lac_last_visit",
)
CASES = st.fixed_dictionaries(dict.fromkeys(COLUMNS, DAYS)).map(lambda dates: a_case(**dates))


@given(ADVICES, CASES, st.dates(date(2020, 1, 1), date(2027, 12, 31)))
def test_no_fault_is_asserted_without_a_day_to_count_from(advice, case, data_date):
    shown = evidence(a_standard(advice=(advice,)), case, data_date)

    if shown and shown.verdict in (LATE, MISSING):
        assert shown.since or shown.done
        assert shown.limit < data_date
        assert shown.done is None or shown.done <= data_date
    if shown:
        assert (shown.days_late > 0) == (shown.verdict == LATE)


@given(ADVICES, CASES, st.dates(date(2020, 1, 1), date(2027, 12, 31)))
def test_a_sentence_is_said_exactly_when_there_is_evidence(advice, case, data_date):
    standard = a_standard(advice=(advice,))
    sentence = advice_for(standard, case, data_date)

    assert bool(sentence) == (evidence(standard, case, data_date) is not None)
    assert not sentence or (sentence.startswith("Extract: ") and sentence.endswith("."))
    assert "None" not in sentence
    assert "{" not in sentence
