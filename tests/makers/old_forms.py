"""Forms as councils have them already: content controls, legacy fields, plain tables with boxes."""

import io

from docx import Document
from docx.oxml import parse_xml

from auditdocs.documents.wordml import date_picker, drop_down, paragraph, root, short_text
from auditdocs.model.contract import Choice

_FLD = '<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
_REST = (
    '<w:r><w:instrText xml:space="preserve"> {kind} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_BOX = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'
_SPACES = "\u2002" * 5


def _saved(document):
    place = io.BytesIO()
    document.save(place)
    return place.getvalue()


def _table(document, rows):
    """A table of these rows; a cell that is XML becomes its cell's paragraph."""
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        for cell, said in zip(cells, row, strict=False):
            if said.startswith("<"):
                old = cell.paragraphs[0]._p
                old.addnext(_parsed(said))
                old.getparent().remove(old)
            else:
                cell.text = said


def _parsed(xml):
    return parse_xml(root("w:body", xml).encode())[0]


def _listed(*labels):
    """A drop-down list in a paragraph."""
    choices = [Choice(code=label, label=label) for label in labels]
    return paragraph(drop_down("tag", "Title", choices, "Choose an item."))


def _legacy(data, *, kind, shown=_SPACES):
    whole = (
        f'<w:ffData><w:name w:val="Text1"/><w:enabled/><w:calcOnExit w:val="0"/>{data}</w:ffData>'
    )
    return paragraph(_FLD.format(data=whole) + _REST.format(kind=kind, shown=shown))


def _legacy_text(kind=""):
    return _legacy(f"<w:textInput>{kind}</w:textInput>", kind="FORMTEXT")


def with_controls():
    """A tool made in desktop Word: headings, drop-downs, date pickers, rich text."""
    document = Document()
    document.add_heading("Reflective Case Audit", 0)
    document.add_paragraph("Please complete all sections and return it to the audit team.")
    document.add_heading("1. Assessment & planning", 1)
    grades = ("Choose an item.", "Outstanding", "Good", "Requires improvement", "Inadequate")
    _table(
        document,
        [
            ["Child's name", short_control("name")],
            [
                "1.1 Quality of the assessment\nLook at the latest one.",
                _listed(*grades),
            ],
            [
                "1.2 Is the plan SMART?",
                _listed("Yes", "No", "N/A"),
            ],
            ["1.3 Last seen", paragraph(date_picker("d", "d", "Click to enter a date."))],
            [
                "1.4 Contact arrangements",
                _listed("Direct", "Letterbox", "None"),
            ],
        ],
    )
    document.add_heading("2. Impact", 1)
    _table(document, [["2.1 What difference has been made?", short_control("t")]])
    document.add_heading("Actions", 1)
    _table(document, [["Action", "By whom", "By when"], ["", "", ""], ["", "", ""]])
    return _saved(document)


def short_control(tag):
    """A text control in a paragraph."""
    return paragraph(short_text(tag, tag, "Click or tap here to enter text."))


def with_legacy_fields():
    """A protected form of 2003: legacy text fields, boxes and lists, bold lines for headings."""
    document = Document()
    document.add_paragraph("Residential Visit Audit")
    document.add_paragraph().add_run("The home").bold = True
    listed = '<w:ddList><w:listEntry w:val="Good"/><w:listEntry w:val="Fair"/></w:ddList>'
    _table(
        document,
        [
            ["Name of home", _legacy_text()],
            [
                "Number of beds",
                _legacy_text('<w:type w:val="number"/>'),
            ],
            [
                "Records up to date",
                _legacy(
                    '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>',
                    kind="FORMCHECKBOX",
                    shown="",
                ),
            ],
            ["Condition of the house", _legacy(listed, kind="FORMDROPDOWN", shown="")],
            ["Signature", _legacy_text()],
        ],
    )
    document.add_paragraph("Anything else to tell: ______________________")
    return _saved(document)


def with_plain_tables():
    """A form to be filled in by hand: labels beside blanks, columns to tick, boxes."""
    document = Document()
    document.add_heading("Youth Justice File Check", 1)
    document.add_heading("Order and plan", 2)
    _table(
        document,
        [
            ["Standard", "Yes", "No", "N/A", "Comments"],
            ["Order on file", "", "", "", ""],
            ["Plan signed by the young person", "☐", "☐", "☐", ""],
        ],
    )
    document.add_heading("Recording", 2)
    _table(
        document,
        [
            ["Standard", "In place", "In time", "Up to date", "Comment"],
            ["Chronology", "", "", "", ""],
        ],
    )
    document.add_heading("Overall", 2)
    _table(
        document,
        [
            ["Were victims' views sought?", ""],
            ["Risk level", "☐ Low ☐ Medium ☐ High"],
            ["Date of last contact", "", "Number of missed appointments", ""],
            ["Overall grade", ""],
        ],
    )
    return _saved(document)
