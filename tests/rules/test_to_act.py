"""Who has to act before every case can be audited."""

from datetime import date, timedelta

from auditdocs.rules.programme.to_act import to_act
from tests.makers.cases import TODAY, a_case, a_person, a_staff, a_team

LEFT = a_person("Lee Left", active_to=TODAY - timedelta(days=1))


def told(*cases, people=(LEFT,), **team):
    staff = a_staff(*people, teams=(a_team(**team),))
    return [(each.role, each.team, each.children) for each in to_act(cases, staff, today=TODAY)]


def test_a_case_that_nobody_holds_is_for_the_team_manager():
    assert told(a_case("2", worker=""), a_case("1", worker=""), a_case("3")) == [
        ("tm", "North", ("1", "2"))
    ]


def test_a_leavers_cases_are_for_the_team_manager_and_apart_from_the_unallocated():
    found = told(a_case("1", worker="Lee Left"), a_case("2", worker=""))
    assert found == [("tm", "North", ("1",)), ("tm", "North", ("2",))]


def test_while_the_managers_post_is_vacant_the_head_of_service_is_to_act():
    assert told(a_case("1", worker=""), manager="") == [
        ("hos", "North", ()),
        ("hos", "North", ("1",)),
    ]


def test_without_either_it_is_for_the_owner_of_the_programme():
    found = told(a_case("1", worker=""), manager="", head_of_service="")
    assert {role for role, _, _ in found} == {"hos_qap"}
    assert len(found) == 3


def test_a_case_without_a_team_is_for_the_business_information_team():
    assert told(a_case("1", team="")) == [("bi", "", ("1",))]


def test_no_name_is_told_and_of_many_children_the_first_twenty():
    cases = [a_case(f"{n:03d}", worker="Lee Left", open_date=date(2025, 1, 1)) for n in range(25)]
    staff = a_staff(LEFT, teams=(a_team(),))
    [each] = to_act(cases, staff, today=TODAY)
    assert each.words.startswith("Team manager (North): 25 open cases of a worker who is not in po")
    assert each.words.endswith("019 and 5 more")
    assert "Left" not in each.words


def test_without_a_staff_register_no_post_is_called_vacant():
    assert told(a_case("1"), people=(a_person(role=""),), manager="", head_of_service="") == []
