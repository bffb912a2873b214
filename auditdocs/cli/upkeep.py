"""schedule, doctor, recover: for whoever looks after it."""

import sys

import click

from auditdocs.cli.call import Call, clock, needs_a_person


@click.command()
@click.pass_obj
def schedule(call: Call) -> None:
    """Print ready lines that run collect every five minutes, for Task Scheduler and for cron."""
    from auditdocs.places.probe import is_mapped, program_path
    from auditdocs.rules.schedule import schedule_lines

    root = str(call.root())
    lines = schedule_lines(program_path(sys.argv[0]), root)
    warnings = [
        f"{path[:2]} is a mapped drive: a scheduled task cannot see it. Name the workspace by its "
        "share, as in auditdocs -w \\\\server\\share\\audits schedule."
        for path in (root,)
        if is_mapped(path)
    ]
    call.tell(
        {"lines": dict(lines), "warnings": warnings},
        [
            "Windows, in a command prompt:",
            lines["schtasks"],
            "",
            "Windows, saved as auditdocs.xml and imported in Task Scheduler (it also catches up",
            "on what was missed):",
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
    count = f"{len(findings)} thing{'' if len(findings) == 1 else 's'} to mend."
    call.tell({"items": rows}, [*lines, count if findings else "Nothing to mend."])
    needs_a_person(findings)


@click.command()
@click.pass_obj
def recover(call: Call) -> None:
    """Make a lost or damaged journal again, from its newest copy and the archive."""
    from auditdocs.steps.recover import recovered, retaken

    back = recovered(call.root(), today=call.today, clock=clock())
    with call.work() as (office, _):
        again = retaken(office)
    told = {
        "copy": back.copy,
        "damaged": back.damaged,
        "files": again.files,
        "unknown": list(again.unknown),
    }
    set_aside = again.ended.ended("set-aside")
    lines = [f"The journal is put back from {back.copy}."]
    lines += [f"The old one is kept as {back.damaged}."] if back.damaged else []
    lines.append(f"{again.files} archived files came after that copy and were taken again.")
    lines += [f"{len(set_aside)} of them were set aside."] if set_aside else []
    lines += [f"Issued after the copy and not recovered: {each}." for each in again.unknown]
    call.tell(told, lines)
    needs_a_person(set_aside or again.unknown)
