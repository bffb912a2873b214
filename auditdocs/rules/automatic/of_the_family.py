"""Tests of the family and those round it: address, contacts, household, school, health.

Source: domain.md C2 (automatic tests).
"""

from auditdocs.model.case import Case
from auditdocs.rules.automatic.numbers import is_placeholder, is_postcode
from auditdocs.rules.automatic.of_the_child import SCHOOL_AGE, is_born
from auditdocs.rules.automatic.test import (
    AutomaticTest,
    Surroundings,
    address_key,
    number_key,
    passed,
)
from auditdocs.rules.calendar.dates import Limit

_ADDRESS = Limit("mo", 12)
_HEALTH_VISITED = range(5)
"""Whole years at which a child has a health visitor."""


def _alone_with_its_number(case: Case, round_it: Surroundings) -> bool:
    family = number_key(case.family_id)
    orphan = bool(family) and not round_it.is_alike("family", family)
    return orphan and round_it.is_alike("address", address_key(case))


TESTS = (
    AutomaticTest(
        code="ADR01",
        words="the address is missing or a placeholder",
        fields=("address",),
        fails=lambda case, _: is_placeholder(case.address),
    ),
    AutomaticTest(
        code="ADR02",
        words="no postcode",
        fields=("postcode",),
        fails=lambda case, _: is_placeholder(case.postcode),
    ),
    AutomaticTest(
        code="ADR03",
        words="not the shape of a postcode",
        fields=("postcode",),
        fails=lambda case, _: not is_placeholder(case.postcode) and not is_postcode(case.postcode),
    ),
    AutomaticTest(
        code="ADR04",
        words="the address was not changed or confirmed in twelve months",
        fields=("address_start",),
        fails=lambda case, round_it: passed(_ADDRESS, case.address_start, round_it),
    ),
    AutomaticTest(
        code="ADR05",
        words="no phone number",
        fields=("phone",),
        fails=lambda case, _: is_placeholder(case.phone),
    ),
    AutomaticTest(
        code="FAM01",
        words="no family number",
        fields=("family_id",),
        fails=lambda case, _: is_placeholder(case.family_id),
    ),
    AutomaticTest(
        code="FAM02",
        words="a family number that no other case has, though another case has this address",
        fields=("family_id", "address"),
        fails=_alone_with_its_number,
    ),
    AutomaticTest(
        code="GPS01",
        words="no GP",
        fields=("gp",),
        fails=lambda case, _: is_born(case) and is_placeholder(case.gp),
    ),
    AutomaticTest(
        code="GPS02",
        words="no school at school age",
        fields=("school",),
        fails=lambda case, _: case.age in SCHOOL_AGE and is_placeholder(case.school),
    ),
    AutomaticTest(
        code="GPS03",
        words="no health visitor under the age of five",
        fields=("health_visitor",),
        fails=lambda case, _: case.age in _HEALTH_VISITED and is_placeholder(case.health_visitor),
    ),
    AutomaticTest(
        code="PRC01",
        words="nobody with parental responsibility",
        fields=("parental_responsibility",),
        fails=lambda case, _: is_born(case) and is_placeholder(case.parental_responsibility),
    ),
    AutomaticTest(
        code="PRC02",
        words="no emergency contact",
        fields=("emergency_contact",),
        fails=lambda case, _: is_placeholder(case.emergency_contact),
    ),
)
"""The tests, in the order of their items."""
