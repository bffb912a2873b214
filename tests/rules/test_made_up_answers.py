"""The made-up auditor: answers that hold by every rule, the same for the same seed."""

from collections import Counter

import pytest

from auditdocs.model.form import Form, Found, Identity
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.made_up.answers import ROWS, made_up_answers
from auditdocs.rules.returns.records import judged
from tests.makers.cases import a_case
from tests.makers.forms import KEYS, an_issued_audit, the_contract
from tests.makers.records import AUDITED, RETURNED

SEEDS = [str(seed) for seed in range(40)]
CASES = [frozenset({"CIN"}), frozenset({"CP", "LAC"}), frozenset()]


def an_audit_of(key, types=frozenset({"CP", "LAC"})):
    of = the_contract(key)
    printed = tuple(
        item.id for item in of.items if not item.applies or not types.isdisjoint(item.applies)
    )
    case = a_case(case_types=types)
    return an_issued_audit(of, case, printed=printed, worker="Ann Archer")


def said(key, seed="", types=frozenset({"CP", "LAC"})):
    return made_up_answers(the_contract(key), an_audit_of(key, types), audited=AUDITED, seed=seed)


def as_read(made, of):
    """The answers as a reader would give them back."""
    found = {tag: Found(text=text, carrier="tag") for tag, text in made.answers.items()}
    names = {field.name for field in of.fields()}
    rows = ({**row, "row": str(place)} for place, row in enumerate(made.recommendations, start=1))
    return Form(
        identity=Identity(),
        answers={tag: answer for tag, answer in found.items() if tag not in names},
        fields={tag: answer for tag, answer in found.items() if tag in names},
        recommendations=tuple(rows),
        seen=frozenset(found),
    )


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("types", CASES, ids=lambda types: "-".join(sorted(types)) or "none")
def test_they_hold_by_every_rule_for_any_seed(key, types):
    of, audit = the_contract(key), an_audit_of(key, types)
    for seed in SEEDS:
        made = made_up_answers(of, audit, audited=AUDITED, seed=seed)
        verdict = judged(as_read(made, of), of, audit, returned=RETURNED)
        assert verdict.reasons == (), seed
        assert verdict.record.date_audited == AUDITED
        assert verdict.record.safe


@pytest.mark.parametrize("key", KEYS)
def test_the_same_seed_gives_the_same_answers_and_another_gives_others(key):
    assert said(key, "1") == said(key, "1")
    assert said(key, "1") != said(key, "2")


@pytest.mark.parametrize("key", KEYS)
def test_only_what_is_printed_is_answered_and_no_more_rows_than_a_form_has(key):
    printed = set(an_audit_of(key).printed)
    for seed in SEEDS:
        made = said(key, seed)
        asked = {tag.partition(".")[0] for tag in made.answers} - {"date_audited"}
        assert asked == printed
        assert 1 <= len(made.recommendations) <= ROWS


def test_answers_vary_as_they_do_in_a_service():
    grades = Counter(
        text
        for seed in SEEDS
        for tag, text in said("quality", seed).answers.items()
        if "." not in tag
    )
    for code in ("O", "G", "RI", "I", "NA"):
        assert grades[label_of("grade", code)] > 20
    assert grades["Good"] > grades["Requires improvement to be good"] > grades["Inadequate"]


def test_some_standards_are_not_met_and_each_of_those_is_acted_on():
    acted = Counter()
    for seed in SEEDS:
        made = said("completeness", seed)
        acted[len(made.recommendations)] += 1
        acted["done at audit"] += sum("Done at audit" in text for text in made.answers.values())
    assert acted[ROWS] > 10
    assert acted["done at audit"] > 10
