"""Coverage: how much of the caseload was audited in a year, and whether a year is enough.

Source: domain.md D2 (coverage by age open), A3.1 (capacity check) and ambiguity 4.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.caseload.open_cases import is_eligible, worker_key
from auditdocs.rules.caseload.workers import workers
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.history import audited_on, by_child, last_done, within_a_year

AGES_OPEN = ("6 weeks to 3 months", "3 to 6 months", "6 to 12 months", "12 months or more")
"""How long a case has been open, in bands; a case of just three months is in the second."""
LEAVE = 15
"""Per cent of a year's supervisions lost to leave and sickness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Eligible cases, each counted once: audited, audited too long ago, or never audited."""

    eligible: int
    audited: int
    """Audited less than twelve months ago in the current episode."""
    lapsed: int
    """Last audited twelve months ago or more."""
    never: int
    never_by_age: Mapping[str, int]
    """Band of AGES_OPEN, in that order, to the cases in it never audited."""
    audits: tuple[str, ...]
    """The ids of the audits that `audited` was counted from."""
    lapsed_audits: tuple[str, ...]
    """The same of `lapsed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """A worker's eligible cases beside the supervisions of the coming twelve months."""

    team: str
    worker: str
    """By name, with the id behind it where another worker has that name."""
    worker_id: str
    eligible: int
    sessions: int

    @property
    def is_short(self) -> bool:
        """Whether one audit a supervision cannot reach every case within the year."""
        return self.eligible > self.sessions


def coverage(cases: Iterable[Case], audits: Iterable[Audit], *, key: str, today: date) -> Coverage:
    """The coverage of a caseload by the accepted audits of one contract."""
    children = by_child(audit for audit in audits if audit.type == key)
    eligible = [case for case in cases if is_eligible(case, today=today)]
    last = [last_done(children.get(c.child_id), since=c.open_date) for c in eligible]
    done = [audit for audit in last if audit]
    recent = {a.audit_id for a in done if within_a_year(audited_on(a), today=today)}
    never = [case for case, audit in zip(eligible, last, strict=True) if audit is None]
    return Coverage(
        eligible=len(eligible),
        audited=len(recent),
        lapsed=len(done) - len(recent),
        never=len(never),
        never_by_age=_by_age(never, today),
        audits=tuple(sorted(recent)),
        lapsed_audits=tuple(sorted({audit.audit_id for audit in done} - recent)),
    )


def _by_age(cases: Iterable[Case], today: date) -> Mapping[str, int]:
    counted = Counter(_age_open(case.open_date, today) for case in cases if case.open_date)
    return {band: counted[band] for band in AGES_OPEN}


@lru_cache(maxsize=8192)
def _age_open(opened: date, today: date) -> str:
    """The band of an open date; many cases were opened on the same day."""
    return AGES_OPEN[sum(months_after(opened, count=months) <= today for months in (3, 6, 12))]


def sessions_in(days: int, *, supervision_days: int) -> int:
    """The supervisions that take place in so many days, leave allowed for: 15 in a year of 21.

    Source: domain.md ambiguity 4 ("17 sessions, about 14-15 after leave").
    """
    sessions = max(days, 0) // supervision_days
    return sessions - sessions * LEAVE // 100


def capacity(cases: Iterable[Case], *, today: date, supervision_days: int) -> tuple[Capacity, ...]:
    """Each worker's eligible cases beside their sessions in a year, by team and worker.

    A worker with cases in several teams stands under the first by name. Unallocated cases are
    nobody's. Source: domain.md A3.1 ("Capacity check").
    """
    eligible = [case for case in cases if case.worker and is_eligible(case, today=today)]
    caseloads: dict[str, list[Case]] = defaultdict(list)
    for case in eligible:
        caseloads[worker_key(case)].append(case)
    sessions, names = sessions_in(365, supervision_days=supervision_days), workers(eligible).names
    found = (_capacity(names[key], caseload, sessions) for key, caseload in caseloads.items())
    return tuple(sorted(found, key=lambda one: (one.team, one.worker, one.eligible)))


def beyond_reach(short: Iterable[Capacity]) -> str:
    """How many cases of workers who are short no session reaches: "3 cases are beyond reach"."""
    beyond = sum(one.eligible - one.sessions for one in short)
    return f"{number_of(beyond, 'case')} {'is' if beyond == 1 else 'are'} beyond reach"


def _capacity(worker: str, caseload: list[Case], sessions: int) -> Capacity:
    return Capacity(
        team=min(case.team for case in caseload),
        worker=worker,
        worker_id=caseload[0].worker_id,
        eligible=len(caseload),
        sessions=sessions,
    )
