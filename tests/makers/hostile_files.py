"""Files built to make their reader slow, large or blind, each with the code it must be told by."""

import struct
import zlib

from auditdocs.documents.zip_parts import Packed, packed, zip_of
from tests.makers.forms import BODY, part_of, parts_of, with_part
from tests.makers.wrong_files import a_zip

TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
    b'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def a_workbook_of(sheet, *more, strings=b""):
    """A workbook whose one sheet is this XML, with other parts."""
    shared = [("xl/sharedStrings.xml", b"<sst " + _MAIN + b">" + strings + b"</sst>")]
    return a_zip(
        ("[Content_Types].xml", TYPES),
        (
            "_rels/.rels",
            b"<Relationships " + _RELATIONS + b'><Relationship Id="r1" Type="' + _RELATION
            + b'/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            b"<workbook " + _MAIN + b' xmlns:r="' + _RELATION + b'"><sheets><sheet name="List" '
            b'sheetId="1" r:id="r1"/></sheets></workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships " + _RELATIONS + b'><Relationship Id="r1" Type="' + _RELATION
            + b'/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="'
            + _RELATION + b'/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        *(shared if strings else ()),
        *more,
    )  # fmt: skip


def a_sheet(rows):
    """A worksheet of these rows of XML."""
    return b"<worksheet " + _MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def with_overlapping_entries(count, size):
    """A zip file whose entries are all the same bytes, so that little unpacks to very much."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeeze.compress(b"\0" * size) + squeeze.flush()
    facts = (20, 0, 8, 0, 33, zlib.crc32(b"\0" * size), len(data), size)
    names = [f"{number:04}.docx".encode() for number in range(count)]
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *facts, len(names[0]), 0) + names[0] + data
    listing = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *facts, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in names
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listing), len(local), 0)
    return local + listing + end


def a_zip_in_itself(depth=6):
    """A zip of a zip of a zip, as those have that unpack to themselves for ever."""
    data = a_zip(("form.docx", b"x"))
    for _ in range(depth):
        data = a_zip(("more.zip", data), ("form.docx", b"x"))
    return data


def with_millions_of_entries(count=400_000):
    """A zip file whose listing alone is larger than any form."""
    row = struct.pack("<4s6H3L5H2L", b"PK\1\2", *(0,) * 9, 1, *(0,) * 6)
    listing = b"".join(row + b"x" for _ in range(count))
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, len(listing), 0, 0)
    return b"PK\3\4" + listing + end


def a_false_size(form):
    """The form with a part that says it is small and unpacks to far more."""
    part = packed("x.xml", b" " * 64_000_000)
    facts = (*part.facts[:-2], 10, part.facts[-1])
    false = Packed(part.name, facts, part.data)
    return zip_of([*(packed(*each) for each in parts_of(form).items()), false])


def hostile_workbooks():
    """Hostile workbooks by what they are: the code, and the file."""
    cell = b'<c r="%s" t="n"><v>1</v></c>'
    far = a_sheet(b'<row r="1048576">' + cell % b"XFD1048576" + b"</row>")
    wide = a_sheet(b'<row r="1">' + b"<c><v>1</v></c>" * 16_384 + b"</row>")
    many = a_sheet(b"<row><c><v>1</v></c></row>" * 250_000)
    deep = a_sheet(b"<row>" * 100_000)
    strings = b"<si><t>" + b"x" * 30_000_000 + b"</t></si>"
    lol = b'<!DOCTYPE x [<!ENTITY a "lol">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    ) + b"]>"  # fmt: skip
    empty = a_sheet(b"")
    return {
        "a cell in the last corner": ("too-far", a_workbook_of(far)),
        "thousands of columns": ("too-far", a_workbook_of(wide)),
        "a quarter of a million rows": ("hostile", a_workbook_of(many)),
        "rows in rows in rows": ("damaged", a_workbook_of(deep)),
        "thirty megabytes of one word": ("hostile", a_workbook_of(empty, strings=strings)),
        "entities of entities": ("hostile", a_workbook_of(lol + empty)),
        "a part that is a bomb": ("hostile", a_workbook_of(empty, ("xl/x.xml", b" " * 90_000_000))),
        "thousands of parts": (
            "hostile",
            a_workbook_of(empty, *((f"xl/x{n}.xml", b"<x/>") for n in range(2_001))),
        ),
        "a part twice": ("hostile", a_workbook_of(empty, ("xl/workbook.xml", b"<x/>"))),
        "a cell nobody can name": (
            "hostile",
            a_workbook_of(a_sheet(b'<row r="1"><c r="AAAA1"><v>1</v></c></row>')),
        ),
        "tags that never end": ("damaged", a_workbook_of(empty, strings=b"<" * 400_000)),
    }


def hostile_documents(form):
    """Hostile Word documents by what they are: the code, and the file."""
    body = part_of(form, BODY)
    start = body[: body.index(b"<w:body>")]
    word = b"<w:p><w:r><w:t>" + b"a" * 20_000_000 + b"</w:t></w:r></w:p>"
    long = b"<w:body>" + word + b"</w:body></w:document>"
    attributes = b" ".join(b'w:a%d="x"' % n for n in range(1_000_000))
    return {
        "one word of twenty megabytes": ("hostile", with_part(form, BODY, start + long)),
        "an element of very many attributes": (
            "hostile",
            with_part(form, BODY, start.replace(b"<w:document", b"<w:document " + attributes)
                      + b"<w:body/></w:document>"),
        ),
        "a table in a table in a table": (
            "damaged",
            with_part(form, BODY, start + b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 200),
        ),
        "a size that is not true": ("hostile", a_false_size(form)),
    }  # fmt: skip


def hostile_zips():
    """Hostile zip files by what they are: the code, and the file."""
    return {
        "entries that overlap": ("hostile", with_overlapping_entries(1_500, 1_000_000)),
        "a zip of zips of zips": ("nested-zip", a_zip_in_itself()),
        "a listing of hundreds of thousands": ("hostile", with_millions_of_entries()),
        "a film in a zip": ("hostile", a_zip(("film.docx", b"\0" * 150_000_000))),
    }
