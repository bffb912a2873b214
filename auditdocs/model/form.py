"""A form come home: first as it was read, then, when every answer holds, as a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from auditdocs.model.contract import AGREEMENT, CASE, Choice

CATEGORIES: tuple[Choice, ...] = tuple(
    Choice(code=code, label=label)
    for code, label in (
        ("assessment", "Assessment"),
        ("planning", "Planning"),
        ("visits", "Visits"),
        ("child_voice", "Child's voice"),
        ("chronology", "Chronology"),
        ("case_summary", "Case summary"),
        ("supervision", "Supervision"),
        ("multi_agency", "Multi-agency work"),
        ("legal", "Legal"),
        ("health", "Health"),
        ("education", "Education"),
        ("placement", "Placement"),
        ("diversity", "Diversity"),
        ("recording", "Recording"),
        ("data_item", "Data item"),
        ("other", "Other"),
    )
)
PRIORITIES: tuple[Choice, ...] = (
    Choice(code="immediate", label="Immediate"),
    Choice(code="high", label="High"),
    Choice(code="standard", label="Standard"),
)
NEED_TYPES: tuple[Choice, ...] = (
    Choice(code="none", label="None"),
    Choice(code="individual", label="Individual"),
    Choice(code="group", label="Group"),
    Choice(code="team", label="Team"),
)

RECOMMENDATION_COLUMNS: Mapping[str, str] = {
    "recommendation": "Recommendation",
    "linked_item": "Question or standard",
    "category": "Category",
    "priority": "Priority",
    "owner_name": "Owner",
    "owner_role": "Owner's role",
    "due_date": "Due date",
    "need_type": "Training or support need",
}
"""The columns of the recommendations table by name, in printed order (domain.md A0.6)."""


LOCAL_COLUMNS: Mapping[str, str] = {
    "label": "Item of the team's own",
    "method": "Method",
    "frequency": "Frequency",
    "who_checks": "Who checks",
    "source_of_truth": "Where the right value is found",
    "notes": "Notes",
}
"""The columns of an agreement's table of the team's own items, in printed order (domain.md C1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsTable:
    """A table of a form to which people add rows, read by column whatever controls it has left."""

    section: str
    """The tag of the repeating rows."""
    prefix: str
    """What each control's tag begins with."""
    columns: Mapping[str, str]
    """Name to heading, in printed order; the first alone tells the table from others."""

    @property
    def tags(self) -> frozenset[str]:
        """The tags of its controls."""
        return frozenset(f"{self.prefix}.{name}" for name in self.columns)

    @property
    def heading(self) -> str:
        """The heading of its first column."""
        return self.columns[self.first]

    @property
    def first(self) -> str:
        """The name of the column that every row has."""
        return next(iter(self.columns))


RECOMMENDATIONS = RowsTable(section="recommendations", prefix="rec", columns=RECOMMENDATION_COLUMNS)
LOCAL_ITEMS = RowsTable(section="local_items", prefix="local", columns=LOCAL_COLUMNS)
ROWS_TABLES = (RECOMMENDATIONS, LOCAL_ITEMS)
ROWS_OF_FAMILY: Mapping[str, RowsTable] = {CASE: RECOMMENDATIONS, AGREEMENT: LOCAL_ITEMS}
"""Family of contracts to the table to which people add rows; other families have none."""


EXCHANGED, REWORDED, UNCLEAR = "exchanged", "reworded", "unclear"
"""A label with another question's number and its own words, with words of nobody's, or with a
number and words of which neither can be believed."""


class Found(NamedTuple):
    """An answer as it was found in the form: text without prompts, and how it was found.

    One of fifty that a form brings from the process in which it is read, so a tuple.
    """

    text: str
    carrier: str
    """tag, bookmark, label, number, wording, title or field, from the most to the least trusted."""
    doubt: str = ""
    """Why its label is to be looked at: EXCHANGED or REWORDED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a form says it is, wherever it says it; "" where it says nothing."""

    properties: str = ""
    body: str = ""
    footer: str = ""
    core: str = ""
    type: str = ""
    version: str = ""
    fingerprint: str = ""
    made: tuple[str, str] = ("", "")
    """What else of ours it is than a form (template, letter, report, note), and of which kind."""
    titles: tuple[str, ...] = ()
    """What may be the title of a form that says nothing else: its first lines, and its header's."""
    printed_version: str = ""
    """The version of such a form as its header block has it."""

    @property
    def references(self) -> frozenset[str]:
        """The different audit ids found: one when all carriers agree."""
        found = (self.properties, self.body, self.footer, self.core)
        return frozenset(reference for reference in found if reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A returned form as read, nothing checked yet."""

    identity: Identity
    answers: Mapping[str, Found]
    """By tag: item ids, "<id>.comment", "<id>.P"; blank answers are left out."""
    fields: Mapping[str, Found]
    """Header, auditor's and sign-off fields by name."""
    recommendations: tuple[Mapping[str, str], ...] = ()
    """Each row that is not wholly empty, by column name; "row" is its number in the table."""
    local_items: tuple[Mapping[str, str], ...] = ()
    """The same of the team's own items in an agreement."""
    seen: frozenset[str] = frozenset()
    """The tags whose cell is in the form, filled or not."""
    conflicts: tuple[str, ...] = ()
    """Tags found more than once with different answers."""
    unclear: frozenset[str] = frozenset()
    """Tags by whose number an answer stands beside other words, so that it may be another's."""
    notes: tuple[str, ...] = ()
    """What a person should know: tracked changes, comments, answers found without their control."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing wrong with a returned file: a code, the place in the form, and what to write."""

    code: str
    where: str
    text: str
    found: str = ""
    """What stood there: for the note to the sender only, never for a log or JSON."""
    section: str = ""
    """The heading of the form under which the place is, "" where it is none of the questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer that holds: a code (O, yes, not_due …), a date in ISO, a number or text."""

    item_id: str
    facet: str = ""
    value: str = ""
    carrier: str = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One action as an audit's form makes it (domain.md A0.6); what becomes of it is `Tracked`."""

    audit_id: str
    number: int
    recommendation: str
    linked_item: str
    category: str
    priority: str
    owner_name: str
    owner_role: str
    due_date: date
    need_type: str = "none"

    @property
    def reference(self) -> str:
        """The recommendation's number: the audit id, a slash and its place in the form."""
        return f"{self.audit_id}/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A form whose every answer holds: what the journal keeps and the reports count."""

    audit_id: str
    date_audited: date
    auditor: str
    answers: tuple[Answer, ...]
    comments: Mapping[str, str]
    """Comment by item id."""
    recommendations: tuple[Recommendation, ...]
    fields: Mapping[str, str]
    """Auditor's and sign-off fields by name, dates in ISO."""
    overall: str = ""
    """The overall grade's code, or ""."""
    safe: bool = True
    """False when the auditor says the child is not safe today."""
    carriers: Mapping[str, str] = field(default_factory=dict)
    """How each comment, by "<id>.comment", and each field, by name, was found in the form."""
    warnings: tuple[str, ...] = ()

    def value(self, item_id: str, facet: str = "") -> str:
        """The answer's code or text, "" when there is none."""
        wanted = (item_id, facet)
        return next((a.value for a in self.answers if (a.item_id, a.facet) == wanted), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A file that came back and how it ended (house.md 1: exactly one end state)."""

    seen: date
    file: str
    """Where it lay, relative to the workspace."""
    sha256: str
    outcome: str
    """accepted, superseded, duplicate, set-aside, extract, register or unpacked."""
    suffix: str = ".docx"
    """What the name of a form ends in where it is kept: that of the format in which it came."""
    audit_id: str = ""
    version: int = 0
    digest: str = ""
    """SHA-256 of the answers, so that a form saved again is known for the same."""
    stored: str = ""
    """Where the file is kept, relative to the workspace."""
    note: str = ""
    reasons: tuple[Reason, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
