"""Audits that are home, each with all that was written of it since, gathered from the journal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.model.ledger import Cell
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import audits_asking_after
from auditdocs.places.journal.papers import all_said, said_of, said_of_versions
from auditdocs.places.journal.posted import staff_columns
from auditdocs.places.journal.returns import record as record_of
from auditdocs.places.journal.returns import returns_of, versions
from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.follow_up.followed import Followed, tracked
from auditdocs.rules.follow_up.looking_back import LookBack, look_back, looked_back_on
from auditdocs.rules.follow_up.sayings import after_talk, said_between, sayings
from auditdocs.rules.forms.versions import as_asked
from auditdocs.rules.register.audits import staff_fields
from auditdocs.rules.register.concerns import CONCERNS
from auditdocs.rules.register.contact_sheets import CONTACT_SHEETS
from auditdocs.rules.register.recommendations import RECOMMENDATIONS
from auditdocs.rules.returns.corrections import versions_discussed
from auditdocs.rules.returns.records import MONTHS_AHEAD
from auditdocs.steps.office import Office

_MONTHS_BACK = 120
"""No audit is followed for longer."""

Written = Mapping[str, Mapping[str, Mapping[str, Cell]]]
"""Sheet to its staff columns, by key and heading."""


@dataclass(frozen=True, slots=True)
class Background:
    """What stands beside every audit, gathered once for all of them."""

    contracts: Mapping[str, Contract]
    joined: Mapping[str, Contract]
    """The same with what earlier versions asked, as the ledger heads its columns."""
    editions: Mapping[str, Contract]
    asked: Mapping[str, Contract]
    """By fingerprint too: the type as it is now, with what a form of then asked."""
    written: Written
    since: date
    until: date
    """The first and the last day that may be meant by what staff wrote."""

    def wrote(self, sheet: str, key: str) -> Mapping[str, Cell]:
        """What staff wrote in a row, without dates that no meeting can have.

        Whatever its year, it would count as held and end every reminder.
        """
        row = self.written.get(sheet, {}).get(key, {})
        return {heading: cell for heading, cell in row.items() if not self._is_slip(cell)}

    def slips(self, of: Followed) -> Iterator[str]:
        """Those dates in the rows of an audit, each in a sentence."""
        sheets = (of.contract.sheet, CONTACT_SHEETS.name, CONCERNS.name)
        rows = [(sheet, of.audit.audit_id) for sheet in sheets]
        rows += [(RECOMMENDATIONS.name, each.made.reference) for each in of.recommendations]
        for sheet, key in rows:
            for heading, cell in self.written.get(sheet, {}).get(key, {}).items():
                if self._is_slip(cell):
                    yield (
                        f'On the sheet "{sheet}", {key}, "{heading}" lies more than a year ahead '
                        "or ten years back and does not count: see whether its year is right."
                    )

    def _is_slip(self, cell: Cell) -> bool:
        return isinstance(cell, date) and not self.since <= cell <= self.until

    def look(self, audit: Audit, record: Record) -> Iterator[LookBack]:
        """What an audit says of earlier ones, if it does."""
        contract = self.contracts.get(audit.type)
        asked = self.editions.get(audit.fingerprint, contract)
        found = look_back(audit, record, asked) if asked else None
        if found:
            yield found

    def followed(
        self,
        audit: Audit,
        record: Record,
        papers: Mapping[str, Record],
        looks: Iterable[LookBack],
        until: date | None = None,
    ) -> Followed:
        """The audit with all that was written of it; `looks` are those of the child's audits.

        `until` is the day its form was corrected, for an audit as it stood before.
        """
        contract = self.contracts[audit.type]
        row = self.wrote(contract.sheet, audit.audit_id)
        wrote = staff_fields(row, self.joined[audit.type]) if row else {}
        ledger = said_between(wrote, audit.corrected, until)
        return Followed(
            audit=audit,
            contract=self.asked.get(audit.fingerprint, contract),
            record=record,
            said=sayings(record, ledger, papers),
            recommendations=tuple(
                looked_back_on(
                    tracked(
                        each,
                        self.wrote(RECOMMENDATIONS.name, each.reference),
                        *after_talk(place, papers),
                    ),
                    looks,
                )
                for place, each in enumerate(record.recommendations, start=1)
            ),
            filed=_filed(self.wrote(CONTACT_SHEETS.name, audit.audit_id)),
            papers=papers,
        )


def background(office: Office) -> Background:
    """What stands beside every audit, as it is now; what staff wrote is read as it is asked for."""
    joined = {key: office.with_earlier_versions(each) for key, each in office.contracts.items()}
    editions, now = office.editions(), office.contracts
    asked = {
        mark: as_asked(each, now[each.key]) for mark, each in editions.items() if each.key in now
    }
    return Background(
        contracts=now,
        joined=joined,
        editions=editions,
        asked=asked,
        written=staff_columns(office.journal),
        since=months_after(office.today, count=-_MONTHS_BACK),
        until=months_after(office.today, count=MONTHS_AHEAD),
    )


def followed(office: Office, known: Background, audit_ids: Iterable[str]) -> Iterator[Followed]:
    """These audits as they now stand; those not home, or of a type that is gone, left out."""
    for audit_id in dict.fromkeys(audit_ids):
        audit, kept = audit_of(office.journal, audit_id), record_of(office.journal, audit_id)
        if audit and kept and audit.type in office.contracts:
            looks = [look for each in _siblings(office, audit) for look in known.look(*each)]
            yield known.followed(audit, kept[0], said_of(office.journal, audit_id), looks)


def all_followed(
    office: Office, audits: Iterable[Audit], kept: Mapping[str, Record]
) -> Iterator[Followed]:
    """Those of these audits that are home, as they now stand; a type that is gone is left out.

    `kept` are the newest records by audit id.
    """
    known, said = background(office), all_said(office.journal)
    home = [
        (audit, kept[audit.audit_id])
        for audit in audits
        if audit.is_home and audit.audit_id in kept and audit.type in office.contracts
    ]
    looks: dict[str, list[LookBack]] = {}
    for audit, record in home:
        looks.setdefault(audit.child_id, []).extend(known.look(audit, record))
    for audit, record in home:
        papers = said.get(audit.audit_id, {})
        yield known.followed(audit, record, papers, looks[audit.child_id])


def with_those_asked_after(office: Office, audit_ids: Iterable[str]) -> tuple[str, ...]:
    """These audits, and the earlier ones whose recommendations their forms asked after."""
    wanted = dict.fromkeys(audit_ids)
    forms = filter(None, (audit_of(office.journal, each) for each in wanted))
    earlier = (reference.partition("/")[0] for form in forms for reference in form.carried)
    return tuple(dict.fromkeys((*wanted, *earlier)))


def before_corrections(office: Office, known: Background, audit: Audit) -> tuple[Followed, ...]:
    """The audit as it stood with each form from which a corrected one took the discussion."""
    if audit.corrected is None:
        return ()
    kept = versions(office.journal, audit.audit_id)
    came = {each.version: each.seen for _, each in returns_of(office.journal, audit.audit_id)}
    started = versions_discussed(kept)
    return tuple(
        known.followed(
            replace(
                audit, discussed_version=first, corrected=came.get(first) if first > 1 else None
            ),
            next(record for number, record in reversed(kept) if number < after),
            said_of_versions(office.journal, audit.audit_id, first=first, last=after - 1),
            (),
            until=came.get(after),
        )
        for first, after in pairwise(started)
    )


def _siblings(office: Office, audit: Audit) -> Iterator[tuple[Audit, Record]]:
    """The child's audits that are home and whose forms asked after earlier recommendations."""
    for each in audits_asking_after(office.journal, audit.child_id):
        if kept := record_of(office.journal, each.audit_id):
            yield each, kept[0]


def _filed(row: Mapping[str, Cell]) -> date | None:
    """When the contact sheet was attached, as *Contact sheets* has it."""
    day = row.get("Attached on")
    return day if isinstance(day, date) else None
