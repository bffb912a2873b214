"""plan and issue for what is about a team and not a case: agreements and check lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditdocs.cli.books import note_posting
from auditdocs.cli.call import Call
from auditdocs.errors import UsageFault
from auditdocs.model.contract import AGREEMENT, CHECK_LIST
from auditdocs.rules.plural import number_of

if TYPE_CHECKING:
    from auditdocs.model.accuracy import CheckList
    from auditdocs.steps.issue_agreements import AgreementsOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks to be planned or issued for teams."""

    key: str
    period: str = ""
    team: str = ""


Told = Callable[[Call, Asked], None]


@dataclass(frozen=True, slots=True)
class Family:
    """How the contracts of a family are planned and issued."""

    plan: Told
    issue: Told


def family_of(call: Call, key: str) -> Family | None:
    """The commands for that key, None when it is an audit of cases. Raises UsageFault."""
    with call.office() as office:
        return FAMILIES.get(office.contract(key).family)


def only_teams(given: Mapping[str, object], key: str) -> None:
    """Refuse the options that only audits of cases have. Raises UsageFault."""
    named = [f"--{name}" for name, value in given.items() if value]
    if named:
        raise UsageFault(
            f"{', '.join(named)} {'is' if len(named) == 1 else 'are'} not for {key}.",
            hint="It is made for teams: use --team and --period.",
        )


def _plan_agreements(call: Call, asked: Asked) -> None:
    from auditdocs.steps.issue_agreements import planned_agreements

    with call.office() as office:
        planned = planned_agreements(office, office.contract(asked.key), team=asked.team)
    rows = [
        {**row, "audit_id": "", "file": "", "why": "an agreement with every team"}
        for row in _agreement_rows(planned)
    ]
    lines = [f"{form.team}: {form.tm} and {form.bso}" for form in planned.forms]
    call.tell({"planned": rows, **_nothing_left_out(planned)}, [*lines, *planned.warnings])


def _issue_agreements(call: Call, asked: Asked) -> None:
    from auditdocs.steps.issue_agreements import agreements_out
    from auditdocs.steps.post import post

    with call.work() as (office, _):
        out = agreements_out(office, office.contract(asked.key), team=asked.team)
        note_posting(call, post(office))
    lines = [f"{form.form_id}  {form.file}" for form in out.forms]
    lines.append(f"{number_of(len(out.forms), 'form')} issued.")
    call.tell({"issued": _agreement_rows(out), **_nothing_left_out(out)}, [*lines, *out.warnings])


def _agreement_rows(out: "AgreementsOut") -> list[dict[str, Any]]:
    return [
        {
            "audit_id": form.form_id,
            "type": form.key,
            "child_id": "",
            "team": form.team,
            "worker": form.bso,
            "auditor": form.tm,
            "due": form.due.isoformat(),
            "file": form.file,
        }
        for form in out.forms
    ]


def _nothing_left_out(out: "AgreementsOut") -> dict[str, Any]:
    return {"excluded": [], "warnings": list(out.warnings)}


def _plan_lists(call: Call, asked: Asked) -> None:
    from auditdocs.steps.list_out import lists_planned

    with call.office() as office:
        planned = lists_planned(office, span=asked.period, team=asked.team)
    rows = [
        {
            "audit_id": "",
            "type": asked.key,
            "child_id": "",
            "team": each.team,
            "worker": each.agreement.bso,
            "auditor": each.agreement.bso,
            "due": each.due.isoformat(),
            "file": "",
            "why": "; ".join(item.label for item in each.items),
            "items": [item.id for item in each.items],
        }
        for each in planned
    ]
    lines = [
        f"{each.due:%d/%m/%Y}  {each.team}, {each.agreement.bso}: "
        f"{'; '.join(item.label for item in each.items)}"
        for each in planned
    ]
    call.tell(
        {"planned": rows, "excluded": [], "warnings": []}, lines or ["No check list falls due."]
    )


def _issue_lists(call: Call, asked: Asked) -> None:
    from auditdocs.steps.list_out import lists_put_out
    from auditdocs.steps.post import post

    with call.work() as (office, _):
        out = lists_put_out(office, office.contract(asked.key), span=asked.period, team=asked.team)
        note_posting(call, post(office))
    rows = [list_json(each) for each in out.lists]
    lines = [
        f"{each.list_id}  due {each.due:%d/%m/%Y}, {number_of(each.rows, 'row')}, "
        f"{each.flagged} flagged: "
        f"{each.file}"
        for each in out.lists
    ]
    lines.append(f"{number_of(len(out.lists), 'check list')} issued.")
    data = {"issued": rows, "excluded": [], "warnings": list(out.warnings)}
    call.tell(data, [*lines, *out.warnings])


def list_json(of: "CheckList") -> dict[str, Any]:
    """A check list that was put out, as JSON shows it."""
    return {
        "audit_id": of.list_id,
        "type": of.key,
        "child_id": "",
        "team": of.team,
        "worker": of.checker,
        "auditor": of.checker,
        "due": of.due.isoformat(),
        "file": of.file,
        "items": [item.id for item in of.items],
        "rows": of.rows,
        "flagged": of.flagged,
    }


FAMILIES: Mapping[str, Family] = {
    AGREEMENT: Family(_plan_agreements, _issue_agreements),
    CHECK_LIST: Family(_plan_lists, _issue_lists),
}
"""Family to its commands; of one that is not here the step knows whether it is about cases."""
