"""The Word template of a report as it is shipped, which a service restyles as it likes.

It holds what is the same in every report: page, styles, numbering, header and footer, and the title
block. Built on python-docx's own document, of which little is left: no thumbnail, no unused style,
no author, no date.
"""

import zipfile
from collections.abc import Collection
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _BaseHeaderFooter

from auditdocs.documents.package import zipped
from auditdocs.documents.wordml import DECLARATION, page_field, root, run

WIDTH = 10092
"""The text width of an A4 page upright, in twentieths of a point: 17.8 cm."""

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


@cache
def report_template() -> bytes:
    """The template; `{{ contents }}` and `{{ report }}` each stand alone in a paragraph."""
    document = Document()
    _keep_only(document.part.package, _KEPT_PARTS)
    _keep_only(document.part, _KEPT_PARTS)
    _fill(document.styles.element, _DEFAULTS + "".join(_STYLES))
    _fill(document.part.numbering_part.element, _NUMBERING)
    _fill(document.settings.element, _SETTINGS)
    _fill(document.element.body, "".join(_BODY) + _SECTION)
    _write_margins(document)
    return _as_file(document)


def _as_file(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, "docProps/core.xml": _PROPERTIES.encode()})


def _write_margins(document: WordDocument) -> None:
    """Write the header and the footer; the first page has its own masthead for a header."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    heading = run("{{ service }}") + _EDGE + run("{{ marking }}", bold=True)
    pages = run("Page ") + page_field("PAGE") + run(" of ") + page_field("NUMPAGES")
    footing = run("{{ title }}{% if reference %} · {{ reference }}{% endif %}") + _EDGE + pages
    _write_line(section.first_page_header, "")
    _write_line(section.header, heading)
    _write_line(section.first_page_footer, footing)
    _write_line(section.footer, footing)


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
_EDGE = '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>'
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
    _style("TableofFigures", "table of figures", _tabs(_DOTS) + _space(0, 40)),
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
_PROPERTIES = (
    f'{DECLARATION}<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
    "<dc:title>Report</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
)


def _line(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


_BODY = (
    _line("Masthead", run("{{ service }}", bold=True) + _TAB + run("{{ marking }}", bold=True)),
    _line("Title", run("{{ title }}")),
    _line("Subtitle", run("{{ subtitle }}")),
    _line("Facts", run("{%p for fact in facts %}")),
    _line("Facts", run("{{ fact.label }}", bold=True) + _TAB + run("{{ fact.value }}")),
    _line("Facts", run("{%p endfor %}")),
    _line("Normal", run("{{ contents }}")),
    _line("Normal", run("{{ report }}")),
    _line("Note", run("End of report")),
)
"""The title block, and where the contents list and the chapters go."""
