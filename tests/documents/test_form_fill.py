"""A form filled: what applies is printed, data stays data, and a bad template is told in one go."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from auditdocs.documents.forms.answer import answered
from auditdocs.documents.forms.build import form_template
from auditdocs.documents.forms.fill import prepared
from auditdocs.documents.forms.read import document, identity
from auditdocs.documents.package import package
from auditdocs.errors import TemplateFault
from auditdocs.model.settings import Settings
from auditdocs.rules.forms.advice import advice_for
from auditdocs.rules.forms.prefill import form_values
from tests.makers.cases import a_case
from tests.makers.contracts import a_contract, an_item
from tests.makers.forms import (
    A_FORM_ID,
    BODY,
    DATA_DATE,
    EVERY_KIND,
    KEYS,
    SMALL,
    TYPES,
    W,
    a_blank_form,
    a_form,
    a_run,
    a_template,
    an_issued_audit,
    an_issued_form,
    body_of,
    control_of,
    edited,
    element,
    part_of,
    parts_of,
    read,
    replaced,
    texts,
    the_contract,
    with_part,
    without_part,
)

TEMPLATE = form_template(SMALL)
CUSTOM, CORE = "docProps/custom.xml", "docProps/core.xml"


def said(form):
    """All that stands in the body of a form."""
    return "\n".join(text.text or "" for text in body_of(form).iter(f"{W}t"))


def values(**changes):
    """What the small form of the everyday case is filled with."""
    audit = an_issued_audit(SMALL)
    return form_values(SMALL, audit, a_case(), Settings(), data_date=DATA_DATE) | changes


def filled(template=None, **changes):
    """The small form filled, from its own template or from another."""
    ready = a_template(SMALL) if template is None else prepared(template, SMALL)
    return ready.filled(values(**changes))


def header_of(form):
    """The header block as it was printed."""
    return texts(read(form).fields)


def fault_of(template):
    with pytest.raises(TemplateFault) as caught:
        prepared(template, SMALL)
    return caught.value


def with_words(*words, style=""):
    """The template with these words in paragraphs of their own at its beginning."""

    def edit(body):
        for word in reversed(words):
            body.find(f"{W}body").insert(0, element("p", a_run(word)))

    return edited(TEMPLATE, edit)


# What is printed.


def test_a_filled_form_says_who_and_what_it_is_about():
    form = an_issued_form(case=a_case("0012345", team="North & South"))
    header = header_of(form)
    assert header["audit_id"] == A_FORM_ID
    assert header["child_id"] == "0012345"
    assert header["team"] == "North & South"
    assert header["date_due"] == "22/09/2026"
    assert "Every Kind & More" in said(form)


def test_identity_stands_in_three_places_and_the_core_properties():
    found = identity(document(package(an_issued_form(of=the_contract("quality")))))
    assert (found.properties, found.body, found.footer, found.core) == (A_FORM_ID,) * 4
    assert (found.type, found.version) == ("quality", "1")
    assert found.fingerprint == the_contract("quality").fingerprint
    assert len(found.fingerprint) == 64


def test_only_the_items_that_apply_are_printed():
    form = an_issued_form(printed=("x_grade", "x_text", "x_seen"))
    found = read(form)
    assert {key for key in found.seen if key.startswith("x_")} == {
        "x_grade", "x_grade.comment", "x_text", "x_seen.P", "x_seen.U", "x_seen.comment",
    }  # fmt: skip
    assert "Family included" not in said(form)


def test_a_section_of_which_nothing_applies_vanishes_with_its_heading():
    form = an_issued_form(printed=("x_visits",))
    assert "2 Standards" in said(form)
    assert "1 Practice" not in said(form)
    assert "Read the plan." not in said(form)


@pytest.mark.parametrize("key", KEYS)
def test_each_shipped_form_can_be_filled_for_any_case(key):
    of = the_contract(key)
    for types in ({"CIN"}, {"CP", "LAC"}):
        case = a_case(case_types=frozenset(types))
        printed = tuple(item.id for item in of.items if not item.applies)
        form = an_issued_form(of, case, printed=printed)
        asked = {item for item in printed if item in read(form, of).seen}
        assert asked | {item.id for item in of.items if item.facets} >= set(printed)


def test_what_the_extract_suggests_is_printed_only_where_it_suggests_something():
    case = a_case(last_seen=date(2026, 9, 1))
    advice = advice_for(EVERY_KIND.item("x_late"), case, DATA_DATE)
    assert advice in said(an_issued_form(case=case))
    notes = [style.get(f"{W}val") for style in body_of(an_issued_form()).iter(f"{W}pStyle")]
    assert notes.count("ExtractNote") == 0


def test_an_item_may_be_asked_in_other_words():
    remanded = a_case(circumstances=frozenset({"remand"}))
    assert "1.6 Other" in said(an_issued_form(case=remanded))
    assert "1.6 Learning" in said(an_issued_form())


def can_be_typed_in(form):
    """The tags of the controls that show a prompt, for nothing is printed in them."""
    controls = body_of(form).iter(f"{W}sdt")
    prompted = (one for one in controls if one.find(f"{W}sdtPr/{W}showingPlcHdr") is not None)
    tags = (one.find(f"{W}sdtPr/{W}tag") for one in prompted)
    return {tag.get(f"{W}val") for tag in tags if tag is not None}


def test_a_blank_form_asks_everything_has_no_id_and_takes_a_typed_header():
    form = a_blank_form()
    found = read(form)
    assert found.identity.references == frozenset()
    assert found.identity.type == "every-kind"
    assert {key for item in EVERY_KIND.items for key in item.keys} <= found.seen
    assert header_of(form) == {"audit_type": "Every Kind & More", "form_version": "1"}
    assert {"child_id", "auditor", "team"} <= can_be_typed_in(form)


def test_a_blank_form_gives_back_the_header_that_was_typed_into_it():
    typed = {"child_id": "1000001", "auditor": "Ann Archer", "dob": "01/05/2018"}
    form = answered(a_blank_form(), {**typed, "x_text": "Words"})
    assert typed.items() <= header_of(form).items()
    assert texts(read(form).answers) == {"x_text": "Words"}


def test_an_issued_form_cannot_be_typed_over_where_it_is_printed():
    assert "child_id" not in can_be_typed_in(an_issued_form())
    locks = [lock.get(f"{W}val") for lock in body_of(a_blank_form()).iter(f"{W}lock")]
    assert locks.count("sdtContentLocked") == 3


def test_what_is_said_of_the_header_is_true_of_issued_and_of_blank_forms():
    issued, blank = (said(form) for form in (an_issued_form(), a_blank_form()))
    assert "Printed from the case system and locked." in issued
    assert "Fill in what you know" not in issued
    assert "Fill in what you know: the child ID and the auditor at least." in blank
    assert "Printed from the case system" not in blank


# Data stays data.


@pytest.mark.parametrize(
    "text",
    [
        "O'Neill & Sons <b>bold</b> \"quoted\" 'single'",
        "{{ audit_id }}",
        "{% if x %}{# y #}{%tr z %}{% endif %}",
        "{_{ audit_id }_} and {_% x %_}",
        "</w:t></w:r></w:p><w:p>",
        "&amp; &lt; &#65; ]]>",
        "🙂 Zoë Łukasz 名 \u2028 x",
        "=SUM(A1) @x",
    ],
)
def test_what_stands_in_the_data_is_printed_as_it_stands(text):
    assert header_of(filled(team=text))["team"] == text


def test_characters_that_xml_forbids_are_left_out():
    assert header_of(filled(team="No\x00rth\x0b \ud800\uffffTeam"))["team"] == "North Team"


def test_the_lines_of_a_value_are_lines_on_the_form():
    assert (
        header_of(filled(team="North\r\nEast\rSouth\nWest"))["team"] == "North\nEast\nSouth\nWest"
    )


@given(st.text(), st.text())
def test_any_data_makes_a_sound_form(one, other):
    form = filled(team=one, marking=other, audit_id=other, service_name=one)
    for name, part in parts_of(form).items():
        assert etree.fromstring(part) is not None, name


def test_values_in_properties_stand_on_one_line():
    assert "one two" in part_of(filled(type_key="one\ntwo"), CUSTOM).decode()


def test_the_same_values_are_always_the_same_bytes():
    assert filled() == filled()


# What is wrong with a template.


def test_every_bad_tag_and_every_missing_row_is_told_at_once():
    template = with_words("{{ surname }}", "{{ child_id | }}", "{{ upn }}", "{{ team|reverse }}")
    template = replaced(template, "word/footer1.xml", b"{{ audit_id }}", b"{{ adit_id }}")
    template = replaced(template, BODY, b"q_x_grade", b"q_x_gone")
    told = fault_of(template).text.splitlines()
    top = "body (word/document.xml), before the first heading"
    assert told == [
        'body (word/document.xml), table 3 row 2, under "1 Visits": x_gone: the contract has '
        "no such item",
        f'{top}: {{{{ surname }}}} uses "surname", which this template cannot be given',
        f"{top}: {{{{ child_id | }}}} cannot be read as a tag: something in it is "
        "missing or too much",
        f'{top}: {{{{ upn }}}} uses "upn", which this template cannot be given',
        f'{top}: {{{{ team|reverse }}}} uses the filter "reverse" as no template can',
        'footer (word/footer1.xml): {{ adit_id }} uses "adit_id", which this template cannot be '
        "given",
    ]


@pytest.mark.parametrize("tag", ["{{ team", "team }}", "{% if team", "%}", "{# remark", "#}"])
def test_a_tag_left_open_is_told(tag):
    told = fault_of(with_words(tag)).text
    assert "that is opened and not closed" in told or "a tag that was not opened" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("{% if team %}",), "{% if team %} is not closed"),
        (("{% endif %}",), "{% endif %} closes what was not opened"),
        (("{% if tema %}", "{% endif %}"), 'uses "tema", which this'),
        (("{% for x in printd %}", "{% endfor %}"), 'uses "printd", which this'),
    ],
)
def test_what_goes_round_a_part_of_the_form_is_looked_at_too(words, told):
    assert told in fault_of(with_words(*words)).text


def test_a_tag_that_begins_in_a_field_and_ends_outside_is_told():
    def edit(body):
        content = control_of(body, "x_grade").find(f"{W}sdtContent")
        content.insert(0, a_run("{% if team %}"))
        cell = next(content.iterancestors(f"{W}tc"))
        cell.append(element("p", a_run("{% endif %}")))

    assert "stand in different cells, rows or fields" in fault_of(edited(TEMPLATE, edit)).text


def test_a_tag_where_no_text_can_stand_is_told():
    template = replaced(TEMPLATE, BODY, b'w:val="1.1 Plan is good"', b'w:val="{{ team }}"')
    assert "a tag stands where no text can stand" in fault_of(template).text


def test_a_form_that_was_issued_is_no_template():
    assert "a form that was issued" in fault_of(an_issued_form()).text


@pytest.mark.parametrize(
    "tag",
    [
        "{{ team.__class__ }}",
        "{{ team['__class__'] }}",
        "{{ team|attr('__class__') }}",
        "{{ team.upper() }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ cycler('a') }}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a' ~ 'a' }}",
        "{{ 'a' + 'a' }}",
        "{{ '%s' % team }}",
        "{{ team|replace('', 'aaaaaaaa') }}",
        "{{ printed|join('aaaaaaaa') }}",
        "{{ printed|map('upper') }}",
        "{{ 'x'|center(999999999) }}",
        "{{ team is defined }}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{% set x = team %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{% filter upper %}{% endfilter %}",
        "{% block b %}{% endblock %}",
        "{% with %}{% endwith %}",
        "{% for x in printed %}{% for y in printed %}{% endfor %}{% endfor %}",
        "{% for x in 'aaaaaaaa' %}{{ team }}{% endfor %}",
        "{% for x in printed recursive %}{{ loop(printed) }}{% endfor %}",
    ],
)
def test_a_template_cannot_run_code_or_grow_without_bound(tag):
    told = fault_of(with_words(tag)).text.splitlines()
    assert len(told) == 1
    assert told[0].startswith("body (word/document.xml)")


def test_the_name_of_a_bookmark_is_never_part_of_a_condition():
    def edit(body):
        mark = next(m for m in body.iter(f"{W}bookmarkStart") if m.get(f"{W}name")[:2] == "s_")
        mark.set(f"{W}name", "s_' ~ 1/0 ~ '")

    assert said(filled(edited(TEMPLATE, edit))) == said(filled())


def test_values_keys_conditions_one_loop_and_quiet_filters_are_all_a_form_needs():
    words = (
        "{{ team|upper }}",
        "{% if team == 'North' and not dob == team %}yes{% else %}no{% endif %}",
        "{% for id in printed %}{% if id != 'x_grade' %}{{ id|length }},{% endif %}{% endfor %}",
        "{{ labels.x_grade }}",
    )
    text = said(filled(with_words(*words)))
    assert text.startswith("NORTH\nyes\n")
    assert "Plan is good" in text.splitlines()[3]


def test_a_key_is_a_key_even_where_a_dictionary_has_a_method_of_that_name():
    of = a_contract(an_item("items", label="Items seen", relabel={"remand": "Things seen"}))
    assert "1.1 Items seen" in said(an_issued_form(of))


def test_every_value_that_nobody_gave_is_named_at_once():
    some = {name: value for name, value in values().items() if name not in ("team", "dob")}
    with pytest.raises(TemplateFault, match="no value for: dob, team"):
        a_template(SMALL).filled(some)


def test_a_key_that_nobody_gave_is_a_fault_of_the_template():
    of = a_contract(an_item("x_seen", relabel={"remand": "Other"}))
    bare = form_values(of, an_issued_audit(of), a_case(), Settings(), data_date=DATA_DATE)
    with pytest.raises(TemplateFault, match="x_seen"):
        a_template(of).filled(bare | {"labels": {}})


def test_a_tag_that_hides_a_field_is_told_when_the_form_comes_out_without_it():
    def edit(body):
        row = next(control_of(body, "date_audited").iterancestors(f"{W}tr"))
        row.getprevious().tail = "{% if team == 'Nowhere' %}"
        row.tail = "{% endif %}"

    with pytest.raises(TemplateFault, match="lost some of its answer fields"):
        filled(edited(TEMPLATE, edit))


def test_a_tag_that_word_split_over_runs_is_one_tag():
    def edit(body):
        pieces = [a_run(piece) for piece in ("{", "{ te", "am ", "}", "}")]
        body.find(f"{W}body").insert(0, element("p", *pieces))

    assert said(filled(edited(TEMPLATE, edit))).startswith("North")


def test_a_part_whose_only_tag_is_split_over_runs_is_filled():
    footer = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("{", "{ team }", "}"))
    start = part_of(TEMPLATE, "word/header1.xml").partition(b"<w:p>")[0].decode()
    header = f"{start}<w:p>{footer}</w:p></w:hdr>"
    template = with_part(TEMPLATE, "word/header1.xml", header.encode())
    form = filled(template)
    assert b"North" in part_of(form, "word/header1.xml")


def test_a_picture_whose_bytes_look_like_a_tag_is_left_alone():
    picture = b"\x89PNG{{ {% \xff\xfe"
    template = with_part(TEMPLATE, "word/media/logo.png", picture)
    form = filled(template)
    assert part_of(form, "word/media/logo.png") == picture


@pytest.mark.parametrize("what", [b"not a document", TEMPLATE[:900]])
def test_a_template_that_is_no_word_document_is_told_in_the_words_of_the_gate(what):
    assert fault_of(what).hint


def test_a_template_with_a_document_type_is_refused():
    start = b'<!DOCTYPE x [<!ENTITY e "boom">]><w:document'
    assert "document type" in fault_of(replaced(TEMPLATE, BODY, b"<w:document", start)).text


# Identity in templates that a designer has saved.


def carriers(template):
    found = identity(document(package(filled(template))))
    return found.properties, found.core, found.type


def test_a_template_that_lost_its_properties_gets_them_back():
    bare = without_part(without_part(TEMPLATE, CUSTOM), CORE)
    types, links = part_of(bare, TYPES), part_of(bare, "_rels/.rels")
    for word in (b"/docProps/custom.xml", b"/docProps/core.xml"):
        types = b"".join(each for each in _rows(types) if word not in each)
        links = b"".join(each for each in _rows(links) if word[1:] not in each)
    bare = with_part(with_part(bare, TYPES, types), "_rels/.rels", links)
    form = filled(bare)
    assert carriers(bare) == (A_FORM_ID, A_FORM_ID, "small")
    for name, word in ((TYPES, b"docProps/custom.xml"), ("_rels/.rels", b"docProps/core.xml")):
        assert part_of(form, name).count(word) == 1


def _rows(part):
    """The elements of a listing, each with its angle brackets."""
    return [piece + b">" for piece in part.strip().removesuffix(b">").split(b">")]


def test_properties_that_a_service_adds_to_its_template_stay():
    label = (
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="MSIP_Label">'
        b"<vt:lpwstr>Official</vt:lpwstr></property></Properties>"
    )
    labelled = replaced(TEMPLATE, CUSTOM, b"</Properties>", label)
    gone = replaced(labelled, CUSTOM, b"auditdocs.", b"other.")
    for template in (labelled, gone):
        form = filled(template)
        custom = etree.fromstring(part_of(form, CUSTOM))
        assert carriers(template)[0] == A_FORM_ID
        assert "MSIP_Label" in [row.get("name") for row in custom]
        pids = [row.get("pid") for row in custom]
        assert len(set(pids)) == len(pids)
        assert part_of(form, TYPES).count(b"docProps/custom.xml") == 1


def test_a_template_made_of_an_issued_form_does_not_keep_its_id_in_the_properties():
    template = replaced(TEMPLATE, CUSTOM, b"{{ audit_id }}", b"Q-2020-01-0001")
    template = replaced(template, CORE, b"{{ audit_id }}", b"Q-2020-01-0001")
    assert carriers(template)[:2] == (A_FORM_ID, A_FORM_ID)


def test_a_label_of_the_contract_is_never_taken_for_a_tag():
    of = replace(EVERY_KIND, title="A {title} of 100% of #cases")
    assert "A {title}" in said(an_issued_form(of))


def test_a_form_that_was_filled_can_be_filled_in():
    assert texts(read(a_form({"x_text": "Words"})).answers) == {"x_text": "Words"}
