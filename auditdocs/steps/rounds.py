"""The rounds of accuracy checks as the journal has them, and what they came to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from auditdocs.errors import WorkspaceFault
from auditdocs.model.accuracy import CheckList
from auditdocs.places.journal.caseload import newest_extract
from auditdocs.places.journal.check_lists import found_rows
from auditdocs.rules.accuracy.results import (
    Finding,
    ItemRound,
    Round,
    findings,
    item_rounds,
    left_open,
)
from auditdocs.rules.automatic.catalogue import fields_held
from auditdocs.steps.agreements import lists, lists_of
from auditdocs.steps.list_out import check_list_contract
from auditdocs.steps.office import Office, service


@dataclass(frozen=True, slots=True)
class Results:
    """Every round, every finding, and the figures of every item and round."""

    rounds: tuple[Round, ...] = ()
    findings: tuple[Finding, ...] = ()
    figures: tuple[ItemRound, ...] = ()

    @property
    def left_open(self) -> tuple[Finding, ...]:
        """The findings in which something is left to do."""
        return left_open(self.findings, self.rounds)


def results(office: Office) -> Results:
    """What all checks came to, held against the newest extract."""
    return _results(office, lists(office))


def results_of(office: Office, teams: Collection[str]) -> Results:
    """What the checks of teams of these present names came to, held against the newest extract."""
    return _results(office, lists_of(office, teams))


def _results(office: Office, of: Iterable[CheckList]) -> Results:
    rounds = tuple(Round(of=each, found=found_rows(office.journal, each.list_id)) for each in of)
    found = _findings(office, rounds)
    return Results(rounds, found, item_rounds(rounds, found))


def _findings(office: Office, rounds: tuple[Round, ...]) -> tuple[Finding, ...]:
    contract, extract = check_list_contract(office), newest_extract(office.journal)
    if contract is None or extract is None or not any(each.found for each in rounds):
        return findings(rounds)
    try:
        now = service(office)
    except WorkspaceFault:
        return findings(rounds)
    return findings(
        rounds,
        contract=office.of_teams.get(contract.agreement),
        now={case.child_id: case for case in now.caseload.cases},
        data_date=now.caseload.data_date,
        held=fields_held(extract.mapping, now.staff.people),
    )
