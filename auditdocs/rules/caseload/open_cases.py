"""The open cases of a service: which they are, how long open, and what their records lack.

Source: domain.md A3.1 ("which open date", exceptions) and ambiguity 10.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from auditdocs.model.case import Case
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.plural import number_of

SIX_WEEKS = 42
"""Calendar days; a case open longer than this is due a Completeness audit."""


def open_cases(cases: Iterable[Case], *, day: date) -> tuple[Case, ...]:
    """The cases open at the end of that day, by child id.

    A case that closes later is open still. One that closed before it opened is among them: which
    of its dates is wrong nobody can tell, and it must not drop out of sight.
    """
    found = (case for case in cases if _is_open(case, day) or closed_before_opened(case))
    return tuple(sorted(found, key=lambda case: case.child_id))


def _is_open(case: Case, day: date) -> bool:
    closes_later = case.close_date is None or case.close_date > day
    return closes_later and case.case_status != "closed"


def closed_before_opened(case: Case) -> bool:
    """Whether the dates of the record contradict each other."""
    dates = case.open_date, case.close_date
    return dates[0] is not None and dates[1] is not None and dates[1] < dates[0]


def is_eligible(case: Case, *, today: date) -> bool:
    """Whether a case is due a Completeness audit: open, and for more than six weeks.

    Source: domain.md A3.1 (opened 1 April 2024, first eligible on 14 May).
    """
    if case.open_date is None or not case.is_open:
        return False
    return (today - case.open_date).days > SIX_WEEKS


def worker_key(case: Case) -> str:
    """What tells workers apart: the worker's id, or the name where there is no id."""
    return case.worker_id or case.worker


def length(case: Case, *, today: date) -> str:
    """How long the case has been open: "open 410 days", or "" where the record does not say."""
    return "" if case.open_date is None else f"open {(today - case.open_date).days} days"


def record_faults(case: Case, *, today: date) -> Iterator[str]:
    """What is wrong with the record, in words: a date that cannot be, nobody in charge."""
    if case.open_date is None:
        yield "no open date on the record"
    elif closed_before_opened(case):
        yield "the closure date lies before the open date"
    elif case.open_date > today:
        yield f"the open date lies in the future: {uk_date(case.open_date)}"
    if not case.worker:
        yield "unallocated: no worker on the record, for the team manager"


def young(case: Case, *, today: date, days: int) -> Iterator[str]:
    """That the case has been open less than so many days, in words, if it has."""
    opened = case.open_date
    if opened is not None and 0 <= (today - opened).days < days:
        first = uk_date(opened + timedelta(days=days))
        so_far = number_of((today - opened).days, "day")
        yield f"open six weeks or less: {so_far}, not before {first}"


def closing(case: Case, *, by: date) -> Iterator[str]:
    """That the record tells the case to close up to that day, in words, if it does."""
    if case.closes_on is not None and case.closes_on <= by:
        yield f"closing: on {uk_date(case.closes_on)}"
