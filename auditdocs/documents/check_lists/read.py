"""A check list come home: read by its headings, whatever the order and whatever was added.

Source: domain.md C4; forms.md ("rows in any order, extra columns kept as notes").
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from auditdocs.documents.check_lists.columns import LIST_PROPERTY, NAMES, heading_key
from auditdocs.documents.extracts.tables import tables
from auditdocs.documents.unzip import NOT_WHOLE
from auditdocs.model.tables import Table, Value
from auditdocs.rules.references import references_in

_LOOKED_AT = 40
_NEEDED = frozenset({"child_id", "item_id", "correct"})
_PEEK = 400_000
_PEEKED = re.compile(r"docProps/custom\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet[12]\.xml")
_TAG = re.compile(r"<[^<>]*>")
_NOT_WHOLE = (KeyError, *NOT_WHOLE)
_HEADINGS = ("value on system", "correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """One row as it stands: every known column by name, and what stands in columns people added."""

    number: int
    """The worksheet's row number."""
    cells: Mapping[str, Value]
    notes: Mapping[str, Value]
    """By heading, columns that are none of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedList:
    """A returned workbook as read, nothing checked yet."""

    references: tuple[str, ...]
    """The lists it says it is, each once."""
    rows: tuple[ReturnedRow, ...]
    missing: tuple[str, ...] = ()
    """The headings without which it cannot be read."""


def looks_like_a_list(data: bytes, prefixes: Iterable[str]) -> bool:
    """Whether a workbook or CSV file says that it is a check list; a quick look at its beginning.

    `prefixes` are those of check lists' references.
    """
    text = "".join(_beginnings(data))
    if f'name="{LIST_PROPERTY}"' in text:
        return True
    plain = _TAG.sub(" ", text)
    ours = any(each.startswith(tuple(f"{p}-" for p in prefixes)) for each in references_in(plain))
    return ours and all(heading in plain.casefold() for heading in _HEADINGS)


def returned_list(data: bytes, *, name: str, prefixes: tuple[str, ...]) -> ReturnedList:
    """The rows of a returned check list, of every sheet that has its headings.

    Raises ExtractFault for a file that cannot be read.
    """
    sheets = tables(data, name=name)
    stated = [*references_in(_custom(data)), *_stated(sheets)]
    starts = tuple(f"{prefix}-" for prefix in prefixes)
    found = [(sheet, *_headings(sheet)) for sheet in sheets]
    lists = [(sheet, at, names) for sheet, at, names in found if set(names.values()) >= _NEEDED]
    return ReturnedList(
        references=tuple(dict.fromkeys(each for each in stated if each.startswith(starts))),
        rows=tuple(row for sheet, at, names in lists for row in _rows(sheet, at, names)),
        missing=() if lists else tuple(sorted(_NEEDED)),
    )


def _beginnings(data: bytes) -> Iterator[str]:
    if not data.startswith(b"PK"):
        yield data[:_PEEK].decode("latin-1")
        return
    with suppress(*_NOT_WHOLE), zipfile.ZipFile(BytesIO(data)) as archive:
        for name in dict.fromkeys(filter(_PEEKED.fullmatch, archive.namelist())):
            yield _beginning(archive, name)


def _custom(data: bytes) -> str:
    """What the custom properties say, "" where there are none."""
    with suppress(*_NOT_WHOLE), zipfile.ZipFile(BytesIO(data)) as archive:
        return _TAG.sub(" ", _beginning(archive, "docProps/custom.xml"))
    return ""


def _beginning(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(_PEEK).decode("utf-8", "replace")


def _stated(sheets: Iterable[Table]) -> Iterator[str]:
    """The references that stand above the headings, or anywhere on a sheet that has none."""
    for sheet in sheets:
        at, _ = _headings(sheet)
        above = sheet.rows[: at if at >= 0 else _LOOKED_AT]
        yield from (
            each for row in above for cell in row if cell for each in references_in(str(cell))
        )


def _headings(sheet: Table) -> tuple[int, dict[int, str]]:
    """The row of the headings and each known column's place; -1 where there is none."""
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        names: dict[int, str] = {}
        for place, cell in enumerate(row):
            name = NAMES.get(heading_key(str(cell))) if isinstance(cell, str) else None
            if name and name not in names.values():
                names[place] = name
        if set(names.values()) >= _NEEDED:
            return at, names
    return -1, {}


def _rows(sheet: Table, at: int, names: Mapping[int, str]) -> Iterator[ReturnedRow]:
    headings = [str(cell).strip() if cell is not None else "" for cell in sheet.rows[at]]
    for place, row in enumerate(sheet.rows[at + 1 :], start=at + 1):
        cells = {name: row[column] for column, name in names.items() if column < len(row)}
        extra = {
            heading: row[column]
            for column, heading in enumerate(headings)
            if heading and column not in names and column < len(row) and row[column] is not None
        }
        if any(value not in (None, "") for value in cells.values()):
            yield ReturnedRow(number=sheet.first_row + place, cells=cells, notes=extra)
