"""Consistent difficulties: the standards that a worker, a team or the service keeps missing.

Nobody publishes a numeric rule, so ours is explicit, a setting, and shows its working; where the
audits are too few it says that it cannot tell.

Source: Audit procedure 3 ("Consistent difficulties in meeting particular standards"); domain.md D4.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item
from auditdocs.model.form import Record
from auditdocs.model.settings import Difficulties
from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.caseload.matching import name_key, only_ids
from auditdocs.rules.caseload.workers import told_apart
from auditdocs.rules.findings.counts import Counted, counted, named_first, rate
from auditdocs.rules.findings.standards import STATUTORY, Standard, standards
from auditdocs.rules.forms.outcomes import MET, NOT_MET
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.history import audited_on

INDIVIDUAL, TEAM, SERVICE, STATUTE = "individual", "team", "service", "statutory"
GOES_TO: Mapping[str, tuple[str, ...]] = {
    INDIVIDUAL: ("ssw", "tm"),
    TEAM: ("tm", "hos"),
    SERVICE: ("hos_qap",),
    STATUTE: ("hos",),
}
"""Level to the roles that are told: support and training are the supervisor's; only the service
level may ask for a local standard to be reviewed, and none for a statutory one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """A standard that is missed too often, or may be: at one level, with the working."""

    level: str
    """individual, team, service or statutory."""
    item: Item
    whose: str = ""
    """The worker's or the team's name; "" for the service. A worker's stands in no SMG paper."""
    not_met: Counted
    applicable: int
    facet: str = ""
    """The facet most often answered no; "" where several are level."""
    is_certain: bool
    """False where the share is over the line but the audits are too few to tell."""
    working: str
    """How it was decided, in numbers."""

    @property
    def goes_to(self) -> tuple[str, ...]:
        """The roles that are told."""
        return GOES_TO[self.level]


@dataclass(frozen=True, slots=True)
class _Window:
    """The standards of the rolling months, and of as many months before them."""

    now: Mapping[str, Standard]
    before: Mapping[str, Standard]

    @property
    def missed(self) -> Iterator[tuple[str, Standard]]:
        """The standards that some audit found not met."""
        return ((item_id, each) for item_id, each in self.now.items() if each.not_met)


def difficulties(
    contract: Contract,
    audits: Iterable[Audit],
    records: Mapping[str, Record],
    *,
    as_at: date,
    lines: Difficulties,
) -> tuple[Difficulty, ...]:
    """The difficulties of one audit type on a day: service, statutory, teams, then workers.

    Of two audits of one child in the months only the later counts; not applicable and not due are
    in no denominator.
    """
    mine = [audit for audit in audits if audit.type == contract.key and audit.audit_id in records]
    recent = recent_audits(mine, as_at=as_at, months=lines.months)
    earlier = _latest_of_each_child(_within(mine, as_at, lines.months, back=1))
    service = _window(contract, recent, earlier, records)
    teams = {
        team: _window(contract, _of(team, recent), _of(team, earlier), records)
        for team in named_first(audit.team for audit in recent)
    }
    return (
        *_service(service, teams, lines),
        *_statutory(service, lines),
        *_teams(service, teams, lines),
        *_individuals(contract, recent, records, lines),
    )


def for_review(found: Mapping[str, Iterable[Difficulty]]) -> tuple[Difficulty, ...]:
    """The local standards missed so widely that their review is proposed, of every type.

    Source: domain.md D4 (service level: "(local only) review the standard").
    """
    every = chain.from_iterable(found.values())
    return tuple(each for each in every if each.level == SERVICE and each.is_certain)


def recent_audits(audits: Iterable[Audit], *, as_at: date, months: int) -> tuple[Audit, ...]:
    """The audits home in the months up to the day; of two of one child only the later."""
    return _latest_of_each_child(_within(audits, as_at, months, back=0))


def _within(audits: Iterable[Audit], as_at: date, months: int, *, back: int) -> Iterator[Audit]:
    """The audits that came home in the months up to the day, or in as many before those.

    Up to a month's last day these are whole months, whether they have thirty days or more.
    """
    after = as_at + timedelta(days=1)
    first, end = (months_after(after, count=-months * each) for each in (back + 1, back))
    return (a for a in audits if a.is_home and a.returned and first <= a.returned < end)


def _latest_of_each_child(audits: Iterable[Audit]) -> tuple[Audit, ...]:
    latest = {a.child_id: a for a in sorted(audits, key=lambda a: (audited_on(a), a.audit_id))}
    return tuple(latest.values())


def _of(team: str, audits: Iterable[Audit]) -> Iterator[Audit]:
    return (audit for audit in audits if audit.team == team)


def _window(
    contract: Contract,
    recent: Iterable[Audit],
    earlier: Iterable[Audit],
    records: Mapping[str, Record],
) -> _Window:
    return _Window(
        now={each.item.id: each for each in standards(contract, recent, records)},
        before={each.item.id: each for each in standards(contract, earlier, records)},
    )


def _service(
    service: _Window, teams: Mapping[str, _Window], lines: Difficulties
) -> Iterator[Difficulty]:
    for item_id, each in service.missed:
        if each.item.basis in STATUTORY or not _reaches(each, lines.service_percent):
            continue
        judged = [
            team.now[item_id]
            for team in teams.values()
            if team.now[item_id].applicable >= lines.service_team_least
        ]
        over = sum(_reaches(team, lines.service_percent) for team in judged)
        if each.applicable >= lines.service_least and 2 * over < len(judged):
            continue
        told = f"in {over} of {len(judged)} teams with {lines.service_team_least} or more"
        line = f"line: {lines.service_percent} per cent, half of the teams"
        none = "" if judged else f"no team with {lines.service_team_least} audits"
        few = _too_few(each, lines.service_least) or none
        yield _difficulty(SERVICE, each, few=few, working=f"{told}; {line}")


def _statutory(service: _Window, lines: Difficulties) -> Iterator[Difficulty]:
    for _, each in service.missed:
        if each.item.basis in STATUTORY and _reaches(each, lines.statutory_percent):
            line = f"line: {lines.statutory_percent} per cent"
            few = _too_few(each, lines.statutory_least)
            yield _difficulty(STATUTE, each, few=few, working=line)


def _teams(
    service: _Window, teams: Mapping[str, _Window], lines: Difficulties
) -> Iterator[Difficulty]:
    for name, team in teams.items():
        for item_id, each in team.missed:
            before = team.before[item_id]
            if why := _why_a_team(each, before, service.now[item_id], lines):
                few = _too_few(each, lines.team_least)
                yield _difficulty(TEAM, each, few=few, working=why, whose=name)


def _why_a_team(each: Standard, before: Standard, service: Standard, lines: Difficulties) -> str:
    """Which of the three lines a team has passed, in words; "" for none."""
    if _reaches(each, lines.team_percent):
        return f"line: {lines.team_percent} per cent"
    gap = _points(each) - _points(service)
    if gap >= lines.team_points:
        return f"{gap} points above the service, {_part(service)}; line: {lines.team_points}"
    again = before.applicable >= lines.team_least and _reaches(before, lines.team_again_percent)
    if again and _reaches(each, lines.team_again_percent):
        line = f"line: {lines.team_again_percent} per cent twice running"
        return f"{_part(before)} in the {number_of(lines.months, 'month')} before; {line}"
    return ""


def _individuals(
    contract: Contract, recent: Iterable[Audit], records: Mapping[str, Record], lines: Difficulties
) -> Iterator[Difficulty]:
    """The same standard not met in two of a worker's last three applicable audits."""
    for worker, theirs in _by_worker(recent).items():
        for each in standards(contract, theirs, records):
            if found := _missed_lately(each, theirs, lines):
                missed, looked = found
                line = f"line: {lines.individual_missed} of the last {lines.individual_of}"
                yield Difficulty(
                    level=INDIVIDUAL,
                    item=each.item,
                    whose=worker,
                    not_met=missed,
                    applicable=looked,
                    facet=_most_missed_facet(each),
                    is_certain=True,
                    working=f"not met in {missed.value} of the last {looked}; {line}",
                )


def _by_worker(audits: Iterable[Audit]) -> Mapping[str, tuple[Audit, ...]]:
    """The audits of each worker, by name, newest first; namesakes stand apart by their ids."""
    newest = sorted(audits, key=lambda a: (audited_on(a), a.audit_id), reverse=True)
    ids, found = only_ids(newest), defaultdict[str, list[Audit]](list)
    for audit in newest:
        if audit.worker:
            found[audit.worker_id or ids.get(name_key(audit.worker), audit.worker)].append(audit)
    names = told_apart({key: theirs[0].worker for key, theirs in found.items()})
    by_name = {names[key]: tuple(theirs) for key, theirs in found.items()}
    return {name: by_name[name] for name in named_first(by_name)}


def _missed_lately(
    each: Standard, newest_first: Iterable[Audit], lines: Difficulties
) -> tuple[Counted, int] | None:
    """The last audits that missed it, of how many looked at; None below the line."""
    not_met = each.results[NOT_MET].audits
    judged = {*each.results[MET].audits, *not_met}
    last = [a.audit_id for a in newest_first if a.audit_id in judged][: lines.individual_of]
    missed = counted(audit_id for audit_id in last if audit_id in not_met)
    return (missed, len(last)) if missed.value >= lines.individual_missed else None


def _too_few(each: Standard, least: int) -> str:
    """That there are fewer audits than can be judged by, in words; "" where there are enough."""
    return "" if each.applicable >= least else f"fewer than {least} audits"


def _difficulty(
    level: str, each: Standard, *, few: str, working: str, whose: str = ""
) -> Difficulty:
    return Difficulty(
        level=level,
        item=each.item,
        whose=whose,
        not_met=each.results[NOT_MET],
        applicable=each.applicable,
        facet=_most_missed_facet(each),
        is_certain=not few,
        working=f"not met in {_part(each)}; {working}" + (f"; {few}: cannot tell" if few else ""),
    )


def _most_missed_facet(each: Standard) -> str:
    ranked = sorted(((each.missing(facet), facet) for facet in each.facets), reverse=True)
    is_level = len(ranked) > 1 and ranked[0][0] == ranked[1][0]
    return "" if is_level or not ranked else ranked[0][1]


def _part(each: Standard) -> str:
    """How many did not meet it: "3 of 10 (30%)"; of few audits without a percentage."""
    told = rate(each.not_met, each.applicable)
    part = f"{each.not_met} of {each.applicable}"
    return f"{part} ({told})" if told else part


def _points(each: Standard) -> int:
    """The share not met in whole per cent, rounded half up; 0 where none is applicable."""
    whole = each.applicable
    return (200 * each.not_met + whole) // (2 * whole) if whole else 0


def _reaches(each: Standard, line: int) -> bool:
    return bool(each.applicable) and 100 * each.not_met >= line * each.applicable
