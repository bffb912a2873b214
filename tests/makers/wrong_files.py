"""Makers of files that are no form, and of forms built to do harm."""

import io
import zipfile

from auditdocs.documents.package import zipped
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.zip_parts import packed, zip_of
from tests.makers.forms import (
    BODY,
    TYPES,
    W,
    a_run,
    edited,
    element,
    part_of,
    parts_of,
    replaced,
    rezipped,
    with_part,
    without_part,
)

LINKS = "word/_rels/document.xml.rels"


def as_strict(form):
    """The form as Word saves it under "Strict Open XML Document"."""
    strict = "http://purl.oclc.org/ooxml"
    spaces = {
        NAMESPACES["w"]: f"{strict}/wordprocessingml/main",
        NAMESPACES["r"]: f"{strict}/officeDocument/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": (
            f"{strict}/officeDocument/customProperties"
        ),
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": (
            f"{strict}/officeDocument/docPropsVTypes"
        ),
    }
    parts = parts_of(form)
    for old, new in spaces.items():
        parts = {name: part.replace(old.encode(), new.encode()) for name, part in parts.items()}
    return zipped(parts)


def as_on_the_web(form):
    """The form as Word on the web has been seen to save it: its body is called document2.xml."""
    changes = {
        BODY: None,
        "word/_rels/document.xml.rels": None,
        "word/document2.xml": part_of(form, BODY),
        "word/_rels/document2.xml.rels": part_of(form, "word/_rels/document.xml.rels"),
    }
    for name in (TYPES, "_rels/.rels"):
        changes[name] = part_of(form, name).replace(b"word/document.xml", b"word/document2.xml")
    return rezipped(form, changes)


def with_link(form, kind, target, *, mode="External"):
    """The form with one more relation of its body."""
    mode = f' TargetMode="{mode}"' if mode else ""
    row = f'<Relationship Id="rIdX" Type="http://x/{kind}" Target="{target}"{mode}/>'
    end = b"</Relationships>"
    return replaced(form, LINKS, end, row.encode() + end)


def with_field(form, *instructions):
    """The form with a field whose instruction stands in so many runs."""
    begin, end = (element("r", element("fldChar", fldCharType=kind)) for kind in ("begin", "end"))
    told = [element("r", element("instrText", text=text)) for text in instructions]

    def edit(body):
        body.find(f"{W}body").insert(0, element("p", begin, *told, end))

    return edited(form, edit)


def with_simple_field(form, instruction):
    """The form with a field that tells in one piece what it does."""

    def edit(body):
        field = element("fldSimple", a_run("x"), instr=instruction)
        body.find(f"{W}body").insert(0, element("p", field))

    return edited(form, edit)


def a_compound_file(*streams):
    """The start of a compound file with these stream names in it."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + names


def a_zip(*entries):
    """A zip file of these entries, whatever they are called, and however often."""
    return zip_of(packed(name, part) for name, part in entries)


def with_entry(form, name, part):
    """The form's own entries and one more, which may have a name that is there already."""
    return a_zip(*parts_of(form).items(), (name, part))


def with_entry_packed_otherwise(form):
    """The form's own entries and one that is not deflated, which no Word does."""
    out = io.BytesIO(form)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x", b"x")
    return out.getvalue()


def encrypted(form):
    """The form with the mark of encryption on each entry of its listing."""
    data, place = bytearray(form), 0
    while (place := data.find(b"PK\1\2", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


def _with_macros(form):
    macro = b"ms-word.document.macroEnabled.main+xml"
    plain = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return replaced(form, TYPES, plain, macro)


def _as_template(form):
    return replaced(form, TYPES, b"document.main+xml", b"template.main+xml")


def _with_doctype(form):
    start = b'<!DOCTYPE x [<!ENTITY e "boom">]><w:document'
    return replaced(form, BODY, b"<w:document", start)


def _with_doctype_in_utf_16(form):
    body = _with_doctype(form)
    text = part_of(body, BODY).decode().replace("UTF-8", "UTF-16")
    return with_part(form, BODY, text.encode("utf-16"))


def _with_header(form, name, encoding):
    """The form with a header of that name and encoding, which fetches something when shown."""
    field = '<w:hdr xmlns:w="w"><w:p><w:fldSimple w:instr="DDEAUTO x"/></w:p></w:hdr>'
    told = f'<?xml version="1.0" encoding="{encoding.upper()}"?>{field}'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    row = f'<Override PartName="/word/{name}" ContentType="{kind}"/></Types>'
    return with_part(
        replaced(form, TYPES, b"</Types>", row.encode()), f"word/{name}", told.encode(encoding)
    )


def broken(form):
    """Every kind of wrong file by what it is: the kind it must be told as, and the file."""
    workbook = a_zip((TYPES, b"<Types spreadsheetml.sheet.main+xml/>"), ("xl/workbook.xml", b""))
    deep = b"<w:document>" + b"<w:p>" * 300 + b"</w:p>" * 300 + b"</w:document>"
    many = b"<w:document>" + b"<w:p/>" * 1_100_000 + b"</w:document>"
    linked = with_link(form, "image", "http://x/y", mode="external")
    odt = ("mimetype", b"application/vnd.oasis.opendocument.text")
    fields = {
        f"a field that says {word}": ("linked", with_field(form, f" {word} x "))
        for word in (
            *("DDE", "DDEAUTO", "LINK", "DATABASE"),
            *("INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT"),
        )
    }
    links = {
        f"a relation to an outside {kind}": ("linked", with_link(form, kind, "http://x/y"))
        for kind in ("attachedTemplate", "image", "customXml")
    }
    objects = {
        f"an embedded {kind}": ("embedded", with_link(form, kind, "x.bin", mode=""))
        for kind in ("oleObject", "package", "aFChunk", "subDocument", "control", "frame")
    }
    names = {
        f"an entry called {name!r}": ("hostile", with_entry(form, name, b"x"))
        for name in ("../x", "word/../../x", "/etc/x", "C:\\x", "\\\\server\\x", "x\0y")
    }
    return {
        "nothing": ("empty", b""),
        "noughts": ("empty", b"\0" * 4096),
        "half of the form": ("truncated", form[: len(form) // 2]),
        "a byte less": ("truncated", form[:-1]),
        "a form with bad data": ("truncated", form[:2000] + b"\0" * 50 + form[2050:]),
        "a PDF": ("pdf", b"%PDF-1.7\n"),
        "a photograph": ("picture", b"\xff\xd8\xff\xe0JFIF"),
        "a telephone's photograph": ("picture", b"\0\0\0\x18ftypheic"),
        "a screen shot": ("picture", b"\x89PNG\r\n\x1a\n"),
        "a scan": ("picture", b"II*\0scan"),
        "rich text": ("rtf", b"{\\rtf1\\ansi x}"),
        "a web page": ("web-page", b"\xef\xbb\xbf \r\n<!DOCTYPE HTML><html>"),
        "a web page without a type": ("web-page", b"<HTML><body>"),
        "an e-mail": ("e-mail", b"From: someone\r\nSubject: form\r\n"),
        "an Outlook message": ("e-mail", a_compound_file("__substg1.0_0037", "EncryptedPackage")),
        "an old Word document": ("old-word", a_compound_file("WordDocument", "Workbook")),
        "an old workbook": ("workbook", a_compound_file("Workbook")),
        "another compound file": ("not-word", a_compound_file("PowerPoint Document")),
        "a locked form": ("password", a_compound_file("EncryptionInfo", "EncryptedPackage")),
        "a labelled form": ("label", a_compound_file("DRMEncryptedDataSpace", "EncryptedPackage")),
        "a locked zip": ("password", encrypted(form)),
        "a workbook": ("workbook", workbook),
        "a form with macros": ("macros", _with_macros(form)),
        "a form with a macro part": ("macros", with_part(form, "word/vbaProject.bin", b"x")),
        "a template": ("template", _as_template(form)),
        "a zip of forms": ("zip", a_zip(("one.docx", form), ("two.docx", form))),
        "another zip": ("not-word", a_zip(("notes.txt", b"x"))),
        "an empty zip": ("not-word", a_zip()),
        "an OpenDocument": ("open-document", a_zip(odt, ("content.xml", b"<x/>"))),
        "plain words": ("not-word", b"Dear all"),
        "a form without a body": ("not-word", without_part(form, BODY)),
        "a form too large": ("too-large", b"PK\3\4" + b"\0" * 25_000_000),
        "a body cut short": ("damaged", with_part(form, BODY, b"<w:document><w:p>")),
        "a document type": ("doctype", _with_doctype(form)),
        "a body in another encoding": ("hostile", _with_doctype_in_utf_16(form)),
        "a header in another encoding": ("hostile", _with_header(form, "x.xml", "utf-32-be")),
        "a header under a picture's name": ("hostile", _with_header(form, "x.png", "utf-8")),
        "a body too deep": ("damaged", with_part(form, BODY, deep)),
        "a body of too many pieces": ("hostile", with_part(form, BODY, many)),
        "a part that unpacks to far more": ("hostile", with_part(form, "x", b"\0" * 64_000_001)),
        "thousands of entries": (
            "hostile",
            a_zip(*((f"x{n}", b"") for n in range(2_001))),
        ),
        "a part twice": ("hostile", with_entry(form, BODY, b"<x/>")),
        "a part twice in capitals": ("hostile", with_entry(form, BODY.upper(), b"<x/>")),
        "a part packed otherwise": ("hostile", with_entry_packed_otherwise(form)),
        "a relation in capitals": (
            "linked",
            with_part(form, "word/_rels/X.XML.RELS", part_of(linked, LINKS)),
        ),
        "a link to a file share": ("linked", with_link(form, "hyperlink", "file://server/x")),
        "a field in one piece": ("linked", with_simple_field(form, ' includetext "c:/x"')),
        "a field in pieces": ("linked", with_field(form, " DD", "EAUTO c:\\x ")),
        **fields,
        **links,
        **objects,
        **names,
    }
