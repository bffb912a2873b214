"""Tests of who the child is: name, birth, numbers.

Source: domain.md C2 (automatic tests).
"""

from datetime import timedelta

from auditdocs.model.case import CP, LAC, Case
from auditdocs.rules.automatic.numbers import (
    NO_UPN,
    compact,
    has_upn_authority,
    has_upn_letter,
    is_nhs_number,
    is_placeholder,
    is_ten_digits,
    is_upn_shaped,
)
from auditdocs.rules.automatic.test import AutomaticTest, Surroundings, child_key, number_key
from auditdocs.rules.calendar.dates import age_on

SCHOOL_AGE = range(5, 16)
"""Whole years at which a child has a school and so a UPN."""

_AFTER_EXPECTED = timedelta(days=28)
_NOT_OBTAINED = ("not obtained", "not yet obtained", "not stated", "nobt", "unknown", "not known")


def is_born(case: Case) -> bool:
    """Whether the child is not one who is still expected."""
    return "unborn" not in case.circumstances


def _upn(case: Case) -> str:
    """A UPN that claims to be one: not blank, and not a reason for having none."""
    plain = compact(case.upn)
    return "" if is_placeholder(case.upn) or plain in NO_UPN else plain


def _no_birth(case: Case, _: Surroundings) -> bool:
    return case.dob is None and case.expected_dob is None


def _birth_overdue(case: Case, round_it: Surroundings) -> bool:
    expected = case.expected_dob
    late = expected is not None and round_it.data_date > expected + _AFTER_EXPECTED
    return late and case.dob is None


def _age_differs(case: Case, round_it: Surroundings) -> bool:
    return (
        case.dob is not None
        and (case.child_id, "age") in round_it.odd
        and not _grown(case, round_it)
    )


def _grown(case: Case, round_it: Surroundings) -> bool:
    return case.dob is not None and age_on(case.dob, round_it.data_date) >= 18


def _no_name(case: Case, _: Surroundings) -> bool:
    return is_born(case) and any(is_placeholder(part) for part in (case.forename, case.surname))


def _no_gender(case: Case, _: Surroundings) -> bool:
    return is_born(case) and case.gender.lower() in ("", "not stated/recorded")


def is_ethnicity_known(case: Case) -> bool:
    """Whether an ethnicity is recorded, and not that it was not obtained."""
    plain = case.ethnicity.lower()
    return not is_placeholder(plain) and all(words not in plain for words in _NOT_OBTAINED)


def _no_ethnicity(case: Case, _: Surroundings) -> bool:
    return not is_ethnicity_known(case)


def _upn_missing(case: Case, _: Surroundings) -> bool:
    return case.age in SCHOOL_AGE and is_placeholder(case.upn)


def _upn_excused(case: Case, _: Surroundings) -> bool:
    return case.age in SCHOOL_AGE and compact(case.upn) in NO_UPN


def _upn_letter(case: Case, _: Surroundings) -> bool:
    return is_upn_shaped(_upn(case)) and not has_upn_letter(_upn(case))


def _upn_authority(case: Case, _: Surroundings) -> bool:
    return is_upn_shaped(_upn(case)) and not has_upn_authority(_upn(case))


TESTS = (
    AutomaticTest(
        code="NAM01",
        words="the name is missing or a placeholder",
        fields=("forename", "surname"),
        fails=_no_name,
    ),
    AutomaticTest(code="DOB01", words="no date of birth", fields=("dob",), fails=_no_birth),
    AutomaticTest(
        code="DOB02",
        words="expected more than 28 days ago, and no date of birth",
        fields=("dob",),
        fails=_birth_overdue,
    ),
    AutomaticTest(
        code="DOB03",
        words="the age and the date of birth do not agree",
        fields=("dob", "age"),
        fails=_age_differs,
    ),
    AutomaticTest(code="DOB04", words="18 or over", fields=("dob",), fails=_grown),
    AutomaticTest(
        code="DOB05",
        words="the date of birth cannot be read, or lies further ahead than a birth can be",
        fields=("dob",),
        fails=lambda case, round_it: (case.child_id, "dob") in round_it.odd,
    ),
    AutomaticTest(code="GEN01", words="no gender", fields=("gender",), fails=_no_gender),
    AutomaticTest(
        code="DUP01",
        words="another open case has this name and date of birth",
        fields=("forename", "surname", "dob"),
        fails=lambda case, round_it: round_it.is_alike("child", child_key(case)),
    ),
    AutomaticTest(
        code="DUP02",
        words="another open case has this NHS number",
        fields=("nhs_number",),
        fails=lambda case, round_it: round_it.is_alike("nhs_number", number_key(case.nhs_number)),
    ),
    AutomaticTest(
        code="DUP03",
        words="another open case has this UPN",
        fields=("upn",),
        fails=lambda case, round_it: bool(_upn(case)) and round_it.is_alike("upn", _upn(case)),
    ),
    AutomaticTest(
        code="DUP04",
        words="the child is in more than one row of the extract",
        fields=("child_id",),
        fails=lambda case, round_it: (case.child_id, "child_id") in round_it.odd,
    ),
    AutomaticTest(
        code="NHS01",
        words="no NHS number",
        fields=("nhs_number",),
        applies=(CP, LAC),
        fails=lambda case, _: is_born(case) and is_placeholder(case.nhs_number),
    ),
    AutomaticTest(
        code="NHS02",
        words="not ten digits",
        fields=("nhs_number",),
        fails=lambda case, _: (
            not is_placeholder(case.nhs_number) and not is_ten_digits(case.nhs_number)
        ),
    ),
    AutomaticTest(
        code="NHS03",
        words="the check digit does not fit",
        fields=("nhs_number",),
        fails=lambda case, _: (
            not is_placeholder(case.nhs_number)
            and is_ten_digits(case.nhs_number)
            and not is_nhs_number(case.nhs_number)
        ),
    ),
    AutomaticTest(code="UPN01", words="no UPN at school age", fields=("upn",), fails=_upn_missing),
    AutomaticTest(
        code="UPN02",
        words="not a letter, eleven figures and a figure or letter",
        fields=("upn",),
        fails=lambda case, _: bool(_upn(case)) and not is_upn_shaped(_upn(case)),
    ),
    AutomaticTest(
        code="UPN03", words="the check letter does not fit", fields=("upn",), fails=_upn_letter
    ),
    AutomaticTest(
        code="UPN04",
        words="characters two to four are no local authority's",
        fields=("upn",),
        fails=_upn_authority,
    ),
    AutomaticTest(
        code="UPN05",
        words="a reason for no UPN, at school age",
        fields=("upn",),
        fails=_upn_excused,
    ),
    AutomaticTest(
        code="ETH01",
        words="ethnicity missing or not obtained",
        fields=("ethnicity",),
        fails=_no_ethnicity,
    ),
    AutomaticTest(
        code="DIS01",
        words="disability neither yes nor no",
        fields=("disability",),
        fails=lambda case, _: not case.disability,
    ),
)
"""The tests, in the order of their items."""
