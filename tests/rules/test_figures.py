"""The figures of a period: what counts, on which day it begins and ends to count, and how often."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.model.contract import Section
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import period
from auditdocs.rules.findings.balances import balances
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.findings.delivery import target
from auditdocs.rules.findings.results import good, graded
from auditdocs.rules.findings.standards import most_missed
from auditdocs.rules.forms.outcomes import standard_result
from auditdocs.rules.forms.scales import GRADES
from auditdocs.rules.papers.figure_json import figures_json as counts_json
from auditdocs.rules.papers.figure_rows import figure_rows
from auditdocs.rules.papers.shown import Shown, shown_in
from tests.makers.cases import a_case
from tests.makers.contracts import a_contract, a_standard, an_item
from tests.makers.findings import (
    CONTRACTS,
    OVERALL,
    OWN,
    PEER,
    PLAN,
    QUARTER,
    THEMED,
    TODAY,
    a_recommendation,
    a_record,
    a_return,
    counted,
    days,
    histories,
    own_returns,
    recommended,
    returns,
)

FEW = settings(max_examples=30, deadline=None)
FIRST, LAST = QUARTER.first, QUARTER.last


def peer(*audits, **changes):
    """The delivery of Quality audits, as the command line prints it."""
    return _json(counted(*audits, **changes))["delivery"][PEER.key]


def still_out(**changes):
    """A Quality audit that has not come back."""
    return a_return(**({"status": "issued", "returned": None, "grade_final": ""} | changes))


# Delivery


@pytest.mark.parametrize(
    ("issued", "count"),
    [(FIRST - days(1), 0), (FIRST, 1), (LAST, 1), (LAST + days(1), 0)],
)
def test_a_form_is_issued_in_the_period_of_its_issue_day(issued, count):
    assert peer(still_out(issued=issued, due=date(2026, 12, 31)))["issued"] == count


@pytest.mark.parametrize(
    ("back", "count"),
    [(FIRST - days(1), 0), (FIRST, 1), (LAST, 1), (LAST + days(1), 0)],
)
def test_a_form_is_returned_in_the_period_in_which_it_comes_home(back, count):
    assert peer(a_return(returned=back, issued=date(2026, 5, 1)))["returned"] == count


def test_a_form_issued_before_the_period_and_back_in_it_is_returned_but_not_issued():
    found = peer(a_return(issued=FIRST - days(1)))
    assert (found["issued"], found["returned"]) == (0, 1)


def test_a_form_is_on_time_on_its_due_date_and_late_the_day_after():
    due = date(2026, 8, 31)
    found = peer(a_return(1, returned=due, due=due), a_return(2, returned=due + days(1), due=due))
    assert (found["returned"], found["on_time"], found["late"]) == (2, 1, 1)


def test_a_form_due_on_the_last_day_and_back_after_the_period_is_missed_in_it():
    audit = a_return(due=LAST, returned=LAST + days(2))
    assert peer(audit)["missed"] == 1
    after = peer(audit, period=period("2026-27-Q3"), today=date(2027, 1, 5))
    assert (after["returned"], after["late"], after["missed"]) == (1, 1, 0)


def test_a_form_back_late_within_the_period_is_not_missed():
    assert peer(a_return(due=date(2026, 8, 31), returned=LAST))["missed"] == 0


@pytest.mark.parametrize(("today", "missed"), [(LAST, 0), (LAST + days(1), 1)])
def test_a_form_is_not_missed_on_its_due_date_itself(today, missed):
    assert peer(still_out(due=LAST), today=today)["missed"] == missed


@pytest.mark.parametrize(
    ("due", "missed"),
    [(FIRST - days(1), 0), (FIRST, 1), (LAST, 1), (LAST + days(1), 0)],
)
def test_a_form_is_missed_in_the_period_in_which_it_was_due(due, missed):
    assert peer(still_out(due=due), today=date(2026, 12, 1))["missed"] == missed


def test_a_withdrawn_form_was_issued_and_is_not_missed():
    found = peer(still_out(status="withdrawn"))
    assert (found["issued"], found["returned"], found["missed"]) == (1, 0, 0)


def test_a_corrected_form_counts_once():
    assert peer(a_return(form_version=3))["returned"] == 1


def test_a_disputed_audit_counts_as_returned():
    assert peer(a_return(status="disputed"))["returned"] == 1


def test_a_form_selected_and_never_issued_is_not_counted():
    assert peer(still_out(status="selected"))["issued"] == 0


def test_an_audit_of_a_type_that_no_longer_exists_is_left_out():
    found = counted(a_return(type="gone"))
    assert found.delivery_in_all.returned == Counted()
    assert _json(found)["delivery"].keys() == CONTRACTS.keys()


def test_the_auditors_team_owes_the_form_and_the_cases_team_has_the_grade():
    found = counted(a_return(team="North", auditor_team="South"))
    assert [*found.delivery_by_team] == ["South"]
    assert [*found.results[PEER.key].by_team] == ["North"]


def test_a_team_without_forms_in_the_period_is_left_out_and_no_team_comes_last():
    audits = (
        a_return(1, auditor_team="South"),
        a_return(2, auditor_team=""),
        a_return(3, auditor_team="East", returned=date(2026, 5, 1), issued=date(2026, 4, 1)),
    )
    assert [*counted(*audits).delivery_by_team] == ["South", ""]


# Targets


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("2026-27-Q1", 40),
        ("2026-27-Q2", 40),
        ("2026-27-Q4", 39),
        ("2026-27", 160),
        ("2026-09", 13),
        ("2026-07-01..2026-09-30", 40),
    ],
)
def test_a_years_number_is_shared_out_by_days_rounded_half_up(label, number):
    assert target(PEER, Settings(), period=period(label), workers=0) == number


def test_half_an_audit_is_rounded_up():
    three_days_of_a_leap_year = period("2027-08-01..2027-08-03")
    contract = a_contract(targets={"year": 61})
    assert target(contract, Settings(), period=three_days_of_a_leap_year, workers=0) == 1


@pytest.mark.parametrize(
    ("label", "number"), [("2026-27-Q4", 6), ("2026-07-01..2026-09-30", 6), ("2026-27", 24)]
)
def test_a_quarters_own_number_holds_for_a_whole_quarter(label, number):
    assert target(THEMED, Settings(), period=period(label), workers=0) == number


def test_the_settings_number_replaces_the_contracts():
    own = Settings(targets={"head-of-service.year": 48, "quality.quarter": 45})
    assert target(THEMED, own, period=QUARTER, workers=0) == 12
    assert target(PEER, own, period=QUARTER, workers=0) == 45
    assert target(PEER, own, period=period("2026-27"), workers=0) == 180


def test_an_audit_of_each_supervision_is_one_for_each_worker_and_session():
    opened = LAST - days(43)
    cases = (
        a_case("1", worker="A", open_date=opened),
        a_case("2", worker="A", open_date=opened),
        a_case("3", worker="B", open_date=opened),
        a_case("4", worker="C", open_date=LAST - days(42)),
        a_case("5", worker="", open_date=opened),
    )
    found = _json(counted(cases=cases))["delivery"]
    assert found[OWN.key]["target"] == 2 * 4


def test_a_type_for_which_nothing_names_a_number_has_no_target():
    own = a_contract(OVERALL, key="visits", targets={}, cadence="month")
    assert _json(counted(contracts={"visits": own}))["delivery"]["visits"]["target"] is None


# Grades


def test_a_grade_is_the_final_one():
    changed = a_return(grade_auditor="I", grade_final="RI")
    assert _json(counted(changed))["grades"][PEER.key] == {
        "O": 0,
        "G": 0,
        "RI": 1,
        "I": 0,
        "NA": 0,
        "NE": 0,
    }


def test_a_grade_not_yet_on_the_audit_is_taken_from_its_record():
    audit = a_return(grade_auditor="", grade_final="")
    found = counted(audit, records=[a_record(audit.audit_id, overall="O")])
    assert found.results[PEER.key].grades["O"].audits == (audit.audit_id,)


def test_only_types_with_an_overall_grade_have_grades():
    found = _json(counted(*own_returns(2)))
    assert found["grades"].keys() == {THEMED.key, PEER.key}


def test_not_applicable_and_no_evidence_are_in_no_denominator():
    audits = [
        a_return(serial, grade_final=code)
        for serial, code in enumerate(("O", "G", "RI", "I", "NA", "NE"))
    ]
    grades = counted(*audits).results[PEER.key].grades
    assert (graded(grades), good(grades)) == (4, 2)


def test_grades_stand_by_the_case_types_on_the_form():
    audits = (
        a_return(1, header={"case_types": "CP and LAC"}),
        a_return(2, header={}, grade_final="I"),
    )
    found = counted(*audits).results[PEER.key].by_case_type
    assert {label: graded(each) for label, each in found.items()} == {
        "CP and LAC": 1,
        "Not recorded": 1,
    }


def test_the_trend_has_the_seven_quarters_before_and_this_one():
    audits = (
        a_return(1, returned=date(2025, 6, 30)),
        a_return(2, returned=date(2025, 7, 1), grade_final="I"),
        a_return(3, returned=date(2026, 6, 30)),
        a_return(4),
    )
    trend = counted(*audits).results[PEER.key].trend
    assert [each.label for each in trend[:4]] == [
        "2024-25-Q3",
        "2024-25-Q4",
        "2025-26-Q1",
        "2025-26-Q2",
    ]
    assert [(each.label, each.graded.value, each.good.value) for each in trend[3:]] == [
        ("2025-26-Q2", 1, 0),
        ("2025-26-Q3", 0, 0),
        ("2025-26-Q4", 0, 0),
        ("2026-27-Q1", 1, 1),
        ("2026-27-Q2", 1, 1),
    ]


def an_edition(**changes):
    """The Quality form as it went out before the item of that key was changed so."""
    sections = tuple(
        replace(s, items=tuple(replace(i, **changes.get(i.id, {})) for i in s.items))
        for s in PEER.sections
    )
    return replace(PEER, sections=sections, version=1, fingerprint="before")


def seen_with(edition, **changes):
    """The figures of two audits graded and answered alike, one on that earlier form."""
    audits = a_return(1, fingerprint="before"), a_return(2, fingerprint="now")
    records = [a_record(a.audit_id, {"q_plan": "G", "q_voice": "RI"}) for a in audits]
    editions = {"before": edition, "now": replace(PEER, version=2, fingerprint="now")}
    return counted(*audits, records=records, editions=editions, **changes)


def test_another_version_that_asks_the_same_is_in_line_with_todays():
    found = seen_with(an_edition()).results[PEER.key]
    assert [found.trend[-1].graded.value, graded(found.grades)] == [2, 2]


def test_an_overall_grade_asked_otherwise_is_in_no_line_and_still_counts():
    found = seen_with(an_edition(q_overall={"label": "Is it a good plan?"})).results[PEER.key]
    assert [found.trend[-1].graded.value, graded(found.grades)] == [1, 2]


def test_a_question_asked_otherwise_under_the_same_id_is_counted_with_no_other():
    found = seen_with(an_edition(q_plan={"label": "There is a plan"}))
    plan, voice = found.results[PEER.key].questions
    assert [graded(plan.grades), graded(voice.grades)] == [1, 2]
    assert found.asked_otherwise.audits == ("Q-2026-07-0001",)


def test_what_is_said_to_a_question_asked_otherwise_is_counted_with_no_other():
    drift = an_item("q_drift", number="4.1", label="Is there drift?", type="yn", section="4")
    theirs = Section(key="4", title="Drift", items=(drift,))
    asked = replace(THEMED, sections=(*THEMED.sections, theirs, *PEER.sections[:1]))
    before = replace(
        asked,
        fingerprint="before",
        sections=(
            replace(theirs, items=(replace(drift, label="Is all on time?"),)),
            Section(key="1", title="Plan", items=(replace(PLAN, label="There is a plan"),)),
        ),
    )
    audits = [a_return(n, type=asked.key, fingerprint=f) for n, f in ((1, "before"), (2, "now"))]
    found = counted(
        *audits,
        records=[a_record(a.audit_id, {"q_drift": "yes", "q_plan": "I"}) for a in audits],
        contracts={asked.key: asked},
        editions={"before": before, "now": replace(asked, fingerprint="now")},
    )
    assert [each.answers["yes"].audits for each in found.said] == [("Q-2026-07-0002",)]
    (row,) = found.themed[asked.key].rows
    assert row.grades == ("", "I")


@pytest.mark.parametrize(
    "label", ["plan says who does WHAT by when.", " Plan says who  does what by when"]
)
def test_capitals_spaces_and_a_full_stop_make_no_other_question(label):
    found = seen_with(an_edition(q_plan={"label": label}))
    assert graded(found.results[PEER.key].questions[0].grades) == 2


def test_of_a_form_whose_contract_is_lost_only_the_version_tells():
    found = counted(a_return(1, version=2), a_return(2)).results[PEER.key]
    assert (found.trend[-1].graded.value, graded(found.grades)) == (1, 2)


# Questions


def question_results(shares, audits=10):
    """The results of a form with a question for each number of audits that grade it good."""
    items = [an_item(f"q_{n}", number=f"1.{n}") for n in range(len(shares))]
    contract = a_contract(*items, OVERALL, key=PEER.key)
    home = returns(audits)
    records = [
        a_record(
            audit.audit_id, {f"q_{n}": "G" if place < k else "RI" for n, k in enumerate(shares)}
        )
        for place, audit in enumerate(home)
    ]
    return counted(*home, records=records, contracts={PEER.key: contract}).results[PEER.key]


def ids(questions):
    return [question.item.id for question in questions]


def test_the_five_best_and_the_five_worst_questions_are_named():
    found = question_results((5, 10, 1, 9, 2, 8, 3, 7, 4, 6, 0))
    assert ids(found.strongest) == ["q_1", "q_3", "q_5", "q_7", "q_9"]
    assert ids(found.weakest) == ["q_10", "q_2", "q_4", "q_6", "q_8"]


def test_of_few_questions_none_is_both_strong_and_weak():
    found = question_results((9, 2, 5))
    assert ids(found.strongest) == ["q_0", "q_2"]
    assert ids(found.weakest) == ["q_1"]


def test_a_question_always_good_is_not_weak_and_one_never_good_is_not_strong():
    assert ids(question_results((10, 10, 10, 10)).weakest) == []
    assert ids(question_results((0, 0, 0, 0)).strongest) == []


@pytest.mark.parametrize(("times", "strongest"), [(4, []), (5, ["q_plan"])])
def test_a_question_seldom_graded_is_not_ranked(times, strongest):
    home = returns(10)
    records = [
        a_record(each.audit_id, {"q_voice": "RI"} | ({"q_plan": "O"} if place < times else {}))
        for place, each in enumerate(home)
    ]
    found = counted(*home, records=records).results[PEER.key]
    assert ids(found.strongest) == strongest
    assert ids(found.weakest) == ["q_voice"]
    assert graded(found.questions[0].grades) == times


def test_a_section_holds_the_grades_of_all_its_questions():
    items = tuple(an_item(f"q_{n}") for n in (1, 2))
    sections = (
        Section(key="1", title="Plan", items=items),
        Section(key="2", title="Text", items=()),
    )
    contract = a_contract(
        key=PEER.key, sections=(*sections, replace(sections[1], items=(OVERALL,)))
    )
    record = a_record(a_return().audit_id, {"q_1": "O", "q_2": "O", "q_overall": "I"})
    found = counted(a_return(), records=[record], contracts={PEER.key: contract})
    (section,) = found.results[PEER.key].sections
    assert section.section.title == "Plan"
    assert section.grades["O"] == Counted(2, (record.audit_id,))


# Standards


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        (("yes", "yes", "no"), "not_met"),
        (("not_due", "no"), "not_met"),
        (("yes", "na"), "met"),
        (("yes", "not_due"), "met"),
        (("na", "na"), "na"),
        (("na", "not_due"), "not_due"),
    ],
)
def test_what_comes_of_a_standard(answers, result):
    assert standard_result(answers) == result


def test_a_standard_is_counted_once_an_audit_and_its_facets_each():
    home = own_returns(3)
    answers = (
        {"c_plan.P": "no", "c_plan.T": "no", "c_plan.U": "yes"},
        {"c_plan.P": "yes", "c_plan.T": "na", "c_plan.U": "not_due"},
        {"c_plan.P": "na", "c_plan.T": "na", "c_plan.U": "na"},
    )
    records = [a_record(each.audit_id, given) for each, given in zip(home, answers, strict=True)]
    plan, visits = counted(*home, records=records).standards[OWN.key]
    assert (plan.met, plan.not_met, plan.applicable) == (1, 1, 2)
    assert [plan.missing(facet) for facet in "PTU"] == [1, 1, 0]
    assert (visits.applicable, visits.missing("P")) == (0, 0)
    assert (plan.is_statutory, visits.is_statutory) == (False, True)


def test_the_standard_missed_in_most_audits_leads():
    items = [a_standard(f"c_{n}", facets=("P",)) for n in range(3)]
    home = own_returns(4)
    given = [
        {"c_0.P": "no", "c_1.P": "no"},
        {"c_1.P": "no"},
        {"c_1.P": "yes", "c_2.P": "yes"},
        {"c_1.P": "yes"},
    ]
    records = [a_record(each.audit_id, said) for each, said in zip(home, given, strict=True)]
    contracts = {OWN.key: a_contract(*items, key=OWN.key)}
    found = counted(*home, records=records, contracts=contracts).standards[OWN.key]
    assert [each.item.id for each in most_missed(found)] == ["c_1", "c_0"]


# Safety


def test_an_audit_that_finds_the_child_not_safe_is_counted():
    home = returns(2)
    records = [a_record(home[0].audit_id, safe=False), a_record(home[1].audit_id)]
    assert counted(*home, records=records).unsafe == Counted(1, (home[0].audit_id,))


# Recommendations


def followed(recommendation, written=None, **changes):
    """The figures of one recommendation, with what staff wrote of it in the ledger."""
    statuses = {recommendation.reference: written} if written else {}
    changes = {"records": recommended(recommendation), "statuses": statuses} | changes
    return _json(counted(a_return(), **changes))["recommendations"]


@pytest.mark.parametrize(
    ("status", "agreed", "done", "overdue"),
    [
        (None, 0, 0, 1),
        ("Proposed", 0, 0, 1),
        ("Agreed", 1, 0, 1),
        ("Amended", 1, 0, 1),
        ("In progress", 1, 0, 1),
        (" in  PROGRESS ", 1, 0, 1),
        ("Done", 1, 1, 0),
        ("Verified", 1, 1, 0),
        ("Rejected", 0, 0, 0),
        ("Withdrawn", 0, 0, 0),
        ("Something else", 0, 0, 1),
    ],
)
def test_a_recommendation_stands_where_staff_say(status, agreed, done, overdue):
    assert followed(a_recommendation(), {"Status": status}) == {
        "made": 1,
        "agreed": agreed,
        "done": done,
        "overdue": overdue,
    }


def test_a_done_date_makes_a_recommendation_done():
    found = followed(a_recommendation(), {"Status": "Agreed", "Done date": date(2026, 9, 1)})
    assert (found["done"], found["overdue"]) == (1, 0)


@pytest.mark.parametrize("word", ["Completed", "In  progress", "Overdue"])
def test_what_is_done_by_its_date_is_open_in_no_figure_whatever_word_stands_beside_it(word):
    written = {"Status": word, "Done date": date(2026, 9, 1)}
    made = a_recommendation()
    found = counted(a_return(), records=recommended(made), statuses={made.reference: written})
    assert found.follow_through.service.done.value == 1
    assert found.outstanding.open.value == 0


def test_a_done_date_does_not_bring_back_what_was_withdrawn():
    found = followed(a_recommendation(), {"Status": "Withdrawn", "Done date": date(2026, 9, 1)})
    assert found["done"] == 0


@pytest.mark.parametrize(("due", "overdue"), [(TODAY - days(1), 1), (TODAY, 0)])
def test_a_recommendation_is_overdue_the_day_after_it_is_due(due, overdue):
    assert followed(a_recommendation(due_date=due))["overdue"] == overdue


@pytest.mark.parametrize(
    ("late", "age"),
    [
        (1, "up to 30 days"),
        (30, "up to 30 days"),
        (31, "31 to 60 days"),
        (60, "31 to 60 days"),
        (61, "over 60 days"),
    ],
)
def test_overdue_recommendations_stand_by_age(late, age):
    late_one = a_recommendation(due_date=TODAY - days(late))
    found = counted(a_return(), records=recommended(late_one)).outstanding.by_age
    assert {label for label, count in found.items() if count.value} == {age}


def test_a_recommendation_of_an_earlier_quarter_is_overdue_but_not_made():
    audit = a_return(returned=date(2026, 5, 1))
    found = counted(audit, records=recommended(a_recommendation()))
    assert _json(found)["recommendations"] == {
        "made": 0,
        "agreed": 0,
        "done": 0,
        "overdue": 1,
    }


def test_the_recommendations_of_a_withdrawn_audit_do_not_count():
    found = counted(a_return(status="withdrawn"), records=recommended(a_recommendation()))
    assert found.follow_through.service.overdue.value == 0


def test_recommendations_are_counted_one_by_one_and_their_audit_once():
    three = [a_recommendation(number=number) for number in (1, 2, 3)]
    found = counted(a_return(), records=recommended(*three)).follow_through
    assert found.service.made == Counted(3, (a_return().audit_id,))
    assert found.by_team["North"].overdue.value == 3


def test_only_needs_that_are_named_are_counted():
    needs = ("none", "group", "group", "team")
    given = [a_recommendation(number=n, need_type=need) for n, need in enumerate(needs)]
    found = counted(a_return(), records=recommended(*given)).follow_through.needs
    assert {code: count.value for code, count in found["North"].items()} == {
        "individual": 0,
        "group": 2,
        "team": 1,
    }


# Sample and coverage


def test_the_sample_stands_beside_the_open_cases():
    audits = (
        a_return(1, header={"case_types": "CP", "age": "Unborn", "gender": "Male"}),
        a_return(2, header={"case_types": "", "age": "", "gender": ""}),
        a_return(3, header={"case_types": "CP", "age": "12", "gender": "Male"}),
    )
    cases = (
        a_case("1", age=0, gender=""),
        a_case("2", age=16),
        a_case("3", age=None, close_date=date(2026, 9, 1)),
    )
    kinds = counted(*audits, cases=cases).sample.kinds
    assert {
        name: [(kind.label, kind.audited.value, kind.open) for kind in found]
        for name, found in kinds.items()
    } == {
        "Case type": [("CIN", 0, 2), ("CP", 2, 0), ("Not recorded", 1, 0)],
        "Age": [
            ("Unborn", 1, 0),
            ("Under 1", 0, 1),
            ("10 to 15", 1, 0),
            ("16 and over", 0, 1),
            ("Not recorded", 1, 0),
        ],
        "Gender": [("Female", 0, 1), ("Male", 2, 0), ("Not recorded", 1, 1)],
        "Ethnicity": [("Not recorded", 3, 2)],
        "Team": [("North", 3, 2)],
    }


def test_coverage_counts_the_audit_that_goes_with_supervision():
    cases = tuple(a_case(f"555000{n}") for n in (1, 2, 3))
    found = counted(*own_returns(1), *returns(1, first=2), cases=cases)
    assert _json(found)["coverage"] == {"eligible": 3, "audited": 1, "never": 2}
    assert {key: each.audited for key, each in found.covered.items()} == {
        THEMED.key: 0,
        PEER.key: 1,
        OWN.key: 1,
    }


def test_an_audit_that_came_home_after_the_period_covers_nothing_yet():
    for back, audited in ((LAST, 1), (LAST + days(1), 0)):
        home = own_returns(1, returned=back, date_audited=back)
        assert counted(*home, cases=(a_case("5550001"),)).coverage.audited == audited


def test_a_case_counts_as_eligible_by_the_end_of_the_period():
    cases = (a_case("1", open_date=LAST - days(43)), a_case("2", open_date=LAST - days(42)))
    assert counted(cases=cases).coverage.eligible == 1
    assert counted(cases=cases, today=LAST - days(1)).coverage.eligible == 0


def test_without_an_audit_for_supervision_every_eligible_case_is_uncovered():
    found = counted(*returns(1), cases=(a_case("5550001"),), contracts={PEER.key: PEER})
    assert _json(found)["coverage"] == {"eligible": 1, "audited": 0, "never": 1}


# The whole


def test_the_json_has_every_key_when_nothing_has_happened():
    nothing = {"issued": 0, "returned": 0, "on_time": 0, "late": 0, "missed": 0}
    grades = {level.code: 0 for level in GRADES}
    found = _json(counted())
    assert found.pop("outstanding") == {
        "open": {
            "Not yet due": 0,
            "up to 30 days": 0,
            "31 to 60 days": 0,
            "over 60 days": 0,
            "Done, to be verified": 0,
        },
        "carried": 0,
        "done_in_time": 0,
    }
    assert set(found.pop("discussions").values()) == {0}
    assert set(found.pop("moderation").values()) == {0}
    assert found.pop("commitments") == {"agreed": 0, "open": 0}
    assert found == {
        "delivery": {
            THEMED.key: {"target": 6, **nothing},
            PEER.key: {"target": 40, **nothing},
            OWN.key: {"target": 0, **nothing},
        },
        "grades": {THEMED.key: grades, PEER.key: grades},
        "recommendations": {"made": 0, "agreed": 0, "done": 0, "overdue": 0},
        "coverage": {"eligible": 0, "audited": 0, "never": 0},
    }


def test_a_contract_that_asks_nothing_of_a_case_has_no_figures():
    empty = a_contract(key="agreement", sections=())
    assert "agreement" not in counted(contracts={"agreement": empty}).delivery


@FEW
@given(histories())
def test_the_grades_of_a_type_are_as_many_as_its_audits_returned(history):
    audits, records = history
    found = _json(counted(*audits, records=records))
    for key, grades in found["grades"].items():
        assert sum(grades.values()) == found["delivery"][key]["returned"]


@FEW
@given(histories())
def test_what_is_returned_is_on_time_or_late(history):
    audits, records = history
    for each in counted(*audits, records=records).delivery.values():
        assert each.on_time.value + each.late.value == each.returned.value
        assert not {*each.missed.audits} & {*each.returned.audits}


@FEW
@given(histories())
def test_every_figure_has_its_own_name_and_as_many_audits_as_it_counts(history):
    audits, records = history
    rows = _rows(counted(*audits, records=records))
    known = {audit.audit_id for audit in audits}
    assert len({(row.chapter, row.name) for row in rows}) == len(rows)
    for row in rows:
        assert set(row.audits) <= known
        if _counts_audits(row):
            assert row.value == str(len(row.audits)), row.name


def _counts_audits(row):
    """Not recommendations, answers of a section, cases or targets."""
    counts_others = ("Target", "Open cases", "all of", "ligible", "longer ago", "Never audited")
    chapters = ("Recommendations", "Training and support needs")
    return row.chapter not in chapters and not any(word in row.name for word in counts_others)


def _json(found):
    return Shown().figures(counts_json(found))


def _rows(found, suppress=0):
    return figure_rows(found, shown=shown_in(balances(found), least=suppress), contracts=CONTRACTS)


def test_where_small_counts_are_hidden_no_figure_names_its_audits():
    rows = _rows(counted(*returns(7), *own_returns(3)), suppress=5)
    values = {row.name: row.value for row in rows}
    assert values["All audits: Returned"] == "10"
    assert values["Quality: Returned"] == "*"
    assert values["Completeness: Returned"] == "<5"
    assert values["Completeness: Missed"] == "0"
    assert values["Head of Service: Target"] == "6"
    assert not any(row.audits for row in rows)


@FEW
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_audits_are_kept_does_not_matter(history, chance):
    audits, records = history
    shuffled = [*audits]
    chance.shuffle(shuffled)
    assert counted(*audits, records=records) == counted(*shuffled, records=records)


def test_two_quarters_share_no_return():
    audits = (*returns(3), *returns(2, first=4, returned=date(2026, 10, 1)))
    assert peer(*audits)["returned"] == 3
    third = period("2026-27-Q3")
    assert peer(*audits, period=third, today=date(2026, 12, 1))["returned"] == 2
