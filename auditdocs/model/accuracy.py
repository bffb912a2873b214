"""The Accuracy audit's nouns: a team's agreement, the check lists it leads to, and what they found.

Source: domain.md C1 (agreement), C4 (check list).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.contract import Choice

METHODS: tuple[Choice, ...] = (
    Choice(code="team_meeting", label="Read through at a team meeting"),
    Choice(code="circulated_list", label="List sent round and returned"),
    Choice(code="individual_meeting", label="Short meeting with the worker"),
    Choice(code="system_report", label="Exception report from the system"),
    Choice(code="document_check", label="Check against the document"),
    Choice(code="other", label="Other"),
)
"""How an item can be checked."""

FREQUENCIES: tuple[Choice, ...] = (
    Choice(code="weekly", label="Weekly"),
    Choice(code="fortnightly", label="Fortnightly"),
    Choice(code="three_weekly", label="Every three weeks"),
    Choice(code="monthly", label="Monthly"),
    Choice(code="six_weekly", label="Every six weeks"),
    Choice(code="quarterly", label="Quarterly"),
    Choice(code="six_monthly", label="Every six months"),
    Choice(code="yearly", label="Yearly"),
    Choice(code="on_change", label="On change"),
)
"""How often an item can be checked."""

ON_CHANGE = "on_change"
"""The frequency that follows the extract and no calendar: what has changed is checked."""

INCLUDE: tuple[Choice, ...] = (
    Choice(code="yes", label="Yes"),
    Choice(code="no", label="No"),
)
PART_CHOICES: Mapping[str, tuple[Choice, ...]] = {
    "include": INCLUDE,
    "method": METHODS,
    "frequency": FREQUENCIES,
}
"""The drop-downs of an agreement's rows, by column; the other columns are words."""

LOCAL_PARTS = ("method", "frequency")
"""Those that a row of the team's own has: it is included by being there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedItem:
    """What a team agreed of one item."""

    id: str
    label: str
    include: bool = True
    reason_if_no: str = ""
    method: str = ""
    frequency: str = ""
    who_checks: str = ""
    local: bool = False
    """Whether it is the team's own and not one of the contract's."""
    source_of_truth: str = ""
    start: date
    """The day its rhythm is counted from: that on which this frequency was first agreed."""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A version of a team's agreement, signed by both."""

    form_id: str
    """The reference of the form it was returned on."""
    key: str
    """The contract's key."""
    team: str
    version: int
    agreed: date
    review_due: date
    """Six months after it was agreed, at the latest."""
    items: tuple[AgreedItem, ...]
    tm: str
    """The team manager in post when it was agreed, as the register or the signature names them."""
    bso: str
    signed_tm: str
    signed_tm_date: date
    signed_bso: str
    signed_bso_date: date
    supersedes: str = ""
    changes: str = ""
    """What this version changes, in words."""
    notes: str = ""
    copied: date | None = None
    """The day on which the copy for the Head of Service for Business Support was put out."""
    copy: str = ""
    """Where that copy is, relative to the workspace."""
    archived: str = ""

    @property
    def reference(self) -> str:
        """Team and version, as people call it."""
        return f"{self.team}, version {self.version}"

    @property
    def included(self) -> tuple[AgreedItem, ...]:
        """The items that are checked."""
        return tuple(item for item in self.items if item.include)


OUT, HOME, REPLACED = "out", "home", "replaced"
"""Where an agreement form or a check list stands: with somebody, returned, no longer asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementForm:
    """An agreement form that was put out for a team."""

    form_id: str
    key: str
    fingerprint: str
    team: str
    tm: str
    bso: str
    issued: date
    due: date
    file: str = ""
    status: str = OUT
    header: Mapping[str, str] = field(default_factory=dict)
    """The header block as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the rows of one item of a list stand."""

    item_id: str
    listed: int = 0
    flagged: int = 0
    right: int = 0
    wrong: int = 0
    unknown: int = 0
    queries: int = 0
    """Rows in which something is to be made clear, whatever they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckList:
    """A list of cases to be checked for a team on a due date."""

    list_id: str
    key: str
    team: str
    agreement: int
    """The version of the team's agreement it follows."""
    due: date
    issued: date
    data_date: date
    """The day the values on it are as at."""
    checker: str
    items: tuple[AgreedItem, ...]
    rows: int
    """How many rows are listed."""
    flagged: int = 0
    not_run: tuple[str, ...] = ()
    """The automatic tests that could not be run, each with its words."""
    untested: tuple[str, ...] = ()
    """The labels of the items for which there is no automatic test."""
    file: str = ""
    status: str = OUT
    returned: date | None = None
    """The day the first return came."""
    tallies: tuple[Tally, ...] = ()
    """One for each item, kept up to date with every return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One case listed for one item."""

    child_id: str
    initials: str = ""
    worker: str = ""
    item_id: str
    value: str = ""
    """What stands on the system at the data date, or "" where the extract does not hold it."""
    flag: str = ""
    """What the automatic tests say, "" where nothing."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells rows of a list apart: the item and the child."""
        return self.item_id, self.child_id


RIGHT, WRONG, UNKNOWN, QUERY = "right", "wrong", "not known", "query"
"""What a checked row can say; a row that says nothing is not checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """One row as it came home."""

    child_id: str
    item_id: str
    verdict: str
    """RIGHT, WRONG, UNKNOWN or QUERY."""
    correct_value: str = ""
    corrected: date | None = None
    """The day it was put right on the system."""
    checked_by: str = ""
    checked: date | None = None
    comment: str = ""
    why: str = ""
    """For a query: what is to be made clear."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells rows of a list apart: the item and the child."""
        return self.item_id, self.child_id


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A checked row that is not simply right: as it was listed, and what all returns say of it."""

    listed: ListedRow
    said: CheckedRow
