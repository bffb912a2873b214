"""The workspace's path, drives, lock, ledger and journal, looked at without opening the journal."""

from collections.abc import Iterator, Mapping

from auditdocs.documents.ledger.workbook import staff_values
from auditdocs.errors import LedgerFault, Unavailable
from auditdocs.model.standing import Item
from auditdocs.places import ledger as ledgers
from auditdocs.places.journal.copies import is_lost
from auditdocs.places.journal.soundness import journal_faults
from auditdocs.places.lock import holder, is_left_behind
from auditdocs.places.probe import is_mapped, is_on_a_network
from auditdocs.places.workspace import Workspace
from auditdocs.steps.doctor.finding import finding, information
from auditdocs.steps.office import Clock

_LONGEST_ROOT = 100
"""Letters: below the workspace a form's path takes up to 150 of the 260 that Windows gives."""


def path(workspace: Workspace) -> Iterator[Item]:
    """Paths too long for Windows."""
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
        do = 'Stop auditdocs everywhere, then run "auditdocs recover" or put back a copy.'
        yield finding("journal", workspace.journal, f"The journal: {fault}.", do)
    if is_lost(workspace.journal, workspace.archive):
        do = 'Run "auditdocs recover", which makes it again from its copies.'
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


def ledger(workspace: Workspace, clock: Clock) -> Iterator[Item]:
    """A ledger that is open in Excel or cannot be read."""
    now = clock.seconds()
    if holder := ledgers.held_by(workspace.ledger, now=now):
        text = f"It is open in {holder.program} ({holder.words}); rows wait."
        yield finding("ledger", workspace.ledger, text, "Have it closed.")
    if holder := ledgers.left_behind(workspace.ledger, now=now):
        text = f"{holder.program} fell over while it was open ({holder.words}). Rows are posted."
        yield finding("ledger", workspace.ledger, text, "Open it once more and close it again.")
    try:
        workbook = ledgers.ledger(workspace.ledger)
        if workbook is not None:
            staff_values(workbook, ())
    except (LedgerFault, Unavailable) as fault:
        yield finding("ledger", workspace.ledger, fault.text, fault.hint)
