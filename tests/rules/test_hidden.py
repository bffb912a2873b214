"""No hidden count can be worked out from the counts that are shown beside it."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from auditdocs.rules.findings.balances import balances, standard_balances
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.findings.hidden import Balance, starred, whole_of
from auditdocs.rules.findings.standards import Standard
from auditdocs.rules.forms.outcomes import RESULTS
from tests.makers.contracts import a_standard
from tests.makers.findings import TODAY, a_recommendation, a_return, counted, days, recommended

LEAST = 5
NEAR = 3
"""How far from what it is the reader tries a number that is not small."""

small_tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 4), min_size=width, max_size=width), min_size=1, max_size=3
    )
)


def named(value, *place):
    """A count of its own: no other table cell is the same figure."""
    return Counted(value, (str(place),))


def grid(rows):
    """A table's cells, and the balances of its rows, its columns and its totals."""
    cells = [
        [named(value, "cell", r, c) for c, value in enumerate(row)] for r, row in enumerate(rows)
    ]
    across = [named(sum(row), "row", r) for r, row in enumerate(rows)]
    down = [named(sum(column), "column", c) for c, column in enumerate(zip(*rows, strict=True))]
    whole = named(sum(map(sum, rows)), "all")
    return [
        *(b for row, total in zip(cells, across, strict=True) for b in whole_of(total, *row)),
        *(
            balance
            for column, total in zip(zip(*cells, strict=True), down, strict=True)
            for balance in whole_of(total, *column)
        ),
        *whole_of(whole, *across),
        *whole_of(whole, *down),
    ]


def readings(balance, hidden, least=LEAST):
    """Every set of numbers that a reader can think stands where counts are hidden."""
    signs = {c: sign for c, sign in balance.terms if c in hidden or c.value < least}
    unseen = [*signs]
    near = (range(max(least, c.value - NEAR), c.value + NEAR + 1) for c in unseen)
    ranges = [
        span if c in hidden else range(1, least) for c, span in zip(unseen, near, strict=True)
    ]
    known = sum(sign * c.value for c, sign in signs.items())
    found = [
        numbers
        for numbers in product(*ranges)
        if sum(sign * n for sign, n in zip(signs.values(), numbers, strict=True)) == known
    ]
    return unseen, found


def worked_out(balances, hidden, least=LEAST):
    """The hidden counts that all balances together leave no choice."""
    solved = {}
    for balance in balances:
        row = {c: Fraction(n) for c, n in balance.terms if c in hidden or c.value < least}
        for pivot in [c for c in row if c in solved]:
            row = _less(row, solved[pivot], pivot)
        if row:
            pivot, by = next(iter(row.items()))
            row = {c: n / by for c, n in row.items()}
            solved = {c: _less(other, row, pivot) for c, other in solved.items()} | {pivot: row}
    return {c for c, row in solved.items() if len(row) == 1}


def _less(row, other, pivot):
    times = row.get(pivot, 0)
    left = {c: row.get(c, 0) - times * other.get(c, 0) for c in (*row, *other)}
    return {c: n for c, n in left.items() if n}


def spreads(labels):
    """How often each of the labels was found, each count of its own."""
    numbers = st.lists(st.integers(0, 12), min_size=len(labels), max_size=len(labels))
    return numbers.map(
        lambda found: {
            label: named(n, label, id(found)) if n else Counted()
            for label, n in zip(labels, found, strict=True)
        }
    )


@given(spreads(tuple(RESULTS)), spreads(("yes", "no", "na", "not_due")), st.booleans())
def test_no_hidden_count_of_a_standard_follows_from_all_that_is_told_of_it(results, said, whole):
    found = Standard(item=a_standard("c_1"), results=results, facets={"P": said})
    told = [*standard_balances(found)]
    wanted = found.looked_at if whole else results["met"]
    told += [*whole_of(Counted(wanted.value + 1, ("x",)), wanted, Counted(1, ("y",)))]
    assert not worked_out(told, starred(told, least=LEAST))


@given(small_tables)
def test_no_hidden_cell_can_be_worked_out_by_any_sum_of_a_row_or_column(rows):
    balances = grid(rows)
    hidden = starred(balances, least=LEAST)
    for balance in balances:
        unseen, found = readings(balance, hidden)
        if all(c.value >= LEAST for c in hidden):  # else the reader is led astray, not told
            for place, _ in enumerate(unseen):
                assert len({numbers[place] for numbers in found}) > 1


@given(small_tables)
def test_no_balance_has_exactly_one_hidden_count(rows):
    balances = grid(rows)
    hidden = starred(balances, least=LEAST)
    for balance in balances:
        assert sum(c in hidden or c.value < LEAST for c, _ in balance.terms) != 1


@given(small_tables)
def test_what_is_hidden_does_not_hang_on_the_order_in_which_balances_are_told_twice(rows):
    balances = grid(rows)
    assert starred(balances, least=LEAST) == starred([*balances, *balances], least=LEAST)


def test_the_smallest_other_part_is_hidden_beside_a_small_one():
    returned, on_time, late = named(20, "r"), named(19, "o"), named(1, "l")
    assert starred(whole_of(returned, on_time, late), least=5) == {on_time}


def test_a_count_that_two_balances_want_hidden_is_hidden_before_a_smaller_one():
    smaller, shared = named(8, "n"), named(9, "s")
    one = whole_of(named(19, "w"), smaller, shared, named(2, "a"))
    other = whole_of(named(39, "v"), shared, named(29, "m"), named(1, "b"))
    assert starred([*one, *other], least=5) == {shared}


def test_two_small_parts_that_must_both_be_as_large_as_they_can_hide_their_whole():
    whole, one, other = named(8, "w"), named(4, "a"), named(4, "b")
    assert starred(whole_of(whole, one, other), least=5) == {whole}


def test_beside_a_small_part_the_whole_is_hidden_where_the_other_part_is_the_least_there_is():
    whole, one, other = named(6, "w"), named(1, "a"), named(5, "b")
    assert starred(whole_of(whole, one, other), least=5) == {whole}


def test_where_each_of_four_small_parts_must_be_one_their_small_whole_is_not_told_as_small():
    parts = [named(1, place) for place in range(4)]
    whole = named(4, "w")
    assert starred(whole_of(whole, *parts), least=5) == {whole}


def test_where_nothing_is_small_nothing_is_hidden():
    assert starred(grid([[5, 6], [7, 0]]), least=5) == frozenset()


def test_where_small_counts_are_shown_nothing_is_hidden():
    assert starred(grid([[1, 2], [3, 4]]), least=0) == frozenset()


def test_parts_that_are_not_all_of_a_whole_are_no_balance():
    assert [*whole_of(named(9, "w"), named(2, "a"), named(3, "b"))] == []


def test_what_a_month_adds_and_takes_away_is_a_balance_too():
    before, made, now, done = (named(n, n) for n in (12, 3, 8, 7))
    assert starred([Balance((before, made), (now, done))], least=5) == {done}


def recommended_and(*late, done=0):
    """The figures of a Quality audit with these recommendations, so many days past their day, and
    what is hidden; the first ones are done."""
    given_ = [
        a_recommendation(number=n, due_date=TODAY - days(past)) for n, past in enumerate(late)
    ]
    statuses = {each.reference: {"Status": "Done"} for each in given_[:done]}
    audit = a_return(returned=TODAY - days(10))
    found = counted(audit, records=recommended(*given_), statuses=statuses, today=TODAY - days(5))
    return found, starred(balances(found), least=LEAST)


def test_what_is_open_and_what_is_overdue_do_not_tell_what_is_not_yet_due():
    found, hidden = recommended_and(*[10] * 6, *[50] * 5, *[-20] * 2)
    told = {found.outstanding.open, found.follow_through.service.overdue}
    assert {each.value for each in told} == {13, 11}
    assert told & hidden


def test_what_the_first_month_made_and_left_does_not_tell_what_it_finished():
    found, hidden = recommended_and(*[-20] * 18, done=3)
    (first,) = found.outstanding.burn_down
    assert (first.made.value, first.open.value, first.finished.value) == (18, 15, 3)
    assert {first.made, first.open} & hidden


def test_what_was_issued_and_came_home_does_not_tell_what_was_missed():
    late = [a_return(n, status="issued", returned=None) for n in (11, 12)]
    found = counted(*(a_return(n) for n in range(1, 11)), *late)
    hidden = starred(balances(found), least=LEAST)
    assert {each.value for each in hidden} == {12}, "what was issued, so that more is told"
    assert found.delivery_in_all.issued in hidden
