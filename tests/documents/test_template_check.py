"""The check of templates: every fault in one run, each with its place and what to do about it."""

import io
from collections import Counter
from dataclasses import replace
from time import process_time

import pytest
from docx import Document

from auditdocs.documents.forms.build import form_template
from auditdocs.documents.forms.check import form_remarks
from auditdocs.documents.package import package
from auditdocs.documents.templates.check import residual_remarks
from auditdocs.documents.templates.comments import commented
from auditdocs.documents.templates.one_tag import faults
from auditdocs.model.lint import ERROR, WARNING
from auditdocs.model.settings import Settings
from auditdocs.rules.forms.sample import samples
from tests.makers.changed_labels import with_numbers_apart
from tests.makers.forms import (
    EVERY_KIND,
    FORMS,
    KEYS,
    W,
    a_run,
    body_of,
    cell_of,
    control_of,
    edited,
    element,
    replaced,
    row_of,
    the_contract,
    with_part,
)

OF = EVERY_KIND
TEMPLATE = form_template(OF)
VALUE = f"{W}val"


def remarks(template=TEMPLATE, of=OF):
    return form_remarks(template, of, samples(of, Settings()))


def after(edit, of=OF):
    """What is remarked on after an edit of the template's body."""
    return remarks(edited(form_template(of), edit), of)


def only(found):
    """The one remark there is."""
    assert [remark.text for remark in found[1:]] == []
    return found[0]


def with_words(*words):
    """The template with paragraphs of these words under the heading of the first section."""

    def edit(body):
        table = next(row_of(body, "x_grade").iterancestors(f"{W}tbl"))
        for each in words:
            table.addprevious(element("p", a_run(each)))

    return edited(TEMPLATE, edit)


def put_in(tag, *runs):
    """An edit that puts runs before the control of a tag."""

    def edit(body):
        for run in runs:
            control_of(body, tag).addprevious(run)

    return edit


@pytest.mark.parametrize("key", KEYS)
def test_the_shipped_forms_are_sound(key):
    assert remarks((FORMS / f"{key}.docx").read_bytes(), the_contract(key)) == ()


def test_a_form_built_from_its_contract_is_sound():
    assert remarks() == ()


def test_ten_bad_tags_are_ten_findings():
    bad = {
        "{child_id}": "tag-single",
        "{{ dob }}}": "tag-braces",
        "{{ team": "tag-open",
        "age }}": "tag-open",
        "{{ tema }}": "tag-name",
        "{{ team|uper }}": "tag-filter",
        "{{ 1 + }}": "tag-syntax",
        "{{ team.upper() }}": "tag-code",
        "{% fro x in printed %}": "tag-code",
        "{{ labels.x_gone }}": "tag-name",
    }
    found = remarks(with_words(*bad))
    assert Counter(remark.rule for remark in found) == Counter(bad.values())
    assert {remark.severity for remark in found} == {ERROR}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("{{ tema }}", 'Did you mean "team"?'),
        ("{{ team|uper }}", "Did you mean |upper?"),
        ("{{ CHILD_ID }}", 'Did you mean "child_id"?'),
        ("{% fro x in printed %}", "Did you mean {% for … %}?"),
        ("{{ team", "End it with }}"),
        ("{child_id}", "Write {{ child_id }}"),
    ],
)
def test_a_hint_says_what_to_write(words, hint):
    assert hint in only(remarks(with_words(words))).hint


@pytest.mark.parametrize(
    "tag",
    [
        "{{ " + "(" * 3_000 + "child_id" + ")" * 3_000 + " }}",
        "{{ " + "(" * 140 + "child_id" + ")" * 140 + " }}",
        "{{ child_id" + ".x" * 3_000 + " }}",
        "{% if " + "not " * 3_000 + "child_id %}",
        "{{ " + "9" * 5_000 + " }}",
    ],
    ids=lambda tag: f"{tag[:12]} {len(tag)}",
)
def test_a_tag_that_goes_on_and_on_is_told_and_stops_nothing(tag):
    (fault,) = faults(tag, {"child_id": frozenset()})
    assert fault.rule == "tag-code"
    assert len(fault.text) < 200


def test_tags_within_tags_without_end_are_told_and_stop_nothing():
    deep = remarks(with_words("{% if child_id %}" * 900 + "{% endif %}" * 900))
    (told,) = {each.text for each in deep if each.severity == ERROR}
    assert "within 20 others" in told


@pytest.mark.parametrize("mark", ["{{", "{%", "{#", "{{ x {% "])
def test_marks_without_end_are_told_and_stop_nothing(mark):
    started = process_time()
    found = tuple(remarks(with_words(mark * 4_000)))
    assert {each.rule for each in found} == {"tag-open"}
    assert process_time() - started < 5


def test_words_in_braces_that_are_no_name_are_only_looked_at():
    assert only(remarks(with_words("{one}"))).severity == WARNING


def test_a_tag_is_told_with_part_table_row_column_and_heading():
    found = only(after(put_in("x_yn", a_run("{{ tema }}"))))
    assert found.where == 'body (word/document.xml), table 3 row 4 column 2, under "1 Practice"'
    assert "{{ tema }}" in found.text


def test_a_tag_in_the_footer_and_one_in_the_keywords_are_told_with_their_part():
    template = replaced(TEMPLATE, "word/footer1.xml", b"{{ audit_id }}", b"{{ adit_id }}")
    keywords = b"<cp:keywords>{{ subjct }}</cp:keywords></cp:coreProperties>"
    template = replaced(template, "docProps/core.xml", b"</cp:coreProperties>", keywords)
    assert sorted(remark.where for remark in remarks(template)) == [
        "footer (word/footer1.xml)",
        "properties (docProps/core.xml), keywords",
    ]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("{% if team %}",), "tag-unclosed"),
        (("{% endif %}",), "tag-unopened"),
        (("{% else %}",), "tag-unopened"),
        (("{% if team %}", "{% endfor %}"), "tag-unopened"),
    ],
)
def test_a_block_without_its_other_end_is_told(words, rule):
    assert rule in {remark.rule for remark in remarks(with_words(*words))}


def test_a_block_that_begins_in_one_cell_and_ends_in_another_is_told():
    def edit(body):
        put_in("x_yn", a_run("{% if team %}"))(body)
        put_in("x_ynp", a_run("{% endif %}"))(body)

    assert only(after(edit)).rule == "tag-apart"


def test_a_loop_over_rows_is_sound():
    def edit(body):
        row = row_of(body, "x_grade")
        for place, words in enumerate(("{%tr for id in printed %}", "{{ id }}", "{%tr endfor %}")):
            cell = element("tc", element("tcPr"), element("p", a_run(words)))
            whole = element("tr", element("trPr", element("cantSplit")), cell)
            row.getparent().insert(4 + place, whole)

    assert after(edit) == ()


def test_a_tag_half_in_a_control_is_told_before_it_swallows_what_follows():
    def edit(body):
        content = control_of(body, "x_yn").find(f"{W}sdtContent")
        content.insert(0, a_run("}}"))
        control_of(body, "x_yn").addprevious(a_run("{{ team "))

    assert "tag-straddles" in {remark.rule for remark in after(edit)}


# What the contract says and the form does not.


def test_an_id_that_is_misspelled_is_told_with_the_one_that_was_meant():
    def edit(body):
        control_of(body, "x_yn").find(f"{W}sdtPr/{W}tag").set(VALUE, "x_ny")

    missing, unknown = after(edit)
    assert (missing.rule, unknown.rule) == ("id-missing", "id-unknown")
    assert 'Did you mean "x_yn"?' in unknown.hint


def test_a_row_that_is_gone_is_told():
    def edit(body):
        row = row_of(body, "x_yn")
        row.getparent().remove(row)

    assert only(after(edit)).text.startswith("x_yn (1.3 Is the child safe today?)")


def test_one_id_on_two_controls_is_told():
    def edit(body):
        control_of(body, "x_ynp").find(f"{W}sdtPr/{W}tag").set(VALUE, "x_yn")

    assert {"id-twice", "id-missing", "id-elsewhere"} <= {remark.rule for remark in after(edit)}


def test_choices_that_differ_are_told():
    def edit(body):
        items = [*control_of(body, "x_choice").iter(f"{W}listItem")]
        items[0].set(f"{W}displayText", "With grandparents")

    offered, missing = after(edit)
    assert {offered.rule, missing.rule} == {"choices-differ"}
    assert 'offers "With grandparents"' in offered.text
    assert 'does not offer "At home"' in missing.text


def test_a_choice_in_other_words_that_are_understood_is_a_warning():
    def edit(body):
        for item in control_of(body, "x_grade").iter(f"{W}listItem"):
            if item.get(f"{W}value") == "RI":
                item.set(f"{W}displayText", "Requires improvement")

    assert only(after(edit)).severity == WARNING


def test_a_prompt_that_would_come_home_as_an_answer_is_told():
    def edit(body):
        next(control_of(body, "x_text").iter(f"{W}t")).text = "Write here"

    found = only(after(edit))
    assert (found.rule, found.severity) == ("prompt-differs", ERROR)


def test_a_prompt_that_word_would_put_back_is_told():
    of = replace(OF, prompts={**OF.prompts, "text": "Write here."})
    assert {remark.rule for remark in remarks(TEMPLATE, of)} == {"prompt-differs"}


def label(body, item):
    """The text elements of an item's label."""
    return [*next(row_of(body, item).iter(f"{W}tc")).iter(f"{W}t")]


def test_a_number_that_differs_and_one_that_stands_twice_are_told():
    def edit(body):
        label(body, "x_yn")[0].text = "1.4 Is the child safe today?"

    assert {remark.rule for remark in after(edit)} == {
        "number-differs",
        "number-twice",
        "label-differs",
    }


def test_a_reworded_label_is_a_warning_until_the_contract_knows_it():
    def edit(body):
        label(body, "x_yn")[0].text = "1.3 Safe today?"

    assert only(after(edit)).rule == "label-differs"


def test_numbers_in_a_column_of_their_own_are_nothing_to_tell():
    assert remarks(with_numbers_apart(TEMPLATE)) == ()


def test_a_header_field_that_is_not_filled_in_is_told():
    def edit(body):
        next(control_of(body, "child_id").iter(f"{W}t")).text = ""

    assert only(after(edit)).rule == "field-unfilled"


# What Word trips over.


def _cell_without_paragraph(body):
    cell = cell_of(body, "x_yn")
    cell.remove(cell.find(f"{W}p"))


def _double_number(body):
    ids = [control_of(body, tag).find(f"{W}sdtPr/{W}id") for tag in ("x_yn", "x_ynp")]
    ids[1].set(VALUE, ids[0].get(VALUE))


def _empty_grid(body):
    grid = body.find(f".//{W}tblGrid")
    for column in [*grid]:
        grid.remove(column)


def _long_title(body):
    control_of(body, "x_yn").find(f"{W}sdtPr/{W}alias").set(VALUE, "x" * 65)


def _double_choice(body):
    items = [*control_of(body, "x_choice").iter(f"{W}listItem")]
    items[0].addnext(element("listItem", displayText="At home", value="home2"))


def _double_bookmark(body):
    mark = next(body.iter(f"{W}bookmarkStart"))
    twin = element("bookmarkStart", id="1")
    twin.set(f"{W}name", mark.get(f"{W}name"))
    mark.addprevious(twin)


def _ends_in_table(body):
    last = body.find(f"{W}body")[-2]
    last.getparent().remove(last)


def _cell_control(body):
    cell = row_of(body, "x_yn")[-1]
    properties = element("sdtPr", element("id", val="77"))
    place = cell.getprevious()
    place.addnext(element("sdt", properties, element("sdtContent", cell)))


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (_cell_without_paragraph, "cell-without-paragraph"),
        (_double_number, "control-id-twice"),
        (_empty_grid, "empty-grid"),
        (_long_title, "tag-too-long"),
        (_double_choice, "choice-twice"),
        (_double_bookmark, "bookmark-twice"),
        (_ends_in_table, "ends-in-table"),
        (_cell_control, "cell-control"),
    ],
)
def test_what_word_trips_over_and_no_schema_sees_is_told(edit, rule):
    assert rule in {remark.rule for remark in after(edit)}


def test_what_a_screen_reader_needs_is_told():
    template = replaced(
        TEMPLATE, "docProps/core.xml", b"<dc:title>Every Kind &amp; More<", b"<dc:title><"
    )
    template = replaced(template, "word/styles.xml", b'<w:sz w:val="22"/>', b'<w:sz w:val="16"/>')
    rules = {remark.rule for remark in remarks(template)}
    assert {"title", "font-size"} <= rules


def test_a_tag_left_anywhere_in_a_filled_form_is_told():
    left = with_part(TEMPLATE, "customXml/item1.xml", b"<x>{{ left }}</x>")
    assert "customXml/item1.xml" in {remark.where for remark in residual_remarks(package(left))}


def test_what_is_no_word_file_is_one_finding():
    assert only(remarks(b"not a form")).rule == "fill"


def test_comments_on_an_empty_text_stand_in_a_paragraph_of_their_own():
    def emptied(body):
        block = body.find(f"{W}body")
        for child in list(block)[:-1]:
            block.remove(child)

    bare = edited(TEMPLATE, emptied)
    found = remarks(bare)
    assert len(Document(io.BytesIO(commented(bare, found))).comments) == len(found) > 0


def test_comments_stand_at_the_places_and_the_copy_opens():
    bad = edited(with_words("{{ tema }}"), put_in("x_yn", a_run("{{ upn }}")))
    found = remarks(bad)
    copy = commented(bad, found)
    texts = [comment.text for comment in Document(io.BytesIO(copy)).comments]
    assert len(texts) == len(found) == 2
    assert all("What to do:" in text for text in texts)
    marked = [m.getparent() for m in body_of(copy).iter(f"{W}commentRangeStart")]
    assert ["".join(t.text for t in p.iter(f"{W}t") if "{{" in t.text) for p in marked] == [
        "{{ tema }}",
        "{{ upn }}",
    ]
    assert commented(bad, found) == copy
