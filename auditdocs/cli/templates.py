"""template: forms built from their contracts."""

from pathlib import Path

import click

from auditdocs.cli.call import Call


@click.group()
def template() -> None:
    """Build a Word form from its contract."""


@template.command()
@click.argument("contract", type=click.Path(path_type=Path))
@click.pass_obj
def new(call: Call, contract: Path) -> None:
    """Build the Word form of a CONTRACT (.toml), named for its key, beside it.

    An earlier form of that name is kept under another.
    """
    from auditdocs.steps.build import built

    form = built(contract)
    call.tell({"files": [form.as_posix()]}, [f"Built {form}."])
