"""Which rows wait to be posted: those that do not stand in the ledger as they should today.

The first post of a day, and any after a contract changed, works out every row, for words such as
"Overdue" follow the day; later ones work out what the journal noted as changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from auditdocs import __version__
from auditdocs.model.ledger import Cell, Line, Rows
from auditdocs.places.journal.closed import closed, closed_row
from auditdocs.places.journal.posted import posted, posted_row, to_post
from auditdocs.places.journal.removals import removed_rows
from auditdocs.rules.register.sheets import sheets
from auditdocs.steps.gather.sources import changed_lines, lines
from auditdocs.steps.office import Office

WORKED_OUT = "ledger worked out for"
"""The fact that says for which day and by which contracts every row was last worked out."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows to be posted, and the changes in the journal that they follow from."""

    lines: tuple[Line, ...]
    changed: Mapping[str, tuple[str, ...]]

    def cells(self) -> dict[str, Rows]:
        """The tool's cells by sheet and key."""
        return by_sheet((line.sheet, line.key, line.cells) for line in self.lines)


def waiting(office: Office) -> Waiting:
    """The rows that wait, worked out as cheaply as the journal allows."""
    changed = to_post(office.journal)
    if office.journal.fact(WORKED_OUT) != worked_out_for(office):
        last, earlier = posted(office.journal), closed(office.journal)
        late = (
            each
            for each in lines(office)
            if each.cells not in (_row(last, each), _row(earlier, each))
        )
    else:
        late = (
            each
            for each in changed_lines(office, changed)
            if each.cells
            not in (
                posted_row(office.journal, each.sheet, each.key),
                closed_row(office.journal, each.sheet, each.key),
            )
        )
    return Waiting(_kept(office, late), changed)


def everything(office: Office) -> Waiting:
    """Every row of the ledger, to compare a workbook that somebody saved."""
    earlier = closed(office.journal)
    here = (each for each in lines(office) if _row(earlier, each) != each.cells)
    return Waiting(_kept(office, here), to_post(office.journal))


def _kept(office: Office, rows: Iterable[Line]) -> tuple[Line, ...]:
    """Those rows whose keeping time is not over."""
    gone = removed_rows(office.journal)
    return tuple(row for row in rows if (row.sheet, row.key) not in gone)


def _row(rows: Mapping[str, Rows], line: Line) -> Mapping[str, Cell] | None:
    return rows.get(line.sheet, {}).get(line.key)


def worked_out_for(office: Office) -> str:
    """The day, this version and the sheets and contracts, in short."""
    contracts = [office.with_earlier_versions(each) for each in office.contracts.values()]
    known = (*sheets(contracts), *(contract.fingerprint for contract in contracts))
    return f"{office.today} {__version__} {sha256(repr(known).encode()).hexdigest()[:16]}"


def by_sheet(rows: Iterable[tuple[str, str, Mapping[str, Cell]]]) -> dict[str, Rows]:
    """Rows by sheet and key."""
    found: dict[str, dict[str, Mapping[str, Cell]]] = {}
    for sheet, key, cells in rows:
        found.setdefault(sheet, {})[key] = cells
    return dict(found)


def fresh(office: Office, rows: Iterable[Line]) -> Iterator[Line]:
    """The rows that were never posted."""
    return (row for row in rows if posted_row(office.journal, row.sheet, row.key) is None)
