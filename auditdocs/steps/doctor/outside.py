"""The workspace's folders, disk, clock and lock, looked at from outside: no journal is needed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from auditdocs.documents.ledger.workbook import staff_values
from auditdocs.errors import LedgerFault, Unavailable
from auditdocs.model.standing import Item
from auditdocs.places import ledger as ledgers
from auditdocs.places.disk import is_folder
from auditdocs.places.journal.copies import is_lost
from auditdocs.places.journal.soundness import journal_faults
from auditdocs.places.lock import holder, is_left_behind
from auditdocs.places.probe import is_mapped, is_on_a_network, probed, room
from auditdocs.places.workspace import Workspace
from auditdocs.steps.doctor.finding import finding, information
from auditdocs.steps.office import Clock

LEAST_ROOM = 500_000_000
SLOW = 2.0
"""Seconds for one small file."""
_SKEW = timedelta(minutes=2)
_LONGEST_ROOT = 100
"""Letters: below the workspace a form's path takes up to 150 of the 260 that Windows gives."""


def folders(workspace: Workspace, clock: Clock) -> Iterator[Item]:
    """Rights and speed of each folder, and the disk's clock against this computer's."""
    for folder in (workspace.inbox, workspace.outbox, workspace.archive, workspace.state):
        if not is_folder(folder):
            do = "See whether the share is connected; “auditdocs init” makes what is missing."
            yield finding("folder", folder, "The folder is not there.", do)
            continue
        yield from _folder(folder, clock)


def _folder(folder: Path, clock: Clock) -> Iterator[Item]:
    began = clock.seconds()
    probe = probed(folder)
    took = clock.seconds() - began
    if probe.trouble:
        text = f"Nothing can be written here: {probe.trouble}."
        yield finding("rights", folder, text, "Ask for the right to change files in it.")
        return
    if took > SLOW:
        text = f"A small file takes {took:.1f} seconds."
        yield finding("speed", folder, text, "Ask IT about the share; looks will be slow.")
    apart = abs(clock.now() - datetime.fromtimestamp(probe.changed))
    if apart > _SKEW:
        text = f"This computer's clock and the disk's are {apart.total_seconds() / 60:.0f} minutes"
        yield finding("clock", folder, f"{text} apart.", "Have the computer's clock set.")


def disk(workspace: Workspace) -> Iterator[Item]:
    """Room, and paths too long for Windows."""
    free = room(workspace.root)
    if 0 <= free < LEAST_ROOM:
        text = f"Only {free // 1_000_000} MB are free."
        yield finding("room", workspace.root, text, "Make room on the disk.")
    if len(str(workspace.root)) > _LONGEST_ROOT:
        text = f"The path has {len(str(workspace.root))} letters; Windows takes 260 in all."
        yield finding(
            "path", workspace.root, text, "Move the workspace nearer to the drive's root."
        )


def drives(workspace: Workspace, paths: Mapping[str, str]) -> Iterator[Item]:
    """Drive letters that a scheduled task cannot see."""
    for name, path in {"workspace": str(workspace.root), **paths}.items():
        if is_mapped(path):
            text = (
                f"The {name} lies on {path[:2]}, a mapped drive that a scheduled task cannot see."
            )
            yield finding("drive", path, text, "Write the share's own name: \\\\server\\share\\….")


def journal(workspace: Workspace) -> Iterator[Item]:
    """The journal's soundness, and where it lies."""
    for fault in journal_faults(workspace.journal):
        do = "Stop auditdocs everywhere, then run “auditdocs recover” or put back a copy."
        yield finding("journal", workspace.journal, f"The journal: {fault}.", do)
    if is_lost(workspace.journal, workspace.archive):
        do = "Run “auditdocs recover”, which makes it again from its copies."
        yield finding("journal", workspace.journal, "The journal is gone.", do)
    if is_on_a_network(workspace.journal):
        text = "The journal lies on a share: sound with one computer at work, slower than a disk."
        yield information("journal", workspace.journal, text)


def lock(workspace: Workspace, clock: Clock) -> Iterator[Item]:
    """A lock whose holder shows no more life."""
    path = workspace.state / "lock"
    if is_left_behind(path, now=clock.now):
        other = holder(path)
        who = f"{other.get('host', '?')}, process {other.get('pid', '?')}"
        text = f"The lock of {who} shows no more life."
        yield finding("lock", path, text, "Nothing to do: the next command takes it over.")


def ledger(workspace: Workspace) -> Iterator[Item]:
    """A ledger that is open in Excel or cannot be read."""
    if owner := ledgers.held_by(workspace.ledger):
        since = ledgers.held_since(workspace.ledger)
        when = f" since {since:%H:%M on %d/%m/%Y}" if since else ""
        text = f"It is open in Excel ({owner}{when}); rows wait."
        yield finding("ledger", workspace.ledger, text, "Have it closed.")
    try:
        workbook = ledgers.ledger(workspace.ledger)
        if workbook is not None:
            staff_values(workbook, ())
    except (LedgerFault, Unavailable) as fault:
        yield finding("ledger", workspace.ledger, fault.text, fault.hint)
