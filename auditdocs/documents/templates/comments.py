"""A copy of a template with a Word comment at each place that was remarked on."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.text.run import Run

from auditdocs.documents.package import package, zipped
from auditdocs.documents.templates.stories import PARAGRAPH, W
from auditdocs.documents.wrong_files import BODY
from auditdocs.model.lint import Remark

_AUTHOR, _INITIALS = "auditdocs template check", "AD"


def commented(template: bytes, remarks: Iterable[Remark]) -> bytes:
    """The template with the remarks as comments; those outside the body stand at its beginning.

    Raises FormFault where the template is no Word document.
    """
    document = Document(BytesIO(zipped(package(template).parts)))
    paragraphs = [*document.element.body.iter(PARAGRAPH)] or [document.add_paragraph()._p]
    for remark in remarks:
        is_in_body = remark.spot is not None and remark.spot.part == BODY
        place = remark.spot.paragraph if is_in_body and remark.spot else 0
        run = Run(_first_run(paragraphs[min(place, len(paragraphs) - 1)]), document)
        comment = document.add_comment(run, _words(remark), _AUTHOR, _INITIALS)
        comment._comment_elm.attrib.pop(f"{W}date", "")  # the same remarks, the same bytes
    copy = BytesIO()
    document.save(copy)
    return zipped(package(copy.getvalue()).parts)


def _words(remark: Remark) -> str:
    return f"{remark.text}\nWhere: {remark.where}\nWhat to do: {remark.hint}"


def _first_run(paragraph: Any) -> Any:
    """The first run of a paragraph; an empty one is put at its end where there is none."""
    found = next(paragraph.iter(f"{W}r"), None)
    if found is None:
        found = OxmlElement("w:r")
        paragraph.append(found)
    return found
