"""The people of a made-up council: two areas or more, four teams or more, and who is over whom.

An area has a Family Support and a Children in Care team and a business support officer; up to
four areas share a head of service. Posts grow with the caseload, so that nobody holds too much.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from auditdocs.model.people import Person
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.made_up.chance import Chance
from auditdocs.rules.made_up.names import area_name, person_name

_CASES_A_WORKER = 18
_CASES_A_REVIEWER = 65
_CHILDREN_AN_AREA = 150
_AREAS_A_HEAD = 4
_QUALITY_TEAM = "Quality, Audit and Performance"
_TURNS = {"sw": 4, "ssw": 3}
"""How many cases of each round go to a worker: a senior, who also supervises, holds fewer."""

REGISTER_HEADINGS = (
    "worker_id",
    "name",
    "aliases",
    "role",
    "team",
    "supervisor",
    "head_of_service",
    "active_from",
    "active_to",
)


def made_up_areas(children: int) -> tuple[str, ...]:
    """The areas of a service with that many open cases, two at least."""
    return tuple(area_name(place) for place in range(max(2, _posts(children, _CHILDREN_AN_AREA))))


def family_support(area: str) -> str:
    """The team for the area's children who live at home."""
    return f"Family Support {area}"


def children_in_care(area: str) -> str:
    """The team for the area's looked after children."""
    return f"Children in Care {area}"


def made_up_staff(
    areas: Sequence[str],
    *,
    caseloads: Mapping[str, int],
    looked_after: int,
    protected: int,
    chance: Chance,
    data_date: date,
) -> tuple[Person, ...]:
    """Everybody in the council, heads of service first. `caseloads` is open cases by team."""
    newcomers = _newcomers(chance, data_date)
    quality, support = _post(newcomers, "hos_qap"), _post(newcomers, "hos_bs")
    heads = [_post(newcomers, "hos") for _ in range(max(2, _posts(len(areas), _AREAS_A_HEAD)))]
    people = [*heads, quality, support]
    people += _reviewers(newcomers, "iro", max(2, _posts(looked_after, _CASES_A_REVIEWER)), quality)
    people += _reviewers(newcomers, "cp_adviser", _posts(protected, _CASES_A_REVIEWER), quality)
    for place, area in enumerate(areas):
        people += _area_people(newcomers, area, caseloads, heads[place % len(heads)], support)
    return tuple(people)


def case_turns(people: Sequence[Person]) -> Mapping[str, tuple[str, ...]]:
    """For each team, its workers' names in the order in which a round of cases goes to them."""
    workers: dict[str, list[Person]] = {}
    for person in people:
        if person.role in _TURNS:
            workers.setdefault(person.teams[0], []).append(person)
    return {team: tuple(_round(members)) for team, members in workers.items()}


def register_rows(people: Sequence[Person]) -> tuple[tuple[str, ...], ...]:
    """The staff register as rows of text, headings first, dates dd/mm/yyyy, lists by ";"."""
    return (REGISTER_HEADINGS, *(_register_row(person) for person in people))


def _newcomers(chance: Chance, data_date: date) -> Iterator[Person]:
    for place in count():
        mine = chance.about("person", place)
        name = person_name(chance, place)
        forename, _, surname = name.partition(" ")
        yield Person(
            name=name,
            worker_id=f"W{10_001 + place}",
            aliases=(f"{surname}, {forename}",) if mine.happens("alias", one_in=5) else (),
            active_from=data_date - timedelta(days=mine.number("post", low=100, high=4_000)),
        )


def _post(
    newcomers: Iterator[Person],
    role: str,
    *teams: str,
    supervisor: str = "",
    head: str = "",
) -> Person:
    person = next(newcomers)
    return replace(person, role=role, teams=teams, supervisor=supervisor, head_of_service=head)


def _reviewers(
    newcomers: Iterator[Person], role: str, posts: int, quality: Person
) -> Iterator[Person]:
    for _ in range(posts):
        yield _post(newcomers, role, _QUALITY_TEAM, supervisor=quality.name, head=quality.name)


def _area_people(
    newcomers: Iterator[Person],
    area: str,
    caseloads: Mapping[str, int],
    head: Person,
    support: Person,
) -> Iterator[Person]:
    teams = family_support(area), children_in_care(area)
    for team in teams:
        yield from _team_people(newcomers, team, caseloads.get(team, 0), head)
    yield _post(newcomers, "bso", *teams, supervisor=support.name, head=support.name)


def _team_people(
    newcomers: Iterator[Person], team: str, caseload: int, head: Person
) -> Iterator[Person]:
    manager = _post(newcomers, "tm", team, supervisor=head.name, head=head.name)
    yield manager
    supervisor, workers = manager, max(1, _posts(caseload, _CASES_A_WORKER))
    if workers > 1:
        supervisor = _post(newcomers, "ssw", team, supervisor=manager.name, head=head.name)
        yield supervisor
    for _ in range(workers - (supervisor is not manager)):
        yield _post(newcomers, "sw", team, supervisor=supervisor.name, head=head.name)


def _round(workers: Sequence[Person]) -> Iterator[str]:
    for turn in range(max(_TURNS.values())):
        yield from (person.name for person in workers if turn < _TURNS[person.role])


def _register_row(person: Person) -> tuple[str, ...]:
    return (
        person.worker_id,
        person.name,
        ";".join(person.aliases),
        person.role,
        ";".join(person.teams),
        person.supervisor,
        person.head_of_service,
        uk_date(person.active_from),
        uk_date(person.active_to),
    )


def _posts(work: int, each: int) -> int:
    return -(-work // each)
