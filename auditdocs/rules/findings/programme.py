"""The audit programme as it stands: all that the figures of a period are counted from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.audit import SELECTED, Audit
from auditdocs.model.case import Case
from auditdocs.model.commitment import Commitment
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.model.selection import Selection
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.follow_up.followed import Followed


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Audits, records and caseload of a service; equal programmes give equal figures."""

    contracts: Mapping[str, Contract]
    audits: tuple[Audit, ...]
    """The whole history, of every audit type."""
    records: Mapping[str, Record]
    """The newest record by audit id."""
    cases: tuple[Case, ...]
    data_date: date
    """The day the cases are as at."""
    period: Period
    today: date
    settings: Settings
    editions: Mapping[str, Contract] = field(default_factory=dict)
    """Every contract that forms were issued by, by fingerprint."""
    audited: Mapping[str, Case] = field(default_factory=dict)
    """Id of an audit that came home in the period to its case in the caseload of its issue."""
    caseloads: Mapping[date, tuple[Case, ...]] = field(default_factory=dict)
    """The caseload that was newest on the last day of each month of the year before, by day."""
    selections: tuple[Selection, ...] = ()
    """The choices of cases for the period's audits, of every type."""
    commitments: tuple[Commitment, ...] = ()
    """What the group has asked for, and how it stands."""
    followed: tuple[Followed, ...] = ()
    """Every audit that is home with what was said of it since."""

    @property
    def as_at(self) -> date:
        """The day that the figures are as at: the period's last, or today while it still runs."""
        return min(self.period.last, self.today)

    @property
    def kinds(self) -> Mapping[str, Contract]:
        """The audit types that ask questions about a case, by key."""
        return {key: contract for key, contract in self.contracts.items() if contract.sections}

    @property
    def issued_audits(self) -> tuple[Audit, ...]:
        """The audits of these types whose form left the house, by audit id."""
        kinds = self.kinds
        found = (a for a in self.audits if a.type in kinds and a.status != SELECTED)
        return tuple(sorted(found, key=lambda audit: audit.audit_id))
