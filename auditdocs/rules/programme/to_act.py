"""Who has to act before every case can be audited: cases without a worker, posts without a holder.

No name is told: the team and the post that is to act, and the children's ids.

Source: domain.md A3.1, exceptions ("always listed, never dropped": no allocated worker, to the
team manager), A2.1, edges (a vacant post is covered by the head of service).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from auditdocs.model.case import Case
from auditdocs.model.people import ROLES, Staff
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.posts import Posts, posts

MOST_NAMED = 20
"""Children named in one line; every one of them is in `children`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAct:
    """Something that one post is to put right for one team."""

    team: str
    role: str
    """The key of the post, one of ROLES."""
    what: str
    children: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The whole in words: for whom, what, and which children."""
        whom = f"{ROLES[self.role]}{f' ({self.team})' if self.team else ''}"
        if not self.children:
            return f"{whom}: {self.what}"
        count = len(self.children)
        named = ", ".join(self.children[:MOST_NAMED])
        more = f" and {count - MOST_NAMED} more" if count > MOST_NAMED else ""
        return f"{whom}: {number_of(count, 'open case')} {self.what}: {named}{more}"


def to_act(cases: Iterable[Case], staff: Staff, *, today: date) -> tuple[ToAct, ...]:
    """What is to be put right, by team; cases are open ones, as `matching.matched` gives them."""
    cases, known = tuple(cases), posts(staff)
    teams = sorted({case.team for case in cases if case.team})
    is_listed = any(person.role for person in staff.people)  # without a register all are unknown
    vacant = (each for team in teams if is_listed for each in _vacancies(team, known, today))
    found = (*_cases(cases, known, today), *vacant)
    return tuple(sorted(found, key=lambda each: (each.team, each.role, each.what)))


def _cases(cases: tuple[Case, ...], known: Posts, today: date) -> Iterator[ToAct]:
    held: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for case in cases:
        if what := _amiss(case, known, today):
            role = _manager(case.team, known, today) if case.team else "bi"
            held[case.team, role, what].append(case.child_id)
    for (team, role, what), children in held.items():
        yield ToAct(team=team, role=role, what=what, children=tuple(sorted(children)))


def _amiss(case: Case, known: Posts, today: date) -> str:
    """What keeps anybody from answering for the case, or ""."""
    if not case.team:
        return "without a team, to be given one"
    if not case.worker:
        return "without a worker, to be allocated"
    if known.in_post(case.worker, today, worker_id=case.worker_id):
        return ""
    return "of a worker who is not in post, to be reallocated or audited by the manager"


def _manager(team: str, known: Posts, today: date) -> str:
    """The post that answers for the team: its manager's, or that of whoever covers it."""
    if known.manager(team, today):
        return "tm"
    return "hos" if known.head(team, today) else "hos_qap"


def _vacancies(team: str, known: Posts, today: date) -> Iterator[ToAct]:
    if not known.manager(team, today):
        role = "hos" if known.head(team, today) else "hos_qap"
        yield ToAct(team=team, role=role, what="the team manager's post is vacant or not known")
    if not known.head(team, today):
        yield ToAct(team=team, role="hos_qap", what="no head of service over the team is known")
