"""What a folder and its disk are like: writable, how fast, how much room, where it lies."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

_NAME = "~auditdocs probe.tmp"
_NETWORK_DISKS = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afpfs", "9p"})
_REMOTE = 4
"""What Windows calls a drive that is a share."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of writing a small file in a folder and taking it away again."""

    trouble: str = ""
    """What the system said, "" when it could be done."""
    changed: float = 0.0
    """The time the disk gave the file, in seconds."""


def probed(folder: Path) -> Probe:
    """Write, read and remove a small file in the folder."""
    file = folder / _NAME
    try:
        file.write_bytes(b"auditdocs")
        changed = file.stat().st_mtime
        read = file.read_bytes()
        file.unlink()
    except OSError as error:
        return Probe(error.strerror or "it is refused")
    return Probe(
        "" if read == b"auditdocs" else "what is written does not come back as it was", changed
    )


def room(folder: Path) -> int:
    """How many bytes are free on the folder's disk; -1 when it cannot be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return -1


def program_path(called: str) -> str:
    """The full path of the program called by that name: a scheduled task must have it."""
    named = Path(called)
    found = named if named.is_absolute() else Path(shutil.which("auditdocs") or named.absolute())
    return str(found)


def drive_letter(path: str) -> str:
    """The drive letter that a path begins with, as "Z:"; "" for a UNC or other path."""
    return path[:2].upper() if len(path) > 1 and path[0].isalpha() and path[1] == ":" else ""


def is_mapped(path: str) -> bool:
    """Whether a path begins with a drive letter that no scheduled task may count on.

    On Windows one that stands for a share; elsewhere any, for there are none.
    """
    letter = drive_letter(path)
    if not letter or os.name != "nt":
        return bool(letter)
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    return int(kernel.GetDriveTypeW(f"{letter}\\")) == _REMOTE


def is_on_a_network(path: Path) -> bool:
    """Whether a path lies on a share, as far as the system tells."""
    text = str(path)
    if os.name == "nt":
        return text.startswith("\\\\") or is_mapped(text)
    return _file_system(os.path.realpath(text)) in _NETWORK_DISKS


def _file_system(path: str) -> str:
    """The kind of file system a path lies on, "" where there is no list of them."""
    try:
        lines = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    mounts = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    fitting = [
        (len(at), kind) for at, kind in mounts if f"{path}/".startswith(f"{at.rstrip('/')}/")
    ]
    return max(fitting, default=(0, ""))[1]
