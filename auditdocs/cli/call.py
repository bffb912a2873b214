"""One call of the command line: what it was told, how it speaks, and how it opens the office."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdocs.cli.console import as_json, printable
from auditdocs.cli.meter import Meter
from auditdocs.errors import AuditdocsError

if TYPE_CHECKING:
    from auditdocs.steps.office import Clock, Office

NEEDS_A_PERSON = 1


@dataclass(slots=True)
class Call:
    """The options before the command."""

    workspace: Path | None = None
    said_today: date | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    debug: bool = False

    @property
    def today(self) -> date:
        """The day to work as of: the one that was said, else the computer's."""
        return self.said_today or date.today()

    def root(self) -> Path:
        """The workspace's folder: the one named, or the nearest upward."""
        from auditdocs.places.workspace import found, here

        named = self.workspace or Path()
        return found(named if named.is_absolute() else here() / named)

    @contextmanager
    def office(self) -> Iterator["Office"]:
        """The office open for reading; how far its work has come is told as it goes on."""
        from auditdocs.steps.office import opened

        meter = Meter(self.quiet)
        try:
            root, day = self.root(), self.today
            with opened(root, today=day, clock=clock(), progress=meter.told) as office:
                yield office
        finally:
            meter.clear()

    @contextmanager
    def work(self) -> Iterator[tuple["Office", Callable[[], None]]]:
        """The office to ourselves, for a command that writes; with its heartbeat.

        At the end the status page is brought up to date and the journal copied.
        """
        from auditdocs.steps.tidy import tidied
        from auditdocs.steps.turns import at_work

        with self.office() as office, at_work(office) as beat:
            yield office, beat
            tidied(office)

    @contextmanager
    def intake(self) -> Iterator["Office"]:
        """The same for a command that takes in all that lies in the inbox, as a watch does."""
        from auditdocs.steps.tidy import tidied
        from auditdocs.steps.turns import alone

        with self.office() as office, alone(office):
            yield office
            tidied(office)

    @contextmanager
    def watch(self) -> Iterator[tuple["Office", Callable[[], None]]]:
        """The office watched: others may write in it between two looks; with the heartbeat."""
        from auditdocs.steps.turns import watching

        with self.office() as office, watching(office) as beat:
            yield office, beat

    def log(self, text: str) -> bool:
        """Note down in the workspace's log; gives whether there is one to note it in."""
        from auditdocs.places.log import note_down
        from auditdocs.places.workspace import Workspace

        try:
            log = Workspace(self.root()).state / "auditdocs.log"
        except AuditdocsError:
            return False
        return note_down(log, f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}")

    def tell(self, data: Mapping[str, Any], lines: Sequence[str]) -> None:
        """The result: one JSON object, or lines for a person."""
        if self.as_json:
            click.echo(as_json(data))
        elif not self.quiet:
            for line in lines:
                click.echo(printable(line))

    def note(self, line: str) -> None:
        """A message beside the result, on standard error."""
        if not self.quiet:
            click.echo(printable(line, error=True), err=True)


def clock() -> "Clock":
    """The computer's own clock."""
    from auditdocs.steps.office import Clock

    started = time.time() - time.monotonic()
    return Clock(now=datetime.now, pause=time.sleep, seconds=lambda: started + time.monotonic())


def needs_a_person(something: object) -> None:
    """End with status 1 when something is left for a person to do."""
    if something:
        raise SystemExit(NEEDS_A_PERSON)
