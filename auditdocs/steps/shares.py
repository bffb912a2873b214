"""The folders and the disk they lie on: there, writable, quick, with room, and of the same time.

Told by `status` as by `doctor`: a share that is slow, full or only to be read makes everything
wait, and nothing but a person can mend it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from auditdocs.model.standing import Item
from auditdocs.places.disk import is_folder, is_there
from auditdocs.places.probe import probed, room
from auditdocs.places.workspace import Workspace
from auditdocs.steps.office import Clock

LEAST_ROOM = 500_000_000
SLOW = 2.0
"""Seconds for one small file."""
_SKEW = timedelta(minutes=2)


def troubles(workspace: Workspace, clock: Clock) -> Iterator[Item]:
    """What is wrong with each folder, and with the room on the disk; nothing when all is well."""
    for folder in (workspace.inbox, workspace.outbox, workspace.archive, workspace.state):
        if is_folder(folder):
            yield from _of_folder(folder, clock)
        elif is_there(folder):
            do = 'Give the file another name; "auditdocs init" then makes the folder.'
            yield _trouble("folder", folder, "A file stands where the folder belongs.", do)
        else:
            do = 'See whether the share is connected; "auditdocs init" makes what is missing.'
            yield _trouble("folder", folder, "The folder is not there.", do)
    free = room(workspace.root)
    if 0 <= free < LEAST_ROOM:
        text = f"Only {free // 1_000_000} MB are free."
        yield _trouble("room", workspace.root, text, "Make room on the disk.")


def _of_folder(folder: Path, clock: Clock) -> Iterator[Item]:
    """What a small file that is written in the folder shows, by our clock and the disk's."""
    began = clock.seconds()
    probe = probed(folder)
    took = clock.seconds() - began
    if probe.trouble:
        text = f"Nothing can be written here: {probe.trouble}."
        do = "Ask for the right to change files in it, or make room. What comes waits until then."
        yield _trouble("rights", folder, text, do)
        return
    if took > SLOW:
        text = f"A small file takes {took:.1f} seconds."
        yield _trouble("speed", folder, text, "Ask IT about the share; looks will be slow.")
    apart = abs(clock.now() - datetime.fromtimestamp(probe.changed))
    if apart > _SKEW:
        text = f"This computer's clock and the disk's are {apart.total_seconds() / 60:.0f} minutes"
        yield _trouble("clock", folder, f"{text} apart.", "Have the computer's clock set.")


def _trouble(kind: str, where: Path, text: str, do: str) -> Item:
    return Item(kind=kind, about=str(where), text=f"{text} {do}", late=True)
