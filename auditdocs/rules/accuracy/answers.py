"""The rows of a returned check list: what each says, and what is to be made clear.

Source: domain.md C4 (blank is not checked, N without a correct value is a query).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.accuracy import (
    QUERY,
    RIGHT,
    UNKNOWN,
    WRONG,
    AgreedItem,
    CheckedRow,
    ListedRow,
)
from auditdocs.model.tables import Value
from auditdocs.rules.calendar.dates import months_after, uk_date, written_date
from auditdocs.rules.caseload.cells import text
from auditdocs.rules.caseload.matching import name_key

_YES = frozenset({"y", "yes", "true", "correct", "right", "ok", "✓", "✔", "☑", "☒"})
_NO = frozenset({"n", "no", "false", "wrong", "incorrect"})
_NOT_KNOWN = frozenset({"nk", "n k", "not known", "unknown", "dont know", "?"})

_MONTHS_BACK = 12
"""How long before a list comes back it can have been checked: earlier is a slip of the year, and
would count in the days to correct."""

Cells = Mapping[str, Value]
"""A returned row's cells by column name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a return says: its answered rows, and what a person should know of the others."""

    rows: tuple[CheckedRow, ...]
    strangers: int = 0
    """Answered rows that were never listed: kept in the file, and not counted."""
    altered: int = 0
    """Rows whose value on the system was changed: what was listed stands."""
    twice: int = 0
    """Rows that stand twice with different answers."""

    @property
    def queries(self) -> tuple[CheckedRow, ...]:
        """The rows in which something is to be made clear."""
        return tuple(row for row in self.rows if row.why)


def answered_rows(
    rows: Iterable[tuple[Cells, Mapping[str, Value]]],
    listed: Iterable[ListedRow],
    items: Iterable[AgreedItem],
    *,
    returned: date,
) -> Answered:
    """The rows that say something. `rows` are cells by column and by added heading.

    A row is known by child and item, wherever it stands; of two for the same, the fuller counts.
    """
    known = {row.key: row for row in listed}
    names = _names(items)
    kept: dict[tuple[str, str], CheckedRow] = {}
    strangers = altered = twice = 0
    for cells, notes in rows:
        key = _key(cells, names)
        row = known.get(key)
        said = _answer(cells, notes, row, key, returned) if key[1] else None
        if row is None:
            strangers += said is not None
            continue
        altered += _is_altered(cells, row)
        before = kept.get(key)
        if said and before and _said(before) != _said(said):
            twice += 1
        if said and (before is None or _fullness(said) > _fullness(before)):
            kept[key] = said
    return Answered(rows=tuple(kept.values()), strangers=strangers, altered=altered, twice=twice)


def merged(returns: Iterable[Iterable[CheckedRow]]) -> tuple[tuple[CheckedRow, ...], int]:
    """What several returns of a list come to, row by row, and how many rows they disagree on.

    A row that one return leaves blank keeps what another said; of two that differ the one checked
    later counts, of equals the one that came later. A query gives way to an answer.
    """
    kept: dict[tuple[str, str], CheckedRow] = {}
    differing: set[tuple[str, str]] = set()
    for rows in returns:
        for row in rows:
            before = kept.get(row.key)
            if before is None or before.verdict == QUERY:
                kept[row.key] = row
                continue
            if _said(before) != _said(row) and row.verdict != QUERY:
                differing.add(row.key)
            if _overtakes(row, before):
                kept[row.key] = _with_correction(row, before)
    return tuple(kept.values()), len(differing)


def _overtakes(row: CheckedRow, before: CheckedRow) -> bool:
    if row.verdict == QUERY:
        return False
    return (row.checked or date.max) >= (before.checked or date.min)


def _with_correction(row: CheckedRow, before: CheckedRow) -> CheckedRow:
    """A later return that says the same keeps the earlier one's date of correction."""
    if row.verdict == before.verdict == WRONG and row.corrected is None:
        return replace(row, corrected=before.corrected)
    return row


def _said(row: CheckedRow) -> tuple[str, str]:
    return row.verdict, row.correct_value.casefold()


def _fullness(row: CheckedRow) -> int:
    fields = (row.correct_value, row.corrected, row.checked_by, row.checked, row.comment)
    return sum(bool(each) for each in fields) + 10 * (row.verdict != QUERY)


def _names(items: Iterable[AgreedItem]) -> dict[str, str]:
    """Every way to name an item to its id."""
    return {name_key(words): item.id for item in items for words in (item.label, item.id)}


def _key(cells: Cells, names: Mapping[str, str]) -> tuple[str, str]:
    return names.get(name_key(text(cells.get("item_id"))), ""), text(cells.get("child_id"))


def _is_altered(cells: Cells, row: ListedRow) -> bool:
    shown = cells.get("value_on_system")
    return shown is not None and " ".join(text(shown).split()) != " ".join(row.value.split())


def _answer(
    cells: Cells,
    notes: Mapping[str, Value],
    row: ListedRow | None,
    key: tuple[str, str],
    returned: date,
) -> CheckedRow | None:
    """What a row says, None when nothing is filled in."""
    verdict_words, value = text(cells.get("correct")), text(cells.get("correct_value"))
    corrected, wrong_corrected = _day(cells.get("corrected_on_system_date"), returned)
    checked, wrong_checked = _day(cells.get("checked_date"), returned)
    if not (verdict_words or value or cells.get("corrected_on_system_date")):
        return None
    verdict, why = _verdict(verdict_words, value, row)
    told = [
        *([why] if why else []),
        *([f"Corrected on system: {wrong_corrected}"] if wrong_corrected else []),
        *([f"Checked on: {wrong_checked}"] if wrong_checked else []),
    ]
    return CheckedRow(
        child_id=key[1],
        item_id=key[0],
        verdict=verdict,
        correct_value=value,
        corrected=corrected if verdict == WRONG else None,
        checked_by=text(cells.get("checked_by")),
        checked=checked,
        comment=_comment(cells, notes),
        why=" ".join(told),
    )


def _verdict(words: str, value: str, row: ListedRow | None) -> tuple[str, str]:
    """The verdict, and for a query what is to be made clear."""
    plain = name_key(words) or words
    if plain in _NO:
        if not value:
            return QUERY, "N without the correct value: write it."
        same = row is not None and value == " ".join(row.value.split())  # O'Brien corrects Obrien
        return (QUERY, "N, but the correct value is the one listed.") if same else (WRONG, "")
    if plain in _YES:
        other = value and row is not None and name_key(value) != name_key(row.value)
        return (QUERY, "Y, but another correct value is given.") if other else (RIGHT, "")
    if plain in _NOT_KNOWN:
        return UNKNOWN, ""
    return QUERY, "Say Y, N or NK." if words else "A value or date without Y, N or NK."


def _day(value: Value, returned: date) -> tuple[date | None, str]:
    """The date in a cell, and what is wrong with it where it is none that can be."""
    if value is None or not text(value):
        return None, ""
    day = value if isinstance(value, date) else written_date(text(value), pivot=returned.year + 1)
    if day is None:
        return None, "it is not a date; write dd/mm/yyyy."
    if day > returned:
        return None, f"{uk_date(day)} lies in the future."
    if day < months_after(returned, count=-_MONTHS_BACK):
        return None, f"{uk_date(day)} lies more than a year back: is the year right?"
    return day, ""


def _comment(cells: Cells, notes: Mapping[str, Value]) -> str:
    said = [text(cells.get("comment"))]
    said += [f"{heading}: {text(value)}" for heading, value in notes.items() if text(value)]
    return "; ".join(_filled(said))


def _filled(words: Iterable[str]) -> Iterator[str]:
    return (each for each in words if each)
