"""How much of the caseload has a value at all: ethnicity, NHS number."""

from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.case import LAC
from auditdocs.rules.accuracy.recording import recording
from tests.makers.cases import a_case

RIGHT, WRONG = "943 476 5919", "943 476 5918"


def test_an_ethnicity_that_was_not_obtained_is_not_one():
    cases = [
        a_case(ethnicity=each) for each in ("White British", "Information not yet obtained", "")
    ]
    (rate,) = recording(cases)
    assert (rate.field, rate.children, rate.recorded, rate.aim) == ("ethnicity", 3, 1, None)


def test_an_nhs_number_counts_when_its_check_digit_is_right_and_only_for_those_who_need_one():
    kinds = frozenset({LAC})
    cases = [a_case(nhs_number=each, case_types=kinds) for each in (RIGHT, WRONG, "")]
    (rate,) = recording([*cases, a_case(nhs_number=RIGHT)])
    assert (rate.field, rate.children, rate.recorded, rate.aim) == ("nhs_number", 3, 1, 95)


def test_an_unborn_child_is_asked_for_neither():
    (rate,) = recording([a_case(ethnicity="White British"), a_case(circumstances={"unborn"})])
    assert rate.children == 1


@given(st.lists(st.sampled_from(["", "White British", "Not stated"])))
def test_a_column_that_the_extract_does_not_have_has_no_rate(ethnicities):
    found = recording(a_case(ethnicity=each) for each in ethnicities)
    assert bool(found) == any(ethnicities)
    assert all(0 <= rate.recorded <= rate.children for rate in found)
