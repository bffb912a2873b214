"""An audit: one case, one form out, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SELECTED = "selected"
ISSUED = "issued"
RETURNED = "returned"
"""A form came back that could not be taken: it is to be mended, and still waited for."""
ACCEPTED = "accepted"
DISCUSSED = "discussed"
AGREED = "agreed"
DISPUTED = "disputed"
ESCALATED = "escalated"
DECIDED = "decided"
FILED = "filed"
CLOSED = "closed"
WITHDRAWN = "withdrawn"

OUT = frozenset({SELECTED, ISSUED, RETURNED})
"""Statuses in which a form is with somebody."""

HOME = frozenset({ACCEPTED, DISCUSSED, AGREED, DISPUTED, ESCALATED, DECIDED, FILED, CLOSED})
"""Statuses of an audit whose answers count (domain.md A0.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One audit of one case."""

    audit_id: str
    type: str
    """The contract's key."""
    version: int
    fingerprint: str
    child_id: str
    team: str
    worker: str
    worker_id: str = ""
    """"" for a worker without one, and in audits that were kept before ids were."""
    auditor: str
    auditor_role: str
    auditor_team: str
    period: str
    issued: date
    due: date
    status: str = ISSUED
    theme: str = ""
    returned: date | None = None
    date_audited: date | None = None
    grade_auditor: str = ""
    grade_final: str = ""
    file: str = ""
    """Where the form was put, relative to the workspace, with "/"."""
    archived: str = ""
    sha256: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    """The header block as printed, by field name."""
    printed: tuple[str, ...] = ()
    """The ids of the items on the form."""
    carried: tuple[str, ...] = ()
    """The recommendations of earlier audits, by reference, that the form lists and asks after."""
    form_version: int = 0
    """How many times a form for this audit was accepted: 1, then 2 when corrected."""
    discussed_version: int = 1
    """The form of which discussions and decisions count: the last that changed what they are of."""
    corrected: date | None = None
    """When that form came, where it was a correction."""

    @property
    def is_out(self) -> bool:
        """Whether the form is with somebody."""
        return self.status in OUT

    @property
    def is_home(self) -> bool:
        """Whether the audit was accepted and counts."""
        return self.status in HOME
