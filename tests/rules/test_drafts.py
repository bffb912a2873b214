"""A contract drafted from somebody else's form holds by the rules that every contract must hold."""

import pytest

from auditdocs.model.draft import Draft, DraftSection
from auditdocs.rules.forms.contracts import contract
from auditdocs.rules.forms.draft_types import drafted_item
from auditdocs.rules.forms.drafts import contract_text


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (("1A Is the plan clear?", "1B Is it shared?"), ("1a", "1b")),
        (("1.1 Is the plan clear?", "Q2. Is it shared?"), ("1.1", "2")),
        (("1A Is the plan clear?", "1a Is it shared?"), ("1.1", "1.2")),
    ],
)
def test_the_numbers_of_somebody_elses_form_are_kept_as_a_contract_writes_them(labels, numbers):
    items = tuple(drafted_item(label, "", "text", ()) for label in labels)
    draft = Draft(title="Case review", intro="", sections=(DraftSection(title="One", items=items),))
    text = contract_text(
        draft, key="case-review", prefix="CR", sheet="Case review", source="a form"
    )
    assert tuple(item.number for item in contract(text).items) == numbers


@pytest.mark.parametrize(
    "label", ["Is {{ child }} seen?", "{}}{ Is it seen?", "{{{% Is it seen? #}}"]
)
def test_braces_of_somebody_elses_form_are_no_tags_of_a_template(label):
    item = drafted_item(label, "", "text", ())
    draft = Draft(title=label, intro=label, sections=(DraftSection(title=label, items=(item,)),))
    text = contract_text(draft, key="review", prefix="R", sheet="Review", source="a form")
    (item,) = contract(text).items
    assert "seen?" in item.label
