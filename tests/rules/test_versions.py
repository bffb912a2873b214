"""Versions of a contract joined by item id: nothing an older form asked is lost."""

from dataclasses import replace

import pytest

from auditdocs.model.contract import Choice, Field
from auditdocs.rules.forms.versions import RETIRED, column_item, joined, unnumbered
from auditdocs.rules.register.audits import audit_row, audit_sheet
from tests.makers.cases import an_audit
from tests.makers.contracts import a_contract, an_item
from tests.makers.findings import a_record
from tests.makers.forms import EVERY_KIND

FIRST, SECOND = EVERY_KIND.sections


def with_items(*items):
    return replace(EVERY_KIND, sections=(replace(FIRST, items=items), SECOND))


def test_a_contract_without_earlier_versions_stands_as_it_is():
    assert joined(EVERY_KIND, ()) == EVERY_KIND
    assert joined(EVERY_KIND, (EVERY_KIND,)) == EVERY_KIND


def test_an_item_that_is_asked_no_more_stands_last_as_it_was_last_worded():
    current = with_items(*FIRST.items[1:])
    gone = FIRST.items[0]
    oldest = with_items(replace(gone, label="Words of long ago"), *FIRST.items[1:])
    whole = joined(current, (EVERY_KIND, oldest))
    assert whole.sections[-1].title == RETIRED
    known = replace(gone, formerly=(f"{gone.number} Words of long ago",))
    assert whole.sections[-1].items == (known,)
    assert whole.sections[:-1] == current.sections


def test_an_item_reworded_has_its_words_of_today():
    older = with_items(replace(FIRST.items[0], label="Words of long ago"), *FIRST.items[1:])
    known = replace(FIRST.items[0], formerly=(f"{FIRST.items[0].number} Words of long ago",))
    assert joined(EVERY_KIND, (older, EVERY_KIND, older)) == with_items(known, *FIRST.items[1:])


def test_an_item_whose_very_words_another_has_taken_is_told_apart():
    new = replace(FIRST.items[0], id="x_new")
    whole = joined(with_items(new, *FIRST.items[1:]), (EVERY_KIND,))
    titles = [item.title for item in whole.items]
    assert titles[-1] == f"{new.title} (earlier)"
    assert whole.items[-1].formerly == (new.title,)
    assert len(set(titles)) == len(titles)


def test_a_facet_that_was_asked_once_is_kept():
    now = replace(SECOND.items[0], facets=("P",))
    current = replace(EVERY_KIND, sections=(FIRST, replace(SECOND, items=(now, *SECOND.items[1:]))))
    assert joined(current, (EVERY_KIND,)).item(now.id).facets == ("P", "T", "U")


def test_a_facet_of_an_item_that_is_asked_no_more_is_kept_too():
    gone = replace(SECOND.items[0], facets=("P",))
    newer = replace(EVERY_KIND, sections=(FIRST, replace(SECOND, items=(gone,))))
    whole = joined(replace(EVERY_KIND, sections=(FIRST,)), (newer, EVERY_KIND))
    assert whole.item(gone.id).facets == ("P", "T", "U")


def test_a_field_that_only_earlier_versions_had_keeps_its_column():
    older = replace(EVERY_KIND, sign_off=(Field(name="witness", label="Witness"),))
    assert [field.name for field in joined(EVERY_KIND, (older,)).sign_off][-1] == "witness"


def test_a_field_in_other_words_is_known_by_its_heading_though_it_was_told_apart():
    then = replace(EVERY_KIND, sign_off=(Field(name="signed_by", label="Auditor"),))
    now = replace(EVERY_KIND, sign_off=(Field(name="signed_by", label="Name of who signed"),))
    (before,) = {each.heading for each in audit_sheet(then).columns} - {
        each.heading for each in audit_sheet(now).columns
    }
    assert before == "Auditor (signed)"
    (column,) = [
        each
        for each in audit_sheet(joined(now, (then,))).columns
        if each.heading == "Name of who signed"
    ]
    assert before in column.formerly


# Answered otherwise under the same id


def a_choice(*choices):
    codes = tuple(Choice(code=code, label=label) for code, label in choices)
    return an_item("v_where", label="Where does the child live?", type="choice", choices=codes)


def test_an_answer_keeps_the_words_of_the_form_it_was_given_on():
    then = a_contract(a_choice(("a", "At home"), ("b", "With carers")))
    now = replace(a_contract(a_choice(("a", "In a children's home"))), version=2)
    row = audit_row(an_audit(), a_record(answers={"v_where": "a"}), joined(now, (then,)), then)
    assert row["1.1 Where does the child live?"] == "At home"


OTHERWISE = {
    "yes or no": {"type": "yn"},
    "words": {"type": "text"},
    "a date": {"type": "date"},
    "standards": {"type": "facet", "facets": ("P", "T")},
}


@pytest.mark.parametrize("before", OTHERWISE)
@pytest.mark.parametrize("after", OTHERWISE)
def test_an_answer_of_another_kind_under_the_same_id_has_a_column_where_it_fits(before, after):
    then = a_contract(an_item("v_seen", **OTHERWISE[before]))
    now = replace(a_contract(an_item("v_seen", **OTHERWISE[after])), version=2)
    given = {
        key: {"date": "2026-08-19"}.get(then.items[0].kind, "yes") for key in then.items[0].keys
    }
    record = a_record(answers=given, comments={"v_seen": "Said so"})
    whole = joined(now, (then,))
    row = audit_row(an_audit(), record, whole, then)
    stands = [cell for heading, cell in row.items() if heading.startswith("1.1")]
    words = given.values() if before in ("words", "a date") else ("Yes" for _ in given)
    comment = ["Said so"] if then.items[0].comment_key else []
    assert [*map(str, stands)] == [*words, *comment]
    column = column_item(whole, then.items[0])
    assert (bool(column.facets), column.kind == "date") == (
        before == "standards",
        before == "a date",
    )


# Changed under the same number


def changed(**changes):
    return with_items(replace(FIRST.items[0], **changes), *FIRST.items[1:])


@pytest.mark.parametrize(
    "changes",
    [{"guidance": "Look twice."}, {"aliases": ("Old words",)}, {"source": "Policy 3"}],
)
def test_guidance_may_change_without_a_new_number(changes):
    assert unnumbered(changed(**changes), (EVERY_KIND,)) is None


@pytest.mark.parametrize("changes", [{"label": "Other words"}, {"required": False}, {"type": "yn"}])
def test_what_is_asked_may_not(changes):
    told = unnumbered(changed(**changes), (EVERY_KIND,))
    assert told
    assert f'"version = {EVERY_KIND.version + 1}"' in told[1]


def test_a_higher_number_and_a_return_to_the_words_of_an_earlier_one_are_in_order():
    new = replace(changed(label="Other words"), version=EVERY_KIND.version + 1)
    assert unnumbered(new, (EVERY_KIND,)) is None
    assert unnumbered(EVERY_KIND, (EVERY_KIND, new)) is None


def test_a_lower_number_that_no_form_had_is_told():
    newest = replace(changed(label="Other words"), version=EVERY_KIND.version + 3)
    assert unnumbered(EVERY_KIND, (newest,))


def test_another_types_contract_says_nothing_of_this_one():
    assert unnumbered(changed(label="Other words"), (replace(EVERY_KIND, key="other"),)) is None
