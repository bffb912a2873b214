"""Audits that are home, each with all that was written of it since, gathered from the journal."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Cell
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.papers import said_of
from auditdocs.places.journal.returns import record
from auditdocs.rules.follow_up.followed import Followed, tracked
from auditdocs.rules.follow_up.sayings import after_talk, sayings
from auditdocs.rules.forms.versions import as_asked
from auditdocs.rules.register.audits import staff_fields
from auditdocs.rules.register.contact_sheets import CONTACT_SHEETS
from auditdocs.rules.register.recommendations import RECOMMENDATIONS
from auditdocs.steps.office import Office

Written = Mapping[str, Mapping[str, Mapping[str, Cell]]]
"""Sheet to its staff columns, by key and heading."""


def followed(office: Office, written: Written, audit_ids: Iterable[str]) -> Iterator[Followed]:
    """These audits as they now stand; those not home, or of a type that is gone, left out."""
    editions = office.editions()
    for audit_id in dict.fromkeys(audit_ids):
        found = _followed(office, written, audit_id, editions)
        if found is not None:
            yield found


def _followed(
    office: Office, written: Written, audit_id: str, editions: Mapping[str, Contract]
) -> Followed | None:
    audit, kept = audit_of(office.journal, audit_id), record(office.journal, audit_id)
    contract = office.contracts.get(audit.type) if audit else None
    if audit is None or kept is None or contract is None:
        return None
    papers = said_of(office.journal, audit_id)
    rows = written.get(RECOMMENDATIONS.name, {})
    row = written.get(contract.sheet, {}).get(audit_id, {})
    ledger = staff_fields(row, office.with_earlier_versions(contract)) if row else {}
    return Followed(
        audit=audit,
        contract=as_asked(editions.get(audit.fingerprint, contract), contract),
        record=kept[0],
        said=sayings(kept[0], ledger, papers),
        recommendations=tuple(
            tracked(each, rows.get(each.reference, {}), *after_talk(each.number, papers))
            for each in kept[0].recommendations
        ),
        filed=_filed(written, audit_id),
        papers=papers,
    )


def _filed(written: Written, audit_id: str) -> date | None:
    """When the contact sheet was attached, as *Contact sheets* has it."""
    day = written.get(CONTACT_SHEETS.name, {}).get(audit_id, {}).get("Attached on")
    return day if isinstance(day, date) else None
