"""plan, issue, blank, withdraw: what goes out."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from auditdocs.cli.books import note_posting
from auditdocs.cli.call import Call
from auditdocs.cli.of_teams import Asked, family_of, only_teams
from auditdocs.cli.typed import Number
from auditdocs.errors import UsageFault
from auditdocs.rules.plural import number_of

if TYPE_CHECKING:
    from auditdocs.model.audit import Audit
    from auditdocs.model.selection import Exclusion, Pick, Selection
    from auditdocs.rules.programme.outlook import Outlook
    from auditdocs.rules.programme.to_act import ToAct
    from auditdocs.steps.issue import Planned
    from auditdocs.steps.wish import Wish


Command = Callable[..., None]
_WHOSE = (
    click.argument("type_", metavar="TYPE"),
    click.option("--period", default="", help="2026-27-Q2, 2026-27, 2026-09 or two dates (A..B)."),
    click.option("--team", default="", help="One team only."),
    click.option("--worker", default="", help="One worker only, by name or id."),
)


_WHICH = (
    click.option("--case", "cases", multiple=True, metavar="ID", help="A case to be audited."),
    click.option("--reason", "reasons", multiple=True, metavar="TEXT", help="Why that case."),
    click.option("--theme", default="", help="The theme of the quarter."),
    click.option("--because", default="", metavar="TEXT", help="Why that theme, for the report."),
    click.option("--where", default="", help="Which cases the theme is about, as an expression."),
    click.option("--size", type=Number(1, 10_000), help="How many."),
)


def _whose(command: Command) -> Command:
    """The options that say for which type, period, team and worker cases are chosen."""
    return _with(_WHOSE, command)


def _which(command: Command) -> Command:
    """The options that say which cases: named, or of a theme."""
    return _with(_WHICH, command)


def _with(options: Iterable[Callable[[Command], Command]], command: Command) -> Command:
    for option in reversed(tuple(options)):
        command = option(command)
    return command


@click.command()
@_whose
@_which
@click.pass_obj
def plan(call: Call, /, **wish: Any) -> None:
    """Show who is next for an audit of TYPE and why; writes nothing."""
    if family := family_of(call, wish["type_"]):
        return family.plan(call, _of_a_team(**wish))
    return _plan(call, _wish(**wish))


@click.command()
@_whose
@_which
@click.option("--dry-run", is_flag=True, help="Show what would be issued; write nothing.")
@click.pass_obj
def issue(call: Call, /, dry_run: bool, **wish: Any) -> None:
    """Choose cases for an audit of TYPE, and put their forms in outbox/forms/."""
    if family := family_of(call, wish["type_"]):
        made = family.plan if dry_run else family.issue
        return made(call, _of_a_team(**wish))
    return (_plan if dry_run else _issue)(call, _wish(**wish))


def _of_a_team(*, type_: str, period: str, team: str, **given: Any) -> Asked:
    """What is asked of a document that is a team's; options about cases are refused."""
    only_teams({name.removesuffix("s"): value for name, value in given.items()}, type_)
    return Asked(key=type_, period=period, team=team)


def _wish(
    *,
    type_: str,
    cases: tuple[str, ...],
    reasons: tuple[str, ...],
    where: str,
    **asked: Any,
) -> "Wish":
    from auditdocs.steps.wish import Wish

    if len(cases) != len(reasons):
        raise UsageFault("Each --case needs a --reason.", hint="Write --case ID --reason TEXT.")
    directed = tuple(zip(cases, reasons, strict=True))
    return Wish(type=type_, directed=directed, expression=where, **asked)


def _issue(call: Call, wish: "Wish") -> None:
    from auditdocs.steps.issue import issued
    from auditdocs.steps.post import post

    with call.work() as (office, _):
        out = issued(office, wish)
        note_posting(call, post(office))
    data = {
        "issued": [issued_json(audit) for audit in out.audits],
        **_left_out(out.selection),
    }
    lines = [f"{audit.audit_id}  {audit.file}" for audit in out.audits]
    lines.append(f"{number_of(len(out.audits), 'form')} issued.")
    call.tell(data, [*lines, *out.selection.warnings])


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


def _plan(call: Call, wish: "Wish") -> None:
    from auditdocs.steps.issue import planned

    with call.office() as office:
        plan = planned(office, wish)
    chosen = plan.selection
    data = {
        "planned": [_pick_json(chosen, pick) for pick in chosen.picks],
        **_left_out(chosen),
        "reserves": [_pick_json(chosen, pick) for pick in chosen.reserves],
        "waiting": [_exclusion_json(each) for each in chosen.waiting],
        "pool": chosen.pool,
        **_asked_json(chosen),
        "spread": [
            {"team": t.team, "workers": t.workers, "fewest": t.fewest, "most": t.most}
            for t in plan.spread
        ],
        "coverage": _outlook_json(plan.outlook),
        "programme": list(plan.programme),
        "to_act": [to_act_json(each) for each in plan.to_act],
    }
    call.tell(data, [*_plan_lines(plan), *chosen.warnings])


def _asked_json(chosen: "Selection") -> dict[str, str]:
    """That theme, reason, filter and seed were given: as they were typed they may name somebody.

    Their words stand in the ledger, on the sheet of selections.
    """
    from auditdocs.model.selection import GIVEN

    words = {
        "theme": chosen.theme,
        "because": chosen.because,
        "filter": chosen.expression,
        "seed": chosen.seed,
    }
    return {key: GIVEN if each else "" for key, each in words.items()}


def _plan_lines(plan: "Planned") -> list[str]:
    """The choice, why, what stood by or was left out, and how the programme stands."""
    chosen = plan.selection
    lines = [_pick_line(pick) for pick in chosen.picks]
    lines.append(f"{len(chosen.picks)} would be chosen from {chosen.pool}.")
    if chosen.expression:
        lines.append(f"  the pool is the cases where {chosen.expression}")
    if chosen.seed:
        lines.append(f'  the draw is by lot, seed "{chosen.seed}": anybody can perform it again')
    lines += [f"  in reserve, {_pick_line(pick)}" for pick in chosen.reserves]
    lines += [f"  left out, {count}: {why}" for why, count in chosen.left_out.items()]
    lines += ["Spread over workers:", *(f"  {team.words}" for team in plan.spread)]
    lines += ["The programme:", *(f"  {words}" for words in plan.programme)]
    return [*lines, *to_act_lines(plan.to_act)]


def to_act_lines(listed: Iterable["ToAct"]) -> list[str]:
    """Who has to act, a line for each."""
    lines = [f"  {each.words}" for each in listed]
    return ["Who has to act:", *lines] if lines else []


def to_act_json(each: "ToAct") -> dict[str, Any]:
    """Something that one post is to put right, as JSON has it."""
    children = list(each.children)
    return {"team": each.team, "role": each.role, "what": each.what, "children": children}


def _pick_line(pick: "Pick") -> str:
    return (
        f"{pick.child_id:<12} {pick.team}: {pick.worker}, audited by {pick.auditor} "
        f"by {pick.due:%d/%m/%Y}: {pick.why}"
    )


def _pick_json(chosen: "Selection", pick: "Pick") -> dict[str, str]:
    return {
        "audit_id": "",
        "type": chosen.type,
        "child_id": pick.child_id,
        "team": pick.team,
        "worker": pick.worker,
        "auditor": pick.auditor,
        "due": pick.due.isoformat(),
        "file": "",
        "why": pick.why_unnamed,
    }


def _outlook_json(outlook: "Outlook") -> dict[str, Any]:
    found = outlook.coverage
    days = {"covered_on": outlook.covered_on, "first_round_on": outlook.first_round_on}
    return {
        "open": outlook.open_cases,
        "eligible": found.eligible,
        "audited": found.audited,
        "lapsed": found.lapsed,
        "never": found.never,
        "never_by_age": dict(found.never_by_age),
        "recent": outlook.recent,
        "reach": outlook.reach,
        **{name: day.isoformat() if day else "" for name, day in days.items()},
    }


def _left_out(chosen: "Selection") -> dict[str, Any]:
    excluded = [_exclusion_json(each) for each in chosen.excluded]
    return {"excluded": excluded, "warnings": list(chosen.warnings)}


def _exclusion_json(each: "Exclusion") -> dict[str, str]:
    return {"child_id": each.child_id, "reason": each.reason}


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
        note_posting(call, post(office))
    call.tell({"audit_id": closed.audit_id, "status": closed.status}, [f"Withdrawn {audit}."])
