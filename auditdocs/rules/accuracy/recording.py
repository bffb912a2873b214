"""How much of the caseload has a value at all: the overall rates of the standard items.

Source: domain.md C2 (overall rate of ethnicity not obtained; NHS numbers matched before CP-IS goes
live, 95 per cent at least).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from auditdocs.model.case import CP, LAC, Case
from auditdocs.rules.automatic.numbers import is_nhs_number
from auditdocs.rules.automatic.of_the_child import is_born, is_ethnicity_known


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Of how many children something is on the system, of those of whom it should be."""

    field: str
    """The column of the extract."""
    what: str
    children: int
    recorded: int
    aim: int | None = None
    """Per cent, where there is a figure to reach."""


@dataclass(frozen=True, slots=True)
class _Rate:
    field: str
    what: str
    applies: Callable[[Case], bool]
    holds: Callable[[Case], bool]
    aim: int | None = None


_RATES = (
    _Rate("ethnicity", "Ethnicity, all open cases", is_born, is_ethnicity_known),
    _Rate(
        "nhs_number",
        "NHS number that can be right, children looked after or with a plan",
        lambda case: is_born(case) and bool({CP, LAC} & {*case.case_types}),
        lambda case: is_nhs_number(case.nhs_number),
        aim=95,
    ),
)


def recording(cases: Iterable[Case], *, held: Collection[str]) -> tuple[Recorded, ...]:
    """The rates over the open cases, but for a column that the extract does not have.

    `held` are the fields for which it has a heading: one that is blank in every row has a rate, 0.
    """
    known = [case for case in cases if case.is_open]
    return tuple(
        _recorded(rate, [case for case in known if rate.applies(case)])
        for rate in _RATES
        if rate.field in held
    )


def _recorded(rate: _Rate, cases: list[Case]) -> Recorded:
    return Recorded(
        field=rate.field,
        what=rate.what,
        children=len(cases),
        recorded=sum(map(rate.holds, cases)),
        aim=rate.aim,
    )
