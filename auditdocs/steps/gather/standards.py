"""The rows of *Standards*: from the contracts in use and those that forms were issued by."""

from collections.abc import Iterable, Iterator
from datetime import date

from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Line
from auditdocs.places.journal.audits import first_issue
from auditdocs.places.templates import readable_contracts
from auditdocs.rules.register.standards import STANDARDS, InForce, standard_rows
from auditdocs.steps.office import Office


def standard_lines(office: Office) -> Iterator[Line]:
    """Every wording of every standard, with the days it was in force.

    Those of a contract that cannot be read are left as they stand.
    """
    earlier, _ = readable_contracts(office.workspace.archive)
    for contract in office.contracts.values():
        history = in_force(office, contract, earlier)
        for key, row in standard_rows(history):
            yield Line(STANDARDS.name, key, row)


def in_force(office: Office, current: Contract, earlier: Iterable[Contract]) -> list[InForce]:
    """The contracts of one type that forms were issued by, oldest first, and the one in use."""
    same = (each for each in earlier if each.key == current.key)
    others = (each for each in same if each.fingerprint != current.fingerprint)
    before = [
        InForce(each, since)
        for each in others
        if (since := first_issue(office.journal, each.fingerprint)) is not None
    ]
    before.sort(key=lambda each: (each.since or date.max, each.contract.version))
    return [*before, InForce(current, first_issue(office.journal, current.fingerprint))]
