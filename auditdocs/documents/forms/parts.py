"""The parts of a form that are the same for every contract: styles, page, footer, properties.

Small on purpose: no thumbnail, no unused styles; a third quicker to open and to read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from auditdocs.documents.wordml import DECLARATION, NAMESPACES, page_field, paragraph, root, run

PROPERTY_TAGS: Mapping[str, str] = {
    "audit_id": "audit_id",
    "type": "type_key",
    "version": "type_version",
    "form": "fingerprint",
}
"""The custom properties of a form, each named "auditdocs.<name>", and the tag that fills it."""

_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FONT = "Arial"
_INK = "1F3B4D"


@dataclass(frozen=True, slots=True)
class Page:
    """A4 one way or the other; all in twentieths of a point."""

    width: int
    height: int
    margin: int
    """Left and right."""

    @property
    def text_width(self) -> int:
        """What is left for text between the margins."""
        return self.width - 2 * self.margin

    @property
    def section(self) -> str:
        """The page as the last words of a body say it."""
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        return (
            "<w:sectPr>"
            '<w:headerReference w:type="default" r:id="rId4"/>'
            '<w:footerReference w:type="default" r:id="rId5"/>'
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}/>'
            f'<w:pgMar w:top="1134" w:right="{self.margin}" w:bottom="1134" '
            f'w:left="{self.margin}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
        )


FORM_PAGE = Page(width=16838, height=11906, margin=1019)
"""On its side: room for an answer and a comment beside each other, and a laptop's width."""

LETTER_PAGE = Page(width=11906, height=16838, margin=1134)
"""Upright, as letters are."""

SECTION = FORM_PAGE.section

_FORM_PROPERTIES = {name: f"{{{{ {tag} }}}}" for name, tag in PROPERTY_TAGS.items()}


def shell(*, title: str, prompts: Mapping[str, str]) -> dict[str, bytes]:
    """Every part of a form but its body, in the order a package lists them."""
    parts = _document_parts(title, FORM_PAGE, _DOCUMENT_LINKS, _CONTENT_TYPES)
    parts |= {
        "word/footer1.xml": _footer("{{ audit_id }}  {{ form_name }}"),
        "word/glossary/document.xml": _glossary(prompts),
        "word/glossary/_rels/document.xml.rels": _relations((("styles", "styles.xml", _OFFICE),)),
        "word/glossary/styles.xml": _styles(FORM_PAGE),
        "docProps/core.xml": _core(title, identifier="{{ audit_id }}"),
        "docProps/custom.xml": _custom(_FORM_PROPERTIES),
    }
    return {name: part.encode() for name, part in parts.items()}


def letter_shell(*, title: str, kind: str) -> dict[str, bytes]:
    """The same for a letter: upright, nothing to be typed in, and no audit that it would be."""
    kinds = {name: kind for name, kind in _CONTENT_TYPES.items() if "/glossary/" not in name}
    parts = _document_parts(title, LETTER_PAGE, _DOCUMENT_LINKS[:-1], kinds)
    parts["word/footer1.xml"] = _footer("{{ reference }}  {{ letter_name }}")
    parts["docProps/custom.xml"] = _custom({"letter": kind})
    return {name: part.encode() for name, part in parts.items()}


def _document_parts(
    title: str, page: Page, links: tuple[tuple[str, str, str], ...], kinds: Mapping[str, str]
) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(kinds),
        "_rels/.rels": _relations(_PACKAGE_LINKS),
        "word/document.xml": "",
        "word/_rels/document.xml.rels": _relations(links),
        "word/styles.xml": _styles(page),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": _header(),
        "word/footer1.xml": "",
        "docProps/core.xml": _core(title),
        "docProps/app.xml": _app(),
        "docProps/custom.xml": "",
    }


_PACKAGE_LINKS = (
    ("officeDocument", "word/document.xml", _OFFICE),
    ("metadata/core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships"),
    ("extended-properties", "docProps/app.xml", _OFFICE),
    ("custom-properties", "docProps/custom.xml", _OFFICE),
)
_DOCUMENT_LINKS = (
    ("styles", "styles.xml", _OFFICE),
    ("settings", "settings.xml", _OFFICE),
    ("fontTable", "fontTable.xml", _OFFICE),
    ("header", "header1.xml", _OFFICE),
    ("footer", "footer1.xml", _OFFICE),
    ("glossaryDocument", "glossary/document.xml", _OFFICE),
)


_CONTENT_TYPES: Mapping[str, str] = {
    "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
    "/word/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "/word/settings.xml": f"{_WORD_TYPE}.settings+xml",
    "/word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
    "/word/header1.xml": f"{_WORD_TYPE}.header+xml",
    "/word/footer1.xml": f"{_WORD_TYPE}.footer+xml",
    "/word/glossary/document.xml": f"{_WORD_TYPE}.document.glossary+xml",
    "/word/glossary/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": ("application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    "/docProps/custom.xml": _CUSTOM_TYPE,
}


def _relations(links: tuple[tuple[str, str, str], ...]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{place}" Type="{base}/{kind}" Target="{target}"/>'
        for place, (kind, target, base) in enumerate(links, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types(kinds: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _header() -> str:
    line = run("{{ service_name }}") + "<w:r><w:tab/></w:r>" + run("{{ marking }}", bold=True)
    return root("w:hdr", paragraph(line, style="Header"))


def _footer(left: str) -> str:
    pages = run("Page ") + page_field("PAGE") + run(" of ") + page_field("NUMPAGES")
    line = run(left) + "<w:r><w:tab/></w:r>" + pages
    return root("w:ftr", paragraph(line, style="Footer"))


def _glossary(prompts: Mapping[str, str]) -> str:
    """The prompts as building blocks, so that Word puts one back when an answer is cleared."""
    parts = "".join(_prompt_block(kind, prompt) for kind, prompt in prompts.items())
    return root("w:glossaryDocument", f"<w:docParts>{parts}</w:docParts>")


def _prompt_block(kind: str, prompt: str) -> str:
    properties = (
        f'<w:name w:val="AD_{kind}"/><w:category><w:name w:val="General"/>'
        '<w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        '<w:behaviors><w:behavior w:val="content"/></w:behaviors>'
    )
    body = paragraph(run(prompt, style="PlaceholderText"))
    start = f"<w:docPart><w:docPartPr>{properties}</w:docPartPr>"
    return f"{start}<w:docPartBody>{body}</w:docPartBody></w:docPart>"


def _settings() -> str:
    return root(
        "w:settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


def _fonts() -> str:
    return root(
        "w:fonts",
        f'<w:font w:name="{_FONT}"><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>',
    )


def _core(title: str, *, identifier: str = "") -> str:
    named = f"<dc:identifier>{identifier}</dc:identifier>" if identifier else ""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>auditdocs</dc:creator>"
        f"{named}<dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    )


def _app() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    content = "<Application>auditdocs</Application>"
    return f'{DECLARATION}<Properties xmlns="{space}">{content}</Properties>'


def _custom(properties: Mapping[str, str]) -> str:
    rows = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{place}" name="auditdocs.{name}">'
        f"<vt:lpwstr>{text}</vt:lpwstr></property>"
        for place, (name, text) in enumerate(properties.items(), start=2)
    )
    return (
        f"{DECLARATION}<Properties "
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{rows}</Properties>"
    )


def _styles(page: Page) -> str:
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="60" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    return (
        f'{DECLARATION}<w:styles xmlns:w="{NAMESPACES["w"]}">{defaults}'
        + "".join((*_STYLES, *_running_lines(page)))
        + "</w:styles>"
    )


def _paragraph_style(
    key: str,
    name: str,
    paragraph_properties: str,
    run_properties: str = "",
    *,
    based: str = "Normal",
) -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    basis = "" if key == "Normal" else f'<w:basedOn w:val="{based}"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{basis}'
        f"<w:qFormat/><w:pPr>{paragraph_properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )


def _running_lines(page: Page) -> tuple[str, ...]:
    """Header and footer, whose second half stands at the right margin."""
    right = f'<w:tabs><w:tab w:val="right" w:pos="{page.text_width}"/></w:tabs>'
    grey = '<w:color w:val="404040"/>'
    return tuple(_paragraph_style(name, name.lower(), right, grey) for name in ("Header", "Footer"))


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8AA4B1"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    _paragraph_style("Normal", "Normal", '<w:spacing w:after="60"/>'),
    _paragraph_style(
        "Title",
        "Title",
        '<w:spacing w:before="0" w:after="120"/>',
        f'<w:b/><w:color w:val="{_INK}"/><w:sz w:val="40"/>',
    ),
    _paragraph_style(
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/>',
        f'<w:b/><w:color w:val="{_INK}"/><w:sz w:val="28"/>',
    ),
    _paragraph_style("KeptRow", "Kept with next", "<w:keepNext/>"),
    _paragraph_style("Closing", "Closing line", '<w:spacing w:before="200"/>'),
    _paragraph_style("Guidance", "Guidance", "", '<w:color w:val="404040"/>'),
    _paragraph_style(
        "ExtractNote",
        "Extract note",
        '<w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="2E7D92"/></w:pBdr>'
        '<w:ind w:left="120"/>',
        f'<w:color w:val="{_INK}"/>',
    ),
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>',
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
    '<w:rPr><w:color w:val="595959"/></w:rPr></w:style>',
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    '<w:style w:type="table" w:styleId="FormTable"><w:name w:val="Form Table"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>'
    '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>",
)
