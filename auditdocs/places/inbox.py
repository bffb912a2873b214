"""The inbox as one look finds it: every file that counts, and who has it open.

Whatever Office, sync clients and systems leave behind is passed over by name (field.md c 8);
everything else counts, and what can never be taken as it lies, a link or a folder that may not be
looked into, is told. A look is one listing of each folder; no file is opened but the owner files.
"""

import os
import re
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from auditdocs.errors import Unavailable
from auditdocs.model.inbox import Dropped
from auditdocs.places.disk import is_link, listed
from auditdocs.places.owner import live_owner, owners
from auditdocs.places.refusals import is_absent, is_away, is_too_long

_IGNORED = re.compile(
    r"~\$.*|~.*\.tmp|.*\.tmp|~wr[dl].*|\.~lock\..*#|\..*|thumbs\.db|desktop\.ini|.*\.lnk|"
    r".*\.part|.*\.crdownload|.*\.partial|@eadir|system volume information|\$recycle\.bin|__macosx",
    re.IGNORECASE,
)
_LINK = "it is a link to somewhere else, which is never followed: put the file itself here"
_NO_FILE = "it is no file but a pipe or a device, which is never opened: take it out"
_NO_TEXT = "its name has signs that cannot be written down: give it another name"
_CLOSED = "this folder may not be looked into: ask for the right to read it"
_TOO_DEEP = "this folder cannot be reached, as where its path is too long: move it further up"


def look(inbox: Path, *, now: float) -> tuple[Dropped, ...]:
    """Every file that lies in the inbox and counts, by name. Raises Unavailable.

    `now` is the time in seconds, to tell a living owner file from one left behind.
    """
    try:
        found, folders = _lying(inbox, "", now)
        while folders:  # one after the other: they may lie deeper than calls may go
            inside, deeper = _inside(inbox, folders.pop(), now)
            found += inside
            folders += deeper
    except OSError as error:
        raise Unavailable(
            "The inbox cannot be looked at now.",
            where=str(inbox),
            hint="See whether the share is connected; nothing is lost.",
        ) from error
    return tuple(sorted(found, key=attrgetter("file")))


@lru_cache(maxsize=10_000)
def is_ignored(name: str) -> bool:
    """Whether a file or folder of that name is one that programs leave behind.

    What waits is asked after at every look, so names that came before are not matched again.
    """
    return _IGNORED.fullmatch(name) is not None


def _lying(folder: Path, prefix: str, now: float) -> tuple[list[Dropped], list[str]]:
    """What lies in a folder itself, and the names of the folders in it."""
    with os.scandir(folder) as listing:
        entries = list(listing)
    beside = owners(entries)
    found: list[Dropped] = []
    folders: list[str] = []
    for entry in entries:
        name = entry.name
        if is_ignored(name):
            continue
        is_file = entry.is_file(follow_symlinks=False)
        is_plain = is_file and name.isascii()  # as most are
        if trouble := "" if is_plain else _trouble(entry):
            found.append(Dropped(prefix + _as_text(name), 0, 0, trouble=trouble))
        elif not is_file:
            folders.append(prefix + name)
        elif (facts := _facts(entry)) is not None:
            holder, is_stale = live_owner(name, beside, now=now) if beside else ("", False)
            size, changed = facts.st_size, facts.st_mtime_ns
            found.append(Dropped(prefix + name, size, changed, holder, "", is_stale))
    return found, folders


def _inside(inbox: Path, name: str, now: float) -> tuple[list[Dropped], list[str]]:
    """The same of a subfolder; one that cannot be looked into is told, one that is gone is gone."""
    folder = inbox / name
    try:
        return _lying(folder, f"{name}/", now)
    except OSError as error:
        if is_absent(error) and folder not in listed(folder.parent):
            return [], []
        if is_absent(error) or is_too_long(error):
            return [Dropped(name, 0, 0, trouble=_TOO_DEEP)], []
        if isinstance(error, PermissionError) and not is_away(error):
            return [Dropped(name, 0, 0, trouble=_CLOSED)], []
        raise


def _trouble(entry: os.DirEntry[str]) -> str:
    """Why a file or folder can never be taken as it lies, "" for all others."""
    if _as_text(entry.name) != entry.name:
        return _NO_TEXT
    if is_link(entry):
        return _LINK
    is_known = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    return "" if is_known else _NO_FILE


def _as_text(name: str) -> str:
    """A name as it can be written down: what another system wrote may be no text in this one."""
    return name if name.isascii() else name.encode(errors="replace").decode()


def _facts(entry: os.DirEntry[str]) -> os.stat_result | None:
    """What is known of a file, None when it was taken away between the listing and now."""
    try:
        return entry.stat(follow_symlinks=False)
    except OSError as error:
        if is_absent(error):
            return None
        raise
