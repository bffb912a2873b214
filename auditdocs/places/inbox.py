"""The inbox as one look finds it: every file that counts, and who has it open.

Whatever Office, sync clients and systems leave behind is passed over by name (field.md c 8);
everything else counts, links and folders that may not be looked into too: they are told. A look is
one listing of each folder; no file is opened but the owner files.
"""

import os
import re
from collections.abc import Iterator, Mapping
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
        return tuple(sorted(_below(inbox, "", now), key=lambda each: each.file))
    except OSError as error:
        raise Unavailable(
            "The inbox cannot be looked at now.",
            where=str(inbox),
            hint="See whether the share is connected; nothing is lost.",
        ) from error


def is_ignored(name: str) -> bool:
    """Whether a file or folder of that name is one that programs leave behind."""
    return _IGNORED.fullmatch(name) is not None


def _below(folder: Path, prefix: str, now: float) -> Iterator[Dropped]:
    with os.scandir(folder) as listing:
        entries = list(listing)
    beside = owners(entries)
    for entry in entries:
        if is_ignored(entry.name):
            continue
        if _is_link(entry):
            yield Dropped(file=prefix + entry.name, size=0, changed=0, trouble=_LINK)
        elif entry.is_dir(follow_symlinks=False):
            yield from _inside(Path(entry.path), f"{prefix}{entry.name}", now)
        elif not entry.is_file(follow_symlinks=False):
            yield Dropped(file=prefix + entry.name, size=0, changed=0, trouble=_NO_FILE)
        elif dropped := _dropped(entry, prefix, beside, now):
            yield dropped


def _inside(folder: Path, name: str, now: float) -> Iterator[Dropped]:
    """What lies in a subfolder; one that is closed to us is told, one that is gone is gone."""
    try:
        yield from list(_below(folder, f"{name}/", now))
    except (FileNotFoundError, NotADirectoryError):
        return
    except PermissionError:
        yield Dropped(file=name, size=0, changed=0, trouble=_CLOSED)


def _is_link(entry: os.DirEntry[str]) -> bool:
    """A symbolic link or, on Windows, a junction."""
    is_junction = getattr(entry, "is_junction", lambda: False)
    return entry.is_symlink() or is_junction()


def _dropped(
    entry: os.DirEntry[str], prefix: str, beside: Mapping[str, Owner], now: float
) -> Dropped | None:
    try:
        facts = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # taken away between the listing and now
        return None
    holder, is_stale = live_owner(entry.name, beside, now=now) if beside else ("", False)
    return Dropped(
        file=prefix + entry.name,
        size=facts.st_size,
        changed=facts.st_mtime_ns,
        holder=holder,
        stale_owner=is_stale,
    )
