"""A workspace made: folders, templates and settings, none of them over anything that is there."""

from pathlib import Path

from auditdocs.errors import UsageFault
from auditdocs.places.disk import is_there, whole
from auditdocs.places.workspace import SETTINGS, Workspace, here, made, shipped_templates
from auditdocs.steps.office import settings_of


def started(folder: Path) -> Workspace:
    """The workspace in that folder, new where there was none. Raises UsageFault for a file.

    What is missing is put back where the settings that are there say that it lies.
    """
    if is_there(folder):
        raise UsageFault(f"{folder} is a file, not a folder.", hint="Name a folder.")
    shipped = shipped_templates()
    settings_text = whole(shipped / SETTINGS).decode()
    root = folder if folder.is_absolute() else here() / folder
    is_known = is_there(root / SETTINGS)
    chosen = settings_of(Workspace(root)).paths if is_known else {}
    return made(Workspace(root, chosen), templates=shipped, settings_text=settings_text)
