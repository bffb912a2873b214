"""A heading is known however it is written, and never guessed."""

from collections import Counter
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.case import Case
from auditdocs.rules.caseload.columns import COLUMNS
from auditdocs.rules.caseload.headings import column_letters, heading_key, mapped, near_headings

COMPUTED = {"case_types", "circumstances", "closes_on"}


def field_of(heading):
    """The field that a heading alone is taken for, or ""."""
    return next(iter(mapped([heading]).mapping), "")


def test_the_columns_are_the_fields_of_a_case_the_full_name_and_the_data_date():
    names = [column.name for column in COLUMNS]
    assert sorted(names) == sorted(
        {field.name for field in fields(Case)} - COMPUTED | {"data_date", "full_name"}
    )


def test_no_heading_stands_for_two_fields():
    keys = Counter(
        key
        for column in COLUMNS
        for key in {heading_key(word) for word in (column.heading, *column.synonyms)}
    )
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Child Unique ID", "child_id"),
        ("Child id", "child_id"),
        ("PERSON_ID", "child_id"),
        ("Case status", "case_status"),
        ("CASE  STATUS", "case_status"),
        ("Date Ceased to be Looked After ", "care_end"),
        ("Date\N{NO-BREAK SPACE}of Birth:", "dob"),
        ("DATE_OF_BIRTH", "dob"),
        ("Date of Birth (dd/mm/yyyy)", "dob"),
        ("Date of Referral", "referral_date"),
        ("Referral Date", "open_date"),
        ("referral_date", "referral_date"),
        ("Age", "age"),
        ("Child’s Legal Status", "legal_status"),
        ("Childs Legal Status", "legal_status"),
        (
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
            "uasc",
        ),
        ("UASC (Y/N)", "uasc"),
        ("Was the Child Seen Alone?", "cp_seen_alone"),
        ("Forename(s)", "forename"),
        ("Age (months)", ""),
        ("Previous worker", ""),
        ("", ""),
    ],
)
def test_a_heading_is_known_however_it_is_written(heading, field):
    assert field_of(heading) == field


@given(
    column=st.sampled_from(COLUMNS),
    spaces=st.sampled_from([" ", "  ", "_", "\N{NO-BREAK SPACE}", "\n"]),
    end=st.sampled_from(["", " ", ":", ".", " ?", "*"]),
    cased=st.sampled_from([str.upper, str.lower, str.title]),
)
def test_case_spaces_and_punctuation_do_not_matter(column, spaces, end, cased):
    heading = cased(spaces.join(column.heading.replace("'", "’").split())) + end
    assert field_of(heading.replace("’S ", "’s ")) == column.name


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(text):
    assert heading_key(heading_key(text)) == heading_key(text)


def test_the_mapping_says_where_each_field_stands_and_what_is_left():
    found = mapped(["Notes", "Child ID", "Team", None, 7])
    assert found.places == {"child_id": 1, "team": 2}
    assert found.mapping == {"child_id": "Child ID", "team": "Team"}
    assert found.unmapped == ("Notes",)
    assert found.missing == ("worker", "open_date", "close_date", "case_status")


def test_two_headings_on_one_field_are_both_named():
    found = mapped(["Child ID", "CIN Start Date", "Referral Date"])
    assert found.ambiguous == {
        "open_date": ("CIN Start Date (column B)", "Referral Date (column C)")
    }
    assert "open_date" not in found.places


def test_the_settings_say_which_of_two_headings_it_is():
    headings = ["Child ID", "CIN Start Date", "Referral Date"]
    found = mapped(headings, fixed={"open_date": "referral date"})
    assert found.mapping == {"child_id": "Child ID", "open_date": "Referral Date"}
    assert found.unmapped == ("CIN Start Date",)
    assert found.ambiguous == {}


def test_the_settings_may_name_a_heading_that_is_not_known_or_known_for_another_field():
    found = mapped(
        ["Ref", "Team", "Hub"], fixed={"child_id": "Ref", "worker": "Team", "team": "Hub"}
    )
    assert found.places == {"child_id": 0, "worker": 1, "team": 2}


def test_a_fixed_heading_that_is_not_there_changes_nothing():
    assert mapped(["Child ID"], fixed={"child_id": "Ref"}).places == {"child_id": 0}


def test_a_heading_that_is_nearly_right_is_suggested():
    near = near_headings("open_date", ["Case Openend", "Colour", "x" * 5000])
    assert near == ("Case Openend",)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_field_is_known_by_its_own_name(column):
    assert field_of(column.name) == column.name


def test_columns_are_named_as_excel_names_them():
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == [
        *("A", "Z", "AA", "ZZ", "AAA")
    ]
