"""The note beside a set-aside file: everything wrong at once, fit to be forwarded as it is."""

from io import BytesIO

from docx import Document
from docx.shared import Cm, Pt

from auditdocs.model.form import Reason, Return


def note_document(came: Return, *, service: str) -> bytes:
    """The note as a Word document: which form, what is wrong where, and what to write."""
    note = Document()
    _made_plain(note)
    note.core_properties.title = "Form to be mended"
    note.core_properties.language = "en-GB"
    note.core_properties.author = "auditdocs"
    note.add_heading("This form could not be taken yet", level=1)
    for line in _opening(came, service):
        note.add_paragraph(line)
    _table(note, came.reasons)
    note.add_paragraph(
        "Mend what is listed in the form itself, save it as a Word document (.docx), and put it "
        "in the inbox again. Nothing you have written is lost: the form lies beside this note."
    )
    out = BytesIO()
    note.save(out)
    return out.getvalue()


def _opening(came: Return, service: str) -> tuple[str, ...]:
    things = len(came.reasons)
    which = f"Audit {came.audit_id}. " if came.audit_id else ""
    count = "One thing has" if things == 1 else f"{things} things have"
    return (f"{service}. {which}File: {came.file.rpartition('/')[2]}", f"{count} to be put right:")


def _made_plain(note: object) -> None:
    document = note
    style = document.styles["Normal"]  # type: ignore[attr-defined]
    style.font.name, style.font.size = "Arial", Pt(11)
    for section in document.sections:  # type: ignore[attr-defined]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)


def _table(note: object, reasons: tuple[Reason, ...]) -> None:
    headings = ("Where in the form", "What is wrong and what to write", "What stands there")
    table = note.add_table(rows=1, cols=3, style="Table Grid")  # type: ignore[attr-defined]
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
        cell.paragraphs[0].runs[0].bold = True
    for reason in reasons:
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = reason.where, reason.text, reason.found
