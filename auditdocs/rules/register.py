"""The ledger's sheets and rows: what stands in each cell, from audits and records (D5, settled.md).

The tool's columns are worked out here; staff columns are only declared, for staff to fill.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, count

from auditdocs.model.audit import ISSUED, WITHDRAWN, Audit
from auditdocs.model.contract import FACETS, Contract, Field, Item
from auditdocs.model.form import (
    CATEGORIES,
    NEED_TYPES,
    PRIORITIES,
    Recommendation,
    Record,
    Return,
)
from auditdocs.model.ledger import Cell, Column, Sheet
from auditdocs.model.people import ROLES
from auditdocs.model.selection import Selection
from auditdocs.rules.forms.scales import choices_of, label_of

Row = Mapping[str, Cell]

RECOMMENDATION_STATUSES = (
    "Proposed",
    "Agreed",
    "Amended",
    "Rejected",
    "In progress",
    "Done",
    "Verified",
    "Withdrawn",
)
"""What staff may write as a recommendation's status (domain.md A0.6)."""

OUTCOMES: Mapping[str, str] = {
    "accepted": "Accepted",
    "superseded": "Superseded",
    "duplicate": "Duplicate",
    "set-aside": "Set aside",
    "extract": "Extract taken",
    "register": "Staff register taken",
}
"""How a returned file can end, in words."""


def _columns(*headings: str, kind: str = "text", width: int = 16) -> tuple[Column, ...]:
    return tuple(Column(heading=heading, kind=kind, width=width) for heading in headings)


def _staff(heading: str, kind: str = "text", choices: tuple[str, ...] = ()) -> Column:
    return Column(heading=heading, kind=kind, width=18, staff=True, choices=choices)


_FIRST = (
    *_columns("Audit ID", "Child ID", width=17),
    *_columns("Team", "Worker", "Auditor", width=24),
    *_columns("Period", width=13),
    *_columns("Issued", "Due", "Returned", kind="date", width=12),
    *_columns("Status", width=12),
    *_columns("Overall grade", "Final grade", width=20),
)
_LAST = (
    *_columns("Date audited", kind="date", width=12),
    *_columns("Case type", "Theme", width=18),
    *_columns("Form", kind="link", width=40),
    *_columns("SHA-256", width=68),
)

RECOMMENDATIONS = Sheet(
    name="Recommendations",
    title="Every recommendation of an accepted audit, and what became of it",
    key="Reference",
    columns=(
        *_columns("Reference", width=20),
        *_columns("Audit ID", "Child ID", width=17),
        *_columns("Audit", width=16),
        *_columns("Team", "Worker", width=24),
        *_columns("Recommendation", width=60),
        *_columns("Question or standard", width=40),
        *_columns("Category", "Priority", width=16),
        *_columns("Owner", "Owner's role", width=24),
        *_columns("Due date", kind="date", width=12),
        *_columns("Training or support need", width=18),
        _staff("Status", choices=RECOMMENDATION_STATUSES),
        _staff("Done date", "date"),
        _staff("Evidence"),
        _staff("Verified by"),
        _staff("Verified date", "date"),
        _staff("Copied to supervision record", "date"),
    ),
)
FORMS_OUT = Sheet(
    name="Forms out",
    title="Every form issued, and whether it is still out",
    key="Audit ID",
    columns=(
        *_columns("Audit ID", "Child ID", width=17),
        *_columns("Audit", width=16),
        *_columns("Team", "Worker", "Auditor", width=24),
        *_columns("Issued", "Due", kind="date", width=12),
        *_columns("Standing", width=14),
        *_columns("Returned", kind="date", width=12),
        *_columns("Form", kind="link", width=60),
        _staff("Chased on", "date"),
        _staff("Note"),
    ),
)
RETURNS = Sheet(
    name="Returns",
    title="Every file that came back, and how it ended",
    key="Number",
    columns=(
        *_columns("Number", width=10),
        *_columns("Seen", kind="date", width=12),
        *_columns("File", width=50),
        *_columns("Outcome", width=26),
        *_columns("Audit ID", width=17),
        *_columns("Version", kind="number", width=9),
        *_columns("What to know", width=80),
        *_columns("Kept at", kind="link", width=60),
        *_columns("SHA-256", width=68),
    ),
)
SELECTIONS = Sheet(
    name="Selections",
    title="Every choice of cases: the pool, who was left out and why",
    key="Number",
    columns=(
        *_columns("Number", width=10),
        *_columns("Made", kind="date", width=12),
        *_columns("Audit", width=16),
        *_columns("Period", width=13),
        *_columns("Pool", "Chosen", "Left out", kind="number", width=10),
        *_columns("Why cases were left out", width=60),
        *_columns("Theme", width=30),
        *_columns("Filter", width=40),
        *_columns("Seed of the draw", width=30),
    ),
)


def audit_sheet(contract: Contract) -> Sheet:
    """The sheet of an audit type: a row an audit, a column an answer, comments folded away."""
    items = tuple(column for item in contract.items for column in _item_columns(item))
    return Sheet(
        name=contract.sheet,
        title=f"{contract.title}: a row for each audit",
        key="Audit ID",
        columns=(*_FIRST, *items, *_sign_off_columns(contract), *_LAST),
    )


def sheets(contracts: Iterable[Contract]) -> tuple[Sheet, ...]:
    """Every sheet of the ledger, in order."""
    kinds = (audit_sheet(contract) for contract in contracts if contract.sections)
    return (*kinds, RECOMMENDATIONS, FORMS_OUT, RETURNS, SELECTIONS)


def audit_row(audit: Audit, record: Record | None, contract: Contract) -> Row:
    """An audit's row of its type's sheet; without a record the answers are empty."""
    return {
        **_first_cells(audit, contract),
        **(_answer_cells(record, contract) if record else {}),
        "Date audited": audit.date_audited,
        "Case type": audit.header.get("case_types", ""),
        "Theme": audit.theme,
        "Form": audit.archived,
        "SHA-256": audit.sha256,
    }


def recommendation_row(recommendation: Recommendation, audit: Audit, contract: Contract) -> Row:
    """A recommendation's row."""
    item = contract.item(recommendation.linked_item)
    return {
        "Reference": recommendation.reference,
        "Audit ID": audit.audit_id,
        "Child ID": audit.child_id,
        "Audit": contract.sheet,
        "Team": audit.team,
        "Worker": audit.worker,
        "Recommendation": recommendation.recommendation,
        "Question or standard": item.title if item else recommendation.linked_item,
        "Category": label_of("choice", recommendation.category, CATEGORIES),
        "Priority": label_of("choice", recommendation.priority, PRIORITIES),
        "Owner": recommendation.owner_name,
        "Owner's role": ROLES.get(recommendation.owner_role, recommendation.owner_role),
        "Due date": recommendation.due_date,
        "Training or support need": label_of("choice", recommendation.need_type, NEED_TYPES),
    }


def form_out_row(audit: Audit, contract: Contract, *, today: date) -> Row:
    """An issued form's row: out, overdue, returned or withdrawn."""
    return {
        "Audit ID": audit.audit_id,
        "Child ID": audit.child_id,
        "Audit": contract.sheet,
        "Team": audit.team,
        "Worker": audit.worker,
        "Auditor": audit.auditor,
        "Issued": audit.issued,
        "Due": audit.due,
        "Standing": standing(audit, today=today),
        "Returned": audit.returned,
        "Form": audit.file,
    }


def standing(audit: Audit, *, today: date) -> str:
    """Where a form stands, in a word."""
    if audit.status == WITHDRAWN:
        return "Withdrawn"
    if audit.is_home:
        return "Returned"
    return "Overdue" if audit.due < today else "Out"


def return_row(number: int, came: Return) -> Row:
    """A returned file's row."""
    known = [f"{reason.where}: {reason.text}" for reason in came.reasons]
    known += [f"{name}: {text}" for name, text in came.details.items()]
    return {
        "Number": str(number),
        "Seen": came.seen,
        "File": came.file,
        "Outcome": OUTCOMES.get(came.outcome, came.outcome),
        "Audit ID": came.audit_id,
        "Version": came.version or None,
        "What to know": "\n".join(known),
        "Kept at": came.stored,
        "SHA-256": came.sha256,
    }


def selection_row(number: int, made: date, selection: Selection, contract: Contract) -> Row:
    """A selection's row, with its reasons counted."""
    reasons: dict[str, int] = {}
    for exclusion in selection.excluded:
        reasons[exclusion.reason] = reasons.get(exclusion.reason, 0) + 1
    return {
        "Number": str(number),
        "Made": made,
        "Audit": contract.sheet,
        "Period": selection.period,
        "Pool": selection.pool,
        "Chosen": len(selection.picks),
        "Left out": len(selection.excluded),
        "Why cases were left out": "\n".join(f"{n} × {why}" for why, n in reasons.items()),
        "Theme": selection.theme,
        "Filter": selection.expression,
        "Seed of the draw": selection.seed,
    }


def _item_columns(item: Item) -> Iterator[Column]:
    if item.facets:
        for facet in item.facets:
            yield Column(heading=_facet_heading(item, facet), width=14)
    else:
        kind = "date" if item.kind == "date" else "text"
        yield Column(heading=item.title, kind=kind, width=40 if item.type == "text" else 20)
    if item.comment_key:
        yield Column(heading=_comment_heading(item), width=50, grouped=True)


def _facet_heading(item: Item, facet: str) -> str:
    return f"{item.title} – {FACETS[facet].lower()}"


def _comment_heading(item: Item) -> str:
    return f"{item.title} – comment"


def _sign_off_columns(contract: Contract) -> Iterator[Column]:
    for field, heading in _field_headings(contract):
        kind = "date" if field.type == "date" else "text"
        labels = tuple(choice.label for choice in field.choices) if field.staff_column else ()
        yield Column(heading=heading, kind=kind, width=18, staff=field.staff_column, choices=labels)


def _field_headings(contract: Contract) -> Iterator[tuple[Field, str]]:
    """Each field of auditor's part and sign-off that has a column, with the column's heading.

    The label, told apart where another column has it already: Excel wants headings unique.
    """
    taken = {column.heading.casefold() for column in (*_FIRST, *_LAST)}
    for field in (*contract.auditor, *contract.sign_off):
        if field.name != "date_audited":
            numbered = (f"{field.label} ({nth})" for nth in count(2))
            headings = chain((field.label, f"{field.label} (signed)"), numbered)
            heading = next(each for each in headings if each.casefold() not in taken)
            taken.add(heading.casefold())
            yield field, heading


def _first_cells(audit: Audit, contract: Contract) -> dict[str, Cell]:
    return {
        "Audit ID": audit.audit_id,
        "Child ID": audit.child_id,
        "Team": audit.team,
        "Worker": audit.worker,
        "Auditor": audit.auditor,
        "Period": audit.period,
        "Issued": audit.issued,
        "Due": audit.due,
        "Returned": audit.returned,
        "Status": "Out" if audit.status == ISSUED else audit.status.capitalize(),
        "Overall grade": _grade(audit.grade_auditor),
        "Final grade": _grade(audit.grade_final),
    }


def _grade(code: str) -> str:
    return label_of("grade", code) if code else ""


def _answer_cells(record: Record, contract: Contract) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for answer in record.answers:
        item = contract.item(answer.item_id)
        if item is not None:
            heading = _facet_heading(item, answer.facet) if answer.facet else item.title
            cells[heading] = _cell(item, answer.value)
    for item_id, comment in record.comments.items():
        item = contract.item(item_id)
        if item is not None and item.comment_key:
            cells[_comment_heading(item)] = comment
    for field, heading in _field_headings(contract):
        value = record.fields.get(field.name, "")
        if value:
            is_date = field.type == "date"
            words = label_of(field.type, value, field.choices)
            cells[heading] = date.fromisoformat(value) if is_date else words
    return cells


def _cell(item: Item, value: str) -> Cell:
    if item.kind == "date":
        return date.fromisoformat(value)
    return label_of(item.kind, value, choices_of(item))


def first_staff_values(record: Record, contract: Contract) -> Row:
    """What the form itself says for a staff column, to stand there until staff write otherwise."""
    cells = _answer_cells(record, contract)
    kept = {heading for field, heading in _field_headings(contract) if field.staff_column}
    return {heading: cell for heading, cell in cells.items() if heading in kept}
