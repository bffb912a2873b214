"""Meant faults: what a real extract always has, put into a made-up one on purpose.

Each fault falls on another child in need, so that whoever reads the extract can be seen to find
every one of them (domain.md A3.1 "Exceptions", B3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from auditdocs.model.case import CIN, Case
from auditdocs.rules.made_up.cases import worked_on

FEWEST_CHILDREN = 40
"""From this many open cases on, every fault is there; a smaller council has none."""

FAILED_LOOK_UP = "#N/A"
"""What a look-up that found nobody leaves in a worker's cell."""


def with_faults(cases: Sequence[Case], *, data_date: date) -> tuple[Case, ...]:
    """The cases with seven faults in them, one of which is a second row for the same child."""
    in_need = [case for case in cases if case.case_types == {CIN} and case.is_open]
    faulty = {case.child_id: case for case in _faulty(in_need, data_date)}
    twice = _opened_again(in_need[-1], data_date)
    return (*(faulty.get(case.child_id, case) for case in cases), twice)


def _faulty(cases: Sequence[Case], data_date: date) -> Iterator[Case]:
    unallocated, not_found, spaced, undated, early, unborn = cases[:6]
    yield replace(unallocated, worker="")
    yield replace(not_found, worker=FAILED_LOOK_UP)
    yield replace(spaced, worker=spaced.worker.replace(" ", "\N{NO-BREAK SPACE}", 1))
    yield replace(undated, open_date=None)
    yield _opened_early(early, data_date)
    yield _unborn(unborn, data_date)


def _opened_early(case: Case, data_date: date) -> Case:
    return replace(_without_history(case), open_date=data_date + timedelta(days=12))


def _unborn(case: Case, data_date: date) -> Case:
    opened = worked_on(data_date - timedelta(days=60))
    return replace(
        _without_history(case),
        dob=None,
        expected_dob=data_date + timedelta(days=75),
        gender="Not stated/recorded",
        open_date=opened,
        referral_date=opened,
        assess_start=opened,
        assess_end=worked_on(data_date - timedelta(days=10)),
    )


def _opened_again(case: Case, data_date: date) -> Case:
    opened = case.open_date or data_date
    again = worked_on(opened + (data_date - opened) / 2)
    return replace(_without_history(case), open_date=again, last_seen=case.last_seen)


def _without_history(case: Case) -> Case:
    return Case(
        child_id=case.child_id,
        team=case.team,
        worker=case.worker,
        case_status=case.case_status,
        case_types=case.case_types,
        dob=case.dob,
        gender=case.gender,
        ethnicity=case.ethnicity,
        disability=case.disability,
        primary_need=case.primary_need,
    )
