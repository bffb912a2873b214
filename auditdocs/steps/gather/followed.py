"""Audits that are home, each with all that was written of it since, gathered from the journal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.model.ledger import Cell
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.papers import all_said, said_of
from auditdocs.places.journal.returns import record as record_of
from auditdocs.places.journal.returns import records
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
    known = _known(office, written)
    for audit_id in dict.fromkeys(audit_ids):
        audit, kept = audit_of(office.journal, audit_id), record_of(office.journal, audit_id)
        if audit and kept and audit.type in office.contracts:
            yield known.followed(audit, kept[0], said_of(office.journal, audit_id))


def all_followed(office: Office, written: Written) -> Iterator[Followed]:
    """Every audit that is home as it now stands, those of a type that is gone left out."""
    known, said = _known(office, written), all_said(office.journal)
    home = {each.audit_id: each for each in records(office.journal)}
    for audit in audits(office.journal):
        if audit.audit_id in home and audit.type in office.contracts:
            yield known.followed(audit, home[audit.audit_id], said.get(audit.audit_id, {}))


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands beside every audit, gathered once for all of them."""

    contracts: Mapping[str, Contract]
    joined: Mapping[str, Contract]
    """The same with what earlier versions asked, as the ledger heads its columns."""
    editions: Mapping[str, Contract]
    written: Written

    def followed(self, audit: Audit, record: Record, papers: Mapping[str, Record]) -> Followed:
        """The audit with all that was written of it."""
        contract = self.contracts[audit.type]
        rows = self.written.get(RECOMMENDATIONS.name, {})
        row = self.written.get(contract.sheet, {}).get(audit.audit_id, {})
        ledger = staff_fields(row, self.joined[audit.type]) if row else {}
        return Followed(
            audit=audit,
            contract=as_asked(self.editions.get(audit.fingerprint, contract), contract),
            record=record,
            said=sayings(record, ledger, papers),
            recommendations=tuple(
                tracked(each, rows.get(each.reference, {}), *after_talk(each.number, papers))
                for each in record.recommendations
            ),
            filed=_filed(self.written, audit.audit_id),
            papers=papers,
        )


def _known(office: Office, written: Written) -> _Known:
    joined = {key: office.with_earlier_versions(each) for key, each in office.contracts.items()}
    return _Known(office.contracts, joined, office.editions(), written)


def _filed(written: Written, audit_id: str) -> date | None:
    """When the contact sheet was attached, as *Contact sheets* has it."""
    day = written.get(CONTACT_SHEETS.name, {}).get(audit_id, {}).get("Attached on")
    return day if isinstance(day, date) else None
