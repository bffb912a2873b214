"""Who is meant: the same person and the same team however an extract spells them.

Source: domain.md A3.1 (worker name variants), B3.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.extract import RowProblem
from auditdocs.model.people import Person
from auditdocs.model.settings import TeamSettings

NO_TEAMS: Mapping[str, TeamSettings] = MappingProxyType({})
_APOSTROPHES = "'’‘ʼ`´＇"
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys(_APOSTROPHES, "")
)


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """What of a name counts: its words in lower case and plain letters, forename first.

    Case, accents, apostrophes, hyphens, dots and spaces of every kind do not; "Surname, Forename"
    is turned round.
    """
    surname, comma, forename = unicodedata.normalize("NFKC", text).partition(",")
    turned = f"{forename} {surname}" if comma else surname
    letters = _plain(_plain(turned))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def person_for(name: str, worker_id: str, people: Iterable[Person]) -> Person | None:
    """The one person of that id or, where no one has it, of that name or alias.

    None when nobody fits or several do: never a guess.
    """
    fits = people_for(name, worker_id, people)
    return fits[0] if len(fits) == 1 else None


def people_for(name: str, worker_id: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Everybody who has that id or, where no one has it, that name or alias."""
    people = tuple(people)
    wanted, key = worker_id.casefold(), name_key(name)
    by_id = tuple(one for one in people if wanted and one.worker_id.casefold() == wanted)
    return by_id or tuple(one for one in people if key and key in name_keys(one))


@dataclass(frozen=True, slots=True)
class Directory:
    """People laid out by id and by name_key, for those who look up many."""

    by_id: Mapping[str, tuple[Person, ...]]
    by_name: Mapping[str, tuple[Person, ...]]

    def fits(self, name: str, worker_id: str) -> tuple[Person, ...]:
        """Everybody who has that id or, where no one has it, that name or alias."""
        found = self.by_id.get(worker_id.casefold(), ()) if worker_id else ()
        return found or self.by_name.get(name_key(name), ())

    def person(self, name: str, worker_id: str = "") -> Person | None:
        """The one of them, None when nobody fits or several do."""
        found = self.fits(name, worker_id)
        return found[0] if len(found) == 1 else None


def directory(people: Iterable[Person]) -> Directory:
    """The directory of these people, in their order."""
    by_id: dict[str, list[Person]] = defaultdict(list)
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_id[person.worker_id.casefold()].append(person)
        for key in name_keys(person) - {""}:
            by_name[key].append(person)
    return Directory(
        {key: tuple(found) for key, found in by_id.items()},
        {key: tuple(found) for key, found in by_name.items()},
    )


def name_keys(person: Person) -> frozenset[str]:
    """Every name_key the person answers to."""
    return frozenset(name_key(name) for name in (person.name, *person.aliases))


def team_spellings(
    people: Iterable[Person], teams: Mapping[str, TeamSettings] = NO_TEAMS
) -> dict[str, str]:
    """The name_key of a team to the team's name: the settings' spelling, else the register's.

    A name that a team had before leads to the one it has now.
    """
    spelled = {name_key(team): team for person in people for team in person.teams}
    spelled |= {name_key(team): team for team in teams}
    return spelled | names_before(teams)


def names_before(teams: Mapping[str, TeamSettings]) -> dict[str, str]:
    """The name_key of each name that a team had before to the one it has now."""
    return {name_key(old): team for team, said in teams.items() for old in said.renamed_from}


def matched(
    cases: Iterable[Case],
    people: tuple[Person, ...],
    *,
    today: date,
    teams: Mapping[str, TeamSettings] = NO_TEAMS,
) -> tuple[tuple[Case, ...], tuple[RowProblem, ...]]:
    """The cases with workers and teams as the register spells them, and who is not on it.

    A worker the register does not know keeps the spelling that most cases have, and where one id
    alone stands beside that name, has it in every case. There is a problem
    for each worker of open cases who is not on the register, cannot be told from another, or is
    not in post today; it says the team and how many children, not the name. Without a register
    there is none.
    """
    cases = tuple(cases)
    known = directory(people)
    workers = {worker: known.fits(*worker) for worker in dict.fromkeys(map(_worker, cases))}
    names, ids = _commonest(case.worker for case in cases), only_ids(cases)
    places = _commonest(case.team for case in cases) | team_spellings(people, teams)
    spelled = tuple(_spelled(case, workers[_worker(case)], names, ids, places) for case in cases)
    return spelled, tuple(_strangers(spelled, workers, cases, today) if people else ())


def only_ids(cases: Iterable[Case | Audit]) -> dict[str, str]:
    """Each name_key beside which one id alone stands, to that id."""
    found: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        if case.worker and case.worker_id:
            found[name_key(case.worker)].add(case.worker_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _plain(text: str) -> str:
    """Lower case and without accents; done twice it changes nothing more."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.translate(_PLAIN_LETTERS)


def _worker(case: Case) -> tuple[str, str]:
    return case.worker, case.worker_id


def _commonest(spellings: Iterable[str]) -> dict[str, str]:
    """Each name_key to the spelling that most cases have; of equals the first by alphabet."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for spelling in spellings:
        counted[name_key(spelling)][spelling] += 1
    return {
        key: min(times, key=lambda spelling: (-times[spelling], spelling))
        for key, times in counted.items()
    }


def _spelled(
    case: Case,
    fits: tuple[Person, ...],
    names: Mapping[str, str],
    ids: Mapping[str, str],
    places: Mapping[str, str],
) -> Case:
    team, key = places[name_key(case.team)], name_key(case.worker)
    worker, worker_id = names[key], case.worker_id or ("" if fits else ids.get(key, ""))
    if len(fits) == 1:
        worker, worker_id = fits[0].name, fits[0].worker_id or case.worker_id
    if (team, worker, worker_id) == (case.team, case.worker, case.worker_id):
        return case
    return replace(case, team=team, worker=worker, worker_id=worker_id)


def _strangers(
    spelled: tuple[Case, ...],
    workers: Mapping[tuple[str, str], tuple[Person, ...]],
    cases: tuple[Case, ...],
    today: date,
) -> Iterator[RowProblem]:
    held: Counter[tuple[str, str, str, str]] = Counter()
    for case, as_it_came in zip(spelled, cases, strict=True):
        why = _why_strange(workers[_worker(as_it_came)], today)
        if case.is_open and (case.worker or case.worker_id) and why:
            held[case.team, case.worker, case.worker_id, why] += 1
    for (team, _, _, why), children in sorted(held.items()):
        count = f"{children} open {'child' if children == 1 else 'children'}"
        place = f"of team {team}" if team else "without a team"
        yield RowProblem(0, "worker", f"a worker {place}, who has {count}, {why}")


def _why_strange(fits: tuple[Person, ...], today: date) -> str:
    if len(fits) > 1:
        return "has a name that several people on the staff register have: a worker id would tell"
    if not fits:
        return "is not on the staff register"
    return "" if fits[0].active_on(today) else "is on the staff register, but not in post"
