"""The teams of the service: who answers for each, and which two audit each other's cases.

Source: domain.md A2 (pairs of team managers), A2.1 (odd number of teams, vacant posts); cli.md,
settings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from auditdocs.errors import UsageFault, nearest
from auditdocs.model.case import Case
from auditdocs.model.people import ROLES, Person, Team
from auditdocs.model.settings import Settings, TeamSettings
from auditdocs.rules.caseload.matching import Directory, directory, name_key, names_before

_CASE_HOLDING = frozenset({"sw", "ssw", "tm"})
_POSTS: Mapping[str, str] = {
    "manager": "tm",
    "head_of_service": "hos",
    "business_support": "bso",
}
"""Field of Team to the role that fills it."""


def staff_teams(
    people: Sequence[Person], cases: Sequence[Case], settings: Settings, *, today: date
) -> tuple[Mapping[str, Team], tuple[str, ...]]:
    """The teams by name, in name order, and warnings of the pairs that had to be assumed.

    A team is one with open cases, with case-holding staff in post, or named in the settings. The
    settings go before the register, the register before the extract.
    """
    in_post = tuple(person for person in people if person.active_on(today))
    named = {team for person in in_post if person.role in _CASE_HOLDING for team in person.teams}
    names = sorted({*settings.teams, *named, *(case.team for case in cases)} - {""})
    held: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        held[case.team].append(case.team_manager)
    known = directory(in_post)
    teams = {name: _team(name, in_post, held[name], settings, known) for name in names}
    return _paired(teams)


def name_today(team: str, teams: Mapping[str, TeamSettings]) -> str:
    """The name that a team has now; `teams` are the settings', which know what it was before."""
    return names_before(teams).get(name_key(team), team)


def team_named(wanted: str, known: Iterable[str], teams: Mapping[str, TeamSettings]) -> str:
    """The team as it is known, however its letters and spaces were written.

    A name that it had before leads to the one it has now, as `teams` of the settings say. Raises
    UsageFault with the nearest one there is, or with all of them.
    """
    today, names = _folded(name_today(wanted, teams)), sorted({*known} - {""})
    if team := next((name for name in names if _folded(name) == today), ""):
        return team
    near = nearest(wanted, names)
    hint = f'Did you mean "{near}"?' if near else f"There are: {', '.join(names)}."
    raise UsageFault(f'There is no team "{wanted}".', where="--team", hint=hint)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def vacancies(teams: Mapping[str, Team]) -> Iterator[str]:
    """For each post that some teams have nobody in, a warning that names the teams."""
    for field, role in _POSTS.items():
        vacant = [name for name, team in teams.items() if not getattr(team, field)]
        if vacant:
            yield f"{ROLES[role]} not known or vacant: {', '.join(vacant)}"


def pairs_in_order(names: Sequence[str]) -> Mapping[str, str]:
    """Each team to the team whose manager audits its cases: neighbours in order.

    Of an odd number the last three form a ring; one alone has no pair. Source: domain.md A2.1.
    """
    pairs = dict(zip(names[::2], names[1::2], strict=False))
    ring = names[-3:] if len(names) % 2 and len(names) > 1 else ()
    around = dict(zip(ring, (*ring[1:], *ring[:1]), strict=True))
    return pairs | {second: first for first, second in pairs.items()} | around


def _team(
    name: str,
    people: Sequence[Person],
    managers: Sequence[str],
    settings: Settings,
    known: Directory,
) -> Team:
    """The team; `managers` are those that its cases name."""
    said = settings.teams.get(name, TeamSettings())
    members = [person for person in people if name in person.teams]
    holders = {role: _first(members, role) for role in ("tm", "bso")}
    manager = said.manager or _name(holders["tm"]) or _commonest(managers)
    return Team(
        name=name,
        manager=_spelled(manager, known),
        head_of_service=_spelled(said.head_of_service or _head(members, known), known),
        business_support=_spelled(said.business_support or _name(holders["bso"]), known),
        pair=said.pair,
        renamed_from=said.renamed_from,
    )


def _first(people: Iterable[Person], role: str) -> Person | None:
    """The holder of a role; of several the first by name."""
    held = (person for person in people if person.role == role)
    return min(held, key=lambda person: person.name, default=None)


def _head(members: Sequence[Person], known: Directory) -> str:
    """The head of service over the team's manager, or over most of the team."""
    manager = _first(members, "tm")
    boss = known.person(manager.supervisor) if manager else None
    if manager and manager.head_of_service:
        return manager.head_of_service
    if boss and boss.role == "hos":
        return boss.name
    return _commonest(one.head_of_service for one in members if one.role in _CASE_HOLDING)


def _commonest(names: Iterable[str]) -> str:
    times = Counter(name for name in names if name)
    return min(times, key=lambda name: (-times[name], name), default="")


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _spelled(name: str, known: Directory) -> str:
    person = known.person(name)
    return person.name if person else name


def _paired(teams: Mapping[str, Team]) -> tuple[dict[str, Team], tuple[str, ...]]:
    """The teams with their pairs: those of the settings both ways, the rest in name order."""
    known = {name_key(name): name for name in teams}
    said = {name: known.get(name_key(team.pair), "") for name, team in teams.items() if team.pair}
    pairs = {other: name for name, other in said.items() if other} | said
    areas: dict[str, list[str]] = defaultdict(list)
    for name, team in teams.items():
        if name not in pairs:
            areas[team.head_of_service].append(name)
    assumed = {name: other for names in areas.values() for name, other in _pairs(names)}
    found = {
        name: replace(team, pair=(pairs | assumed).get(name, "")) for name, team in teams.items()
    }
    return found, tuple(_pair_warnings(found, said, assumed))


def _pairs(names: Sequence[str]) -> Iterable[tuple[str, str]]:
    return pairs_in_order(names).items()


def _pair_warnings(
    teams: Mapping[str, Team], said: Mapping[str, str], assumed: Mapping[str, str]
) -> Iterator[str]:
    for name, other in said.items():
        if not other:
            yield f'auditdocs.toml, [teams."{name}"]: the pair it names is not a team'
    if assumed:
        audited = "; ".join(f"{name} by {other}" for name, other in assumed.items())
        yield (
            "auditdocs.toml names no pairs for these teams, so they are paired in name order under "
            f"each head of service. Whose cases are audited by whom: {audited}"
        )
    alone = [name for name, team in teams.items() if not team.pair and name not in said]
    if alone:
        yield (
            f"No other team can audit the cases of {', '.join(alone)}: name a pair in "
            'auditdocs.toml, [teams."NAME"] pair'
        )
