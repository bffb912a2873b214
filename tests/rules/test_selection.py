"""Laws that hold for every rule, and what a selection says when it is asked for the impossible."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from auditdocs.errors import ContractFault, UsageFault
from auditdocs.model.settings import Settings
from auditdocs.rules.caseload.open_cases import open_cases
from auditdocs.rules.selection.selection import RULES, selection
from tests.makers.cases import TODAY, a_case, an_audit
from tests.makers.selections import (
    a_bare_contract,
    a_quality_request,
    a_request,
    a_themed_request,
    children,
    requests,
    turned,
)

FEW = settings(max_examples=30, deadline=None)


@FEW
@given(requests())
def test_no_case_is_chosen_twice(request_):
    chosen = selection(request_)
    ids = children((*chosen.picks, *chosen.reserves))
    assert len(ids) == len(set(ids))


@FEW
@given(requests())
def test_an_excluded_or_waiting_case_is_never_chosen(request_):
    chosen = selection(request_)
    told = children((*chosen.excluded, *chosen.waiting))
    assert len(told) == len(set(told))
    assert not set(told) & set(children((*chosen.picks, *chosen.reserves)))


@FEW
@given(requests())
def test_the_order_of_rows_does_not_matter(request_):
    assert selection(turned(request_)) == selection(request_)


@FEW
@given(requests())
def test_a_selection_made_twice_is_the_same(request_):
    assert selection(request_) == selection(request_)


@FEW
@given(requests())
def test_every_open_case_in_scope_is_accounted_for(request_):
    chosen = selection(request_)
    told = {*children((*chosen.picks, *chosen.reserves, *chosen.excluded, *chosen.waiting))}
    scope = open_cases(request_.cases, day=request_.data_date)
    if request_.expression:
        scope = [case for case in scope if case.open_date and (TODAY - case.open_date).days > 42]
    assert told >= {case.child_id for case in scope}


@FEW
@given(requests())
def test_every_choice_and_every_reason_is_explained(request_):
    chosen = selection(request_)
    assert all(pick.why and pick.period for pick in (*chosen.picks, *chosen.reserves))
    assert all(entry.reason for entry in (*chosen.excluded, *chosen.waiting))


@FEW
@given(requests())
def test_reasons_and_warnings_name_nobody(request_):
    chosen = selection(request_)
    said = [entry.reason for entry in (*chosen.excluded, *chosen.waiting)]
    words = " ".join((*said, *chosen.warnings, *(pick.why for pick in chosen.picks)))
    names = [person.name for person in request_.staff.people] + ["Cy Cole", "Manager"]
    assert not [name for name in names if name in words]


@FEW
@given(requests())
def test_asking_for_one_team_gives_its_part_of_the_whole_unless_the_rule_draws(request_):
    if request_.contract.selection == "themed-draw":
        return
    request_ = replace(request_, directed=())
    whole = selection(request_)
    north = selection(replace(request_, team="North"))
    assert north.picks == tuple(pick for pick in whole.picks if pick.team == "North")


def test_a_contract_that_names_no_known_rule_is_refused_with_the_rules_there_are():
    contract = a_bare_contract("spot-check", "eeny-meeny")
    with pytest.raises(ContractFault, match="eeny-meeny") as refused:
        selection(a_request(a_case(), contract=contract))
    assert all(rule in refused.value.hint for rule in RULES)


def test_a_fifth_audit_type_uses_a_rule_by_naming_it():
    contract = a_bare_contract("youth-offending", "oldest-first", due_days=10)
    [pick] = selection(a_request(a_case("1"), contract=contract)).picks
    assert (pick.child_id, (pick.due - TODAY).days) == ("1", 10)


@pytest.mark.parametrize("request_of", [a_request, a_quality_request, a_themed_request])
def test_a_directed_case_is_chosen_with_its_reason_whatever_the_rule(request_of):
    cases = [a_case(str(number)) for number in range(1, 9)]
    chosen = selection(request_of(*cases, directed=(("7", "complaint"),)))
    [pick] = [pick for pick in chosen.picks if pick.child_id == "7"]
    assert pick.why.startswith("directed: complaint")
    assert "7" not in children((*chosen.excluded, *chosen.waiting))


@pytest.mark.parametrize("request_of", [a_request, a_quality_request, a_themed_request])
def test_a_directed_case_outside_the_pool_is_flagged(request_of):
    young = a_case("7", open_date=TODAY)
    chosen = selection(request_of(young, directed=(("7", "complaint"),)))
    assert children(chosen.picks) == ["7"]
    assert any("7 was directed although" in warning for warning in chosen.warnings)
    assert chosen.pool == 0


@pytest.mark.parametrize("request_of", [a_request, a_quality_request, a_themed_request])
def test_a_directed_case_whose_form_is_out_is_not_given_a_second_one(request_of):
    kind = request_of().contract
    out = an_audit("X-1", type=kind.key, child_id="7")
    chosen = selection(request_of(a_case("7"), audits=(out,), directed=(("7", "complaint"),)))
    assert chosen.picks == ()
    assert "X-1" in chosen.excluded[0].reason
    assert any("7 was directed and is not given" in warning for warning in chosen.warnings)


@pytest.mark.parametrize("request_of", [a_request, a_quality_request, a_themed_request])
def test_a_directed_case_that_is_not_in_the_caseload_is_refused_by_its_id(request_of):
    with pytest.raises(UsageFault, match="0000042"):
        selection(request_of(a_case(), directed=(("0000042", "complaint"),)))


def test_a_directed_case_needs_a_reason_and_is_named_once():
    with pytest.raises(UsageFault, match="1 is named without a reason"):
        selection(a_request(a_case("1"), directed=(("1", " "),)))
    with pytest.raises(UsageFault, match="1 is named twice"):
        selection(a_request(a_case("1"), directed=(("1", "a"), (" 1 ", "b"))))


def test_a_directed_case_of_another_team_is_not_lost_when_one_team_is_asked_for():
    cases = a_case("1"), a_case("2", team="South", worker="Bob Baker")
    request = a_request(*cases, team="North", directed=(("2", "complaint"),))
    assert children(selection(request).picks) == ["2", "1"]


def test_a_team_nobody_has_is_refused_with_the_nearest_one():
    with pytest.raises(UsageFault, match="Norht") as refused:
        selection(a_request(a_case(), team="Norht"))
    assert '"North"' in refused.value.hint


def test_a_worker_nobody_has_is_refused_without_repeating_the_name():
    with pytest.raises(UsageFault) as refused:
        selection(a_request(a_case(), worker="Nobody Nowhere"))
    assert "Nowhere" not in str(refused.value)


def test_a_worker_of_another_team_is_told_as_such():
    cases = a_case("1", team="North"), a_case("2", team="South", worker="Bob Baker")
    with pytest.raises(UsageFault, match="That worker has no case in North") as refused:
        selection(a_request(*cases, team="North", worker="Bob Baker"))
    assert "Leave out --team" in refused.value.hint


@pytest.mark.parametrize("worker", ["ann archer", "Archer, Ann", "e1"])
def test_a_worker_is_found_by_name_or_id_however_written(worker):
    cases = a_case("1", worker_id="E1"), a_case("2", worker="Bob Baker")
    assert children(selection(a_request(*cases, worker=worker)).picks) == ["1"]


def test_the_pool_counts_the_cases_the_choice_was_made_from():
    cases = [a_case(str(number)) for number in range(1, 5)] + [a_case("9", open_date=TODAY)]
    assert selection(a_request(*cases, directed=(("4", "complaint"),))).pool == 3
    assert selection(a_quality_request(*cases, settings=Settings(reserves=2))).pool == 4
