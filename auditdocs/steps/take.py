"""An extract or a staff register taken: recognised by what it holds, kept with its date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from auditdocs.documents.extracts.gate import MOST_BYTES, too_large
from auditdocs.documents.extracts.tables import tables
from auditdocs.errors import ExtractFault
from auditdocs.model.audit import OUT, Audit
from auditdocs.model.extract import Extract, Register
from auditdocs.model.tables import Table
from auditdocs.places.archive import kept, source_place
from auditdocs.places.disk import is_there, sha256, size, whole
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.caseload import (
    caseload,
    data_dates,
    keep_extract,
    keep_register,
    register,
)
from auditdocs.rules.caseload.cases import extract, stated_data_date
from auditdocs.rules.caseload.matching import matched
from auditdocs.rules.caseload.people import is_register, staff
from auditdocs.rules.caseload.people import register as register_of
from auditdocs.rules.caseload.shrinkage import is_far_smaller
from auditdocs.rules.plural import number_of
from auditdocs.rules.programme.to_act import ToAct, to_act
from auditdocs.rules.selection.closed_cases import forms_to_withdraw
from auditdocs.steps.office import Office


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file turned out to be: an extract or a register, never both."""

    file: str
    sha256: str
    extract: Extract | None = None
    register: Register | None = None
    assumed_today: bool = False
    """Whether the extract states no data date, so that today's was taken."""
    withdrawn: tuple[tuple[Audit, str], ...] = ()
    """The audits whose form is no longer wanted, now that it was taken, each with the cause."""
    far_fewer_than: int = 0
    """The open cases of the extract before, where this one has not half as many; else 0."""

    @property
    def source(self) -> Extract | Register:
        """Whichever of the two it is."""
        found = self.extract or self.register
        assert found is not None
        return found


def looked_at(office: Office, path: Path, *, data_date: date | None = None) -> Taken:
    """What would be taken from a file; nothing is kept. Raises ExtractFault."""
    if not is_there(path):
        raise ExtractFault(
            "There is no such file.", where=str(path), hint="See whether the name is right."
        )
    if size(path) > MOST_BYTES:
        raise too_large()
    return read(office, whole(path), name=path.name, data_date=data_date)


def taken(
    office: Office, path: Path, *, data_date: date | None = None, fewer: bool = False
) -> Taken:
    """A file taken as the caseload or as the staff register, and kept.

    Raises ExtractFault, also for an extract that is far smaller than the one before it, unless
    `fewer` says that it is meant.
    """
    found = looked_at(office, path, data_date=data_date)
    if not fewer:
        refuse_far_fewer(found)
    keep(office, found, whole(path))
    return found


def to_act_on(office: Office, found: Taken) -> tuple[ToAct, ...]:
    """Who has to act, of the cases of the extract and the staff register there is now."""
    if found.extract is None:
        return ()
    listed = register(office.journal)
    people, teams = listed.people if listed else (), office.settings.teams
    cases, _ = matched(found.extract.open_cases, people, today=office.today, teams=teams)
    known = staff(people, cases, office.settings, today=office.today)
    return to_act(cases, known, today=office.today)


def refuse_far_fewer(found: Taken) -> None:
    """Raises ExtractFault for an extract that may be a part of the caseload only."""
    if found.extract and found.far_fewer_than:
        raise ExtractFault(
            f"The extract has {number_of(len(found.extract.open_cases), 'open case')}, the one "
            f"before it had {found.far_fewer_than}: it may be a part of the caseload only. "
            "The cases it leaves out would count as closed and their forms be withdrawn, "
            "so nothing was taken.",
            hint="Export the whole service, all teams, and put that file here. If it is the "
            'whole service, run "auditdocs extract take FILE --fewer".',
        )


def read(office: Office, data: bytes, *, name: str, data_date: date | None = None) -> Taken:
    """What the bytes of a file are: its sheets are read in a process of their own."""
    office.progress("Reading a list of cases or of staff", 0, 0)
    sheets: tuple[Table, ...] = office.guard.asked(partial(tables, name=name), data)
    digest = sha256(data)
    if is_register(sheets):
        return Taken(name, digest, register=register_of(sheets, posts=office.settings.posts))
    stated = data_date or stated_data_date(sheets)
    found = extract(
        sheets,
        data_date=stated or office.today,
        columns=office.settings.extract_columns,
        today=office.today,
    )
    newest = data_dates(office.journal)[-1:]
    if newest and newest[0] > found.data_date:  # it changes nothing of how things stand today
        return Taken(name, digest, extract=found, assumed_today=stated is None)
    return Taken(
        name,
        digest,
        extract=found,
        assumed_today=stated is None,
        withdrawn=tuple(_to_withdraw(office, found)),
        far_fewer_than=_far_fewer_than(office, found),
    )


def _to_withdraw(office: Office, found: Extract) -> Iterator[tuple[Audit, str]]:
    out = [each for status in sorted(OUT) for each in audits(office.journal, status=status)]
    known = office.contracts
    return forms_to_withdraw(out, found.cases, known, data_date=found.data_date)


def _far_fewer_than(office: Office, found: Extract) -> int:
    last = caseload(office.journal)
    before = sum(case.is_open for case in last.cases) if last else 0
    return before if is_far_smaller(len(found.open_cases), before=before) else 0


def keep(office: Office, found: Taken, data: bytes) -> str:
    """Keep the file in the archive and what it says in the journal; gives where the file is."""
    kind = "extracts" if found.extract else "registers"
    place = source_place(office.workspace.archive, day=office.today, kind=kind, file=found.file)
    stored = office.workspace.relative(kept(place, data))
    today, digest = office.today, found.sha256
    if found.extract:
        keep_extract(
            office.journal,
            found.extract,
            taken=today,
            sha256=digest,
            stored=stored,
            withdrawn=found.withdrawn,
        )
    elif found.register:
        keep_register(office.journal, found.register, taken=today, sha256=digest, stored=stored)
    return stored
