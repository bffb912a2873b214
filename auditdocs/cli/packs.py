"""pack: the papers of a meeting, compiled."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from auditdocs.cli.call import Call, needs_a_person

if TYPE_CHECKING:
    from auditdocs.steps.pack import Packed


@click.command()
@click.option("--period", default="", help="2026-27-Q2; else the last quarter that is over.")
@click.option("--pdf", is_flag=True, help="All papers in one PDF too; needs LibreOffice.")
@click.pass_obj
def pack(call: Call, period: str, pdf: bool) -> None:
    """Compile the SMG pack, with front sheet, forms and manifest, in outbox/packs/.

    What somebody has written in a document of the pack is kept.
    """
    from auditdocs.steps.pack import pack as packing

    with call.work() as (office, beat):
        done = packing(office, period=period, pdf=pdf, beat=beat)
    data = {
        "files": list(done.files),
        "figures": done.figures,
        "accessibility": list(done.accessibility),
        "kept": list(done.kept),
        "missing": list(done.missing),
        "unmade": list(done.unmade),
    }
    call.tell(data, [*done.files, *_told(done)])
    needs_a_person(done.accessibility or done.missing or done.unmade)


def _told(done: "Packed") -> Iterator[str]:
    for file in done.kept:
        yield f"Somebody has written in it, so it is kept and in the zip as it stands: {file}"
    if done.kept:
        yield "To have one of them made anew, move it elsewhere and compile again."
    for audit in done.missing:
        yield (
            f"Left out: the form of {audit} is not in the archive as it came. "
            'Run "auditdocs doctor".'
        )
    yield from done.unmade
    for fault in done.accessibility:
        yield f"To mend: {fault}"
