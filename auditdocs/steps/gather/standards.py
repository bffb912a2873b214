"""The rows of *Standards*: from the contracts in use and those that forms were issued by."""

from collections.abc import Iterator, Mapping
from datetime import date

from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Line
from auditdocs.places.journal.audits import first_issues
from auditdocs.places.templates import kept_contracts
from auditdocs.rules.register.standards import STANDARDS, InForce, standard_rows
from auditdocs.steps.office import Office


def standard_lines(office: Office) -> Iterator[Line]:
    """Every wording of every standard, with the days it was in force."""
    issued = first_issues(office.journal)
    earlier = kept_contracts(office.workspace.archive)
    for contract in office.contracts.values():
        history = _history(contract, earlier, issued)
        for key, row in standard_rows(history):
            yield Line(STANDARDS.name, key, row)


def _history(
    current: Contract, earlier: tuple[Contract, ...], issued: Mapping[str, date]
) -> list[InForce]:
    """The contracts of one type that forms were issued by, oldest first, and the one in use."""
    before = [
        InForce(each, issued[each.fingerprint])
        for each in earlier
        if each.key == current.key
        and each.fingerprint != current.fingerprint
        and each.fingerprint in issued
    ]
    before.sort(key=lambda each: (each.since or date.max, each.contract.version))
    return [*before, InForce(current, issued.get(current.fingerprint))]
