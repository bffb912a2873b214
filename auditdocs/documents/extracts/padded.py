"""Numbers that a workbook shows with leading zeros: 123 formatted "00000" reads 00123.

A case number kept so is a number in the file and has its zeros in the format alone; the reader
gives 123, which is no child's.

Source: domain.md B3 ("integer ids that must stay text").
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from lxml import etree

from auditdocs.documents.extracts.gate import column_number
from auditdocs.documents.extracts.unsaved import by_sheet
from auditdocs.model.tables import Value

Digits = Mapping[tuple[int, int], int]
"""Row and column of each such cell, 1 first, to how many digits it shows."""

_ZEROS = re.compile(r"0{2,40}")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_STYLES = "xl/styles.xml"


def padded(data: bytes) -> Mapping[str, Digits]:
    """The cells by sheet; `data` is an .xlsx that has passed the gate.

    Without a format of zeros, which is the common case, no sheet is looked at.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        styles = _styles(archive.read(_STYLES)) if _STYLES in names else {}
        if not styles:
            return {}
        sheets = [name for name in names if name.startswith("xl/worksheets/")]
        parts = {name: dict(_cells(archive, name, styles)) for name in sheets}
    return by_sheet(data, parts, none={})


def filled_up(rows: list[list[Value]], cells: Digits) -> list[list[Value]]:
    """The rows with the zeros that Excel shows; what is no whole number stays as it is."""
    for (row, column), digits in cells.items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            value = rows[row - 1][column - 1]
            if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                rows[row - 1][column - 1] = str(value).zfill(digits)
    return rows


def _styles(part: bytes) -> dict[str, int]:
    """The number of each cell style whose format is zeros alone, to how many it has."""
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    zeros = {
        each.get("numFmtId", ""): len(code)
        for each in root.iter("{*}numFmt")
        if _ZEROS.fullmatch(code := each.get("formatCode", "").partition(";")[0])
    }
    used = next(root.iter("{*}cellXfs"), ())
    return {
        str(number): zeros[kind]
        for number, style in enumerate(used)
        if (kind := style.get("numFmtId", "")) in zeros
    }


def _cells(
    archive: zipfile.ZipFile, name: str, styles: Mapping[str, int]
) -> Iterator[tuple[tuple[int, int], int]]:
    if not name.endswith(".xml"):
        return
    with archive.open(name) as stream:
        for _, row in etree.iterparse(stream, tag="{*}row", resolve_entities=False):
            for cell in row:
                match = _REFERENCE.fullmatch(cell.get("r", ""))
                if match and cell.get("s", "") in styles:
                    yield (int(match[2]), column_number(match[1])), styles[cell.get("s", "")]
            row.clear()
