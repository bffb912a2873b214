"""docs/commands.md, written from what the commands say of themselves.

Run `python -m tests.commands_page` after a command or an option has changed.
"""

from pathlib import Path

import click

from auditdocs.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """# Every command

`auditdocs COMMAND --help` says the same. TYPE is the key of an audit type: `head-of-service`,
`quality`, `completeness`, `accuracy-agreement`, `accuracy-check`, and any that your service adds.
Exit statuses are in [looking after it](looking-after.md).

## Before any command

"""


def page():
    """The whole page."""
    return HEAD + options(main) + "".join(map(section, *zip(*commands(main, ()), strict=True)))


def commands(group, before):
    """Every command that does something, as typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command, typed = group.get_command(context, name), (*before, name)
        if isinstance(command, click.Group):
            yield from commands(command, typed)
        else:
            yield " ".join(typed), command


def section(typed, command):
    """A command: how it is typed, what it does, its options."""
    context = click.Context(command)
    takes = [p.make_metavar(context) for p in command.params if isinstance(p, click.Argument)]
    said = "\n".join(line.strip() for line in command.help.strip().splitlines() if line.strip())
    listed = options(command)
    line = " ".join(["auditdocs", typed, *takes])
    return f"\n## {typed}\n\n`{line}`\n\n{said}\n" + (f"\n{listed}" if listed else "")


def options(command):
    """A command's options as a table, "" for none."""
    shown = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    rows = [f"| {', '.join(f'`{name}`' for name in p.opts)} | {told(p)} |\n" for p in shown]
    return "".join(["| option | does |\n|---|---|\n", *rows]) if rows else ""


def told(option):
    """What an option does, and the variable that sets it too."""
    return f"{option.help} Or set `{option.envvar}`." if option.envvar else option.help


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
