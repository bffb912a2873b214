"""What the dates of the extract say about a standard: advice to the auditor, who decides.

The extract knows few dates and no reasons, so it asserts little: no lateness without the day that
the limit runs from, nothing from a date after the data date, nothing from an event that is older
than the matter asked about.

Source: domain.md A3.2 ("prefill an advisory result from extract dates"; day 0 is the anchor, a
limit met on its last day is in time), A3.7, A3.8.
"""

from dataclasses import dataclass
from datetime import date

from auditdocs.model.case import Case
from auditdocs.model.contract import Advice, Item
from auditdocs.rules.calendar.dates import limit, uk_date
from auditdocs.rules.forms.applicability import advice_of
from auditdocs.rules.plural import number_of

IN_TIME = "in time"
LATE = "late"
NOT_DUE = "not due"
MISSING = "missing"
UNKNOWN = "unknown"

_CONTRADICTED = {
    IN_TIME: ("no",),
    NOT_DUE: ("no",),
    LATE: ("yes", "not_due"),
    MISSING: ("yes", "not_due"),
}
"""Verdict to the answers that cannot be right if the extract is."""

_SENTENCES = {
    IN_TIME: "{noun} {done}; {due} {limit}; in time",
    LATE: "{noun} {done}; {due} {limit}; late by {days}{unless}",
    NOT_DUE: "no date recorded for {noun} since {since}; not due until {limit}",
    MISSING: "no date recorded for {noun} since {since}; was due by {limit}{unless}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How a standard stands at the data date, as far as the extract shows."""

    advice: Advice
    data_date: date
    facet: str = ""
    """The facet it bears on: "T" for what happens once, "U" for what recurs."""
    since: date | None = None
    """The day that the limit runs from, where it runs from a beginning."""
    done: date | None = None
    limit: date | None = None
    """The last day in time; of what recurs, the last day for the next."""
    sooner: date | None = None
    """That day where the latest was a first held late, and where nothing tells that it was not."""

    @property
    def verdict(self) -> str:
        """IN_TIME, LATE, NOT_DUE, MISSING (was due, and has no date) or UNKNOWN."""
        if self.limit is None:
            return UNKNOWN
        if self.done is None:
            return NOT_DUE if self.data_date <= self.limit else self._overdue
        if self._judged_on <= self.limit:
            return UNKNOWN if self.sooner and self._judged_on > self.sooner else IN_TIME
        return LATE if self.advice.every or self.advice.done else UNKNOWN

    @property
    def days_late(self) -> int:
        """Calendar days after the limit; 0 unless the verdict is LATE."""
        late = self.limit if self.verdict == LATE else None
        return (self._judged_on - late).days if late else 0

    @property
    def _judged_on(self) -> date:
        """What is held against the limit: the data date if it recurs, else the day it was done."""
        return self.data_date if self.advice.every or not self.done else self.done

    @property
    def _overdue(self) -> str:
        """The verdict past the limit without a date: the extract may not have the column."""
        return MISSING if self.advice.done or self.advice.last else UNKNOWN


def advice_for(item: Item, case: Case, data_date: date) -> str:
    """The advisory sentence to print under the item, or "" where nothing can be said.

    "Extract: review held 03/03/2026; limit 28/02/2026; late by 3 days."
    """
    found = evidence(item, case, data_date)
    return f"Extract: {_words(found)}." if found else ""


def evidence(item: Item, case: Case, data_date: date) -> Evidence | None:
    """What the extract says of the item at its data date, or None where nothing can be said."""
    advice = advice_of(item, case)
    if advice is None:
        return None
    since, recorded = _dated(case, advice.since), _dated(case, advice.done or advice.last)
    if _says_nothing(advice, since, recorded, data_date):
        return None
    done = recorded if recorded and _is_of_this(advice, since, recorded) else None
    return Evidence(
        advice=advice,
        data_date=data_date,
        facet=_facet(item, advice),
        since=since,
        done=done,
        limit=_last_day(advice, since, done),
        sooner=_if_first(advice, since, done),
    )


def disagrees(found: Evidence, answer: str) -> bool:
    """Whether an answer's code, for the evidence's facet, contradicts the extract.

    A "yes" does not where something that the extract cannot show would excuse the lateness.
    Source: domain.md A3.2 ("disagreement between extract and answer is itself an Accuracy
    finding").
    """
    excused = answer == "yes" and bool(found.advice.unless)
    return not excused and answer in _CONTRADICTED.get(found.verdict, ())


def _dated(case: Case, columns: str) -> date | None:
    """The first date that the case holds of "icpc_date or cp_start"."""
    dates = (getattr(case, column) for column in columns.split(" or ") if column)
    return next((day for day in dates if day), None)


def _says_nothing(
    advice: Advice, since: date | None, recorded: date | None, data_date: date
) -> bool:
    """Whether a date is still to come, or of an earlier matter, or there is none to speak of."""
    if any(day > data_date for day in (since, recorded) if day):
        return True
    if since is None or recorded is None:
        return not (since or recorded)
    return bool(advice.done) and recorded < since


def _is_of_this(advice: Advice, since: date | None, recorded: date) -> bool:
    """Whether the latest event falls in the time since the beginning asked about.

    Where a first and later intervals differ, an event of the first day is the beginning itself:
    Annex A gives the initial conference where no review has been held.
    """
    if since is None:
        return True
    return recorded > since if advice.first and advice.every else recorded >= since


def _last_day(advice: Advice, since: date | None, done: date | None) -> date | None:
    """The last day in time for the one thing, for the first, or for the next after `done`."""
    if done and advice.every:
        return limit(_interval(advice, since, done)).last_day(done)
    span = advice.limit or advice.first or advice.every
    return limit(span).last_day(since) if since else None


def _if_first(advice: Advice, since: date | None, done: date | None) -> date | None:
    """The last day for the second, of one after the first limit and before a second was due.

    It may be the first, held late, or the second, held in time; the extract has the latest alone.
    """
    if not (since and done and advice.second):
        return None
    first, second = limit(advice.first).last_day(since), limit(advice.second)
    return second.last_day(done) if first < done <= second.last_day(first) else None


def _interval(advice: Advice, since: date | None, done: date) -> str:
    """How long after `done` the next is due: one within the first limit was the first."""
    if since and advice.second and done <= limit(advice.first).last_day(since):
        return advice.second
    return advice.every


def _facet(item: Item, advice: Advice) -> str:
    wanted = "UT" if advice.every else "T"
    return next((facet for facet in wanted if facet in item.facets), "")


def _words(found: Evidence) -> str:
    """The evidence as a person reads it, without the full stop."""
    advice, last = found.advice, uk_date(found.limit)
    sooner = f"{uk_date(found.sooner)} if it was the first, else by " if found.sooner else ""
    return _sentence(found).format(
        noun=advice.noun,
        done=uk_date(found.done),
        limit=f"{sooner}{last}",
        due="next due by" if advice.every else "limit",
        since=uk_date(found.since),
        days=number_of(found.days_late, "day"),
        unless=f", unless {advice.unless}" if advice.unless else "",
    )


def _sentence(found: Evidence) -> str:
    if found.verdict == UNKNOWN and found.sooner:
        return "{noun} {done}; {due} {limit}"
    if found.verdict in _SENTENCES and (found.advice.done or found.advice.last):
        return _SENTENCES[found.verdict]
    return "last day in time for {noun}: {limit}{unless}" if found.limit else "{noun} {done}"
