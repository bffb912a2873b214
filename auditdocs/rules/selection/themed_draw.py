"""Themed draw: a quarter's sample of the cases that fit a theme, spread over areas and case types.

The draw is by lot, and anybody can perform it again: cases stand in the order of the SHA-256 of
"quarter|theme|child id", whatever the order of the rows.

Source: domain.md A1.1; Audit procedure 2, Head of Services' Case Audit ("Six per quarter").
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from auditdocs.errors import UsageFault
from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.case import Case
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.rules.caseload.open_cases import closed_before_opened
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.directed import Directed, directed_cases
from auditdocs.rules.selection.draw import draw_order, drawn
from auditdocs.rules.selection.expressions import expression
from auditdocs.rules.selection.history import against_another, audited_on, by_child, within_a_year
from auditdocs.rules.selection.posts import Posts, posts
from auditdocs.rules.selection.request import Request
from auditdocs.rules.selection.shares import even_loads

NOT_DRAWN = "in the pool, not drawn"
"""Why a case that might have been drawn is not in the sample; its stratum follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A request laid out: the theme's cases in the order of the draw, and what bars each."""

    request: Request
    posts: Posts
    meant: tuple[Case, ...]
    bars: Mapping[str, str]
    """Child id of each open case to what keeps it out of the pool, or ""."""
    directed: tuple[Directed, ...]
    issued: tuple[Audit, ...]
    """The audits that the period has for the theme already."""
    size: int

    @property
    def given(self) -> tuple[Case, ...]:
        """The directed cases that are picks."""
        return tuple(one.case for one in self.directed if not one.refusal)

    @property
    def named(self) -> frozenset[str]:
        """The child ids of all directed cases."""
        return frozenset(one.case.child_id for one in self.directed)

    @property
    def places(self) -> int:
        """How many cases are left to draw."""
        return max(self.size - len(self.issued) - len(self.given), 0)

    def area(self, team: str) -> str:
        """The head of service over the team, or ""."""
        return self.posts.head(team, self.request.today)


def themed_draw(request: Request) -> Selection:
    """The directed cases, and by lot from the theme's pool as many as the period still lacks."""
    desk = _desk(request)
    siblings = _siblings(desk)
    pool = tuple(case for case in _able(desk) if case.child_id not in siblings)
    sample = _drawn(desk, pool)
    return Selection(
        type=request.contract.key,
        period=request.period.label,
        picks=_picks(desk, sample, pool),
        excluded=tuple(_excluded(desk, siblings)),
        waiting=tuple(_undrawn(pool, sample)),
        warnings=tuple(_warnings(desk, sample)),
        seed=seed(request),
        theme=_plain(request.theme),
        because=request.because,
        expression=request.expression,
    )


def seed(request: Request) -> str:
    """The text that orders the draw: the period's label and the theme."""
    return f"{request.period.label}|{_plain(request.theme)}"


def _plain(theme: str) -> str:
    return " ".join(theme.split())


def _desk(request: Request) -> _Desk:
    text, fits = seed(request), _fits(request)
    out = {audit.child_id: audit for audit in request.forms_out(request.audits)}
    audits = by_child(request.own_audits)
    bars = {
        case.child_id: "; ".join(_bars(case, request, audits.get(case.child_id, ()), out, fits))
        for case in request.open_cases
    }
    meant = (case for case in request.open_cases if fits(case) and request.covers(case))
    return _Desk(
        request=request,
        posts=posts(request.staff),
        meant=tuple(sorted(meant, key=lambda case: draw_order(text, case.child_id))),
        bars=bars,
        directed=directed_cases(request, bars),
        issued=_issued(request),
        size=_size(request),
    )


def _fits(request: Request) -> Callable[[Case], bool]:
    """Whether a case fits the theme. Without an expression, named cases alone are meant, or all."""
    if not request.expression.strip():
        return lambda case: not request.directed
    test = expression(request.expression)
    return lambda case: test(case, request.data_date)


def _bars(
    case: Case,
    request: Request,
    audits: tuple[Audit, ...],
    out: Mapping[str, Audit],
    fits: Callable[[Case], bool],
) -> Iterator[str]:
    """What keeps a case out of the pool. Source: domain.md A1.1, step 2."""
    if request.expression.strip() and not fits(case):
        yield "it does not fit the theme"
    if closed_before_opened(case):
        yield "the closure date lies before the open date"
    if not case.team:
        yield "no allocated team"
    yield from against_another(audits, out.get(case.child_id), today=request.today)


def _issued(request: Request) -> tuple[Audit, ...]:
    return tuple(
        audit
        for audit in request.own_audits
        if audit.period == request.period.label
        and _plain(audit.theme) == _plain(request.theme)
        and audit.status != WITHDRAWN
    )


def _size(request: Request) -> int:
    """The sample's size: asked for, or set for the service, or the contract's target a quarter."""
    contract, targets = request.contract, request.settings.targets
    target = targets.get(f"{contract.key}.quarter", contract.targets.get("quarter"))
    size = target if request.size is None else request.size
    if size is None or size < 1:
        raise UsageFault(
            "How many cases to draw is not said.", hint="Write --size 6, or any number."
        )
    return size


def _able(desk: _Desk) -> Iterator[Case]:
    """The theme's cases that nothing bars and nobody named, in the order of the draw."""
    for case in desk.meant:
        if not desk.bars[case.child_id] and case.child_id not in desk.named:
            yield case


def _siblings(desk: _Desk) -> Mapping[str, str]:
    """Child id of each case that a sibling stands for, to that sibling's.

    Source: domain.md A1.1, edges ("siblings - at most one per family").
    """
    families = {case.child_id: case.family_id for case in desk.request.cases}
    sample = (*(audit.child_id for audit in desk.issued), *(c.child_id for c in desk.given))
    stands = {families.get(child_id, ""): child_id for child_id in sample}
    siblings: dict[str, str] = {}
    for case in _able(desk):
        first = stands.setdefault(case.family_id, case.child_id)
        if case.family_id and first != case.child_id:
            siblings[case.child_id] = first
    return siblings


def _drawn(desk: _Desk, pool: tuple[Case, ...]) -> tuple[Case, ...]:
    seen = {desk.area(audit.team) for audit in desk.issued}
    seen |= {desk.area(case.team) for case in desk.given}
    return drawn(pool, desk.places, area=lambda case: desk.area(case.team), seen=seen)


def _picks(desk: _Desk, sample: tuple[Case, ...], pool: tuple[Case, ...]) -> tuple[Pick, ...]:
    whys = [one.why for one in desk.directed if not one.refusal]
    size = len(pool)
    whys += [f"drawn by lot from a pool of {size}: {_stratum(case)}" for case in sample]
    cases = (*desk.given, *sample)
    heads = _heads(desk)
    auditors = even_loads([_allowed(desk, case, heads) for case in cases])
    said = (*(one.reason for one in desk.directed if not one.refusal), *("" for _ in sample))
    return tuple(map(partial(_pick, desk), cases, auditors, whys, said))


def _heads(desk: _Desk) -> tuple[str, ...]:
    """The heads of service in post, first those who audited least in twelve months."""
    today = desk.request.today
    names = {person.name for person in desk.posts.holders("hos", today)}
    names |= {desk.area(team) for team in desk.posts.staff.teams} - {""}
    done = Counter(
        audit.auditor
        for audit in desk.request.own_audits
        if audit.status != WITHDRAWN and within_a_year(audited_on(audit), today=today)
    )
    return tuple(sorted(names, key=lambda name: (done[name], name)))


def _allowed(desk: _Desk, case: Case, heads: tuple[str, ...]) -> tuple[str, ...]:
    """The heads of service but the one over the case's team; failing them, the programme's own.

    Source: domain.md A1.1, step 6, and edges ("fewer HoS than areas - swap areas").
    """
    line = desk.posts.key(desk.area(case.team))
    allowed = tuple(name for name in heads if desk.posts.key(name) != line)
    owners = desk.posts.holders("hos_qap", desk.request.today)
    return allowed or tuple(person.name for person in owners)


def _pick(desk: _Desk, case: Case, auditor: str, why: str, said: str) -> Pick:
    person = desk.posts.person(auditor)
    return Pick(
        child_id=case.child_id,
        team=case.team,
        worker=case.worker,
        worker_id=case.worker_id,
        auditor=auditor,
        auditor_role=(person.role if person else "") or "hos",
        auditor_team=person.teams[0] if person and person.teams else "",
        due=desk.request.today + timedelta(days=desk.request.contract.due_days),
        why=why,
        said=said,
        period=desk.request.period.label,
    )


def _excluded(desk: _Desk, siblings: Mapping[str, str]) -> Iterator[Exclusion]:
    yield from (one.exclusion for one in desk.directed if one.refusal)
    for case in desk.meant:
        bar = desk.bars[case.child_id]
        if sibling := siblings.get(case.child_id):
            bar = f"one child of a family: {sibling} stands for it"
        if bar and case.child_id not in desk.named:
            yield Exclusion(child_id=case.child_id, reason=bar)


def _stratum(case: Case) -> str:
    """Where in the pool a case stands: its team, which is of one area, and its case type."""
    return f"{case.team}, {case.type_label}"


def _undrawn(pool: tuple[Case, ...], sample: tuple[Case, ...]) -> Iterator[Exclusion]:
    ids = {case.child_id for case in sample}
    for case in pool:
        if case.child_id not in ids:
            yield Exclusion(child_id=case.child_id, reason=f"{NOT_DRAWN}: {_stratum(case)}")


def _warnings(desk: _Desk, sample: tuple[Case, ...]) -> Iterator[str]:
    request = desk.request
    yield from (one.warning for one in desk.directed if one.warning)
    if request.contract.names_theme and not request.theme.strip():
        yield "No theme was named"
    if not request.expression.strip() and not request.directed:
        yield "No --where was given: the pool is every open case"
    if desk.issued:
        are = "is" if len(desk.issued) == 1 else "are"
        yield f"{len(desk.issued)} of {desk.size} {are} issued already in {request.period.label}"
    if len(desk.given) + len(desk.issued) > desk.size:
        named = f"{number_of(len(desk.given), 'case')} {'is' if len(desk.given) == 1 else 'are'}"
        yield f"{named} named: more than the sample of {desk.size} has room for"
    if short := desk.places - len(sample):
        yield f"The pool is {short} short of {desk.size}: all of it is taken, the theme not widened"
    yield from _unaudited(desk, (*desk.given, *sample))


def _unaudited(desk: _Desk, cases: tuple[Case, ...]) -> Iterator[str]:
    """What the sample cannot promise: an auditor out of line, one child of a family."""
    heads = _heads(desk)
    families = Counter(case.family_id for case in cases if case.family_id)
    for case in cases:
        if not _allowed(desk, case, heads):
            yield f"Case {case.child_id} has no auditor: no other head of service is known"
        if not desk.area(case.team):
            yield f"Case {case.child_id}: no head of service over its team is known"
        if families[case.family_id] > 1:
            yield f"Case {case.child_id} was directed beside a sibling"
