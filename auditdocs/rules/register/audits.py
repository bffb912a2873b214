"""The sheet of each audit type: a row an audit, a column an answer (settled.md, Ledger)."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import chain, count
from typing import Any

from auditdocs.model.audit import ISSUED, Audit
from auditdocs.model.contract import FACETS, Choice, Contract, Field, Item
from auditdocs.model.form import Answer, Record
from auditdocs.model.ledger import Cell, Column, Sheet
from auditdocs.rules.forms.scales import choices_of, code_of, label_of, listed
from auditdocs.rules.forms.versions import column_item
from auditdocs.rules.register.columns import Row, ours

NO_CARRIER = "none"
"""How the date of an audit is found on which none was written: it is the day the form came back."""

_COMMENT = " – comment"

_FIRST = (
    *ours("Audit ID", "Child ID", width=17),
    *ours("Team", "Worker", "Auditor", width=24),
    *ours("Period", width=13),
    *ours("Issued", "Due", "Returned", kind="date", width=12),
    *ours("Status", width=12),
    *ours("Overall grade", "Final grade", width=20),
)
_LAST = (
    *ours("Date audited", kind="date", width=12),
    *ours("Case type", "Theme", width=18),
    *ours("Form", kind="link", width=68),
    *ours("SHA-256", width=68),
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


def audit_row(
    audit: Audit, record: Record | None, contract: Contract, asked: Contract | None = None
) -> Row:
    """An audit's row of its type's sheet; without a record the answers are empty.

    `contract` says under which headings they stand, and `asked` in which words: it is the one that
    the form went out by, the same where none is given.
    """
    return {
        **_first_cells(audit, contract),
        **(_answer_cells(record, contract, asked or contract) if record else {}),
        "Date audited": audit.date_audited,
        "Case type": audit.header.get("case_types", ""),
        "Theme": audit.theme,
        "Form": audit.archived,
        "SHA-256": audit.sha256,
    }


def first_staff_values(record: Record, contract: Contract, asked: Contract | None = None) -> Row:
    """What the form itself says for a staff column, to stand there until staff write otherwise."""
    cells = _field_cells(record, contract, asked or contract)
    kept = {heading for field, heading in _field_headings(contract) if field.staff_column}
    return {heading: cell for heading, cell in cells.items() if heading in kept}


def answer_carriers(record: Record, contract: Contract, asked: Contract) -> Mapping[str, str]:
    """How each answer, comment and field was found in the form, by the heading it stands under."""
    placed = ((answer, _heading(answer, contract, asked)) for answer in record.answers)
    found = {heading: answer.carrier for answer, heading in placed if heading}
    for item_id in record.comments:
        item = _column_of(item_id, contract, asked)
        if item and item.comment_key:
            found[_comment_heading(item)] = record.carriers.get(f"{item_id}.comment", "")
    for field, heading in _field_headings(contract):
        if field.name in record.fields:
            found[heading] = record.carriers.get(field.name, "")
    return {**found, "Date audited": record.carriers.get("date_audited", NO_CARRIER)}


def unasked_headings(contract: Contract, printed: Collection[str]) -> frozenset[str]:
    """The headings of the items that a form on which only those were printed did not ask."""
    left = (item for item in contract.items if item.id not in printed)
    return frozenset(column.heading for item in left for column in _item_columns(item))


def staff_fields(row: Row, contract: Contract) -> dict[str, str]:
    """What staff wrote in a row's columns, by field name: codes, words and dates in ISO."""
    return {
        field.name: _as_said(field, row[heading])
        for field, heading in _field_headings(contract)
        if field.staff_column and row.get(heading) not in (None, "")
    }


def _as_said(field: Field, cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).strip()
    return code_of(field.type, text, field.choices) or text


def _item_columns(item: Item) -> Iterator[Column]:
    for facet in item.facets:
        yield _column(item, _of_facet(facet), width=14)
    if not item.facets:
        kind = "date" if item.kind == "date" else "text"
        yield _column(item, kind=kind, width=40 if item.type == "text" else 20)
    if item.comment_key:
        yield _column(item, _COMMENT, width=50, grouped=True)


def _column(item: Item, end: str = "", **looks: Any) -> Column:
    """One of an item's columns, with the headings that it had in earlier versions."""
    before = tuple(f"{title}{end}" for title in item.formerly)
    return Column(heading=f"{item.title}{end}", formerly=before, **looks)


def _of_facet(facet: str) -> str:
    return f" – {FACETS[facet].lower()}"


def _facet_heading(item: Item, facet: str) -> str:
    return f"{item.title}{_of_facet(facet)}"


def _comment_heading(item: Item) -> str:
    return f"{item.title}{_COMMENT}"


def _sign_off_columns(contract: Contract) -> Iterator[Column]:
    for field, heading in _field_headings(contract):
        kind = "date" if field.type == "date" else "text"
        choices = listed(field.type, field.choices) if field.staff_column else ()
        labels = tuple(choice.label for choice in choices)
        yield Column(
            heading=heading,
            kind=kind,
            width=18,
            staff=field.staff_column,
            choices=labels,
            formerly=field.formerly,
        )


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


def _answer_cells(record: Record, contract: Contract, asked: Contract) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for answer in record.answers:
        item = asked.item(answer.item_id)
        if item and (heading := _heading(answer, contract, asked)):
            cells[heading] = _said(item.kind, answer.value, choices_of(item))
    for item_id, comment in record.comments.items():
        item = _column_of(item_id, contract, asked)
        if item and item.comment_key:
            cells[_comment_heading(item)] = comment
    return cells | _field_cells(record, contract, asked)


def _field_cells(record: Record, contract: Contract, asked: Contract) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    fields = {field.name: field for field in asked.fields()}
    for field, heading in _field_headings(contract):
        if value := record.fields.get(field.name, ""):
            own = fields.get(field.name, field)
            cells[heading] = _said(own.type, value, own.choices)
    return cells


def _heading(answer: Answer, contract: Contract, asked: Contract) -> str:
    """The heading that an answer stands under, "" where it has none."""
    item = _column_of(answer.item_id, contract, asked)
    if item is None:
        return ""
    return _facet_heading(item, answer.facet) if answer.facet else item.title


def _column_of(item_id: str, contract: Contract, asked: Contract) -> Item | None:
    item = asked.item(item_id)
    return column_item(contract, item) if item else None


def _said(kind: str, value: str, choices: tuple[Choice, ...]) -> Cell:
    """The words of an answer; one of another kind, when its own contract is lost, as it is kept."""
    with suppress(ValueError):
        return date.fromisoformat(value) if kind == "date" else label_of(kind, value, choices)
    return value
