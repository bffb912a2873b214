"""schedule, doctor, retention, recover: for whoever looks after it."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from auditdocs.cli.call import Call, clock, needs_a_person
from auditdocs.rules.plural import number_of

if TYPE_CHECKING:
    from auditdocs.steps.recover import Recovered, Retaken
    from auditdocs.steps.retention import Past, Removed


@click.command()
@click.pass_obj
def schedule(call: Call) -> None:
    """Print ready lines that run collect every five minutes, for Task Scheduler and for cron."""
    from auditdocs.places.probe import is_mapped, program_path
    from auditdocs.rules.schedule import schedule_lines

    root = str(call.root())
    lines = schedule_lines(program_path(sys.argv[0]), root)
    mapped = (
        f"{root[:2]} is a mapped drive: a scheduled task cannot see it. Name the workspace by its "
        "share, as in auditdocs -w \\\\server\\share\\audits schedule."
    )
    warnings = [mapped] if is_mapped(root) else []
    call.tell(
        {"lines": dict(lines), "warnings": warnings},
        [
            "Windows, in a command prompt:",
            lines["schtasks"],
            "",
            "Windows, saved by Notepad as auditdocs.xml with the encoding UTF-16 LE and imported",
            "in Task Scheduler (it also catches up on what was missed):",
            lines["task"],
            "",
            "Linux or macOS, in crontab -e:",
            lines["cron"],
            *warnings,
        ],
    )


@click.command()
@click.pass_obj
def doctor(call: Call) -> None:
    """Look for everything that could be wrong: folders, clock, settings, templates, journal."""
    from auditdocs.steps.doctor import examined

    items = examined(call.root(), today=call.today, clock=clock())
    rows = [
        {"kind": each.kind, "about": each.about, "text": each.text, "late": each.late}
        for each in items
    ]
    findings = [each for each in items if each.late]
    lines = [f"{'To do:' if i.late else 'Note: '} {i.kind}, {i.about}: {i.text}" for i in items]
    count = f"{number_of(len(findings), 'thing')} to mend."
    call.tell({"items": rows}, [*lines, count if findings else "Nothing to mend."])
    needs_a_person(findings)


@click.command()
@click.option("--apply", "is_meant", is_flag=True, help="Remove it; without this nothing changes.")
@click.pass_obj
def retention(call: Call, is_meant: bool) -> None:
    """List what is past its keeping time, by reference; a dry run unless applied."""
    from auditdocs.steps.retention import past_keeping, removed

    if is_meant:
        with call.work() as (office, _):
            done = removed(office)
        call.tell(_past_json(done.past, done), [*_past_lines(done.past), *_removed_lines(done)])
        needs_a_person(done.waiting)
        return
    with call.office() as office:
        past = past_keeping(office)
    todo = 'Nothing was changed. "auditdocs retention --apply" removes it for good.'
    call.tell(_past_json(past), [*_past_lines(past), *([todo] if past.items else [])])


def _past_json(past: "Past", done: "Removed | None" = None) -> dict[str, Any]:
    things = dict.fromkeys((each.kind, each.reference) for each in past.items)
    return {
        "items": [{"kind": kind, "reference": reference} for kind, reference in things],
        "counts": past.counts,
        "files": past.files,
        "rows": past.rows,
        "open": list(past.open_still),
        "applied": done is not None,
        "waiting": list(done.waiting) if done else [],
    }


def _past_lines(past: "Past") -> Iterator[str]:
    """Counts, then every reference, a line for each kind."""
    if not past.items:
        yield "Nothing is past its keeping time."
    for kind, count in past.counts.items():
        references = dict.fromkeys(i.reference for i in past.items if i.kind == kind)
        yield f"{kind}: {count} ({', '.join(references)})"
    if past.items:
        files, rows = number_of(past.files, "file"), number_of(past.rows, "row")
        yield f"With {files} and {rows} of the ledger. Figures are kept."
    if past.open_still:
        yield (
            f"As old, and kept because something is still to be done: {len(past.open_still)} "
            f"({', '.join(past.open_still)})."
        )


def _removed_lines(done: "Removed") -> Iterator[str]:
    yield f"Removed: {number_of(done.files, 'file')}."
    if done.waiting:
        yield f"Not removed yet: {number_of(len(done.waiting), 'file')}. {done.waiting[0]}"
    if done.posting.problem:
        yield f"Rows of the ledger wait: {done.posting.problem.text}"


@click.command()
@click.pass_obj
def recover(call: Call) -> None:
    """Make a lost or damaged journal again, from its newest copy, day books and archive."""
    from auditdocs.steps.recover import recovered, retaken

    back = recovered(call.root(), today=call.today, clock=clock())
    with call.work() as (office, _):
        again = retaken(office)
    told = {
        "copy": back.copy,
        "damaged": back.damaged,
        "changes": back.changes,
        "lost": back.lost,
        "files": again.files,
        "issued": list(again.issued),
        "unknown": list(again.unknown),
    }
    call.tell(told, list(_put_back_lines(back, again)))
    set_aside = again.ended.ended("set-aside")
    needs_a_person(set_aside or again.unknown or again.issued or back.lost)


def _put_back_lines(back: "Recovered", again: "Retaken") -> Iterator[str]:
    source = back.copy or ("the archived files" if back.from_files else "its day books alone")
    yield f"The journal is put back from {source}."
    if back.from_files:
        yield from _FROM_FILES
    else:
        yield f"From the day books {number_of(back.changes, 'later change')} made again."
    if back.lost:
        changes = number_of(back.lost, "later change")
        yield f"{changes} cannot be made: a day book is missing."
    if back.damaged:
        yield f"The old one is kept as {back.damaged}."
    yield f"Unknown to it and taken again: {number_of(again.files, 'archived file')}."
    if again.issued:
        yield f"Read from the forms that went out: {number_of(len(again.issued), 'audit')}."
    if set_aside := again.ended.ended("set-aside"):
        files = number_of(len(set_aside), "file")
        yield f'Set aside of those: {files}. "auditdocs set-aside list" says why.'
    if again.unknown:
        yield f"Put out, and not known to it: {', '.join(again.unknown)}."


_FROM_FILES = [
    "No copy of it and no day book was left. Lost with it: why cases were chosen; which audits",
    "were withdrawn (their forms count as out again: withdraw them); which letters had gone out",
    "(they are made again); check lists, agreements and discussions that are still out.",
]
