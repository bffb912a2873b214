"""Answer fields moved out of their rows, without tag or label: found by title or old name."""

import pytest
from lxml import etree

from tests.makers.forms import (
    EVERY_KIND,
    W,
    a_form,
    a_run,
    control_of,
    edited,
    element,
    read,
    row_of,
    texts,
)

GIVEN = {"x_grade": "Good", "x_visits.T": "No", "x_visits.comment": "Late", "signed_auditor": "Jo"}
PLACES = {
    "x_grade": "1.1 Plan is good (section 1 Practice)",
    "x_visits.T": "2.1 Visits (section 2 Standards)",
    "x_visits.comment": "2.1 Visits (section 2 Standards)",
    "signed_auditor": "Signed by the auditor",
}


def moved_out(body, tag, *, times=1):
    """The field taken out of its row, which goes, and put below everything without its tag."""
    control, row = control_of(body, tag), row_of(body, tag)
    mark = control.find(f"{W}sdtPr/{W}tag")
    mark.getparent().remove(mark)
    row.getparent().remove(row)
    block = body.find(f"{W}body")
    for _ in range(times):
        inner = control.find(f"{W}sdtContent")
        text = "".join(inner.itertext())
        title = control.find(f"{W}sdtPr/{W}alias").get(f"{W}val")
        field = element(
            "sdt",
            element("sdtPr", element("alias", val=title)),
            element("sdtContent", a_run(text)),
        )
        block.insert(len(block) - 1, element("p", field))


def old_field(name, text):
    """A paragraph with an old text field of that name."""
    data = element("ffData", element("name", val=name))
    marks = [element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    marks[0].append(data)
    begin, between, end = (element("r", mark) for mark in marks)
    return element("p", begin, between, a_run(text), end)


@pytest.mark.parametrize("tag", GIVEN)
def test_a_field_that_kept_only_its_title_is_read_and_told(tag):
    form = edited(a_form(GIVEN), lambda body: moved_out(body, tag))
    found = read(form)
    said = {**found.answers, **found.fields}[tag]
    assert (said.text, said.carrier) == (GIVEN[tag], "title")
    told = "Found by the title of a field that stands elsewhere, so to be looked at"
    assert f"{told}: {PLACES[tag]}." in found.notes


def test_two_fields_of_one_title_are_nobodys():
    form = edited(a_form(GIVEN), lambda body: moved_out(body, "x_grade", times=2))
    assert "x_grade" not in read(form).answers


def test_a_title_says_nothing_where_the_question_is_found_otherwise():
    def edit(body):
        block = body.find(f"{W}body")
        properties = element("sdtPr", element("alias", val="1.1 Plan is good"))
        field = element("sdt", properties, element("sdtContent", a_run("Inadequate")))
        block.insert(len(block) - 1, element("p", field))

    found = read(edited(a_form(GIVEN), edit))
    assert (found.answers["x_grade"].text, found.conflicts) == ("Good", ())


@pytest.mark.parametrize("name", ["x_grade", "X_Grade"])
def test_an_old_form_field_is_found_by_its_name(name):
    def edit(body):
        row_of(body, "x_grade").getparent().remove(row_of(body, "x_grade"))
        block = body.find(f"{W}body")
        block.insert(len(block) - 1, old_field(name, "Good"))

    said = read(edited(a_form({}), edit)).answers["x_grade"]
    assert (said.text, said.carrier) == ("Good", "field")


# Wherever a control stands, and whatever is round it.


def round_about(name):
    """Puts an element round the paragraph in which the control of x_grade stands."""

    def edit(body):
        paragraph = control_of(body, "x_grade").getparent()
        holder = paragraph.getparent()
        place = holder.index(paragraph)
        holder.insert(place, element(name, paragraph))

    return edit


def a_text_box(body, *, space, tags):
    """The answer typed in a text box: of today with an older rendering, or of one alone."""
    paragraph = control_of(body, "x_grade").getparent()
    for child in [*paragraph]:
        paragraph.remove(child)
    markup = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    both = etree.Element(f"{markup}AlternateContent")
    for tag in tags:
        box = element("txbxContent", element("p", a_run("Good")))
        etree.SubElement(both, f"{markup}{tag}").append(element("drawing", box))
    paragraph.append(element("r", both if space else both[0][0]))


SHAPES = {
    "custom XML round the paragraph": round_about("customXml"),
    "an insertion round the paragraph": round_about("ins"),
    "a text box of today": lambda body: a_text_box(body, space=True, tags=("Choice", "Fallback")),
    "a text box with an older rendering alone": lambda body: a_text_box(
        body, space=True, tags=("Fallback",)
    ),
    "an old text box": lambda body: a_text_box(body, space=False, tags=("Fallback",)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_answer_is_read_whatever_is_round_it(shape):
    assert texts(read(edited(a_form({"x_grade": "Good"}), SHAPES[shape])).answers) == {
        "x_grade": "Good"
    }


@pytest.mark.parametrize("name", ["sdt", "customXml", "smartTag"])
def test_a_control_below_all_tables_is_read_however_deep_it_lies(name):
    def edit(body):
        control, row = control_of(body, "x_text"), row_of(body, "x_text")
        row.getparent().remove(row)
        inside = element("sdtContent", control) if name == "sdt" else control
        block = body.find(f"{W}body")
        block.insert(len(block) - 1, element(name, inside))

    assert texts(read(edited(a_form({"x_text": "Learnt"}), edit), EVERY_KIND).answers) == {
        "x_text": "Learnt"
    }
