"""An OpenDocument text (.odt) made such that a converter can open it.

AbiWord 3.0.5 closes paragraphs as if they were headings, in about every third .odt that it saves
and never in the same place: no program, AbiWord among them, opens these again.
"""

from auditdocs.documents.package import unpacked, zipped

OPEN_DOCUMENT = ".odt"
_CONTENT = "content.xml"
_HEADING, _HEADING_END, _PARAGRAPH_END = b"<text:h", b"</text:h>", b"</text:p>"


def opening(data: bytes) -> bytes:
    """The text with its paragraphs closed as they were opened, else the same bytes.

    Raises FormFault for what is no sound zip file.
    """
    parts = unpacked(data)
    content = parts.get(_CONTENT, b"")
    if _HEADING_END not in content or _HEADING in content:
        return data
    return zipped({**parts, _CONTENT: content.replace(_HEADING_END, _PARAGRAPH_END)})
