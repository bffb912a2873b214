"""What the checks came to: each figure, and each rule of domain.md C4."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.accuracy import (
    QUERY,
    RIGHT,
    UNKNOWN,
    WRONG,
    AgreedItem,
    CheckedRow,
    CheckList,
    ListedRow,
)
from auditdocs.model.case import Case
from auditdocs.rules.accuracy.answers import answered_rows, merged
from auditdocs.rules.accuracy.results import (
    Round,
    difficulties,
    findings,
    item_rounds,
    left_open,
    tallies,
    what_was_found,
)
from tests.makers.forms import the_contract

LEGAL = AgreedItem(
    id="a_legal_status", label="Legal status", frequency="weekly", start=date(2026, 1, 1)
)
DUE = date(2026, 9, 7)


def said(child, verdict=RIGHT, **more):
    """A checked row."""
    return CheckedRow(child_id=child, item_id=LEGAL.id, verdict=verdict, **more)


def a_round(*checked, due=DUE, children=4, value="C1", flag=""):
    """A round of one item, with these rows checked."""
    listed = [
        ListedRow(child_id=str(n), item_id=LEGAL.id, value=value, flag=flag)
        for n in range(children)
    ]
    of = CheckList(
        list_id=f"AC-{due:%Y-%m}-{due.day:04d}",
        key="k",
        team="North",
        agreement=1,
        due=due,
        issued=due - timedelta(days=7),
        data_date=due - timedelta(days=8),
        checker="Karen",
        items=(LEGAL,),
        rows=children,
        returned=due if checked else None,
        tallies=tallies((LEGAL,), listed, checked),
    )
    return Round(of=of, found=what_was_found(listed, checked))


def figures(*rounds, **now):
    """The figures of the rounds."""
    return item_rounds(rounds, findings(rounds, **now))


def test_a_blank_is_not_checked_and_a_query_is_neither_right_nor_wrong():
    (figure,) = figures(
        a_round(said("0"), said("1", WRONG, correct_value="C2"), said("2", QUERY, why="?"))
    )
    assert (figure.listed, figure.checked, figure.errors, figure.queries) == (4, 2, 1, 1)


def test_days_to_correct_run_from_the_check_to_the_system():
    wrong = said("1", WRONG, correct_value="C2", checked=DUE, corrected=DUE + timedelta(days=3))
    other = said("2", WRONG, correct_value="C2", checked=DUE)
    (figure,) = figures(a_round(wrong, other))
    assert (figure.errors, figure.corrected, figure.days) == (2, 1, (3,))


def test_the_same_child_and_item_wrong_twice_is_a_repeat():
    first = a_round(said("1", WRONG, correct_value="C2"))
    second = a_round(
        said("1", WRONG, correct_value="C2"),
        said("2", WRONG, correct_value="C2"),
        due=DUE + timedelta(days=7),
    )
    assert [figure.repeats for figure in figures(second, first)] == [0, 1]


@pytest.mark.parametrize(
    ("rounds", "found"),
    [
        ((1, 1), 1),
        ((0, 1), 0),
        ((1, 0), 0),
        ((1, 0, 1, 1), 1),
        ((1, 1, 0), 0),
    ],
)
def test_ten_per_cent_two_rounds_running_is_a_difficulty(rounds, found):
    """Ten rows are checked each time, so that one error is ten per cent."""
    made = [
        a_round(
            *(said(str(n)) for n in range(10 - errors)),
            *(said(str(10 - n), WRONG, correct_value="x") for n in range(1, errors + 1)),
            due=DUE + timedelta(days=7 * place),
            children=10,
        )
        for place, errors in enumerate(rounds)
    ]
    assert len(difficulties(figures(*made))) == found


def test_a_round_that_nobody_checked_does_not_break_two_rounds_running():
    high = [said("1", WRONG, correct_value="x")]
    rounds = [
        a_round(*high),
        a_round(due=DUE + timedelta(days=7)),
        a_round(*high, due=DUE + timedelta(days=14)),
    ]
    assert len(difficulties(figures(*rounds))) == 1


@pytest.mark.parametrize(
    ("shown", "data_date", "told"),
    [
        ("C1", DUE + timedelta(days=9), True),
        ("C2", DUE + timedelta(days=9), False),
        ("C1", DUE + timedelta(days=1), False),
    ],
)
def test_a_correction_that_a_later_extract_does_not_show_is_told(shown, data_date, told):
    corrected = said("1", WRONG, correct_value="C2", corrected=DUE + timedelta(days=1))
    now = {"1": Case(child_id="1", legal_status=shown)}
    (finding,) = findings(
        (a_round(corrected, value="Status: C1"),),
        contract=the_contract("accuracy-agreement"),
        now=now,
        data_date=data_date,
        held=("legal_status",),
    )
    assert (finding.still_wrong == data_date) is told
    assert (finding.days is None) is told


@pytest.mark.parametrize(
    ("cells", "verdict", "clear"),
    [
        ({"correct": "Y"}, RIGHT, True),
        ({"correct": "yes "}, RIGHT, True),
        ({"correct": "n", "correct_value": "C2"}, WRONG, True),
        ({"correct": "N"}, QUERY, False),
        ({"correct": "N", "correct_value": "C1"}, QUERY, False),
        ({"correct": "Y", "correct_value": "C2"}, QUERY, False),
        ({"correct": "Y", "correct_value": "C1"}, RIGHT, True),
        ({"correct": "n.k."}, UNKNOWN, True),
        ({"correct": "N/K"}, UNKNOWN, True),
        ({"correct": "Don’t know"}, UNKNOWN, True),
        ({"correct": "✓"}, RIGHT, True),
        ({"correct": "perhaps"}, QUERY, False),
        ({"correct_value": "C2"}, QUERY, False),
        ({"correct": "N", "correct_value": "C2", "checked_date": "31/02/2026"}, WRONG, False),
        ({"correct": "N", "correct_value": "C2", "checked_date": "01/07/2016"}, WRONG, False),
        (
            {"correct": "N", "correct_value": "C2", "corrected_on_system_date": date(2027, 1, 1)},
            WRONG,
            False,
        ),
    ],
)
def test_what_a_row_says(cells, verdict, clear):
    listed = (ListedRow(child_id="1", item_id=LEGAL.id, value="C1"),)
    row = {"child_id": 1, "item_id": "Legal Status", **cells}
    (answer,) = answered_rows([(row, {})], listed, (LEGAL,), returned=DUE).rows
    assert (answer.verdict, not answer.why) == (verdict, clear)


def test_the_same_words_spelled_otherwise_are_a_correction():
    listed = (ListedRow(child_id="1", item_id=LEGAL.id, value="Zoe Obrien"),)
    row = {"child_id": 1, "item_id": LEGAL.id, "correct": "N", "correct_value": "Zoë O'Brien"}
    (answer,) = answered_rows([(row, {})], listed, (LEGAL,), returned=DUE).rows
    assert (answer.verdict, answer.why) == (WRONG, "")


def test_a_row_of_blanks_says_nothing_and_a_stranger_is_counted():
    listed = (ListedRow(child_id="1", item_id=LEGAL.id, value="C1"),)
    rows = [
        ({"child_id": "1", "item_id": LEGAL.id, "correct": None, "checked_by": "Karen"}, {}),
        ({"child_id": "9", "item_id": LEGAL.id, "correct": "Y"}, {}),
        ({"child_id": "1", "item_id": "Shoe size", "correct": "Y"}, {}),
    ]
    answer = answered_rows(rows, listed, (LEGAL,), returned=DUE)
    assert (answer.rows, answer.strangers) == ((), 2)


VERDICTS = st.sampled_from([RIGHT, WRONG, UNKNOWN, QUERY])
RETURNS = st.lists(
    st.dictionaries(st.sampled_from("abcd"), VERDICTS).map(
        lambda by_child: tuple(said(child, verdict) for child, verdict in by_child.items())
    ),
    max_size=4,
)


@given(RETURNS)
def test_no_answered_row_of_any_return_is_ever_lost(returns):
    rows, _ = merged(returns)
    assert {row.key for row in rows} == {row.key for each in returns for row in each}
    assert len({row.key for row in rows}) == len(rows)


@given(RETURNS)
def test_a_query_never_takes_the_place_of_an_answer(returns):
    rows, _ = merged(returns)
    answered = {row.key for each in returns for row in each if row.verdict != QUERY}
    assert {row.key for row in rows if row.verdict != QUERY} == answered


@given(RETURNS)
def test_a_return_merged_twice_changes_nothing(returns):
    assert set(merged([*returns, *returns[-1:]])[0]) == set(merged(returns)[0])


@pytest.mark.parametrize(("flag", "told"), [("ETH01 missing", True), ("", False)])
def test_a_blank_that_is_still_blank_is_told_only_where_a_test_found_it_missing(flag, told):
    corrected = said("1", WRONG, correct_value="C2", corrected=DUE)
    (finding,) = findings(
        (a_round(corrected, value="", flag=flag),),
        contract=the_contract("accuracy-agreement"),
        now={"1": Case(child_id="1")},
        data_date=DUE + timedelta(days=9),
        held=("legal_status",),
    )
    assert (finding.still_wrong is not None) is told


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (Case(child_id="1", legal_status="C1"), True),
        (Case(child_id="1", legal_status="C2"), False),
        (Case(child_id="1", legal_status="C1", close_date=DUE), False),
        (Case(child_id="2"), False),
    ],
)
def test_a_value_found_wrong_is_to_be_corrected_until_a_date_or_an_extract_says_it_was(case, told):
    rounds = [a_round(said("1", WRONG, correct_value="C2"), value="Status: C1")]
    (finding,) = findings(
        rounds,
        contract=the_contract("accuracy-agreement"),
        now={case.child_id: case},
        data_date=DUE,
        held=("legal_status",),
    )
    assert finding.uncorrected is told
    assert bool(left_open([finding], rounds)) is told


def test_an_error_that_the_extract_shows_as_before_is_not_counted_as_corrected():
    right = said("0", WRONG, correct_value="C2", checked=DUE, corrected=DUE + timedelta(days=1))
    wrong = replace(right, child_id="1", corrected=DUE + timedelta(days=5))
    (figure,) = figures(
        a_round(right, wrong, value="Status: C1"),
        contract=the_contract("accuracy-agreement"),
        now={
            "0": Case(child_id="0", legal_status="C2"),
            "1": Case(child_id="1", legal_status="C1"),
        },
        data_date=DUE + timedelta(days=9),
        held=("legal_status",),
    )
    assert (figure.errors, figure.corrected, figure.still_wrong, figure.days) == (2, 1, 1, (1,))


def test_what_a_later_round_has_overtaken_is_not_left_open():
    def left(*later):
        first = a_round(said("0", QUERY, why="?"), said("1", QUERY, why="?"), children=2)
        rounds = [first, a_round(*later, due=DUE + timedelta(days=7), children=2)]
        found = left_open(findings(rounds), rounds)
        return [(each.of.due.day, each.said.child_id) for each in found]

    assert left() == [(7, "0"), (7, "1")]
    assert left(said("0")) == [(7, "0"), (7, "1")], "whether it is right is not known of each row"
    assert left(said("0", QUERY, why="?")) == [(7, "1"), (14, "0")]
    assert left(said("0"), said("1", UNKNOWN)) == []
