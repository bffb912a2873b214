"""Which cell of a returned form holds which answer: by control, bookmark, printed number or label.

A label cell names an item or a field, and what stands to its right answers it. A control that was
moved elsewhere still speaks for its own answer; where the two differ, a person decides.

Source: forms.md (reading, "which cell").
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from auditdocs.documents.forms.word_tables import WordCell, WordTable, plain
from auditdocs.model.contract import AGREED, FACETS, Contract, Item

CARRIERS = ("tag", "bookmark", "label", "number", "wording", "title", "field")
"""How an answer can be found, the most trusted first."""

_COMMENT = "comment"
_PARTS: Mapping[str, str] = {plain(label): part for part, label in {**FACETS, **AGREED}.items()}
"""Column heading to the end of a tag."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a contract asks, by each way to name it."""

    items: Mapping[str, Item]
    fields: frozenset[str]
    keys: frozenset[str]
    """The tags of all answers, comments and fields."""
    numbers: Mapping[str, str]
    """Printed number to item id."""
    labels: Mapping[str, str]
    """Each wording that stands for one item or field alone, to that one."""
    wordings: Mapping[str, tuple[str, ...]]
    """Item or field to the words that label it, in printed order."""


Named = Mapping[int, str]
"""The identity of a label cell to the key that its wording was found to stand for."""


class Claim(NamedTuple):
    """The cells that hold the answer of a key, and how they were found; several where split."""

    key: str
    carrier: str
    texts: tuple[str, ...]


def asked(contract: Contract) -> Asked:
    """What the contract asks."""
    items = {item.id: item for item in contract.items}
    fields = {field.name: field for field in contract.fields()}
    tags = {key for item in items.values() for key in (*item.keys, item.comment_key)}
    return Asked(
        items=items,
        fields=frozenset(fields),
        keys=frozenset({*fields, *tags} - {""}),
        numbers={item.number: item.id for item in items.values()},
        labels=_labels(contract),
        wordings={
            **{name: (field.label,) for name, field in fields.items()},
            **{key: (item.label, *item.aliases) for key, item in items.items()},
        },
    )


def claims(table: WordTable, asked: Asked, worded: Named = MappingProxyType({})) -> Iterator[Claim]:
    """Every answer that a table's labels and controls lead to, filled or not.

    `worded` are label cells that only their wording names, when that was looked for.
    """
    headings = table.headings
    for row in table.rows:
        found = [*_labelled(row, table.is_inner, headings, asked, worded)]
        for key, carrier, cells in found:
            yield Claim(key, carrier, _texts(cells))
        yield from _tagged(row, found, asked)


def tagged(table: WordTable, asked: Asked) -> Iterator[Claim]:
    """Every answer that a table's controls lead to, whatever its labels say."""
    for row in table.rows:
        yield from _tagged(row, (), asked)


def heading_over(column: int, headings: Mapping[int, str]) -> str:
    """The heading above a column: a cell that was split still stands under that of the whole."""
    if column in headings:
        return headings[column]
    return headings[max(before)] if (before := [c for c in headings if c < column]) else ""


_Found = tuple[str, str, list[WordCell]]
"""A key, the carrier it was found by, and the cells that hold its answer."""


def _labels(contract: Contract) -> dict[str, str]:
    items = contract.items
    named = [(plain(words), item.id) for item in items for words in _wordings(item)]
    named += [(plain(field.label), field.name) for field in contract.fields()]
    times = Counter(label for label, _ in dict.fromkeys(named))
    return {label: key for label, key in named if times[label] == 1}


def _wordings(item: Item) -> tuple[str, ...]:
    return item.title, item.label, *item.aliases


def _texts(cells: Iterable[WordCell]) -> tuple[str, ...]:
    return tuple([cell.text for cell in cells])


def _labelled(
    row: tuple[WordCell, ...],
    is_inner: bool,
    headings: Mapping[int, str],
    asked: Asked,
    worded: Named,
) -> Iterator[_Found]:
    """What the label cells of a row name, each with the cells to its right.

    An item's row is its own to the end; a field's label has one cell, and then another label may
    follow.
    """
    place = 0
    while place < len(row) - 1:
        key, carrier = _named(row[place], is_inner, asked, worded)
        place += 1
        if key in asked.items:
            yield from _answers(asked.items[key], carrier, row[place:], headings)
            return
        if key:
            yield key, _carrier(key, carrier, row[place : place + 1]), [row[place]]
            place += 1


def _named(cell: WordCell, is_inner: bool, asked: Asked, worded: Named) -> tuple[str, str]:
    """The item or field that a label cell names, and by which carrier, the most trusted alone."""
    for mark in cell.bookmarks:
        if mark.startswith(("q_", "h_")) and (mark[2:] in asked.items or mark[2:] in asked.fields):
            return mark[2:], "bookmark"
    if is_inner or not cell.text:  # what is pasted into an answer has no labels of ours
        return "", ""
    first_line = cell.text.partition("\n")[0]
    if key := asked.labels.get(plain(first_line), ""):
        return key, "label"
    number, rest = (*first_line.split(maxsplit=1), "", "")[:2]
    numbered = asked.numbers.get(number.rstrip(".") if cell.column == 0 else "", "")
    other = asked.labels.get(plain(rest), "") if numbered else ""
    if other and other != numbered:  # a row that was given another number is still the question's
        return other, "wording"
    if numbered:
        return numbered, "number"
    key = worded.get(id(cell), "")
    return key, "wording" if key else ""


def _answers(
    item: Item, carrier: str, cells: tuple[WordCell, ...], headings: Mapping[int, str]
) -> Iterator[_Found]:
    """The answer cells of an item, told apart by their own controls, else by the headings above."""
    first, own = heading_over(cells[0].column, headings), {*item.keys, item.comment_key} - {""}
    held: dict[str, list[WordCell]] = {}
    for cell in cells:
        key = cell.controls[0][0] if len(cell.controls) == 1 else ""
        if key not in own:  # in a table of another section headings mislead
            key = _key_under(heading_over(cell.column, headings), first, item)
        if key and len(cell.controls) < 2:
            held.setdefault(key, []).append(cell)
    yield from ((key, _carrier(key, carrier, held[key]), held[key]) for key in held)


def _key_under(heading: str, first: str, item: Item) -> str:
    if heading == _COMMENT and item.comment_key:
        return item.comment_key
    if item.parts:
        part = _PARTS.get(heading, "")
        return f"{item.id}.{part}" if part in item.parts else ""
    return item.id if heading == first or not item.comment_key else ""


def _carrier(key: str, carrier: str, cells: Iterable[WordCell]) -> str:
    """A control of that very tag in the cells is the better carrier."""
    for cell in cells:
        for tag, _ in cell.controls:
            if tag == key:
                return "tag"
    return carrier


def _tagged(row: Iterable[WordCell], labelled: Iterable[_Found], asked: Asked) -> Iterator[Claim]:
    """The controls that stand where no label claims their cell for them."""
    claimed = {(key, id(cell)) for key, _, cells in labelled for cell in cells}
    for cell in row:
        for tag, text in cell.controls:
            if tag in asked.keys and (tag, id(cell)) not in claimed:
                yield Claim(tag, "tag", (text,))
