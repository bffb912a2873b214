"""The rows of a workbook or a CSV file as they stand, before anything is known of what they mean.

What a file is, is told by its content, never by its name. Values only: formulas give the value
that was saved with them, links are not followed, nothing is run.

Source: domain.md B3; field.md d 1 to 6.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from auditdocs.documents.extracts.gate import (
    refuse_large,
    refuse_unsound_workbook,
    refuse_wide,
)
from auditdocs.documents.extracts.padded import Digits, filled_up, padded
from auditdocs.documents.extracts.unsaved import Cells, by_sheet, marked
from auditdocs.errors import ExtractFault
from auditdocs.model.tables import Table, Value

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_DELIMITERS = (",", ";", "\t")
_QUOTED = re.compile(r'"[^"]*"')
_LOOKED_AT = 10
_START = 100_000
_LOOKED_AT_BYTES = 1_000
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAVE = "Open it in Excel, choose File, Save As, Excel Workbook (.xlsx), and put that file here."
_AN_EXTRACT = "An extract is an Excel workbook (.xlsx) or a CSV file."
_OTHER_FILES = (
    ((b"%pdf",), "pdf", "This is a PDF, not an extract.", _AN_EXTRACT),
    (
        (b"<html", b"<!doctype html", b"<table", b"<meta", b"mime-version:"),
        "web-page",
        "This is a web page under a workbook's name.",
        _SAVE,
    ),
    ((b"<?xml", b"<workbook"), "xml", "This is an XML file, not a workbook.", _SAVE),
    (
        (b"{\\rtf", b"\xff\xd8\xff", b"\x89png", b"gif8"),
        "not-an-extract",
        "This is not an extract.",
        _AN_EXTRACT,
    ),
)


def tables(data: bytes, *, name: str) -> tuple[Table, ...]:
    """The sheets of a workbook in order, or the one table of a CSV file, which gets that name.

    Raises ExtractFault in words that say what the file is and what to do.
    """
    refuse_large(data)
    if data.startswith((_ZIP, _COMPOUND)):
        return workbook_tables(data)
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for starts, kind, text, hint in _OTHER_FILES:
        if start.startswith(starts):
            raise ExtractFault(text, kind=kind, hint=hint)
    return (csv_table(data, name=name),)


def workbook_tables(data: bytes) -> tuple[Table, ...]:
    """The sheets of an .xlsx, .xlsm or .xls in order, row 1 being the worksheet's first row.

    Whole numbers are int, dates are dates without their time, an empty cell or one whose formula
    failed is None; one whose formula has no saved result is UNSAVED. Blank rows at the end are
    left out. Raises ExtractFault.
    """
    refuse_large(data)
    unsaved: Mapping[str, Cells] = {}
    zeros: Mapping[str, Digits] = {}
    if data.startswith(_COMPOUND):
        _refuse_other_compounds(data)
    elif data.startswith(_ZIP):
        unsaved = by_sheet(data, refuse_unsound_workbook(data), none=frozenset())
        zeros = padded(data)
    else:
        raise ExtractFault("This is not a workbook.", kind="not-an-extract", hint=_AN_EXTRACT)
    return _read(data, unsaved, zeros)


def csv_table(data: bytes, *, name: str) -> Table:
    """The rows of a CSV file: UTF-8, UTF-16 or Windows text, parted by comma, semicolon or tab.

    Every value is text as it stands, or None. Raises ExtractFault, also where a quotation mark
    would silently make one cell of many rows.
    """
    refuse_large(data)
    text = _decoded(data)
    records = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return Table(name, _bounded(_values(records)))
    except csv.Error as error:
        raise ExtractFault(
            "The file is not a CSV file that can be read: a quotation mark is never closed, or "
            "stands where it parts a cell.",
            where=f"line {records.line_num}",
            hint="Export it again, or save it in Excel as a workbook (.xlsx).",
        ) from error


def _refuse_other_compounds(data: bytes) -> None:
    """The stream names of a compound file stand in it as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked()
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return
    if "WordDocument".encode("utf-16-le") in data:
        raise ExtractFault(
            "This is an old Word document (.doc), not an extract.",
            kind="old-word",
            hint=_AN_EXTRACT,
        )
    raise ExtractFault(
        "This is an old Office file that holds no workbook.",
        kind="not-an-extract",
        hint=_AN_EXTRACT,
    )


def _locked() -> ExtractFault:
    return ExtractFault(
        "The workbook is protected by a password or a sensitivity label.",
        kind="password",
        hint="Open it in Excel, remove the password or the label, save it, and put that file here.",
    )


def _read(
    data: bytes, unsaved: Mapping[str, Cells], zeros: Mapping[str, Digits]
) -> tuple[Table, ...]:
    from python_calamine import CalamineError, PasswordError, load_workbook  # late: it is a library

    try:
        with load_workbook(BytesIO(data)) as workbook:
            sheets = tuple(
                Table(name, _bounded(_sheet(workbook, name, unsaved, zeros)))
                for name in workbook.sheet_names
            )
    except PasswordError as error:
        raise _locked() from error
    except CalamineError as error:
        raise ExtractFault(
            "The workbook cannot be read; it may be damaged.", kind="damaged", hint=_SAVE
        ) from error
    if not sheets:
        raise ExtractFault(
            "The workbook holds no sheet; it may be damaged.", kind="damaged", hint=_SAVE
        )
    return sheets


def _sheet(
    workbook: "CalamineWorkbook",
    name: str,
    unsaved: Mapping[str, Cells],
    zeros: Mapping[str, Digits],
) -> Iterable[list[Value]]:
    rows = _values(workbook.get_sheet_by_name(name).to_python(False))
    if not (unsaved.get(name) or zeros.get(name)):
        return rows
    whole = marked(list(rows), unsaved.get(name, frozenset()))
    return filled_up(whole, zeros.get(name, {}))


def _values(rows: Iterable[Iterable[object]]) -> Iterator[list[Value]]:
    for row in rows:
        yield [_value(cell) for cell in row]


def _value(cell: object) -> Value:
    if cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell if isinstance(cell, str | int | float | bool | date) else None


def _bounded(rows: Iterable[list[Value]]) -> tuple[tuple[Value, ...], ...]:
    """The rows without what is blank at their end. Raises ExtractFault beyond the bounds."""
    kept: list[tuple[Value, ...]] = []
    blank = 0
    for row in rows:
        while row and _is_blank(row[-1]):
            row.pop()
        if not row:
            blank += 1
            continue
        refuse_wide(len(kept) + blank + 1, len(row))
        kept.extend([()] * blank)
        kept.append(tuple(row))
        blank = 0
    return tuple(kept)


def _is_blank(cell: Value) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _decoded(data: bytes) -> str:
    known = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "")
    known = known or _unmarked_utf_16(data[:_LOOKED_AT_BYTES])
    for encoding in (known,) if known else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ExtractFault(
        "This is neither a workbook nor a text file.", kind="not-an-extract", hint=_AN_EXTRACT
    )


def _unmarked_utf_16(start: bytes) -> str:
    """The UTF-16 whose byte order mark is missing: every second byte of English text is 0."""
    high, low = start[::2], start[1::2]
    if 2 * low.count(0) > len(low) and 0 not in high:
        return "utf-16-le"
    return "utf-16-be" if 2 * high.count(0) > len(high) and 0 not in low else ""


def _delimiter(text: str) -> str:
    """The sign that parts most of the first rows into most columns; a comma when none does.

    Signs inside quotes do not count. The middle width does, so that neither a title above the
    headings nor a note full of commas sways it.
    """
    lines = _QUOTED.sub("", text[:_START]).splitlines()
    first = [line for line in lines if line][:_LOOKED_AT] or [""]
    widths = {sign: sorted(line.count(sign) for line in first) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: widths[sign][len(first) // 2])
