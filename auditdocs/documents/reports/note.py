"""The note beside a set-aside file: everything wrong at once, fit to be forwarded as it is."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from auditdocs.documents.properties import made_known
from auditdocs.documents.reports.data_workbook import printable
from auditdocs.model.form import Reason, Return

_HEADINGS = ("Where in the form", "What is wrong and what to write", "What stands there")
_WIDTHS = (Cm(5.2), Cm(7.6), Cm(4.2))
_WITHOUT_FOUND = (Cm(5.2), Cm(11.8))
"""Of the columns, together as wide as the page's text; the last is left out when it is empty."""


def note_document(came: Return, *, service: str, marking: str = "") -> bytes:
    """The note as a Word document: which form, what is wrong where, and what to write."""
    note = Document()
    _made_plain(note, marking)
    note.core_properties.title = "Form to be mended"
    note.core_properties.language = "en-GB"
    note.core_properties.author = "auditdocs"
    note.add_heading("This form could not be taken yet", level=1)
    for line in _opening(came, service):
        note.add_paragraph(printable(line))
    _table(note, came.reasons)
    if known := came.details.get("To know"):
        note.add_paragraph(f"How the form was read: {known}").paragraph_format.space_before = Pt(12)
    closing = note.add_paragraph(
        "Mend what is listed in the form itself, save it as a Word document (.docx), and put it "
        "in the inbox again. Nothing you have written is lost: the form lies beside this note."
    )
    closing.paragraph_format.space_before = Pt(12)
    out = BytesIO()
    note.save(out)
    return made_known(out.getvalue(), {"note": "set-aside"})


def _opening(came: Return, service: str) -> tuple[str, ...]:
    things = len(came.reasons)
    which = f"Audit {came.audit_id}. " if came.audit_id else ""
    count = "One thing has" if things == 1 else f"{things} things have"
    return (f"{service}. {which}File: {came.file.rpartition('/')[2]}", f"{count} to be put right:")


def _made_plain(note: Any, marking: str) -> None:
    """A page in the service's plain look, marked because it repeats what stands in the form."""
    style = note.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    for section in note.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.header.paragraphs[0].text = printable(marking)


def _table(note: Any, reasons: tuple[Reason, ...]) -> None:
    widths = _WIDTHS if any(reason.found for reason in reasons) else _WITHOUT_FOUND
    table = note.add_table(rows=1, cols=len(widths), style="Table Grid")
    _mark(table.rows[0], "w:tblHeader")
    _fill(table.rows[0], _HEADINGS, widths)
    for reason in reasons:
        _fill(table.add_row(), (_place(reason), reason.text, reason.found), widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


def _place(reason: Reason) -> str:
    """Where to look, the heading of the form on a line above."""
    return f"{reason.section}:\n{reason.where}" if reason.section else reason.where


def _fill(row: Any, texts: tuple[str, ...], widths: tuple[Cm, ...]) -> None:
    _mark(row, "w:cantSplit")
    for cell, text, width in zip(row.cells, texts[: len(widths)], widths, strict=True):
        cell.text, cell.width = printable(text), width
        spacing = cell.paragraphs[0].paragraph_format
        spacing.space_before = spacing.space_after = Pt(3)


def _mark(row: Any, name: str) -> None:
    """Word's own marks of a row, which python-docx does not know."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
