"""Compliance: what the audits of one type found of each standard, by team, by case type, over time.

It is the type that asks in place, in time, up to date. Its figures are those of the whole programme
narrowed to it, so that whatever stands in the quarterly report too has the same value there.

Source: domain.md D2.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.rules.calendar.periods import Period, quarters_before
from auditdocs.rules.findings.counts import Counted, counted, named_first, together
from auditdocs.rules.findings.delivery import SUPERVISION, known_by, returned
from auditdocs.rules.findings.editions import compared
from auditdocs.rules.findings.figures import Figures, figures
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.findings.sample import case_types
from auditdocs.rules.findings.standards import Standard, standards
from auditdocs.rules.follow_up.followed import Followed, Tracked
from auditdocs.rules.forms.outcomes import MET, NOT_MET
from auditdocs.rules.selection.coverage import Coverage, capacity, coverage
from auditdocs.rules.selection.history import by_child

EARLIER_QUARTERS = 4

BEYOND = ("Within reach", "1 to 5 beyond", "6 to 10 beyond", "over 10 beyond")
"""By how many eligible cases a worker has more than supervisions in a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """All standards together in one period: how often one applied, and how often it was met."""

    label: str
    audits: Counted
    """Those returned."""
    applicable: Counted
    met: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """The figures of one audit type in a period."""

    contract: Contract
    figures: Figures
    """The programme's figures, of this type alone."""
    by_team: Mapping[str, tuple[Standard, ...]]
    """Of the team that holds the case; every standard, in printed order."""
    by_case_type: Mapping[str, tuple[Standard, ...]]
    trend: tuple[Point, ...]
    """The four quarters before and the period itself, earliest first."""
    covered_by_team: Mapping[str, Coverage]
    workers_beyond: Mapping[str, int]
    """By BEYOND; numbers of workers."""
    done_by_next: Counted
    """Of the recommendations made, those done by the supervision that follows the one in which the
    audit was discussed."""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """Every standard over all audits returned."""
        return self.figures.standards[self.contract.key]


def standards_type(contracts: Mapping[str, Contract]) -> str:
    """The key of the audit type that the report is of, "" where none asks for standards.

    It is the one that goes with supervision, else the first that asks in place, in time, up to
    date.
    """
    asking = [each for each in contracts.values() if each.has_facets]
    asking.sort(key=lambda each: each.cadence != SUPERVISION)
    return asking[0].key if asking else ""


def compliance(programme: Programme, key: str) -> Compliance:
    """The figures of the audit type of that key."""
    mine = narrowed(programme, key)
    contract, period, audits = mine.contracts[key], mine.period, mine.issued_audits
    alike = compared(audits, mine.records, mine.kinds, mine.editions).records
    home = returned(audits, period)
    spans = (*quarters_before(period, count=EARLIER_QUARTERS), period)
    return Compliance(
        contract=contract,
        figures=figures(mine),
        by_team=_grouped(contract, home, alike, lambda audit: audit.team),
        by_case_type=_grouped(contract, home, alike, case_types),
        trend=tuple(_point(contract, audits, alike, span) for span in spans),
        covered_by_team=_covered_by_team(mine, key),
        workers_beyond=_workers_beyond(mine),
        done_by_next=_done_by_next(mine),
    )


def narrowed(programme: Programme, key: str) -> Programme:
    """The programme as if there were no other audit type."""
    return replace(
        programme,
        contracts={key: programme.contracts[key]},
        followed=tuple(of for of in programme.followed if of.audit.type == key),
    )


def _grouped(
    contract: Contract,
    home: Iterable[Audit],
    records: Mapping[str, Record],
    label_of: Callable[[Audit], str],
) -> Mapping[str, tuple[Standard, ...]]:
    groups: dict[str, list[Audit]] = defaultdict(list)
    for audit in home:
        groups[label_of(audit)].append(audit)
    return {label: standards(contract, groups[label], records) for label in named_first(groups)}


def _point(
    contract: Contract, audits: Iterable[Audit], records: Mapping[str, Record], span: Period
) -> Point:
    home = returned(audits, span)
    found = standards(contract, home, records)
    met = together(each.results[MET] for each in found)
    return Point(
        label=span.label,
        audits=counted(audit.audit_id for audit in home),
        applicable=together([met, *(each.results[NOT_MET] for each in found)]),
        met=met,
    )


def _covered_by_team(programme: Programme, key: str) -> Mapping[str, Coverage]:
    teams: dict[str, list[Case]] = defaultdict(list)
    audits: dict[str, list[Audit]] = defaultdict(list)
    children = by_child(known_by(programme.issued_audits, programme.as_at))
    for case in programme.cases:
        teams[case.team].append(case)
        audits[case.team].extend(children.get(case.child_id, ()))
    found = (
        (team, coverage(teams[team], audits[team], key=key, today=programme.as_at))
        for team in named_first(teams)
    )
    return {team: covered for team, covered in found if covered.eligible}


def _workers_beyond(programme: Programme) -> Mapping[str, int]:
    days = programme.settings.supervision_days
    found = capacity(programme.cases, today=programme.as_at, supervision_days=days)
    over = [each.eligible - each.sessions for each in found]
    bands = Counter(BEYOND[(gap > 0) + (gap > 5) + (gap > 10)] for gap in over)
    return {band: bands[band] for band in BEYOND}


def _done_by_next(programme: Programme) -> Counted:
    days = timedelta(days=programme.settings.supervision_days)
    return counted(
        of.audit.audit_id
        for of in programme.followed
        if of.audit.returned and of.audit.returned in programme.period
        for each in of.recommendations
        if each.is_done and _by(each, of, days)
    )


def _by(each: Tracked, of: Followed, days: timedelta) -> bool:
    day = each.done or each.verified
    discussed = of.talked or of.record.date_audited
    return day is not None and day <= discussed + days
