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
    (rate,) = recording(cases, held={"ethnicity"})
    assert (rate.field, rate.children, rate.recorded, rate.aim) == ("ethnicity", 3, 1, None)


def test_an_nhs_number_counts_when_its_check_digit_is_right_and_only_for_those_who_need_one():
    kinds = frozenset({LAC})
    cases = [a_case(nhs_number=each, case_types=kinds) for each in (RIGHT, WRONG, "")]
    (rate,) = recording([*cases, a_case(nhs_number=RIGHT)], held={"nhs_number"})
    assert (rate.field, rate.children, rate.recorded, rate.aim) == ("nhs_number", 3, 1, 95)


def test_an_unborn_child_is_asked_for_neither():
    cases = [a_case(ethnicity="White British"), a_case(circumstances={"unborn"})]
    (rate,) = recording(cases, held={"ethnicity"})
    assert rate.children == 1


COLUMNS = st.sets(st.sampled_from(["ethnicity", "nhs_number", "gender"]))


@given(st.lists(st.sampled_from(["", "White British", "Not stated"])), COLUMNS)
def test_a_column_that_is_there_has_a_rate_even_where_it_is_blank_and_no_other_has(texts, held):
    found = recording((a_case(ethnicity=each) for each in texts), held=held)
    assert [rate.field for rate in found] == [f for f in ("ethnicity", "nhs_number") if f in held]
    known = texts.count("White British")
    assert all(rate.recorded == known for rate in found if rate.field == "ethnicity")
