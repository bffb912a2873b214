"""A team's figures: what is due, out and overdue, what its cases lack, what it has still to do.

Forms, recommendations and disputes stand as today; deliveries are the period's; standards are those
of the rolling months by which difficulties are told.

Source: domain.md D3.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.audit import ISSUED, RETURNED, Audit
from auditdocs.model.selection import Pick
from auditdocs.model.standing import Item
from auditdocs.rules.accuracy.figures import AccuracyFigures, Sum, TeamStanding
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.findings.compliance import Compliance, compliance
from auditdocs.rules.findings.counts import Counted, Spread, counted, together
from auditdocs.rules.findings.delivery import Delivery, delivery
from auditdocs.rules.findings.difficulties import recent_audits
from auditdocs.rules.findings.editions import compared
from auditdocs.rules.findings.figures import Figures
from auditdocs.rules.findings.follow_through import NEEDS, Progress
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.findings.standards import Standard, standards
from auditdocs.rules.follow_up.followed import Tracked
from auditdocs.rules.programme.spread import WorkerShare, worker_shares
from auditdocs.rules.selection.coverage import Capacity, Coverage, capacity, coverage

OUT = frozenset({ISSUED, RETURNED})
"""Statuses of a form that is with its auditor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is planned and what waits beside the programme itself."""

    picks: Mapping[str, tuple[Pick, ...]] = field(default_factory=dict)
    """Audit type to the cases that would be chosen today."""
    accuracy: AccuracyFigures | None = None
    waiting: tuple[Item, ...] = ()
    """What is due of the Accuracy audit, of all teams."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """An audit of one team's case that another's auditor has, or would be given today."""

    type: str
    audit_id: str
    """"" while its form has not gone out."""
    child_id: str
    team: str
    worker: str
    auditor: str
    auditor_team: str
    due: date
    why: str
    """Why the case would be chosen; "" once it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A standard as a team's audits found it, and as all did."""

    team: Standard
    service: Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody who owns recommendations of the team's audits that are not finished."""

    name: str
    open: Counted
    overdue: Counted
    """Of the open ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigures:
    """How a team stands."""

    team: str
    head: str
    """Its head of service by name, "" where nobody is known."""
    next_cases: tuple[Pick, ...]
    """Of the audits that workers make of their own cases: the next of each worker."""
    out: tuple[Audit, ...]
    """Forms that the team owes, the longest due first."""
    overdue: tuple[Audit, ...]
    """Of those out."""
    delivery: Delivery
    """Of the team's auditors, in the period."""
    covered: Coverage
    capacity: tuple[Capacity, ...]
    """By worker."""
    beside: tuple[Beside, ...]
    """Every standard, in printed order; none where no audit type asks any."""
    progress: Progress
    """Of the team's cases."""
    late: tuple[Tracked, ...]
    """The overdue recommendations of its cases, the longest due first."""
    owners: tuple[Owner, ...]
    to_do: tuple[Exchanged, ...]
    """Audits of other teams' cases that this team's people have, or would be given today."""
    to_host: tuple[Exchanged, ...]
    """Audits of this team's cases that others have, or would be given today."""
    shares: Mapping[str, tuple[WorkerShare, ...]]
    """Of the types that others audit without a theme: how the audits lie over the workers."""
    disputes: Counted
    """Audits whose recommendations or grade were not agreed, and on which nobody has decided."""
    checked: Sum
    agreement: TeamStanding | None
    waiting: tuple[Item, ...]
    """What is due of the Accuracy audit."""
    needs: Spread

    @property
    def out_now(self) -> Counted:
        """How many forms are out."""
        return counted(audit.audit_id for audit in self.out)

    @property
    def overdue_now(self) -> Counted:
        """How many of these are overdue."""
        return counted(audit.audit_id for audit in self.overdue)

    @property
    def open(self) -> Counted:
        """How many recommendations are not finished."""
        return together(owner.open for owner in self.owners)

    @property
    def late_now(self) -> Counted:
        """How many of these are overdue."""
        return counted(each.made.audit_id for each in self.late)


def team_figures(
    programme: Programme, service: Figures, key: str, ahead: Ahead, heads: Mapping[str, str]
) -> tuple[TeamFigures, ...]:
    """The figures of every team in `heads`, which gives each team's head of service.

    `service` are the programme's figures, `key` the audit type that asks for standards, or "".
    """
    days = programme.settings.supervision_days
    out = tuple(audit for audit in programme.issued_audits if audit.status in OUT)
    exchanged = tuple(_exchanged(out, ahead))
    desk = _Desk(
        programme=programme,
        service=service,
        own=compliance(programme, key) if key else None,
        standards=_standards(programme, key) if key else None,
        ahead=ahead,
        out=out,
        exchanged=exchanged,
        shares=_shares(programme, ahead, {one.type for one in exchanged}),
        capacity=capacity(programme.cases, today=programme.as_at, supervision_days=days),
    )
    return tuple(_of_team(desk, team, head) for team, head in heads.items())


def points_apart(team: Standard, service: Standard, *, least: int) -> int | None:
    """By how many points more often the team misses it than all do; None of fewer than `least`."""
    if team.applicable < least or not service.applicable:
        return None
    gap = team.not_met * service.applicable - service.not_met * team.applicable
    return round(100 * gap / (team.applicable * service.applicable))


@dataclass(frozen=True, slots=True)
class _Standards:
    """A contract's standards over the rolling months: of all audits, and by team."""

    service: tuple[Standard, ...]
    by_team: Mapping[str, tuple[Standard, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Everything that is counted once for all teams."""

    programme: Programme
    service: Figures
    own: Compliance | None
    standards: _Standards | None
    ahead: Ahead
    out: tuple[Audit, ...]
    exchanged: tuple[Exchanged, ...]
    shares: Mapping[str, tuple[WorkerShare, ...]]
    capacity: tuple[Capacity, ...]


def _of_team(desk: _Desk, team: str, head: str) -> TeamFigures:
    programme, found, today = desk.programme, desk.service, desk.programme.today
    mine = [of for of in programme.followed if of.audit.team == team]
    tracked = [each for of in mine for each in of.recommendations if not each.is_finished]
    out = _owed(desk.out, team)
    accuracy = desk.ahead.accuracy
    return TeamFigures(
        team=team,
        head=head,
        next_cases=_next_cases(desk, team),
        out=out,
        overdue=tuple(audit for audit in out if audit.due < today),
        delivery=found.delivery_by_team.get(team)
        or delivery((), period=programme.period, today=today),
        covered=_covered(desk, team),
        capacity=tuple(each for each in desk.capacity if each.team == team),
        beside=tuple(_beside(desk.standards, team)),
        progress=found.follow_through.by_team.get(team, _NOTHING),
        late=_late(tracked, today),
        owners=tuple(_owners(tracked, today)),
        to_do=tuple(one for one in desk.exchanged if one.auditor_team == team),
        to_host=tuple(one for one in desk.exchanged if one.team == team),
        shares={
            key: tuple(one for one in found if one.team == team)
            for key, found in desk.shares.items()
        },
        disputes=counted(of.audit.audit_id for of in mine if of.is_disputed and not of.decided),
        checked=accuracy.by_team.get(team, Sum()) if accuracy else Sum(),
        agreement=_agreement(accuracy, team),
        waiting=tuple(item for item in desk.ahead.waiting if item.team == team),
        needs=found.follow_through.needs.get(team, dict.fromkeys(NEEDS, Counted())),
    )


_NOTHING = Progress(made=Counted(), agreed=Counted(), done=Counted(), overdue=Counted())


def _owed(out: Iterable[Audit], team: str) -> tuple[Audit, ...]:
    """The forms that the team's people have, the longest due first."""
    own = (audit for audit in out if audit.auditor_team == team)
    return tuple(sorted(own, key=lambda audit: (audit.due, audit.audit_id)))


def _exchanged(out: Iterable[Audit], ahead: Ahead) -> Iterator[Exchanged]:
    """The audits out and planned of which auditor and case are of two teams, those out first."""
    yield from (_of_audit(audit) for audit in out if audit.auditor_team != audit.team)
    for key, picks in ahead.picks.items():
        yield from (_of_pick(key, pick) for pick in picks if pick.auditor_team != pick.team)


def _of_audit(audit: Audit) -> Exchanged:
    return Exchanged(
        type=audit.type,
        audit_id=audit.audit_id,
        child_id=audit.child_id,
        team=audit.team,
        worker=audit.worker,
        auditor=audit.auditor,
        auditor_team=audit.auditor_team,
        due=audit.due,
        why="",
    )


def _of_pick(key: str, pick: Pick) -> Exchanged:
    return Exchanged(
        type=key,
        audit_id="",
        child_id=pick.child_id,
        team=pick.team,
        worker=pick.worker,
        auditor=pick.auditor,
        auditor_team=pick.auditor_team,
        due=pick.due,
        why=pick.why,
    )


def _next_cases(desk: _Desk, team: str) -> tuple[Pick, ...]:
    """Of the picks that stay in their team: those of its workers, by name."""
    picks = (pick for each in desk.ahead.picks.values() for pick in each)
    own = (pick for pick in picks if pick.team == team == pick.auditor_team)
    return tuple(sorted(own, key=lambda pick: (pick.worker, pick.child_id)))


def _covered(desk: _Desk, team: str) -> Coverage:
    none = coverage((), (), key="", today=desk.programme.as_at)
    return desk.own.covered_by_team.get(team, none) if desk.own else none


def _standards(programme: Programme, key: str) -> _Standards:
    contract, as_at = programme.contracts[key], programme.as_at
    months = programme.settings.difficulties.months
    audits = [audit for audit in programme.issued_audits if audit.type == key]
    records = compared(audits, programme.records, programme.kinds, programme.editions).records
    recent = recent_audits(audits, as_at=as_at, months=months)
    teams: dict[str, list[Audit]] = defaultdict(list)
    for audit in recent:
        teams[audit.team].append(audit)
    return _Standards(
        service=standards(contract, recent, records),
        by_team={team: standards(contract, each, records) for team, each in teams.items()},
    )


def _beside(found: _Standards | None, team: str) -> Iterator[Beside]:
    mine = found.by_team.get(team, ()) if found else ()
    everybody = found.service if found and mine else ()
    for own, of_all in zip(mine, everybody, strict=True):
        yield Beside(team=own, service=of_all)


def _late(tracked: Iterable[Tracked], today: date) -> tuple[Tracked, ...]:
    late = (each for each in tracked if each.is_overdue(today))
    return tuple(sorted(late, key=lambda each: (each.made.due_date, each.reference)))


def _owners(tracked: Iterable[Tracked], today: date) -> Iterator[Owner]:
    """Whoever has something to do, by name; one who is written in two ways stands once."""
    named: dict[str, list[Tracked]] = defaultdict(list)
    for each in tracked:
        named[name_key(each.made.owner_name)].append(each)
    for found in sorted(named.values(), key=lambda found: found[0].made.owner_name):
        yield Owner(
            name=found[0].made.owner_name,
            open=counted(each.made.audit_id for each in found),
            overdue=counted(each.made.audit_id for each in found if each.is_overdue(today)),
        )


def _shares(
    programme: Programme, ahead: Ahead, exchanged: Collection[str]
) -> Mapping[str, tuple[WorkerShare, ...]]:
    """Every worker's, of the types that are planned and exchanged: so namesakes stand apart."""
    audits = programme.issued_audits
    return {
        key: worker_shares(
            programme.cases, (a for a in audits if a.type == key), today=programme.today
        )
        for key in ahead.picks
        if key in exchanged
    }


def _agreement(accuracy: AccuracyFigures | None, team: str) -> TeamStanding | None:
    found = accuracy.teams if accuracy else ()
    return next((each for each in found if each.team == team), None)
