"""Native charts in a Word document: a chart part with its own workbook, so that Word can edit it.

python-pptx writes the chart, python-docx carries it. Colours differ in lightness as well as in hue,
every bar has an outline and its figure, and lines differ in dash and marker, so that a chart reads
in greyscale and to a colour-blind eye.

Source: quality.md (documents people open), forms.md (charts).
"""

from functools import partial
from math import ceil
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.util import Cm, Pt
from xlsxwriter import Workbook

from auditdocs.documents.reports.data_workbook import printable, workbook, write_row
from auditdocs.model.report import ChartBlock

COLOURS = ("17637D", "6FB3C6", "FBE3A6", "5C0F1B", "FFFFFF", "B0B7BB")
"""Series by series. The first four are the grades, best first, at least twenty of the hundred steps
of CIE lightness apart; the last two are hatched."""

_INK = "1F3B4D"
_PALE = "C9D6DC"
_DARK = frozenset({"17637D", "5C0F1B"})
_HATCHES = {4: MSO_PATTERN.WIDE_UPWARD_DIAGONAL, 5: MSO_PATTERN.PERCENT_20}
_LINES = (
    ("17637D", MSO_LINE.SOLID, XL_MARKER_STYLE.CIRCLE),
    ("5C0F1B", MSO_LINE.DASH, XL_MARKER_STYLE.DIAMOND),
    ("B5790F", MSO_LINE.ROUND_DOT, XL_MARKER_STYLE.SQUARE),
    ("4A4A4A", MSO_LINE.LONG_DASH, XL_MARKER_STYLE.TRIANGLE),
)
_KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "stacked100": XL_CHART_TYPE.BAR_STACKED_100,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_FONT, _TEXT, _LABEL = "Arial", Pt(11), Pt(11)
_WIDTH = Cm(16.6)
_LABEL_LINE = 36
"""Letters of a category on one line; a label without room for its lines would be left out."""
_SPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}


def chart_drawing(block: ChartBlock, part: Part, *, number: int, drawing: int) -> str:
    """The drawing that shows a chart, as the XML of a run's content; its parts hang on `part`.

    `number` tells the charts of one document apart, `drawing` all that is drawn in it.
    """
    space = _chart_space(block)
    chart = XmlPart(
        PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, space, part.package
    )
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        chart_workbook(block),
        part.package,
    )
    link = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    space.append(_xml(f'<c:externalData r:id="{link}"><c:autoUpdate val="0"/></c:externalData>'))
    return _inline(block, part.relate_to(chart, RELATIONSHIP_TYPE.CHART), number, drawing)


def chart_workbook(block: ChartBlock) -> bytes:
    """The workbook behind a chart: the categories down column A, then a column for each series."""
    return workbook(partial(_write_data, block=block))


def _write_data(book: Workbook, *, block: ChartBlock) -> None:
    sheet, quoted = book.add_worksheet("Sheet1"), book.add_format({"quote_prefix": True})
    figures = book.add_format({"num_format": block.number_format})
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(block.series), 16, figures)
    write_row(sheet, 0, (None, *(series.name for series in block.series)), quoted=quoted)
    columns = (block.categories, *(series.values for series in block.series))
    for place, row in enumerate(zip(*columns, strict=True), start=1):
        write_row(sheet, place, row, quoted=quoted)


def _chart_space(block: ChartBlock) -> Any:
    """The chart's root element, all but the link to its workbook."""
    data = CategoryChartData(number_format=block.number_format)
    data.categories = [printable(category) for category in block.categories]
    for series in block.series:
        data.add_series(printable(series.name), series.values)
    space = parse_xml(ChartXmlWriter(_KINDS[block.kind], data).xml.encode())
    chart = Chart(space, None)
    _set_text(chart, with_legend=len(block.series) > 1 or block.kind == "line")
    _style_category_axis(chart)
    if block.kind == "line":
        _style_lines(chart, block)
    else:
        _style_bars(chart, block)
    _finish(space)
    return space


def _set_text(chart: Any, *, with_legend: bool) -> None:
    chart.font.name, chart.font.size = _FONT, _TEXT
    chart.font.color.rgb = _colour(_INK)
    chart.has_title = False
    chart.has_legend = with_legend
    if with_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False


def _style_category_axis(chart: Any) -> None:
    axis = chart.category_axis
    axis.format.line.color.rgb = _colour(_INK)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    behind = axis._element.xpath("c:lblOffset | c:noMultiLvlLbl")
    behind[-1].addprevious(_xml('<c:tickLblSkip val="1"/>'))  # no label is left out for room


def _style_bars(chart: Any, block: ChartBlock) -> None:
    """Bars from top to bottom as listed, each with its figure.

    Only shares of a whole need a value axis besides: their figures may be counts.
    """
    plot, axis = chart.plots[0], chart.value_axis
    plot.gap_width = 50
    chart.category_axis.reverse_order = True
    axis.minimum_scale, axis.has_major_gridlines = 0, False
    axis.visible = block.kind == "stacked100"
    axis.tick_labels.number_format = "0%"
    axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    for place, series in enumerate(plot.series):
        _fill(series.format, place % len(COLOURS))
        _label(series, block, beside=block.kind == "bar", colour=COLOURS[place % len(COLOURS)])


def _fill(shape: Any, place: int) -> None:
    colour = _colour(COLOURS[place])
    if place in _HATCHES:
        shape.fill.patterned()
        shape.fill.pattern = _HATCHES[place]
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = _colour(_INK), colour
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour
    shape.line.color.rgb, shape.line.width = _colour(_INK), Pt(0.5)


def _label(series: Any, block: ChartBlock, *, beside: bool, colour: str) -> None:
    """Show each figure; a zero inside a stack would only smudge its neighbour."""
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = block.number_format if beside else f"{block.number_format};;"
    labels.position = XL_LABEL_POSITION.OUTSIDE_END if beside else XL_LABEL_POSITION.CENTER
    labels.font.size = _LABEL
    on_dark = not beside and colour in _DARK
    labels.font.color.rgb = _colour("FFFFFF" if on_dark else _INK)


def _style_lines(chart: Any, block: ChartBlock) -> None:
    axis = chart.value_axis
    axis.minimum_scale = 0
    axis.tick_labels.number_format = block.number_format
    if block.number_format == "0%":
        axis.maximum_scale = 1
    axis.major_gridlines.format.line.color.rgb = _colour(_PALE)
    axis.format.line.fill.background()
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    for place, series in enumerate(chart.plots[0].series):
        _draw_line(series, *_LINES[place % len(_LINES)])


def _draw_line(series: Any, colour: str, dash: Any, marker: Any) -> None:
    shade = _colour(colour)
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = shade, Pt(2.25)
    series.format.line.dash_style = dash
    series.marker.style, series.marker.size = marker, 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = shade
    series.marker.format.line.color.rgb = shade


def _finish(space: Any) -> None:
    """What python-pptx leaves out, and the axis numbers, which must not be negative."""
    for axis in space.xpath("//c:axId | //c:crossAx"):
        axis.set("val", axis.get("val").lstrip("-"))
    for mark in space.xpath("//a:endParaRPr"):
        mark.set("lang", "en-GB")
    chart = space.xpath("c:chart")[0]
    chart.addprevious(_xml('<c:lang val="en-GB"/>'))
    chart.addprevious(_xml('<c:roundedCorners val="0"/>'))
    chart.addnext(_xml("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"))


def _inline(block: ChartBlock, link: str, number: int, drawing: int) -> str:
    caption, alt = quoteattr(printable(block.caption)), quoteattr(printable(block.alt))
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_SPACES["wp"]}">'
        f'<wp:extent cx="{_WIDTH}" cy="{_height(block)}"/>'
        f'<wp:docPr id="{drawing}" name="Figure {number}" descr={alt} title={caption}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_SPACES["a"]}">'
        f'<a:graphicData uri="{_SPACES["c"]}"><c:chart xmlns:c="{_SPACES["c"]}" '
        f'xmlns:r="{_SPACES["r"]}" r:id="{link}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _height(block: ChartBlock) -> int:
    """Room for each bar at a width that is read with ease, up to three quarters of a page."""
    if block.kind == "line":
        return Cm(7.5)
    lines = max((ceil(len(each) / _LABEL_LINE) for each in block.categories), default=1)
    bars = max(0.42 * len(block.series) if block.kind == "bar" else 0.52, 0.4 * lines)
    around = 2.8 if block.kind == "stacked100" else 1.2
    return Cm(min(around + len(block.categories) * (bars + 0.4), 18))


def _colour(code: str) -> Any:
    return RGBColor.from_string(code)


def _xml(text: str) -> Any:
    """An element of a chart, its namespaces being those of every chart."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    return parse_xml(f"<x{spaces}>{text}</x>")[0]
