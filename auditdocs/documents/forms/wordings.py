"""Labels that lost number and bookmark and were reworded: which question each still stands for.

The last resort of the reader, looked for only where a question is not found otherwise. Words that
stand for several keys serve by their order, when each is there once; changed words by likeness,
when one key alone is like them and they hold the same numbers. What is doubtful is left alone.

Source: forms.md (reading, "label wording by occurrence: fuzzy, scored, unambiguous").
"""

from collections.abc import Iterable, Iterator, Mapping

from auditdocs.documents.forms.cells import Worded
from auditdocs.documents.forms.labels import ANSWERS, MARKS, Named, label_at, said
from auditdocs.documents.forms.likeness import likest
from auditdocs.documents.forms.questions import Asked, wording
from auditdocs.documents.forms.word_tables import WordCell, WordTable


def worded(tables: Iterable[WordTable], asked: Asked, missing: frozenset[str]) -> Worded:
    """The label cells that stand for one of the missing keys by their wording alone."""
    if not missing:
        return {}
    exact = frozenset(wording(word) for words in asked.wordings.values() for word in words)
    labels = (label for table in tables for label in _unnamed(table, asked, exact))
    cells = {id(label[0]): said(label)[1] for label in labels}
    if not cells:
        return {}
    wordings = {key: words for key, words in asked.wordings.items() if key in missing}
    exactly = dict(_by_order(cells, wordings))
    alike = _by_likeness(
        {place: text for place, text in cells.items() if place not in exactly},
        {key: words for key, words in wordings.items() if key not in exactly.values()},
    )
    return {
        **{place: Named(key, "label") for place, key in exactly.items()},
        **{place: Named(key, "wording") for place, key in alike.items()},
    }


def _unnamed(
    table: WordTable, asked: Asked, exact: frozenset[str]
) -> Iterator[tuple[WordCell, ...]]:
    """The labels with words of their own and a cell to their right, where nothing else names them.

    Only the first of a row may be reworded; further ones must be a label word for word. A row that
    has kept an answer field needs no other name.
    """
    if table.is_inner:
        return
    for row in table.rows:
        if any(tag in asked.keys for cell in row for tag, _ in cell.controls):
            continue
        if len(row) > 1 and ANSWERS.isdisjoint(cell.text[:20].casefold() for cell in row):
            first = label_at(row, 0, table.headings, asked)
            yield from [first] if _is_unnamed(first, asked) else []
            yield from ((cell,) for cell in row[len(first) : -1] if said((cell,))[1] in exact)


def _is_unnamed(label: tuple[WordCell, ...], asked: Asked) -> bool:
    marks = (mark for cell in label for mark in cell.bookmarks)
    is_marked = any(mark.startswith(MARKS) for mark in marks)
    number, words = said(label)
    return bool(words) and not is_marked and f"{number} {words}".strip() not in asked.labels


def _by_order(
    cells: Mapping[int, str], wordings: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    for text in dict.fromkeys(cells.values()):
        keys = [key for key, words in wordings.items() if text in map(wording, words)]
        places = [place for place, each in cells.items() if each == text]
        if len(keys) == len(places):
            yield from zip(places, keys, strict=True)


def _by_likeness(
    cells: Mapping[int, str], wordings: Mapping[str, tuple[str, ...]]
) -> dict[int, str]:
    best = {place: likest(text, wordings) for place, text in cells.items()}
    clear = {place: found.key for place, found in best.items() if found.is_clear}
    chosen = [*clear.values()]
    return {place: key for place, key in clear.items() if chosen.count(key) == 1}
