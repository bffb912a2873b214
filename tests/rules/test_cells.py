"""A cell is read for what it says; what cannot be read is told and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.rules.caseload import codes
from auditdocs.rules.caseload.cells import (
    code,
    count,
    day,
    filled,
    flag,
    identity,
    text,
    years,
    yes_no,
)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (" Jo\N{NO-BREAK SPACE}Oakenshaft ", "Jo Oakenshaft"),
        ("two\n  lines", "two lines"),
        (123.0, "123"),
        (123.5, "123.5"),
        (0, "0"),
        (None, ""),
        (True, "Yes"),
        ("#N/A", ""),
        ("#ref!", ""),
        ("#1 Team", "#1 Team"),
        (date(2026, 1, 5), "05/01/2026"),
    ],
)
def test_text_is_folded(cell, said):
    assert text(cell) == said


@pytest.mark.parametrize(
    "cell", ["-", "–", "N/A", "na", " Unknown ", "None", "Unallocated", "#N/A"]
)
def test_words_for_nothing_are_nothing(cell):
    assert filled(cell) == ""


@given(st.integers(min_value=0, max_value=10**15))
def test_an_identity_survives_as_number_as_fraction_and_as_text(number):
    assert identity(number).value == identity(float(number)).value == str(number)
    assert identity(f"00{number} ").value == f"00{number}"


def test_an_identity_that_excel_has_shortened_is_told():
    assert identity("1.23457E+11").value == ""
    assert "shortened by Excel" in identity("1.23457E+11").fault
    assert identity("1E5").value == "1E5"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("b) Female", "Female"),
        ("Female", "Female"),
        ("s) NOBT", "NOBT"),
        ("a)", ""),
        ("c) Unknown", "Unknown"),
        ("N1 - Abuse or neglect", "N1 - Abuse or neglect"),
        (None, ""),
    ],
)
def test_a_code_loses_its_list_letter(cell, said):
    assert code(cell) == said


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (date(2026, 3, 4), date(2026, 3, 4)),
        ("04/03/2026", date(2026, 3, 4)),
        ("4 March 2026", date(2026, 3, 4)),
        ("2026-03-04", date(2026, 3, 4)),
        ("04/03/2026 00:00", date(2026, 3, 4)),
        ("2026-03-04T09:30:00.000", date(2026, 3, 4)),
        (46085, date(2026, 3, 4)),
        (46085.5, date(2026, 3, 4)),
        ("", None),
        ("n/a", None),
        (None, None),
        (date(1900, 1, 1), None),
        ("31/12/9999", None),
    ],
)
def test_a_date_is_read_by_british_rules(cell, found):
    assert day(cell, pivot=2050).value == found
    assert day(cell, pivot=2050).fault == ""


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2100, 1, 1)))
def test_a_date_is_the_same_as_date_as_text_and_as_serial(when):
    serial = (when - date(1899, 12, 30)).days
    ways = (when, f"{when:%d/%m/%Y}", when.isoformat(), serial)
    assert {day(way, pivot=2050).value for way in ways} == {when}


@pytest.mark.parametrize("cell", ["03/25/2026", "31/02/2026", "soon", 17.5, True, -1, 10**9])
def test_what_is_no_date_is_told(cell):
    assert day(cell, pivot=2050).value is None
    assert day(cell, pivot=2050).fault


def test_only_what_can_be_nothing_but_a_date_is_repeated():
    assert '"31/02/2026"' in day("31/02/2026", pivot=2050).fault
    assert "Archer" not in day("Ann Archer", pivot=2050).fault


@pytest.mark.parametrize(
    ("cell", "age"),
    [
        (6.138, 6),
        (17.99, 17),
        (-1.0, -1),
        (-0.3, -1),
        (0.4, 0),
        ("12", 12),
        ("Unborn", -1),
        (None, None),
    ],
)
def test_an_age_is_in_whole_years(cell, age):
    assert years(cell).value == age
    assert years(cell).fault == ""


@pytest.mark.parametrize(
    ("cell", "times"), [(0, 0), (2.0, 2), ("3", 3), (None, None), ("n/a", None)]
)
def test_a_number_of_times_is_whole(cell, times):
    assert count(cell).value == times
    assert count(cell).fault == ""


@pytest.mark.parametrize("cell", ["two", -1, 1.5, "1e4", 123456])
def test_what_is_no_number_of_times_is_told(cell):
    assert count(cell).value is None
    assert count(cell).fault


@pytest.mark.parametrize("cell", ["six", "1e400", "nan1", 151])
def test_what_is_no_age_is_told(cell):
    assert years(cell).value is None
    assert years(cell).fault


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("a) Yes", "Yes"),
        ("b) No", "No"),
        ("Y", "Yes"),
        (False, "No"),
        (1, "Yes"),
        ("c) Unknown", ""),
    ],
)
def test_yes_and_no_are_told_apart(cell, answer):
    assert yes_no(cell).value == answer
    assert yes_no(cell).fault == ""


def test_an_answer_that_is_neither_is_told():
    assert yes_no("I made this up").fault


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("a) Looked after child", "looked after"),
        ("b) Child Protection plan", "child protection"),
        ("c) Child in need plan", "child in need"),
        ("d) Open assessment", "open assessment"),
        ("e) Closed episode", "closed"),
        ("CiN", "child in need"),
        ("E", "closed"),
    ],
)
def test_a_case_status_is_one_of_five(cell, status):
    assert codes.case_status(cell).value == status
    assert codes.case_status(cell).fault == ""


def test_a_case_status_that_is_none_of_them_is_told():
    assert "not one that is known" in codes.case_status("I made this up").fault
    assert codes.case_status(None).fault == "no case status"


def test_codes_stand_alone():
    assert codes.legal_status("C1: ICO").value == "C1"
    assert codes.legal_status("d) V4: Short term breaks").value == "V4"
    assert codes.placement_type("f) U6: Foster placement - not FFA").value == "U6"
    assert codes.placement_type("h5").value == "H5"
    assert codes.gender("a) Male").value == "Male"
    assert codes.gender("F").value == "Female"


def test_a_code_that_is_not_known_stands_and_is_told():
    assert codes.legal_status("C9").value == "C9"
    assert "C9" in codes.legal_status("C9").fault
    assert codes.gender("Made up").value == "Made up"
    assert codes.gender("Made up").fault


def test_words_without_a_code_are_told_and_not_repeated():
    reading = codes.legal_status("I made this up")
    assert reading.value == ""
    assert "made" not in reading.fault
    assert codes.placement_type("U61 Road").fault


@pytest.mark.parametrize(
    ("cell", "said"), [("No", ""), ("n", ""), (0, ""), (None, ""), ("stuck", "stuck"), (1, "1")]
)
def test_a_flag_that_says_no_is_none(cell, said):
    assert flag(cell).value == said
