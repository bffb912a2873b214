"""The archive: every file taken, as it came, by year, type and audit id. Nothing leaves it.

It is the evidence, and the ledger links to it; so its files are read-only, and what Word or Excel
opens there cannot be saved over by mistake.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from auditdocs.places.disk import (
    facts,
    files_below,
    is_there,
    listed,
    put_beside,
    sha256,
    whole,
    write_protected,
)
from auditdocs.places.file_names import safe_name

_YEARS = "[0-9][0-9][0-9][0-9]"
SOURCES = ("extracts", "registers")
"""The folders of what the caseload comes from."""


def form_place(archive: Path, *, day: date, kind: str, audit_id: str, file: str) -> Path:
    """Where a returned form is kept."""
    return archive / f"{day:%Y}" / safe_name(kind) / safe_name(audit_id) / safe_name(file)


def source_place(archive: Path, *, day: date, kind: str, file: str) -> Path:
    """Where a file that is no form is kept; `kind` is "extracts", "registers" or "zips"."""
    return archive / f"{day:%Y}" / kind / safe_name(f"{day:%Y-%m-%d} {file}")


def kept(place: Path, data: bytes, *, spare: Path | None = None) -> Path:
    """The bytes in the archive, read-only, under the next free name where that one holds others.

    `spare` is as in put_beside: a file that came is written once, and moved.
    """
    found = put_beside(place, data, spare=spare)
    write_protected(found)
    return found


def protected(archive: Path) -> None:
    """Make every file that was taken read-only, as those are that come now. Raises Unavailable."""
    for year in listed(archive, _YEARS):
        for path in files_below(year):
            write_protected(path)


def is_sound(place: Path, digest: str) -> bool:
    """Whether the archived file is there with the hash it had when it came."""
    return is_there(place) and sha256(whole(place)) == digest


def taken_files(archive: Path) -> Iterator[tuple[date, Path]]:
    """Every file that was taken, with the day it came here, the earliest first."""
    for year in listed(archive, _YEARS):
        found = ((facts(path), path) for path in files_below(year))
        for changed, path in sorted((f.st_mtime_ns, path) for f, path in found if f):
            yield datetime.fromtimestamp(changed / 1e9).date(), path
