"""What is the same in every report: page, styles, numbering, header and footer, properties.

Built on python-docx's own document, of which little is left: no thumbnail, no unused style, no
author, no date.
"""

import zipfile
from collections.abc import Collection
from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _BaseHeaderFooter
from lxml import etree

from auditdocs.documents.package import zipped
from auditdocs.documents.properties import with_properties
from auditdocs.documents.reports.data_workbook import printable
from auditdocs.documents.wordml import DECLARATION, page_field, root, run
from auditdocs.model.report import Report

WIDTH = 10092
"""The text width of an A4 page upright, in twentieths of a point: 16.6 cm."""

_FONT, _INK, _GREY = "Arial", "1F3B4D", "404040"
_PALE, _BAND, _LINE, _ACCENT = "DCE9EE", "F3F7F9", "C9D6DC", "2E7D92"
_KEPT_PARTS = (
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
)


def empty_document() -> WordDocument:
    """A document without content, with the styles, the numbering and the page of a report."""
    document = Document()
    _keep_only(document.part.package, _KEPT_PARTS)
    _keep_only(document.part, _KEPT_PARTS)
    _fill(document.styles.element, _DEFAULTS + "".join(_STYLES))
    _fill(document.part.numbering_part.element, _NUMBERING)
    _fill(document.settings.element, _SETTINGS)
    _fill(document.element.body, _SECTION)
    return document


def write_margins(document: WordDocument, report: Report) -> None:
    """Write the header and the footer; the first page has its own masthead for a header."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    heading = _run(report.service) + _TAB + _run(report.marking, bold=True)
    pages = run("Page ") + page_field("PAGE") + run(" of ") + page_field("NUMPAGES")
    named = " · ".join(part for part in (report.title, report.footer) if part)
    footing = _run(named) + _TAB + pages
    _write_line(section.first_page_header, "")
    _write_line(section.header, heading)
    _write_line(section.first_page_footer, footing)
    _write_line(section.footer, footing)


def saved(document: WordDocument, content: str, report: Report) -> bytes:
    """The document as a file, with that content and the properties of the report.

    The content, as XML, is written beside the document: a long table would take minutes to move
    into it.
    """
    out = BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    section = etree.tostring(document.element.body.sectPr, encoding="unicode")
    body = f"<w:body>{content}{section}</w:body>"
    parts["word/document.xml"] = root("w:document", body).encode()
    parts["docProps/core.xml"] = _properties(report).encode()
    return zipped(with_properties(parts, {"report": printable(report.title)}))


def _keep_only(source: Part | OpcPackage, kinds: Collection[str]) -> None:
    others = [link for link, relation in source.rels.items() if relation.reltype not in kinds]
    for link in others:
        del source.rels[link]


def _fill(element: BaseOxmlElement, content: str) -> None:
    for child in list(element):
        element.remove(child)
    _append(element, content)


def _append(element: BaseOxmlElement, content: str) -> None:
    element.extend(parse_xml(root("w:body", content).encode()))


def _write_line(margin: _BaseHeaderFooter, content: str) -> None:
    margin.is_linked_to_previous = False
    _append(margin.paragraphs[0]._p, content)


def _run(text: str, *, bold: bool = False) -> str:
    return run(" ".join(printable(text).split()), bold=bold)


def _properties(report: Report) -> str:
    values = {
        "dc:title": report.title,
        "dc:subject": report.subtitle,
        "dc:creator": report.service,
        "cp:keywords": ", ".join(report.keywords),
        "dc:language": "en-GB",
    }
    content = "".join(
        f"<{name}>{escape(printable(value))}</{name}>" for name, value in values.items() if value
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        f"{content}</cp:coreProperties>"
    )


def _style(key: str, name: str, paragraph: str, run: str = "", *, then: str = "") -> str:
    """A paragraph style; `then` is the style of the paragraph after it."""
    default = ' w:default="1"' if key == "Normal" else ""
    basis = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    following = f'<w:next w:val="{then}"/>' if then else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{basis}'
        f"{following}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _letters(size: int, colour: str = _INK, *, bold: bool = True) -> str:
    """Run properties; the size in half points."""
    weight = "<w:b/>" if bold else ""
    return f'{weight}<w:color w:val="{colour}"/>{_size(size)}'


def _size(size: int) -> str:
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _number(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _tabs(*stops: str) -> str:
    return f"<w:tabs>{''.join(stops)}</w:tabs>"


def _border(side: str, colour: str, size: int = 4, *, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _shading(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


_TAB = "<w:r><w:tab/></w:r>"
_RIGHT = f'<w:tab w:val="right" w:pos="{WIDTH}"/>'
_DOTS = f'<w:tab w:val="right" w:leader="dot" w:pos="{WIDTH}"/>'
_KEEP = "<w:keepNext/><w:keepLines/>"
_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
    '<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
)
_CELL_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
)
_STYLES = (
    _style("Normal", "Normal", _space(60, 100)),
    _style(
        "Masthead",
        "Masthead",
        f"<w:pBdr>{_border('bottom', _ACCENT, 12, space=4)}</w:pBdr>"
        + _tabs(_RIGHT)
        + _space(0, 480),
        _letters(22),
    ),
    _style("Title", "Title", _space(0, 80), _letters(52), then="Subtitle"),
    _style("Subtitle", "Subtitle", _space(0, 360), _letters(28, _GREY, bold=False)),
    _style(
        "Facts",
        "Facts",
        _tabs('<w:tab w:val="left" w:pos="2552"/>')
        + _space(0, 60)
        + '<w:ind w:left="2552" w:hanging="2552"/>',
    ),
    _style("TOCHeading", "TOC Heading", _KEEP + _space(480, 120), _letters(32)),
    _style("TOC1", "toc 1", _tabs('<w:tab w:val="left" w:pos="567"/>', _DOTS) + _space(30, 50)),
    _style(
        "TOC2",
        "toc 2",
        _tabs('<w:tab w:val="left" w:pos="1276"/>', _DOTS)
        + _space(0, 40)
        + '<w:ind w:left="567"/>',
    ),
    _style(
        "Heading1",
        "heading 1",
        _KEEP + _number(0, 1) + _space(440, 140) + '<w:outlineLvl w:val="0"/>',
        _letters(32),
        then="Normal",
    ),
    _style(
        "Heading2",
        "heading 2",
        _KEEP + _number(1, 1) + _space(300, 100) + '<w:outlineLvl w:val="1"/>',
        _letters(26),
        then="Normal",
    ),
    _style("ListBullet", "List Bullet", _number(0, 2) + _space(0, 80)),
    _style("Caption", "caption", _KEEP + _space(220, 100), _letters(22)),
    _style("Chart", "Chart", _space(0, 160)),
    _style("Note", "Note", _space(80, 160), _letters(22, _GREY, bold=False)),
    _style("TableText", "Table Text", _space(0, 0), _size(22)),
    _style("TableFigure", "Table Figure", _space(0, 0) + '<w:jc w:val="right"/>', _size(22)),
    _style("Header", "header", _tabs(_RIGHT) + _space(0, 0), _letters(22, _GREY, bold=False)),
    _style("Footer", "footer", _tabs(_RIGHT) + _space(0, 0), _letters(22, _GREY, bold=False)),
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>',
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/></w:style>',
    '<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
    f"{_border('top', _INK, 8)}{_border('bottom', _INK, 8)}{_border('insideH', _LINE)}"
    f"</w:tblBorders><w:tblCellMar>{_CELL_MARGINS}</w:tblCellMar></w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{_INK}"/></w:rPr><w:tcPr>'
    f"<w:tcBorders>{_border('bottom', _INK, 8)}</w:tcBorders>{_shading(_PALE)}"
    '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
    f"<w:tcBorders>{_border('top', _INK, 8)}</w:tcBorders></w:tcPr></w:tblStylePr>"
    f'<w:tblStylePr w:type="band2Horz"><w:tcPr>{_shading(_BAND)}</w:tcPr></w:tblStylePr></w:style>',
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:lvlText w:val="{shape}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="709" w:hanging="709"/></w:pPr></w:lvl>'
        for level, shape in enumerate(("%1", "%1.%2"))
    )
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    '<w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
    '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat>"
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
        )
    )
    + "</w:compat>"
    '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="907" w:bottom="1247" w:left="907" w:header="624" '
    'w:footer="567" w:gutter="0"/></w:sectPr>'
)
