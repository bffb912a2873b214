"""The ledger's file: read, replaced whole, a dated copy kept; told when somebody has it open."""

import glob
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
from auditdocs.places.owner import owner


def ledger(path: Path) -> bytes | None:
    """The workbook's bytes, None when there is no ledger yet. Raises Unavailable."""
    return whole(path) if is_there(path) else None


def replace_ledger(
    path: Path, workbook: bytes, *, before: bytes | None, copies: Path, day: date, keep: int
) -> None:
    """Put a new workbook in the ledger's place; the first of each day keeps the one before it.

    `before` is the ledger that the new one was made from. Raises Unavailable when somebody has it
    open, or has saved it in the meantime.
    """
    if holder := held_by(path):
        raise Unavailable(
            f"The ledger is open in {_program(path)} ({holder}{_since(path)}).",
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


def held_by(path: Path) -> str:
    """Who has the workbook open, as the owner file beside it says; "" when nobody has."""
    lying = _owner_file(path)
    return owner(lying) if lying else ""


def held_since(path: Path) -> datetime | None:
    """When it was opened by whoever has it open; None when nobody has, or it cannot be seen."""
    lying = _owner_file(path)
    try:
        return datetime.fromtimestamp(lying.stat().st_mtime) if lying else None
    except OSError:  # closed between two looks
        return None


def _owner_file(path: Path) -> Path | None:
    """What Excel or LibreOffice laid beside the workbook when it was opened, None when neither."""
    names = (f"~${path.name}", f".~lock.{path.name}#")
    return next((each for name in names if facts(each := path.with_name(name))), None)


def _program(path: Path) -> str:
    lying = _owner_file(path)
    return "LibreOffice" if lying and lying.name.endswith("#") else "Excel"


def _since(path: Path) -> str:
    opened = held_since(path)
    return f", since {opened:%H:%M on %d/%m/%Y}" if opened else ""


def _keep_copy(path: Path, copies: Path, day: date, keep: int) -> None:
    copy = copies / f"{path.stem} {day:%Y-%m-%d}{path.suffix}"
    if is_there(copy):
        return
    put(copy, whole(path))
    kept = listed(copies, f"{glob.escape(path.stem)} ????-??-??{path.suffix}")
    thrown_away(kept[:-keep])
