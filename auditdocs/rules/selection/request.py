"""What is asked of a selection: of which audit type, on what day, out of which cases.

Source: domain.md A1.1, A2.1, A3.1; cli.md (`plan`, `issue`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.model.people import Staff
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.caseload.open_cases import open_cases
from auditdocs.rules.selection.history import forms_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """All that a selection depends on; equal requests give equal selections."""

    contract: Contract
    period: Period
    today: date
    data_date: date
    """The day the cases are as at."""
    cases: tuple[Case, ...]
    staff: Staff
    settings: Settings
    audits: tuple[Audit, ...] = ()
    """The whole history, of every audit type."""
    team: str = ""
    worker: str = ""
    """A worker's name or id."""
    directed: tuple[tuple[str, str], ...] = ()
    """Cases that somebody names, by child id, each with the reason."""
    theme: str = ""
    because: str = ""
    expression: str = ""
    size: int | None = None
    """How many audits the period is to have, where it is not the contract's target."""

    @property
    def open_cases(self) -> tuple[Case, ...]:
        """The cases open at the data date, by child id."""
        return open_cases(self.cases, day=self.data_date)

    @property
    def own_audits(self) -> tuple[Audit, ...]:
        """The audits of the type asked for."""
        return tuple(audit for audit in self.audits if audit.type == self.contract.key)

    def forms_out(self, audits: Iterable[Audit]) -> tuple[Audit, ...]:
        """Those of the audits whose form is with somebody today and holds its case."""
        return forms_out(audits, today=self.today, grace=self.settings.supervision_days)

    def covers(self, case: Case) -> bool:
        """Whether the case is of the team and the worker asked for, where one is."""
        in_team = self.covers_team(case.team)
        return in_team and (not self.worker or self._is_worker_of(case))

    def covers_team(self, team: str) -> bool:
        """Whether the team is the one asked for, where one is."""
        return not self.team or _same(team, self.team)

    def _is_worker_of(self, case: Case) -> bool:
        same_name = name_key(case.worker) == name_key(self.worker)
        return same_name or _same(case.worker_id, self.worker)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
