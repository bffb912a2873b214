"""What is past its keeping time listed and, when it is asked for, removed.

Figures stay in the journal: types, teams, periods, dates, grades, coded answers. Whatever names a
child or a worker goes: archived forms, letters, check lists, extracts, answers in words, rows of
the ledger. What anybody still has to do something about is never touched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.errors import Unavailable
from auditdocs.model.ledger import Line
from auditdocs.places.disk import destroyed, is_there
from auditdocs.places.journal.check_lists import found_rows
from auditdocs.places.journal.closed import closed
from auditdocs.places.journal.papers import said_of_papers
from auditdocs.places.journal.removals import (
    Leavings,
    Removal,
    begin_removal,
    file_removed,
    files_to_remove,
)
from auditdocs.places.journal.returns import record
from auditdocs.rules.register.accuracy import ACCURACY, bare_finding_key
from auditdocs.rules.register.letters import LETTERS_MADE
from auditdocs.rules.register.returns import RETURNS
from auditdocs.rules.register.selections import SELECTIONS
from auditdocs.rules.retention import (
    bare_audit,
    bare_findings,
    bare_letter,
    bare_paper,
    bare_record,
    bare_return,
    bare_selection,
)
from auditdocs.steps.gather.sources import lines
from auditdocs.steps.office import Office
from auditdocs.steps.post import Posting, post, year_place
from auditdocs.steps.retention import old as olds
from auditdocs.steps.retention.old import Old, old

Keys = Mapping[str, frozenset[str]]
"""Rows of the ledger: sheet to the keys."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is past its keeping time."""

    items: tuple[Removal, ...]
    """One for each thing, and one more for each file of it."""
    open_still: tuple[str, ...]
    """Audits and check lists of that age that still want something from somebody: they stay."""
    rows: int
    """How many rows of ledgers go with it."""

    @property
    def counts(self) -> dict[str, int]:
        """How many things of each kind."""
        return dict(Counter(kind for kind, _ in {(i.kind, i.reference) for i in self.items}))

    @property
    def files(self) -> int:
        """How many files."""
        return sum(bool(item.file) for item in self.items)


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal came to."""

    past: Past
    files: int
    """Files that are gone now, those of an earlier removal that was stopped among them."""
    waiting: tuple[str, ...]
    """Why files could not be removed yet: the next removal tries again."""
    posting: Posting


def past_keeping(office: Office) -> Past:
    """What is past its keeping time today; nothing is changed."""
    rows = tuple(lines(office))
    return _past(office, old(office, rows), rows)


def removed(office: Office) -> Removed:
    """What is past its keeping time removed. Can be done again: a stop anywhere is made good."""
    rows = tuple(lines(office))
    found = old(office, rows)
    past = _past(office, found, rows)
    if past.items:
        here, earlier = _rows(office, found, rows)
        leavings = _leavings(office, found)
        never = {ACCURACY.name: frozenset(_bare_keys(leavings))}
        begin_removal(
            office.journal, leavings, past.items, here, emptied=_both(earlier, never),
            day=office.today,
        )  # fmt: skip
    done = list(_destroyed(office))
    return Removed(past, sum(not why for why in done), tuple(filter(None, done)), post(office))


def _past(office: Office, found: Old, rows: Iterable[Line]) -> Past:
    here, earlier = _rows(office, found, rows)
    count = sum(map(len, (*here.values(), *earlier.values())))
    return Past(tuple(_items(office, found)), tuple(sorted(found.open_still)), count)


def _items(office: Office, found: Old) -> Iterator[Removal]:
    for audit in found.audits:
        yield Removal(olds.AUDIT, audit.audit_id, audit.file)
    for each in found.lists:
        yield Removal(olds.CHECK_LIST, each.list_id, each.file)
    for number, letter in found.letters:
        kind = olds.AUDIT if letter.audit_id else olds.LETTER
        for file in filter(None, (letter.file, letter.form)):
            yield Removal(kind, letter.audit_id or str(number), file)
    yield from _returned(found)
    yield from _of_the_office(found)
    for year in found.years:
        if is_there(place := year_place(office, year)):
            yield Removal(olds.LEDGER, year, office.workspace.relative(place))


def _of_the_office(found: Old) -> Iterator[Removal]:
    for number, _ in found.selections:
        yield Removal(olds.SELECTION, str(number))
    for kind, stored in ((olds.EXTRACT, found.extracts), (olds.REGISTER, found.registers)):
        for day, file in stored:
            yield Removal(kind, day.isoformat(), file)


def _returned(found: Old) -> Iterator[Removal]:
    """The files that came back for what goes, each under the audit or check list it was for."""
    about = {paper.reference: paper.audit_id for paper in found.papers}
    lists = {each.list_id for each in found.lists}
    listed = {file for _, file in (*found.extracts, *found.registers)}
    for number, came in found.returns:
        reference = about.get(came.audit_id, came.audit_id) or str(number)
        kind = olds.CHECK_LIST if reference in lists else olds.AUDIT
        for file in {came.stored, came.note} - {"", *listed}:
            yield Removal(kind if came.audit_id else olds.RETURN, reference, file)


def _leavings(office: Office, found: Old) -> Leavings:
    """What stands in the journal afterwards."""
    types = office.types
    kept = [(audit, record(office.journal, audit.audit_id)) for audit in found.audits]
    keys = {paper.reference: paper.key for paper in found.papers}
    said = said_of_papers(office.journal, keys)
    return Leavings(
        audits=tuple(map(bare_audit, found.audits)),
        records=tuple(bare_record(read[0], types.get(audit.type)) for audit, read in kept if read),
        papers=tuple(map(bare_paper, found.papers)),
        paper_records={
            reference: bare_record(read, types.get(keys[reference]))
            for reference, read in said.items()
        },
        letters=tuple((number, bare_letter(letter)) for number, letter in found.letters),
        returns=tuple(
            (number, bare_return(came, today=office.today)) for number, came in found.returns
        ),
        selections=tuple((number, bare_selection(each)) for number, each in found.selections),
        found=bare_findings(
            {each.list_id: found_rows(office.journal, each.list_id) for each in found.lists}
        ),
        extracts=tuple(file for _, file in found.extracts),
        registers=tuple(file for _, file in found.registers),
    )


def _rows(office: Office, found: Old, rows: Iterable[Line]) -> tuple[Keys, Keys]:
    """The rows that go: those that stand in the ledger, and those in ledgers of earlier years."""
    numbers = {
        RETURNS.name: {str(number) for number, _ in found.returns},
        SELECTIONS.name: {str(number) for number, _ in found.selections},
        LETTERS_MADE.name: {str(number) for number, _ in found.letters},
    }
    lists = {each.list_id for each in found.lists}
    here: dict[str, set[str]] = {}
    for row in rows:
        of_list = row.sheet == ACCURACY.name and row.key.partition(" ")[0] in lists
        of_audit = row.cells.get("Audit ID") in found.references
        if of_list or of_audit or row.key in numbers.get(row.sheet, ()):
            here.setdefault(row.sheet, set()).add(row.key)
    shut = closed(office.journal)
    earlier = {
        sheet: frozenset(keys & shut[sheet].keys()) for sheet, keys in here.items() if sheet in shut
    }
    left = {s: frozenset(keys) - earlier.get(s, frozenset()) for s, keys in here.items()}
    return left, earlier


def _bare_keys(leavings: Leavings) -> Iterator[str]:
    """The keys that findings without names would have: they are not posted anew."""
    for list_id, rows in leavings.found.items():
        yield from (bare_finding_key(list_id, row.listed) for row in rows)


def _both(first: Keys, second: Keys) -> Keys:
    sheets = {*first, *second}
    return {s: first.get(s, frozenset()) | second.get(s, frozenset()) for s in sheets}


def _destroyed(office: Office) -> Iterator[str]:
    """Every file that is to go, struck off; gives "" for each, or why it cannot go yet."""
    for number, file in files_to_remove(office.journal):
        try:
            destroyed(office.workspace.absolute(file))
        except Unavailable as refusal:
            yield refusal.hint
        else:
            file_removed(office.journal, number)
            yield ""
