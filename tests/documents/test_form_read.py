"""A form read back: what was written is what is read, whatever editor and whoever was at it."""

from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from auditdocs.documents.forms.read import document, identity
from auditdocs.documents.forms.written import is_blank, without_prompts
from auditdocs.documents.package import package
from auditdocs.model.form import CATEGORIES, NEED_TYPES, PRIORITIES, RECOMMENDATION_COLUMNS
from auditdocs.model.people import ROLES
from auditdocs.rules.forms.fields import PROMPTS
from auditdocs.rules.forms.scales import listed
from tests.makers.damaged_forms import (
    an_old_box,
    an_old_list,
    as_libreoffice_leaves_it,
    as_pandoc_leaves_it,
    with_cell_split,
    with_check_box,
    with_in_cell,
    with_old_field,
    with_paragraphs,
    with_row_added_by_hand,
    with_row_deleted,
    with_tracked_changes,
    with_typed_beside_control,
    with_typed_over_control,
)
from tests.makers.forms import (
    A_FORM_ID,
    EVERY_KIND,
    W,
    a_blank_form,
    a_form,
    a_row,
    a_run,
    an_issued_form,
    body_of,
    cell_of,
    control_of,
    edited,
    element,
    read,
    replaced,
    row_of,
    texts,
    the_contract,
    with_body,
    with_part,
    without_part,
)

EMPTY = an_issued_form()


def answers(form):
    return texts(read(form).answers)


def carriers(form):
    return {answer.carrier for answer in read(form).answers.values()}


# The law: what is written is what is read.

ANY_TEXT = (
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
        | st.sampled_from("\n\t<>&{}%☐–"),
        min_size=1,
        max_size=60,
    )
    .map(lambda text: "\n".join(filter(None, map(str.strip, text.split("\n")))))
    .filter(lambda text: not is_blank(text))
)
"""Lines as an answer keeps them: without the empty ones, which editors add and drop."""
CHOICES = {
    "category": CATEGORIES,
    "priority": PRIORITIES,
    "need_type": NEED_TYPES,
}


def typed(kind, choices=()):
    """What may be typed or chosen for an answer of that kind."""
    offered = listed(kind, choices)
    return st.sampled_from([choice.label for choice in offered]) if offered else ANY_TEXT


def some_of(every):
    return st.fixed_dictionaries({}, optional=every)


def everything():
    """Any answers, comments and fields by tag."""
    every = {}
    for item in EVERY_KIND.items:
        every |= dict.fromkeys(item.keys, typed(item.kind, item.choices))
        every |= {item.comment_key: ANY_TEXT} if item.comment_key else {}
    for field in (*EVERY_KIND.auditor, *EVERY_KIND.sign_off):
        every[field.name] = typed(field.type, field.choices)
    return some_of(every)


ROW = {name: typed("choice", CHOICES.get(name, ())) for name in RECOMMENDATION_COLUMNS} | {
    "linked_item": st.sampled_from([item.title for item in EVERY_KIND.items]),
    "owner_role": st.sampled_from([*ROLES.values()]),
}
ROWS = st.lists(some_of(ROW), max_size=5)
DAMAGES = {
    "word": lambda form: form,
    "libreoffice": as_libreoffice_leaves_it,
    "pandoc": as_pandoc_leaves_it,
}


BOXED = "keep the box ☐"
"""An answer may hold what an empty box shows."""


@pytest.mark.parametrize("editor", DAMAGES)
@settings(max_examples=20)
@given(said=everything(), rows=ROWS)
@example(said={"contact_sheet_date": BOXED}, rows=[{"recommendation": BOXED}])
def test_what_is_written_is_what_is_read(editor, said, rows):
    found = read(DAMAGES[editor](a_form(said, rows)))
    printed = texts(read(EMPTY).fields)

    assert texts(found.answers | found.fields) == printed | said
    written = [{**row, "row": str(number)} for number, row in enumerate(rows, 1) if row]
    assert list(found.recommendations) == written
    assert found.conflicts == ()
    ways = ("by their place", "by the bookmarks")
    assert [note for note in found.notes if not any(way in note for way in ways)] == []
    assert (found.notes == ()) is (editor == "word")


# How an answer is found.


def test_each_editor_leaves_another_way_to_find_an_answer():
    form = a_form({"x_grade": "Good", "x_visits.P": "Yes", "sources_read": "File"})
    assert carriers(form) == {"tag"}
    assert carriers(as_libreoffice_leaves_it(form)) == {"bookmark"}
    assert carriers(as_pandoc_leaves_it(form)) == {"label"}
    assert read(as_pandoc_leaves_it(form)).fields["sources_read"].carrier == "label"


def test_remarks_in_the_markup_hide_no_text():
    def remarked(body):
        for text in body.iter(f"{W}t"):
            if text.text == "Every word":
                text.text = "Every "
                text.append(etree.Comment("typed by a program"))
                text[0].tail = "word"

    form = edited(a_form({"x_text": "Every word"}), remarked)
    assert texts(read(form).answers)["x_text"] == "Every word"


def test_an_answer_is_found_by_its_words_where_the_number_is_gone():
    form = as_pandoc_leaves_it(a_form({"x_grade": "Good"}))
    for words in ("Plan is good", "  plan IS\u00a0good "):
        bare = edited(form, lambda body, words=words: relabelled(body, "1.1 Plan is good", words))
        assert read(bare).answers["x_grade"].carrier == "label"


def test_an_answer_is_found_by_its_number_where_the_words_are_others():
    form = as_pandoc_leaves_it(a_form({"x_grade": "Good"}))
    bare = edited(form, lambda body: relabelled(body, "1.1 Plan is good", "1.1 Quality"))
    assert read(bare).answers["x_grade"].carrier == "number"


@pytest.mark.parametrize("space", ["\t", "\u00a0", "  "])
def test_a_number_ends_at_whatever_space_an_editor_leaves(space):
    form = as_pandoc_leaves_it(a_form({"x_grade": "Good"}))
    words = f"1.1{space}Quality"
    bare = edited(form, lambda body: relabelled(body, "1.1 Plan is good", words))
    assert read(bare).answers["x_grade"].carrier == "number"


def test_the_words_of_a_question_are_believed_before_its_number():
    form = as_pandoc_leaves_it(a_form({"x_grade": "Good", "x_overall": "Inadequate"}))
    moved = edited(form, lambda body: relabelled(body, "1.1 Plan is good", "Plan is good"))
    swapped = edited(moved, lambda body: relabelled(body, "1.2 Overall", "1.1 Overall"))
    assert answers(swapped)["x_grade"] == "Good"


def test_rows_whose_numbers_were_exchanged_are_read_by_their_words_and_told():
    said = {"x_grade": "Good", "x_overall": "Inadequate"}
    form = as_pandoc_leaves_it(a_form(said))
    for was, now in (("1.1 Plan is good", "1.2 Plan is good"), ("1.2 Overall", "1.1 Overall")):
        form = edited(form, lambda body, was=was, now=now: relabelled(body, was, now))
    assert answers(form) == said
    assert (
        "Read by their words, for beside them stands the number of another question, so to be "
        "looked at: 1.1 Plan is good, 1.2 Overall (section 1 Practice)."
    ) in read(form).notes


@pytest.mark.parametrize("words", ["Is the child safe to-day?", "The child is safe today?"])
def test_an_answer_is_found_by_a_question_worded_much_alike_and_told(words):
    form = as_pandoc_leaves_it(a_form({"x_yn": "Yes"}))
    bare = edited(form, lambda body: relabelled(body, "1.3 Is the child safe today?", words))
    assert read(bare).answers["x_yn"].carrier == "wording"
    assert (
        "Found by a question worded much like theirs, so to be looked at: "
        "1.3 Is the child safe today? (section 1 Practice)."
    ) in read(bare).notes


@pytest.mark.parametrize("words", ["Something else altogether", "Seen", "Visit 3", "Visits?"])
def test_a_question_worded_otherwise_or_like_several_finds_nothing(words):
    items = (
        replace(EVERY_KIND.items[0], label="Visit 1"),
        replace(EVERY_KIND.items[1], label="Visit 2"),
    )
    of = replace(EVERY_KIND, sections=(replace(EVERY_KIND.sections[0], items=items),))
    form = as_pandoc_leaves_it(a_form({"x_grade": "Good"}, of=of))
    bare = edited(form, lambda body: relabelled(body, "1.1 Visit 1", words))
    assert answers_of(bare, of) == {}


def answers_of(form, of):
    return texts(read(form, of).answers)


def test_words_that_stand_for_two_questions_find_each_in_its_order():
    of = with_one_label_twice()
    said = {"x_grade": "Good", "x_overall": "Inadequate"}
    form = as_pandoc_leaves_it(a_form(said, of=of))
    for number in ("1.1", "1.2"):
        words = f"{number} Plan is good"
        form = edited(form, lambda body, words=words: relabelled(body, words, "Plan is good"))
    assert answers_of(form, of) == said


def test_words_that_stand_for_two_questions_find_neither_where_one_is_gone():
    of = with_one_label_twice()
    form = as_pandoc_leaves_it(with_row_deleted(a_form({"x_grade": "Good"}, of=of), "x_overall"))
    bare = edited(form, lambda body: relabelled(body, "1.1 Plan is good", "Plan is good"))
    assert answers_of(bare, of) == {}


def with_one_label_twice():
    item = replace(EVERY_KIND.items[1], label=EVERY_KIND.items[0].label)
    first, second = EVERY_KIND.sections
    return replace(EVERY_KIND, sections=(replace(first, items=(first.items[0], item)), second))


def relabelled(body, old, new):
    """The label cell that says `old` says `new`."""
    labels = [text for text in body.iter(f"{W}t") if text.text == old]
    labels[0].text = new


def test_a_number_is_a_label_only_at_the_beginning_of_a_row():
    form = a_form({"x_grade.comment": "1.2 Overall", "x_overall.comment": "Mine"})
    assert answers(as_pandoc_leaves_it(form)) == {
        "x_grade.comment": "1.2 Overall",
        "x_overall.comment": "Mine",
    }


def test_an_answer_that_reads_like_a_label_is_no_label():
    form = a_form({"signed_auditor": "Team manager", "sources_read": "Team"}, auditor_role="tm")
    found = read(as_pandoc_leaves_it(form))
    assert texts(found.fields) == texts(read(form).fields)
    assert found.conflicts == ()


def test_the_number_printed_on_the_form_is_believed_less_than_the_bookmark():
    form = as_libreoffice_leaves_it(a_form({"x_grade": "Good", "x_overall": "Inadequate"}))
    swapped = edited(form, lambda body: relabelled(body, "1.1 Plan is good", "1.2 Plan is good"))
    assert answers(swapped) == {"x_grade": "Good", "x_overall": "Inadequate"}


def test_a_control_outside_all_tables_is_read():
    def edit(body):
        control = control_of(body, "x_grade")
        body.find(f"{W}body").insert(0, element("p", deepcopy(control)))
        row = next(control.iterancestors(f"{W}tr"))
        row.getparent().remove(row)

    assert answers(edited(a_form({"x_grade": "Good"}), edit)) == {"x_grade": "Good"}


def test_a_control_that_holds_its_whole_cell_is_read_and_its_neighbour_too():
    def edit(body):
        cell, control = cell_of(body, "x_grade"), control_of(body, "x_grade")
        properties = element("sdtPr", element("tag", val="x_grade"))
        holder = element("sdt", properties, element("sdtContent"))
        cell.addprevious(holder)
        holder[1].append(cell)
        control.addnext(a_run("Good"))
        control.getparent().remove(control)

    form = edited(EMPTY, edit)
    assert answers(form) == {"x_grade": "Good"}
    assert carriers(form) == {"tag"}


def test_two_controls_in_one_cell_are_two_answers():
    def edit(body):
        comment = control_of(body, "x_grade.comment")
        cell = next(comment.iterancestors(f"{W}tc"))
        cell_of(body, "x_grade").append(comment)
        cell.append(element("p"))

    form = edited(a_form({"x_grade": "Good", "x_grade.comment": "Because"}), edit)
    assert answers(form) == {"x_grade": "Good", "x_grade.comment": "Because"}


def test_answers_come_in_the_order_of_the_form():
    said = {"x_overall": "Good", "x_grade": "Inadequate", "x_visits.U": "Yes", "x_visits.P": "No"}
    order = ["x_grade", "x_overall", "x_visits.P", "x_visits.U"]
    for editor in DAMAGES.values():
        assert [*answers(editor(a_form(said)))] == order


def test_a_deleted_row_is_missed_and_an_empty_one_is_not():
    found = read(with_row_deleted(EMPTY, "x_ynp"))
    assert "x_ynp" not in found.seen
    assert "x_yn" in found.seen
    assert "x_yn" not in found.answers


def test_a_table_without_its_heading_row_is_read_by_its_controls():
    def edit(body):
        heading = next(row_of(body, "x_visits.P").itersiblings(f"{W}tr", preceding=True))
        heading.getparent().remove(heading)

    said = {"x_visits.P": "No", "x_visits.comment": "Late", "x_seen.U": "Yes"}
    assert answers(edited(a_form(said), edit)) == said


# What stands in a cell.


@pytest.mark.parametrize("tag", ["x_grade", "x_date", "x_visits.P", "signed_auditor"])
@pytest.mark.parametrize(("before", "after"), [("Mine", ""), ("", "Mine"), (" ", " Mine ")])
def test_text_typed_beside_a_control_is_read_without_the_prompt(tag, before, after):
    found = read(with_typed_beside_control(EMPTY, tag, before=before, after=after))
    assert texts(found.answers | found.fields)[tag] == "Mine"


def test_text_typed_on_both_sides_of_a_prompt_is_left_for_a_person_to_see():
    form = with_typed_beside_control(EMPTY, "x_grade", before="Good", after="enough")
    assert answers(form) == {"x_grade": "GoodChoose an answer.enough"}


def test_prompts_are_taken_away_in_front_behind_and_round():
    prompts = tuple(PROMPTS.values())
    for prompt in prompts:
        for text in (
            f"{prompt}Mine",
            f"Mine{prompt}",
            f"{prompt} Mine\n{prompt}",
            f"{prompt}\nMine",
        ):
            assert without_prompts(text, prompts) == "Mine"
        assert without_prompts(f" {prompt} ", prompts) == ""
    assert without_prompts("Mine: " + prompts[0] + " and more", prompts).startswith("Mine: Click")


def test_a_prompt_that_begins_like_another_is_taken_away_whole():
    of = replace(
        EVERY_KIND, prompts={**PROMPTS, "text": "Type here.", "comment": "Type here. Please."}
    )
    form = as_libreoffice_leaves_it(a_form({"x_grade.comment": "Mine"}, of=of), of)
    assert texts(read(form, of).answers) == {"x_grade.comment": "Mine"}


def test_text_typed_over_a_control_is_read():
    form = with_typed_over_control(EMPTY, "x_grade", "good")
    assert answers(form) == {"x_grade": "good"}
    assert carriers(form) == {"bookmark"}


@pytest.mark.parametrize(
    "blank", ["", " ", "\u2002" * 5, "-", "–", "—", "…".replace("…", "..."), "____", "☐", "\u200b"]
)
def test_spaces_dashes_dots_and_an_empty_box_are_no_answer(blank):
    assert answers(with_typed_over_control(EMPTY, "x_text", blank)) == {}


def test_paragraphs_breaks_and_tabs_are_kept():
    form = with_paragraphs(EMPTY, "x_text", "One", "Two")
    assert answers(form) == {"x_text": "One\nTwo"}
    pieces = ("r", "br"), ("r", "cr"), ("r", "tab"), ("r", "noBreakHyphen")
    runs = [element(holder, element(name)) for holder, name in pieces]
    mixed = [each for run in runs for each in (a_run("a"), run)]
    assert answers(with_in_cell(EMPTY, "x_grade", *mixed, a_run("z"))) == {
        "x_grade": "a\na\na\ta-z"
    }


def test_links_smart_tags_fields_and_insertions_are_unwrapped():
    wrapped = [
        element("hyperlink", a_run("a")),
        element("smartTag", a_run("b")),
        element("fldSimple", a_run("c"), instr=" DATE "),
        element("ins", a_run("d")),
        element("moveTo", a_run("e")),
        element("customXml", element("r", element("instrText", text="PAGE")), a_run("f")),
        element("del", element("r", element("delText", text="x"))),
        element("moveFrom", a_run("x")),
    ]
    assert answers(with_in_cell(EMPTY, "x_grade", *wrapped)) == {"x_grade": "abcdef"}


def a_hidden_run(text, **marked):
    """A run that Word shows only to those who look for hidden text."""
    return element("r", element("rPr", element("vanish", **marked)), element("t", text=text))


def test_hidden_text_is_no_part_of_an_answer_and_is_told():
    """As it comes along with what is pasted from a web page."""
    pasted = a_hidden_run("Top of Form"), a_run("Good"), a_hidden_run(" Inadequate", val="1")
    found = read(with_in_cell(EMPTY, "x_grade", *pasted))
    assert texts(found.answers) == {"x_grade": "Good"}
    assert "Text in the form is hidden (Font, Hidden): it was not read." in found.notes


def test_what_is_marked_as_hidden_and_seen_all_the_same_is_read():
    end = element("pPr", element("rPr", element("vanish")))
    shown = a_hidden_run("Good", val="0")
    found = read(with_in_cell(EMPTY, "x_grade", element("p", end, shown)))
    assert texts(found.answers) == {"x_grade": "Good"}
    assert not [note for note in found.notes if "hidden" in note]


def test_of_two_renderings_of_one_thing_the_first_is_read():
    space = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    both = etree.Element(f"{space}AlternateContent")
    for name in ("Choice", "Fallback"):
        etree.SubElement(both, f"{space}{name}").append(element("p", a_run("Once")))
    assert answers(with_in_cell(EMPTY, "x_grade", element("r", both))) == {"x_grade": "Once"}


def test_tab_stops_and_formatting_are_no_text():
    def edit(body):
        paragraph = control_of(body, "x_grade").getparent()
        tabs = element("tabs", element("tab", val="left"))
        paragraph.insert(0, element("pPr", tabs, element("rPr", element("ins", id="1"))))

    assert answers(edited(a_form({"x_grade": "Good"}), edit)) == {"x_grade": "Good"}


def test_of_tracked_changes_the_insertion_is_read_and_a_note_made():
    form = with_tracked_changes(EMPTY, "x_text", was="Old words", now="New words")
    assert answers(form) == {"x_text": "New words"}
    assert read(form).notes == (
        "The form has tracked changes: insertions were read, deletions left out.",
    )


def test_a_row_that_was_struck_out_is_not_there():
    def edit(body):
        row_of(body, "rec.recommendation").find(f"{W}trPr").append(element("del", id="1"))

    form = edited(a_form({}, [a_row(), a_row(owner_name="Bob Baker")]), edit)
    assert [row["owner_name"] for row in read(form).recommendations] == ["Bob Baker"]


def test_a_table_pasted_into_an_answer_is_part_of_the_answer():
    rows = [("1.2", "Overall"), ("Team", "South")]
    cells = [[element("tc", element("p", a_run(text))) for text in row] for row in rows]
    table = element("tbl", *(element("tr", *row) for row in cells))

    def edit(body):
        cell_of(body, "x_grade.comment").append(table)
        cell_of(body, "x_grade.comment").append(element("p"))

    form = edited(a_form({"x_grade.comment": "See:", "x_overall": "Good"}), edit)
    for damaged in (form, as_libreoffice_leaves_it(form), as_pandoc_leaves_it(form)):
        found = answers(damaged)
        assert found["x_grade.comment"].split() == ["See:", "1.2", "Overall", "Team", "South"]
        assert found["x_overall"] == "Good"
        assert read(damaged).conflicts == ()


def test_a_form_laid_out_inside_another_table_is_read():
    def edit(body):
        block = body.find(f"{W}body")
        kept = [*block][:-1]
        block.insert(0, element("tbl", element("tr", element("tc", *kept, element("p")))))

    said = {"x_grade": "Good", "x_grade.comment": "Because", "x_seen.U": "No"}
    form = a_form(said, [a_row()])
    for damaged in (form, as_libreoffice_leaves_it(form)):
        found = read(edited(damaged, edit))
        assert texts(found.answers) == said
        assert len(found.recommendations) == 1
        assert found.identity.body == A_FORM_ID


# Cells merged and split.


@pytest.mark.parametrize("tag", ["x_grade", "x_visits.T", "x_text"])
def test_an_answer_in_a_cell_that_was_split_is_read_whole(tag):
    form = with_cell_split(
        a_form({"x_ynp": "Yes", "x_seen.U": "No"}), tag, left="Good", right="enough"
    )
    found = read(form)
    assert found.answers[tag].text == "Good\nenough"
    assert found.answers["x_ynp"].text == "Yes"
    assert found.answers["x_seen.U"].text == "No"
    assert found.conflicts == ()


def test_an_answer_merged_with_its_comment_is_not_taken_for_a_choice():
    def edit(body):
        cell, comment = cell_of(body, "x_grade"), cell_of(body, "x_grade.comment")
        cell.find(f"{W}tcPr").append(element("gridSpan", val="2"))
        for child in [*comment][1:]:
            cell.append(child)
        comment.getparent().remove(comment)

    form = a_form({"x_grade": "Good", "x_grade.comment": "Because"})
    merged = as_libreoffice_leaves_it(edited(form, edit))
    assert answers(merged)["x_grade"].startswith("Good\n")


# The same question found twice.


def with_copied_row(form, tag, text):
    """The row of a control copied below itself, another text in the copy."""

    def edit(body):
        row = row_of(body, tag)
        copy = deepcopy(row)
        row.addnext(copy)
        for run in [*control_of(copy, tag).iter(f"{W}r")][1:]:
            run.getparent().remove(run)
        next(control_of(copy, tag).iter(f"{W}t")).text = text

    return edited(form, edit)


def test_one_answer_found_twice_alike_is_one_answer():
    for again in ("Good", "good ", PROMPTS["choice"], ""):
        found = read(with_copied_row(a_form({"x_grade": "Good"}), "x_grade", again))
        assert texts(found.answers) == {"x_grade": "Good"}
        assert found.conflicts == ()


def test_of_an_empty_and_a_filled_answer_the_filled_one_is_taken():
    found = read(with_copied_row(EMPTY, "x_grade", "Good"))
    assert texts(found.answers) == {"x_grade": "Good"}
    assert found.conflicts == ()


def test_two_different_answers_to_one_question_are_a_conflict():
    found = read(with_copied_row(a_form({"x_grade": "Good"}), "x_grade", "Inadequate"))
    assert found.conflicts == ("x_grade",)
    comment = read(with_copied_row(a_form({"x_grade.comment": "A"}), "x_grade.comment", "B"))
    assert comment.conflicts == ("x_grade.comment",)


def test_a_control_moved_into_another_row_still_speaks_for_its_own_question():
    def edit(body):
        target = cell_of(body, "x_overall")
        control = control_of(body, "x_grade")
        for child in [*target][1:]:
            target.remove(child)
        target.append(element("p", control))

    found = read(edited(a_form({"x_grade": "Good"}), edit))
    assert texts(found.answers) == {"x_overall": "Good", "x_grade": "Good"}


# Boxes, old fields and symbols.


@pytest.mark.parametrize(
    ("glyph", "checked", "text"),
    [
        ("☒", {"val": "1"}, "☒"),
        ("☐", {"val": "1"}, None),
        ("☑", {"val": "0"}, "☑"),
        ("", {"val": "1"}, "☒"),
        ("", {"val": "true"}, "☒"),
        ("", {}, "☒"),
        ("", {"val": "0"}, None),
        ("", {"val": "false"}, None),
        ("x", {"val": "0"}, "x"),
    ],
)
def test_a_check_box_is_read_by_its_glyph_and_then_by_its_state(glyph, checked, text):
    form = with_check_box(EMPTY, "x_yn", glyph=glyph, **checked)
    assert answers(form).get("x_yn") == text


@pytest.mark.parametrize(
    ("states", "text"),
    [
        ([("checked", None)], "☒"),
        ([("checked", "1")], "☒"),
        ([("default", "0"), ("checked", "1")], "☒"),
        ([("default", "1"), ("checked", "0")], None),
        ([("default", "1")], "☒"),
        ([("default", "0")], None),
        ([], None),
    ],
)
def test_an_old_check_box_is_read_by_its_state(states, text):
    form = with_old_field(EMPTY, "x_yn", field=an_old_box(*states))
    assert answers(form).get("x_yn") == text


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ({"result": 1}, "Good"),
        ({"default": 1}, "Good"),
        ({"result": 0, "default": 1}, "Outstanding"),
        ({}, "Outstanding"),
        ({"result": 9}, None),
    ],
)
def test_an_old_drop_down_list_is_read_by_what_is_chosen(places, text):
    field = an_old_list("Outstanding", "Good", **places)
    assert answers(with_old_field(EMPTY, "x_grade", field=field)).get("x_grade") == text


def test_an_old_text_field_is_read_by_what_it_shows():
    field = element("textInput")
    shown = with_old_field(EMPTY, "x_text", field=field, result="Words")
    assert answers(shown) == {"x_text": "Words"}
    assert answers(with_old_field(EMPTY, "x_text", field=field, result="\u2002" * 5)) == {}


@pytest.mark.parametrize(
    ("char", "text"), [("F0FC", "✓"), ("f0fe", "☑"), ("F0A8", None), ("F041", None)]
)
def test_a_tick_put_in_as_a_symbol_is_a_tick(char, text):
    symbol = element("r", element("sym", font="Wingdings", char=char))
    assert answers(with_in_cell(EMPTY, "x_yn", symbol)).get("x_yn") == text
    greek = element("r", element("sym", font="Symbol", char=char))
    assert answers(with_in_cell(EMPTY, "x_yn", greek)) == {}


# Identity.


def test_each_place_that_names_the_audit_is_read_by_itself():
    def without_header(body):
        row = row_of(body, "audit_id")
        row.getparent().remove(row)

    found = read(EMPTY).identity
    assert found.references == {A_FORM_ID}
    bare = edited(without_part(EMPTY, "docProps/core.xml"), without_header)
    assert read(bare).identity == replace(found, body="", core="")
    assert read(as_libreoffice_leaves_it(EMPTY)).identity == found
    only_the_table = read(as_pandoc_leaves_it(EMPTY)).identity
    assert (only_the_table.body, only_the_table.references) == (A_FORM_ID, {A_FORM_ID})


@pytest.mark.parametrize("key", ["accuracy-agreement", "discussion", "decision", "moderation"])
def test_a_form_about_a_team_or_an_audit_that_pandoc_saved_still_names_itself(key):
    of = the_contract(key)
    blank = a_blank_form(of)
    form = edited(blank, lambda body: in_control(body, "audit_id", A_FORM_ID))
    assert read(as_pandoc_leaves_it(form), of).identity.references == {A_FORM_ID}


def in_control(body, tag, words):
    """A control that says these words."""
    content = control_of(body, tag).find(f"{W}sdtContent")
    content[:] = [a_run(words)]


@pytest.mark.parametrize("part", ["docProps/custom.xml", "docProps/core.xml", "word/footer1.xml"])
def test_a_place_that_names_another_audit_is_seen(part):
    other = "V-2026-09-0002"
    form = replaced(EMPTY, part, A_FORM_ID.encode(), other.encode())
    assert read(form).identity.references == {A_FORM_ID, other}


def test_a_body_pasted_from_another_form_is_seen():
    other = with_body(EMPTY, body_of(an_issued_form(audit_id="V-2026-09-0002")))
    assert read(other).identity.references == {A_FORM_ID, "V-2026-09-0002"}


def test_two_forms_in_one_document_are_seen():
    def edit(body):
        second = body_of(an_issued_form(audit_id="V-2026-09-0002")).find(f"{W}body")
        body.find(f"{W}body").extend(second)

    assert len(read(edited(EMPTY, edit)).identity.references) == 2


def test_a_reference_quoted_in_an_answer_is_no_identity():
    form = a_form({"x_text": "As in V-2026-01-0009", "x_grade.comment": "V-2026-01-0008"})
    assert read(form).identity.references == {A_FORM_ID}
    bare = without_part(as_pandoc_leaves_it(form), "docProps/core.xml")
    assert read(bare).identity.references == {A_FORM_ID}


def test_identity_needs_no_contract_and_is_empty_in_a_stranger():
    stranger = with_body(EMPTY, etree.fromstring(f'<w:document xmlns:w="{W[1:-1]}"/>'))
    for part in ("docProps/custom.xml", "docProps/core.xml", "word/footer1.xml"):
        stranger = without_part(stranger, part)
    found = identity(document(package(stranger)))
    assert found.references == frozenset()
    assert found.type == found.version == found.fingerprint == ""


def test_a_reference_in_words_autocorrect_dashes_is_the_same_reference():
    form = replaced(EMPTY, "word/footer1.xml", A_FORM_ID.encode(), "v–2026–09‑0001".encode())
    assert read(form).identity.footer == A_FORM_ID


# Recommendations.


def test_recommendations_typed_by_hand_below_are_read():
    form = with_row_added_by_hand(a_form({}, [a_row()]), a_row(owner_name="Bob Baker"))
    for damaged in (form, as_libreoffice_leaves_it(form), as_pandoc_leaves_it(form)):
        rows = read(damaged).recommendations
        assert [(row["owner_name"], row["row"]) for row in rows] == [
            ("Ann Archer", "1"),
            ("Bob Baker", "6"),
        ]


def test_rows_of_a_table_that_was_split_are_still_its_rows():
    rows = [a_row(owner_name=name) for name in ("Ann Archer", "Bob Baker")]

    def split(body):
        first = row_of(body, "rec.recommendation")
        second = row_of(body, "rec.recommendation", 1)
        table = next(first.iterancestors(f"{W}tbl"))
        words = ["".join(cell.itertext()) for cell in second.iter(f"{W}tc")]
        cells = [element("tc", element("p", a_run(each))) for each in words]
        table.addnext(element("tbl", element("tr", *cells)))
        table.addnext(element("p"))
        second.getparent().remove(second)

    found = read(edited(a_form({}, rows), split))
    assert [row["owner_name"] for row in found.recommendations] == ["Ann Archer", "Bob Baker"]
    assert texts(found.answers) == {}


def test_rows_of_a_table_that_was_copied_whole_count_once():
    rows = [a_row(owner_name=name) for name in ("Ann Archer", "Bob Baker", "Bob Baker")]

    def copy(body):
        table = next(row_of(body, "rec.recommendation").iterancestors(f"{W}tbl"))
        table.addnext(deepcopy(table))
        table.addnext(element("p"))

    copied = edited(a_form({}, rows), copy)
    assert read(copied).recommendations == read(a_form({}, rows)).recommendations
    more = with_row_added_by_hand(copied, a_row(owner_name="Cy Cole"))
    assert [row["owner_name"] for row in read(more).recommendations][-1] == "Cy Cole"
    assert len(read(more).recommendations) == len(rows) + 1


def test_a_row_that_was_taken_out_leaves_the_others():
    rows = [a_row(owner_name=name) for name in ("Ann Archer", "Bob Baker", "Cy Cole")]
    form = with_row_deleted(a_form({}, rows), "rec.recommendation", nth=1)
    assert [row["owner_name"] for row in read(form).recommendations] == ["Ann Archer", "Cy Cole"]


def test_rows_are_read_under_their_headings_wherever_these_stand():
    def edit(body):
        table = next(control_of(body, "rec.recommendation").iterancestors(f"{W}tbl"))
        for row in table.iter(f"{W}tr"):
            first = next(row.iter(f"{W}tc"))
            first.getparent().append(first)

    form = a_form({}, [a_row()])
    assert read(edited(form, edit)).recommendations == read(form).recommendations


def test_a_column_that_people_added_disturbs_no_other():
    def edit(body):
        table = next(control_of(body, "rec.recommendation").iterancestors(f"{W}tbl"))
        for place, row in enumerate(table.iter(f"{W}tr")):
            words = "Remarks" if place == 0 else "Soon"
            row.append(element("tc", element("p", a_run(words))))

    form = a_form({}, [a_row()])
    assert read(edited(form, edit)).recommendations[0] == read(form).recommendations[0]


def test_rows_whose_headings_are_gone_or_reworded_are_read_by_their_controls():
    def heading_of(body):
        table = next(control_of(body, "rec.recommendation").iterancestors(f"{W}tbl"))
        return next(table.iter(f"{W}tr"))

    def taken_out(body):
        heading = heading_of(body)
        heading.getparent().remove(heading)

    def reworded(body):
        next(heading_of(body).iter(f"{W}t")).text = "Action"

    form = a_form({}, [a_row(), a_row(owner_name="Bob Baker")])
    for edit in (taken_out, reworded):
        assert read(edited(form, edit)).recommendations == read(form).recommendations


def test_an_answer_that_reads_like_a_heading_of_recommendations_makes_no_table_of_them():
    said = {"x_visits.comment": "Recommendation", "x_seen.comment": "Priority"}
    assert answers(as_pandoc_leaves_it(a_form(said))) == said


# What a person should know.


def test_comments_in_the_margin_are_kept_as_notes():
    comments = element("comments", element("comment", element("p", a_run("Ask & see")), id="0"))
    form = with_part(EMPTY, "word/comments.xml", etree.tostring(comments))
    assert read(form).notes == (
        "A comment in its margin, which counts as no answer: \u201cAsk & see\u201d",
    )
    assert answers(form) == {}


def test_a_part_for_comments_that_holds_none_is_nothing_to_tell():
    assert read(with_part(EMPTY, "word/comments.xml", b"<comments/>")).notes == ()


def test_answers_found_by_their_place_are_counted():
    said = {"x_grade": "Good", "x_seen.P": "Yes"}
    notes = read(as_libreoffice_leaves_it(a_form(said))).notes
    assert notes == (
        "Answer fields are gone; found by the bookmarks of their questions: 20 answers.",
    )
    notes = read(as_pandoc_leaves_it(a_form(said))).notes
    assert notes == ("Found by their place in the form, not by their answer field: 20 answers.",)


def test_answer_fields_that_no_contract_knows_are_told():
    form = replaced(EMPTY, "word/document.xml", b'w:val="x_grade"', b'w:val="x_other"')
    assert read(form).notes == ("Not of this form's contract, and not read: 1 answer field.",)
    both = replaced(form, "word/document.xml", b'w:val="x_overall"', b'w:val="x_new"')
    assert read(both).notes == ("Not of this form's contract, and not read: 2 answer fields.",)
