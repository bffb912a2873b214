"""All that the follow-up of audits depends on, gathered from the journal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.model.ledger import Cell
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.posted import staff_columns
from auditdocs.places.journal.returns import record
from auditdocs.rules.follow_up.addressees import Directory
from auditdocs.rules.follow_up.followed import Followed, tracked
from auditdocs.rules.register.recommendations import RECOMMENDATIONS
from auditdocs.rules.selection.posts import posts
from auditdocs.steps.office import Office, Service, service


@dataclass(frozen=True, slots=True)
class Desk:
    """An office with the people of today and what staff wrote in the ledger."""

    office: Office
    service: Service
    directory: Directory
    written: Mapping[str, Mapping[str, Mapping[str, Cell]]]
    """Sheet to its staff columns, by key and heading."""


def desk(office: Office) -> Desk:
    """The desk of today."""
    now = service(office)
    directory = Directory(posts(now.staff), office.today)
    return Desk(office, now, directory, staff_columns(office.journal))


def followed(at_hand: Desk, audit_ids: Iterable[str]) -> Iterator[Followed]:
    """These audits as they now stand; those not home, or of a type that is gone, left out."""
    for audit_id in dict.fromkeys(audit_ids):
        found = _followed(at_hand, audit_id)
        if found is not None:
            yield found


def _followed(at_hand: Desk, audit_id: str) -> Followed | None:
    office = at_hand.office
    audit, kept = audit_of(office.journal, audit_id), record(office.journal, audit_id)
    contract = office.contracts.get(audit.type) if audit else None
    if audit is None or kept is None or contract is None:
        return None
    rows = at_hand.written.get(RECOMMENDATIONS.name, {})
    made = kept[0].recommendations
    return Followed(
        audit=audit,
        contract=contract,
        record=kept[0],
        said=kept[0].fields,
        recommendations=tuple(tracked(each, rows.get(each.reference, {})) for each in made),
    )
