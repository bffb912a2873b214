"""A workspace made: folders, templates and settings, none of them over anything that is there."""

from pathlib import Path

from auditdocs.errors import UsageFault
from auditdocs.places.disk import is_there, whole
from auditdocs.places.workspace import SETTINGS, Workspace, made, shipped_templates


def started(folder: Path) -> Workspace:
    """The workspace in that folder, new where there was none. Raises UsageFault for a file."""
    if is_there(folder):
        raise UsageFault(f"{folder} is a file, not a folder.", hint="Name a folder.")
    shipped = shipped_templates()
    settings_text = whole(shipped / SETTINGS).decode()
    return made(folder.absolute(), templates=shipped, settings_text=settings_text)
