"""Options in, one step, one summary out: the only room that talks to the terminal."""

from auditdocs.cli.root import main

__all__ = ["main"]
