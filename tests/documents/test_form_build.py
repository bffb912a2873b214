"""The Word form built from a contract: sound where no schema looks, and as it is shipped."""

import re
from collections import Counter

import pytest
from lxml import etree

from auditdocs.documents.forms.build import ROWS_READY, form_template
from auditdocs.documents.package import package
from auditdocs.model.contract import FACETS
from auditdocs.model.form import CATEGORIES, PRIORITIES, RECOMMENDATION_COLUMNS
from auditdocs.model.people import ROLES
from auditdocs.rules.forms.contracts import contract
from tests.makers.contracts import a_contract, a_section, a_table, as_toml
from tests.makers.forms import (
    BODY,
    EVERY_KIND,
    FORMS,
    KEYS,
    W,
    control_of,
    parts_of,
    row_of,
    the_contract,
)

BUILT = {"every-kind": EVERY_KIND, **{key: the_contract(key) for key in KEYS}}
VALUE, NAME = f"{W}val", f"{W}name"


@pytest.fixture(scope="module", params=BUILT)
def built(request):
    """A contract and the body of its form."""
    of = BUILT[request.param]
    return of, etree.fromstring(parts_of(form_template(of))[BODY])


def values(body, name):
    return [element.get(VALUE) for element in body.iter(f"{W}{name}")]


def shown(body, tag):
    """What the drop-down of that tag lists."""
    items = control_of(body, tag).iter(f"{W}listItem")
    return [(item.get(f"{W}displayText"), item.get(f"{W}value")) for item in items]


def said(element):
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def test_every_control_and_every_bookmark_has_a_number_of_its_own(built):
    _of, body = built
    for name in ("sdtPr/w:id", "bookmarkStart"):
        spaces = {"w": W[1:-1]}
        found = body.findall(f".//w:{name}", spaces)
        numbers = [each.get(VALUE) or each.get(f"{W}id") for each in found]
        assert numbers
        assert [number for number, times in Counter(numbers).items() if times > 1] == []
        assert all(0 < int(number) < 2**31 for number in numbers)


def test_every_bookmark_is_named_once_as_word_allows_and_is_closed(built):
    _of, body = built
    starts = [*body.iter(f"{W}bookmarkStart")]
    names = [start.get(NAME) for start in starts]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII) for name in names)
    ends = [end.get(f"{W}id") for end in body.iter(f"{W}bookmarkEnd")]
    assert ends == [start.get(f"{W}id") for start in starts]


def test_tags_and_titles_fit_into_a_control(built):
    _of, body = built
    assert all(0 < len(tag) <= 64 for tag in values(body, "tag") + values(body, "alias"))


def test_every_answer_has_a_control_of_its_own_in_a_cell_of_its_own(built):
    of, body = built
    tags = [tag for tag in values(body, "tag") if not tag.startswith("rec")]
    keys = [key for item in of.items for key in (*item.keys, item.comment_key) if key]
    assert Counter(tags) == Counter([*keys, *(field.name for field in of.fields())])
    assert all(len([*cell.iter(f"{W}tag")]) <= 1 for cell in body.iter(f"{W}tc"))


def test_no_control_holds_a_whole_cell(built):
    _of, body = built
    assert body.findall(f".//{W}sdtContent/{W}tc") == []


def test_every_cell_ends_with_a_paragraph(built):
    _of, body = built
    for cell in body.iter(f"{W}tc"):
        last = cell[-1]
        held = last if last.tag == f"{W}p" else last.find(f"{W}sdtContent")[-1]
        assert held.tag == f"{W}p"


def test_the_cells_of_each_row_fill_the_grid_of_their_table(built):
    _of, body = built
    for table in body.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        for row in table.iter(f"{W}tr"):
            widths = [int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")]
            spans = [int(span) for span in values(row, "gridSpan")]
            assert sum(widths) == sum(grid)
            assert len(widths) + sum(spans) - len(spans) == len(grid)


def test_the_body_ends_with_a_paragraph(built):
    _of, body = built
    blocks = [child.tag for child in body.find(f"{W}body")]
    assert blocks[-2:] == [f"{W}p", f"{W}sectPr"]


def test_no_row_is_split_and_heading_rows_are_repeated(built):
    of, body = built
    for row in body.iter(f"{W}tr"):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None
    headings = [said(mark.getparent().getparent()) for mark in body.iter(f"{W}tblHeader")]
    signed = {field.name.startswith("signed_") for field in of.sign_off}
    assert len(headings) == len(of.sections) + 2 + len(signed)
    assert headings[-1 - len(signed)] == "".join(RECOMMENDATION_COLUMNS.values())


def test_answers_stand_under_the_headings_they_are_read_by(built):
    of, body = built
    for section in of.sections:
        table = next(row_of(body, section.items[0].keys[0]).iterancestors(f"{W}tbl"))
        headings = [said(cell) for cell in next(table.iter(f"{W}tr")).iter(f"{W}tc")]
        facets = [*FACETS.values()] if any(item.facets for item in section.items) else ["Answer"]
        assert headings[1:] == [*facets, "Comment"]


def test_number_and_label_stand_in_the_bookmark_of_their_item(built):
    of, body = built
    for item in of.items:
        label = next(row_of(body, item.keys[0]).iter(f"{W}tc"))
        words = "{{ labels.%s }}" % item.id if item.relabel else item.label  # noqa: UP031
        assert said(next(label.iter(f"{W}p"))) == f"{item.number} {words}"
        mark = next(label.iter(f"{W}bookmarkStart"))
        assert mark.get(NAME) == f"q_{item.id}"


def test_an_emptied_control_gets_back_the_prompt_it_had():
    body = etree.fromstring(parts_of(form_template(EVERY_KIND))[BODY])
    prompts = {f"AD_{kind}": prompt for kind, prompt in EVERY_KIND.prompts.items()}
    parts = [part for part in body.iter(f"{W}docPart")]
    controls = [next(part.iterancestors(f"{W}sdt")) for part in parts]
    restored = [prompts[part.get(f"{W}val")] for part in parts]
    assert restored == [said(control) for control in controls]
    assert len(set(restored)) == 4


def test_drop_downs_list_the_labels_of_the_scales():
    body = etree.fromstring(parts_of(form_template(EVERY_KIND))[BODY])
    assert shown(body, "x_grade") == [
        ("Outstanding", "O"),
        ("Good", "G"),
        ("Requires improvement to be good", "RI"),
        ("Inadequate", "I"),
        ("Not applicable", "NA"),
        ("Not enough evidence to grade", "NE"),
    ]
    labels = {
        "x_overall": ["Outstanding", "Good", "Requires improvement to be good", "Inadequate",
                      "Not applicable", "Not enough evidence to grade"],
        "x_yn": ["Yes", "No", "Not applicable"],
        "x_drift": ["Yes", "No", "Not applicable"],
        "x_ynp": ["Yes", "Partly", "No", "Not applicable"],
        "x_visits.P": ["Yes", "No", "Not applicable", "Not due"],
        "x_choice": ["At home", "Foster care"],
        "worker_spoken_to": ["Yes", "No", "Not applicable"],
    }  # fmt: skip
    assert {tag: [label for label, _ in shown(body, tag)] for tag in labels} == labels


def test_recommendations_offer_every_question_category_priority_and_role():
    body = etree.fromstring(parts_of(form_template(EVERY_KIND))[BODY])
    assert shown(body, "rec.linked_item") == [(item.title, item.id) for item in EVERY_KIND.items]
    assert shown(body, "rec.category") == [(each.label, each.code) for each in CATEGORIES]
    assert shown(body, "rec.priority") == [(each.label, each.code) for each in PRIORITIES]
    assert shown(body, "rec.owner_role") == [(label, key) for key, label in ROLES.items()]
    assert [label for label, _ in shown(body, "rec.need_type")] == [
        "None", "Individual", "Group", "Team",
    ]  # fmt: skip


def test_the_rows_for_recommendations_are_ready_and_can_be_added_to(built):
    _of, body = built
    rows = [control_of(body, "rec.recommendation", nth) for nth in range(ROWS_READY)]
    assert len(rows) == 5
    repeating = control_of(body, "recommendations")
    assert len([*repeating.iter("{*}repeatingSectionItem")]) == ROWS_READY
    for name in RECOMMENDATION_COLUMNS:
        assert values(body, "tag").count(f"rec.{name}") == ROWS_READY


def test_no_drop_down_lists_the_same_twice(built):
    _of, body = built
    for listed in body.iter(f"{W}dropDownList"):
        for name in ("displayText", "value"):
            given = [item.get(f"{W}{name}").casefold() for item in listed]
            assert len(set(given)) == len(given) > 1


def test_a_facet_that_a_standard_does_not_have_cannot_be_answered():
    body = etree.fromstring(parts_of(form_template(EVERY_KIND))[BODY])
    cells = [*row_of(body, "x_seen.P").iter(f"{W}tc")]
    assert [cell.find(f".//{W}tag") is not None for cell in cells] == [0, 1, 0, 1, 1]
    assert said(cells[2]) == "–"


def test_only_standards_say_what_they_rest_on_and_how_long_they_have():
    body = etree.fromstring(parts_of(form_template(EVERY_KIND))[BODY])
    assert "5 working days. Local recording standard." in said(row_of(body, "x_visits.P"))
    assert "recording standard" not in said(row_of(body, "x_grade"))


def test_every_prompt_is_a_building_block_that_word_can_put_back(built):
    of, _body = built
    glossary = etree.fromstring(parts_of(form_template(of))["word/glossary/document.xml"])
    names = [name.get(VALUE) for name in glossary.findall(f".//{W}docPartPr/{W}name")]
    blocks = dict(zip(names, map(said, glossary.iter(f"{W}docPartBody")), strict=True))
    assert blocks == {f"AD_{kind}": prompt for kind, prompt in of.prompts.items()}
    assert set(values(_body, "docPart")) <= set(blocks)


def test_empty_controls_show_their_prompt_and_cannot_be_deleted(built):
    of, body = built
    prompts = set(of.prompts.values())
    for showing in body.iter(f"{W}showingPlcHdr"):
        control = showing.getparent().getparent()
        assert said(control) in prompts
        assert control.find(f"{W}sdtPr/{W}lock").get(VALUE) == "sdtLocked"


def test_printed_fields_are_locked_with_what_is_printed_in_them(built):
    of, body = built
    for field in of.header:
        control = control_of(body, field.name)
        assert said(control) == "{{ %s }}" % field.name  # noqa: UP031
        assert control.find(f"{W}sdtPr/{W}lock").get(VALUE) == "sdtContentLocked"


def test_dates_are_written_day_first(built):
    _of, body = built
    assert set(values(body, "dateFormat")) == {"dd/MM/yyyy"}
    assert set(values(body, "lid")) == {"en-GB"}


def test_words_of_a_contract_that_look_like_markup_stay_words():
    odd = contract(as_toml(a_table(a_section(title="<b> & 'c'"), title='A "B" & <C>')))
    body = etree.fromstring(parts_of(form_template(odd))[BODY])
    assert 'A "B" & <C>' in said(body)
    assert "1 <b> & 'c'" in said(body)


def test_the_same_contract_is_always_the_same_bytes():
    assert form_template(EVERY_KIND) == form_template(EVERY_KIND)


def test_a_contract_of_one_question_is_a_whole_form():
    assert package(form_template(a_contract())).parts


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_form_is_what_its_contract_builds(key):
    shipped = (FORMS / f"{key}.docx").read_bytes()
    assert parts_of(shipped) == parts_of(form_template(the_contract(key)))


def test_each_shipped_form_lies_beside_its_contract_and_nothing_else_does():
    forms, contracts = (
        {path.stem for path in FORMS.glob(f"*{ending}")} for ending in (".docx", ".toml")
    )
    workbooks = {key for key in contracts if not the_contract(key).sections}
    assert forms == contracts - workbooks >= set(KEYS)
