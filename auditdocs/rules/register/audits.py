"""The sheet of each audit type: a row an audit, a column an answer (settled.md, Ledger)."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import chain, count
from typing import Any, NamedTuple

from auditdocs.model.audit import ISSUED, Audit
from auditdocs.model.contract import FACETS, Choice, Contract, Field, Item
from auditdocs.model.form import Record
from auditdocs.model.ledger import Cell, Column, Sheet
from auditdocs.rules.forms.scales import choices_of, code_of, label_of, listed
from auditdocs.rules.forms.versions import column_item
from auditdocs.rules.register.columns import Row, ours

NO_CARRIER = "none"
"""How the date of an audit is found on which none was written: it is the day the form came back."""

_COMMENT = " – comment"
_MOST_EDITIONS = 64
"""What follows from a type and an edition of its form is held for so many: more than there are."""
_SIGNED = " (signed)"
"""What tells a field of the sign-off from a column of the same words."""

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
    answered, commented = _places(contract, asked), _comment_headings(contract, asked)
    placed = ((each, answered.get((each.item_id, each.facet))) for each in record.answers)
    found = {place.heading: answer.carrier for answer, place in placed if place}
    for item_id in record.comments:
        if heading := commented.get(item_id):
            found[heading] = record.carriers.get(f"{item_id}.comment", "")
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
            formerly=tuple(f"{old}{end}" for old in field.formerly for end in ("", _SIGNED)),
        )


@lru_cache(maxsize=_MOST_EDITIONS)
def _field_headings(contract: Contract) -> tuple[tuple[Field, str], ...]:
    """Each field of auditor's part and sign-off that has a column, with the column's heading.

    The label, told apart where another column has it already: Excel wants headings unique.
    """
    taken = {column.heading.casefold() for column in (*_FIRST, *_LAST)}
    found: list[tuple[Field, str]] = []
    for field in (*contract.auditor, *contract.sign_off):
        if field.name != "date_audited":
            numbered = (f"{field.label} ({nth})" for nth in count(2))
            headings = chain((field.label, f"{field.label}{_SIGNED}"), numbered)
            heading = next(each for each in headings if each.casefold() not in taken)
            taken.add(heading.casefold())
            found.append((field, heading))
    return tuple(found)


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
    answered, commented = _places(contract, asked), _comment_headings(contract, asked)
    for answer in record.answers:
        if place := answered.get((answer.item_id, answer.facet)):
            cells[place.heading] = _said(place.kind, answer.value, place.choices)
    for item_id, comment in record.comments.items():
        if heading := commented.get(item_id):
            cells[heading] = comment
    return cells | _field_cells(record, contract, asked)


def _field_cells(record: Record, contract: Contract, asked: Contract) -> dict[str, Cell]:
    return {
        place.heading: _said(place.kind, value, place.choices)
        for name, place in _field_places(contract, asked).items()
        if (value := record.fields.get(name, ""))
    }


class _Place(NamedTuple):
    """Where something of a form stands, and how it was asked."""

    heading: str
    kind: str
    choices: tuple[Choice, ...]


@lru_cache(maxsize=_MOST_EDITIONS)
def _places(contract: Contract, asked: Contract) -> Mapping[tuple[str, str], _Place]:
    """Where an answer stands, by item and facet, with how it was asked: the same for every form."""
    return {
        (item.id, facet): _Place(heading, item.kind, choices_of(item))
        for item in reversed(asked.items)
        if (column := column_item(contract, item))
        for facet, heading in _headings(column)
    }


def _headings(item: Item) -> Iterator[tuple[str, str]]:
    """The heading of an answer without a facet, and of one of each."""
    yield "", item.title
    yield from ((facet, f"{item.title}{_of_facet(facet)}") for facet in FACETS)


@lru_cache(maxsize=_MOST_EDITIONS)
def _comment_headings(contract: Contract, asked: Contract) -> Mapping[str, str]:
    """The heading that a comment stands under, by item."""
    return {
        item.id: f"{column.title}{_COMMENT}"
        for item in reversed(asked.items)
        if (column := column_item(contract, item)) and column.comment_key
    }


@lru_cache(maxsize=_MOST_EDITIONS)
def _field_places(contract: Contract, asked: Contract) -> Mapping[str, _Place]:
    """Where a field of auditor's part and sign-off stands, by its name."""
    fields = {field.name: field for field in asked.fields()}
    columns = (
        (heading, fields.get(each.name, each)) for each, heading in _field_headings(contract)
    )
    return {own.name: _Place(heading, own.type, own.choices) for heading, own in columns}


def _said(kind: str, value: str, choices: tuple[Choice, ...]) -> Cell:
    """The words of an answer; one of another kind, when its own contract is lost, as it is kept."""
    if kind != "date":
        return label_of(kind, value, choices)
    with suppress(ValueError):
        return date.fromisoformat(value)
    return value
