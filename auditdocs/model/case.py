"""A case: one child's current episode of need, as the extract shows it at the data date."""

from dataclasses import dataclass
from datetime import date

LAC = "LAC"
CP = "CP"
CIN = "CIN"
OPEN_ASSESSMENT = "Open assessment"
CASE_TYPES = (CIN, CP, LAC)
"""The case types a contract may name, from the widest to the narrowest."""

CIRCUMSTANCES = ("unborn", "short_breaks", "remand", "uasc", "with_parents")
"""The special cases that change what a form asks (domain.md A3.8)."""

STATUSES = ("looked after", "child protection", "child in need", "open assessment", "closed")
"""Annex A's case statuses a) to e); of several the first that applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One child's case. The field names are the canonical columns of an extract.

    Codes stand without their list letter ("a) Male" is kept as "Male"); dates are dates; an
    absent value is "" or None. `child_id` is text, leading zeros kept.
    """

    child_id: str
    team: str = ""
    worker: str = ""
    worker_id: str = ""
    open_date: date | None = None
    close_date: date | None = None
    case_status: str = ""
    """One of STATUSES, or ""."""
    surname: str = ""
    forename: str = ""
    dob: date | None = None
    expected_dob: date | None = None
    age: int | None = None
    """Whole years at the data date; -1 for an unborn child."""
    gender: str = ""
    ethnicity: str = ""
    disability: str = ""
    """"Yes", "No" or ""."""
    nhs_number: str = ""
    upn: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    address_start: date | None = None
    gp: str = ""
    school: str = ""
    health_visitor: str = ""
    parental_responsibility: str = ""
    emergency_contact: str = ""
    alert: str = ""
    """What a hazard or flag on the record says, "" where there is none."""
    alert_review: date | None = None
    team_manager: str = ""
    supervisor: str = ""
    primary_need: str = ""
    last_seen: date | None = None
    referral_date: date | None = None
    cin_plan_start: date | None = None
    cin_plan_end: date | None = None
    missing_start: date | None = None
    missing_end: date | None = None
    cp_start: date | None = None
    cp_end: date | None = None
    cp_category: str = ""
    cp_last_visit: date | None = None
    cp_seen_alone: str = ""
    cp_last_review: date | None = None
    strategy_date: date | None = None
    icpc_date: date | None = None
    assess_start: date | None = None
    assess_end: date | None = None
    uasc: str = ""
    uasc_end: date | None = None
    care_start: date | None = None
    care_end: date | None = None
    legal_status: str = ""
    """The code alone: "C1", "V2" …"""
    legal_start: date | None = None
    placement_type: str = ""
    """The code alone: "U6", "P1" …"""
    placement_provider: str = ""
    placement_start: date | None = None
    placement_postcode: str = ""
    placement_urn: str = ""
    placement_location: str = ""
    """In or out of the authority's area: "In", "Out" or what else stands there."""
    placement_la: str = ""
    missing_episodes: int | None = None
    """In the last twelve months."""
    return_interview: str = ""
    """Whether one was offered after the last episode: "Yes", "No" or ""."""
    pep_date: date | None = None
    in_touch: str = ""
    accommodation: str = ""
    activity: str = ""
    permanence_plan: str = ""
    lac_last_review: date | None = None
    lac_last_visit: date | None = None
    iro_last_visit: date | None = None
    last_health: date | None = None
    last_dental: date | None = None
    iro: str = ""
    cp_chair: str = ""
    family_id: str = ""
    supervision_date: date | None = None
    audit_flag: str = ""
    """Why the team manager would have the case looked at: stuck, a fresh view, a complaint."""
    closes_on: date | None = None
    """A closing after the data date that the record tells already; the case is open till then."""
    case_types: frozenset[str] = frozenset()
    """Of CIN, CP and LAC; CP and LAC may stand together; empty for an open assessment alone."""
    circumstances: frozenset[str] = frozenset()
    """Of CIRCUMSTANCES."""

    @property
    def is_open(self) -> bool:
        """Whether the episode has no end at the data date."""
        return self.close_date is None and self.case_status != "closed"

    @property
    def initials(self) -> str:
        """The child's initials, or "" where the extract holds no name."""
        return "".join(part[0].upper() for part in (self.forename, self.surname) if part)

    @property
    def type_label(self) -> str:
        """The case types for a person to read: "CP and LAC", "Open assessment"."""
        kept = [kind for kind in CASE_TYPES if kind in self.case_types]
        return " and ".join(kept) or OPEN_ASSESSMENT
