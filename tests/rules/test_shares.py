"""Fair shares: largest remainder, and loads as even as they can be."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.rules.selection.shares import even_loads, shares

SIZES = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 30), max_size=5)
HEADS = st.lists(st.lists(st.sampled_from("ABCD"), unique=True, max_size=4), max_size=6)


def test_the_largest_remainders_get_the_places_left_over():
    assert shares({"A": 47, "B": 16, "C": 37}, 10) == {"A": 5, "B": 1, "C": 4}


def test_equal_remainders_go_by_name():
    assert shares({"B": 1, "A": 1, "C": 1}, 2) == {"A": 1, "B": 1, "C": 0}


@pytest.mark.parametrize(
    ("sizes", "places", "given_out"),
    [
        ({"A": 50, "B": 49, "C": 1}, 4, {"A": 2, "B": 1, "C": 1}),
        ({"A": 60, "B": 37, "C": 3}, 5, {"A": 3, "B": 1, "C": 1}),
        ({"A": 66, "B": 31, "C": 3}, 4, {"A": 2, "B": 1, "C": 1}),
    ],
)
def test_a_sure_place_comes_from_the_stratum_furthest_above_its_proportion(
    sizes, places, given_out
):
    assert shares(sizes, places, at_least_one=["C"]) == given_out


def test_nothing_is_taken_from_a_stratum_that_is_sure_of_its_only_place():
    assert shares({"A": 9, "B": 1, "C": 1}, 3, at_least_one="ABC") == {"A": 1, "B": 1, "C": 1}


def test_an_empty_stratum_gets_nothing():
    assert shares({"A": 3, "B": 0}, 2, at_least_one=["B"]) == {"A": 2, "B": 0}


@given(SIZES, st.integers(0, 60))
def test_all_places_are_given_as_far_as_there_are_cases(sizes, places):
    given_out = shares(sizes, places)
    assert sum(given_out.values()) == min(places, sum(sizes.values()))
    assert all(0 <= given_out[name] <= size for name, size in sizes.items())


@given(SIZES, st.integers(1, 60))
def test_no_stratum_is_a_whole_place_off_its_proportion(sizes, places):
    total = sum(sizes.values())
    if places < total:
        for name, share in shares(sizes, places).items():
            assert abs(share - places * sizes[name] / total) < 1


@given(SIZES, st.integers(0, 60))
def test_every_stratum_is_seen_when_there_are_places_enough(sizes, places):
    held = {name for name, size in sizes.items() if size}
    given_out = shares(sizes, places, at_least_one=held)
    assert sum(given_out.values()) == min(places, sum(sizes.values()))
    if places >= len(held):
        assert all(given_out[name] for name in held)


def test_a_case_nobody_may_take_stays_without_an_auditor():
    assert even_loads([["A"], []]) == ("A", "")


def test_the_preferred_auditor_is_taken_where_loads_are_equal():
    assert even_loads([["B", "A"], ["B", "A"]]) == ("B", "A")


def test_a_chain_of_swaps_evens_the_loads_out():
    allowed = [["B", "C"], ["B", "C"], ["A", "C"], ["A", "C"], ["A", "B"], ["A", "B"]]
    assert set(Counter(even_loads(allowed)).values()) == {2}


@settings(deadline=None)
@given(HEADS)
def test_loads_are_as_even_as_they_can_be(allowed):
    chosen = even_loads(allowed)
    assert all(name in names for name, names in zip(chosen, allowed, strict=True) if names)
    ways = product(*[names or [""] for names in allowed])
    assert _unevenness(chosen) == min(map(_unevenness, ways))


def _unevenness(chosen):
    return sum(count**2 for name, count in Counter(chosen).items() if name)
