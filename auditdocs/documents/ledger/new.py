"""The empty ledger: a sheet that explains the others, then a sheet with a table for each.

openpyxl makes it once; every later post writes into the sheets in place (see workbook.py). Whole
columns carry their style, so that a new cell looks right wherever it is written.

Source: domain.md D5 (tables with filters, ids as text, dates as dates), field.md (d) 11.
"""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from math import ceil

from lxml import etree
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from auditdocs.documents.ledger.add import validation
from auditdocs.documents.ledger.guide import write_guide
from auditdocs.documents.ledger.look import dress, set_up_page, write_heading
from auditdocs.documents.ledger.look import place as cell_at
from auditdocs.documents.ledger.row import LINE
from auditdocs.documents.ledger.sheet import table_name
from auditdocs.documents.ledger.text import clean
from auditdocs.documents.package import parsed, zipped
from auditdocs.model.ledger import CHANGES, Column, Sheet

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FONT_ORDER = (
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
)
_STAMPS = re.compile(rb"<(dcterms:created|dcterms:modified)\b.*?</\1>")
_DIMENSION = re.compile(rb'<dimension ref="A1:([A-Z]+)2"')
_ENGINE = 191029
"""Excel's since 2019; for an older one Excel asks at each close whether to save the workbook."""
_PAGE = 200
"""Characters across a printed page at the smallest size that still reads."""
_ALARMS = (("Overdue", "9C0006", "FFC7CE"), ("Immediate concern", "FFFFFF", "C00000"))
"""Words that stand out, with the colours of letters and ground."""


def new_workbook(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """The empty ledger with these sheets, and *Changes by hand* where they do not name it.

    The same sheets always give the same bytes. A drop-down is made of choices that together have
    at most 255 characters and no comma: that is as much as Excel takes.
    """
    book = Workbook()
    every = [*sheets, *(() if CHANGES in sheets else (CHANGES,))]
    guide = book.worksheets[0]
    write_guide(guide, every, title)
    set_up_page(guide, title, across=1)
    for sheet in every:
        _write_sheet(book.create_sheet(sheet.name), sheet, title)
    book.properties.title = clean(title)
    book.properties.language = "en-GB"
    book.properties.creator = "auditdocs"
    book.calculation = CalcProperties(calcId=_ENGINE, fullCalcOnLoad=False)
    return _timeless(book)


def _timeless(book: Workbook) -> bytes:
    """The workbook as a file that does not tell when it was made."""
    out = BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = _STAMPS.sub(b"", parts["docProps/core.xml"])
    parts["xl/styles.xml"] = _in_order(parts["xl/styles.xml"])
    return zipped({name: _unmarked(part) for name, part in parts.items()})


def _in_order(styles: bytes) -> bytes:
    """The styles with each font told in the order that Excel's schema wants; openpyxl 3.1's is not.

    Shown by test_word_and_excel_find_nothing_to_repair.
    """
    root = parsed(styles)
    for font in root.iter(f"{_X}font"):
        font[:] = sorted(font, key=lambda each: _FONT_ORDER.index(str(each.tag).removeprefix(_X)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unmarked(part: bytes) -> bytes:
    """A sheet in which Excel does not mark each id as "number stored as text"; else the part."""
    size = _DIMENSION.search(part)
    if size is None or b"<tableParts" not in part:
        return part
    ignored = (
        b'<ignoredErrors><ignoredError sqref="A2:%s2" numberStoredAsText="1"/></ignoredErrors>'
    )
    return part.replace(b"<tableParts", ignored % size[1] + b"<tableParts", 1)


def _write_sheet(page: Worksheet, sheet: Sheet, title: str) -> None:
    for place, column in enumerate(sheet.columns, start=1):
        whole = page.column_dimensions[get_column_letter(place)]
        whole.width = column.width
        dress(whole, column)
        dress(cell_at(page, 2, place), column)
        write_heading(cell_at(page, 1, place), column.heading, staff=column.staff)
    _fold(page, sheet)
    page.row_dimensions[1].height = LINE * max(map(_lines, sheet.columns)) + 6
    page.freeze_panes = "C2"
    page.add_table(_table(sheet))
    _add_validations(page, sheet)
    _add_alarms(page, sheet)
    shown = sum(column.width for column in sheet.columns if not column.grouped)
    set_up_page(page, title, across=max(1, round(shown / _PAGE)))
    page.print_title_rows, page.print_title_cols = "1:1", "A:B"
    page.print_options.gridLines = True


def _fold(page: Worksheet, sheet: Sheet) -> None:
    """Fold grouped columns away; the plus sign stands above the column before them."""
    page.sheet_properties.outlinePr = Outline(summaryRight=False)
    for place, column in enumerate(sheet.columns, start=1):
        whole = page.column_dimensions[get_column_letter(place)]
        if column.grouped:
            whole.outlineLevel, whole.hidden = 1, True
            page.column_dimensions.max_outline = 1
        elif place < len(sheet.columns) and sheet.columns[place].grouped:
            whole.collapsed = True


def _lines(column: Column) -> int:
    """How many lines the heading takes, beside the filter button."""
    return ceil(len(column.heading) / max(column.width - 4, 1)) if not column.grouped else 1


def _table(sheet: Sheet) -> Table:
    last = get_column_letter(len(sheet.columns))
    table = Table(displayName=table_name(sheet.name), ref=f"A1:{last}2")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    return table


def _add_validations(page: Worksheet, sheet: Sheet) -> None:
    """The drop-downs of the staff columns, and dates where dates belong."""
    for place, column in enumerate(sheet.columns, start=1):
        if (rule := validation(column)) is not None:
            entry = DataValidation(rule.type, rule.formula, allow_blank=True)
            entry.operator, entry.error, entry.showErrorMessage = rule.operator, rule.error, True
            entry.add(f"{get_column_letter(place)}2")
            page.add_data_validation(entry)


def _add_alarms(page: Worksheet, sheet: Sheet) -> None:
    """Colour the cells that say so in words."""
    places = [
        f"{get_column_letter(place)}2"
        for place, column in enumerate(sheet.columns, start=1)
        if column.kind == "text" and not column.grouped and column.heading != sheet.key
    ]
    for words, letters, ground in _ALARMS:
        look = DifferentialStyle(
            font=Font(bold=True, color=letters),
            fill=PatternFill(bgColor=ground, fill_type="solid"),
        )
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{words}"'], dxf=look)
        page.conditional_formatting.add(" ".join(places), rule)
