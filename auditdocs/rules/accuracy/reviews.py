"""When a team's agreement is to be reviewed, and why.

Source: domain.md C3 (six months, warned four weeks before, overdue listed; TM or BSO leaves: at
once).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.model.accuracy import Agreement
from auditdocs.model.people import Person, Team
from auditdocs.rules.caseload.matching import name_key, people_for

WARNED = timedelta(weeks=4)
"""How long before its day a review is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review that is near, due or overdue, or needed at once."""

    agreement: Agreement
    due: date
    """The day by which it is to be held: today where somebody has left."""
    why: str
    late: bool


def reviews(
    agreements: Iterable[Agreement],
    *,
    on: date,
    people: tuple[Person, ...] = (),
    teams: Mapping[str, Team] | None = None,
) -> tuple[Review, ...]:
    """The reviews that are to be told on that day, the longest overdue first."""
    found = [each for a in agreements for each in _reviews(a, on, people, teams or {})]
    return tuple(sorted(found, key=lambda review: (review.due, review.agreement.team)))


def _reviews(
    agreement: Agreement, on: date, people: tuple[Person, ...], teams: Mapping[str, Team]
) -> Iterator[Review]:
    gone = [*_gone(agreement, on, people, teams.get(agreement.team))]
    due = agreement.review_due
    if gone:
        told = f"{' and '.join(gone)} of version {agreement.version} changed: review at once"
        yield Review(agreement=agreement, due=min(due, on), why=told, late=True)
    elif due < on:
        yield Review(agreement=agreement, due=due, why="review overdue", late=True)
    elif due <= on + WARNED:
        yield Review(agreement=agreement, due=due, why="review due", late=False)


def _gone(
    agreement: Agreement, on: date, people: tuple[Person, ...], team: Team | None
) -> Iterator[str]:
    """Which of the two has left: the register says that they are out of post, or names another."""
    now = {"team manager": (agreement.tm, team.manager if team else "")}
    now["business support officer"] = (agreement.bso, team.business_support if team else "")
    for post, (name, holder) in now.items():
        known = people_for(name, "", people) if name else ()
        left = bool(known) and not any(person.active_on(on) for person in known)
        replaced = bool(holder) and bool(name) and name_key(holder) != name_key(name)
        if left or (replaced and not _still_serves(known, agreement.team, on)):
            yield f"the {post}"


def _still_serves(known: Iterable[Person], team: str, on: date) -> bool:
    """Whether the person is still in post for the team, though another is named first."""
    return any(person.active_on(on) and team in person.teams for person in known)
