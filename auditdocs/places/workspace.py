"""The workspace as its users see it: where each folder lies (house.md 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from os.path import normcase, normpath
from pathlib import Path

from auditdocs.errors import Unavailable, WorkspaceFault
from auditdocs.places.disk import copied_tree, is_folder, is_there, put
from auditdocs.places.refusals import refusals_told

SETTINGS = "auditdocs.toml"
_KEEP_OUT = (
    "# Records of children at risk: nothing here goes into version control.\n*\n!.gitignore\n"
)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's folders. `elsewhere` moves single ones, as the setting [paths] says."""

    root: Path
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Path:
        """auditdocs.toml."""
        return self.root / SETTINGS

    @property
    def templates(self) -> Path:
        """The service's templates and contracts."""
        return self._place("templates", "templates")

    @property
    def inbox(self) -> Path:
        """Where anything is dropped."""
        return self._place("inbox", "inbox")

    @property
    def outbox(self) -> Path:
        """Where everything new is taken from."""
        return self._place("outbox", "outbox")

    @property
    def archive(self) -> Path:
        """The evidence: every file taken, as it came."""
        return self._place("archive", "archive")

    @property
    def ledger(self) -> Path:
        """The register that people open."""
        return self._place("ledger", "ledger.xlsx")

    @property
    def journal(self) -> Path:
        """What the tool knows."""
        return self._place("journal", ".auditdocs/journal.sqlite3")

    @property
    def state(self) -> Path:
        """The tool's own folder: lock, working copies, log."""
        return self.root / ".auditdocs"

    def relative(self, path: Path) -> str:
        """A path as people and JSON see it: from the workspace, with "/"."""
        if path.is_relative_to(self.root) and ".." not in path.parts:  # as most are: no disk asked
            return path.relative_to(self.root).as_posix()
        with refusals_told("look at", path):
            resolved, root = path.resolve(), self.root.resolve()
        inside = resolved.is_relative_to(root)
        return (resolved.relative_to(root) if inside else resolved).as_posix()

    def absolute(self, relative: str) -> Path:
        """The path that `relative` gave."""
        return self.root / relative

    def _place(self, name: str, usual: str) -> Path:
        return self.root / self.elsewhere.get(name, usual)


def run_together(workspace: Workspace) -> tuple[str, ...]:
    """Which of the places run together, in words: two that are one, and what lies in the inbox.

    All that lies in the inbox is taken in, were it the ledger or the settings themselves; so it is
    none of the folders either that are filled in the other places.
    """
    return tuple(_running_together(workspace))


def _running_together(workspace: Workspace) -> Iterator[str]:
    places = {
        "outbox": workspace.outbox,
        "archive": workspace.archive,
        "ledger": workspace.ledger,
        "templates": workspace.templates,
        "journal": workspace.journal,
        SETTINGS: workspace.settings,
    }
    filled = {f"{name}/{folder}": places[name] / folder for name, folder in _FILLED}
    filled[".auditdocs"] = workspace.state
    if eaten := _lying_in(workspace.inbox, places) or _lying_in(workspace.inbox, filled):
        yield f"[paths] inbox holds {', '.join(eaten)}: all in it would be taken in"
    for one, other in combinations(places, 2):
        if _plain(places[one]) == _plain(places[other]):
            yield f"[paths] {one} and {other} are one place"


_FILLED = (
    *(("outbox", each) for each in ("forms", "letters", "set-aside", "check-lists", "reports")),
    *(("templates", each) for each in ("forms", "letters", "reports")),
    *(("archive", each) for each in ("contracts", "journal")),
)
"""Folders in which the inbox would eat what was just put out, or what everything is read by."""


def _lying_in(inbox: Path, places: Mapping[str, Path]) -> list[str]:
    return [name for name, place in places.items() if _plain(place).is_relative_to(_plain(inbox))]


def _plain(place: Path) -> Path:
    """A path for comparing, without asking the disk."""
    return Path(normcase(normpath(place)))


def here() -> Path:
    """The folder that the command is run in. Raises Unavailable when it is gone."""
    try:
        return Path.cwd()
    except OSError as error:
        raise Unavailable(
            "The folder in which this is run is not there any more.",
            hint="Go to a folder that is there, or name the whole path of the workspace with -w.",
        ) from error


def found(start: Path) -> Path:
    """The nearest folder upward that has settings. Raises WorkspaceFault when there is none.

    Raises Unavailable when not even the folder to begin at is there: a share may be gone.
    """
    if not is_folder(start):
        raise Unavailable(
            "The workspace is not there.",
            where=str(start.absolute()),
            hint="See whether its name is right and the share is connected, then try again.",
        )
    for folder in (start.absolute(), *start.absolute().parents):
        if is_there(folder / SETTINGS):
            return folder
    raise WorkspaceFault(
        "There is no auditdocs workspace here.",
        where=str(start.absolute()),
        hint=f'Run "auditdocs init" in the folder, or name the workspace with -w. It is the folder '
        f"that holds {SETTINGS}.",
    )


def made(workspace: Workspace, *, templates: Path, settings_text: str) -> tuple[str, ...]:
    """The workspace's folders and files made where there are none, nothing overwritten.

    Gives the templates that were put there, relative to the workspace.
    """
    for place in (workspace.inbox, workspace.outbox, workspace.archive, workspace.state):
        with refusals_told("make", place):
            place.mkdir(parents=True, exist_ok=True)
        if not is_there(place / ".gitignore"):
            put(place / ".gitignore", _KEEP_OUT.encode())
    kinds = [kind for kind in ("forms", "letters", "reports") if is_folder(templates / kind)]
    copies = [
        copy for kind in kinds for copy in copied_tree(templates / kind, workspace.templates / kind)
    ]
    if not is_there(workspace.settings):
        put(workspace.settings, settings_text.encode())
    return tuple(map(workspace.relative, copies))


def shipped_templates() -> Path:
    """The templates that come with the package, or beside it in a clone."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
