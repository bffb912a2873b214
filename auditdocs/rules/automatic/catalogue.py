"""Every automatic test by code, which of them an extract allows, and what they say of a case.

Source: domain.md C2 (automatic tests).
"""

from collections.abc import Collection, Iterable, Mapping

from auditdocs.model.case import Case
from auditdocs.model.people import Person
from auditdocs.rules.automatic import (
    of_care,
    of_placements,
    of_the_case,
    of_the_child,
    of_the_family,
    of_visits,
)
from auditdocs.rules.automatic.test import REGISTER, AutomaticTest, Surroundings
from auditdocs.rules.caseload.headings import heading_of

_MODULES = (of_the_child, of_the_family, of_the_case, of_visits, of_placements, of_care)
CATALOGUE: Mapping[str, AutomaticTest] = {
    test.code: test for module in _MODULES for test in module.TESTS
}
"""Code to test."""


def fields_held(mapping: Collection[str], people: Collection[Person]) -> frozenset[str]:
    """What an extract and the register hold, as tests name it. `mapping` are the fields read."""
    return frozenset((*mapping, "child_id", *((REGISTER,) if people else ())))


def runnable(codes: Iterable[str], held: Collection[str]) -> tuple[AutomaticTest, ...]:
    """Those of the tests whose fields are all held, in order."""
    return tuple(test for test in _named(codes) if set(test.fields) <= set(held))


def not_run(codes: Iterable[str], held: Collection[str]) -> tuple[str, ...]:
    """The others, each with its words and what it needs and is not held, for a person."""
    return tuple(
        f"{test.told}; it needs {_missing(test, held)}"
        for test in _named(codes)
        if not set(test.fields) <= set(held)
    )


def flags(
    case: Case, tests: Iterable[AutomaticTest], round_it: Surroundings
) -> tuple[AutomaticTest, ...]:
    """The tests that the case fails."""
    return tuple(test for test in tests if test.flags(case, round_it))


def _named(codes: Iterable[str]) -> list[AutomaticTest]:
    return [CATALOGUE[code] for code in dict.fromkeys(codes) if code in CATALOGUE]


def _missing(test: AutomaticTest, held: Collection[str]) -> str:
    """The headings that an extract would have to have."""
    names = (name for name in test.fields if name not in held)
    return " and ".join(name if name == REGISTER else heading_of(name) for name in names)
