"""Which cell of a returned form holds which answer: by control, bookmark, printed number or label.

A label cell names an item or a field, and what stands to its right answers it. A control that was
moved elsewhere still speaks for its own answer; where the two differ, a person decides.

Source: forms.md (reading, "which cell").
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from auditdocs.documents.forms.labels import (
    ANSWER,
    ANSWERS,
    COMMENT,
    NOBODYS,
    PARTS,
    Named,
    heading_over,
    label_at,
    marked_as,
    named,
)
from auditdocs.documents.forms.questions import Asked
from auditdocs.documents.forms.word_tables import WordCell, WordTable, plain
from auditdocs.model.contract import AGREED, FACETS, Item

Worded = Mapping[int, Named]
"""The identity of a label's first cell to what its wording alone was found to stand for."""


class Claim(NamedTuple):
    """The cells that hold the answer of a key, and how they were found; several where split."""

    key: str
    carrier: str
    texts: tuple[str, ...]
    doubt: str = ""
    """Why it is to be looked at, EXCHANGED, REWORDED, UNCLEAR or ""."""


def claims(
    table: WordTable, asked: Asked, worded: Worded = MappingProxyType({})
) -> Iterator[Claim]:
    """Every answer that a table's labels and controls lead to, filled or not.

    `worded` are label cells that only their wording names, when that was looked for.
    """
    for row in table.rows:
        found = [*_labelled(row, table, asked, worded)]
        for key, by, cells in found:
            yield Claim(key, by.carrier, _texts(cells), by.doubt)
        yield from _tagged(row, found, asked)


def tagged(table: WordTable, asked: Asked) -> Iterator[Claim]:
    """Every answer that a table's controls lead to, whatever its labels say."""
    for row in table.rows:
        yield from _tagged(row, (), asked)


_Found = tuple[str, Named, list[WordCell]]
"""A key, how its label was named, and the cells that hold its answer."""


def _texts(cells: Iterable[WordCell]) -> tuple[str, ...]:
    return tuple([cell.text for cell in cells])


def _labelled(
    row: tuple[WordCell, ...], table: WordTable, asked: Asked, worded: Worded
) -> Iterator[_Found]:
    """What the label cells of a row name, each with the cells to its right.

    An item's row is its own to the end; a field's label has one cell, and then another label may
    follow.
    """
    place = 0
    while place < len(row) - 1:
        label = label_at(row, place, table.headings, asked)
        by = _named(label, row, table, asked, worded)
        place += len(label)
        if by.key in asked.items:
            yield from _answers(asked.items[by.key], by, row[place:], table.headings)
            return
        if by.key:
            yield by.key, _better(by.key, by, row[place : place + 1]), [row[place]]
            place += 1


def _named(
    label: tuple[WordCell, ...],
    row: tuple[WordCell, ...],
    table: WordTable,
    asked: Asked,
    worded: Worded,
) -> Named:
    """What a label names, by itself or, where that was looked for, by its wording alone."""
    if table.is_inner or not label[0].text:  # what is pasted into an answer has no labels of ours
        marked = marked_as(label, asked)
        return Named(marked, "bookmark") if marked else NOBODYS
    if (by := named(label, row, asked)).key:
        return by
    return worded.get(id(label[0]), NOBODYS)


def _answers(
    item: Item, by: Named, cells: tuple[WordCell, ...], headings: Mapping[int, str]
) -> Iterator[_Found]:
    """The answer cells of an item, told apart by their own controls, else by the headings above."""
    own = {*item.keys, item.comment_key} - {""}
    over = _headings_over(cells, item, headings)
    first = ANSWER if ANSWER in over else over[0]  # a designer may put a column before the answer
    held: dict[str, list[WordCell]] = {}
    for cell, heading in zip(cells, over, strict=True):
        key = cell.controls[0][0] if len(cell.controls) == 1 else ""
        if key not in own:  # in a table of another section headings mislead
            key = _key_under(heading, first, item)
        if key and len(cell.controls) < 2:
            held.setdefault(key, []).append(cell)
    yield from ((key, _better(key, by, held[key]), held[key]) for key in held)


def _headings_over(
    cells: Iterable[WordCell], item: Item, headings: Mapping[int, str]
) -> tuple[str, ...]:
    """The heading over each answer cell; where it is gone or reworded, the one that must be meant.

    The comment stands last. Another heading is only known when no other is missing: designers also
    exchange columns.
    """
    over = [heading_over(cell.column, headings) for cell in cells]
    if ANSWERS.issuperset(over) and len({*over}) == len(over):
        return tuple(over)
    printed = _printed_headings(item)
    missing = [heading for heading in printed if heading not in over]
    unknown = [n for n, name in enumerate(over) if name not in ANSWERS or name in over[:n]]
    if len(over) == len(printed) and len(missing) == len(unknown):
        if missing[-1] == COMMENT and unknown[-1] == len(over) - 1:
            over[unknown.pop()] = missing.pop()
        if len(missing) == 1:
            over[unknown[0]] = missing[0]
    return tuple(over)


def _printed_headings(item: Item) -> tuple[str, ...]:
    """The headings over an item's answers as forms are built, for comparing."""
    named = (AGREED if item.check else FACETS).values() if item.parts else (ANSWER,)
    return (*map(plain, named), *([COMMENT] if item.comment_key else []))


def _key_under(heading: str, first: str, item: Item) -> str:
    if item.parts and first == ANSWER:  # a standard put into a table of questions
        return ""
    if heading == COMMENT and item.comment_key:
        return item.comment_key
    if item.parts:
        part = PARTS.get(heading, "")
        return f"{item.id}.{part}" if part in item.parts else ""
    is_whole_width = not item.comment_key and (first != ANSWER or heading == COMMENT)
    return item.id if heading == first or is_whole_width else ""


def _better(key: str, by: Named, cells: Iterable[WordCell]) -> Named:
    """A control of that very tag in the cells is the better carrier."""
    for cell in cells:
        for tag, _ in cell.controls:
            if tag == key:
                return Named(key, "tag")
    return by


def _tagged(row: Iterable[WordCell], labelled: Iterable[_Found], asked: Asked) -> Iterator[Claim]:
    """The controls that stand where no label claims their cell for them."""
    claimed = {(key, id(cell)) for key, _, cells in labelled for cell in cells}
    for cell in row:
        for tag, text in cell.controls:
            if tag in asked.keys and (tag, id(cell)) not in claimed:
                yield Claim(tag, "tag", (text,))
