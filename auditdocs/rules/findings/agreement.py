"""Agreement: how far those who judge an audit agree, and what was decided where they did not.

Source: audit procedure 2 and 3 (Quality: discussed by auditor and team manager, disagreement
referred); domain.md A2.2 (discussion, moderation), D1 (8).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.settings import Settings
from auditdocs.rules.findings.counts import Counted, counted, together
from auditdocs.rules.follow_up.dispute import final_grade
from auditdocs.rules.follow_up.feedback import discussion_due
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.on_standing import is_moderated
from auditdocs.rules.follow_up.papers import outcomes
from auditdocs.rules.follow_up.sayings import DECISION
from auditdocs.rules.forms.scales import GRADED

_Test = Callable[[Followed], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussions:
    """Of the audits that auditor and team manager discuss, each in one of the first four."""

    in_time: Counted
    """Discussed within ten working days of the audit."""
    late: Counted
    overdue: Counted
    """Not discussed, and the day for it has passed."""
    ahead: Counted
    """Not discussed, and there is time yet."""
    disputed: Counted
    """Discussed and not agreed, whatever was decided since."""
    upheld: Counted
    """Of those, decided as the auditor had it."""
    changed: Counted
    """Of those, decided with another grade, or with a recommendation amended or dropped."""

    @property
    def held(self) -> int:
        """How many were discussed."""
        return self.in_time.value + self.late.value

    @property
    def all(self) -> Counted:
        """Every audit that is to be discussed."""
        return together((self.in_time, self.late, self.overdue, self.ahead))

    @property
    def undecided(self) -> int:
        """How many wait for a Head of Service."""
        return self.disputed.value - self.upheld.value - self.changed.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """A second judge's grades beside the auditors', on the four-point scale."""

    asked: Counted
    """The audits that the settings choose for moderation."""
    graded: Counted
    """Those with a grade of both: the n of every share below."""
    same: Counted
    within_one: Counted
    """At most one grade apart, the same among them."""
    lower: Counted
    """The moderator's grade is the lower: the auditor was the more generous."""
    higher: Counted
    pairs: Mapping[tuple[str, str], Counted]
    """The auditor's and the moderator's grade, by code, in the order of the scale."""


def discussions(audits: Iterable[Followed], *, today: date) -> Discussions:
    """How these audits were discussed; those that only the service management group discusses,
    or only a supervisor, are left out."""
    peers = [of for of in audits if _is_discussed_by_both(of)]
    disputed = [of for of in peers if of.talked and of.is_disputed]
    decided = [of for of in disputed if of.decided]
    return Discussions(
        in_time=_of(peers, lambda of: of.talked is not None and not _is_late(of, of.talked)),
        late=_of(peers, lambda of: of.talked is not None and _is_late(of, of.talked)),
        overdue=_of(peers, lambda of: of.talked is None and _is_late(of, today)),
        ahead=_of(peers, lambda of: of.talked is None and not _is_late(of, today)),
        disputed=_of(disputed, lambda of: True),
        upheld=_of(decided, lambda of: not _is_changed(of)),
        changed=_of(decided, _is_changed),
    )


def moderation(audits: Iterable[Followed], settings: Settings) -> Moderation:
    """How far the second judges of these audits agree with the first."""
    several = tuple(audits)
    graded = [of for of in several if set(_grades(of)) <= set(GRADED)]
    pairs = sorted({_grades(of) for of in graded}, key=lambda two: tuple(map(GRADED.index, two)))
    return Moderation(
        asked=_of(several, lambda of: is_moderated(of, settings)),
        graded=_of(graded, lambda of: True),
        same=_of(graded, lambda of: _lower_by(of) == 0),
        within_one=_of(graded, lambda of: abs(_lower_by(of)) <= 1),
        lower=_of(graded, lambda of: _lower_by(of) > 0),
        higher=_of(graded, lambda of: _lower_by(of) < 0),
        pairs={
            pair: counted(of.audit.audit_id for of in graded if _grades(of) == pair)
            for pair in pairs
        },
    )


def _of(audits: Iterable[Followed], test: _Test) -> Counted:
    return counted(of.audit.audit_id for of in audits if test(of))


def _is_discussed_by_both(of: Followed) -> bool:
    return of.has("team-manager-feedback") and not of.has("smg-discussion")


def _is_late(of: Followed, day: date) -> bool:
    return day > discussion_due(of.record.date_audited)


def _is_changed(of: Followed) -> bool:
    ruling = of.papers.get(DECISION)
    rows = outcomes(ruling).values() if ruling else ()
    return final_grade(of) != of.record.overall or any(code != "stands" for code, _ in rows)


def _grades(of: Followed) -> tuple[str, str]:
    return of.record.overall, of.said.get("moderated_grade", "")


def _lower_by(of: Followed) -> int:
    """How many grades the moderator's is below the auditor's; below nought where it is above."""
    first, second = map(GRADED.index, _grades(of))
    return second - first
