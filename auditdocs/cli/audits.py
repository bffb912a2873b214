"""plan, issue, blank, withdraw: what goes out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from auditdocs.cli.call import Call
from auditdocs.cli.of_teams import Asked, family_of, only_teams
from auditdocs.errors import UsageFault

if TYPE_CHECKING:
    from auditdocs.model.audit import Audit
    from auditdocs.model.selection import Selection
    from auditdocs.steps.issue import Wish


Command = Callable[..., None]
_WHOSE = (
    click.argument("type_", metavar="TYPE"),
    click.option("--period", default="", help="2026-27-Q2, 2026-27, 2026-09 or two dates (A..B)."),
    click.option("--team", default="", help="One team only."),
    click.option("--worker", default="", help="One worker only, by name or id."),
)


def _whose(command: Command) -> Command:
    """The options that say for which type, period, team and worker cases are chosen."""
    for option in reversed(_WHOSE):
        command = option(command)
    return command


@click.command()
@_whose
@click.pass_obj
def plan(call: Call, type_: str, period: str, team: str, worker: str) -> None:
    """Show who is next for an audit of TYPE and why; writes nothing."""
    from auditdocs.steps.issue import Wish, planned

    if family := family_of(call, type_):
        only_teams({"worker": worker}, type_)
        return family.plan(call, Asked(key=type_, period=period, team=team))
    with call.office() as office:
        chosen = planned(office, Wish(type=type_, period=period, team=team, worker=worker))
    return _tell_plan(call, chosen)


@click.command()
@_whose
@click.option("--case", "cases", multiple=True, metavar="ID", help="A case that is to be audited.")
@click.option("--reason", "reasons", multiple=True, metavar="TEXT", help="Why that case.")
@click.option("--theme", default="", help="The theme of the quarter.")
@click.option("--where", default="", help="Which cases the theme is about, as an expression.")
@click.option("--size", type=click.IntRange(min=1), help="How many.")
@click.option("--dry-run", is_flag=True, help="Show what would be issued; write nothing.")
@click.pass_obj
def issue(
    call: Call,
    type_: str,
    period: str,
    team: str,
    worker: str,
    cases: tuple[str, ...],
    reasons: tuple[str, ...],
    theme: str,
    where: str,
    size: int | None,
    dry_run: bool,
) -> None:
    """Choose cases for an audit of TYPE, and put their forms in outbox/forms/."""
    from auditdocs.steps.issue import Wish, planned

    if family := family_of(call, type_):
        given = {"worker": worker, "case": cases, "theme": theme, "where": where, "size": size}
        only_teams(given, type_)
        made = family.plan if dry_run else family.issue
        return made(call, Asked(key=type_, period=period, team=team))
    if len(cases) != len(reasons):
        raise UsageFault("Each --case needs a --reason.", hint="Write --case ID --reason TEXT.")
    wish = Wish(
        type=type_,
        period=period,
        team=team,
        worker=worker,
        directed=tuple(zip(cases, reasons, strict=True)),
        theme=theme,
        expression=where,
        size=size,
    )
    if dry_run:
        with call.office() as office:
            return _tell_plan(call, planned(office, wish))
    return _issue(call, wish)


def issued_json(audit: "Audit") -> dict[str, str]:
    """An audit whose form went out, as JSON has it."""
    return {
        "audit_id": audit.audit_id,
        "type": audit.type,
        "child_id": audit.child_id,
        "team": audit.team,
        "worker": audit.worker,
        "auditor": audit.auditor,
        "due": audit.due.isoformat(),
        "file": audit.file,
    }


def _issue(call: Call, wish: "Wish") -> None:
    from auditdocs.steps.issue import issued
    from auditdocs.steps.post import post

    with call.work() as (office, _):
        out = issued(office, wish)
        post(office)
    data = {
        "issued": [issued_json(audit) for audit in out.audits],
        **_left_out(out.selection),
    }
    lines = [f"{audit.audit_id}  {audit.file}" for audit in out.audits]
    count = len(out.audits)
    lines.append(f"{count} form{'' if count == 1 else 's'} issued.")
    call.tell(data, [*lines, *out.selection.warnings])


def _tell_plan(call: Call, chosen: "Selection") -> None:
    rows = [
        {
            "audit_id": "",
            "type": chosen.type,
            "child_id": pick.child_id,
            "team": pick.team,
            "worker": pick.worker,
            "auditor": pick.auditor,
            "due": pick.due.isoformat(),
            "file": "",
            "why": pick.why,
        }
        for pick in chosen.picks
    ]
    lines = [
        f"{pick.child_id:<12} {pick.team}: {pick.worker}, audited by {pick.auditor} "
        f"by {pick.due:%d/%m/%Y}. {pick.why}"
        for pick in chosen.picks
    ]
    reasons: dict[str, int] = {}
    for exclusion in chosen.excluded:
        reasons[exclusion.reason] = reasons.get(exclusion.reason, 0) + 1
    lines.append(f"{len(rows)} would be chosen from {chosen.pool}.")
    lines += [f"  left out, {count}: {reason}" for reason, count in reasons.items()]
    call.tell({"planned": rows, **_left_out(chosen)}, [*lines, *chosen.warnings])


def _left_out(chosen: "Selection") -> dict[str, Any]:
    excluded = [{"child_id": each.child_id, "reason": each.reason} for each in chosen.excluded]
    return {"excluded": excluded, "warnings": list(chosen.warnings)}


@click.command()
@click.argument("types", nargs=-1, metavar="[TYPE]...")
@click.pass_obj
def blank(call: Call, types: tuple[str, ...]) -> None:
    """Put the intranet's blank forms of these TYPEs, or of all, in outbox/forms/blank/."""
    from auditdocs.steps.issue import blanks

    with call.office() as office:
        files = blanks(office, types)
    call.tell({"files": list(files)}, list(files))


@click.command()
@click.argument("audit")
@click.option("--reason", required=True, help="Why it is closed without a return.")
@click.pass_obj
def withdraw(call: Call, audit: str, reason: str) -> None:
    """Close the issued AUDIT without a return."""
    from auditdocs.steps.post import post
    from auditdocs.steps.standing import withdrawn

    with call.work() as (office, _):
        closed = withdrawn(office, audit, reason=reason)
        post(office)
    call.tell({"audit_id": closed.audit_id, "status": closed.status}, [f"Withdrawn {audit}."])
