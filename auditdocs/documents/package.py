"""The gate: what a returned file is, before any parser trusts it, and its parts when it is sound.

Every kind of wrong file is told apart with its own code and words (forms.md, the gate; field.md d).
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from auditdocs.documents.unzip import NOT_WHOLE, content
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import (
    BODY,
    SEND_FORM,
    SEND_FRESH,
    SEND_WORD,
    is_compound,
    is_old_workbook,
    refuse_what_is_no_form,
    refuse_what_is_no_zip,
)
from auditdocs.documents.zip_parts import listed_entries, packed, zip_of
from auditdocs.errors import FormFault

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
MOST_PART = 64_000_000
MOST_RATIO = 100
RATIO_FROM = 1_000_000
MOST_NODES = 1_000_000
"""Elements and attributes of a part: far more than a form has, few enough to be held in memory."""

_STRICT_NAMES = b"http://purl.oclc.org/ooxml/"
_W = f"{{{NAMESPACES['w']}}}"
_TYPES = "[Content_Types].xml"
_NUMBERED_BODY = re.compile(rb'PartName="/word(/document\d{1,4}\.xml)"')
_END_WITHIN = 22 + 65_535
"""The record that ends a zip file, and the longest remark that may follow it."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_STRICT: Mapping[bytes, bytes] = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACES["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/customProperties": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    ),
}
"""The names by which strict Office Open XML calls what forms are read from."""

_EMBEDDED = ("/oleObject", "/package", "/aFChunk", "/subDocument", "/control", "/frame")
_OPENED_BY_A_CLICK = ("http://", "https://", "mailto:")
_FIELD = re.compile(rb"[:<]instr")
"""A field's instructions, in an element or an attribute: looked for where "instr" stands at all."""
_FETCHING = (
    "DDEAUTO",
    "DDE",
    "INCLUDETEXT",
    "INCLUDE",
    "INCLUDEPICTURE",
    "IMPORT",
    "LINK",
    "DATABASE",
)
"""Fields that fetch something from outside; Word still knows what it called some of them once."""
_HOSTILE_FIELD = re.compile(rf"^\W*(?:{'|'.join(_FETCHING)})\b", re.I | re.M)
_DOCTYPE = b"<!DOCTYPE"
_NOT_UTF_8 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0", b"\x4c\x6f\xa7\x94")
"""How XML begins in UTF-16, in UTF-32 and in EBCDIC."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a sound Word document by name, in the order they came."""

    parts: Mapping[str, bytes]

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None when there is no such part."""
        return None if name not in self.parts else _tree(self.parts[name], name)

    def named(self, prefix: str) -> Iterator[str]:
        """The names of the parts that begin so, in order."""
        return (name for name in self.parts if name.startswith(prefix))


def package(data: bytes) -> Package:
    """The parts of a Word document. Raises FormFault, whose `kind` tells every wrong file apart."""
    refuse_what_is_no_zip(data)
    parts = _with_body_in_its_place(unpacked(data))
    refuse_what_is_no_form(parts)
    _refuse_hidden_text(parts[_TYPES])
    read = {name: _transitional(part) for name, part in parts.items()}
    for name, part in read.items():
        _refuse_what_reaches_out(name, part)
    return Package(read)


def parsed(part: bytes, name: str = "") -> etree._Element:
    """The root element of an XML part, read without entities, network or recovery.

    Raises FormFault for one that declares a document type, is hostile, or is not whole.
    """
    if _DOCTYPE in part:
        raise _doctype(name)
    return _tree(part, name)


def _tree(part: bytes, name: str) -> etree._Element:
    """The same of a part in which the gate has looked for a document type."""
    if len(part) > MOST_NODES and part.count(b"<") + part.count(b"=") > MOST_NODES:
        raise _hostile("The document is larger than any form.", where=name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,  # else the text behind one would not be read
    )
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise FormFault(
            "damaged",
            "The file is damaged and cannot be read.",
            where=name,
            hint="Save the form again in Word and return it.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:  # written in another encoding
        raise _doctype(name)
    return root


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts; the same parts always give the same bytes."""
    return zip_of(packed(name, part) for name, part in parts.items())


def is_list(data: bytes, name: str) -> bool:
    """Whether the bytes are a workbook or a plain list, and so an extract or a staff register."""
    if data.startswith(b"PK"):
        return b"xl/workbook." in data
    if is_compound(data):
        return is_old_workbook(data)
    return name.lower().endswith((".csv", ".tsv", ".txt")) and bool(data.strip())


def refuse_cut_short(data: bytes) -> None:
    """Raise FormFault for a zip file, of whatever kind, whose end is not there yet."""
    if data.startswith(b"PK") and b"PK\5\6" not in data[-_END_WITHIN:]:
        raise FormFault("truncated", "The file is not whole.", hint="Wait for its copy to finish.")


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip file of whatever kind by name, counted while they are read.

    Raises FormFault for one that is not whole, locked, strange or too large.
    """
    return dict(entries(data))


def entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The same, one part after another. Raises FormFault when it comes to what is wrong."""
    if listed_entries(data) > MOST_ENTRIES:
        raise _hostile("The file is built in a way no Word form is.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            listed = archive.infolist()
            _refuse_strange_entries(listed, len(data))
            yield from _read_entries(listed, data)
    except NOT_WHOLE as error:
        raise FormFault(
            "truncated",
            "The file is not whole: it was cut short or is damaged.",
            hint="Wait until the copy has finished, or save the form again.",
        ) from error


def _refuse_strange_entries(entries: Sequence[zipfile.ZipInfo], size: int) -> None:
    names = [name for entry in entries for name in {entry.orig_filename, entry.filename}]
    if any(entry.flag_bits & 1 for entry in entries):
        raise FormFault(
            "password",
            "The file is a zip with a password.",
            hint="Unpack it and return the form itself.",
        )
    is_twice = len({name.casefold() for name in names}) < len(names)
    is_strange = any(map(_is_strange, names)) or {e.compress_type for e in entries} - _METHODS
    is_over_itself = sum(entry.compress_size for entry in entries) > size
    if is_twice or is_strange or is_over_itself:
        raise _hostile("The file is built in a way no Word form is.")


def _is_strange(name: str) -> bool:
    """Whether a part's name leads out of the package, or elsewhere on another system."""
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")


def _read_entries(entries: Iterable[zipfile.ZipInfo], data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each part, counted while it is read: what a zip says of its sizes need not be so."""
    left = MOST_UNPACKED
    for entry in entries:
        allowed = min(left, MOST_PART, max(RATIO_FROM, MOST_RATIO * entry.compress_size))
        part = b"".join(_counted(content(entry, data), allowed))
        left -= len(part)
        if not entry.is_dir():
            yield entry.filename, part


def _counted(chunks: Iterable[bytes], allowed: int) -> Iterator[bytes]:
    for chunk in chunks:
        allowed -= len(chunk)
        if allowed < 0:
            raise _hostile("The file unpacks to far more than a form can hold.")
        yield chunk


def _with_body_in_its_place(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts as desktop Word names them: on the web it may call the body document2.xml."""
    numbered = _NUMBERED_BODY.search(parts.get(_TYPES, b""))
    if BODY in parts or numbered is None:
        return parts
    old, new = numbered[1], b"/document.xml"
    renamed = {name.replace(old.decode(), new.decode()): part for name, part in parts.items()}
    for name in (_TYPES, "_rels/.rels"):
        renamed[name] = renamed.get(name, b"").replace(old, new)
    return renamed


def _transitional(part: bytes) -> bytes:
    if _STRICT_NAMES in part:
        for strict, transitional in _STRICT.items():
            part = part.replace(strict, transitional)
    return part


def _refuse_hidden_text(types: bytes) -> None:
    """Raise FormFault where a part that Word shows has a name under which nobody would look."""
    for kind in _tree(types, _TYPES).iter("{*}Default", "{*}Override"):
        name = kind.get("PartName") or f".{kind.get('Extension', '')}"
        is_shown = "wordprocessingml" in kind.get("ContentType", "").lower()
        if is_shown and not name.lower().endswith(".xml"):
            raise _hostile("The file is built in a way no Word form is.", where=_TYPES)


def _refuse_what_reaches_out(name: str, part: bytes) -> None:
    ending = name.lower().rpartition(".")[2]
    if ending not in ("xml", "rels"):
        return
    if part.startswith(_NOT_UTF_8):
        raise _hostile("The file is written in a way no Word form is.", where=name)
    if _DOCTYPE in part:
        raise _doctype(name)
    if ending == "rels":
        for link in _tree(part, name).iter("{*}Relationship"):
            _refuse_link(link, name)
    elif b"instr" in part and _FIELD.search(part):
        _refuse_field(_instructions(_tree(part, name)), name)


def _refuse_field(instructions: str, name: str) -> None:
    if _HOSTILE_FIELD.search(instructions):
        raise _linked(name)


def _refuse_link(link: etree._Element, name: str) -> None:
    kind = link.get("Type", "")
    if kind.endswith(_EMBEDDED):
        raise FormFault(
            "embedded",
            "The file holds an embedded object: a worksheet, a program or another document.",
            where=name,
            hint=SEND_FRESH,
        )
    target = link.get("Target", "").strip().lower()
    is_click = kind.endswith("/hyperlink") and target.startswith(_OPENED_BY_A_CLICK)
    if link.get("TargetMode", "").lower() == "external" and not is_click:
        raise _linked(name)


def _instructions(root: etree._Element) -> str:
    """What the fields of a part are told to do, each on a line of its own."""
    told = []
    for element in root.iter(f"{_W}instrText", f"{_W}fldChar", f"{_W}fldSimple"):
        is_inside = element.tag == f"{_W}instrText"
        told.append(element.text or "" if is_inside else f"\n{element.get(f'{_W}instr', '')}")
    return "".join(told)


def _hostile(text: str, *, where: str = "") -> FormFault:
    return FormFault("hostile", text, where=where, hint=SEND_FORM)


def _linked(name: str) -> FormFault:
    return FormFault(
        "linked",
        "The file is linked to other files, or fetches something when it is opened.",
        where=name,
        hint=SEND_FRESH,
    )


def _doctype(name: str) -> FormFault:
    return FormFault(
        "doctype",
        "The file holds a document type, which no Word form does.",
        where=name,
        hint=SEND_WORD,
    )
