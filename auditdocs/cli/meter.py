"""Progress, told while a command works: one line on a terminal, plain lines in a log."""

import sys
import time
from dataclasses import dataclass, field

import click

from auditdocs.cli.console import printable

_FIRST, _AGAIN, _IN_A_LOG = 1.0, 0.2, 10.0
"""Seconds before a line shows on a terminal, between its changes, and between lines in a log."""


@dataclass(slots=True)
class Meter:
    """What is being done and how much of it is done, on standard error.

    On a terminal one line is written over and taken away at the end. Elsewhere, for a log or for
    somebody who has the screen read out, each is a line of its own, and they are few.
    """

    quiet: bool
    on_terminal: bool = field(default_factory=lambda: sys.stderr.isatty())
    _last: float = field(default_factory=time.monotonic)
    _wait: float = 0.0
    _shown: int = 0

    def told(self, what: str, done: int, of: int) -> None:
        """So much of it is done, of so much; of 0 where nobody can say."""
        wait = self._wait or (_FIRST if self.on_terminal else _IN_A_LOG)
        if self.quiet or time.monotonic() - self._last < wait:
            return
        self._last, self._wait = time.monotonic(), _AGAIN if self.on_terminal else _IN_A_LOG
        said = f"{what}: {done} of {of}" if of else f"{what}: {done}" if done else f"{what} ..."
        line = printable(said, error=True)
        if self.on_terminal:
            click.echo(f"\r{line:<{self._shown}}", err=True, nl=False)
            self._shown = len(line)
        else:
            click.echo(line, err=True)

    def clear(self) -> None:
        """Take the line away, for what is said next."""
        if self._shown:
            click.echo(f"\r{'':<{self._shown}}\r", err=True, nl=False)
            self._shown = 0
