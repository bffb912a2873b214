"""One person is one person however the name is spelled, and two are never taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.settings import TeamSettings
from auditdocs.rules.caseload.matching import matched, name_key, person_for
from tests.makers.cases import TODAY, a_case, a_person

HANNAH = a_person("Hannah Marlstone", worker_id="E1")
HELEN = a_person("Helen Marlstone", worker_id="E2", aliases=("H. Marlstone",))
NIAMH = a_person("Niamh O'Rathbeg", worker_id="E3", aliases=("Niamh ORathbeg",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith, Jo", "Jo Smith"),
        ("JO SMITH", "Jo Smith"),
        ("Jo\N{NO-BREAK SPACE}Smith ", "Jo Smith"),
        ("Renée Fauquelle", "Fauquelle, Renee"),
        ("Niamh O’Rathbeg", "Niamh O'Rathbeg"),
        ("Chloe Hazelrigg–Voss", "Chloe Hazelrigg-Voss"),
        ("Katarzyna Wiśniewicka", "Katarzyna Wisniewicka"),
        ("Łukasz Øst", "Lukasz Ost"),
        ("Jo Smith.", "Jo Smith"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jo Smith", "Joe Smith"), ("Smith Jo", "Jo Smith"), ("Hannah M", "Helen M"), ("", "Jo")],
)
def test_other_names_have_other_keys(one, other):
    assert name_key(one) != name_key(other)


@given(st.text(max_size=40))
def test_the_key_of_a_key_is_itself(name):
    assert name_key(name_key(name)) == name_key(name)


@given(
    forename=st.from_regex(r"[A-Za-zÀ-ÿ]{1,9}", fullmatch=True),
    surname=st.from_regex(r"[A-Z]\w{1,9}", fullmatch=True),
)
def test_a_surname_first_is_the_same_name(forename, surname):
    assert name_key(f"{surname}, {forename}") == name_key(f"{forename} {surname}")


def test_a_person_is_found_by_id_before_the_name():
    assert person_for("Helen Marlstone", "e1", [HANNAH, HELEN]) is HANNAH
    assert person_for("Helen Marlstone", "E9", [HANNAH, HELEN]) is HELEN


def test_a_person_is_found_by_alias():
    assert person_for("Marlstone, H.", "", [HANNAH, HELEN]) is HELEN
    assert person_for("niamh orathbeg", "", [HANNAH, NIAMH]) is NIAMH


def test_a_name_that_two_have_is_nobody():
    other = a_person("Hannah Marlstone", worker_id="E8")
    assert person_for("Hannah Marlstone", "", [HANNAH, other]) is None
    assert person_for("Hannah Marlstone", "E8", [HANNAH, other]) is other


def test_no_name_is_nobody():
    assert person_for("", "", [a_person("", worker_id="")]) is None


def test_cases_take_the_registers_spelling_and_id():
    case = a_case(worker="MARLSTONE, Hannah", team="north ")
    (found,), problems = matched([case], (HANNAH, HELEN), today=TODAY)
    assert (found.worker, found.worker_id, found.team) == ("Hannah Marlstone", "E1", "North")
    assert problems == ()


def test_a_worker_known_by_id_alone_gets_a_name():
    (found,), _ = matched([a_case(worker="", worker_id="E3")], (NIAMH,), today=TODAY)
    assert found.worker == "Niamh O'Rathbeg"


def test_a_team_that_was_renamed_has_its_present_name():
    teams = {"North and West": TeamSettings(renamed_from=("North",))}
    (found,), _ = matched([a_case(team="NORTH")], (), today=TODAY, teams=teams)
    assert found.team == "North and West"


def test_a_worker_who_is_not_on_the_register_is_told_without_the_name():
    cases = [
        a_case(str(n), worker=name)
        for n, name in enumerate(("Ben Brook", "Brook, Ben", "ben brook"))
    ]
    found, problems = matched(cases, (HANNAH,), today=TODAY)
    assert {case.worker for case in found} == {"Ben Brook"}
    (problem,) = problems
    assert "team North" in problem.text
    assert "3 open children" in problem.text
    assert "not on the staff register" in problem.text
    assert "Brook" not in problem.text


def test_workers_who_have_left_or_have_not_begun_are_told():
    left = a_person("Ann Archer", active_to=date(2026, 9, 30))
    late = a_person("Ben Brook", active_from=date(2026, 10, 2))
    cases = [a_case(), a_case("2", worker="Ben Brook"), a_case("3", worker="Ben Brook")]
    _, problems = matched(cases, (left, late), today=TODAY)
    assert ["1 open child," in problem.text for problem in problems] == [True, False]
    assert all("not in post" in problem.text for problem in problems)


def test_a_worker_whose_name_two_have_is_told():
    twin = a_person("Hannah Marlstone", worker_id="E8")
    _, (problem,) = matched([a_case(worker=HANNAH.name)], (HANNAH, twin), today=TODAY)
    assert "several people" in problem.text


def test_nothing_is_told_of_closed_cases_or_of_no_worker():
    cases = [a_case(worker=""), a_case("2", worker="Ben Brook", close_date=TODAY)]
    assert matched(cases, (HANNAH,), today=TODAY)[1] == ()


def test_without_a_register_one_workers_spellings_become_one():
    names = ("Ben Brook", "Brook, Ben", "Ben Brook", "BEN BROOK")
    cases = [a_case(str(number), worker=name) for number, name in enumerate(names)]
    found, problems = matched(cases, (), today=TODAY)
    assert {case.worker for case in found} == {"Ben Brook"}
    assert problems == ()


def test_a_worker_whose_id_stands_in_some_cases_alone_is_one_worker():
    cases = (
        a_case("1", worker="Ann Archer", worker_id="W1"),
        a_case("2", worker="Archer, Ann", worker_id=""),
        a_case("3", worker="", worker_id=""),
    )
    spelled, _ = matched(cases, (), today=TODAY)
    assert [case.worker_id for case in spelled] == ["W1", "W1", ""]


def test_a_name_beside_which_two_ids_stand_is_given_neither():
    cases = [
        a_case(str(n), worker="Ann Archer", worker_id=i) for n, i in enumerate(("W1", "W2", ""))
    ]
    spelled, _ = matched(cases, (), today=TODAY)
    assert [case.worker_id for case in spelled] == ["W1", "W2", ""]
    known = (a_person("Ann Archer", worker_id="E1"), a_person("Ann Archer", worker_id="E2"))
    assert matched(cases[:1] + cases[2:], known, today=TODAY)[0][1].worker_id == ""
