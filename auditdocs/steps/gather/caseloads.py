"""The caseloads of earlier days, each extract read once for a whole piece of work."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.case import Case
from auditdocs.places.journal import Journal
from auditdocs.places.journal.caseload import Caseload, caseload, data_dates


@dataclass(slots=True)
class Caseloads:
    """The extracts that are asked for, kept as they were read.

    Made anew for each piece of work, so that none outlives an extract that is taken after it.
    """

    journal: Journal
    days: tuple[date, ...] = field(init=False)
    """Every data date, the earliest first."""
    _read: dict[date, Caseload | None] = field(init=False, default_factory=dict)
    _by_child: dict[date, Mapping[str, Case]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """The data dates are asked for once."""
        self.days = tuple(data_dates(self.journal))

    def on(self, day: date) -> Caseload | None:
        """The caseload that was newest on that day; None before the first."""
        place = bisect_right(self.days, day)
        if not place:
            return None
        newest = self.days[place - 1]
        if newest not in self._read:
            self._read[newest] = caseload(self.journal, on=newest)
        return self._read[newest]

    def case(self, child_id: str, day: date) -> tuple[Case, date] | None:
        """The child's case as it was on that day, and the date of the data that say so."""
        then = self.on(day)
        if then is None:
            return None
        if then.data_date not in self._by_child:
            self._by_child[then.data_date] = {case.child_id: case for case in then.cases}
        case = self._by_child[then.data_date].get(child_id)
        return (case, then.data_date) if case else None
