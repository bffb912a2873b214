"""Makers of ledgers, and of what Excel, LibreOffice and people do to them."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import openpyxl
from openpyxl.styles import PatternFill

from auditdocs.documents.ledger.new import new_workbook
from auditdocs.documents.ledger.workbook import posted, staff_values
from auditdocs.model.ledger import Column, Post, Sheet

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHARED = b'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="' + _MAIN + b'">%s</sst>'
_LINK = (
    b'<Relationship Id="rId98" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)
_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)

DAY = date(2026, 10, 1)
YELLOW = PatternFill("solid", fgColor="FFFF00")


def a_sheet(name="Quality", *, key="Audit ID", columns=None, more=()):
    """A sheet with four columns of the tool's, two of the staff's and a folded comment."""
    columns = columns or (
        Column(heading="Audit ID", width=18),
        Column(heading="Child ID", width=12),
        Column(heading="Due", kind="date"),
        Column(heading="Status"),
        Column(heading="Status – comment", width=40, grouped=True),
        Column(heading="Agreed", staff=True, choices=("Yes", "No")),
        Column(heading="Done on", staff=True, kind="date"),
    )
    return Sheet(name=name, title=f"All of {name}", columns=(*columns, *more), key=key)


def an_id(number):
    """The audit id of that number."""
    return f"Q-2026-09-{number:04d}"


def a_row(number=1, **changes):
    """A row of `a_sheet`; changes are by heading, spaces as underscores."""
    row = {
        "Audit ID": an_id(number),
        "Child ID": f"{number:07d}",
        "Due": date(2026, 9, 22),
        "Status": "Accepted",
        "Status – comment": "The plan says who does what.",
    }
    return row | {heading.replace("_", " "): value for heading, value in changes.items()}


def rows_of(*numbers, **changes):
    """Rows of `a_sheet` by key."""
    return {an_id(number): a_row(number, **changes) for number in numbers}


@cache
def an_empty_ledger(sheet):
    """A ledger with that sheet; made once, since openpyxl takes its time."""
    return new_workbook([sheet], title="Case audit ledger")


def a_ledger(*numbers, sheet=None, rows=None):
    """A ledger with these rows in its one sheet."""
    sheet = sheet or a_sheet()
    return post(an_empty_ledger(sheet), rows or rows_of(*numbers), sheet=sheet).workbook


def post(workbook, rows, *, sheet=None, last=None):
    """What a post of these rows does; compared with `last` where that is given."""
    sheet = sheet or a_sheet()
    before = {} if last is None else {sheet.name: last}
    return posted(workbook, [Post(sheet=sheet, rows=rows)], last=before, changed_on=DAY)


def rows(workbook, sheet):
    """Every row of the sheet by its key, read as staff columns are, the tool's own too."""
    every = tuple(replace(column, staff=True) for column in sheet.columns)
    return staff_values(workbook, [replace(sheet, columns=every)])[sheet.name]


def opened(workbook):
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(workbook))


def by_hand(workbook, change):
    """The workbook after a person did `change` to it and saved it with another program."""
    book = opened(workbook)
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells(workbook, sheet="Quality"):
    """The values of a sheet, row by row."""
    return [list(row) for row in opened(workbook)[sheet].iter_rows(values_only=True)]


def column(workbook, letter, sheet="Quality"):
    """The values of a column below its heading."""
    return [cell.value for cell in opened(workbook)[sheet][letter][1:]]


def parts(workbook):
    """The content of every part by name."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents):
    """A zip file of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def part_of(workbook, sheet="Quality"):
    """The name of the part that holds the sheet."""
    number = opened(workbook).sheetnames.index(sheet) + 1
    return f"xl/worksheets/sheet{number}.xml"


def changed_part(workbook, name, change):
    """The workbook with `change` done to the bytes of one part."""
    contents = parts(workbook)
    contents[name] = change(contents[name])
    return packed(contents)


def without_references(workbook, sheet="Quality"):
    """The sheet as some programs write it: rows and cells say not where they stand."""

    def strip(xml):
        return re.sub(rb'(<(?:row|c)\b[^>]*?) r="[A-Z]*\d+"', rb"\1", xml)

    return changed_part(workbook, part_of(workbook, sheet), strip)


def as_excel_saves(workbook, sheet="Quality"):
    """Shared texts, one of them rich, spans and foreign attributes, as Excel writes them."""
    contents, name, texts = parts(workbook), part_of(workbook, sheet), []

    def shared(match):
        texts.append(match[3])
        return match[1] + match[2] + b' t="s"><v>%d</v></c>' % (len(texts) - 1)

    xml = re.sub(
        rb'(<c r="\w+")( s="\d+")? t="inlineStr"><is>(.*?)</is></c>', shared, contents[name]
    )
    xml = xml.replace(b"<row ", b'<row spans="1:7" x14ac:dyDescent="0.25" ')
    names = b' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    contents[name] = xml.replace(b"<worksheet", b"<worksheet" + names, 1)
    texts[0] = re.sub(rb"<t>(.)(.*)</t>", rb"<r><t>\1</t></r><r><t>\2</t></r>", texts[0])
    items = b"".join(b'<si>%s<phoneticPr fontId="1"/></si>' % text for text in texts)
    contents["xl/sharedStrings.xml"] = _SHARED % items
    relations, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    contents[relations] = contents[relations].replace(b"</Relationships>", _LINK)
    contents[types] = contents[types].replace(b"</Types>", _TYPE)
    return packed(contents)
