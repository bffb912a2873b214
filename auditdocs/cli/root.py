"""The command itself: global options, the commands in the order of a quarter, and its endings."""

import logging
import sys
import traceback
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from auditdocs import __version__
from auditdocs.cli.call import Call
from auditdocs.cli.console import as_json, printable
from auditdocs.cli.typed import Day
from auditdocs.errors import AuditdocsError, UsageFault, nearest

OURS = 70
INTERRUPTED = 130

COMMANDS = {
    "init": "workspace",
    "demo": "workspace",
    "extract": "intake",
    "plan": "audits",
    "issue": "audits",
    "blank": "audits",
    "collect": "intake",
    "watch": "intake",
    "status": "workspace",
    "due": "workspace",
    "set-aside": "intake",
    "withdraw": "audits",
    "ledger": "books",
    "report": "books",
    "pack": "packs",
    "template": "templates",
    "schedule": "upkeep",
    "doctor": "upkeep",
    "retention": "upkeep",
    "recover": "upkeep",
}
"""Each command and the module that holds it, so that --help loads none of them."""

SUMMARIES = {
    "init": "Make a workspace with templates and settings.",
    "demo": "Make a workspace with a made-up council and run a quarter.",
    "extract": "Check or take a case extract or a staff register.",
    "plan": "Show who would be audited next and why; writes nothing.",
    "issue": "Choose cases and put their forms in the outbox.",
    "blank": "Put the blank forms for the intranet in the outbox.",
    "collect": "Take in what lies in the inbox, once.",
    "watch": "Take in what comes to the inbox, until stopped.",
    "status": "Show what waits, what was set aside and what is out.",
    "due": "Show everything due and overdue.",
    "set-aside": "List what was set aside, or try it again.",
    "withdraw": "Close an issued audit without a return.",
    "ledger": "Post to the ledger, check it, explain a row, or make it anew.",
    "report": "Write a report in Word and its figures in Excel.",
    "pack": "Compile the SMG pack: a folder and a zip.",
    "template": "Check, preview and build Word templates.",
    "schedule": "Print lines for Task Scheduler and cron.",
    "doctor": "Look for everything that could be wrong.",
    "retention": "List what is past its keeping time, or remove it.",
    "recover": "Make a lost or damaged journal again.",
}


class Root(click.Group):
    """Commands loaded when they are called, and every ending with its exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a quarter's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"auditdocs.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed. Fails with the nearest one there is."""
        typed = args[0]
        near = nearest(typed, COMMANDS)
        if typed not in COMMANDS and not typed.startswith("-") and near:
            ctx.fail(f'There is no command "{typed}". Did you mean "{near}"?')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from words that load nothing."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def make_context(
        self, info_name: str | None, args: list[str], *given: Any, **named: Any
    ) -> click.Context:
        """The options before the command, read. A wrong one is refused as JSON where asked."""
        is_json = "--json" in args
        try:
            return super().make_context(info_name, args, *given, **named)
        except click.UsageError as error:
            _misused(error, is_json)
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and end as cli.md says."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _misused(error, ctx.params["as_json"])
            raise
        except AuditdocsError as error:
            _refuse(error, ctx.obj)
            sys.exit(error.status)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise  # click ends each of them, a reader who has heard enough among them
        except Exception as fault:  # noqa: BLE001 - the last door: log it, say so, end with 70
            _own(fault, ctx.obj)
            sys.exit(OURS)


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path),
    envvar="AUDITDOCS_WORKSPACE",
    help="The workspace's folder; else the nearest one upward.",
)
@click.option("--today", type=Day(), envvar="AUDITDOCS_TODAY", help="The day to work as of.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option("--no-color", is_flag=True, help="No colours.")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault of ours.")
@click.version_option(__version__, message="auditdocs %(version)s")
@click.pass_context
def main(
    context: click.Context,
    workspace: Path | None,
    today: date | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    debug: bool,
) -> None:
    """Case audits on the Word forms and shared folders you already have."""
    context.color = False if no_color else None
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(message)s")
    context.obj = Call(workspace, today, as_json, quiet, verbose, debug)


def _misused(error: click.UsageError, is_json: bool) -> None:
    """The JSON of a command line that is wrong; click says it in words."""
    if is_json:
        command = error.ctx.command_path if error.ctx else "auditdocs"
        hint = f'Run "{command} --help" to see how it is written.'
        _refusal_json(UsageFault(error.format_message(), where=command, hint=hint))


def _refusal_json(error: AuditdocsError) -> None:
    said = {"code": error.code, "text": error.text, "where": error.where, "hint": error.hint}
    click.echo(as_json({"error": said}))


def _refuse(error: AuditdocsError, call: Call | None) -> None:
    """A refusal: what, where and what to do."""
    if call and call.as_json:
        _refusal_json(error)
    click.echo(printable(f"auditdocs: {error}", error=True), err=True)


def _own(fault: Exception, call: Call | None) -> None:
    """A fault of ours: its kind and places, never the values in it, which may be a child's."""
    places = traceback.extract_tb(fault.__traceback__)
    stack = "\n".join(f"  {Path(p.filename).name}, line {p.lineno}, {p.name}" for p in places)
    logged = call is not None and call.log(f"{type(fault).__name__}\n{stack}")
    click.echo(
        f"auditdocs: a fault of its own ({type(fault).__name__}, {Path(places[-1].filename).name} "
        f"line {places[-1].lineno}). Nothing is lost: run the command again. If it happens again, "
        f"report this line{' and the end of .auditdocs/auditdocs.log' if logged else ''}.",
        err=True,
    )
    if call is not None and call.debug:
        traceback.print_exception(fault)
