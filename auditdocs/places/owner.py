"""Owner files: what an office program lays beside a file that somebody has open.

Word and Excel write `~$name`, of which Word leaves out up to two letters; LibreOffice writes
`.~lock.name#`.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditdocs.places.refusals import is_absent

LIVES = 24 * 3600.0
"""Seconds after which an owner file was left behind by a program that fell over."""
SOMEBODY = "somebody"
_LIBRE_OFFICE = ".~lock."
_START = 256


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner file, and when it last changed, in seconds."""

    path: Path
    changed: float


def owners(entries: Iterable[os.DirEntry[str]]) -> Mapping[str, Owner]:
    """The owner files among the entries of a folder, by name in lower case."""
    return dict(_owners(entries))


def live_owner(name: str, beside: Mapping[str, Owner], *, now: float) -> tuple[str, bool]:
    """Who has a file open, "" for nobody, and whether only an old owner file lies beside it."""
    found = [beside[each] for each in _owner_names(name) if each in beside]
    live = [each for each in found if now - each.changed < LIVES]
    return (owner(live[0].path) if live else "", bool(found) and not live)


def owner(path: Path) -> str:
    """Who an owner file says has the file open; "somebody" where it does not say."""
    try:
        with path.open("rb") as file:
            said = file.read(_START)
    except OSError:  # Word does not let all of them be read
        return SOMEBODY
    is_libre_office = path.name.startswith(_LIBRE_OFFICE)
    name = _by_libre_office(said) if is_libre_office else _by_microsoft(said)
    return " ".join("".join(c if c.isprintable() else " " for c in name).split()) or SOMEBODY


def _owners(entries: Iterable[os.DirEntry[str]]) -> Iterator[tuple[str, Owner]]:
    for entry in entries:
        is_named_so = entry.name.startswith(("~$", _LIBRE_OFFICE))
        if is_named_so and entry.is_file(follow_symlinks=False):  # a pipe would keep us for ever
            try:
                changed = entry.stat(follow_symlinks=False).st_mtime
            except OSError as error:
                if is_absent(error):  # closed between the listing and now
                    continue
                raise
            yield entry.name.casefold(), Owner(Path(entry.path), changed)


def _owner_names(name: str) -> Iterator[str]:
    low = name.casefold()
    yield f"{_LIBRE_OFFICE}{low}#"
    yield from (f"~${low[cut:]}" for cut in (0, 1, 2) if low[cut:])


def _by_microsoft(said: bytes) -> str:
    """The name's length in a byte, then the name."""
    return said[1 : 1 + said[0]].decode("cp1252", "replace") if said else ""


def _by_libre_office(said: bytes) -> str:
    """Name, account, computer and time with commas between; the name may be left out."""
    name, account, *_ = [*said.split(b","), b""]
    return (name or account).decode("utf-8", "replace")
