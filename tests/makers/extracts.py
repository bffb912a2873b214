"""Makers of extracts: Annex A lists as tables, as workbooks and as CSV, and hostile workbooks."""

import csv
import io
import zipfile
from datetime import date, datetime, time

from openpyxl import Workbook

from auditdocs.model.tables import Table

DATA_DATE = date(2026, 9, 30)
TODAY = date(2026, 10, 1)

LIST_6 = {
    "child_id": "Child Unique ID",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "dob": "Date of Birth",
    "age": "Age of Child (Years)",
    "disability": "Does the Child have a Disability",
    "open_date": "CIN Start Date",
    "primary_need": "Primary Need Code",
    "last_seen": "Date Child Was Last Seen",
    "close_date": "CIN Closure Date ",
    "reason": "Reason for Closure",
    "case_status": "Case status",
    "team": "Allocated Team",
    "worker": "Allocated Worker",
}
LIST_7 = {
    "child_id": "Child Unique ID",
    "cp_start": "Child Protection Plan Start Date",
    "cp_category": "Latest Category of Abuse",
    "cp_last_visit": "Date of the Last Statutory Visit",
    "cp_seen_alone": "Was the Child Seen Alone?",
    "cp_end": "Child Protection Plan End Date",
}
LIST_8 = {
    "child_id": "Child Unique ID",
    "gender": "Gender",
    "uasc": "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
    "care_start": "Date Started to be Looked After",
    "legal_status": "Child's Legal Status",
    "care_end": "Date Ceased to be Looked After ",
    "placement_type": "Placement Type",
}


def a_row(child_id=1000001, **changes):
    """A sound row of list 6 by field: a girl of eight, in need since January 2026."""
    sound = {
        "gender": "b) Female",
        "ethnicity": "a) WBRI",
        "dob": date(2018, 5, 1),
        "age": 8.417,
        "disability": "b) No",
        "open_date": date(2026, 1, 5),
        "primary_need": "N1 - Abuse or neglect",
        "last_seen": date(2026, 9, 1),
        "case_status": "c) Child in need plan",
        "team": "North",
        "worker": "Ann Archer",
    }
    return {"child_id": child_id, **sound, **changes}


def a_table(name, headings, *rows, above=()):
    """A sheet: what stands above the headings, the headings, and the rows, given by field."""
    cells = tuple(tuple(row.get(field) for field in headings) for row in rows)
    return Table(name, (*above, tuple(headings.values()), *cells))


def a_caseload(*rows, name="List 6", above=()):
    """List 6 with these rows."""
    return a_table(name, LIST_6, *rows, above=above)


def a_front_sheet(*, said=DATA_DATE):
    """The front sheet of an Annex A workbook, which alone says what day it is of."""
    return Table(
        "Front sheet", (("Annex A",), ("Local authority", "Elderwick"), ("Data as at", said))
    )


def a_workbook(tables, *, mac_dates=False, shown="General"):
    """The tables as an .xlsx; "#N/A" becomes the error that a failed look-up leaves.

    `shown` is the number format of the first column, headings too.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    if mac_dates:
        workbook.epoch = datetime(1904, 1, 1)
    for table in tables:
        sheet = workbook.create_sheet(table.name)
        for row in table.rows:
            sheet.append([_at_midnight(cell) for cell in row])
        for cell in next(sheet.columns, ()):
            cell.number_format = shown
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def a_csv(tables, *, delimiter=",", encoding="utf-8-sig"):
    """The one table as a CSV file, dates dd/mm/yyyy."""
    (table,) = tables
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [_written(cell) for cell in r] for r in table.rows
    )
    return out.getvalue().encode(encoding)


def a_far_cell(reference, *, row="", content="<v>1</v>"):
    """A workbook whose sheet says "A1" and, far out, one cell more."""
    number = f' r="{row}"' if row else ""
    cell = f'<row{number}><c r="{reference}">{content}</c></row></sheetData>'
    return with_part(
        a_workbook([Table("List 6", (("A1",),))]),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", cell.replace(' r=""', "").encode()),
    )


def with_part(data, name, change, *, extra=()):
    """The workbook with one part put through `change` and other parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            part = old.read(each)
            new.writestr(each, change(part) if each == name else part)
        for each, part in extra:
            new.writestr(each, part)
    return out.getvalue()


def _at_midnight(cell):
    return datetime.combine(cell, time()) if isinstance(cell, date) else cell


def _written(cell):
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
