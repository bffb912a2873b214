"""Numbers that carry their own proof: valid ones pass, and any slip of the hand is seen."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditdocs.rules.automatic.numbers import (
    UPN_LETTERS,
    has_upn_authority,
    has_upn_letter,
    is_nhs_number,
    is_placeholder,
    is_postcode,
    is_ten_digits,
    is_upn_shaped,
    nhs_check_digit,
    upn_check_letter,
)

DIGITS = st.text(string.digits, min_size=9, max_size=9)
TWELVE = st.text(string.digits, min_size=11, max_size=11).flatmap(
    lambda eleven: st.sampled_from(string.digits + UPN_LETTERS).map(lambda last: eleven + last)
)


@given(DIGITS)
def test_a_number_with_its_check_digit_is_an_nhs_number_and_with_another_is_none(nine):
    check = nhs_check_digit(nine)
    right = [digit for digit in string.digits if is_nhs_number(nine + digit)]
    assert right == ([] if check is None else [str(check)])


@given(DIGITS, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_an_nhs_number_is_always_seen(nine, place, by):
    check = nhs_check_digit(nine)
    assume(check is not None)
    whole = f"{nine}{check}"
    slip = str((int(whole[place]) + by) % 10)
    assert not is_nhs_number(whole[:place] + slip + whole[place + 1 :])


@given(DIGITS, st.integers(0, 7))
def test_two_digits_changed_about_are_always_seen(nine, place):
    check = nhs_check_digit(nine)
    assume(check is not None and nine[place] != nine[place + 1])
    swapped = nine[:place] + nine[place + 1] + nine[place] + nine[place + 2 :]
    assert not is_nhs_number(f"{swapped}{check}")


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "943-476-5919", "401 023 2137"])
def test_published_numbers_are_nhs_numbers_however_they_are_spaced(number):
    assert is_nhs_number(number)


@pytest.mark.parametrize("number", ["943 476 5918", "123456789", "12345678901", "943476591X", ""])
def test_what_is_no_nhs_number_is_told(number):
    assert not is_nhs_number(number)


def test_figures_of_another_script_are_no_digits():
    assert not is_ten_digits("٩٤٣٤٧٦٥٩١٩")


@given(TWELVE)
def test_one_letter_alone_fits_a_upn(twelve):
    right = [letter for letter in UPN_LETTERS if has_upn_letter(letter + twelve)]
    assert right == [upn_check_letter(twelve)]
    assert is_upn_shaped(right[0] + twelve)


@given(TWELVE, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_figure_of_a_upn_is_always_seen(twelve, place, by):
    letter = upn_check_letter(twelve)
    slip = str((int(twelve[place]) + by) % 10)
    assert not has_upn_letter(letter + twelve[:place] + slip + twelve[place + 1 :])


@pytest.mark.parametrize(
    "upn", ["A123456789012X", "I123456789012", "1123456789012", "A12345678901I"]
)
def test_what_has_not_the_shape_of_a_upn_is_told(upn):
    assert not is_upn_shaped(upn)


def test_a_upn_reckoned_by_hand_fits():
    """8×2 + 1×4 + 2×5 + 1×10 + 1×13 = 53, noughts left out; 53 mod 23 = 7: the eighth letter."""
    assert upn_check_letter("801200001001") == "H"
    assert has_upn_authority("H801200001001")
    assert not has_upn_authority("H001200001001")


@pytest.mark.parametrize("text", ["EH1 1AA", "sw1a 1aa", "M1 1AE", "W1A0AX", "GIR 0AA", "CR2 6XH"])
def test_a_postcode_is_known_with_or_without_its_space(text):
    assert is_postcode(text)


@pytest.mark.parametrize("text", ["EH1", "1EH 1AA", "EH11 1A", "EH1 1AAA", "London", ""])
def test_what_is_no_postcode_is_told(text):
    assert not is_postcode(text)


@pytest.mark.parametrize(
    "text", ["", " ", "-", "n/a", "TBC", "Unknown", "not known", "0000000000", "XXX", "test", "?"]
)
def test_what_stands_for_nothing_is_a_placeholder(text):
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["4 Mill Lane", "9434765919", "Xu", "11 High Street"])
def test_what_says_something_is_no_placeholder(text):
    assert not is_placeholder(text)
