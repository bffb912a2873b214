"""Which rows wait to be posted: those that do not stand in the ledger as they should today.

A post works out what the journal noted as changed. The first of a day works out, besides, what is
not over yet, for words such as "Overdue" follow the day; only the first after a contract or the
tool itself has changed works out every row. Rows are worked out as they are asked for and come in
parts, so that years of them are never held in memory together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice

from auditdocs import __version__
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Cell, Line, Rows
from auditdocs.places.journal.closed import closed_row, closed_years
from auditdocs.places.journal.posted import posted_row, posted_rows, to_post
from auditdocs.places.journal.removals import removed_rows
from auditdocs.rules.register.columns import headed_anew, headings_of_now
from auditdocs.rules.register.sheets import sheets
from auditdocs.steps.gather.sources import SOURCES, changed_lines, keys_of_the_day, lines
from auditdocs.steps.office import Office

WORKED_OUT = "ledger worked out for"
"""The fact that says for which day and by which contracts every row was last worked out."""

MOST_CELLS = 100_000
"""In the rows that are posted together, those of some 700 audits: what a post holds in memory is
bounded by it, and a sheet of many years is gone through once for each part."""
LOOKED_UP_AT_ONCE = 200
"""Rows for which the journal is asked at a time what stands beside them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows to be posted, worked out once, and the changes in the journal that they follow from."""

    lines: Iterator[Line]
    changed: Mapping[str, tuple[str, ...]]

    def parts(self, *, most: int = MOST_CELLS) -> Iterator[tuple[tuple[Line, ...], bool]]:
        """The rows, as many together as hold `most` cells, and whether they are the last.

        There is one part at least, be it without rows.
        """
        part: list[Line] = []
        cells = 0
        for line in self.lines:
            if cells >= most:
                yield tuple(part), False
                part, cells = [], 0
            part.append(line)
            cells += sum(cell is not None for cell in line.cells.values())
        yield tuple(part), True


def waiting(office: Office) -> Waiting:
    """The rows that wait, worked out as cheaply as the journal allows."""
    changed = to_post(office.journal)
    gone = removed_rows(office.journal)
    found = office.counted("Rows of the ledger looked at", _to_look_at(office, changed))
    late = (each for each in found if (each.sheet, each.key) not in gone)
    return Waiting(_late(office, late), changed)


def _to_look_at(office: Office, changed: Mapping[str, Iterable[str]]) -> Iterator[Line]:
    day, _, by = (office.journal.fact(WORKED_OUT) or "").partition(" ")
    today, _, by_now = worked_out_for(office).partition(" ")
    if by != by_now:
        return lines(office)
    return changed_lines(office, changed if day == today else _with_the_day(office, changed))


def _with_the_day(
    office: Office, changed: Mapping[str, Iterable[str]]
) -> Mapping[str, Iterable[str]]:
    """The keys that changed, and those whose rows another day may change."""
    tables = {source.table for source in SOURCES if source.of_keys is not None}
    return {
        table: dict.fromkeys((*changed.get(table, ()), *keys_of_the_day(office, table)))
        for table in tables
    }


def _late(office: Office, found: Iterator[Line]) -> Iterator[Line]:
    """The rows that do not stand so in the ledger, nor in that of a year that is over."""
    is_shut = _shut(office) if closed_years(office.journal) else lambda line: False
    while some := [*islice(found, LOOKED_UP_AT_ONCE)]:
        stand = kept_rows(some, partial(posted_rows, office.journal))
        yield from (
            each
            for each in some
            if stand[each.sheet].get(each.key) != each.cells and not is_shut(each)
        )


def _shut(office: Office) -> Callable[[Line], bool]:
    """Whether a row stands so in the ledger of a year that is over, under the headings of its day:
    other words of a question bring no row of that year back."""
    headings = {sheet.name: headings_of_now(sheet) for sheet in sheets(_contracts(office))}

    def is_shut(line: Line) -> bool:
        then = closed_row(office.journal, line.sheet, line.key)
        return then is not None and headed_anew(then, headings.get(line.sheet, {})) == line.cells

    return is_shut


def kept_rows(
    lines: Iterable[Line], rows: Callable[[str, Iterable[str]], Rows]
) -> Mapping[str, Rows]:
    """What the journal keeps beside these rows, by sheet; `rows` gives it for a sheet's keys."""
    keys: dict[str, list[str]] = {}
    for line in lines:
        keys.setdefault(line.sheet, []).append(line.key)
    return {sheet: rows(sheet, several) for sheet, several in keys.items()}


def worked_out_for(office: Office) -> str:
    """The day, this version and the sheets and contracts, in short."""
    contracts = _contracts(office)
    known = (*sheets(contracts), *(contract.fingerprint for contract in contracts))
    return f"{office.today} {__version__} {sha256(repr(known).encode()).hexdigest()[:16]}"


def _contracts(office: Office) -> list[Contract]:
    """The audit types' contracts, with what their earlier versions asked."""
    return [office.with_earlier_versions(each) for each in office.contracts.values()]


def by_sheet(rows: Iterable[tuple[str, str, Mapping[str, Cell]]]) -> dict[str, Rows]:
    """Rows by sheet and key."""
    found: dict[str, dict[str, Mapping[str, Cell]]] = {}
    for sheet, key, cells in rows:
        found.setdefault(sheet, {})[key] = cells
    return dict(found)


def fresh(office: Office, rows: Iterable[Line]) -> Iterator[Line]:
    """The rows that were never posted."""
    return (row for row in rows if posted_row(office.journal, row.sheet, row.key) is None)
