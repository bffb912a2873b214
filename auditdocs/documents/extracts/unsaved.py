"""Formulas whose results were not saved with a workbook: which cells they stand in.

A workbook that another program wrote, and Excel never opened, holds its formulas without results;
the reader gives nothing for them, which would look like an empty cell.

Source: domain.md B3 ("formulas in date cells, cached value may be absent").
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import TypeVar

from lxml import etree

from auditdocs.model.tables import UNSAVED, Value

Cells = frozenset[tuple[int, int]]
"""Row and column of each such cell, 1 first."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


_Found = TypeVar("_Found", Cells, Mapping[tuple[int, int], int])


def by_sheet(data: bytes, parts: Mapping[str, _Found], *, none: _Found) -> Mapping[str, _Found]:
    """What is known of cells by the sheet's name, of what is by the part's name.

    `data` has passed the gate; a sheet of which nothing is known has `none`.
    """
    if not any(parts.values()):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        book = _parsed(archive.read("xl/workbook.xml"))
        links = _parsed(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id", ""): _place(link.get("Target", "")) for link in links}
    return {
        sheet.get("name", ""): parts.get(targets.get(_link(sheet), ""), none)
        for sheet in book.iter("{*}sheet")
    }


def marked(rows: list[list[Value]], cells: Cells) -> list[list[Value]]:
    """The rows with UNSAVED in each of those cells that is empty."""
    for row, column in cells:
        if row <= len(rows) and column <= len(rows[row - 1]) and rows[row - 1][column - 1] is None:
            rows[row - 1][column - 1] = UNSAVED
    return rows


def _parsed(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part, parser)


def _link(sheet: etree._Element) -> str:
    return sheet.get(_RELATION) or sheet.get(_STRICT) or ""


def _place(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
