"""A contract is read whole or refused whole, and a refusal tells everything at once."""

import hashlib
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.errors import ContractFault
from auditdocs.model.contract import FACETS, Advice, Choice
from auditdocs.rules.forms.contract_faults import faults
from auditdocs.rules.forms.contract_shapes import ITEM_TYPES
from auditdocs.rules.forms.contracts import contract
from tests.makers.contracts import a_question, a_section, a_table, as_toml

FIVE_LINES = """\
key = "visits"
prefix = "V"
title = "Visits Audit"
version = 1
sections = [{title = "Visits", items = [{id = "v_seen", label = "Child seen", type = "yn"}]}]
"""
TWO_CHOICES = [{"code": "a", "label": "First"}, {"code": "b", "label": "Second"}]


def read(*sections, **changes):
    return contract(as_toml(a_table(*sections, **changes)))


def read_item(**changes):
    """The only item of a contract, its table changed."""
    return read(a_section(a_question(**changes))).items[0]


def told(*sections, **changes):
    """What is told of a faulty contract, line by line."""
    with pytest.raises(ContractFault) as refused:
        read(*sections, **changes)
    return refused.value.text.splitlines()


def told_of_item(**changes):
    """The one fault of a contract whose only item was changed."""
    heading, fault = told(a_section(a_question(**changes)))
    assert heading == "The contract has a fault:"
    return fault


def test_five_lines_make_a_working_form():
    made = contract(FIVE_LINES)

    assert [item.title for item in made.items] == ["1.1 Child seen"]
    assert made.items[0].required
    assert made.sheet == "Visits Audit"
    assert (made.cadence, made.selection, made.due_days) == ("month", "oldest-first", 28)
    assert {"audit_id", "child_id", "date_due"} <= {field.name for field in made.header}
    assert "date_audited" in {field.name for field in made.auditor}
    assert "contact_sheet_date" in {field.name for field in made.sign_off}
    assert set(made.prompts) == {"text", "field", "comment", "choice", "date", "check"}
    assert made.follow_up == ("contact-sheet",)


def test_numbers_follow_the_place_unless_an_item_names_its_own():
    made = read(
        a_section(a_question("v_a"), a_question("v_b", number="1.2a")),
        a_section(a_question("v_c")),
    )

    assert [item.number for item in made.items] == ["1.1", "1.2a", "2.1"]
    assert [item.section for item in made.items] == ["1", "1", "2"]
    assert [section.key for section in made.sections] == ["1", "2"]


def test_the_fingerprint_is_that_of_the_text():
    assert contract(FIVE_LINES).fingerprint == hashlib.sha256(FIVE_LINES.encode()).hexdigest()
    assert contract(FIVE_LINES + "# a note\n").fingerprint != contract(FIVE_LINES).fingerprint


def test_line_ends_and_a_byte_order_mark_from_notepad_change_nothing():
    assert contract("\ufeff" + FIVE_LINES.replace("\n", "\r\n")) == contract(FIVE_LINES)


def test_the_header_has_a_theme_only_where_audits_have_one():
    assert not read().names_theme
    assert "theme" not in {field.name for field in read().header}
    assert "theme" in {field.name for field in read(names_theme=True).header}


def test_a_prompt_of_ones_own_leaves_the_others_as_they_are():
    made = read(prompts={"text": "Write here."})

    assert made.prompts["text"] == "Write here."
    assert made.prompts["date"] == read().prompts["date"]


def test_a_title_that_excel_would_refuse_makes_a_sheet_name_that_it_takes():
    assert read(title="Visits: all [new] teams / every quarter").sheet == (
        "Visits  all  new  teams   every"
    )
    assert read(title="???").sheet == "visits"


def test_an_age_range_may_be_one_year():
    assert read_item(min_age=16, max_age=16).max_age == 16


def test_a_label_may_fill_a_ledger_heading_and_no_more():
    assert len(read_item(label="x" * 200).label) == 200
    assert "has 201 characters; the most is 200" in told_of_item(label="x" * 201)


def test_facets_stand_in_printed_order():
    assert read_item(type="facet", facets=["U", "P"]).facets == ("P", "U")


def test_advice_may_be_one_table_or_several():
    one = {"since": "care_start", "limit": "wd(5)", "noun": "naming an IRO"}
    several = [one, {"last": "last_seen", "every": "cd(42)", "noun": "visit", "applies": ["CP"]}]

    assert read_item(advice=one).advice == (Advice(**one),)
    assert read_item(advice=several).advice[1].applies == ("CP",)


def test_fields_of_ones_own_take_the_place_of_the_standard_ones():
    made = read(
        auditor=[{"name": "date_audited", "label": "Audited on", "type": "date"}],
        sign_off=[
            {
                "name": "agreed",
                "label": "Agreed?",
                "type": "choice",
                "choices": TWO_CHOICES,
                "staff_column": True,
            }
        ],
    )

    assert [field.label for field in made.auditor] == ["Audited on"]
    assert made.sign_off[0].choices == (
        Choice(code="a", label="First"),
        Choice(code="b", label="Second"),
    )
    assert made.sign_off[0].staff_column


def test_everything_wrong_is_told_at_once_with_its_place():
    lines = told(
        a_section(a_question("v_a", type="grdae"), a_question("v_a", min_age=16, max_age=4)),
        {"title": "Empty", "items": []},
        prefix="v",
        due_day=21,
    )

    assert lines == [
        "The contract has 6 faults:",
        '- the contract: prefix "v" must be one to six capital letters',
        '- the contract: there is no key "due_day"; did you mean "due_days"?',
        '- section 1, item 1 (v_a): type "grdae" is not known; did you mean "grade"?',
        "- section 1, item 2 (v_a): min_age is above max_age",
        "- section 2: items must be one table or more, each written [[items]]",
        '- the contract: "v_a" names 2 items or fields; each needs an id of its own',
    ]


def test_a_contract_without_anything_is_told_what_it_needs():
    with pytest.raises(ContractFault) as refused:
        contract("", where="empty.toml")

    assert refused.value.where == "empty.toml"
    for key in ("key", "prefix", "title", "version", "sections"):
        assert f"{key} is missing" in refused.value.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "Seen Alone"}, "lower-case letters"),
        ({"id": "v" * 33}, "at most 32"),
        ({"label": ""}, "must be words"),
        ({"label": "Two\nlines"}, "one line"),
        ({"label": "See {{ child_id }}"}, "braces"),
        ({"guidance": "Look\u0000"}, "cannot show"),
        ({"type": "scale"}, "write one of grade"),
        ({"type": "facet"}, "facets and type facet go together"),
        ({"facets": ["P"]}, "facets and type facet go together"),
        ({"type": "facet", "facets": ["X"]}, '"X" is not known'),
        ({"type": "facet", "facets": [{}]}, "is not known"),
        ({"type": "choice"}, "choices and type choice go together"),
        (
            {"type": "choice", "choices": [TWO_CHOICES[0], TWO_CHOICES[1] | {"code": "A"}]},
            "two choices have the same code",
        ),
        ({"type": "choice", "choices": [{"code": "a"}]}, "choice 1: label is missing"),
        ({"applies": ["CLA"]}, '"CLA" is not known'),
        ({"applies": "LAC"}, 'must be a list, such as ["CIN"]'),
        ({"not_for": ["unbron"]}, 'did you mean "unborn"?'),
        ({"relabel": {"remnd": "Detention plan"}}, 'did you mean "remand"?'),
        ({"relabel": [{"remand": "Detention plan"}]}, "written [relabel]"),
        ({"min_age": 99}, "whole number from -1 to 25"),
        ({"min_age": True}, "whole number"),
        ({"required": "yes"}, "true or false"),
        ({"basis": "statute"}, "write one of local, guid, reg"),
        ({"limit": "wd 45 from referral"}, 'has "wd" without its number'),
        ({"number": "three"}, "a number such as 3.2"),
        ({"type": "text", "overall": True}, "overall is for items of type grade"),
        ({"safety": True}, "safety is for items of type yn"),
        ({"type": "ynp", "safeguarding": True}, "safeguarding is for items of type grade"),
        ({"advice": "none"}, "advice must be one table or more"),
        ({"advice": {"noun": "x"}}, "needs limit (for what happens once) or last"),
        ({"advice": {"noun": "x", "since": "dob", "limit": "45"}}, '"45" is not a time limit'),
        ({"advice": {"noun": "x", "since": "team", "limit": "wd(5)"}}, '"team" is not known'),
        ({"advice": {"noun": "x", "limit": "wd(5)"}}, "limit needs since beside it"),
        ({"advice": {"noun": "x", "last": "dob"}}, "last needs every or first beside it"),
        (
            {"advice": {"noun": "x", "last": "last_sen", "every": "wd(5)"}},
            'advice 1: last "last_sen" is not known; did you mean "last_seen"?',
        ),
        (
            {"advice": {"noun": "x", "last": "dob", "every": "wd(5)", "second": "mo(3)"}},
            "second needs first beside it",
        ),
        ({"advice": {"since": "dob", "limit": "wd(5)"}}, "noun is missing"),
        ({"aliases": "Earlier words"}, "must be a list"),
    ],
)
def test_a_fault_of_an_item_is_told_in_words(changes, words):
    fault = told_of_item(**changes)

    assert fault.startswith("- section 1, item 1 (")
    assert words in fault


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "Visits"}, "lower-case letters, digits and hyphens"),
        ({"version": 0}, "whole number from 1"),
        ({"version": "1"}, "whole number"),
        ({"due_days": 0}, "whole number from 1 to 366"),
        ({"due_days": 367}, "whole number from 1 to 366"),
        ({"sheet": "Visits [new]"}, "at most 31 characters"),
        ({"sheet": "x" * 32}, "at most 31 characters"),
        ({"sheet": " "}, "at most 31 characters"),
        ({"cadence": "weekly"}, "write one of supervision, month, quarter"),
        ({"selection": "oldest_first"}, 'did you mean "oldest-first"?'),
        ({"follow_up": ["contact sheet"]}, 'did you mean "contact-sheet"?'),
        ({"targets": {"month": 3}}, 'targets: there is no key "month"'),
        ({"prompts": {"text": 5}}, "prompts: text must be words"),
        ({"sections": []}, "sections must be one table or more"),
        ({"sections": "none"}, "sections must be one table or more"),
        (
            {"auditor": [{"name": "seen_on", "label": "Seen on", "type": "date"}]},
            "need one named date_audited",
        ),
        (
            {"sign_off": [{"name": "agreed", "label": "Agreed?", "type": "choice"}]},
            "field 1 (agreed): choices and type choice go together",
        ),
        (
            {"sign_off": [{"name": "auditor", "label": "Auditor", "type": "name"}]},
            '"auditor" names 2 items or fields',
        ),
        (
            {"sign_off": [{"id": "agreed", "label": "Agreed?", "type": "yn"}]},
            "name is missing",
        ),
    ],
)
def test_a_fault_of_the_whole_is_told_in_words(changes, words):
    assert any(words in line for line in told(**changes)[1:])


def test_an_item_may_not_be_named_like_a_field_or_like_the_table_of_actions():
    for taken in ("child_id", "date_audited", "contact_sheet_date", "recommendations"):
        assert f'"{taken}" names 2 items or fields' in told_of_item(id=taken)


def test_two_items_may_not_share_a_number_or_the_overall_grade():
    first, second = a_question("v_a", overall=True), a_question("v_b", number="1.1", overall=True)

    assert told(a_section(first, second))[1:] == [
        "- the contract: 2 items have the number 1.1",
        "- the contract: more than one item is marked overall",
    ]


def test_text_that_is_not_toml_is_refused_with_its_line():
    with pytest.raises(ContractFault, match="at line 2"):
        contract('key = "visits"\nprefix = V\n')


@pytest.mark.parametrize("number", ["9" * 5_000, "0x" + "f" * 5_000])
def test_a_number_without_end_is_refused(number):
    with pytest.raises(ContractFault, match="a number in it is far too large"):
        contract(f"version = {number}")


def test_lists_in_lists_without_end_are_refused():
    with pytest.raises(ContractFault, match="too deep"):
        contract("sections = " + "[" * 100_000)


# Laws.

LABELS = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=60).filter(
    lambda text: text.strip() and not {"{", "}"} & set(text)
)
QUESTIONS = st.fixed_dictionaries(
    {
        "label": LABELS,
        "type": st.sampled_from(sorted(set(ITEM_TYPES) - {"agreed", "facet", "choice"})),
    },
    optional={
        "required": st.booleans(),
        "guidance": LABELS,
        "min_age": st.integers(0, 9),
        "max_age": st.integers(9, 18),
        "applies": st.lists(st.sampled_from(["CIN", "CP", "LAC"]), unique=True),
        "relabel": st.dictionaries(st.sampled_from(["unborn", "remand"]), LABELS),
        "aliases": st.lists(LABELS, max_size=2),
    },
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("wd(5)"),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "label", "type", "items", "choices", "advice", "number", "noun"]
            ),
            inside,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(QUESTIONS, min_size=1, max_size=4))
def test_what_is_written_in_a_contract_is_what_is_read(questions):
    named = [{"id": f"v_{place}"} | question for place, question in enumerate(questions)]

    for item, question in zip(read(a_section(*named)).items, named, strict=True):
        kept = asdict(item)
        written = {k: tuple(v) if isinstance(v, list) else v for k, v in question.items()}
        assert {key: kept[key] for key in written} == written


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["key", "sections", "auditor", "sign_off", "targets", "prompts", "sheet"]),
        ANYTHING,
    )
)
def test_no_table_of_any_shape_stops_the_telling(table):
    assert all(isinstance(fault, str) and fault for fault in faults(table))


@given(st.lists(st.sampled_from(sorted(FACETS)), min_size=1))
def test_facets_are_kept_once_each_in_whatever_order_they_are_written(facets):
    kept = read_item(type="facet", facets=facets).facets

    assert kept == tuple(facet for facet in FACETS if facet in facets)
