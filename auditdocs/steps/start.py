"""A workspace made: folders, templates and settings, none of them over anything that is there."""

from dataclasses import dataclass
from pathlib import Path

from auditdocs.errors import UsageFault
from auditdocs.places.disk import is_there, whole
from auditdocs.places.workspace import SETTINGS, Workspace, here, made, shipped_templates
from auditdocs.steps.office import workspace_of


@dataclass(frozen=True, slots=True)
class Started:
    """A workspace that was made, or was there and is whole again."""

    workspace: Workspace
    is_new: bool
    templates: tuple[str, ...]
    """The templates that were put in place, relative to the workspace."""


def started(folder: Path) -> Started:
    """The workspace in that folder, new where there was none, its folders where settings say.

    Raises UsageFault for a file, SettingsFault for settings that cannot be used.
    """
    if is_there(folder):
        raise UsageFault(f"{folder} is a file, not a folder.", hint="Name a folder.")
    root = folder if folder.is_absolute() else here() / folder
    is_new = not is_there(root / SETTINGS)
    workspace = Workspace(root) if is_new else workspace_of(root)[0]
    shipped = shipped_templates()
    text = whole(shipped / SETTINGS).decode()
    return Started(workspace, is_new, made(workspace, templates=shipped, settings_text=text))
