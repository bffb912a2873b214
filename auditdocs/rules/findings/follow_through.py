"""Follow-through: what audits recommended, what was agreed and done, and what is overdue.

Source: domain.md A0.6, D1 (9, 11); the stages are our decision, 2026-10-01.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.form import NEED_TYPES, Recommendation, Record
from auditdocs.model.ledger import Cell
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.counts import Counted, Spread, by_label, counted, named_first
from auditdocs.rules.follow_up.followed import Tracked

AGREED = frozenset({"agreed", "amended", "in_progress", "done", "verified"})
"""The statuses of a recommendation that was agreed to, as it stood or amended."""

DONE = frozenset({"done", "verified"})
DROPPED = frozenset({"rejected", "withdrawn"})

AGES = ("up to 30 days", "31 to 60 days", "over 60 days")
"""How long past its due date a recommendation is."""

NEEDS = tuple(need.code for need in NEED_TYPES if need.code != "none")
"""For whom training or support is needed, by code."""

NEEDS_SHARED = ("group", "team")
"""Those of several people together."""

Statuses = Mapping[str, Mapping[str, Cell]]
"""Recommendation reference to its status and done date, by the ledger's heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A recommendation, the audit that made it, and its status as a code."""

    recommendation: Recommendation
    audit: Audit
    status: str

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status not in DONE | DROPPED

    def days_overdue(self, *, today: date) -> int:
        """The days since its due date while it is open; 0 up to the date itself."""
        return max((today - self.recommendation.due_date).days, 0) if self.is_open else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far recommendations have come; numbers of recommendations, not of audits."""

    made: Counted
    """In audits returned in the period."""
    agreed: Counted
    """Of those made, agreed to, whatever came after."""
    done: Counted
    """Of those made, done."""
    overdue: Counted
    """Open past the due date, whenever they were made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowThrough:
    """The recommendations of a service, in all and by team."""

    service: Progress
    by_team: Mapping[str, Progress]
    """Of the team that holds the case."""
    overdue_by_age: Spread
    """By AGES."""
    made_by_category: Spread
    """By category code, those that were made at least once."""
    needs: Mapping[str, Spread]
    """Team to the needs, by NEEDS, that its audits of the period name."""


def follow_through(
    audits: Iterable[Audit],
    records: Mapping[str, Record],
    statuses: Statuses,
    *,
    period: Period,
    today: date,
) -> FollowThrough:
    """What became of the recommendations of every audit that is home.

    One of which `statuses` says nothing is proposed, as its form made it.
    """
    found = tuple(_followed(audits, records, statuses))
    made = [each for each in found if each.audit.returned and each.audit.returned in period]
    overdue = [each for each in found if each.days_overdue(today=today)]
    teams = named_first(each.audit.team for each in (*made, *overdue))
    return FollowThrough(
        service=_progress(made, overdue),
        by_team={team: _progress(_of(team, made), _of(team, overdue)) for team in teams},
        overdue_by_age=by_label(
            ((_age(each, today), each.audit.audit_id) for each in overdue), order=AGES
        ),
        made_by_category=by_label(
            (each.recommendation.category, each.audit.audit_id) for each in made
        ),
        needs=_needs(made),
    )


def status_of(written: Mapping[str, Cell]) -> str:
    """The status of a recommendation as a code, given what staff wrote by heading.

    A done date beside a status that is still open, or beside none, makes it done.
    """
    words = str(written.get("Status") or "").split()
    status = "_".join(words).casefold() or "proposed"
    is_done = bool(written.get("Done date")) and status not in DONE | DROPPED
    return "done" if is_done else status


def statuses_of(recommendations: Iterable[Tracked]) -> Statuses:
    """Where each stands, by whatever says so: ledger, discussion, decision."""
    return {
        each.reference: {"Status": each.status, "Done date": each.done} for each in recommendations
    }


def _followed(
    audits: Iterable[Audit], records: Mapping[str, Record], statuses: Statuses
) -> Iterator[Followed]:
    for audit in audits:
        record = records.get(audit.audit_id) if audit.is_home else None
        for each in record.recommendations if record else ():
            status = status_of(statuses.get(each.reference, {}))
            yield Followed(recommendation=each, audit=audit, status=status)


def _progress(made: Iterable[Followed], overdue: Iterable[Followed]) -> Progress:
    made = tuple(made)
    return Progress(
        made=_count(made),
        agreed=_count(each for each in made if each.status in AGREED),
        done=_count(each for each in made if each.status in DONE),
        overdue=_count(overdue),
    )


def _count(found: Iterable[Followed]) -> Counted:
    return counted(each.audit.audit_id for each in found)


def _of(team: str, found: Iterable[Followed]) -> Iterator[Followed]:
    return (each for each in found if each.audit.team == team)


def _age(each: Followed, today: date) -> str:
    days = each.days_overdue(today=today)
    return AGES[(days > 30) + (days > 60)]


def _needs(made: Iterable[Followed]) -> Mapping[str, Spread]:
    teams: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in made:
        if each.recommendation.need_type in NEEDS:
            teams[each.audit.team].append((each.recommendation.need_type, each.audit.audit_id))
    return {team: by_label(teams[team], order=NEEDS) for team in named_first(teams)}
