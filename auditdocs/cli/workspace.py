"""init, demo, status, due: the workspace and how it stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdocs.cli.call import Call, clock, needs_a_person
from auditdocs.cli.typed import Day

if TYPE_CHECKING:
    from auditdocs.model.standing import Item
    from auditdocs.steps.start import Started


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.pass_obj
def init(call: Call, folder: Path) -> None:
    """Make a workspace in FOLDER, with templates and commented settings; overwrites nothing."""
    from auditdocs.steps.start import started

    done = started(folder)
    root = done.workspace.root
    data = {"workspace": str(root), "new": done.is_new, "templates": list(done.templates)}
    call.tell(data, list(_started_lines(done)))


def _started_lines(done: "Started") -> Iterator[str]:
    root = done.workspace.root
    if done.is_new:
        yield f"The workspace is in {root}."
        yield (
            "Next: drop the case extract and the staff register in inbox/, and run "
            '"auditdocs collect".'
        )
        return
    yield f"There is a workspace in {root} already: nothing in it was changed."
    yield from (f"Put back, for it was missing: {file}" for file in done.templates)
    yield 'Next: "auditdocs status" shows how it stands, "auditdocs doctor" what there is to mend.'


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default="demo-council")
@click.pass_obj
def demo(call: Call, folder: Path) -> None:
    """Make a workspace in FOLDER with a made-up council, and run a quarter through it."""
    from auditdocs.steps.demo import demonstrated

    shown = demonstrated(folder, clock=clock(), tell=call.note)
    places = [f"{what + ':':<18}{shown.root / where}" for what, where in shown.places.items()]
    call.tell(
        {"workspace": str(shown.root), "places": dict(shown.places), "counts": dict(shown.counts)},
        [
            "",
            "Where to look:",
            *(f"  {place}" for place in places),
            "",
            "To go on in it from its last day:",
            f'  auditdocs -w "{shown.root}" --today {shown.day.isoformat()} due',
        ],
    )


@click.command()
@click.pass_obj
def status(call: Call) -> None:
    """Show what waits, what was set aside, what is out, and whether the ledger waits."""
    from auditdocs.steps.standing import status as standing

    with call.office() as office:
        items = standing(office)
    _list(call, items, nothing="Nothing waits, nothing is set aside, no form is out.")


@click.command()
@click.option("--on", "day", type=Day(), help="Due by that day; else today.")
@click.option("--team", default="", help="One team only.")
@click.pass_obj
def due(call: Call, day: date | None, team: str) -> None:
    """Show everything due and overdue, the longest overdue first."""
    from auditdocs.steps.standing import due as falling_due

    with call.office() as office:
        items = falling_due(office, on=day or call.today, team=team)
    _list(call, items, nothing="Nothing is due.")


def _list(call: Call, items: "Sequence[Item]", nothing: str) -> None:
    rows = [
        {
            "kind": item.kind,
            "about": item.about,
            "text": item.text,
            "team": item.team,
            "due": item.due.isoformat() if item.due else "",
            "late": item.late,
        }
        for item in items
    ]
    lines = [f"{item.kind:<15} {item.about:<22} {item.text}" for item in items]
    call.tell({"items": rows}, lines or [nothing])
    needs_a_person(any(item.late for item in items))
