"""An extract or a staff register taken: recognised by what it holds, kept with its date."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from auditdocs.documents.extracts.gate import MOST_BYTES, too_large
from auditdocs.documents.extracts.tables import tables
from auditdocs.errors import ExtractFault
from auditdocs.model.extract import Extract, Register
from auditdocs.model.tables import Table
from auditdocs.places.archive import kept, source_place
from auditdocs.places.disk import is_there, sha256, size, whole
from auditdocs.places.journal.caseload import keep_extract, keep_register
from auditdocs.rules.caseload.cases import extract, stated_data_date
from auditdocs.rules.caseload.people import is_register, register
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


def looked_at(office: Office, path: Path, *, data_date: date | None = None) -> Taken:
    """What would be taken from a file; nothing is kept. Raises ExtractFault."""
    if not is_there(path):
        raise ExtractFault(
            "There is no such file.", where=str(path), hint="See whether the name is right."
        )
    if size(path) > MOST_BYTES:
        raise too_large()
    return read(office, whole(path), name=path.name, data_date=data_date)


def taken(office: Office, path: Path, *, data_date: date | None = None) -> Taken:
    """A file taken as the caseload or as the staff register, and kept. Raises ExtractFault."""
    found = looked_at(office, path, data_date=data_date)
    keep(office, found, whole(path))
    return found


def read(office: Office, data: bytes, *, name: str, data_date: date | None = None) -> Taken:
    """What the bytes of a file are: its sheets are read in a process of their own."""
    sheets: tuple[Table, ...] = office.guard.asked(partial(tables, name=name), data)
    digest = sha256(data)
    if is_register(sheets):
        return Taken(name, digest, register=register(sheets, posts=office.settings.posts))
    stated = data_date or stated_data_date(sheets)
    found = extract(
        sheets,
        data_date=stated or office.today,
        columns=office.settings.extract_columns,
        today=office.today,
    )
    return Taken(name, digest, extract=found, assumed_today=stated is None)


def keep(office: Office, found: Taken, data: bytes) -> str:
    """Keep the file in the archive and what it says in the journal; gives where the file is."""
    kind = "extracts" if found.extract else "registers"
    place = source_place(office.workspace.archive, day=office.today, kind=kind, file=found.file)
    stored = office.workspace.relative(kept(place, data))
    today, digest = office.today, found.sha256
    if found.extract:
        keep_extract(office.journal, found.extract, taken=today, sha256=digest, stored=stored)
    elif found.register:
        keep_register(office.journal, found.register, taken=today, sha256=digest, stored=stored)
    return stored
