"""How the ledger looks: whose heading it is, what each kind of column wears, how it prints.

Whose column it is stands in colour and, on the first sheet, in words. Fills and fonts are at least
11 point and in strong contrast; nothing is said by colour alone.
"""

from typing import Any, cast

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from auditdocs.documents.ledger.text import clean, one_line
from auditdocs.model.ledger import WRAPPED, Column

_FONT = "Calibri"
_TOOL = ("1F3864", "FFFFFF")
_STAFF = ("FFD966", "000000")
"""The colours of a heading: its ground and its letters."""
_LINK = "0563C1"
_FORMATS = {"date": "dd/mm/yyyy", "number": "0", "link": "General"}
_A4 = 9


def place(page: Worksheet, row: int, column: int) -> Cell:
    """The cell there, row and column numbered from 1."""
    return cast(Cell, page.cell(row, column))


def write_words(cell: Cell, words: str, *, size: int = 11, bold: bool = False) -> None:
    """Write the words, wrapped, as text however they begin."""
    cell.value = clean(words)
    cell.data_type = "s"
    cell.font = Font(name=_FONT, size=size, bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def write_heading(cell: Cell, words: str, *, staff: bool) -> None:
    """Write a column's heading in the colours of its owner, the tool or the staff."""
    write_words(cell, one_line(words))
    ground, letters = _STAFF if staff else _TOOL
    cell.fill = PatternFill("solid", fgColor=ground)
    cell.font = Font(name=_FONT, size=11, bold=True, color=letters)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def dress(what: Cell | ColumnDimension, column: Column) -> None:
    """Give a cell or a whole column the style of that kind of column.

    Ids and words are text, so that no zero is lost; long words are quoted instead, because text
    cells of old Excel versions show them as #####. Neither becomes a formula when edited.
    """
    is_link = column.kind == "link"
    what.font = Font(
        name=_FONT,
        size=11,
        underline="single" if is_link else None,
        color=_LINK if is_link else None,
    )
    is_number = column.kind == "number"  # which keeps its distance from the words beside it
    what.alignment = Alignment(
        horizontal="right" if is_number else "left",
        indent=int(is_number),
        vertical="top",
        wrap_text=column.kind in WRAPPED,
    )
    what.number_format = _FORMATS.get(column.kind, "General" if column.grouped else "@")
    what.quotePrefix = column.grouped


def set_up_page(page: Worksheet, title: str, *, across: int) -> None:
    """Print on A4 landscape, so many pages across, with title, sheet and page number."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = across, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = cast(Any, page.oddHeader), cast(Any, page.oddFooter)
    header.left.text, header.right.text = clean(title).replace("&", "&&"), "&A"
    footer.right.text = "Page &P of &N"
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.75
