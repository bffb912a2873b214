"""What of its contract a form's template does not carry, or carries otherwise: the check of a form.

Source: forms.md ("So a form is built like this"), cli.md (template check).
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from auditdocs.documents.forms.questions import asked
from auditdocs.documents.forms.rows import Rows, item_rows
from auditdocs.documents.templates.stories import (
    CELL,
    PARAGRAPH,
    ROW,
    Story,
    W,
    bookmarks,
    controls,
    words_of,
)
from auditdocs.errors import nearest
from auditdocs.model.contract import Contract, Item
from auditdocs.model.form import ROWS_OF_FAMILY, ROWS_TABLES, RowsTable
from auditdocs.model.lint import WARNING, Remark

_CONTROL = f"{W}sdt"
_NEW = '"auditdocs template new" builds a form with all of them, to copy from.'
_IDENTITY = "audit_id"
_IN_ROWS = tuple(f"{rows.prefix}." for rows in ROWS_TABLES)


def carrier_remarks(body: Story, contract: Contract) -> Iterator[Remark]:
    """The ids that are missing, unknown, twice or elsewhere, and labels that differ."""
    found: dict[str, list[etree._Element]] = {}
    for tag, control in controls(body.root):
        if tag:
            found.setdefault(tag, []).append(control)
    rows = item_rows(body.root, contract)
    yield from _missing_items(body, found, rows, contract)
    yield from _missing_fields(body, found, contract)
    known = asked(contract).keys
    if added := ROWS_OF_FAMILY.get(contract.family):
        yield from _missing_columns(body, found, added)
        known |= added.tags | {added.section}
    yield from _unknown(body, found, known)
    yield from _unknown_marks(body, contract)
    yield from _twice(body, found)
    yield from _elsewhere(body, found, rows, contract)
    yield from _labels(body, rows, contract)


_Controls = Mapping[str, list[etree._Element]]


def _missing_items(
    body: Story, found: _Controls, rows: Rows, contract: Contract
) -> Iterator[Remark]:
    marks = bookmarks(body.root)
    for item in contract.items:
        if item.id not in rows:
            text = f"{item.id} ({item.title}): the form has no row for it"
            yield body.remark("id-missing", None, text, f"Copy the row back in. {_NEW}")
            continue
        for key in (*item.keys, item.comment_key):
            if key and key not in found:
                text = f"{key} ({item.title}): there is no answer control of that tag"
                hint = f"Put a content control in the answer cell, its tag {key}. {_NEW}"
                yield body.remark("id-missing", rows[item.id], text, hint)
        if f"q_{item.id}" not in marks:
            text = f"the bookmark q_{item.id} round the label of {item.title} is gone"
            hint = "Select the label, Insert, Bookmark: forms saved elsewhere are read by it."
            yield body.remark("bookmark-missing", rows[item.id], text, hint, severity=WARNING)
    for section in contract.sections:
        if f"s_{section.key}" not in marks:
            text = f"the bookmark s_{section.key} round the heading of {section.title} is gone"
            hint = "Select the heading, Insert, Bookmark: without it the heading always prints."
            yield body.remark("bookmark-missing", None, text, hint, severity=WARNING)


def _missing_fields(body: Story, found: _Controls, contract: Contract) -> Iterator[Remark]:
    header = {field.name for field in contract.header}
    for field in contract.fields():
        if field.name not in found:
            severity = WARNING if field.name in header - {_IDENTITY} else "error"
            text = f"{field.name} ({field.label}): there is no control of that tag"
            hint = f"Put it back if the form is to have it. {_NEW}"
            yield body.remark("id-missing", None, text, hint, severity=severity)
        elif field.name in header:
            yield from _unfilled(body, field.name, found[field.name][0])


def _unfilled(body: Story, name: str, control: etree._Element) -> Iterator[Remark]:
    if name not in words_of(control) or "{{" not in words_of(control):
        text = f"{name}: nothing is filled in there"
        yield body.remark("field-unfilled", control, text, f"Write {{{{ {name} }}}} in it.")


def _missing_columns(body: Story, found: _Controls, added: RowsTable) -> Iterator[Remark]:
    for name, label in added.columns.items():
        tag = f"{added.prefix}.{name}"
        if tag not in found:
            text = f"{tag} ({label}): the table of {added.section} has no such column"
            yield body.remark("id-missing", None, text, f"Copy the table back in. {_NEW}")


def _unknown(body: Story, found: _Controls, known: frozenset[str]) -> Iterator[Remark]:
    for tag, controls_ in found.items():
        if tag not in known:
            text = f'the contract has nothing with the id "{tag}"; its answer would not be read'
            yield body.remark("id-unknown", controls_[0], text, _meant(tag, sorted(known)))


def _meant(tag: str, known: list[str]) -> str:
    near = nearest(tag, known)
    meant = f'Did you mean "{near}"? ' if near else ""
    return f"{meant}Correct the tag in the control's properties, or add an item to the contract."


def _unknown_marks(body: Story, contract: Contract) -> Iterator[Remark]:
    ids = [item.id for item in contract.items]
    for name, mark in bookmarks(body.root).items():
        if name.startswith("q_") and name[2:] not in ids:
            text = f'the bookmark {name} names "{name[2:]}", which the contract does not have'
            yield body.remark("id-unknown", mark, text, _meant(name[2:], ids))


def _twice(body: Story, found: _Controls) -> Iterator[Remark]:
    for tag, controls_ in found.items():
        if len(controls_) > 1 and not tag.startswith(_IN_ROWS):
            text = f'{len(controls_)} controls have the tag "{tag}"; two answers to one question'
            hint = "Give each the id of its own question, or take one out."
            yield body.remark("id-twice", controls_[1], text, hint)


def _elsewhere(body: Story, found: _Controls, rows: Rows, contract: Contract) -> Iterator[Remark]:
    """Controls that stand in another question's row: its answer would be read for both."""
    titles = {row: contract.item(item) for item, row in rows.items()}
    for item in contract.items:
        for key in (*item.keys, item.comment_key):
            for control in found.get(key, ()):
                row = next(control.iterancestors(ROW), None)
                other = titles.get(row) if row is not None else None
                if other is not None and other.id != item.id:
                    text = f'the control "{key}" stands in the row of {other.title}'
                    hint = f"Move it to the row of {item.title}."
                    yield body.remark("id-elsewhere", control, text, hint)


def _labels(body: Story, rows: Rows, contract: Contract) -> Iterator[Remark]:
    told: dict[str, Item] = {}
    numbers = {item.number for item in contract.items}
    for item in contract.items:
        if item.id not in rows:
            continue
        label = _label(rows[item.id])
        number = label.split(maxsplit=1)[0].rstrip(".") if label else ""
        yield from _number_remarks(body, item, number, rows)
        if number in told:
            text = f"the number {number} is printed twice, also beside {told[number].title}"
            yield body.remark("number-twice", rows[item.id], text, f"Write {item.number} here.")
        if number in numbers:
            told.setdefault(number, item)
        words = label[len(number) :].lstrip(". ") if number == item.number else label
        yield from _label_remarks(body, item, words, rows)


def _number_remarks(body: Story, item: Item, number: str, rows: Rows) -> Iterator[Remark]:
    if number != item.number:
        text = f'the label of {item.id} begins with "{number}", not with its number {item.number}'
        hint = (
            f"Write {item.number} before the label, or give the item that number in the contract."
        )
        yield body.remark("number-differs", rows[item.id], text, hint)


def _label_remarks(body: Story, item: Item, words: str, rows: Rows) -> Iterator[Remark]:
    allowed = {" ".join(each.split()) for each in (item.label, *item.aliases)}
    if words not in allowed and "{{" not in words:
        text = f'{item.number} reads "{words[:80]}" here and "{item.label[:80]}" in the contract'
        hint = "Write the new words in the contract too, with the old ones under aliases."
        yield body.remark("label-differs", rows[item.id], text, hint, severity=WARNING)


def _label(row: etree._Element) -> str:
    """Number and label: the first line of the label cell, or of a number's cell and the next."""
    cells = [*row.iter(CELL)]
    lines = [_first_line(cell) for cell in cells[:2]]
    is_apart = (
        len(cells) > 2 and " " not in lines[0] and next(cells[1].iter(_CONTROL), None) is None
    )
    return " ".join(lines) if is_apart else "".join(lines[:1])


def _first_line(cell: etree._Element) -> str:
    lines = (" ".join(words_of(each).split()) for each in cell.iter(PARAGRAPH))
    return next(filter(None, lines), "")
