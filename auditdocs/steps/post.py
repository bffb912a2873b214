"""The ledger brought up to date: what staff wrote read back, then what is new posted in place.

The journal is the truth; a ledger that is open in Excel makes the rows wait, never the forms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from auditdocs.errors import AuditdocsError, LedgerFault, Unavailable
from auditdocs.model.ledger import Cell, LedgerRow, Line, Post, Posted, Rows, Sheet
from auditdocs.places import ledger as ledgers
from auditdocs.places.archive import protected
from auditdocs.places.disk import sha256
from auditdocs.places.journal import posted as kept
from auditdocs.places.journal.closed import closed, closed_years
from auditdocs.places.journal.removals import rows_emptied, rows_to_empty
from auditdocs.rules.plural import first_named
from auditdocs.rules.register.sheets import sheets as every_sheet
from auditdocs.rules.register.sheets import without_links
from auditdocs.steps.gather.waiting import (
    LOOKED_UP_AT_ONCE,
    WORKED_OUT,
    Waiting,
    by_sheet,
    fresh,
    kept_rows,
    waiting,
    worked_out_for,
)
from auditdocs.steps.office import Office

LEDGER_SHA = "ledger sha256"
"""The fact that says which bytes the last post left; none before the first."""
_PROTECTED = "archive read-only since"
_MOST_NAMED = 10
_NOTED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Posting:
    """What a post came to: rows written, rows that wait and why, cells put back."""

    posted: int = 0
    pending: int = 0
    changes: int = 0
    problem: AuditdocsError | None = None
    warnings: tuple[str, ...] = ()


def post(office: Office) -> Posting:
    """Post whatever waits. A ledger that cannot be written to now is told, not raised."""
    done = Posting()
    try:
        before = read_back(office)  # what staff wrote decides whether an action is overdue
        if before is None:  # every row is to go into a new one
            kept.forget_posted(office.journal)
            office.journal.remember(WORKED_OUT, "")
        for part in _posted(office, waiting(office), before):
            done = _together(done, part)
    except (Unavailable, LedgerFault) as problem:
        return replace(done, pending=pending(office), problem=problem)
    return done


def read_back(office: Office) -> bytes | None:
    """Read what staff wrote in their columns into the journal; the ledger that it was read from."""
    from auditdocs.documents.ledger.workbook import staff_values

    workbook = ledgers.ledger(office.workspace.ledger)
    read_back_closed(office)
    if workbook is not None:
        mark = _read_as(office, sha256(workbook))
        if mark != office.journal.fact(kept.STAFF_READ_FROM):
            values = staff_values(workbook, sheets(office))
            kept.keep_staff_columns(office.journal, values, of=mark)
    return workbook


def _read_as(office: Office, digest: str) -> str:
    """A workbook by its SHA-256, and the contracts by whose headings it is read."""
    known = sorted(contract.fingerprint for contract in office.contracts.values())
    return f"{digest} {sha256(' '.join(known).encode())[:16]}"


def read_back_closed(office: Office) -> None:
    """Read what staff wrote in the ledgers of earlier years, beside the rows that stand there."""
    from auditdocs.documents.ledger.workbook import staff_values

    for year in closed_years(office.journal):
        workbook = ledgers.ledger(year_place(office, year))
        fact = f"{kept.STAFF_READ_FROM} {year}"
        mark = _read_as(office, sha256(workbook)) if workbook else ""
        if workbook is None or mark == office.journal.fact(fact):
            continue
        shut, found = closed(office.journal), staff_values(workbook, sheets(office))
        values = {
            sheet: {key: row for key, row in rows.items() if key in shut.get(sheet, {})}
            for sheet, rows in found.items()
        }
        kept.keep_staff_columns(office.journal, values)
        office.journal.remember(WORKED_OUT, "")  # what staff wrote may bring a row back
        office.journal.remember(fact, mark)


def year_place(office: Office, year: str) -> Path:
    """Where the ledger of a year that is over lies."""
    path = office.workspace.ledger
    return path.with_name(f"{path.stem} {year}{path.suffix}")


def pending(office: Office) -> int:
    """How many rows wait to be posted."""
    return sum(1 for _ in waiting(office).lines)


def copies_of(office: Office) -> Path:
    """Where copies of the ledger are kept."""
    return office.workspace.state / "ledger-copies"


def written(office: Office, done: Posted, before: bytes | None) -> Mapping[str, str]:
    """The workbook put in the ledger's place; gives the facts by which it is known for ours.

    Raises Unavailable.
    """
    ledgers.replace_ledger(
        office.workspace.ledger,
        done.workbook,
        before=before,
        copies=copies_of(office),
        day=office.today,
        keep=office.settings.keep_copies,
        now=office.clock.seconds(),
    )
    digest = sha256(done.workbook)
    return {LEDGER_SHA: digest, kept.STAFF_READ_FROM: _read_as(office, digest)}


def sheets(office: Office) -> tuple[Sheet, ...]:
    """The ledger's sheets for the audit types of this workspace."""
    known = every_sheet(map(office.with_earlier_versions, office.contracts.values()))
    is_beside = office.workspace.ledger.parent == office.workspace.root
    return known if is_beside else without_links(known)


def _posted(office: Office, late: Waiting, before: bytes | None) -> Iterator[Posting]:
    """What waits posted part by part, the changes it follows from settled with the last."""
    for lines, is_last in late.parts():
        office.progress("Posting to the ledger", 0, 0)
        facts = {WORKED_OUT: worked_out_for(office)} if is_last else {}
        settled = late.changed if is_last else {}
        before, done = _part_posted(office, lines, before, settled=settled, facts=facts)
        lines = ()  # let go before the next ones come
        yield done


def _part_posted(
    office: Office,
    lines: Sequence[Line],
    before: bytes | None,
    *,
    settled: Mapping[str, Iterable[str]],
    facts: Mapping[str, str],
) -> tuple[bytes | None, Posting]:
    """These rows posted and noted as posted, with what is settled by them; the ledger as it is."""
    from auditdocs.documents.ledger.workbook import posted

    workbook, untouched = _workbook(office, before)
    gone = rows_to_empty(office.journal)
    if untouched and not (lines or gone):
        kept.keep_posted(office.journal, {}, settled=settled, facts=facts)
        return before, Posting()
    last = {} if untouched else kept.standing(office.journal)
    rows = _with_staff_columns(office, lines)
    posts = [
        Post(sheet=each, rows=rows.get(each.name, {}), gone=gone.get(each.name, frozenset()))
        for each in sheets(office)
    ]
    done = posted(workbook, posts, last=last, changed_on=office.today)
    begins = fresh(office, (line for line in lines if line.first))
    first = by_sheet((line.sheet, line.key, line.first) for line in begins)
    _protect_the_evidence(office)
    ours = written(office, done, before)
    _note_rows(office, lines)
    kept.keep_posted(
        office.journal,
        {},
        staff=_not_written(office, first),
        settled=settled,
        facts={**facts, **ours},
    )
    if gone:
        rows_emptied(office.journal)
    told = (*done.warnings, *_told(done), *_left_behind(office))
    return done.workbook, Posting(done.rows, 0, len(done.changes), warnings=told)


def _note_rows(office: Office, lines: Iterable[Line]) -> None:
    """The rows noted as posted, some at a time: what is written at once is held in memory thrice.

    After a stop between them the ledger is not known for ours, and the next post compares it.
    """
    left = iter(lines)
    while some := [*islice(left, _NOTED_AT_ONCE)]:
        rows = by_sheet((line.sheet, line.key, line.cells) for line in some)
        kept.keep_posted(office.journal, rows)


def _together(done: Posting, part: Posting) -> Posting:
    return replace(
        done,
        posted=done.posted + part.posted,
        changes=done.changes + part.changes,
        warnings=tuple(dict.fromkeys((*done.warnings, *part.warnings))),
    )


def _protect_the_evidence(office: Office) -> None:
    """Make read-only, once, what was archived before the ledger had links to it."""
    if not office.journal.fact(_PROTECTED):
        protected(office.workspace.archive)
        office.journal.remember(_PROTECTED, office.today.isoformat())


def _left_behind(office: Office) -> Iterator[str]:
    """That an old owner file lies beside the ledger, and held nothing up."""
    path = office.workspace.ledger
    if (holder := ledgers.left_behind(path, now=office.clock.seconds())) is not None:
        yield (
            f"{holder.program} left an owner file beside the ledger ({holder.words}), more than a "
            "day ago. Nobody has the ledger open, so the rows were posted. The file goes when "
            "somebody opens the ledger and closes it again."
        )


def _told(done: Posted) -> Iterator[str]:
    """Rows that people added or deleted, by sheet; what stands in them is theirs and not told."""
    for sheet, places in _places(done.strangers).items():
        yield (
            f'On the sheet "{sheet}" people added rows, or copied some: {places}. '
            "They stay as they are and are never counted."
        )
    for sheet, places in _places(done.missing).items():
        yield f'On the sheet "{sheet}" rows had been deleted. They are back: {places}.'


def _places(rows: Iterable[LedgerRow]) -> dict[str, str]:
    """Sheet to where such rows stand, in words; of many only the first."""
    found: dict[str, list[int]] = {}
    for each in rows:
        found.setdefault(each.sheet, []).append(each.row)
    return {sheet: _numbered(sorted(numbers)) for sheet, numbers in found.items()}


def _numbered(numbers: list[int]) -> str:
    named = first_named([*map(str, numbers)], most=_MOST_NAMED)
    return f"{'row' if len(numbers) == 1 else 'rows'} {named}"


def _with_staff_columns(office: Office, chosen: Iterable[Line]) -> dict[str, Rows]:
    """New rows of the workbook begin with what the form said and what staff had written."""
    return by_sheet(
        (line.sheet, line.key, _begun(line, said))
        for line, said in _with_what_staff_wrote(office, chosen)
    )


def _begun(line: Line, said: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """The row's cells; the very ones where no staff column has anything, for rows are many."""
    return {**line.first, **said, **line.cells} if line.first or said else line.cells


def _with_what_staff_wrote(
    office: Office, chosen: Iterable[Line]
) -> Iterator[tuple[Line, Mapping[str, Cell]]]:
    """Each row with what staff had written in it."""
    left = iter(chosen)
    while some := [*islice(left, LOOKED_UP_AT_ONCE)]:
        written = kept_rows(some, partial(kept.staff_rows, office.journal))
        yield from ((line, written[line.sheet].get(line.key, {})) for line in some)


def _not_written(office: Office, first: dict[str, Rows]) -> dict[str, Rows]:
    """What new rows' staff columns begin with, where staff had written nothing yet."""
    return by_sheet(
        (sheet, key, {h: v for h, v in row.items() if h not in written})
        for sheet, keyed in first.items()
        for key, row in keyed.items()
        for written in [kept.staff_row(office.journal, sheet, key)]
    )


def _workbook(office: Office, before: bytes | None) -> tuple[bytes, bool]:
    """The workbook to post into, and whether nobody has saved it since the last post."""
    if before is None:
        return _new(office), False
    return before, sha256(before) == office.journal.fact(LEDGER_SHA)


def _new(office: Office) -> bytes:
    from auditdocs.documents.ledger.new import new_workbook

    return new_workbook(sheets(office), title=f"{office.settings.service_name}: audit ledger")
