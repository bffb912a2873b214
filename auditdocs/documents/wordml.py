"""Pieces of WordprocessingML as text, just those of which forms are made (forms.md).

Every function gives well-formed XML; text is escaped here and nowhere else. The numbers that Word
wants unique are drawn from the names of things, so the same form is always the same bytes.
"""

import zlib
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from auditdocs.model.contract import Choice

NAMESPACES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TAG_MOST = 64
_BOOKMARK_MOST = 40


def root(name: str, content: str) -> str:
    """A whole part whose root element is `name`, with the namespaces forms use."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return f'{DECLARATION}<{name}{spaces} mc:Ignorable="w14 w15">{content}</{name}>'


def run(text: str, *, style: str = "", bold: bool = False) -> str:
    """A run of text; `style` is a character style."""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:b/>" if bold else ""
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str = "", *, style: str = "") -> str:
    """A paragraph of runs and controls."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>"


def bookmark(name: str, content: str) -> str:
    """Content with a bookmark round it; editors that drop controls keep bookmarks."""
    number = _number(f"bookmark {name}")
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name[:_BOOKMARK_MOST]}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def cell(content: str, *, width: int, span: int = 1, fill: str = "") -> str:
    """A table cell; `width` in twentieths of a point, `fill` an RGB colour."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, heading: bool = False, height: int = 0) -> str:
    """A table row that is not split over pages; a heading row is repeated on each.

    `height` is the least it has, in twentieths of a point: room to write on paper.
    """
    kept = f'<w:cantSplit/><w:trHeight w:val="{height}"/>' if height else "<w:cantSplit/>"
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr>{kept}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], *, widths: Iterable[int], caption: str) -> str:
    """A bordered table of fixed column widths; the caption is read out by screen readers."""
    columns = tuple(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    properties = (
        '<w:tblStyle w:val="FormTable"/>'
        f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(caption)}/>"
    )
    start = f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"{start}{''.join(rows)}</w:tbl>"


def drop_down(tag: str, title: str, choices: Iterable[Choice], prompt: str, *, nth: int = 0) -> str:
    """A run-level drop-down list that shows its prompt."""
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(choice.label)} w:value={quoteattr(choice.code)}/>"
        for choice in choices
    )
    kind = f"<w:dropDownList>{items}</w:dropDownList>"
    return _control(tag, title, kind, _prompt_run(prompt), part="choice", nth=nth)


def date_picker(tag: str, title: str, prompt: str, *, nth: int = 0) -> str:
    """A run-level date picker, day before month, that shows its prompt."""
    kind = (
        '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return _control(tag, title, kind, _prompt_run(prompt), part="date", nth=nth)


def short_text(tag: str, title: str, prompt: str, *, part: str = "text", nth: int = 0) -> str:
    """A run-level rich text control that shows its prompt, for a name or a number.

    `part` is the kind of the prompt, which Word puts back when the control is emptied.
    """
    return _control(tag, title, "<w:richText/>", _prompt_run(prompt), part=part, nth=nth)


def long_text(tag: str, title: str, prompt: str, *, part: str = "text", nth: int = 0) -> str:
    """A block-level rich text control, to stand alone in its cell; it keeps its line breaks."""
    content = paragraph(_prompt_run(prompt))
    return _control(tag, title, "<w:richText/>", content, part=part, nth=nth)


def printed_field(name: str, title: str, content: str) -> str:
    """A run-level control of the header block, locked with what is printed in it."""
    properties = _control_properties(name, title, nth=0, lock="sdtContentLocked")
    return _structured(f"{properties}<w:richText/>", content)


def repeating_rows(tag: str, title: str, rows: Iterable[str]) -> str:
    """Table rows in a repeating section: desktop Word offers a plus sign to add one."""
    items = "".join(
        _structured(
            f'<w:id w:val="{_number(f"{tag} item {place}")}"/><w15:repeatingSectionItem/>', row
        )
        for place, row in enumerate(rows)
    )
    shown = f"<w15:sectionTitle w:val={quoteattr(title)}/>"
    kind = f"<w15:repeatingSection>{shown}</w15:repeatingSection>"
    return _structured(_control_properties(tag, title, nth=0, lock="") + kind, items)


def page_field(instruction: str) -> str:
    """A field that Word works out itself: PAGE or NUMPAGES."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _control(tag: str, title: str, kind: str, content: str, *, part: str, nth: int) -> str:
    properties = _control_properties(tag, title, nth=nth, lock="sdtLocked")
    placeholder = f'<w:placeholder><w:docPart w:val="AD_{part}"/></w:placeholder>'
    return _structured(f"{properties}{placeholder}<w:showingPlcHdr/>{kind}", content)


def _structured(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def control_title(words: str) -> str:
    """The words as the title of a control, which Word cuts short."""
    return words[:_TAG_MOST]


def _control_properties(tag: str, title: str, *, nth: int, lock: str) -> str:
    locked = f'<w:lock w:val="{lock}"/>' if lock else ""
    return (
        f"<w:alias w:val={quoteattr(control_title(title))}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:id w:val="{_number(f"{tag} {nth}")}"/>{locked}'
    )


def _prompt_run(prompt: str) -> str:
    return run(prompt, style="PlaceholderText")


def _number(name: str) -> int:
    """A positive number for a name, the same in every run."""
    return zlib.crc32(name.encode()) & 0x7FFFFFFF or 1
