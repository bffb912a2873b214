"""The doctor's round: settings and templates, the outside, the inside as far as it opens."""

import platform
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from auditdocs import __version__
from auditdocs.errors import AuditdocsError, SettingsFault, Unavailable
from auditdocs.model.lint import ERROR
from auditdocs.model.settings import Settings
from auditdocs.model.standing import Item
from auditdocs.places import libreoffice
from auditdocs.places.workspace import Workspace
from auditdocs.steps.doctor import inside, outside
from auditdocs.steps.doctor.finding import finding, information
from auditdocs.steps.office import Clock, opened, workspace_of
from auditdocs.steps.shares import troubles
from auditdocs.steps.templates import NUMBER, checked


def examined(root: Path, *, today: date, clock: Clock) -> tuple[Item, ...]:
    """Every finding, and what is good to know; nothing is mended, nothing of the user's changed."""
    chosen, faults = _settings(root)
    workspace = Workspace(root, chosen.paths)
    found = [
        *faults,
        *(() if faults else _templates(root)),
        *troubles(workspace, clock),
        *outside.path(workspace),
        *outside.drives(workspace, chosen.paths),
        *outside.lock(workspace, clock),
        *outside.ledger(workspace, clock),
        *outside.journal(workspace),
    ]
    if not any(item.late and item.kind in _CLOSED for item in found):
        found += _inside(root, today, clock)
    return (*found, *_versions())


_CLOSED = frozenset({"settings", "contract", "journal"})
"""Findings after which the office cannot be opened: its inside waits until they are mended."""


def _settings(root: Path) -> tuple[Settings, list[Item]]:
    """The settings, the default ones where they are at fault, and each fault."""
    workspace = Workspace(root)
    try:
        return workspace_of(root)[1], []
    except (SettingsFault, Unavailable) as fault:
        lines = map(_sentence, fault.text.splitlines())
        place = workspace.settings
        return Settings(), [finding("settings", place, line, fault.hint) for line in lines]


def _sentence(line: str) -> str:
    return line if line.endswith("?") else f"{line.rstrip('.')}."


def _templates(root: Path) -> Iterator[Item]:
    """Contracts against their forms, and the other templates, as `template check` has them."""
    try:
        told = checked(root)
    except AuditdocsError as fault:
        yield finding("contract", fault.where or root, fault.text, fault.hint)
        return
    for each in told:
        kind = "contract" if each.file.suffix == ".toml" else "template"
        for remark in each.remarks:
            if remark.severity == ERROR or remark.rule == NUMBER:
                text = f"{remark.where}: {remark.text}" if remark.where else remark.text
                yield finding(kind, each.file, _sentence(text), remark.hint)


def _inside(root: Path, today: date, clock: Clock) -> list[Item]:
    try:
        with opened(root, today=today, clock=clock) as office:
            return [item for part in inside.PARTS for item in part(office)]
    except AuditdocsError as fault:
        return [finding(fault.code, fault.where or root, fault.text, fault.hint)]


def _versions() -> Iterator[Item]:
    versions = (
        f"auditdocs {__version__}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.release()}"
    )
    yield information("versions", "this computer", versions)
    office = libreoffice.program()
    text = "here, so .doc and PDF work" if office else "not here; only .doc and PDF need it"
    yield information("LibreOffice", office or "this computer", text)
