"""The people of the service: the staff register read, and staff and teams put together.

Source: domain.md A0.1, B1 (staff register); cli.md, settings (teams and pairs).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from auditdocs.errors import ExtractFault
from auditdocs.model.case import Case
from auditdocs.model.extract import Register, RowProblem
from auditdocs.model.people import ROLES, Person, Staff
from auditdocs.model.settings import Settings
from auditdocs.model.tables import Table, Value
from auditdocs.rules.caseload.cells import Reading, day, filled
from auditdocs.rules.caseload.columns import COLUMNS as CASE_COLUMNS
from auditdocs.rules.caseload.columns import Column
from auditdocs.rules.caseload.headings import heading_key, near_headings
from auditdocs.rules.caseload.lists import Headed, headed
from auditdocs.rules.caseload.matching import directory, name_key, name_keys, team_spellings
from auditdocs.rules.caseload.teams import staff_teams, vacancies

STANDARD_POSTS: Mapping[str, str] = MappingProxyType({})
COLUMNS: tuple[Column, ...] = (
    Column("worker_id", "text", "worker_id", ("Staff ID", "Employee ID", "SWE Number")),
    Column(
        "name",
        "text",
        "name",
        ("Full Name", "Staff Name", "Worker Name", "Employee Name"),
        required=True,
    ),
    Column("aliases", "text", "aliases", ("Alias", "Also Known As", "Other Names")),
    Column("role", "text", "role", ("Job Title", "Post", "Post Title", "Job Role"), required=True),
    Column("team", "text", "team", ("Teams", "Allocated Team")),
    Column("supervisor", "text", "supervisor", ("Line Manager", "Manager")),
    Column("head_of_service", "text", "head_of_service", ("HoS",)),
    Column("active_from", "date", "active_from", ("Start Date", "Started", "From")),
    Column("active_to", "date", "active_to", ("End Date", "Leaving Date", "Left", "To")),
)
"""The columns of a staff register (cli.md)."""

_CHILD = replace(
    next(column for column in CASE_COLUMNS if column.name == "child_id"), required=False
)
_FEWEST = 3
_TITLES: Mapping[str, tuple[str, ...]] = {
    "sw": ("Social Worker (SW)", "Allocated Social Worker"),
    "ssw": ("Senior Social Worker (SSW)", "Senior Practitioner", "Advanced Practitioner"),
    "tm": ("Team Manager (TM)", "Practice Manager"),
    "bso": ("Business Support Officer (BSO)", "Business Support"),
    "iro": ("Independent Reviewing Officer (IRO)",),
    "cp_adviser": ("FSCPA", "CP Adviser", "CP Chair", "Child Protection Conference Chair"),
    "hos": ("Head of Service (HoS)", "Head of Services"),
    "hos_qap": ("Head of Service for Performance, Audit and Review",),
}


def is_register(tables: tuple[Table, ...]) -> bool:
    """Whether a sheet has the headings of a staff register, and none of a caseload."""
    return _register_sheet(tables) is not None


def register(tables: tuple[Table, ...], *, posts: Mapping[str, str] = STANDARD_POSTS) -> Register:
    """The people of a staff register, in its order, and what is odd about its rows.

    `posts` is `[posts]` of the settings: role key to the service's own title. Several aliases and
    teams in one cell are parted by ";". Raises ExtractFault when there is no register, or when a
    column is missing or double.
    """
    sheet = _register_sheet(tables)
    if sheet is None:
        raise ExtractFault("This is no staff register.", hint=_HINT)
    _refuse_headings(sheet)
    titles = _role_titles(posts)
    read = [_person(sheet, number, cells, titles) for number, cells in sheet.records()]
    people = tuple(person for person, _, _ in read if person.name)
    problems = [problem for _, _, odd in read for problem in odd]
    rows = {number: person for person, number, _ in read if person.name}
    return Register(
        people=people,
        problems=tuple(sorted((*problems, *_odd_people(sheet, rows)), key=lambda one: one.row)),
        mapping=sheet.headings.mapping,
        unmapped=sheet.headings.unmapped,
        rows=len(read),
    )


def staff(
    register_people: tuple[Person, ...],
    cases: tuple[Case, ...],
    settings: Settings,
    *,
    today: date,
) -> Staff:
    """Everybody and every team, from register, settings and extract together.

    `people` holds the register's people, in post or not (their dates tell), and the workers of
    open cases whom it does not know. `cases` are as `matching.matched` gives them. What is vacant
    or had to be assumed is told in the warnings, which name teams and posts, no person.
    """
    still_open = [case for case in cases if case.is_open]
    known = (*register_people, *_unregistered(still_open, register_people))
    spelled = team_spellings(known, settings.teams)
    people = tuple(_in_teams(person, spelled) for person in known)
    teams, assumed = staff_teams(people, still_open, settings, today=today)
    blank = vacancies(teams) if register_people else (_NO_REGISTER,)
    return Staff(people=people, teams=teams, warnings=tuple(blank), pair_warnings=assumed)


_HINT = (
    "A staff register has one row of headings: "
    f"{', '.join(column.heading for column in COLUMNS)}; name and role must be there."
)
_NO_REGISTER = (
    "There is no staff register: workers and teams come from the extract, and the names of "
    "managers stay blank. Drop a staff list with the headings worker_id, name, aliases, role, "
    "team, supervisor, head_of_service, active_from, active_to into the inbox."
)


def _register_sheet(tables: tuple[Table, ...]) -> Headed | None:
    for table in tables:
        sheet = headed(table, columns=(*COLUMNS, _CHILD))
        fields = {*sheet.headings.places, *sheet.headings.ambiguous} if sheet else set()
        if "name" in fields and len(fields) >= _FEWEST and "child_id" not in fields:
            return sheet
    return None


def _refuse_headings(sheet: Headed) -> None:
    where = f"sheet {sheet.name}"
    for name, headings in sheet.headings.ambiguous.items():
        raise ExtractFault(
            f"Two headings of the staff register could hold {name}: {', '.join(headings)}.",
            where=where,
            hint="Give one of them another heading.",
        )
    for name in sheet.headings.missing:
        near = " or ".join(near_headings(name, sheet.headings.unmapped, COLUMNS))
        guess = f"Is {name} the column {near}? " if near else ""
        raise ExtractFault(
            f"The staff register has no column for {name}.", where=where, hint=guess + _HINT
        )


def _role_titles(posts: Mapping[str, str]) -> Mapping[str, str]:
    """Every way to write a role, by heading_key, to its key; the service's own titles last."""
    ways = [(key, title) for key, titles in _TITLES.items() for title in titles]
    ways += [*((key, key) for key in ROLES), *((key, title) for key, title in ROLES.items())]
    return {heading_key(title): key for key, title in (*ways, *posts.items())}


def _person(
    sheet: Headed, number: int, cells: Mapping[str, Value], titles: Mapping[str, str]
) -> tuple[Person, int, list[RowProblem]]:
    words = {name: filled(cells.get(name)) for name in ("worker_id", "name", "role")}
    dates = {name: day(cells.get(name)) for name in ("active_from", "active_to")}
    person = Person(
        name=words["name"],
        worker_id=words["worker_id"],
        aliases=_parted(cells.get("aliases")),
        role=titles.get(heading_key(words["role"]), ""),
        teams=_parted(cells.get("team")),
        supervisor=filled(cells.get("supervisor")),
        head_of_service=filled(cells.get("head_of_service")),
        active_from=_date(dates["active_from"]),
        active_to=_date(dates["active_to"]),
    )
    faults = [(name, reading.fault) for name, reading in dates.items() if reading.fault]
    faults += _odd_person(person, role=words["role"])
    return person, number, [RowProblem(number, *fault, sheet=sheet.name) for fault in faults]


def _parted(value: Value) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in filled(value).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _date(reading: Reading) -> date | None:
    return reading.value if isinstance(reading.value, date) else None


def _odd_person(person: Person, *, role: str) -> Iterator[tuple[str, str]]:
    if not person.name:
        yield "name", "no name, so the row is left out"
    if not person.role:
        roles = ", ".join(ROLES)
        yield "role", f"{'the role is not one of' if role else 'no role; give one of'}: {roles}"
    if person.active_from and person.active_to and person.active_to < person.active_from:
        yield "active_to", "the last day is before the first"


def _odd_people(sheet: Headed, rows: Mapping[int, Person]) -> Iterator[RowProblem]:
    """What is odd about a row beside the others: an id or a name twice, a superior not listed."""
    ids = Counter(person.worker_id.casefold() for person in rows.values() if person.worker_id)
    names = Counter(key for person in rows.values() for key in name_keys(person))
    for number, person in rows.items():
        if ids[person.worker_id.casefold()] > 1:
            yield RowProblem(number, "worker_id", "another row has this id", sheet=sheet.name)
        if any(names[key] > 1 for key in name_keys(person)):
            words = "another row has this name or alias, so only an id tells who is meant"
            yield RowProblem(number, "name", words, sheet=sheet.name)
        for field in ("supervisor", "head_of_service"):
            said = getattr(person, field)
            if said and not names[name_key(said)]:
                yield RowProblem(number, field, "this person has no row", sheet=sheet.name)


def _unregistered(cases: Iterable[Case], people: tuple[Person, ...]) -> Iterator[Person]:
    """The workers of open cases whom the register does not know, by name, as social workers."""
    held: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        if case.worker:
            held.setdefault((case.worker, case.worker_id), []).append(case)
    known = directory(people)
    for (name, worker_id), theirs in sorted(held.items()):
        if not known.fits(name, worker_id):
            yield Person(
                name=name,
                worker_id=worker_id,
                role="sw",
                teams=tuple(sorted({case.team for case in theirs if case.team})),
                supervisor=_only({case.supervisor for case in theirs if case.supervisor}),
            )


def _in_teams(person: Person, spelled: Mapping[str, str]) -> Person:
    return replace(person, teams=tuple(spelled[name_key(team)] for team in person.teams))


def _only(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""
