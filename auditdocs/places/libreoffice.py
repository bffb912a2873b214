"""LibreOffice as a converter, where it is installed: a bounded process of its own.

It runs with a profile that is made for the one file and thrown away, so it neither meets a
LibreOffice that somebody has open nor leaves a trace; macros and links are off in it. Nothing is
installed or fetched, and without LibreOffice everything else works.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from auditdocs.places.memory import megabytes
from auditdocs.places.refusals import refusals_told

SECONDS = 30.0
"""The longest that one file may take; a cold start alone can take ten on a slow computer."""

MOST_MEGABYTES = 512
"""The memory of its own that it may take: twice what the largest of our forms needs."""

_GLANCE = 0.2
"""Seconds between looks at it."""

MARKED_PDF = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
"""A PDF that tells on which page each bookmark stands."""

_USUAL = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
"""Where it lies when it is not on the path."""

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_CAUTION = (
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)
"""What a file from outside may not make it do: run macros, fetch or refresh what it links to."""


def program() -> Path | None:
    """Where LibreOffice is, or None."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(named) if named else next((path for path in _USUAL if path.is_file()), None)


def converted(data: bytes, *, suffix: str, to: str = "docx", seconds: float = SECONDS) -> bytes:
    """The file in another format; `suffix` is that of the one it is in, with its dot.

    Gives b"" where LibreOffice is not installed, cannot read the file, or takes too long. Raises
    Unavailable where it cannot be run now.
    """
    return converted_together([(data, suffix)], to=to, seconds=seconds)[0]


def converted_together(
    files: Sequence[tuple[bytes, str]], *, to: str = "docx", seconds: float = SECONDS
) -> tuple[bytes, ...]:
    """Files, each with its suffix, in another format, by one run of the program, which is slow to
    start.

    `seconds` is what each may take. One that cannot be read is b"", and so may be those after it.
    """
    office = program()
    if office is None:
        return tuple(b"" for _ in files)
    with (
        refusals_told("convert", Path(f"form{files[0][1]}")),
        TemporaryDirectory(prefix="auditdocs-", ignore_cleanup_errors=True) as name,
    ):
        folder = Path(name)
        sources = [folder / f"form{place}{suffix}" for place, (_, suffix) in enumerate(files)]
        for source, (data, _) in zip(sources, files, strict=True):
            source.write_bytes(data)
        _careful(folder / "profile" / "user")
        _run(_command(office, folder, sources, to), seconds * len(files))
        ending = f".{to.partition(':')[0]}"
        made = [folder / "made" / f"{source.stem}{ending}" for source in sources]
        return tuple(each.read_bytes() if each.is_file() else b"" for each in made)


def _command(office: Path, folder: Path, sources: Iterable[Path], to: str) -> Iterator[str]:
    yield str(office)
    yield f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    yield from ("--headless", "--norestore", "--nolockcheck")
    yield from ("--convert-to", to, "--outdir", str(folder / "made"))
    yield from map(str, sources)


def _careful(profile: Path) -> None:
    """A profile with these settings alone."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _CAUTION
    )
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _run(command: Iterator[str], seconds: float) -> None:
    child = subprocess.Popen(
        [*command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        _bound(child.pid)
        _wait_for(child, glances=max(1, round(seconds / _GLANCE)))
    finally:  # when we are stopped it hears nothing of it
        if child.poll() is None:
            _end(child)


def _wait_for(child: "subprocess.Popen[bytes]", *, glances: int) -> None:
    """Wait until it ends, for so many glances and while it holds no more memory than it may."""
    for _ in range(glances):
        with suppress(subprocess.TimeoutExpired):
            child.wait(_GLANCE)
            return
        if megabytes(child.pid) > MOST_MEGABYTES:
            return


def _bound(process: int) -> None:
    """Bound the memory of what it has still to start, where the system can: on Linux.

    Elsewhere it is looked at, which comes a glance too late and no more.
    """
    with suppress(ImportError, AttributeError, OSError):
        import resource  # late: Windows has none

        most = MOST_MEGABYTES << 20
        resource.prlimit(process, resource.RLIMIT_DATA, (most, most))


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the program and what it has started: it runs as a child of its own launcher."""
    if os.name == "nt":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False
        )
    else:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
