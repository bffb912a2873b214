"""The fields of a form that its contract need not name: header, auditor's part, sign-off, prompts.

Source: domain.md A0.3 (header block and what the auditor fills in), A0.7 (contact sheet date);
the words of the prompts are our decision, 2026-10-01.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from auditdocs.model.contract import AGREEMENT, CASE, CHECK_LIST, FOLLOW_UP, Field

HEADER = (
    Field(name="audit_id", label="Audit ID"),
    Field(name="audit_type", label="Audit"),
    Field(name="form_version", label="Form version", type="int"),
    Field(name="theme", label="Theme"),
    Field(name="period_label", label="Period"),
    Field(name="child_id", label="Child ID"),
    Field(name="child_initials", label="Child's initials"),
    Field(name="dob", label="Date of birth", type="date"),
    Field(name="age", label="Age", type="int"),
    Field(name="gender", label="Gender"),
    Field(name="ethnicity", label="Ethnicity"),
    Field(name="disability", label="Disability"),
    Field(name="case_types", label="Case type"),
    Field(name="legal_status", label="Legal status"),
    Field(name="category_of_abuse", label="Category of abuse"),
    Field(name="case_open_date", label="Case opened", type="date"),
    Field(name="plan_start_date", label="Child protection plan started", type="date"),
    Field(name="care_start_date", label="Looked after since", type="date"),
    Field(name="team", label="Team"),
    Field(name="team_manager", label="Team manager", type="name"),
    Field(name="allocated_worker", label="Allocated worker", type="name"),
    Field(name="supervisor", label="Supervisor", type="name"),
    Field(name="iro_or_chair", label="IRO or conference chair", type="name"),
    Field(name="auditor", label="Auditor", type="name"),
    Field(name="auditor_role", label="Auditor's role"),
    Field(name="auditor_team", label="Auditor's team"),
    Field(name="date_issued", label="Issued", type="date"),
    Field(name="date_due", label="Return by", type="date"),
)
"""The header block, filled in before a form is issued; `theme` only where audits have one."""

AUDITOR = (
    Field(name="date_audited", label="Date audited", type="date"),
    Field(name="lookback_months", label="Months of the record looked at", type="int"),
    Field(name="worker_spoken_to", label="Was the allocated worker spoken to?", type="yn"),
    Field(name="worker_spoken_to_date", label="Date spoken to", type="date"),
    Field(name="sources_read", label="Records and documents read"),
)
"""What the auditor fills in at the top."""

SIGN_OFF = (
    Field(name="signed_auditor", label="Signed by the auditor", type="name"),
    Field(name="signed_auditor_date", label="Date signed", type="date"),
    Field(
        name="contact_sheet_date",
        label="Contact sheet attached to the case record on",
        type="date",
        staff_column=True,
    ),
)
"""The sign-off."""

PROMPTS: Mapping[str, str] = {
    "text": "Click here and type your answer.",
    "field": "Click here and type.",
    "comment": "Click here and type a comment.",
    "choice": "Choose an answer.",
    "date": "Choose or type a date.",
    "check": "☐",
}
"""What an empty control shows, by kind; that of a field stands in the header of a blank form, where
there is little room. Distinctive, since readers strip it by comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormParts:
    """What the forms of a family have besides their items, unless their contract says otherwise."""

    header: tuple[Field, ...] = ()
    auditor: tuple[Field, ...] = ()
    sign_off: tuple[Field, ...] = ()
    subject: str = ""
    """The heading over the header block."""
    record: str = ""
    """The heading over the auditor's fields."""


_AGREEMENT_HEADER = (
    Field(name="audit_id", label="Form"),
    Field(name="form_version", label="Form version", type="int"),
    Field(name="team", label="Team"),
    Field(name="team_manager", label="Team manager", type="name"),
    Field(name="business_support", label="Business support officer", type="name"),
    Field(name="head_of_service", label="Head of Service", type="name"),
    Field(name="agreement_version", label="Agreement", type="text"),
    Field(name="last_agreed", label="Last agreed", type="date"),
    Field(name="review_due", label="Review due", type="date"),
    Field(name="open_cases", label="Open cases", type="int"),
    Field(name="date_issued", label="Issued", type="date"),
    Field(name="date_due", label="Return by", type="date"),
)
_AGREEMENT_FIELDS = (
    Field(name="agreed_date", label="Date the team manager and the officer met", type="date"),
    Field(name="agreed_notes", label="Anything else that was agreed"),
)
_AGREEMENT_SIGN_OFF = (
    Field(name="signed_tm", label="Signed by the team manager", type="name"),
    Field(name="signed_tm_date", label="Team manager: date signed", type="date"),
    Field(name="signed_bso", label="Signed by the business support officer", type="name"),
    Field(name="signed_bso_date", label="Business support officer: date signed", type="date"),
)

_FOLLOW_UP_HEADER = (
    Field(name="audit_id", label="Form"),
    Field(name="about_audit", label="About audit"),
    Field(name="audit_type", label="Audit"),
    Field(name="child_id", label="Child ID"),
    Field(name="team", label="Team"),
    Field(name="team_manager", label="Team manager", type="name"),
    Field(name="auditor", label="Auditor", type="name"),
    Field(name="audited", label="Date audited", type="date"),
    Field(name="overall", label="Auditor's grade"),
    Field(name="date_issued", label="Issued", type="date"),
    Field(name="date_due", label="Return by", type="date"),
)

PARTS: Mapping[str, FormParts] = {
    CASE: FormParts(
        header=HEADER,
        auditor=AUDITOR,
        sign_off=SIGN_OFF,
        subject="This case",
        record="This audit",
    ),
    AGREEMENT: FormParts(
        header=_AGREEMENT_HEADER,
        auditor=_AGREEMENT_FIELDS,
        sign_off=_AGREEMENT_SIGN_OFF,
        subject="This team",
        record="This agreement",
    ),
    CHECK_LIST: FormParts(),
    FOLLOW_UP: FormParts(
        header=_FOLLOW_UP_HEADER,
        auditor=(Field(name="date_audited", label="Date", type="date"),),
        sign_off=(
            Field(name="signed_by", label="Signed by", type="name"),
            Field(name="signed_second", label="Signed by the second person, if any", type="name"),
            Field(name="signed_date", label="Date signed", type="date"),
        ),
        subject="This audit",
        record="When",
    ),
}
"""Family to its parts. Source: domain.md A0.3, C1; settled.md (agreement tags)."""
