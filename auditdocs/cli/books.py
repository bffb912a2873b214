"""ledger and report: what is read."""

from typing import TYPE_CHECKING

import click

from auditdocs.cli.call import Call, needs_a_person

if TYPE_CHECKING:
    from auditdocs.steps.post import Posting


@click.group()
def ledger() -> None:
    """Post to the ledger, check it, or make it anew."""


@ledger.command()
@click.pass_obj
def post(call: Call) -> None:
    """Post what waits."""
    from auditdocs.steps.post import post as posting

    with call.work() as (office, _):
        done = posting(office)
    _tell_posting(call, done)


@ledger.command()
@click.pass_obj
def rebuild(call: Call) -> None:
    """Make the ledger anew from the journal; the old one is kept beside its copies."""
    from auditdocs.steps.post import rebuilt

    with call.work() as (office, _):
        done = rebuilt(office)
    _tell_posting(call, done)


@ledger.command()
@click.pass_obj
def check(call: Call) -> None:
    """Compare the ledger with the journal and the archive."""
    from auditdocs.steps.check import differences

    with call.office() as office:
        audits, found = differences(office)
    rows = [{"sheet": d.sheet, "row": d.row, "text": d.text} for d in found]
    lines = [f"{d.sheet}, {d.row}: {d.text}" for d in found]
    call.tell(
        {"audits": audits, "differences": rows},
        lines or [f"{audits} audits: ledger, journal and archive agree."],
    )
    needs_a_person(found)


@click.command()
@click.argument("kind", type=click.Choice(["smg"]))
@click.option("--period", default="", help="2026-27-Q2; else the last quarter that is over.")
@click.option("--suppress", type=click.IntRange(min=0), help="Hide counts below this number.")
@click.pass_obj
def report(call: Call, kind: str, period: str, suppress: int | None) -> None:
    """Write a report in Word, and the figures behind it in Excel, to outbox/reports/."""
    from auditdocs.steps.report import reported

    with call.work() as (office, _):
        done = reported(office, period=period, suppress=suppress)
    data = {
        "files": list(done.files),
        "figures": done.figures,
        "accessibility": list(done.accessibility),
    }
    faults = [f"To mend: {fault}" for fault in done.accessibility]
    call.tell(data, [*done.files, *faults])
    needs_a_person(done.accessibility)


def _tell_posting(call: Call, done: "Posting") -> None:
    if done.problem:
        raise done.problem
    call.tell(
        {"posted": done.posted, "pending": done.pending, "changes": done.changes},
        [
            f"{done.posted} rows posted.",
            *([f"{done.changes} cells changed by hand were put back."] if done.changes else []),
            *done.warnings,
        ],
    )
