"""Native charts: Word can edit them, and nobody needs to see colours to read them."""

import zipfile
from functools import cache
from io import BytesIO
from itertools import combinations

import pytest
from openpyxl import load_workbook

from auditdocs.documents.reports.chart import COLOURS, chart_workbook
from auditdocs.documents.reports.report import report_document
from auditdocs.model.report import Series
from tests.makers.reports import a_chapter, a_chart, a_report
from tests.outline import DOC_PR, part

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@cache
def a_drawn(**changes):
    """A report document that holds one such chart."""
    return report_document(a_report(a_chapter(a_chart(**changes))))


def the_chart(**changes):
    """The root of a chart's part."""
    return part(a_drawn(**changes), "word/charts/chart1.xml")


def lightness(colour):
    """CIE lightness of an RGB colour, 0 to 100: what is left of it in greyscale."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 116 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) ** (1 / 3) - 16


def values(chart, kind):
    """The values of every element of that name."""
    return [each.get("val") for each in chart.iter(f"{C}{kind}")]


@pytest.mark.parametrize(
    ("kind", "element", "grouping"),
    [
        ("bar", "barChart", "clustered"),
        ("stacked", "barChart", "stacked"),
        ("stacked100", "barChart", "percentStacked"),
        ("line", "lineChart", "standard"),
    ],
)
def test_every_kind_is_a_native_chart(kind, element, grouping):
    chart = the_chart(kind=kind)
    assert chart.find(f".//{C}{element}/{C}grouping").get("val") == grouping
    assert len(list(chart.iter(f"{C}ser"))) == 4


def test_a_chart_of_an_unknown_kind_is_our_mistake():
    with pytest.raises(KeyError):
        a_drawn(kind="pie")


def test_word_finds_the_figures_to_edit_behind_the_chart():
    document = a_drawn()
    link = part(document, "word/charts/chart1.xml").find(f"{C}externalData")
    relations = part(document, "word/charts/_rels/chart1.xml.rels")
    assert [each.get("Id") for each in relations] == list(link.attrib.values())
    assert relations[0].get("Target") == "../embeddings/chart1.xlsx"
    with zipfile.ZipFile(BytesIO(document)) as archive:
        assert archive.read("word/embeddings/chart1.xlsx") == chart_workbook(a_chart())


@pytest.mark.parametrize("kind", ["bar", "stacked", "stacked100", "line"])
def test_what_the_chart_shows_is_what_its_workbook_holds(kind):
    block = a_chart(kind=kind)
    sheet = load_workbook(BytesIO(chart_workbook(block)))["Sheet1"]
    for reference in the_chart(kind=kind).iter(f"{C}strRef", f"{C}numRef"):
        cells = sheet[reference.findtext(f"{C}f").partition("!")[2].replace("$", "")]
        held = [cells.value] if not isinstance(cells, tuple) else [cell.value for (cell,) in cells]
        shown = [point.text for point in reference.iter(f"{C}v")]
        assert [str(value) for value in held] == shown


def test_a_category_that_looks_like_a_formula_stays_text():
    categories = ("=1+1", "@B & <C>")
    sheet = load_workbook(BytesIO(chart_workbook(a_chart(categories=categories))))["Sheet1"]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in sheet["A"][1:]] == [
        ("=1+1", "s", True),
        ("@B & <C>", "s", True),
    ]


def test_each_chart_of_a_report_has_parts_of_its_own():
    document = report_document(a_report(a_chapter(a_chart(), a_chart(kind="bar"))))
    drawings = list(part(document, "word/document.xml").iter(DOC_PR))
    assert [(drawing.get("id"), drawing.get("name")) for drawing in drawings] == [
        ("1", "Figure 1"),
        ("2", "Figure 2"),
    ]
    with zipfile.ZipFile(BytesIO(document)) as archive:
        assert {name for name in archive.namelist() if "chart" in name and "rels" not in name} == {
            "word/charts/chart1.xml",
            "word/charts/chart2.xml",
            "word/embeddings/chart1.xlsx",
            "word/embeddings/chart2.xlsx",
        }


def test_a_chart_says_in_words_what_it_shows():
    drawing = next(part(a_drawn(alt='8 of 9 & "more" < 10'), "word/document.xml").iter(DOC_PR))
    assert drawing.get("descr") == '8 of 9 & "more" < 10'
    assert drawing.get("title") == "Overall grades by team"


@pytest.mark.parametrize("kind", ["bar", "stacked", "stacked100", "line"])
def test_word_accepts_the_numbers_of_the_axes(kind):
    numbers = values(the_chart(kind=kind), "axId") + values(the_chart(kind=kind), "crossAx")
    assert all(int(number) > 0 for number in numbers)
    assert len(set(numbers)) == 2


@pytest.mark.parametrize("kind", ["bar", "stacked", "stacked100", "line"])
def test_no_text_in_a_chart_is_under_eleven_points(kind):
    sizes = [int(each.get("sz")) for each in the_chart(kind=kind).iter(f"{A}defRPr")]
    assert min(sizes) >= 1100


def test_the_four_grades_are_told_apart_in_greyscale():
    shades = [lightness(colour) for colour in COLOURS[:4]]
    assert min(abs(one - other) for one, other in combinations(shades, 2)) >= 19.5
    drawn = [
        fill.find(f"{A}srgbClr").get("val")
        for fill in the_chart().iterfind(f".//{C}ser/{C}spPr/{A}solidFill")
    ]
    assert drawn == list(COLOURS[:4])


def test_a_fifth_and_a_sixth_series_are_hatched():
    series = tuple(Series(name=str(place), values=(1, 2)) for place in range(7))
    fills = [each.find(f"{C}spPr")[0] for each in the_chart(series=series).iter(f"{C}ser")]
    assert [fill.tag == f"{A}pattFill" for fill in fills] == [False] * 4 + [True] * 2 + [False]


def test_lines_differ_in_dash_and_in_marker():
    chart = the_chart(kind="line")
    for marks in (chart.iter(f"{A}prstDash"), chart.iterfind(f".//{C}marker/{C}symbol")):
        assert len({mark.get("val") for mark in marks}) == 4


def test_a_line_breaks_where_there_is_no_figure():
    series = (Series(name="Quality", values=(0.4, None, 0.6)),)
    chart = the_chart(kind="line", categories=("Q1", "Q2", "Q3"), series=series)
    assert [point.get("idx") for point in chart.iterfind(f".//{C}val//{C}pt")] == ["0", "2"]
    assert values(chart, "dispBlanksAs") == ["gap"]


def test_bars_stand_in_the_order_in_which_they_are_listed():
    assert the_chart(kind="bar").find(f".//{C}catAx//{C}orientation").get("val") == "maxMin"


def test_every_bar_has_its_figure_and_a_zero_in_a_stack_none():
    formats = {
        kind: {
            each.get("formatCode")
            for each in the_chart(kind=kind).iterfind(f".//{C}ser//{C}numFmt")
        }
        for kind in ("bar", "stacked")
    }
    assert formats == {"bar": {"0"}, "stacked": {"0;;"}}


def test_one_series_needs_no_legend():
    assert the_chart().find(f".//{C}legend") is not None
    alone = (Series(name="Recommendations", values=(3, 1)),)
    assert the_chart(series=alone).find(f".//{C}legend") is None


def test_a_chart_grows_with_its_bars_but_never_past_a_page():
    def height(count):
        series = (Series(name="n", values=(1,) * count),)
        categories = tuple(f"Team {place}" for place in range(count))
        drawing = part(
            a_drawn(kind="bar", categories=categories, series=series), "word/document.xml"
        )
        return int(next(drawing.iter(f"{DOC_PR.removesuffix('docPr')}extent")).get("cy"))

    assert height(2) < height(10) < height(100) == 18 * 360_000
