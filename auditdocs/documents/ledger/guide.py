"""The ledger's first sheet: what each sheet is, whose columns are whose, changes told."""

from collections.abc import Sequence

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from auditdocs.documents.ledger.look import place, write_heading, write_words
from auditdocs.documents.ledger.row import LINE, lines
from auditdocs.model.ledger import CHANGES, Sheet

_WIDTHS = {"A": 30, "B": 70, "C": 50}
_RULES = (
    (
        "You may",
        "Sort, filter, colour, widen and move columns. Add columns, sheets, charts, pivot tables "
        "and comments of your own. All of it stays.",
    ),
    (
        "Staff columns",
        "Yours to write in. What you write is read back before every report and never overwritten.",
    ),
    (
        "The tool's columns",
        "Posted from the forms. A change by hand is put back at the next post and kept, with both "
        f'values and the date, on the sheet "{CHANGES.name}". To change an answer, return a '
        "corrected form.",
    ),
    (
        "Rows",
        "A row that was deleted comes back. A row that you add stays, and is never counted.",
    ),
    (
        "Where a file lies",
        "A path such as archive/2026/… begins at the folder of this ledger. One that is blue and "
        "underlined opens the form as it came back: the evidence, so it can be read and not saved.",
    ),
    (
        "Comments of auditors",
        "Folded away. Click the plus sign above a column, or the small 2 at the top left for all.",
    ),
    (
        "When you have finished",
        "Close the ledger. While it is open in Excel, new rows wait until it is free.",
    ),
)


def write_guide(page: Worksheet, sheets: Sequence[Sheet], title: str) -> None:
    """Fill the first sheet."""
    page.title = "Read me"
    page.sheet_view.showGridLines = False
    for letters, width in _WIDTHS.items():
        page.column_dimensions[letters].width = width
    write_words(place(page, 1, 1), title, size=16, bold=True)
    page.merge_cells("A1:C1")
    row = _write_legend(page, 3)
    row = _write_rules(page, row + 1)
    _write_sheets(page, row + 1, sheets)


def _write_legend(page: Worksheet, row: int) -> int:
    """Both kinds of heading, in colour and in words; the next free row."""
    legend = (
        ("Dark blue, white words", "A column of the tool: read it, do not write in it.", False),
        ("Yellow, black words", "A staff column: yours to write in.", True),
    )
    for number, (heading, words, staff) in enumerate(legend, start=row):
        write_heading(place(page, number, 1), heading, staff=staff)
        write_words(place(page, number, 2), words)
    return row + len(legend)


def _write_rules(page: Worksheet, row: int) -> int:
    for number, (heading, words) in enumerate(_RULES, start=row):
        write_words(place(page, number, 1), heading, bold=True)
        write_words(place(page, number, 2), words)
        page.merge_cells(start_row=number, end_row=number, start_column=2, end_column=3)
        page.row_dimensions[number].height = LINE * lines(words, _WIDTHS["B"] + _WIDTHS["C"]) + 6
    return row + len(_RULES)


def _write_sheets(page: Worksheet, row: int, sheets: Sequence[Sheet]) -> None:
    for column, heading in enumerate(("Sheet", "What it holds", "Staff write in"), start=1):
        write_heading(place(page, row, column), heading, staff=False)
    for number, sheet in enumerate(sheets, start=row + 1):
        staff = ", ".join(column.heading for column in sheet.columns if column.staff)
        write_words(place(page, number, 1), sheet.name)
        write_words(place(page, number, 2), sheet.title)
        write_words(place(page, number, 3), staff or "Nothing: it is the tool's")
        link = place(page, number, 1)
        name = sheet.name.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1")
        most = max(lines(sheet.title, _WIDTHS["B"]), lines(staff, _WIDTHS["C"]))
        page.row_dimensions[number].height = LINE * most + 3
