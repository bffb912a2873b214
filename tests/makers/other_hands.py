"""Makers of ledgers as other programs write them, and of what only Excel can put in one."""

from datetime import date
from io import BytesIO

import xlsxwriter

from tests.makers.workbooks import a_sheet, packed, parts

_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT_RELATION = "http://schemas.microsoft.com/office/{}/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_MICROSOFT_TYPE = "application/vnd.ms-excel.{}+xml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_PERSON = "{7D3AD5AF-7E51-4C2B-8A57-5C0F7C3F2A01}"
_THREAD = "{0C5F4E7B-2C16-4B3C-9A35-6A1B3B7C9D02}"


def by_xlsxwriter(rows, *, sheet=None):
    """A ledger with these rows as XlsxWriter writes it, and much that it can put beside them."""
    sheet, out = sheet or a_sheet(), BytesIO()
    headings = [column.heading for column in sheet.columns]
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        page, mine = book.add_worksheet(sheet.name), book.add_worksheet("Mine")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        _fill(page, headings, rows, day)
        _table(page, sheet, headings, len(rows))
        _adorn(book, page, mine)
        changes = book.add_worksheet("Changes by hand")
        for place, heading in enumerate(("Date", "Sheet", "Row", "Column", "Ours", "Theirs")):
            changes.write_string(0, place, heading)
    return out.getvalue()


def _fill(page, headings, rows, day):
    for number, row in enumerate(rows.values(), start=1):
        for place, heading in enumerate(headings):
            value = row.get(heading)
            if isinstance(value, date):
                page.write_datetime(number, place, value, day)
            elif value is not None:
                page.write_string(number, place, value)


def _table(page, sheet, headings, count):
    page.add_table(
        0,
        0,
        count,
        len(headings) - 1,
        {
            "name": f"{sheet.name}_table",
            "columns": [{"header": heading} for heading in headings],
            "style": "Table Style Medium 2",
        },
    )


def _adorn(book, page, mine):
    """Charts, notes, sparklines, bars and icons, a text box, links, names."""
    mine.write_column("A1", [3, 1, 4])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Mine!$A$1:$A$3"})
    page.insert_chart("J2", chart)
    page.write_comment("D2", "Ask Sue", {"author": "Ann"})
    page.conditional_format("D2:D3", {"type": "text", "criteria": "containing", "value": "x"})
    mine.conditional_format("A1:A3", {"type": "data_bar"})
    mine.conditional_format("A1:A3", {"type": "icon_set", "icon_style": "3_flags"})
    mine.add_sparkline("B1", {"range": "Mine!A1:A3"})
    mine.insert_textbox("D5", "Look here first")
    mine.write_url("A9", "https://www.gov.uk/")
    mine.data_validation("C1", {"validate": "list", "source": ["Yes", "No"]})
    book.define_name("Mine_first", "=Mine!$A$1")


def with_excels_own(workbook):
    """The ledger with what only Excel makes: a slicer on the table, a thread of comments, a pivot.

    The sheet is the second of the workbook, its table the first; people's pivot is on *Read me*.
    """
    contents = parts(workbook)
    for name, (text, kind, owner, relation) in _PARTS.items():
        contents[name] = (_DECLARED + text).encode()
        _typed(contents, name, kind)
        _related(contents, owner, name, relation)
    _related(contents, _PIVOT, _CACHE, _OFFICE_RELATION + "/pivotCacheDefinition")
    contents[_SHEET] = _with_slicer_and_note(contents)
    contents[_BOOK] = _with_caches(contents)
    return packed(contents)


def _with_slicer_and_note(contents):
    note = _id(contents, _SHEET, "xl/drawings/vmlDrawing9.vml")
    slicer = _id(contents, _SHEET, "xl/slicers/slicer1.xml")
    extension = (
        f'<extLst><ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x15="{_X15}">'
        f'<x14:slicerList xmlns:x14="{_X14}"><x14:slicer xmlns:r="{_R}" r:id="{slicer}"/>'
        "</x14:slicerList></ext></extLst></worksheet>"
    )
    drawn = f'<legacyDrawing xmlns:r="{_R}" r:id="{note}"/><tableParts'
    xml = contents[_SHEET].replace(b"<tableParts", drawn.encode(), 1)
    return xml.replace(b"</worksheet>", extension.encode())


def _with_caches(contents):
    pivot = _id(contents, _BOOK, _CACHE)
    slicer = _id(contents, _BOOK, "xl/slicerCaches/slicerCache1.xml")
    more = (
        f'<pivotCaches><pivotCache cacheId="7" xmlns:r="{_R}" r:id="{pivot}"/></pivotCaches>'
        f'<extLst><ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{_X15}">'
        f'<x15:slicerCaches xmlns:x14="{_X14}"><x14:slicerCache xmlns:r="{_R}" r:id="{slicer}"/>'
        "</x15:slicerCaches></ext></extLst></workbook>"
    )
    return contents[_BOOK].replace(b"</workbook>", more.encode())


def _typed(contents, name, kind):
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    if name.endswith(".vml"):
        override = f'<Default Extension="vml" ContentType="{kind}"/></Types>'
    types = "[Content_Types].xml"
    contents[types] = contents[types].replace(b"</Types>", override.encode())


def _related(contents, owner, name, relation):
    path = _relations(owner)
    empty = (
        _DECLARED + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"></Relationships>'
    ).encode()
    before = contents.get(path, empty)
    number = before.count(b"<Relationship ") + 50
    entry = (
        f'<Relationship Id="rId{number}" Type="{relation}" Target="/{name}"/></Relationships>'
    ).encode()
    contents[path] = before.replace(b"</Relationships>", entry)


def _id(contents, owner, name):
    entry = contents[_relations(owner)].split(f'Target="/{name}"'.encode())[0]
    return entry.rpartition(b'Id="')[2].partition(b'"')[0].decode()


def _relations(owner):
    folder, _, file = owner.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


_SHEET, _BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
_PIVOT, _CACHE = "xl/pivotTables/pivotTable1.xml", "xl/pivotCache/pivotCacheDefinition1.xml"
_PARTS = {
    "xl/slicers/slicer1.xml": (
        f'<slicers xmlns="{_X14}"><slicer name="Status" cache="Slicer_Status" caption="Status"'
        ' rowHeight="241300"/></slicers>',
        _MICROSOFT_TYPE.format("slicer"),
        _SHEET,
        _MICROSOFT_RELATION.format("2007") + "/slicer",
    ),
    "xl/slicerCaches/slicerCache1.xml": (
        f'<slicerCacheDefinition xmlns="{_X14}" name="Slicer_Status" sourceName="Status">'
        '<extLst><x:ext xmlns:x="' + _X + '" uri="{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}"'
        f' xmlns:x15="{_X15}"><x15:tableSlicerCache tableId="1" column="4"/></x:ext></extLst>'
        "</slicerCacheDefinition>",
        _MICROSOFT_TYPE.format("slicerCache"),
        _BOOK,
        _MICROSOFT_RELATION.format("2007") + "/slicerCache",
    ),
    "xl/comments9.xml": (
        f'<comments xmlns="{_X}"><authors><author>tc={_THREAD}</author></authors><commentList>'
        '<comment ref="D2" authorId="0" shapeId="0"><text><t>[Threaded comment] Ask Sue</t>'
        "</text></comment></commentList></comments>",
        _TYPE.format("comments"),
        _SHEET,
        _OFFICE_RELATION + "/comments",
    ),
    "xl/drawings/vmlDrawing9.vml": (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:'
        'excel"><v:shape id="_x0000_s1025" type="#_x0000_t202"><x:ClientData ObjectType="Note">'
        "<x:Row>1</x:Row><x:Column>3</x:Column></x:ClientData></v:shape></xml>",
        "application/vnd.openxmlformats-officedocument.vmlDrawing",
        _SHEET,
        _OFFICE_RELATION + "/vmlDrawing",
    ),
    "xl/threadedComments/threadedComment1.xml": (
        f'<ThreadedComments xmlns="{_THREADED}"><threadedComment ref="D2" dT="2026-10-01T09:00:00'
        f'.00" personId="{_PERSON}" id="{_THREAD}"><text>Ask Sue</text></threadedComment>'
        "</ThreadedComments>",
        _MICROSOFT_TYPE.format("threadedcomments"),
        _SHEET,
        _MICROSOFT_RELATION.format("2017/10") + "/threadedComment",
    ),
    "xl/persons/person.xml": (
        f'<personList xmlns="{_THREADED}"><person displayName="Ann" id="{_PERSON}" userId="ann"'
        ' providerId="None"/></personList>',
        _MICROSOFT_TYPE.format("person"),
        _BOOK,
        _MICROSOFT_RELATION.format("2017/10") + "/person",
    ),
    _CACHE: (
        f'<pivotCacheDefinition xmlns="{_X}" saveData="0" refreshOnLoad="1" recordCount="0">'
        '<cacheSource type="worksheet"><worksheetSource name="Quality_table"/></cacheSource>'
        '<cacheFields count="1"><cacheField name="Status" numFmtId="0"><sharedItems/></cacheField>'
        "</cacheFields></pivotCacheDefinition>",
        _TYPE.format("pivotCacheDefinition"),
        _BOOK,
        _OFFICE_RELATION + "/pivotCacheDefinition",
    ),
    _PIVOT: (
        f'<pivotTableDefinition xmlns="{_X}" name="Mine" cacheId="7" dataCaption="Values">'
        '<location ref="F3:G5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="1"><pivotField axis="axisRow" showAll="0"/></pivotFields>'
        '<rowFields count="1"><field x="0"/></rowFields></pivotTableDefinition>',
        _TYPE.format("pivotTable"),
        "xl/worksheets/sheet1.xml",
        _OFFICE_RELATION + "/pivotTable",
    ),
}
