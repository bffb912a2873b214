"""The wrong files that come in place of a form, told apart by their first bytes and their parts.

Each has its own code, and words that say what to do (forms.md, the gate before reading). What is
looked at here are bytes and names; no parser is trusted with them yet.
"""

from collections.abc import Mapping

from auditdocs.errors import FormFault

MOST_BYTES = 25_000_000
"""The largest file that is looked at."""

BODY = "word/document.xml"
"""The part of a Word document that holds what is written in it."""

DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
"""How the content type of that part ends."""

SEND_WORD = "Open it in Word, choose File, Save As, Word Document (.docx), and return that file."
SEND_FORM = "Return the Word form itself, filled in."
SEND_FRESH = "Copy the answers into a fresh form and return that."
_SAVE_ATTACHMENT = "Open the message, save the attached form, and return that file."
_UNPROTECT = "Remove the password or the label, then return the form."

_COMPOUND = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"

_Told = tuple[str, str, str]
"""The kind of a wrong file, what it is, and what to do."""

_PDF: _Told = ("pdf", "This is a PDF, not a Word form.", "Send the Word form, not a print of it.")
_PICTURE: _Told = (
    "picture",
    "This is a picture, not a Word form.",
    "Send the Word form, not a scan or a photograph.",
)
_RICH_TEXT: _Told = ("rtf", "This is a rich text file, not a Word document.", SEND_WORD)
_MAIL: _Told = ("e-mail", "This is an e-mail, not a Word form.", _SAVE_ATTACHMENT)
_WEB_PAGE: _Told = ("web-page", "This is a web page, not a Word form.", SEND_WORD)
_WORKBOOK: _Told = ("workbook", "This is an Excel workbook, not a Word form.", SEND_FORM)
_OLD_WORD: _Told = ("old-word", "This is an old Word document (.doc).", SEND_WORD)
_NOT_WORD: _Told = ("not-word", "This is not a Word document.", SEND_FORM)
_LOCKED: _Told = (
    "password",
    "The form is protected by a password or a sensitivity label.",
    _UNPROTECT,
)
_LABELLED: _Told = (
    "label",
    "The form is encrypted by its sensitivity label.",
    "Give it a label that does not encrypt, save it, and return the form.",
)
_ZIP_OF_FORMS: _Told = (
    "zip",
    "This is a zip file of forms.",
    "Unpack it and put the forms in the inbox one by one.",
)
_OTHER_ZIP: _Told = ("not-word", "This is a zip file, not a Word form.", SEND_FORM)
_OPEN_DOCUMENT: _Told = ("open-document", "This is an OpenDocument file (.odt).", SEND_WORD)
_MACROS: _Told = ("macros", "The file holds macros, which are never run or taken.", SEND_WORD)
_TEMPLATE: _Told = ("template", "This is a Word template, not a form.", SEND_WORD)

CONVERTED: Mapping[str, str] = {"old-word": ".doc", "open-document": ".odt", "rtf": ".rtf"}
"""The kinds that LibreOffice makes Word documents of, with what their names end in."""

_STARTS: tuple[tuple[_Told, tuple[bytes, ...]], ...] = (
    (_PDF, (b"%pdf",)),
    (_PICTURE, (b"\xff\xd8\xff", b"\x89png", b"gif8", b"ii*\0", b"mm\0*", b"riff")),
    (_RICH_TEXT, (b"{\\rtf",)),
    (_WEB_PAGE, (b"<html", b"<!doctype html")),
    (_MAIL, (b"from:", b"subject:", b"received:", b"return-path:", b"delivered-to:")),
    (_MAIL, (b"mime-version:", b"message-id:")),
)
"""How such files begin, in lower case."""

_STREAMS: tuple[tuple[_Told, str], ...] = (
    (_MAIL, "__substg1.0_"),
    (_LABELLED, "DRMEncrypted"),
    (_LOCKED, "EncryptedPackage"),
    (_OLD_WORD, "WordDocument"),
    (_WORKBOOK, "Workbook"),
)
"""The streams by which compound files of before 2007 are told apart, the outermost first."""


def refuse_what_is_no_zip(data: bytes) -> None:
    """Pass a file that may be a Word document; raise FormFault for what is plainly not one."""
    if not data.strip(b"\0 \r\n\t"):
        raise FormFault("empty", "The file is empty.", hint="Save the form again and return it.")
    if len(data) > MOST_BYTES:
        raise FormFault(
            "too-large",
            f"The file is larger than {MOST_BYTES // 1_000_000} MB.",
            hint="Take out pictures and attachments, then return the form.",
        )
    if not data.startswith(_ZIP):
        raise _fault(_compound(data) if is_compound(data) else _by_start(data))


def refuse_what_is_no_form(parts: Mapping[str, bytes]) -> None:
    """Pass the parts of a Word document; raise FormFault for any other kind of package."""
    types = parts.get("[Content_Types].xml", b"")
    if not types:
        raise _fault(_other_zip(parts))
    if b"macroenabled" in types.lower() or any("vbaproject" in name.lower() for name in parts):
        raise _fault(_MACROS)
    if b"wordprocessingml.template.main+xml" in types:
        raise _fault(_TEMPLATE)
    if DOCUMENT_TYPE not in types or BODY not in parts:
        raise _fault(_WORKBOOK if b"spreadsheetml.sheet.main+xml" in types else _NOT_WORD)


def is_compound(data: bytes) -> bool:
    """Whether the bytes are a compound file, as Office wrote all of its files before 2007."""
    return data.startswith(_COMPOUND)


def is_old_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook of before 2007 (.xls), and open to be read."""
    return is_compound(data) and _compound(data) == _WORKBOOK


def _by_start(data: bytes) -> _Told:
    start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data[4:8] == b"ftyp":  # a photograph as telephones take it
        return _PICTURE
    return next((told for told, starts in _STARTS if start.startswith(starts)), _NOT_WORD)


def _compound(data: bytes) -> _Told:
    """The stream names of a compound file stand in it as UTF-16."""
    found = (told for told, stream in _STREAMS if stream.encode("utf-16-le") in data)
    return next(found, _NOT_WORD)


def _other_zip(parts: Mapping[str, bytes]) -> _Told:
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis"):
        return _OPEN_DOCUMENT
    has_forms = any(name.lower().endswith((".docx", ".doc")) for name in parts)
    return _ZIP_OF_FORMS if has_forms else _OTHER_ZIP


def _fault(told: _Told) -> FormFault:
    kind, text, hint = told
    return FormFault(kind, text, hint=hint)
