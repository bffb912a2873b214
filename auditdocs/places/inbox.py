"""The inbox as one look finds it: every file that counts, and who has it open.

Whatever Office, sync clients and systems leave behind is passed over by name (field.md c 8);
everything else counts, links and folders that may not be looked into too: they are told. A look is
one listing of each folder; no file is opened but the owner files.
"""

import os
import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from pathlib import Path

from auditdocs.errors import Unavailable
from auditdocs.model.inbox import Dropped
from auditdocs.places.owner import Owner, live_owner, owners

_IGNORED = re.compile(
    r"~\$.*|~.*\.tmp|.*\.tmp|~wr[dl].*|\.~lock\..*#|\..*|thumbs\.db|desktop\.ini|.*\.lnk|"
    r".*\.part|.*\.crdownload|.*\.partial|@eadir|system volume information|\$recycle\.bin|__macosx",
    re.IGNORECASE,
)
_LINK = "it is a link to somewhere else, which is never followed: put the file itself here"
_NO_FILE = "it is no file but a pipe or a device, which is never opened: take it out"
_CLOSED = "this folder may not be looked into: ask for the right to read it"


def look(inbox: Path, *, now: float) -> tuple[Dropped, ...]:
    """Every file that lies in the inbox and counts, by name. Raises Unavailable.

    `now` is the time in seconds, to tell a living owner file from one left behind.
    """
    try:
        return tuple(sorted(_below(inbox, "", now), key=attrgetter("file")))
    except OSError as error:
        raise Unavailable(
            "The inbox cannot be looked at now.",
            where=str(inbox),
            hint="See whether the share is connected; nothing is lost.",
        ) from error


def is_ignored(name: str) -> bool:
    """Whether a file or folder of that name is one that programs leave behind."""
    return _IGNORED.fullmatch(name) is not None


def _below(folder: Path, prefix: str, now: float) -> list[Dropped]:
    with os.scandir(folder) as listing:
        entries = list(listing)
    beside = owners(entries)
    found: list[Dropped] = []
    for entry in entries:
        if is_ignored(entry.name):
            continue
        if entry.is_file(follow_symlinks=False):  # as most are
            found += _dropped(entry, prefix, beside, now)
        elif _is_link(entry):
            found.append(Dropped(prefix + entry.name, 0, 0, trouble=_LINK))
        elif entry.is_dir(follow_symlinks=False):
            found += _inside(Path(entry.path), f"{prefix}{entry.name}", now)
        else:
            found.append(Dropped(prefix + entry.name, 0, 0, trouble=_NO_FILE))
    return found


def _inside(folder: Path, name: str, now: float) -> list[Dropped]:
    """What lies in a subfolder; one that is closed to us is told, one that is gone is gone."""
    try:
        return _below(folder, f"{name}/", now)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except PermissionError:
        return [Dropped(name, 0, 0, trouble=_CLOSED)]


def _is_link(entry: os.DirEntry[str]) -> bool:
    """A symbolic link or, on Windows, a junction."""
    return entry.is_symlink() or _is_junction(entry)


_is_junction: Callable[[os.DirEntry[str]], bool] = getattr(
    os.DirEntry, "is_junction", lambda entry: False
)
"""Python 3.12 tells junctions."""


def _dropped(
    entry: os.DirEntry[str], prefix: str, beside: Mapping[str, Owner], now: float
) -> tuple[Dropped, ...]:
    """The file, or nothing when it was taken away between the listing and now."""
    try:
        facts = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return ()
    if not beside:
        return (Dropped(prefix + entry.name, facts.st_size, facts.st_mtime_ns),)
    holder, is_stale = live_owner(entry.name, beside, now=now)
    found = Dropped(
        prefix + entry.name, facts.st_size, facts.st_mtime_ns, holder, stale_owner=is_stale
    )
    return (found,)
