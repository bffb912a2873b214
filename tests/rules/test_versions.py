"""Versions of a contract joined by item id: nothing an older form asked is lost."""

from dataclasses import replace

from auditdocs.rules.forms.versions import RETIRED, joined
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
    assert whole.sections[-1].items == (gone,)
    assert whole.sections[:-1] == current.sections


def test_an_item_reworded_has_its_words_of_today():
    older = with_items(replace(FIRST.items[0], label="Words of long ago"), *FIRST.items[1:])
    assert joined(EVERY_KIND, (older,)) == EVERY_KIND


def test_an_item_whose_very_words_another_has_taken_is_told_apart():
    new = replace(FIRST.items[0], id="x_new")
    whole = joined(with_items(new, *FIRST.items[1:]), (EVERY_KIND,))
    titles = [item.title for item in whole.items]
    assert titles[-1] == f"{new.title} (earlier)"
    assert len(set(titles)) == len(titles)


def test_a_facet_that_was_asked_once_is_kept():
    now = replace(SECOND.items[0], facets=("P",))
    current = replace(EVERY_KIND, sections=(FIRST, replace(SECOND, items=(now, *SECOND.items[1:]))))
    assert joined(current, (EVERY_KIND,)).item(now.id).facets == ("P", "T", "U")
