"""A year that is over split off to a ledger of its own.

The workbook as it stands, with everything people added to it, becomes the ledger of the year; a new
one begins with what is still open and what came later, people's own columns with it. The journal
keeps all of it, so that coverage and reports look across both; staff columns are read from both.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from auditdocs.errors import UsageFault
from auditdocs.model.audit import Audit
from auditdocs.model.ledger import Cell, Line
from auditdocs.places import ledger as ledgers
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.closed import TO_BEGIN, close_rows
from auditdocs.places.journal.posted import posted
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period, financial_year
from auditdocs.rules.register.returns import RETURNS
from auditdocs.rules.register.selections import SELECTIONS
from auditdocs.steps.office import Office
from auditdocs.steps.post import Posting, post, year_place
from auditdocs.steps.rebuild import begun_anew, own_posts

_DAYS = {RETURNS.name: "Seen", SELECTIONS.name: "Made"}
"""The sheets whose rows are of the year of their day."""
_NEEDS_NOBODY = frozenset(
    {
        "", "Agreed since", "Attached", "Decided", "Done", "Finished", "In the outbox",
        "No longer made", "Rejected", "Returned", "Superseded", "Verified", "Withdrawn",
    }
)  # fmt: skip
"""The words of *Standing* that leave nothing to do; any other keeps its audit in the ledger."""
_UNDECIDED = frozenset({"disputed", "escalated"})


@dataclass(frozen=True, slots=True)
class YearClosed:
    """What closing a year came to."""

    file: str
    rows: int
    """How many rows stand in the year's ledger alone from now on."""
    posting: Posting


def closed_year(office: Office, year: str) -> YearClosed:
    """The year's rows in a ledger of that year. Can be done again: a stop anywhere is made good.

    Raises UsageFault for a year that is not over, and whatever stands in the way of a post.
    """
    span = _span(office, year)
    done = post(office)
    if done.problem is not None:
        raise done.problem
    over = _over(office, span)
    count = sum(map(len, over.values()))
    place = year_place(office, span.label)
    if count:
        ledgers.copied(office.workspace.ledger, place)
        close_rows(office.journal, span.label, over)
    if office.journal.fact(TO_BEGIN):
        done = begun_anew(office, own_posts(office, ledgers.ledger(place)))
        office.journal.remember(TO_BEGIN, "" if done.problem is None else span.label)
    return YearClosed(office.workspace.relative(place), count, done)


def _span(office: Office, year: str) -> Period:
    span = financial_year(year)
    if span is None:
        raise UsageFault(
            f'"{year}" is not a financial year.',
            hint="Name the year like this: 2026-27, which is April 2026 to March 2027.",
        )
    if span.last >= office.today:
        raise UsageFault(
            f"{span.label} is not over: its last day is {uk_date(span.last)}.",
            hint="Split it off after that day, once its audits are finished.",
        )
    return span


def _over(office: Office, span: Period) -> dict[str, frozenset[str]]:
    """The keys, by sheet, of the rows that belong to the year and need nobody any more."""
    finished = finished_audits(office, span, _standing(office))
    found: dict[str, set[str]] = {}
    for row in _standing(office):
        if _belongs(row, finished, span):
            found.setdefault(row.sheet, set()).add(row.key)
    return {sheet: frozenset(keys) for sheet, keys in found.items()}


def _standing(office: Office) -> Iterator[Line]:
    """The ledger's rows as they were posted, one after the other: years of them are too many."""
    for sheet, rows in posted(office.journal).items():
        yield from (Line(sheet, key, cells) for key, cells in rows.items())


def finished_audits(office: Office, span: Period, rows: Iterable[Line]) -> frozenset[str]:
    """The audits of that period that need nobody any more, by the ledger's rows as they stand."""
    open_still = {str(row.cells.get("Audit ID")) for row in rows if _is_open(row)}
    return frozenset(
        audit.audit_id
        for audit in audits(office.journal)
        if _is_of(audit, span) and audit.audit_id not in open_still
    )


def _is_open(row: Line) -> bool:
    return str(row.cells.get("Standing") or "") not in _NEEDS_NOBODY


def _is_of(audit: Audit, span: Period) -> bool:
    over = not audit.is_out and audit.status not in _UNDECIDED
    return over and span.first <= audit.issued <= span.last


def _belongs(row: Line, finished: Collection[str], span: Period) -> bool:
    if row.sheet in _DAYS:
        day: Cell = row.cells.get(_DAYS[row.sheet])
        return isinstance(day, date) and span.first <= day <= span.last
    return str(row.cells.get("Audit ID")) in finished
