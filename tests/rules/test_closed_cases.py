"""Forms out for a case that has closed; extracts that are far smaller than the one before."""

from datetime import date, timedelta

import pytest

from auditdocs.rules.caseload.shrinkage import is_far_smaller
from auditdocs.rules.selection.closed_cases import forms_to_withdraw
from tests.makers.cases import TODAY, a_case, an_audit
from tests.makers.selections import COMPLETENESS, QUALITY, THEMED

CONTRACTS = {each.key: each for each in (COMPLETENESS, QUALITY, THEMED)}
ISSUED = TODAY - timedelta(days=20)


def causes(case, contract=COMPLETENESS):
    form = an_audit("A-1", child_id="1", type=contract.key, issued=ISSUED)
    found = forms_to_withdraw([form], [case], CONTRACTS, data_date=TODAY)
    return [cause for _, cause in found]


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"close_date": date(2026, 10, 1)}, ["the case closed on 01/10/2026"]),
        ({"case_status": "closed"}, ["the case closed"]),
        ({"child_id": "2"}, [f"the case is not in the extract as at {TODAY:%d/%m/%Y}"]),
        (
            {"open_date": ISSUED + timedelta(days=1)},
            [f"the case closed and was opened again on {ISSUED + timedelta(days=1):%d/%m/%Y}"],
        ),
        ({}, []),
        ({"close_date": TODAY + timedelta(days=1)}, []),
        ({"open_date": TODAY + timedelta(days=9)}, []),
        ({"open_date": date(2026, 9, 1), "close_date": date(2026, 8, 1)}, []),
    ],
)
def test_a_form_is_withdrawn_when_its_case_has_closed_and_for_nothing_else(changes, cause):
    assert causes(a_case(**({"child_id": "1", "open_date": date(2024, 1, 1)} | changes))) == cause


def test_a_case_of_a_heads_sample_stays_in_it_though_it_closes():
    closed = a_case("1", close_date=date(2026, 10, 1))
    assert [causes(closed, contract) for contract in (THEMED, QUALITY)] == [
        [],
        ["the case closed on 01/10/2026"],
    ]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(20, 9, True), (20, 10, False), (19, 0, False), (400, 0, True), (0, 0, False)],
)
def test_less_than_half_of_twenty_cases_or_more_is_far_smaller(before, now, expected):
    assert is_far_smaller(now, before=before) is expected
