"""What is asked of a case: its type, its age and what is special about it decide."""

import pytest

from auditdocs.model.case import CIN, CP, LAC
from auditdocs.rules.forms.applicability import advice_of, items_for, label_for
from tests.makers.cases import a_case
from tests.makers.contracts import a_contract, a_standard, an_advice, an_item

CONTRACT = a_contract(
    an_item("x_all"),
    an_item("x_cin", applies=(CIN,)),
    an_item("x_cp", applies=(CP,)),
    an_item("x_lac", applies=(LAC,)),
    an_item("x_chaired", applies=(CP, LAC)),
)


def asked(case, *items):
    return [item.id for item in items_for(a_contract(*items) if items else CONTRACT, case)]


def a_case_of(*types, **changes):
    return a_case(case_types=frozenset(types), **changes)


def test_a_blank_form_holds_every_item():
    assert asked(None) == ["x_all", "x_cin", "x_cp", "x_lac", "x_chaired"]


@pytest.mark.parametrize(
    ("types", "ids"),
    [
        ((), ["x_all"]),
        ((CIN,), ["x_all", "x_cin"]),
        ((CP,), ["x_all", "x_cp", "x_chaired"]),
        ((LAC,), ["x_all", "x_lac", "x_chaired"]),
        ((CP, LAC), ["x_all", "x_cp", "x_lac", "x_chaired"]),
    ],
)
def test_each_case_type_has_its_own_items_and_two_types_have_both(types, ids):
    assert asked(a_case_of(*types)) == ids


def test_the_first_and_the_last_year_of_an_age_range_are_in_it():
    schooling = an_item(min_age=4, max_age=16)

    assert [age for age in range(-1, 20) if asked(a_case(age=age), schooling)] == [*range(4, 17)]


def test_an_unknown_age_leaves_nothing_out():
    assert asked(a_case(age=None, dob=None), an_item(min_age=16), an_item("y", max_age=4)) == [
        "x_plan",
        "y",
    ]


def test_an_item_falls_away_in_the_circumstances_it_is_not_for():
    seen = an_item(not_for=("unborn", "short_breaks"))

    assert asked(a_case(circumstances=frozenset({"remand"})), seen)
    assert not asked(a_case(circumstances=frozenset({"unborn"})), seen)
    assert not asked(a_case(circumstances=frozenset({"remand", "short_breaks"})), seen)


def test_a_label_changes_with_the_circumstances_and_never_on_a_blank_form():
    plan = an_item(label="Placement plan", relabel={"remand": "Detention placement plan"})

    assert label_for(plan, a_case(circumstances=frozenset({"remand"}))) == (
        "Detention placement plan"
    )
    assert label_for(plan, a_case(circumstances=frozenset({"uasc"}))) == "Placement plan"
    assert label_for(plan, None) == "Placement plan"


def test_the_first_advice_that_fits_is_taken():
    health = a_standard(
        advice=(
            an_advice("mo(6)", max_age=4),
            an_advice("mo(12)", min_age=5, not_for=("short_breaks",)),
        )
    )

    assert advice_of(health, a_case(age=4)).every == "mo(6)"
    assert advice_of(health, a_case(age=5)).every == "mo(12)"
    assert advice_of(health, a_case(age=5, circumstances=frozenset({"short_breaks"}))) is None


def test_advice_that_hangs_on_age_is_not_guessed_for_an_unknown_one():
    health = a_standard(advice=(an_advice("mo(6)", max_age=4), an_advice("mo(12)", min_age=5)))
    visits = a_standard(advice=(an_advice("cd(42)"),))

    assert advice_of(health, a_case(age=None)) is None
    assert advice_of(visits, a_case(age=None)).every == "cd(42)"
