"""The selection of cases for audit: by the rule that the audit type's contract names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from auditdocs.errors import ContractFault, UsageFault, nearest
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.rules.caseload.teams import team_named
from auditdocs.rules.selection.oldest_first import oldest_first
from auditdocs.rules.selection.paired_managers import paired_managers
from auditdocs.rules.selection.request import Request
from auditdocs.rules.selection.themed_draw import themed_draw

__all__ = ["PAIRED", "RULES", "SAMPLES", "Request", "selection"]

RULES: Mapping[str, Callable[[Request], Selection]] = {
    "oldest-first": oldest_first,
    "paired-managers": paired_managers,
    "themed-draw": themed_draw,
}
"""What a contract may name as its `selection`."""

SAMPLES = frozenset({"themed-draw"})
"""The rules that take a sample and do not go round the caseload: a case that was drawn stays in
the sample, though it close (domain.md A1.1, edges)."""

PAIRED = frozenset({"paired-managers"})
"""The rules by which a team's cases are audited by the manager of its pair."""

_Entry = TypeVar("_Entry", Pick, Exclusion)


def selection(request: Request) -> Selection:
    """The cases chosen, those in reserve, and of every other open case in scope why it is not.

    The same request gives the same selection, in whatever order its rows come. The choice is made
    for the whole service and then narrowed to the team and worker asked for, so that it does not
    depend on how narrowly one asks; directed cases stay. Raises ContractFault when the contract
    names no known rule, UsageFault when team, worker or a directed case is not in the caseload.
    """
    rule = RULES.get(request.contract.selection)
    if rule is None:
        text = f'"{request.contract.selection}" is no rule for selecting cases.'
        raise ContractFault(
            text, where=f"contract {request.contract.key}", hint=f"There are: {', '.join(RULES)}."
        )
    _check_scope(request)
    return _narrowed(rule(request), request)


def _check_scope(request: Request) -> None:
    if request.team:
        known = (*request.staff.teams, *(case.team for case in request.cases))
        team_named(request.team, known, request.settings.teams)
    if request.worker and not any(map(request.covers, request.cases)):
        names = sorted({case.worker for case in request.cases} - {""})
        raise _no_such_worker(request, names)


def _no_such_worker(request: Request, names: list[str]) -> UsageFault:
    """The refusal of a worker without a case: of a team, of the service, or misspelled."""
    if request.team and any(map(replace(request, team="").covers, request.cases)):
        text = f"That worker has no case in {request.team}."
        return UsageFault(text, where="--worker", hint="Leave out --team, or name the other team.")
    near = nearest(request.worker, names)
    meant = f'Did you mean "{near}"? ' if near else ""
    hint = f"{meant}Write the name as the staff register has it, or the worker's id."
    return UsageFault("No case has that worker.", where="--worker", hint=hint)


def _narrowed(chosen: Selection, request: Request) -> Selection:
    """The part of a selection that was asked for, and how large its pool was."""
    scope = {case.child_id for case in request.cases if request.covers(case)}
    directed = {child_id.strip() for child_id, _ in request.directed}
    scope |= directed
    picks, reserves = _within(chosen.picks, scope), _within(chosen.reserves, scope)
    waiting = _within(chosen.waiting, scope)
    drawn = sum(pick.child_id not in directed for pick in picks)
    return replace(
        chosen,
        picks=picks,
        reserves=reserves,
        waiting=waiting,
        excluded=_within(chosen.excluded, scope),
        pool=drawn + len(reserves) + len(waiting),
    )


def _within(entries: Iterable[_Entry], scope: set[str]) -> tuple[_Entry, ...]:
    return tuple(entry for entry in entries if entry.child_id in scope)
