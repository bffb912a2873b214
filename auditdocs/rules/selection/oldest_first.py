"""Oldest first: each worker audits an own case a supervision, the oldest unaudited one next.

Source: domain.md A3.1; Audit procedure 3, Completeness Audit ("the oldest case without an existing
Completeness Audit should be first, and so on").
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.rules.calendar.dates import uk_date
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
from auditdocs.rules.plural import first_named, number_of
from auditdocs.rules.selection.coverage import Capacity, beyond_reach, capacity
from auditdocs.rules.selection.directed import Directed, directed_cases
from auditdocs.rules.selection.history import audited_on, by_child, is_released, last_done
from auditdocs.rules.selection.posts import Posts, posts
from auditdocs.rules.selection.request import Request

_FURTHEST = 4
"""How many supervisions ahead the next one may be dated, for somebody may be away; our decision."""
_MOST_NAMED = 5

Audits = Mapping[str, tuple[Audit, ...]]
"""The audits of one type by child id, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A request laid out: what bars each open case, what is directed, and who has a form."""

    request: Request
    posts: Posts
    cases: tuple[Case, ...]
    audits: Audits
    bars: Mapping[str, str]
    """Child id of each open case to what keeps it out of its worker's queue, or ""."""
    busy: Mapping[str, Audit]
    """Auditor, by worker_key or else by name_key, to the form that is with them."""
    directed: tuple[Directed, ...]


def oldest_first(request: Request) -> Selection:
    """One case for each worker who has no form out: the head of the worker's queue."""
    desk = _desk(request)
    turns = [_turn(desk, line) for line in _queues(desk)]
    directed = (_directed_pick(desk, one) for one in desk.directed if not one.refusal)
    return Selection(
        type=request.contract.key,
        period=request.period.label,
        picks=(*directed, *(pick for pick, _ in turns if pick)),
        excluded=tuple(_excluded(desk)),
        waiting=tuple(exclusion for _, waiting in turns for exclusion in waiting),
        warnings=tuple(_warnings(desk)),
    )


def queue(cases: Iterable[Case], audits: Audits) -> tuple[Case, ...]:
    """A worker's eligible cases in the order in which they are due.

    First those never audited in the current episode, oldest first; then the others, the oldest
    audit first. Source: domain.md A3.1 (never, again).
    """
    return tuple(sorted(cases, key=lambda case: _place(case, _done(case, audits))))


def _done(case: Case, audits: Audits) -> Audit | None:
    return last_done(audits.get(case.child_id, ()), since=case.open_date)


def _place(case: Case, done: Audit | None) -> tuple[bool, date, date, str]:
    opened = case.open_date or date.max
    return done is not None, audited_on(done) if done else opened, opened, case.child_id


def _desk(request: Request) -> _Desk:
    cases, staff = request.open_cases, posts(request.staff)
    out = _forms_out(request, cases)
    held = {audit.child_id: audit for audit in out}
    whose = workers(cases)
    busy = {_holder(audit, whose): audit for audit in out}
    bars = {case.child_id: "; ".join(_bars(case, request, staff, held)) for case in cases}
    flags = {case.child_id: bars[case.child_id] or _form_with(case, busy) for case in cases}
    return _Desk(
        request=request,
        posts=staff,
        cases=cases,
        audits=by_child(request.own_audits),
        bars=bars,
        busy=busy,
        directed=tuple(_given(one, request, staff) for one in directed_cases(request, flags)),
    )


def _forms_out(request: Request, cases: tuple[Case, ...]) -> tuple[Audit, ...]:
    """The forms that hold a case and its worker; one for a closed case holds nobody."""
    open_ids = {case.child_id for case in cases}
    audits = (audit for audit in request.own_audits if audit.child_id in open_ids)
    return request.forms_out(audits)


def _bars(case: Case, request: Request, staff: Posts, held: Mapping[str, Audit]) -> Iterator[str]:
    """What keeps a case out of its worker's queue. Source: domain.md A3.1, exceptions."""
    today = request.today
    yield from record_faults(case, today=today)
    if case.worker and not staff.in_post(case.worker, today, worker_id=case.worker_id):
        yield "its worker is not in post: for the team manager to audit or reallocate"
    if form := held.get(case.child_id):
        yield f"a form is out: {form.audit_id}, due {uk_date(form.due)}"
    yield from young(case, today=today, days=SIX_WEEKS + 1)
    yield from closing(case, by=_due(case, request))


def _given(directed: Directed, request: Request, staff: Posts) -> Directed:
    """The directed case, refused when there is nobody to give it to."""
    if directed.refusal or _auditor(directed.case, request.today, staff):
        return directed
    return replace(directed, refusal="neither a worker nor a team manager in post is known")


def _auditor(case: Case, today: date, staff: Posts) -> str:
    """The worker, or in the worker's absence the team manager. Source: A3.1 (long absence)."""
    in_post = staff.in_post(case.worker, today, worker_id=case.worker_id)
    return case.worker if in_post else staff.manager(case.team, today)


def _queues(desk: _Desk) -> Iterator[tuple[Case, ...]]:
    """Each worker's queue, by worker; directed cases stand in none."""
    directed = {one.case.child_id for one in desk.directed}
    caseloads: dict[str, list[Case]] = defaultdict(list)
    for case in desk.cases:
        if not desk.bars[case.child_id] and case.child_id not in directed:
            caseloads[worker_key(case)].append(case)
    yield from (queue(caseload, desk.audits) for _, caseload in sorted(caseloads.items()))


def _turn(desk: _Desk, line: tuple[Case, ...]) -> tuple[Pick | None, list[Exclusion]]:
    """The head of a worker's queue, unless the worker has a form already; and all who wait."""
    if occupied := _occupied(desk, line[0]):
        return None, [Exclusion(child_id=case.child_id, reason=occupied) for case in line]
    return _next(desk, line[0]), [
        Exclusion(child_id=case.child_id, reason=f"number {place} in its worker's queue")
        for place, case in enumerate(line[1:], start=2)
    ]


def _occupied(desk: _Desk, case: Case) -> str:
    """Why the worker of that case gets none from the queue, or "". Source: settled.md."""
    directed = (one.case for one in desk.directed if not one.refusal)
    if any(worker_key(case) == worker_key(other) for other in directed):
        return "its worker has a directed case this time"
    return _form_with(case, desk.busy)


def _holder(form: Audit, whose: Workers) -> str:
    """Who has the form: the worker it went to, told from a namesake, or somebody else by name."""
    is_own = name_key(form.auditor) == name_key(form.worker)
    return (whose.key(form) if is_own else "") or name_key(form.auditor)


def _form_with(case: Case, busy: Mapping[str, Audit]) -> str:
    form = busy.get(worker_key(case)) or busy.get(name_key(case.worker))
    return f"its worker has a form out: {form.audit_id}, due {uk_date(form.due)}" if form else ""


def _next(desk: _Desk, case: Case) -> Pick:
    done = _done(case, desk.audits)
    if done is None:
        why = f"never audited, {length(case, today=desk.request.today)}"
    else:
        why = f"audited longest ago of its worker's cases, on {uk_date(audited_on(done))}"
    return _pick(desk, case, why)


def _directed_pick(desk: _Desk, directed: Directed) -> Pick:
    return replace(_pick(desk, directed.case, directed.why), said=directed.reason)


def _pick(desk: _Desk, case: Case, why: str) -> Pick:
    auditor = _auditor(case, desk.request.today, desk.posts)
    own = auditor == case.worker
    person = desk.posts.person(auditor, case.worker_id if own else "")
    return Pick(
        child_id=case.child_id,
        team=case.team,
        worker=case.worker,
        worker_id=case.worker_id,
        auditor=auditor,
        auditor_role=(person.role if person else "") or ("sw" if own else "tm"),
        auditor_team=case.team,
        due=_due(case, desk.request),
        why=why,
        period=desk.request.period.label,
    )


def _due(case: Case, request: Request) -> date:
    """The next supervision, else the contract's days from today.

    The record names the next one, or the last, from which the next follow every three weeks.
    Source: domain.md A3.1 ("issue due = next supervision date"), Audit procedure 2 ("one per
    supervision, which should take place every three weeks").
    """
    today, days = request.today, request.settings.supervision_days
    if request.contract.cadence != "supervision":
        return today + timedelta(days=request.contract.due_days)
    known = case.supervision_date or today
    if _is_far(known, request):
        known = today
    return known if known > today else today + timedelta(days=days - (today - known).days % days)


def _is_far(supervision: date, request: Request) -> bool:
    """Whether so late a supervision is a slip of the hand: no form may wait until 2062 for one."""
    days = _FURTHEST * request.settings.supervision_days
    return supervision > request.today + timedelta(days=days)


def _supervised_too_late(desk: _Desk, cases: Iterable[Case]) -> Iterator[str]:
    far = [
        case.child_id
        for case in cases
        if case.supervision_date and _is_far(case.supervision_date, desk.request)
    ]
    if far and desk.request.contract.cadence == "supervision":
        yield (
            f"The next supervision is dated more than {_FURTHEST} supervisions ahead, too far to "
            f"be meant, on the record of {first_named(far, most=_MOST_NAMED)}: the form is due as "
            "if there were no date. Have the date put right on the case system."
        )


def _excluded(desk: _Desk) -> Iterator[Exclusion]:
    yield from (one.exclusion for one in desk.directed if one.refusal)
    directed = {one.case.child_id for one in desk.directed}
    for child_id, bar in desk.bars.items():
        if bar and child_id not in directed:
            yield Exclusion(child_id=child_id, reason=bar)


def _warnings(desk: _Desk) -> Iterator[str]:
    request = desk.request
    covered = [case for case in desk.cases if request.covers(case)]
    yield from (one.warning for one in desk.directed if one.warning)
    yield from _forms_to_withdraw(request)
    for case in covered:
        last = desk.audits.get(case.child_id, ())[-1:]
        yield from (_released(audit) for audit in last if _is_released(audit, request))
    yield from _supervised_too_late(desk, covered)
    yield from _short(desk, {worker_key(case) for case in covered if case.worker})


def _is_released(audit: Audit, request: Request) -> bool:
    return is_released(audit, today=request.today, grace=request.settings.supervision_days)


def _released(audit: Audit) -> str:
    due = uk_date(audit.due)
    return f"{audit.audit_id} was due on {due} and is not home: its case may be offered again"


def _forms_to_withdraw(request: Request) -> Iterator[str]:
    """Source: domain.md A3.1 ("Case closes while form is out: withdrawn")."""
    closed = {case.child_id for case in request.cases if request.covers(case)}
    closed -= {case.child_id for case in request.open_cases}
    out = (audit for audit in request.own_audits if audit.is_out and audit.child_id in closed)
    for audit in sorted(out, key=lambda audit: audit.audit_id):
        yield f"{audit.audit_id} is out for a case that has closed: withdraw it"


def _is_in_post(one: Capacity, desk: _Desk) -> bool:
    return desk.posts.in_post(one.worker, desk.request.today, worker_id=one.worker_id)


def _short(desk: _Desk, workers: set[str]) -> Iterator[str]:
    """Source: domain.md A3.1 (capacity check), ambiguity 4."""
    request = desk.request
    theirs = (case for case in desk.cases if worker_key(case) in workers)
    days = request.settings.supervision_days
    found = capacity(theirs, today=request.today, supervision_days=days)
    short = [one for one in found if one.is_short and _is_in_post(one, desk)]
    if short:
        most = Counter(one.team for one in short)
        teams = ", ".join(f"{team or 'no team'} {count}" for team, count in sorted(most.items()))
        whose = f"{number_of(len(short), 'worker')} {'has' if len(short) == 1 else 'have'}"
        sessions = number_of(short[0].sessions, "session")
        yield (
            f"{whose} more eligible cases than the {sessions} left in twelve months: "
            f"{beyond_reach(short)} ({teams})"
        )
