"""A chart's colours are told apart in greyscale and by eyes that do not see red, green or blue.

How colours look to such eyes is reckoned by the matrices of Machado, Oliveira and Fernandes (2009)
for full severity, on linear RGB; how far two are apart is the distance in CIE L*a*b* (D65).
"""

from itertools import combinations
from math import dist

import pytest

from auditdocs.documents.reports.chart import COLOURS
from auditdocs.model.report import Series
from tests.documents.test_chart import A, C, the_chart, values

EYES = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "greyscale": ((0.2126, 0.7152, 0.0722),) * 3,
}
XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
GRADES = COLOURS[:4]


def linear(colour):
    """The parts of an RGB colour as light, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]


def times(matrix, light):
    """A matrix by a column of light."""
    return [sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix]


def lab(colour, eyes):
    """The colour in L*a*b* as these eyes see it."""
    seen = [min(max(each, 0), 1) for each in times(EYES[eyes], linear(colour))]
    x, y, z = (
        ratio ** (1 / 3) if ratio > 216 / 24389 else (841 / 108) * ratio + 4 / 29
        for ratio in (each / white for each, white in zip(times(XYZ, seen), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def nearest(colours, eyes):
    """How far apart the two are that are most alike."""
    return min(dist(lab(one, eyes), lab(other, eyes)) for one, other in combinations(colours, 2))


def lines():
    """The colour, dash and marker of each line of a chart that has four."""
    series = tuple(Series(name=str(place), values=(1, 2)) for place in range(4))
    chart = the_chart(kind="line", series=series)
    drawn = chart.findall(f".//{C}ser/{C}spPr/{A}ln")
    colours = [each.find(f".//{A}srgbClr").get("val") for each in drawn]
    dashes = [each.find(f"{A}prstDash").get("val") for each in drawn]
    return colours, dashes, values(chart, "symbol")


@pytest.mark.parametrize("eyes", EYES)
def test_no_two_grades_look_alike(eyes):
    least = 20 if eyes == "greyscale" else 29
    assert nearest(GRADES, eyes) >= least


@pytest.mark.parametrize("eyes", [each for each in EYES if each != "greyscale"])
def test_no_two_lines_look_alike(eyes):
    assert nearest(lines()[0], eyes) >= 18


def test_lines_that_are_alike_in_greyscale_have_dashes_and_markers_of_their_own():
    _, dashes, markers = lines()
    assert len(set(dashes)) == len(set(markers)) == 4


def test_the_eyes_of_the_test_see_two_colours_alike_that_are():
    assert (
        nearest(("B00000", "504800"), "no red") < nearest(("B00000", "504800"), "all colours") / 3
    )
    assert nearest(("FF0000", "959595"), "greyscale") < 20
