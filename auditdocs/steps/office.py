"""An office: an open workspace with its settings, journal and contracts, on a given day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from auditdocs.errors import (
    ContractFault,
    SettingsFault,
    Unavailable,
    UsageFault,
    WorkspaceFault,
    nearest,
)
from auditdocs.model.audit import Audit
from auditdocs.model.contract import CASE, Contract
from auditdocs.model.extract import RowProblem
from auditdocs.model.people import Staff
from auditdocs.model.settings import Settings
from auditdocs.places import journal as journals
from auditdocs.places.disk import whole
from auditdocs.places.guard import Guard
from auditdocs.places.journal import Journal
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import ids_of_audits
from auditdocs.places.journal.caseload import Caseload, caseload, edition, problems, register
from auditdocs.places.journal.copies import day_books, is_lost
from auditdocs.places.templates import contracts, earlier_contracts, readable_contracts
from auditdocs.places.workspace import SETTINGS, Workspace, run_together
from auditdocs.rules.caseload.matching import matched
from auditdocs.rules.caseload.people import staff
from auditdocs.rules.caseload.team_faults import team_faults
from auditdocs.rules.forms.versions import joined, unnumbered
from auditdocs.rules.settings import settings

Item = TypeVar("Item")

MOST_SECONDS = 10.0
MOST_MEGABYTES = 512
"""What the reading of one file may take."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of day and how to wait, handed in from outside so that a run can be repeated."""

    now: Callable[[], datetime]
    pause: Callable[[float], None]
    seconds: Callable[[], float]
    """Seconds since 1970 as they pass here: within a run no change of the clock moves them."""


Progress = Callable[[str, int, int], None]
"""Told as work goes on: what is done, how many of it, of how many; of 0 where nobody can say."""


def _untold(what: str, done: int, of: int) -> None:
    """Nobody waits to be told."""


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a step needs, opened once."""

    workspace: Workspace
    settings: Settings
    journal: Journal
    contracts: Mapping[str, Contract]
    """The audits of single cases, by key."""
    today: date
    clock: Clock
    of_teams: Mapping[str, Contract] = field(default_factory=dict)
    """The contracts that are about a team: agreements and check lists, by key."""
    progress: Progress = _untold
    guard: Guard = field(default_factory=lambda: Guard(MOST_SECONDS, MOST_MEGABYTES))
    """The process in which returned files are read."""
    services: dict[str, "Service"] = field(init=False, default_factory=dict)
    """The service that was asked for last, by its edition."""
    current: Mapping[str, Contract] = field(init=False)
    """The audits of single cases as their forms go out now, by their contract's fingerprint."""

    def __post_init__(self) -> None:
        """The reader is told of them with every form: always the same, it is told once."""
        current = {contract.fingerprint: contract for contract in self.contracts.values()}
        object.__setattr__(self, "current", current)

    def counted(self, what: str, items: Iterable[Item]) -> Iterator[Item]:
        """The items one after another, told after each how many are done."""
        of = len(items) if isinstance(items, Sized) else 0
        for done, item in enumerate(items, start=1):
            yield item
            self.progress(what, done, of)

    @property
    def types(self) -> Mapping[str, Contract]:
        """Every contract in use, by key: those of single cases, then those of teams."""
        return {**self.contracts, **self.of_teams}

    def contract(self, key: str) -> Contract:
        """The audit type of that key. Raises UsageFault with the nearest one there is."""
        types = self.types
        if key in types:
            return types[key]
        raise no_such_type(key, types)

    def audit(self, reference: str) -> Audit:
        """The audit of that id, whatever its capitals. Raises UsageFault with the nearest one."""
        found = audit_of(self.journal, reference.strip().upper())
        if found is None:
            close = nearest(reference, ids_of_audits(self.journal, but=()))
            meant = f"Did you mean {close}? " if close else ""
            raise UsageFault(
                f'There is no audit "{reference}".',
                hint=f"{meant}An audit id looks like Q-2026-07-0012; it stands on the form and in "
                'the ledger\'s column "Audit ID".',
            )
        return found

    def sheet(self, key: str) -> str:
        """The ledger sheet of a type, by which its files are archived, though the type be gone."""
        kept, _ = readable_contracts(self.workspace.archive)
        of = self.types.get(key) or next((each for each in kept if each.key == key), None)
        return of.sheet if of else key

    def with_earlier_versions(self, contract: Contract) -> Contract:
        """The contract with what its earlier versions asked, as the ledger shows it."""
        return joined(contract, earlier_contracts(self.workspace.archive, contract))

    def editions(self) -> Mapping[str, Contract]:
        """Every contract that forms went out by and that can be read, and those of now, by
        fingerprint."""
        now = {each.fingerprint: each for each in self.types.values()}
        kept, _ = readable_contracts(self.workspace.archive)
        return {**{each.fingerprint: each for each in kept}, **now}


@dataclass(frozen=True, slots=True)
class Service:
    """The caseload at its data date with the people who carry it, names matched."""

    caseload: Caseload
    staff: Staff
    problems: tuple[RowProblem, ...]


def no_such_type(key: str, known: Iterable[str]) -> UsageFault:
    """The refusal of an audit type that there is not, with the nearest one there is."""
    close = nearest(key, known)
    meant = f"Did you mean {close}? " if close else ""
    there = ", ".join(sorted(known))
    return UsageFault(f'There is no audit type "{key}".', hint=f"{meant}There are: {there}.")


def journal_of(workspace: Workspace, *, today: date) -> Journal:
    """The workspace's journal, opened. Raises Unavailable rather than begin anew a lost one."""
    if is_lost(workspace.journal, workspace.archive):
        raise Unavailable(
            "The journal is gone: there are copies of it in the archive, and no journal.",
            where=str(workspace.journal),
            hint="Nothing is taken in until it is back. If its disk or share is away, wait for it; "
            'if not, run "auditdocs recover".',
        )
    return journals.opened(workspace.journal, day=today, book=day_books(workspace.archive))


def workspace_of(root: Path) -> tuple[Workspace, Settings]:
    """A workspace with its folders where its settings put them, and the settings.

    Raises SettingsFault, or Unavailable where the file cannot be read now.
    """
    chosen = settings(_settings_text(root))
    workspace = Workspace(root, chosen.paths)
    if faults := run_together(workspace):
        raise SettingsFault(
            "\n".join(faults),
            where=SETTINGS,
            hint="Give each a place of its own under [paths] in auditdocs.toml, and try again.",
        )
    return workspace, chosen


def _settings_text(root: Path) -> str:
    try:
        return whole(Workspace(root).settings).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsFault(
            "auditdocs.toml is not saved as UTF-8 text, so letters such as é or £ would be lost.",
            where=SETTINGS,
            hint="In Notepad choose Save as, Encoding UTF-8, and try again.",
        ) from error


@contextmanager
def opened(
    root: Path,
    *,
    today: date,
    clock: Clock,
    progress: Progress = _untold,
) -> Iterator[Office]:
    """The office of a workspace, open while the block runs."""
    workspace, chosen = workspace_of(root)
    known = contracts(workspace.templates)
    of_cases = {key: each for key, each in known.items() if each.family == CASE}
    of_teams = {key: each for key, each in known.items() if each.family != CASE}
    journal = journal_of(workspace, today=today)
    office = Office(workspace, chosen, journal, of_cases, today, clock, of_teams, progress)
    try:
        yield office
    finally:
        office.guard.close()
        journal.close()


def service(office: Office, *, on: date | None = None) -> Service:
    """The newest caseload, or the one that was newest on that day, and the staff.

    Raises WorkspaceFault before the first extract.
    """
    mark = edition(office.journal, on=on)
    if mark not in office.services:
        found = _service(office, caseload(office.journal, on=on) or caseload(office.journal))
        office.services.clear()
        office.services[mark] = found
    return office.services[mark]


def _service(office: Office, newest: Caseload | None) -> Service:
    if newest is None:
        raise WorkspaceFault(
            "No extract has been taken yet, so there are no cases to choose from.",
            where=str(office.workspace.root),
            hint='Drop the extract in inbox/ and run "auditdocs collect", or run '
            '"auditdocs extract take FILE".',
        )
    listed = register(office.journal)
    people = listed.people if listed else ()
    cases, strangers = matched(
        newest.cases, people, today=office.today, teams=office.settings.teams
    )
    known = staff(people, cases, office.settings, today=office.today)
    return Service(Caseload(newest.data_date, cases), known, strangers)


def faults_of_records(
    office: Office, *, on: date | None = None
) -> Mapping[str, tuple[RowProblem, ...]]:
    """The faults of the newest extract's rows, or of the one newest on that day, by team."""
    listed = register(office.journal)
    found = problems(office.journal, on=on)
    return team_faults(found, listed.people if listed else (), teams=office.settings.teams)


def contract_warnings(office: Office, contract: Contract) -> tuple[str, ...]:
    """That the contract was changed since forms went out by it and kept its number, if it was."""
    kept, faults = readable_contracts(office.workspace.archive)
    told = unnumbered(contract, kept)
    return ((" ".join(told),) if told else ()) + contracts_unread(faults)


def contracts_unread(faults: Iterable[ContractFault]) -> tuple[str, ...]:
    """Why contracts that forms went out by cannot be read, each with its file and what to do."""
    return tuple(f"{Path(fault.where).name}: {fault.text} {fault.hint}" for fault in faults)
