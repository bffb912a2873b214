"""What an automatic test is, and what it may look at besides the case itself.

Source: domain.md C2 (automatic tests).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.case import Case
from auditdocs.model.extract import RowProblem
from auditdocs.model.people import Person
from auditdocs.rules.automatic.numbers import compact, is_placeholder
from auditdocs.rules.calendar.dates import Limit
from auditdocs.rules.caseload.matching import directory, name_key

REGISTER = "a staff register"
"""What a test may need besides fields of the extract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The extract round a case, worked out once for all cases."""

    data_date: date
    people: tuple[Person, ...] = ()
    alike: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of "child", "nhs_number", "upn", "family" and "address", the keys that more than one open
    case has."""
    odd: frozenset[tuple[str, str]] = frozenset()
    """Child and field of everything odd that was told of the extract's rows."""
    known: Mapping[tuple[str, str], tuple[Person, ...]] = field(default_factory=dict)
    """Worker's name and id to the people they may be."""
    home: str = ""
    """The authority in which most placements are that are said to be in the area, by its key."""

    def worker_of(self, case: Case) -> tuple[Person, ...]:
        """The people of the register who may be the case's worker."""
        return self.known.get((case.worker, case.worker_id), ())

    def is_alike(self, kind: str, key: str) -> bool:
        """Whether another open case has the same key of that kind."""
        return bool(key) and key in self.alike.get(kind, frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticTest:
    """One test: its code, the words a check list shows, the fields it needs, and when it fails."""

    code: str
    words: str
    fields: tuple[str, ...]
    fails: Callable[[Case, Surroundings], bool]
    applies: tuple[str, ...] = ()
    """Case types; empty means every case."""

    @property
    def told(self) -> str:
        """Code and words, as a list shows them."""
        return f"{self.code} {self.words}"

    def flags(self, case: Case, round_it: Surroundings) -> bool:
        """Whether the test is for the case, and fails."""
        fits = not self.applies or not case.case_types.isdisjoint(self.applies)
        return fits and self.fails(case, round_it)


def surroundings(
    cases: Iterable[Case],
    *,
    data_date: date,
    people: tuple[Person, ...] = (),
    problems: Iterable[RowProblem] = (),
) -> Surroundings:
    """What the tests look at besides each case."""
    still_open, register = [case for case in cases if case.is_open], directory(people)
    workers = {(case.worker, case.worker_id) for case in still_open}
    return Surroundings(
        data_date=data_date,
        people=people,
        alike={
            "child": _more_than_once(map(child_key, still_open)),
            "nhs_number": _more_than_once(number_key(case.nhs_number) for case in still_open),
            "upn": _more_than_once(number_key(case.upn) for case in still_open),
            "family": _more_than_once(number_key(case.family_id) for case in still_open),
            "address": _more_than_once(map(address_key, still_open)),
        },
        odd=frozenset((problem.child_id, problem.field) for problem in problems),
        known={who: register.fits(*who) for who in workers if any(who)},
        home=_home(still_open),
    )


def after(day: date | None, round_it: Surroundings) -> bool:
    """Whether a date lies after the extract's."""
    return day is not None and day > round_it.data_date


def passed(limit: Limit, since: date | None, round_it: Surroundings) -> bool:
    """Whether a limit that runs from that day had passed when the extract was made."""
    return since is not None and round_it.data_date > limit.last_day(since)


def before_birth(day: date | None, case: Case) -> bool:
    """Whether a date lies before the child was born."""
    return day is not None and case.dob is not None and day < case.dob


def child_key(case: Case) -> str:
    """Names and date of birth, by which a child entered twice is known; "" without them."""
    if not (case.forename and case.surname and case.dob):
        return ""
    return f"{name_key(f'{case.forename} {case.surname}')} {case.dob.isoformat()}"


def number_key(text: str) -> str:
    """A number for comparing, "" for a placeholder."""
    return "" if is_placeholder(text) else compact(text)


def address_key(case: Case) -> str:
    """The family's address for comparing, "" where there is none."""
    return "" if is_placeholder(case.address) else compact(f"{case.address} {case.postcode}")


def is_in_area(case: Case) -> bool | None:
    """Whether the placement is said to be in the authority's area; None where it is not said."""
    return {"in": True, "out": False}.get(case.placement_location.casefold().partition(" ")[0])


def _home(cases: Iterable[Case]) -> str:
    near = (name_key(case.placement_la) for case in cases if is_in_area(case))
    return next((name for name, _ in Counter(filter(None, near)).most_common(1)), "")


def _more_than_once(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key, times in Counter(keys).items() if key and times > 1)
