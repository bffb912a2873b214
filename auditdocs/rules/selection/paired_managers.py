"""Paired managers: each auditor one case a month from another team, spread over its workers.

A proposal, in rotation; the owner team's manager decides. Nothing is left to chance: the same
caseload, staff and history give the same cases.

Source: domain.md A2.1; Audit procedure 3, Quality Audit.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.case import Case
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.caseload.open_cases import (
    SIX_WEEKS,
    closing,
    length,
    record_faults,
    worker_key,
    young,
)
from auditdocs.rules.caseload.workers import Workers, workers
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.directed import Directed, directed_cases
from auditdocs.rules.selection.history import against_another, audited_on, by_child, last_done
from auditdocs.rules.selection.posts import Posts
from auditdocs.rules.selection.request import Request
from auditdocs.rules.selection.rota import Rota, Slot, rota
from auditdocs.rules.selection.rotation import Spread, Turn, spread

_IN_CHARGE = ("allocated_worker", "team_manager", "supervisor", "iro_or_chair")
"""The fields of a past form's header that say who was in charge of the case."""

_Bars = Mapping[str, str]
"""Child id of each open case to what keeps it out of rotation, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A request laid out: the slots to fill, and what is known of each open case."""

    request: Request
    rota: Rota
    slots: tuple[Slot, ...]
    cases: tuple[Case, ...]
    teams: Mapping[str, tuple[Case, ...]]
    turns: tuple[Turn, ...]
    """The audits of this type so far."""
    whose: Workers
    audited: Mapping[str, date]
    """Child id to the day last audited for this type."""
    in_charge: Mapping[str, frozenset[str]]
    """Child id to those who are or were in charge of the case, by Posts.key."""
    bars: Mapping[str, _Bars]
    """By label of each month."""


def paired_managers(request: Request) -> Selection:
    """A case, and some in reserve, for every slot of the period that is not issued yet."""
    desk = _desk(request)
    directed, placed = _placed(desk)
    named = frozenset(one.case.child_id for one in directed)
    picks = _picks(desk, placed, named)
    reserves = _reserves(desk, picks, named)
    chosen = named | {pick.child_id for pick in (*picks.values(), *reserves)}
    left = [case for case in desk.cases if case.child_id not in chosen]
    refused = (one.exclusion for one in directed if one.refusal)
    return Selection(
        type=request.contract.key,
        period=request.period.label,
        picks=tuple(picks.values()),
        excluded=(*refused, *_excluded(desk, left)),
        reserves=reserves,
        waiting=tuple(_waiting(desk, left)),
        warnings=tuple(dict.fromkeys(_warnings(desk, directed, picks))),
    )


def _desk(request: Request) -> _Desk:
    plan, cases, months = rota(request), request.open_cases, request.period.months
    whose = workers(cases)
    audits, everything = by_child(request.own_audits), by_child(request.audits)
    teams: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        teams[case.team].append(case)
    return _Desk(
        request=request,
        rota=plan,
        slots=tuple(slot for month in months for slot in plan.slots(month)),
        cases=cases,
        teams={team: tuple(own) for team, own in teams.items()},
        turns=_turns(request, plan.posts, whose),
        whose=whose,
        audited={
            child_id: audited_on(done)
            for child_id, several in audits.items()
            if (done := last_done(several))
        },
        in_charge={
            case.child_id: _in_charge(case, plan.posts, everything.get(case.child_id, ()), request)
            for case in request.cases
        },
        bars={month.label: _month_bars(month, request, audits) for month in months},
    )


def _turns(request: Request, known: Posts, whose: Workers) -> tuple[Turn, ...]:
    """The audits of this type that were not withdrawn, under the names their teams have today."""
    return tuple(
        Turn(
            team=known.team(audit.team).name,
            worker=whose.key(audit),
            role=audit.auditor_role,
            day=audited_on(audit),
        )
        for audit in request.own_audits
        if audit.status != WITHDRAWN
    )


def _in_charge(
    case: Case, staff: Posts, audits: tuple[Audit, ...], request: Request
) -> frozenset[str]:
    """Who may not audit the case: its worker, managers, IRO and chair, present and past.

    Source: domain.md A2.1, hard exclusions.
    """
    worker = staff.person(case.worker, case.worker_id)
    present = (case.worker, case.team_manager, case.supervisor, case.iro, case.cp_chair)
    over = (worker.supervisor if worker else "", staff.manager(case.team, request.today))
    then = (
        (name, staff.team(audit.team).name)
        for audit in audits
        for name in (audit.worker, *(audit.header.get(field, "") for field in _IN_CHARGE))
    )
    named = (*((name, case.team) for name in (*present, *over)), *then)
    return frozenset(staff.key(name, team=team) for name, team in named)


def _month_bars(month: Period, request: Request, audits: Mapping[str, tuple[Audit, ...]]) -> _Bars:
    day = max(month.first, request.today)
    out = {audit.child_id: audit for audit in request.forms_out(request.audits)}
    bars: dict[str, str] = {}
    for case in request.open_cases:
        own, form = audits.get(case.child_id, ()), out.get(case.child_id)
        found = (*_record_bars(case, month, day), *against_another(own, form, today=day))
        bars[case.child_id] = "; ".join((*found, *_withdrawn(own, month)))
    return bars


def _record_bars(case: Case, month: Period, day: date) -> Iterator[str]:
    """What the record says against an audit that month. Source: domain.md A2.1, soft exclusions."""
    if not case.team:
        yield "no allocated team"
    yield from record_faults(case, today=day)
    yield from young(case, today=day, days=SIX_WEEKS)
    yield from closing(case, by=month.last)


def _withdrawn(audits: tuple[Audit, ...], month: Period) -> Iterator[str]:
    """A case that was taken back is not proposed again for the same month."""
    for audit in audits:
        if audit.status == WITHDRAWN and audit.period == month.label:
            yield f"withdrawn already in {month.label}: {audit.audit_id}"


def _placed(desk: _Desk) -> tuple[tuple[Directed, ...], Mapping[Slot, Directed]]:
    """The directed cases, and the first slot that may take each; one without a slot is refused."""
    first = desk.request.period.months[0]
    directed: list[Directed] = []
    placed: dict[Slot, Directed] = {}
    for one in directed_cases(desk.request, desk.bars[first.label]):
        free = (slot for slot in desk.slots if slot not in placed and _may(desk, slot)(one.case))
        slot = None if one.refusal else next(free, None)
        if slot:
            placed[slot] = one
        refusal = one.refusal or ("" if slot else "no auditor who may take it has a slot left")
        directed.append(replace(one, refusal=refusal))
    return tuple(directed), placed


def _may(desk: _Desk, slot: Slot) -> Callable[[Case], bool]:
    """Whether the slot's auditor may audit a case at all."""
    auditor = {desk.rota.key(slot), name_key(slot.auditor)}
    return lambda case: slot.takes(case) and auditor.isdisjoint(desk.in_charge[case.child_id])


def _picks(
    desk: _Desk, placed: Mapping[Slot, Directed], named: frozenset[str]
) -> Mapping[Slot, Pick]:
    """The case for each slot, directed before rotation, slots without one left out."""
    picks = {
        slot: replace(_pick(desk, slot, one.case, one.why), said=one.reason)
        for slot, one in placed.items()
    }
    taken = set(named)
    for month in desk.request.period.months:
        so_far = _spread(desk, month, picks)
        for slot in (slot for slot in desk.slots if slot.month == month and slot not in picks):
            if pick := _next(desk, slot, so_far, taken):
                picks[slot] = pick
                taken.add(pick.child_id)
                so_far = so_far.after(_turn(desk, slot, pick, so_far.day))
    return {slot: picks[slot] for slot in desk.slots if slot in picks}


def _reserves(desk: _Desk, picks: Mapping[Slot, Pick], named: frozenset[str]) -> tuple[Pick, ...]:
    """The cases that stand by for each pick, out of the same team."""
    reserves: list[Pick] = []
    taken = set(named) | {pick.child_id for pick in picks.values()}
    after_all = {month: _spread(desk, month, picks) for month in desk.request.period.months}
    for slot, pick in picks.items():
        same_team = replace(slot, hosts=(pick.team,))
        for _ in range(desk.request.settings.reserves):
            if reserve := _next(desk, same_team, after_all[slot.month], taken):
                reserves.append(reserve)
                taken.add(reserve.child_id)
    return tuple(reserves)


def _spread(desk: _Desk, month: Period, picks: Mapping[Slot, Pick]) -> Spread:
    """How audits lie at the start of that month, with those picked so far."""
    today = desk.request.today
    given = (_turn(desk, slot, pick, slot.start(today=today)) for slot, pick in picks.items())
    return spread((*desk.turns, *given), day=max(month.first, today))


def _turn(desk: _Desk, slot: Slot, pick: Pick, day: date) -> Turn:
    return Turn(team=pick.team, worker=desk.whose.key(pick), role=slot.role, day=day)


def _next(desk: _Desk, slot: Slot, so_far: Spread, taken: Collection[str]) -> Pick | None:
    """The case whose turn it is for the slot, or None when no case is left for it.

    Those that the team manager flagged come first. Source: domain.md A2.1, step 2.
    """
    bars, may = desk.bars[slot.month.label], _may(desk, slot)
    for team in so_far.teams_in_turn(slot.hosts, role=slot.role):
        cases = [
            case
            for case in desk.teams[team]
            if not bars[case.child_id] and case.child_id not in taken and may(case)
        ]
        if cases:
            flagged = [case for case in cases if case.audit_flag]
            case = so_far.case_next(flagged or cases, audited=desk.audited)
            pick = _pick(desk, slot, case, _why(desk, case, so_far))
            return replace(pick, said=case.audit_flag)
    return None


def _why(desk: _Desk, case: Case, so_far: Spread) -> str:
    done, opened = desk.audited.get(case.child_id), length(case, today=so_far.day)
    last = f"last audited on {uk_date(done)}" if done else f"never audited, {opened}"
    flagged = f"flagged by the team manager: {case.audit_flag}; " if case.audit_flag else ""
    had = number_of(so_far.workers[worker_key(case)], "audit")
    return f"{flagged}{last}; its worker had {had} in twelve months"


def _pick(desk: _Desk, slot: Slot, case: Case, why: str) -> Pick:
    agreement = f"; for the manager of {case.team} to agree" if slot.case_type else ""
    days = timedelta(days=desk.request.contract.due_days)
    return Pick(
        child_id=case.child_id,
        team=case.team,
        worker=case.worker,
        worker_id=case.worker_id,
        auditor=slot.auditor,
        auditor_role=slot.role,
        auditor_team=slot.team,
        due=slot.start(today=desk.request.today) + days,
        why=why + agreement,
        period=slot.month.label,
    )


def _excluded(desk: _Desk, left: list[Case]) -> Iterator[Exclusion]:
    """The cases that are barred even in the last month of the period."""
    bars = desk.bars[desk.request.period.months[-1].label]
    for case in left:
        if bar := bars[case.child_id]:
            yield Exclusion(child_id=case.child_id, reason=bar)


def _waiting(desk: _Desk, left: list[Case]) -> Iterator[Exclusion]:
    bars = desk.bars[desk.request.period.months[-1].label]
    due = {(host, slot.case_type) for slot in desk.slots for host in slot.hosts}
    for case in left:
        if not bars[case.child_id]:
            may = any((case.team, kind) in due for kind in ("", *case.case_types))
            reason = (
                "others of its team come first" if may else "no audit falls due that may take it"
            )
            yield Exclusion(child_id=case.child_id, reason=reason)


def _warnings(
    desk: _Desk, directed: tuple[Directed, ...], picks: Mapping[Slot, Pick]
) -> Iterator[str]:
    yield from (one.warning for one in directed if one.warning)
    for month in desk.request.period.months:
        yield from desk.rota.faults(month)
    for month, slots in desk.rota.missed():
        yield (
            f"{month.label}: {len(slots)} of {number_of(len(desk.rota.due(month)), 'audit')} "
            f"{'was' if len(slots) == 1 else 'were'} missed; "
            f"--period {month.label} still gives them"
        )
    for slot in desk.slots:
        if slot not in picks and any(map(desk.request.covers_team, slot.hosts)):
            yield f"{slot.month.label}, {slot.words}: no case is left that may be audited"
