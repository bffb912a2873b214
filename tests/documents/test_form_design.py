"""The freedom of the designer: a form restyled in Word still fills, checks clean and reads back."""

import copy

import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.documents.forms.answer import answered
from auditdocs.documents.forms.build import form_template
from auditdocs.documents.forms.check import form_remarks
from auditdocs.documents.forms.fill import prepared
from auditdocs.documents.wordml import root
from auditdocs.model.lint import ERROR
from auditdocs.model.settings import Settings
from auditdocs.rules.forms.prefill import form_values
from auditdocs.rules.forms.sample import samples
from tests.makers.cases import a_case
from tests.makers.forms import (
    BODY,
    DATA_DATE,
    EVERY_KIND,
    TYPES,
    W,
    a_row,
    a_run,
    an_issued_audit,
    body_of,
    control_of,
    edited,
    element,
    part_of,
    read,
    rezipped,
    row_of,
    texts,
    with_body,
)

OF = EVERY_KIND
VALUE = f"{W}val"
ANSWERS = {
    "x_grade": "Good",
    "x_grade.comment": "Words & <more> of them",
    "x_yn": "Yes",
    "x_text": "First line\nSecond line",
    "x_date": "03/03/2026",
    "x_visits.P": "No",
    "x_visits.comment": "Late",
    "date_audited": "01/09/2026",
    "signed_auditor": "Ann Archer",
}


def _guidance_reworded(body):
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(VALUE) == "Guidance":
            next(paragraph.iter(f"{W}t")).text = "In our own words, with an example."


def _guidance_added(body):
    cell = next(row_of(body, "x_yn").iter(f"{W}tc"))
    cell.append(element("p", a_run("Look at the last visit as well.")))


def _columns_widened(body):
    for width in body.iter(f"{W}gridCol", f"{W}tcW"):
        width.set(f"{W}w", str(int(width.get(f"{W}w")) + 300))


def _paragraphs_added(body):
    for table in [*body.iter(f"{W}tbl")]:
        table.addprevious(element("p", a_run("Ask business support if in doubt.")))
        table.addnext(element("p", a_run("Continue overleaf.")))


def _coloured(body):
    for run in body.iter(f"{W}r"):
        looks = run.find(f"{W}rPr")
        if looks is None:
            looks = element("rPr")
            run.insert(0, looks)
        looks.append(element("color", val="7030A0"))


def _runs_split(body):
    """As Word does when half a word is spelled by another hand."""
    for text in [*body.iter(f"{W}t")]:
        run = text.getparent()
        said = text.text or ""
        if len(said) > 3 and "{{" not in said and run.getparent().tag != f"{W}sdtContent":
            twin = copy.deepcopy(run)
            next(twin.iter(f"{W}t")).text = said[2:]
            text.text = said[:2]
            run.addnext(twin)


def _tags_split(body):
    """As Word does with a tag that was typed in two sittings."""
    for text in [*body.iter(f"{W}t")]:
        if (text.text or "").startswith("{{ "):
            run, said = text.getparent(), text.text
            twin = copy.deepcopy(run)
            next(twin.iter(f"{W}t")).text = said[5:]
            text.text = said[:5]
            run.addnext(twin)


def _sections_swapped(body):
    """The second section before the first: heading, table and what lies between."""
    first, second = (_section(body, key) for key in ("1", "2"))
    place = first[0].getprevious()
    for block in reversed(second):
        place.addnext(block)


def _section(body, key):
    (mark,) = (m for m in body.iter(f"{W}bookmarkStart") if m.get(f"{W}name") == f"s_{key}")
    blocks = [mark.getparent()]
    while blocks[-1].tag != f"{W}tbl":
        blocks.append(blocks[-1].getnext())
    return blocks


def _rows_swapped(body):
    row_of(body, "x_int").addnext(row_of(body, "x_date"))


def _heading_restyled(body):
    for style in body.iter(f"{W}pStyle"):
        if style.get(VALUE) == "KeptRow":
            style.set(VALUE, "Normal")


def _label_retyped(body):
    """The bookmark goes with the old label; the number and the words stay."""
    row = row_of(body, "x_ynp")
    for mark in [*row.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)


CHANGES = (
    _guidance_reworded,
    _guidance_added,
    _columns_widened,
    _paragraphs_added,
    _coloured,
    _runs_split,
    _tags_split,
    _sections_swapped,
    _rows_swapped,
    _heading_restyled,
    _label_retyped,
)


def filled(template):
    """The template filled for a case, as it goes out."""
    case = a_case()
    values = form_values(OF, an_issued_audit(OF, case), case, Settings(), data_date=DATA_DATE)
    return prepared(template, OF).filled(values)


def came_home(template):
    """What is read of a form of that template, answered."""
    return read(answered(filled(template), ANSWERS, [a_row(), a_row()]))


PLAIN = came_home(form_template(OF))


def is_as_free_as_it_should_be(template):
    errors = [
        remark.text
        for remark in form_remarks(template, OF, samples(OF, Settings()))
        if remark.severity == ERROR
    ]
    assert errors == []
    home = came_home(template)
    assert texts(home.answers) == texts(PLAIN.answers)
    assert texts(home.fields) == texts(PLAIN.fields)
    assert home.recommendations == PLAIN.recommendations
    assert home.identity == PLAIN.identity


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(CHANGES), unique=True, min_size=1))
def test_a_restyled_form_fills_checks_clean_and_reads_back_equal(changes):
    body = body_of(form_template(OF))
    for change in changes:
        change(body)
    is_as_free_as_it_should_be(with_body(form_template(OF), body))


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_of_a_designer_really_changes_the_form(change):
    assert part_of(edited(form_template(OF), change), BODY) != part_of(form_template(OF), BODY)


def with_logo(*, alt):
    """The form with a picture above its title."""
    picture = parse_xml(root("w:body", _PICTURE.format(alt=alt)).encode())[0]

    def edit(body):
        body.find(f"{W}body").insert(0, picture)

    template = edited(form_template(OF), edit)
    links, kind = "word/_rels/document.xml.rels", b'<Default Extension="xml"'
    link = (
        b'<Relationship Id="rIdLogo" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image" Target="media/logo.png"/></Relationships>'
    )
    parts = {
        links: part_of(template, links).replace(b"</Relationships>", link),
        "word/media/logo.png": b"\x89PNG\r\n\x1a\n{{ not a tag",
        TYPES: part_of(template, TYPES).replace(
            kind, b'<Default Extension="png" ContentType="image/png"/>' + kind
        ),
    }
    return rezipped(template, parts)


_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="900000" cy="300000"/>'
    '<wp:docPr id="1" name="Logo" descr="{alt}"/></wp:inline></w:drawing></w:r></w:p>'
)


def test_a_logo_with_words_for_those_who_do_not_see_it_is_all_right():
    template = with_logo(alt="The council's crest")
    is_as_free_as_it_should_be(template)
    assert form_remarks(template, OF, samples(OF, Settings())) == ()


def test_a_logo_without_words_is_a_warning_and_nothing_worse():
    template = with_logo(alt="")
    is_as_free_as_it_should_be(template)
    assert [r.rule for r in form_remarks(template, OF, samples(OF, Settings()))] == ["alt-text"]


def test_a_section_of_which_nothing_applies_leaves_no_trace_wherever_it_stands():
    def edit(body):
        _paragraphs_added(body)
        _sections_swapped(body)

    case = a_case()
    audit = an_issued_audit(OF, case, printed=("x_grade",))
    values = form_values(OF, audit, case, Settings(), data_date=DATA_DATE)
    form = prepared(edited(form_template(OF), edit), OF).filled(values)
    said = "".join(text.text or "" for text in body_of(form).iter(f"{W}t"))
    assert "Plan is good" in said
    assert "Standards" not in said
    with pytest.raises(IndexError):
        control_of(body_of(form), "x_visits.P")
