"""The gate: what a returned file is, before any parser trusts it, and its parts when it is sound.

Every kind of wrong file is told apart with its own code and words (forms.md, the gate; field.md d).
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from auditdocs.errors import FormFault

MOST_BYTES = 25_000_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 100
RATIO_FROM = 1_000_000
MOST_ELEMENTS = 500_000

_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)

_SEND_WORD = "Open it in Word, choose File, Save As, Word Document (.docx), and return that file."
_SEND_FORM = "Return the Word form itself, filled in."

_NOT_ZIP: tuple[tuple[tuple[bytes, ...], str, str, str], ...] = (
    (
        (b"%PDF",),
        "pdf",
        "This is a PDF, not a Word form.",
        "Send the Word form, not a print of it.",
    ),
    (
        (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM"),
        "picture",
        "This is a picture, not a Word form.",
        "Send the Word form, not a scan or a photograph.",
    ),
    ((b"{\\rtf",), "rtf", "This is a rich text file, not a Word document.", _SEND_WORD),
    (
        (b"From:", b"Return-Path:", b"Received:", b"MIME-Version:", b"Message-ID:"),
        "e-mail",
        "This is an e-mail, not a Word form.",
        "Open the e-mail, save the attached form, and put that file in the inbox.",
    ),
    (
        (b"<html", b"<!DOCTYPE html", b"<!doctype html"),
        "web-page",
        "This is a web page, not a Word form.",
        _SEND_WORD,
    ),
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a sound Word document by name, in the order they came."""

    parts: Mapping[str, bytes]

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None when there is no such part."""
        return None if name not in self.parts else parsed(self.parts[name], name)

    def named(self, prefix: str) -> Iterator[str]:
        """The names of the parts that begin so, in order."""
        return (name for name in self.parts if name.startswith(prefix))


def package(data: bytes) -> Package:
    """The parts of a Word document. Raises FormFault, whose `kind` tells every wrong file apart."""
    _refuse_what_is_no_zip(data)
    parts = _unpacked(data)
    _refuse_what_is_no_form(parts)
    return Package({name: part.replace(_STRICT, _TRANSITIONAL) for name, part in parts.items()})


def parsed(part: bytes, name: str = "") -> etree._Element:
    """The root element of an XML part, read without entities, network or recovery."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise FormFault(
            "doctype",
            "The file holds a document type, which no Word form does.",
            where=name,
            hint=_SEND_WORD,
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise FormFault(
            "damaged",
            "The file is damaged and cannot be read.",
            where=name,
            hint="Save the form again in Word and return it.",
        ) from error


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts; the same parts always give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return out.getvalue()


def is_list(data: bytes, name: str) -> bool:
    """Whether the bytes are a workbook or a plain list, and so an extract or a staff register."""
    if data.startswith(b"PK"):
        return b"xl/workbook." in data
    if data.startswith(_COMPOUND):
        return "Workbook".encode("utf-16-le") in data and _ENCRYPTED not in data
    return name.lower().endswith((".csv", ".tsv", ".txt")) and bool(data.strip())


def _refuse_what_is_no_zip(data: bytes) -> None:
    if not data.strip(b"\0 \r\n\t"):
        raise FormFault("empty", "The file is empty.", hint="Save the form again and return it.")
    if len(data) > MOST_BYTES:
        raise FormFault(
            "too-large",
            f"The file is larger than {MOST_BYTES // 1_000_000} MB.",
            hint="Take out pictures and attachments, then return the form.",
        )
    if data.startswith(_COMPOUND):
        raise _old_or_locked(data)
    for starts, kind, text, hint in _NOT_ZIP:
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(starts):
            raise FormFault(kind, text, hint=hint)
    if not data.startswith(b"PK"):
        raise FormFault("not-word", "This is not a Word document.", hint=_SEND_FORM)


def _old_or_locked(data: bytes) -> FormFault:
    """The stream names of a compound file stand in it as UTF-16."""
    if _ENCRYPTED in data:
        return FormFault(
            "password",
            "The form is protected by a password or a sensitivity label.",
            hint="Remove the password or the label, then return the form.",
        )
    if "__substg1.0_".encode("utf-16-le") in data:
        return FormFault(
            "e-mail",
            "This is an Outlook message, not a Word form.",
            hint="Open the message, save the attached form, and return that file.",
        )
    if "Workbook".encode("utf-16-le") in data:
        return FormFault("workbook", "This is an Excel workbook, not a Word form.", hint=_SEND_FORM)
    return FormFault("old-word", "This is an old Word document (.doc).", hint=_SEND_WORD)


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_strange_entries(entries)
            return _read_entries(archive, entries)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, OSError) as error:
        raise FormFault(
            "truncated",
            "The file is not whole: it was cut short or is damaged.",
            hint="Wait until the copy has finished, or save the form again.",
        ) from error


def _refuse_strange_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    strange = any(
        name.startswith(("/", "\\")) or "\\" in name or "\0" in name or ".." in name.split("/")
        for name in names
    )
    if len(entries) > MOST_ENTRIES or len(set(names)) < len(names) or strange:
        raise FormFault("hostile", "The file is built in a way no Word form is.", hint=_SEND_FORM)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FormFault(
            "password",
            "The file is a zip with a password.",
            hint="Unpack it and return the form itself.",
        )


def _read_entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in entries:
        allowed = min(left, max(RATIO_FROM, MOST_RATIO * entry.compress_size))
        with archive.open(entry) as stream:
            part = stream.read(allowed + 1)
        if len(part) > allowed:
            raise FormFault(
                "hostile", "The file unpacks to far more than a form can hold.", hint=_SEND_FORM
            )
        left -= len(part)
        if not entry.is_dir():
            parts[entry.filename] = part
    return parts


def _refuse_what_is_no_form(parts: Mapping[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml", b"")
    if not types:
        raise _other_zip(parts)
    lowered = types.lower()
    if b"macroenabled" in lowered or any("vbaproject" in name.lower() for name in parts):
        raise FormFault(
            "macros", "The file holds macros, which are never run or taken.", hint=_SEND_WORD
        )
    if b"spreadsheetml" in lowered:
        raise FormFault("workbook", "This is an Excel workbook, not a Word form.", hint=_SEND_FORM)
    if _DOCUMENT_TYPE not in types or "word/document.xml" not in parts:
        raise FormFault("not-word", "This is not a Word document.", hint=_SEND_FORM)
    _refuse_what_reaches_out(parts)
    _refuse_what_is_too_deep(parts["word/document.xml"])


def _other_zip(parts: Mapping[str, bytes]) -> FormFault:
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis"):
        return FormFault("open-document", "This is an OpenDocument file (.odt).", hint=_SEND_WORD)
    if any(name.lower().endswith(".docx") for name in parts):
        return FormFault(
            "zip",
            "This is a zip file of forms.",
            hint="Unpack it and put the forms in the inbox one by one.",
        )
    return FormFault("not-word", "This is a zip file, not a Word form.", hint=_SEND_FORM)


_HOSTILE_NAMES = ("word/activex/", "word/embeddings/", "word/afchunk")
_HOSTILE_FIELDS = (b"DDEAUTO", b" DDE ", b"INCLUDETEXT", b"INCLUDEPICTURE")
_HOSTILE_LINKS = (b"/attachedTemplate", b"/oleObject", b"/frame", b"/aFChunk", b"/subDocument")


def _refuse_what_reaches_out(parts: Mapping[str, bytes]) -> None:
    hostile = any(name.lower().startswith(_HOSTILE_NAMES) for name in parts)
    for name, part in parts.items():
        external = name.endswith(".rels") and b"External" in part
        hostile |= external and any(link in part for link in (*_HOSTILE_LINKS, b"/image"))
        hostile |= name.startswith("word/") and any(field in part for field in _HOSTILE_FIELDS)
    if hostile:
        raise FormFault(
            "hostile",
            "The file holds embedded objects or links to other files.",
            hint="Copy the answers into a fresh form and return that.",
        )


def _refuse_what_is_too_deep(part: bytes) -> None:
    """Counted before a tree is built: 121 KB can unpack to a gigabyte of elements."""
    if part.count(b"<") > 2 * MOST_ELEMENTS:
        raise FormFault("hostile", "The document is larger than any form.", hint=_SEND_FORM)
