"""Check lists filled in as a business support officer does it in Excel."""

from io import BytesIO

import openpyxl

from auditdocs.documents.check_lists.answer import checked_list
from auditdocs.documents.check_lists.columns import COLUMNS
from auditdocs.places.journal.check_lists import check_lists, checked_rows, listed_rows
from auditdocs.steps.list_out import lists_put_out

CHECK_LIST = "accuracy-check"
HEADINGS = 3
"""The worksheet row of the headings."""


def lists_out(office, day, **options):
    """The check lists put out on that day."""
    return office.work(
        lambda o: lists_put_out(o, o.contract(CHECK_LIST), **options), today=day
    ).lists


def sheet_rows(data):
    """The list's rows by heading."""
    sheet = openpyxl.load_workbook(BytesIO(data))["Check list"]
    rows = list(sheet.iter_rows(min_row=HEADINGS, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def filled(data, answers):
    """The workbook with answers: row of the list, 0 the first, to heading and value."""
    names = {column.heading: column.name for column in COLUMNS}
    return checked_list(
        data,
        {
            row: {names[head]: value for head, value in said.items()}
            for row, said in answers.items()
        },
    )


def in_the_journal(office, list_id):
    """The list, its rows as listed, and the rows of each return."""
    with office.open() as opened:
        found = {each.list_id: each for each in check_lists(opened.journal)}
        return (
            found[list_id],
            listed_rows(opened.journal, list_id),
            checked_rows(opened.journal, list_id),
        )
