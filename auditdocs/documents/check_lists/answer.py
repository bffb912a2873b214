"""A check list filled in the way Excel does it: for the demonstration council and for tests."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from auditdocs.documents.check_lists.columns import COLUMNS
from auditdocs.documents.check_lists.write import HEADING_ROW

LIST_SHEET = "Check list"
"""The sheet that holds the list."""


def checked_list(workbook: bytes, answers: Mapping[int, Mapping[str, str | date]]) -> bytes:
    """The workbook with answers: row of the list, 0 the first, to column's name and value.

    Raises KeyError for a column that a list does not have.
    """
    book = load_workbook(BytesIO(workbook))
    sheet = book[LIST_SHEET]
    places = {column.name: place for place, column in enumerate(COLUMNS, start=1)}
    for row, said in answers.items():
        for name, value in said.items():
            sheet.cell(HEADING_ROW + 2 + row, places[name]).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()
