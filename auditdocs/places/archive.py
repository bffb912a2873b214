"""The archive: every file taken, as it came, by year, type and audit id. Nothing leaves it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from auditdocs.places.disk import (
    facts,
    files_below,
    is_there,
    listed,
    put_beside,
    safe_name,
    sha256,
    whole,
)

SOURCES = ("extracts", "registers")
"""The folders of what the caseload comes from."""


def form_place(archive: Path, *, day: date, kind: str, audit_id: str, file: str) -> Path:
    """Where a returned form is kept."""
    return archive / f"{day:%Y}" / safe_name(kind) / safe_name(audit_id) / safe_name(file)


def source_place(archive: Path, *, day: date, kind: str, file: str) -> Path:
    """Where an extract or a staff register is kept; `kind` is "extracts" or "registers"."""
    return archive / f"{day:%Y}" / kind / safe_name(f"{day:%Y-%m-%d} {file}")


def kept(place: Path, data: bytes) -> Path:
    """The bytes in the archive, under the next free name where that one holds others."""
    return put_beside(place, data)


def is_sound(place: Path, digest: str) -> bool:
    """Whether the archived file is there with the hash it had when it came."""
    return is_there(place) and sha256(whole(place)) == digest


def taken_files(archive: Path) -> Iterator[tuple[date, Path]]:
    """Every file that was taken, with the day it came here, the earliest first."""
    for year in listed(archive, "[0-9][0-9][0-9][0-9]"):
        found = ((facts(path), path) for path in files_below(year))
        for changed, path in sorted((f.st_mtime_ns, path) for f, path in found if f):
            yield datetime.fromtimestamp(changed / 1e9).date(), path
