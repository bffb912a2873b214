"""Labels that lost number and bookmark and were reworded: which question each still stands for.

The last resort of the reader, looked for only where a question is not found otherwise. Words that
stand for several keys serve by their order, when each is there once; changed words by likeness,
when one key alone is like them and they hold the same numbers. What is doubtful is left alone.

Source: forms.md (reading, "label wording by occurrence: fuzzy, scored, unambiguous").
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from auditdocs.documents.forms.cells import Asked, Named
from auditdocs.documents.forms.word_tables import WordCell, WordTable, plain
from auditdocs.model.contract import FACETS

_LIKE = 0.84
"""How like a label must be, of 1."""

_CLEAR = 0.06
"""How much more like it than the next one."""

_NUMBERED = re.compile(r"\d+(?:\.\d+)*[a-z]?[.)]?\s+")
_DIGITS = re.compile(r"\d+")
_HEADINGS = frozenset({"answer", "comment", *map(plain, FACETS.values())})


def worded(tables: Iterable[WordTable], asked: Asked, missing: frozenset[str]) -> Named:
    """The label cells that stand for one of the missing keys by their wording alone."""
    if not missing:
        return {}
    exact = frozenset(plain(word) for words in asked.wordings.values() for word in words)
    cells = {id(cell): _bare(cell) for table in tables for cell in _unnamed(table, asked, exact)}
    if not cells:
        return {}
    wordings = {key: words for key, words in asked.wordings.items() if key in missing}
    found = dict(_by_order(cells, wordings))
    found |= _by_likeness(
        {place: text for place, text in cells.items() if place not in found},
        {key: words for key, words in wordings.items() if key not in found.values()},
    )
    return found


def _unnamed(table: WordTable, asked: Asked, exact: frozenset[str]) -> Iterator[WordCell]:
    """The cells with words of their own and a cell to their right, where nothing else names them.

    Only the first of a row may be reworded; further ones must be a label word for word. A row that
    has kept an answer field needs no other name.
    """
    if table.is_inner:
        return
    for row in table.rows:
        if any(tag in asked.keys for cell in row for tag, _ in cell.controls):
            continue
        if _HEADINGS.isdisjoint(cell.text[:20].casefold() for cell in row):
            yield from (cell for cell in row[:1] if len(row) > 1 and _is_unnamed(cell, asked))
            yield from (cell for cell in row[1:-1] if _bare(cell) in exact)


def _is_unnamed(cell: WordCell, asked: Asked) -> bool:
    is_marked = any(mark.startswith(("q_", "h_")) for mark in cell.bookmarks)
    return bool(cell.text) and not is_marked and plain(_first_line(cell)) not in asked.labels


def _by_order(
    cells: Mapping[int, str], wordings: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    for text in dict.fromkeys(cells.values()):
        keys = [key for key, words in wordings.items() if text in map(plain, words)]
        places = [place for place, each in cells.items() if each == text]
        if len(keys) == len(places):
            yield from zip(places, keys, strict=True)


def _by_likeness(
    cells: Mapping[int, str], wordings: Mapping[str, tuple[str, ...]]
) -> dict[int, str]:
    best = {place: _like(text, wordings) for place, text in cells.items()}
    chosen = [key for key in best.values() if key]
    return {place: key for place, key in best.items() if key and chosen.count(key) == 1}


def _like(text: str, wordings: Mapping[str, tuple[str, ...]]) -> str:
    """The one key whose label is so worded, "" when none or several are."""
    scores = sorted(
        (
            (max(_score(text, plain(word)) for word in words), key)
            for key, words in wordings.items()
        ),
        reverse=True,
    )
    best, key = scores[0] if scores else (0.0, "")
    second = scores[1][0] if len(scores) > 1 else 0.0
    return key if best >= _LIKE and best - second >= _CLEAR else ""


def _score(text: str, label: str) -> float:
    if _DIGITS.findall(text) != _DIGITS.findall(label):  # another limit is another standard
        return 0.0
    return SequenceMatcher(None, text, label, autojunk=False).ratio()


def _bare(cell: WordCell) -> str:
    return _NUMBERED.sub("", plain(_first_line(cell)), count=1)


def _first_line(cell: WordCell) -> str:
    return cell.text.partition("\n")[0]
