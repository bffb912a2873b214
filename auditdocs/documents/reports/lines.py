"""Paragraphs of a report as text of WordprocessingML, captions among them."""

from auditdocs.documents.reports.data_workbook import printable
from auditdocs.documents.wordml import bookmark, run

TAB = "<w:r><w:tab/></w:r>"
_BREAK = "<w:r><w:br/></w:r>"


def line(style: str, content: str, properties: str = "") -> str:
    """A paragraph of that style; `properties` are its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def words(text: str, *, bold: bool = False) -> str:
    """Text as runs, each of its lines on a line of its own."""
    lines = printable(text).splitlines() or [""]
    return _BREAK.join(run(each, bold=bold) for each in lines)


def caption(label: str, number: int, text: str) -> str:
    """A caption that Word numbers, with the bookmark that its entry in a list leads to."""
    sequence = f'<w:fldSimple w:instr=" SEQ {label} \\* ARABIC ">{run(str(number))}</w:fldSimple>'
    told = run(f"{label} ") + sequence + words(f": {text}")
    return line("Caption", bookmark(caption_anchor(label, number), told))


def heading_anchor(place: int) -> str:
    """The bookmark of the chapter at that place, counted from nought."""
    return f"_Toc{place + 1:09}"


def caption_anchor(label: str, number: int) -> str:
    """The bookmark of a table's or figure's caption."""
    return f"_{label}{number:06}"
