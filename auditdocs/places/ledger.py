"""The ledger's file: read, replaced whole, a dated copy kept; told when somebody has it open.

Whoever has it open is told by the owner file beside it. Excel leaves that behind when it falls
over: one that has lain there for a day holds nothing up where the ledger itself can be opened for
writing, which neither Windows nor a share allows while Excel has it open (our decision, November
2026).
"""

import glob
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from auditdocs.errors import Unavailable
from auditdocs.places.disk import (
    facts,
    is_there,
    listed,
    moved,
    put,
    put_checked,
    thrown_away,
    whole,
)
from auditdocs.places.owner import LIVES, owner
from auditdocs.places.refusals import is_absent


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ledger open, as the owner file beside it says."""

    name: str
    program: str
    since: datetime
    is_gone: bool
    """Whether the program fell over and left its owner file behind."""

    @property
    def words(self) -> str:
        """Who, and since when."""
        return f"{self.name}, since {self.since:%H:%M on %d/%m/%Y}"


def ledger(path: Path) -> bytes | None:
    """The workbook's bytes, None when there is no ledger yet. Raises Unavailable."""
    return whole(path) if is_there(path) else None


def replace_ledger(
    path: Path,
    workbook: bytes,
    *,
    before: bytes | None,
    copies: Path,
    day: date,
    keep: int,
    now: float,
) -> None:
    """Put a new workbook in the ledger's place; the first of each day keeps the one before it.

    `before` is the ledger that the new one was made from, `now` the time in seconds. Raises
    Unavailable when somebody has it open, or has saved it in the meantime.
    """
    if (holder := held_by(path, now=now)) is not None:
        raise Unavailable(
            f"The ledger is open in {holder.program} ({holder.words}).",
            where=str(path),
            hint="Nothing is lost: the rows wait and are posted when it is closed.",
        )
    if ledger(path) != before:
        raise Unavailable(
            "The ledger was saved by somebody while it was being posted to.",
            where=str(path),
            hint="Nothing is lost: what was saved stays, and the rows are posted the next time.",
        )
    if keep and is_there(path):
        _keep_copy(path, copies, day, keep)
    put_checked(path, workbook)


def set_by(path: Path, *, copies: Path, day: date) -> None:
    """Put the ledger among its copies, to make room for a new one. Raises Unavailable."""
    if is_there(path):
        moved(path, copies / f"{path.stem} set by {day:%Y-%m-%d}{path.suffix}")


def copied(path: Path, place: Path) -> None:
    """Put a copy of the ledger there; one that somebody has written in is kept beside it."""
    data = whole(path)
    if is_there(place) and whole(place) != data:
        moved(place, place.with_name(f"{place.stem} before{place.suffix}"))
    put_checked(place, data)


def held_by(path: Path, *, now: float) -> Holder | None:
    """Who has the workbook open at that time in seconds; None when nobody has."""
    found = _holder(path, now)
    return None if found is None or found.is_gone else found


def left_behind(path: Path, *, now: float) -> Holder | None:
    """Whoever had the workbook open when the program fell over, and left an owner file behind."""
    found = _holder(path, now)
    return found if found is not None and found.is_gone else None


def _holder(path: Path, now: float) -> Holder | None:
    lying = _owner_file(path)
    changed = facts(lying) if lying else None
    if lying is None or changed is None:  # nobody, or closed between two looks
        return None
    program = "LibreOffice" if lying.name.endswith("#") else "Excel"
    since = datetime.fromtimestamp(changed.st_mtime)
    is_gone = now - changed.st_mtime >= LIVES and _may_be_written(path)
    return Holder(owner(lying), program, since, is_gone)


def _owner_file(path: Path) -> Path | None:
    """What Excel or LibreOffice laid beside the workbook when it was opened, None when neither."""
    names = (f"~${path.name}", f".~lock.{path.name}#")
    return next((each for name in names if facts(each := path.with_name(name))), None)


def _may_be_written(path: Path) -> bool:
    """Whether the system lets the workbook be opened for writing now; nothing is written."""
    try:
        with path.open("r+b"):
            return True
    except OSError as error:
        return is_absent(error)


def _keep_copy(path: Path, copies: Path, day: date, keep: int) -> None:
    copy = copies / f"{path.stem} {day:%Y-%m-%d}{path.suffix}"
    if is_there(copy):
        return
    put(copy, whole(path))
    kept = listed(copies, f"{glob.escape(path.stem)} ????-??-??{path.suffix}")
    thrown_away(kept[:-keep])
