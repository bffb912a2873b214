"""The copy of a signed agreement for the Head of Service for Business Support, as a Word letter.

Source: the procedure, Process (Accuracy Audit: "a copy sent to the Head of Service for Business
Support"); settled.md.
"""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from auditdocs.documents.properties import made_known
from auditdocs.model.accuracy import FREQUENCIES, METHODS, AgreedItem, Agreement
from auditdocs.model.contract import Choice
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.forms.scales import label_of

_CHECKED = ("Item", "Method", "How often", "Who checks")
_CHECKED_WIDTHS = (6.6, 4.2, 2.9, 3.3)
_LEFT_OUT = ("Item", "Why it is not checked")
_LEFT_OUT_WIDTHS = (8.5, 8.5)


def agreement_letter(
    agreement: Agreement, *, service: str, to: str, holder: str, on: date
) -> bytes:
    """The letter: who signed what when, what changed, and every item as it was agreed."""
    letter = Document()
    _made_plain(letter)
    title = f"Accuracy agreement: {agreement.reference}"
    letter.core_properties.title = title
    letter.core_properties.language = "en-GB"
    letter.core_properties.author = "auditdocs"
    for line in (service, f"To: {to}{f', {holder}' if holder else ''}", uk_date(on)):
        letter.add_paragraph(line)
    letter.add_heading(title, level=1)
    for line in _opening(agreement):
        letter.add_paragraph(line)
    _chapter(letter, "What is checked", _CHECKED, _checked(agreement.included), _CHECKED_WIDTHS)
    left_out = [(item.label, item.reason_if_no) for item in agreement.items if not item.include]
    if left_out:
        _chapter(letter, "What is not checked", _LEFT_OUT, left_out, _LEFT_OUT_WIDTHS)
    if agreement.notes:
        letter.add_heading("What else was agreed", level=2)
        letter.add_paragraph(agreement.notes)
    out = BytesIO()
    letter.save(out)
    return made_known(out.getvalue(), {"letter": "agreement"})


def _opening(agreement: Agreement) -> Iterable[str]:
    yield (
        f"Agreed on {uk_date(agreement.agreed)}. Signed by {agreement.signed_tm}, team manager, on "
        f"{uk_date(agreement.signed_tm_date)}, and by {agreement.signed_bso}, business support "
        f"officer, on {uk_date(agreement.signed_bso_date)}."
    )
    if agreement.supersedes:
        yield f"It takes the place of {agreement.supersedes}."
    yield agreement.changes
    yield f"It is to be reviewed by {uk_date(agreement.review_due)}."


def _checked(items: Iterable[AgreedItem]) -> list[tuple[str, ...]]:
    return [
        (
            f"{item.label} (the team's own)" if item.local else item.label,
            _words(item.method, METHODS),
            _words(item.frequency, FREQUENCIES),
            item.who_checks,
        )
        for item in items
    ]


def _words(code: str, choices: tuple[Choice, ...]) -> str:
    return label_of("choice", code, choices)


def _made_plain(letter: Any) -> None:
    style = letter.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    for name in ("Heading 1", "Heading 2"):
        fonts = letter.styles[name].element.rPr.rFonts
        fonts.attrib.clear()  # the fonts of the theme, which would stand above a font's name
        letter.styles[name].font.name = "Arial"
    for section in letter.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)


def _chapter(
    letter: Any,
    heading: str,
    headings: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    widths: tuple[float, ...],
) -> None:
    letter.add_heading(heading, level=2)
    table = letter.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _mark(table.rows[0], "w:tblHeader")
    _fill(table.rows[0], headings, widths)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    for row in rows:
        _fill(table.add_row(), row, widths)


def _fill(row: Any, texts: tuple[str, ...], widths: tuple[float, ...]) -> None:
    _mark(row, "w:cantSplit")
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.text, cell.width = text, Cm(width)


def _mark(row: Any, name: str) -> None:
    """Word's own marks of a row, which python-docx does not know."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
