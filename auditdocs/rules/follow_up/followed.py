"""An audit come home, with all that its follow-up depends on, wherever it was written.

Most is written twice or more: on the audit's own form, in the ledger by business support, on a form
that was returned later. The later form counts before the ledger, the ledger before the first form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Recommendation, Record
from auditdocs.model.ledger import Cell
from auditdocs.rules.calendar.dates import written_date
from auditdocs.rules.caseload.matching import name_key

FINISHED = frozenset({"Verified", "Rejected", "Withdrawn"})
"""The statuses after which nothing is left to do for any recommendation."""

DROPPED = frozenset({"Rejected", "Withdrawn"})
"""The statuses of what is not to be done after all."""

URGENT = frozenset({"immediate", "high"})
"""The priorities whose doing somebody else has to verify (domain.md A0.6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A recommendation and what has become of it."""

    made: Recommendation
    status: str = "Proposed"
    """In the ledger's words."""
    text: str = ""
    """The recommendation as it now stands: as amended, where it was."""
    done: date | None = None
    verified_by: str = ""
    verified: date | None = None
    copied: date | None = None
    later: str = ""
    """What the next audit of the child found of it, in words; "" before there is one."""

    @property
    def reference(self) -> str:
        """The recommendation's number."""
        return self.made.reference

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do for it. Source: domain.md A0.2, A0.6 (verified_by)."""
        done = self.status == "Done" and self.made.priority not in URGENT
        return done or (self.status in FINISHED and not self.is_verified_by_its_owner)

    @property
    def is_dropped(self) -> bool:
        """Whether it is not to be done after all."""
        return self.status in DROPPED

    @property
    def is_done(self) -> bool:
        """Whether it was done, somebody else having seen it or not."""
        return self.status in ("Done", "Verified")

    @property
    def is_verified_by_its_owner(self) -> bool:
        """Whether an urgent one was verified by the very person who was to do it."""
        same = name_key(self.verified_by) == name_key(self.made.owner_name)
        return self.status == "Verified" and self.made.priority in URGENT and same

    @property
    def awaits_verification(self) -> bool:
        """Whether it is done and somebody else is to see that it is."""
        done = self.status == "Done" and self.made.priority in URGENT
        return done or self.is_verified_by_its_owner

    def standing(self, today: date) -> str:
        """Where it stands today, in a word or two."""
        if self.is_finished:
            return "Finished"
        if self.is_verified_by_its_owner:
            return "Verified by its owner"
        if self.awaits_verification:
            return "To be verified"
        return "Overdue" if self.is_overdue(today) else "Open"

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        open_still = not self.is_finished and not self.awaits_verification
        return open_still and self.made.due_date < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """An audit that is home, its record, and what was written about it since."""

    audit: Audit
    contract: Contract
    record: Record
    said: Mapping[str, str] = field(default_factory=dict)
    """Sign-off fields by name as they now stand; codes, words and dates in ISO."""
    recommendations: tuple[Tracked, ...] = ()
    filed: date | None = None
    """When the contact sheet was attached, as the sheet *Contact sheets* has it."""
    papers: Mapping[str, Record] = field(default_factory=dict)
    """What came home on forms sent out with letters, by the key of their contract."""

    def has(self, follow_up: str) -> bool:
        """Whether audits of this type have that follow-up."""
        return follow_up in self.contract.follow_up

    def day(self, name: str) -> date | None:
        """A sign-off date as it now stands."""
        return written_date(self.said.get(name, ""))

    @property
    def attached(self) -> date | None:
        """When the contact sheet was attached to the child's record, wherever that was written."""
        return self.filed or self.day("contact_sheet_date")

    @property
    def is_talked_over(self) -> bool:
        """Whether its type has nothing to discuss, or that was discussed and settled."""
        return not self.needs_talk or self.is_settled

    @property
    def needs_talk(self) -> bool:
        """Whether audits of this type are discussed."""
        return any(map(self.has, ("supervision-slip", "team-manager-feedback", "smg-discussion")))

    @property
    def talked(self) -> date | None:
        """The day of the discussion, or None while it is to be held."""
        names = ("discussed_date", "smg_discussed_date", "supervision_date")
        return next((day for name in names if (day := self.day(name))), None)

    @property
    def is_settled(self) -> bool:
        """Whether it was discussed, and agreed or decided."""
        return self.talked is not None and (not self.is_disputed or self.decided is not None)

    @property
    def is_disputed(self) -> bool:
        """Whether a recommendation or the grade was not agreed."""
        return self.said.get("agreed") == "no"

    @property
    def decided(self) -> date | None:
        """The day of the decision of a head of service, or None."""
        return self.day("decided_date")


def tracked(
    made: Recommendation, row: Mapping[str, Cell], outcome: str = "", amended: str = ""
) -> Tracked:
    """A recommendation with its row of the ledger, and what the discussion said of it.

    A done date makes it done, whatever word stands beside it, but for what is dropped or verified.
    """
    done = _day(row.get("Done date"))
    written = " ".join(str(row.get("Status") or "").split()).capitalize()
    status = written or outcome or "Proposed"
    return Tracked(
        made=made,
        status="Done" if done and status not in FINISHED else status,
        text=amended or made.recommendation,
        done=done,
        verified_by=str(row.get("Verified by") or ""),
        verified=_day(row.get("Verified date")),
        copied=_day(row.get("Copied to supervision record")),
    )


def _day(cell: Cell) -> date | None:
    return cell if isinstance(cell, date) else None
