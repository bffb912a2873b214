"""extract, collect, watch, set-aside: what comes in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdocs.cli.arrivals import (
    collected_json,
    collected_lines,
    set_aside_json,
    set_aside_lines,
)
from auditdocs.cli.audits import to_act_json, to_act_lines
from auditdocs.cli.books import note_posting
from auditdocs.cli.call import Call, needs_a_person
from auditdocs.cli.typed import Day, Number
from auditdocs.errors import AuditdocsError
from auditdocs.rules.plural import number_of

if TYPE_CHECKING:
    from auditdocs.errors import Unavailable
    from auditdocs.model.extract import RowProblem
    from auditdocs.rules.programme.to_act import ToAct
    from auditdocs.steps.collect import Collected
    from auditdocs.steps.take import Taken


MOST_SHOWN = 200
"""Faults that are listed on the terminal; a file of formulas without results can have thousands."""
_MOST_WITHDRAWN = 20


@click.group()
def extract() -> None:
    """Check or take a case extract or a staff register."""


@extract.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data-date", type=Day(), help="The day the extract is as at.")
@click.pass_obj
def check(call: Call, file: Path, data_date: date | None) -> None:
    """Show which heading maps to which field, and the faults by row; take nothing."""
    from auditdocs.steps.take import looked_at, to_act_on

    with call.office() as office:
        found = looked_at(office, file, data_date=data_date)
        listed = to_act_on(office, found)
    _tell_taken(call, found, "would be taken", listed)


@extract.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data-date", type=Day(), help="The day the extract is as at.")
@click.option("--fewer", is_flag=True, help="Take it though it has far fewer cases than the last.")
@click.pass_obj
def take(call: Call, file: Path, data_date: date | None, fewer: bool) -> None:
    """Take FILE as the caseload or as the staff register."""
    from auditdocs.steps.post import post
    from auditdocs.steps.take import taken, to_act_on

    with call.work() as (office, _):
        found = taken(office, file, data_date=data_date, fewer=fewer)
        listed = to_act_on(office, found)
        note_posting(call, post(office))
    _tell_taken(call, found, "taken", listed)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def collect(call: Call, files: tuple[Path, ...]) -> None:
    """Take in what lies in the inbox, or the FILES named, once."""
    from auditdocs.steps.collect import collected

    with call.intake() as office:
        took = collected(office, files)
    call.tell(collected_json(took), collected_lines(took))
    needs_a_person(took.ended("set-aside"))


@click.command()
@click.option("--every", type=Number(0.1, 3600), help="Seconds between looks.")
@click.option(
    "--rounds", "most", type=Number(0, 1_000_000), hidden=True, help="Stop after so many rounds."
)
@click.pass_obj
def watch(call: Call, every: float | None, most: int | None) -> None:
    """Take in what comes to the inbox, again and again, until stopped."""
    from itertools import islice

    from auditdocs.steps.watch import rounds

    with call.watch() as (office, beat):
        call.note(f"Watching {office.workspace.inbox}. Press Ctrl+C to stop.")
        pace, told = every or office.settings.inbox_every, ""
        for took in islice(rounds(office, every=pace, beat=beat, today=lambda: call.today), most):
            told = _tell_round(call, took, told)


@click.group(name="set-aside")
def set_aside() -> None:
    """List what was set aside and why, or try it again."""


@set_aside.command(name="list")
@click.pass_obj
def list_(call: Call) -> None:
    """Show what was set aside and why."""
    from auditdocs.steps.set_aside import set_aside as lying

    with call.office() as office:
        found = [came for _, came in lying(office)]
    rows = [set_aside_json(came) for came in found]
    lines = [line for came in found for line in set_aside_lines(came)]
    call.tell({"items": rows}, lines or ["Nothing is set aside."])
    needs_a_person(found)


@set_aside.command()
@click.argument("names", nargs=-1)
@click.pass_obj
def retry(call: Call, names: tuple[str, ...]) -> None:
    """Try set-aside files again: all, or those of these NAMES."""
    from auditdocs.steps.collect import collected
    from auditdocs.steps.set_aside import put_back

    with call.work() as (office, _):
        files = put_back(office, names)
        took = collected(office, files)
    call.tell(collected_json(took), collected_lines(took))
    needs_a_person(took.ended("set-aside"))


def _tell_round(call: Call, took: "Collected | Unavailable", before: str) -> str:
    """Tell what is new of a round; gives what is not available, which is told once."""
    if isinstance(took, AuditdocsError):
        if str(took) != before:
            call.note(str(took))
        return str(took)
    if before:
        call.note("It is available again.")
    if took.is_news:
        call.tell(collected_json(took), collected_lines(took))
    return ""


def _tell_taken(call: Call, found: "Taken", words: str, listed: Sequence["ToAct"]) -> None:
    data = {**_taken_json(found), "to_act": [to_act_json(each) for each in listed]}
    lines = [*_taken_lines(found, data, words), *to_act_lines(listed)]
    lines += _withdrawn_lines(found, "" if words == "taken" else "would be ")
    if found.extract and found.far_fewer_than:
        call.note(
            f"It has {number_of(data['cases'], 'open case')}, the extract before it "
            f"{found.far_fewer_than}: it may be a part of the caseload only. "
            "To take it needs --fewer."
        )
    if found.assumed_today:
        call.note("The file states no data date, so today's was taken; --data-date gives another.")
    call.tell(data, lines)
    needs_a_person(found.source.problems)


def _taken_lines(found: "Taken", data: Mapping[str, Any], words: str) -> Iterator[str]:
    """What the file is, how its columns are read, and what is odd in it; of much the first."""
    if found.extract:
        cases, rows = number_of(data["cases"], "open case"), number_of(data["rows"], "row")
        yield f"{cases} as at {found.extract.data_date:%d/%m/%Y} {words}, from {rows}."
    else:
        yield f"A staff register of {number_of(data['cases'], 'person', 'people')} {words}."
    for field, heading in data["mapping"].items():
        yield f"  {field} is read from the column “{heading}”"
    yield from (f"  not used: {heading}" for heading in data["unmapped"])
    problems = found.source.problems
    if problems:
        yield f"{number_of(len(problems), 'thing')} to look at:"
    yield from (f"  {_place(problem)}: {problem.text}" for problem in problems[:MOST_SHOWN])
    if len(problems) > MOST_SHOWN:
        yield f"  and {len(problems) - MOST_SHOWN} more: --json lists them all"


def _withdrawn_lines(found: "Taken", would: str) -> list[str]:
    """The forms that are no longer wanted, each with the cause; of many the first."""
    lines = [f"  {audit.audit_id}: {cause}" for audit, cause in found.withdrawn]
    more = len(lines) - _MOST_WITHDRAWN
    out = number_of(len(lines), "form")
    head = [f"Of the forms that are out, {out} {would}withdrawn:"] if lines else []
    tail = [f"  and {more} more: the sheet Forms out lists them all"] if more > 0 else []
    return [*head, *lines[:_MOST_WITHDRAWN], *tail]


def _taken_json(found: "Taken") -> dict[str, Any]:
    extract, register, source = found.extract, found.register, found.source
    return {
        "mapping": dict(source.mapping),
        "unmapped": list(source.unmapped),
        "ambiguous": list(extract.ambiguous) if extract else [],
        "rows": source.rows,
        "cases": len(extract.open_cases) if extract else len(register.people if register else ()),
        "problems": [_problem_json(problem) for problem in source.problems],
        "data_date": extract.data_date.isoformat() if extract else "",
        "withdrawn": [
            {"audit_id": audit.audit_id, "reason": cause} for audit, cause in found.withdrawn
        ],
    }


def _problem_json(problem: "RowProblem") -> dict[str, Any]:
    return {
        "row": problem.row,
        "field": problem.field,
        "text": problem.text,
        "sheet": problem.sheet,
        "child_id": problem.child_id,
        "team": problem.team,
    }


def _place(problem: "RowProblem") -> str:
    sheet = f"{problem.sheet}, " if problem.sheet else ""
    return f"{sheet}row {problem.row}, {problem.field}" if problem.row else problem.field
