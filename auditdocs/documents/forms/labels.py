"""What the label of a row says: the number printed there and the words, and which question it is.

Number and words stand in one cell, or beside each other where a form's designer gave the number a
column of its own. Where they are two questions', the words count when they are clear: numbers are
exchanged more easily than sentences. What is not clear is for a person to decide.

Source: forms.md (reading, "which cell").
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from auditdocs.documents.forms.likeness import alike, likest
from auditdocs.documents.forms.questions import Asked, wording
from auditdocs.documents.forms.word_tables import WordCell, plain
from auditdocs.model.contract import AGREED, FACETS
from auditdocs.model.form import EXCHANGED, REWORDED, UNCLEAR

ANSWER, COMMENT = "answer", "comment"
PARTS: Mapping[str, str] = {plain(label): part for part, label in {**FACETS, **AGREED}.items()}
"""Heading of a column to the end of a tag."""

ANSWERS = frozenset({ANSWER, COMMENT, *PARTS})
"""The headings over answers, for comparing."""
MARKS = ("q_", "h_")
"""How the bookmarks round the labels of items and of fields begin."""

_NUMBER = re.compile(r"\(?(\d+(?:\.\d+)*[a-z]?)[.):]*")
_SOME_LIKENESS = 0.5
"""How like, of 1, words of a question are that was reworded; two questions seldom are so like."""
_MUCH_LIKER = 0.2
"""How much liker to another question than to their own number's words make the number doubtful."""


class Named(NamedTuple):
    """The item or field that a label names, by which carrier, and why it is to be looked at."""

    key: str = ""
    carrier: str = ""
    doubt: str = ""


NOBODYS = Named()


def label_at(
    row: tuple[WordCell, ...], place: int, headings: Mapping[int, str], asked: Asked
) -> tuple[WordCell, ...]:
    """The cells of a label that begins there: one, or a number's and its words' beside it."""
    cell = row[place]
    is_number = not place and len(row) > 2 and _NUMBER.fullmatch(cell.text)
    return row[:2] if is_number and _holds_words(row[1], headings, asked) else (cell,)


def named(label: Iterable[WordCell], row: Iterable[WordCell], asked: Asked) -> Named:
    """The item or field that a label in a row names, by the most trusted carrier."""
    cells = tuple(label)
    if marked := marked_as(cells, asked):
        return Named(marked, "bookmark")
    number, words = said(cells)
    if key := asked.labels.get(f"{number} {words}".strip(), ""):
        return Named(key, "label")
    own = asked.numbers.get(number, "") if cells[0].column == 0 else ""
    return _numbered(own, words, row, asked) if own else NOBODYS


def marked_as(label: Iterable[WordCell], asked: Asked) -> str:
    """The item or field whose bookmark stands in a label, or ""."""
    for cell in label:
        for mark in cell.bookmarks:
            if mark.startswith(MARKS) and (mark[2:] in asked.items or mark[2:] in asked.fields):
                return mark[2:]
    return ""


def said(label: Iterable[WordCell]) -> tuple[str, str]:
    """The printed number and the words of a label, for comparing; "" for what it has not."""
    first, _, rest = plain(" ".join(_first_lines(cell.text) for cell in label)).partition(" ")
    number = _NUMBER.fullmatch(first)
    return (number[1], wording(rest)) if number else ("", wording(f"{first} {rest}"))


def heading_over(column: int, headings: Mapping[int, str]) -> str:
    """The heading above a column: a cell that was split still stands under that of the whole."""
    if column in headings:
        return headings[column]
    return headings[max(before)] if (before := [c for c in headings if c < column]) else ""


def _first_lines(text: str) -> str:
    """The first line; the first two where a number has one to itself."""
    first, _, rest = text.partition("\n")
    return f"{first} {rest.partition(chr(10))[0]}" if _NUMBER.fullmatch(first) else first


def _holds_words(cell: WordCell, headings: Mapping[int, str], asked: Asked) -> bool:
    """Whether the cell beside a number holds the words of the label, not an answer."""
    if any(mark.startswith(MARKS) for mark in cell.bookmarks):
        return True
    if cell.controls or not cell.text or heading_over(cell.column, headings) in ANSWERS:
        return False
    words = wording(_first_lines(cell.text))
    return (
        not ANSWERS.isdisjoint(headings.values())
        or words in asked.labels
        or likest(words, asked.wordings).is_clear
    )


def _numbered(own: str, words: str, row: Iterable[WordCell], asked: Asked) -> Named:
    """The question of a label that has the number of `own` and not its very title."""
    kept = {asked.owners[tag] for cell in row for tag, _ in cell.controls if tag in asked.owners}
    if exact := asked.labels.get(words, ""):
        doubt = "" if kept == {exact} else EXCHANGED
        return Named(own, "label") if exact == own else Named(exact, "wording", doubt)
    if len(kept) == 1:  # an answer field says more than likeness does
        key = kept.pop()
        return Named(key, "number" if key == own else "wording")
    return _likest(own, words, {key: asked.wordings[key] for key in asked.items})


def _likest(own: str, words: str, wordings: Mapping[str, tuple[str, ...]]) -> Named:
    """The question of words that are nobody's exactly, beside the number of `own`."""
    best, like_own = likest(words, wordings), likest(words, {own: wordings[own]}).score
    if like_own >= best.score:
        return Named(own, "number", "" if like_own >= _SOME_LIKENESS else REWORDED)
    if alike(words, wordings[own]) > best.score:  # less only by a number in its words
        return Named(own, "number", REWORDED)
    if best.is_likelier:
        return Named(best.key, "wording", EXCHANGED)
    is_anothers = best.score >= _SOME_LIKENESS or best.score - like_own >= _MUCH_LIKER
    return Named(own, "number", UNCLEAR if is_anothers else REWORDED)
