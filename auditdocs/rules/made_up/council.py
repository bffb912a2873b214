"""A made-up council, for a demonstration and for tests: its caseload and its staff list.

Every person and place is invented, and nothing is left to the moment: the same day, size and seed
give the same council. Faults are put in on purpose (faults.py), and there are no others.

Source: domain.md B1 to B3; proportions and caseloads are our own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle

from auditdocs.model.case import CP, LAC, Case
from auditdocs.model.people import Person
from auditdocs.rules.made_up.cases import made_up_cases
from auditdocs.rules.made_up.chance import Chance
from auditdocs.rules.made_up.faults import FEWEST_CHILDREN, with_faults
from auditdocs.rules.made_up.lists import Rows, annex_a_lists
from auditdocs.rules.made_up.names import COUNCIL
from auditdocs.rules.made_up.staff import (
    case_turns,
    children_in_care,
    family_support,
    made_up_areas,
    made_up_staff,
    register_rows,
)


@dataclass(frozen=True, slots=True)
class MadeUpCouncil:
    """A council's extract and staff list as their files hold them, row by row."""

    name: str
    data_date: date
    sheets: Mapping[str, Rows]
    """Annex A by sheet: "Front sheet", then "List 3" to "List 8" with headings in row 1."""
    staff: tuple[tuple[str, ...], ...]
    """The staff register, headings in row 1."""


def made_up_council(*, data_date: date, children: int = 120, seed: str = "demo") -> MadeUpCouncil:
    """A council with that many open cases at the data date; teams and posts grow with them.

    From 40 children on each worker holds 6 to 24 cases, and the extract has its meant faults.
    """
    chance, areas = Chance(seed), made_up_areas(children)
    cases = _with_teams(made_up_cases(chance, children=children, data_date=data_date), areas)
    people = _people(cases, areas, chance, data_date)
    cases = _with_workers(cases, people)
    if children >= FEWEST_CHILDREN:
        cases = with_faults(cases, data_date=data_date)
    lists = annex_a_lists(_by_identity(cases), chance=chance, data_date=data_date)
    sheets = {"Front sheet": _front_sheet(data_date), **lists}
    return MadeUpCouncil(COUNCIL, data_date, sheets, register_rows(people))


def _with_teams(cases: Iterable[Case], areas: Sequence[str]) -> tuple[Case, ...]:
    home = cycle([family_support(area) for area in areas])
    care = cycle([children_in_care(area) for area in areas])
    return tuple(
        replace(case, team=next(care if LAC in case.case_types else home)) for case in cases
    )


def _people(
    cases: Sequence[Case], areas: Sequence[str], chance: Chance, data_date: date
) -> tuple[Person, ...]:
    open_cases = [case for case in cases if case.is_open]
    return made_up_staff(
        areas,
        caseloads=Counter(case.team for case in open_cases),
        looked_after=sum(LAC in case.case_types for case in open_cases),
        protected=sum(CP in case.case_types for case in open_cases),
        chance=chance,
        data_date=data_date,
    )


def _with_workers(cases: Sequence[Case], people: Sequence[Person]) -> tuple[Case, ...]:
    turns = {team: cycle(names) for team, names in case_turns(people).items()}
    return tuple(replace(case, worker=next(turns[case.team])) for case in cases)


def _front_sheet(data_date: date) -> Rows:
    return (
        ("Annex A child-level data", None),
        ("Local authority", COUNCIL),
        ("Data as at", data_date),
        ("Everybody in this workbook is invented", None),
    )


def _by_identity(cases: Sequence[Case]) -> tuple[Case, ...]:
    return tuple(sorted(cases, key=lambda case: case.child_id))
