"""ledger and report: what is read."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from auditdocs.cli.call import Call, needs_a_person
from auditdocs.cli.typed import Number, OneOf
from auditdocs.errors import UsageFault
from auditdocs.rules.plural import number_of

if TYPE_CHECKING:
    from auditdocs.steps.explain import Explained
    from auditdocs.steps.post import Posting
    from auditdocs.steps.report import Written

_OF_TEAMS = ("team", "head-of-service")
"""The reports of which each team, or each head of service, has its own."""


@click.group()
def ledger() -> None:
    """Post to the ledger, check it, explain a row, or make it anew."""


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
    from auditdocs.steps.rebuild import rebuilt

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
    lines = [f"{', '.join(filter(None, (d.sheet, d.row)))}: {d.text}" for d in found]
    call.tell(
        {"audits": audits, "differences": rows},
        lines or [f"{number_of(audits, 'audit')}: ledger, journal and archive agree."],
    )
    needs_a_person(found)


@ledger.command()
@click.argument("audit")
@click.pass_obj
def explain(call: Call, audit: str) -> None:
    """Show where each cell of AUDIT's row came from; no answers are shown."""
    from auditdocs.steps.explain import explained

    with call.office() as office:
        found = explained(office, audit)
    call.tell(_explained_json(found), list(_explained_lines(found)))


@ledger.command("close-year")
@click.argument("year")
@click.pass_obj
def close_year(call: Call, year: str) -> None:
    """Split off YEAR (2026-27), once it is over, to a ledger of its own."""
    from auditdocs.steps.close_year import closed_year

    with call.work() as (office, _):
        done = closed_year(office, year)
    if done.posting.problem:
        raise done.posting.problem
    call.tell(
        {"file": done.file, "closed": done.rows, "posted": done.posting.posted},
        [
            f"{done.file} holds {number_of(done.rows, 'row')} of {year} from now on, with all that "
            "people added to the ledger: columns, sheets, charts, comments.",
            "The ledger begins anew with what is still open and what came later.",
        ]
        if done.rows
        else [f"Nothing of {year} is left to be split off."],
    )


@click.command()
@click.argument("kind", type=OneOf("report", ["smg", "completeness", "accuracy", *_OF_TEAMS]))
@click.option("--period", default="", help="2026-27-Q2, 2026-09 …; else the last that is over.")
@click.option("--team", default="", help="For the team and head-of-service reports: one team.")
@click.option("--pdf", is_flag=True, help="As a PDF too; needs LibreOffice.")
@click.option("--suppress", type=Number(0, 100), help="Hide counts below this number.")
@click.pass_obj
def report(call: Call, /, kind: str, team: str, **given: Any) -> None:
    """Write a report in Word, and the figures behind it in Excel, to outbox/reports/.

    team and head-of-service make one for each team or head, of the last month; the others one of
    the last quarter.
    """
    if team and kind not in _OF_TEAMS:
        raise UsageFault(
            f"--team is not for the {kind} report, which is of the whole service.",
            hint="Use it with: report team, or report head-of-service.",
        )
    if kind in _OF_TEAMS:
        given["team"] = team
    made = _report_step(kind)
    with call.work() as (office, _):
        done = made(office, **given)
    data = {
        "files": list(done.files),
        "figures": done.figures,
        "accessibility": list(done.accessibility),
        "unmade": list(done.unmade),
    }
    faults = [f"To mend: {fault}" for fault in done.accessibility]
    call.tell(data, [*done.files, *done.unmade, *faults])
    needs_a_person(done.accessibility or done.unmade)


def _report_step(kind: str) -> "Callable[..., Written]":
    from auditdocs.steps.report import reported
    from auditdocs.steps.report_accuracy import accuracy_reported
    from auditdocs.steps.report_compliance import compliance_reported
    from auditdocs.steps.report_teams import heads_reported, teams_reported

    return {
        "smg": reported,
        "completeness": compliance_reported,
        "accuracy": accuracy_reported,
        "team": teams_reported,
        "head-of-service": heads_reported,
    }[kind]


def _explained_json(found: "Explained") -> dict[str, Any]:
    return {
        "audit_id": found.audit.audit_id,
        "sheet": found.sheet,
        "contract": found.contract,
        "archived": found.audit.archived,
        "sha256": found.audit.sha256,
        "returns": [
            {
                "number": number,
                "seen": came.seen,
                "outcome": came.outcome,
                "version": came.version,
                "stored": came.stored,
                "sha256": came.sha256,
            }
            for number, came in found.returns
        ],
        "events": [{"day": d, "status": s, "cause": c} for d, s, c in found.events],
        "cells": [
            {
                "heading": cell.heading,
                "source": cell.source,
                "how": cell.how,
                "changed_in": list(cell.changed_in),
                "posted": cell.is_posted,
            }
            for cell in found.cells
        ],
    }


def _explained_lines(found: "Explained") -> Iterator[str]:
    yield f'{found.audit.audit_id}, on the sheet "{found.sheet}".'
    yield f"Issued by: {found.contract}."
    for number, came in found.returns:
        version = f" as version {came.version}" if came.version else ""
        yield f"Return {number}, {came.seen:%d/%m/%Y}: {came.outcome}{version}, {came.stored}"
        yield f"  SHA-256 {came.sha256}"
    for day, status, cause in found.events:
        yield f"{day:%d/%m/%Y}: {status} ({cause})"
    for cell in found.cells:
        changed = ", ".join(f"version {number}" for number in cell.changed_in)
        facts = (
            cell.how,
            f"changed by {changed}" if changed else "",
            "" if cell.is_posted else "not yet in the ledger",
        )
        yield "; ".join([f"{cell.heading}: {cell.source}", *filter(None, facts)])


def _tell_posting(call: Call, done: "Posting") -> None:
    if done.problem:
        raise done.problem
    call.tell(
        {
            "posted": done.posted,
            "pending": done.pending,
            "changes": done.changes,
            "warnings": list(done.warnings),
        },
        [
            f"{number_of(done.posted, 'row')} posted.",
            *put_back_lines(done),
            *done.warnings,
        ],
    )


def note_posting(call: Call, done: "Posting") -> None:
    """Say beside a command's result what its post to the ledger leaves for a person."""
    if done.problem:
        call.note(waiting_line(done))
    for line in (*put_back_lines(done), *done.warnings):
        call.note(line)


def waiting_line(done: "Posting") -> str:
    """How many rows wait to be posted, and why."""
    return f"Still to be posted to the ledger: {number_of(done.pending, 'row')}. {done.problem}"


def put_back_lines(done: "Posting") -> Iterator[str]:
    """What people changed in cells of ours, and where it is noted."""
    if done.changes:
        cells = number_of(done.changes, "cell")
        yield f"Changed by hand and put back: {cells}. See the sheet Changes by hand."
