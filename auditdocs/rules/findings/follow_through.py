"""Follow-through: what audits recommended, what was agreed and done, and what is overdue.

Source: domain.md A0.6, D1 (9, 11); the stages are our decision, 2026-10-01.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.form import NEED_TYPES
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.counts import Counted, Spread, by_label, counted, named_first
from auditdocs.rules.follow_up.followed import Followed, Tracked

AGREED = frozenset({"Agreed", "Amended", "In progress", "Done", "Verified"})
"""The statuses of a recommendation that was agreed to, as it stood or amended."""

NEEDS = tuple(need.code for need in NEED_TYPES if need.code != "none")
"""For whom training or support is needed, by code."""

NEEDS_SHARED = ("group", "team")
"""Those of several people together."""

_Made = tuple[Audit, Tracked]
"""An audit and a recommendation that it made."""


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
    made_by_category: Spread
    """By category code, those that were made at least once."""
    needs: Mapping[str, Spread]
    """Team to the needs, by NEEDS, that its audits of the period name."""


def follow_through(audits: Iterable[Followed], *, period: Period, today: date) -> FollowThrough:
    """What became of the recommendations of these audits, all of which are home."""
    every = [(of.audit, each) for of in audits for each in of.recommendations]
    made = [(of, each) for of, each in every if of.returned and of.returned in period]
    overdue = [(of, each) for of, each in every if each.is_overdue(today)]
    theirs, late = _by_team(made), _by_team(overdue)
    return FollowThrough(
        service=_progress(made, overdue),
        by_team={
            team: _progress(theirs.get(team, ()), late.get(team, ()))
            for team in named_first((*theirs, *late))
        },
        made_by_category=by_label((each.made.category, of.audit_id) for of, each in made),
        needs=_needs(made),
    )


def _by_team(found: Iterable[_Made]) -> Mapping[str, list[_Made]]:
    teams: dict[str, list[_Made]] = defaultdict(list)
    for audit, each in found:
        teams[audit.team].append((audit, each))
    return teams


def _progress(made: Iterable[_Made], overdue: Iterable[_Made]) -> Progress:
    made = tuple(made)
    return Progress(
        made=_count(made),
        agreed=_count((of, each) for of, each in made if each.status in AGREED),
        done=_count((of, each) for of, each in made if each.is_done),
        overdue=_count(overdue),
    )


def _count(found: Iterable[_Made]) -> Counted:
    return counted(audit.audit_id for audit, _ in found)


def _needs(made: Iterable[_Made]) -> Mapping[str, Spread]:
    teams: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for audit, each in made:
        if each.made.need_type in NEEDS:
            teams[audit.team].append((each.made.need_type, audit.audit_id))
    return {team: by_label(teams[team], order=NEEDS) for team in named_first(teams)}
