"""The SMG report: what stands in which chapter, how numbers are shown, and nobody named."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from auditdocs.model.settings import Difficulties, Settings
from auditdocs.rules.calendar.periods import period
from auditdocs.rules.findings.counts import Counted, percent
from auditdocs.rules.forms.scales import GRADES
from auditdocs.rules.papers.annex import DEFINITIONS
from auditdocs.rules.papers.figure_rows import figure_rows
from auditdocs.rules.papers.shown import Shown
from tests.makers.cases import a_case
from tests.makers.contracts import a_contract
from tests.makers.findings import (
    AUDITOR,
    CHILD,
    CONTRACTS,
    OWN,
    PEER,
    QUARTER,
    TODAY,
    WORKER,
    a_paper,
    a_recommendation,
    a_record,
    a_return,
    chapter,
    charts,
    counted,
    days,
    histories,
    own_returns,
    paragraphs,
    recommended,
    returns,
    rows,
    tables,
    words,
)

FEW = settings(max_examples=25, deadline=None)
DELIVERY = "Forms issued and returned in the period, by type of audit"
BY_TEAM = "Forms issued and returned in the period, by the auditor's team"
GRADED = "Overall grades by type of audit"
PROGRESS = "Recommendations made in the period, and all that are overdue"
LOCAL = "Completeness: local standards most often not met"
STATUTORY = "Completeness: statutory standards not met"
LISTED = "The audits returned in the period"
_PER_CENT = re.compile(r"\d+%").findall


def messages(report):
    """The key messages."""
    return paragraphs(chapter(report, "Key messages"))[1:]


def actions(report):
    """The rows of the proposed actions."""
    return tables(report)["Actions proposed"].rows


def missed(serial, team="North", **since):
    """A Quality audit that did not come back in the period; `since` is what became of it."""
    out = {"status": "issued", "returned": None, "grade_final": ""}
    return a_return(serial, auditor_team=team, **(out | since))


# How numbers are shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(5, 9, None), (5, 10, 50), (1, 40, 3), (1, 200, 1), (1, 201, 0), (0, 10, 0), (10, 10, 100)],
)
def test_per_cents_are_whole_rounded_half_up_and_none_of_fewer_than_ten(part, whole, shown):
    assert percent(part, whole) == shown


def test_small_counts_are_hidden_but_not_nought():
    shown = Shown(5)
    assert [shown.cell(number) for number in (0, 1, 4, 5, None)] == [0, "<5", "<5", 5, "–"]
    assert [shown.point(number) for number in (0, 4, 5, None)] == [0, None, 5, None]
    assert [shown.share(part, 40) for part in (0, 4, 8)] == ["0 (0%)", "<5", "8 (20%)"]
    assert shown.part(4, 40) == "fewer than 5 of 40"
    assert shown.part(3, 4) == "fewer than 5"
    assert [shown.of(part, 40) for part in (0, 4, 8)] == [
        "0 of 40 (0%)",
        "<5 of 40",
        "8 of 40 (20%)",
    ]
    assert [shown.of(part, 4) for part in (0, 4)] == ["0", "<5"]
    assert shown.words(1, "audit") == "fewer than 5 audits"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (0, "0 (0%)"),
        (1, "1 (under 1%)"),
        (2, "2 (1%)"),
        (299, "299 (over 99%)"),
        (300, "300 (100%)"),
    ],
)
def test_nought_and_a_hundred_per_cent_are_told_of_none_and_of_all_alone(part, expected):
    shown, told = Shown(), expected.partition("(")[2]
    assert shown.share(part, 300) == expected
    assert shown.of(part, 300) == shown.part(part, 300) == f"{part} of 300 ({told}"


def test_a_part_that_is_told_is_told_beside_a_whole_that_is_not():
    whole, part, small = Counted(12, ("w",)), Counted(9, ("p",)), Counted(3, ("s",))
    shown = Shown(5, frozenset({whole}))
    assert [shown.part(each, whole) for each in (part, small, Counted())] == [
        "9",
        "fewer than 5",
        "none",
    ]
    assert [shown.of(each, whole) for each in (part, small, Counted())] == ["9 of *", "<5", "0"]


def test_a_single_month_is_told_as_one():
    settings_ = Settings(difficulties=Difficulties(months=1))
    told = [*words(a_paper(settings=settings_))]
    assert any("in the 1 month before" in each for each in told)
    assert not any("1 months" in each for each in told)


def test_numbers_in_sentences_agree_with_their_nouns():
    assert [Shown().words(n, "audit") for n in (0, 1, 2)] == ["no audits", "1 audit", "2 audits"]


# Chapters


def test_the_chapters_stand_in_the_order_of_the_procedure():
    report = a_paper(*returns(3), *own_returns(2))
    assert [each.heading for each in report.chapters if each.level == 1] == [
        "Key messages",
        "Delivery",
        "Sample against caseload",
        "Overall grades",
        "Section and question results",
        "Themes",
        "Themed audit: Head of Service",
        "Agreement and moderation",
        "Recommendations",
        "Completeness headlines",
        "Consistent difficulties",
        "Training and support needs",
        "Proposed actions",
        "Annex: how each figure is counted",
        "Annex: the audits returned",
    ]
    assert [each.heading for each in report.chapters if not each.numbered] == [
        "Annex: how each figure is counted",
        "Annex: the audits returned",
    ]


def test_the_report_says_what_it_is_of():
    report = a_paper(*returns(2), settings=Settings(posts={"hos_qap": "Head of Quality"}))
    assert report.subtitle == "2026-27-Q2: 1 July 2026 to 30 September 2026"
    assert dict(report.facts) == {
        "Period": "1 July 2026 to 30 September 2026",
        "Counted on": "05/10/2026",
        "Caseload as at": "30/09/2026",
        "Findings from": "2 audits returned in the period",
        "Author": "Head of Quality (draft)",
        "Distribution": "Service Management Group",
        "Names": "Contains no child's or worker's name",
    }


def test_delivery_has_a_row_for_each_type_by_its_title():
    table = tables(a_paper(*returns(2), missed(3)))[DELIVERY]
    assert table.headings[1:] == ("Target", "Issued", "Returned", "On time", "Late", "Missed")
    assert [row[0] for row in table.rows] == [
        "Head of Services' Case Audit",
        "Case Audit (Quality)",
        "Case Audit (Completeness)",
        "All audits",
    ]
    assert table.rows[1] == ("Case Audit (Quality)", 40, 3, 2, 2, 0, 1)
    assert table.rows[3] == ("All audits", "–", 3, 2, 2, 0, 1)


def test_the_chart_shows_returned_beside_target():
    chart = charts(a_paper(*returns(2)))["Forms returned in the period beside the target"]
    assert [(each.name, each.values) for each in chart.series] == [
        ("Returned", (0, 2, 0)),
        ("Target", (6, 40, 0)),
    ]
    assert "Quality 2 against 40" in chart.alt


def test_nothing_is_drawn_where_there_is_nothing_to_draw():
    own = a_contract(key="visits", targets={})
    assert not charts(a_paper(contracts={"visits": own}))


def test_an_auditor_of_no_team_stands_under_no_team():
    assert [*rows(tables(a_paper(a_return(auditor_team="")))[BY_TEAM])] == ["No team"]


def test_the_sample_has_its_numbers_in_the_last_row():
    cases = tuple(a_case(str(number)) for number in range(20))
    table = tables(a_paper(*returns(3), cases=cases))["Gender: audits returned beside open cases"]
    assert rows(table) == {
        "Female": {"Audits returned": 3, "Open cases": "20 (100%)"},
        "All": {"Audits returned": 3, "Open cases": 20},
    }
    assert table.totalled


def test_the_reach_of_each_type_stands_beside_the_eligible_cases():
    cases = tuple(a_case(f"555000{number}") for number in range(1, 5))
    table = tables(a_paper(*returns(2), *own_returns(1), cases=cases))[
        "Eligible open cases audited in the last twelve months"
    ]
    assert [row[1] for row in table.rows] == [0, 2, 1, 4]


def test_grades_are_counts_alone_below_ten_and_have_per_cents_from_ten():
    few = rows(tables(a_paper(*returns(9)))[GRADED])["Quality"]
    assert (few["n"], few["Good"], few["Good or better"]) == (9, 9, 9)
    ten = rows(tables(a_paper(*returns(9), a_return(10, grade_final="NE")))[GRADED])["Quality"]
    assert (ten["n"], ten["Good"], ten["Not graded"]) == (9, 9, 1)
    more = rows(tables(a_paper(*returns(9), a_return(10, grade_final="I")))[GRADED])["Quality"]
    assert (more["Good"], more["Inadequate"]) == ("9 (90%)", "1 (10%)")


def test_grades_that_a_decision_changed_stand_beside_what_the_auditor_gave():
    told = a_paper(a_return(1), a_return(2, grade_final="RI"), a_return(3, grade_final="RI"))
    table = tables(told)["Overall grades changed after the audit came back"]
    assert table.rows == (("Quality", "Good", "Requires improvement to be good", 2),)
    assert "Overall grades changed after the audit came back" not in tables(a_paper(*returns(3)))


def test_the_chart_of_grades_has_its_n_and_the_same_counts():
    chart = charts(a_paper(*returns(3), a_return(4, grade_final="RI")))[GRADED]
    assert chart.categories == ("Quality (n = 4)",)
    assert [each.values for each in chart.series] == [(0,), (3,), (1,), (0,)]
    assert chart.alt == "Good or better: Quality 3 of 4."


def test_an_earlier_quarter_makes_a_line_and_none_makes_none():
    now = returns(10)
    assert "Over time" not in [each.heading for each in a_paper(*now).chapters]
    before = returns(10, first=11, returned=date(2026, 5, 1), grade_final="RI")
    few = returns(9, first=21, returned=date(2026, 2, 1))
    report = a_paper(*now, *before, *few)
    (line,) = charts(report)["Share graded good or better, quarter by quarter"].series
    assert line.values == (*[None] * 6, 0.0, 1.0)
    table = tables(report)["Graded good or better, quarter by quarter"]
    assert table.headings == ("Quarter", "Quality: graded", "Good or better")
    assert table.rows == (
        ("2025-26-Q4", 9, 9),
        ("2026-27-Q1", 10, "0 (0%)"),
        ("2026-27-Q2", 10, "10 (100%)"),
    )


def test_a_line_of_one_point_is_not_drawn():
    report = a_paper(*returns(10), *returns(2, first=11, returned=date(2026, 5, 1)))
    assert "Share graded good or better, quarter by quarter" not in charts(report)
    assert "Graded good or better, quarter by quarter" in tables(report)


def test_questions_stand_with_how_many_graded_them():
    records = [a_record(each.audit_id, {"q_plan": "G", "q_voice": "I"}) for each in returns(10)]
    found = tables(a_paper(*returns(10), records=records))
    assert found["Quality: the strongest questions"].rows == (
        ("1.1 Plan says who does what by when", 10, "10 (100%)", "0 (0%)"),
    )
    assert found["Quality: the weakest questions"].rows == (
        ("2.1 The child is heard", 10, "0 (0%)", "10 (100%)"),
    )


def test_recommendations_stand_by_team_age_and_category():
    categories = ("planning", "visits", "visits")
    given = [a_recommendation(number=n, category=each) for n, each in enumerate(categories)]
    statuses = {given[0].reference: {"Status": "Verified"}}
    found = tables(a_paper(a_return(), records=recommended(*given), statuses=statuses))
    assert found[PROGRESS].rows == (("North", 3, 1, 1, 2), ("All teams", 3, 1, 1, 2))
    assert found["Recommendations made in the period by category"].rows == (
        ("Visits", 2),
        ("Planning", 1),
        ("All categories", 3),
    )


def test_statutory_shortfalls_stand_apart_from_local_ones():
    answers = {"c_plan.P": "no", "c_plan.T": "yes", "c_plan.U": "no"}
    answers |= {"c_visits.T": "no", "c_visits.U": "yes"}
    (audit,) = own_returns(1)
    found = tables(a_paper(audit, records=[a_record(audit.audit_id, answers)]))
    assert found[LOCAL].rows == (("1.1 Plan on the record", 1, 1, 1, 0, 1),)
    assert found[STATUTORY].rows == (("1.2 Visits", "Regulations", 1, 1, "–", 1, 0),)


def test_coverage_says_how_long_cases_without_an_audit_have_been_open():
    cases = tuple(a_case(str(number)) for number in range(12))
    found = tables(a_paper(cases=cases))
    covered = rows(found["Open cases due an audit, and when they last had one"])
    assert covered["Never audited"] == {"Cases": "12 (100%)"}
    ages = rows(found["Cases never audited by how long they have been open"])
    assert ages["6 to 12 months"] == {"Cases never audited": 12}


def test_a_service_without_standards_has_no_chapter_on_them():
    report = a_paper(*returns(1), contracts={PEER.key: PEER})
    assert not any("headlines" in each.heading for each in report.chapters)


def test_training_needs_are_counted_by_team():
    given = [
        a_recommendation(number=n, need_type=need)
        for n, need in enumerate(("team", "team", "none"))
    ]
    table = tables(a_paper(a_return(), records=recommended(*given)))[
        "Recommendations that name a training or support need"
    ]
    assert table.rows == (("North", 0, 0, 2), ("All teams", 0, 0, 2))


def test_the_annex_tells_how_each_figure_is_counted_and_lists_the_audits():
    found = tables(a_paper(*returns(1), *own_returns(1)))
    assert [row[0] for row in found["How the figures are counted"].rows] == [*DEFINITIONS]
    assert found[LISTED].rows == (
        ("C-2026-07-0001", "North", "Completeness", "–"),
        ("Q-2026-07-0001", "North", "Quality", "Good"),
    )


# Key messages and actions


def test_the_messages_say_what_the_tables_say():
    audits = (*returns(9), a_return(10, returned=QUARTER.last, grade_final="RI"), missed(11))
    given = [a_recommendation(number=n, due_date=TODAY - days(n * 40)) for n in (1, 2)]
    cases = tuple(a_case(f"5550{number:03d}") for number in range(12))
    report = a_paper(*audits, *own_returns(1), records=recommended(*given), cases=cases)
    assert messages(report) == [
        "11 audits came back in the period, 10 of 11 (91%) by the due date. 1 form that fell due "
        "in the period did not come back in it.",
        "Returned against the target: Head of Service 0 against 6, Quality 10 against 40, "
        "Completeness 1 against 4.",
        "Graded good or better: Quality 9 of 10 (90%).",
        "Of the eligible open cases 1 of 12 (8%) had their Completeness audit in the last twelve "
        "months. 11 cases have never had one.",
        "2 recommendations were made in the period; done by now: 0 of 2. 2 recommendations are "
        "past the due date, 1 of 2 by more than 60 days.",
    ]
    assert tables(report)[DELIVERY].rows[-1][2:] == (12, 11, 10, 1, 1)
    assert rows(tables(report)[GRADED])["Quality"]["Good or better"] == "9 (90%)"


def test_a_form_that_came_back_after_the_period_is_not_said_to_be_out_still():
    (told, *_) = messages(a_paper(a_return(due=QUARTER.last, returned=TODAY)))
    assert told == (
        "No audits came back in this period. 1 form that fell due in the period did not come back "
        "in it."
    )


def test_a_form_that_is_out_in_a_running_period_is_said_to_be_out():
    (told, *_) = messages(a_paper(missed(1), today=QUARTER.last))
    assert told.endswith("1 form has not come back, though due.")


def test_what_is_told_of_a_month_that_runs_names_its_day():
    """Half of September is not set beside the target of the whole, nor called its end."""
    report = a_paper(*returns(2), records=recommended(a_recommendation()), today=date(2026, 9, 15))
    pace = tables(report)["Audits returned since April beside the target"].rows
    assert [(row[0], row[3:]) for row in pace][4:7] == [
        ("Aug 2026", (2, 67)),
        ("15 Sep 2026", (2, 74)),
        ("Oct 2026", ("–", 94)),
    ]
    months = tables(report)["Recommendations made, finished and open, month by month"]
    assert [row[0] for row in months.rows] == ["Aug 2026", "15 Sep 2026"]


def test_a_share_is_set_against_the_quarter_that_it_names():
    """Of a whole year "the quarter before" would be read as the last of its own quarters."""
    first = date(2026, 3, 2)
    before = returns(10, issued=first, due=first, returned=first)
    year = period("2026-27")
    (graded,) = (
        text
        for text in messages(a_paper(*before, *returns(10, first=20), period=year))
        if text.startswith("Graded")
    )
    assert graded == "Graded good or better: Quality 10 of 10 (100%) against 100% in 2025-26-Q4."


def test_where_every_case_has_had_an_audit_it_is_said_so():
    cases = (a_case("5550001"),)
    told = " ".join(messages(a_paper(*own_returns(1), cases=cases)))
    assert "1 of 1 had their Completeness audit in the last twelve months. Each has had" in told


def test_a_child_who_is_not_safe_comes_before_targets():
    home = returns(2)
    records = [a_record(each.audit_id, safe=False) for each in home]
    answers = {"c_plan.P": "no"}
    records += [a_record(each.audit_id, answers) for each in own_returns(1)]
    report = a_paper(*home, *own_returns(1), records=records)
    told = messages(report)
    assert len(told) == 5
    assert told[1].startswith("In 2 audits the auditor answered that the child was not safe")
    assert not any("target" in text for text in told)
    assert actions(report)[0] == (
        "Confirm that each child found not safe has been made safe (2 audits)",
        "Head of Service for Quality, Audit and Performance",
        "06/10/2026",
    )


def test_few_grades_carry_a_caution():
    assert "too few to show a pattern" in " ".join(messages(a_paper(*returns(9))))
    assert "too few to show a pattern" not in " ".join(messages(a_paper(*returns(10))))


def test_the_group_is_asked_for_a_theme_where_an_audit_has_one():
    heading = "What the Service Management Group is asked"
    assert "To choose the theme of the next round: Head of Services' Case Audit." in paragraphs(
        chapter(a_paper(), heading)
    )
    plain = chapter(a_paper(contracts={PEER.key: PEER}), heading)
    assert not any("theme" in text for text in paragraphs(plain))


def test_the_group_is_asked_about_actions_only_where_any_are_proposed():
    heading = "What the Service Management Group is asked"
    asked = paragraphs(chapter(a_paper(), heading))
    assert [each for each in asked if "Proposed actions" in each]
    calm = paragraphs(chapter(a_paper(today=QUARTER.last), heading))
    assert not [each for each in calm if "Proposed actions" in each]


def test_the_group_is_asked_about_a_local_standard_only_where_one_is_flagged():
    heading = "What the Service Management Group is asked"
    audits = own_returns(24, team="North")
    records = [a_record(each.audit_id, {"c_plan.P": "no"}) for each in audits]
    asked = paragraphs(chapter(a_paper(*audits, records=records), heading))
    assert [each for each in asked if "local standards" in each and "1.1 Plan" in each]
    calm = paragraphs(chapter(a_paper(*audits), heading))
    assert not [each for each in calm if "local standards" in each]


def test_the_two_teams_that_miss_most_are_asked_by_post():
    audits = [missed(1, "East"), *(missed(n, "West") for n in (2, 3)), missed(4, ""), missed(5, "")]
    asked = [row for row in actions(a_paper(*audits)) if "missed" in row[0]]
    assert asked == [
        (
            "See that what is missing comes back or is withdrawn with a reason: "
            "2 missed forms, No team",
            "Head of Service for Quality, Audit and Performance",
            "19/10/2026",
        ),
        (
            "See that what is missing comes back or is withdrawn with a reason: "
            "2 missed forms, West",
            "Team manager, West",
            "19/10/2026",
        ),
    ]


def test_what_was_missed_and_is_home_since_is_not_asked_for_again():
    since = missed(1, "West", status="accepted", returned=QUARTER.last + days(2))
    audits = [since, missed(2, "West")]
    asked = [row[0] for row in actions(a_paper(*audits)) if "missed" in row[0]]
    assert [each.partition(": ")[2] for each in asked] == ["1 missed form, West"]
    assert counted(*audits).delivery_by_team["West"].missed.value == 2


def test_a_shortfall_is_proposed_for_action_only_when_the_period_is_over():
    told = "Agree how the target will be reached: Head of Service 0 against 6, Quality 0 against 40"
    assert told in [row[0] for row in actions(a_paper())]
    running = chapter(a_paper(today=QUARTER.last), "Proposed actions")
    assert paragraphs(running) == ["The figures of this period propose no action."]


def test_the_standards_most_missed_are_proposed_for_action_apart():
    home = own_returns(2)
    answers = ({"c_plan.P": "no", "c_visits.T": "no"}, {"c_plan.P": "no", "c_visits.T": "yes"})
    records = [a_record(each.audit_id, given) for each, given in zip(home, answers, strict=True)]
    asked = [row for row in actions(a_paper(*home, records=records)) if "standard" in row[0]]
    assert asked == [
        (
            "Put right the statutory standard most often not met: 1.2 Visits, not met in 1 of 2",
            "Head of Service",
            "05/01/2027",
        ),
        (
            "Decide on training, guidance or a review of the standard: 1.1 Plan on the record, "
            "not met in 2 of 2",
            "Head of Service for Quality, Audit and Performance",
            "05/01/2027",
        ),
    ]


def test_no_more_than_eight_actions_are_proposed():
    home = (*returns(2), *own_returns(2))
    late = [missed(n, team) for n, team in enumerate(("North", "East", "West"), start=5)]
    given = [
        a_recommendation(each.audit_id, need_type="team", due_date=date(2026, 9, 1))
        for each in home
    ]
    records = {
        audit_id: replace(
            record,
            safe=False,
            answers=a_record(answers={"c_plan.P": "no", "c_visits.T": "no"}).answers,
        )
        for audit_id, record in recommended(*given).items()
    }
    cases = tuple(a_case(str(number)) for number in range(3))
    report = a_paper(*home, *late, records=records, cases=cases)
    assert len(actions(report)) == 8
    assert len({row[0] for row in actions(report)}) == 8


# An empty quarter


def test_an_empty_quarter_makes_a_sensible_report():
    report = a_paper()
    assert messages(report)[0] == (
        "No audits came back in this period. No form that fell due is missing."
    )
    assert 3 <= len(messages(report)) <= 5
    assert messages(report)[-1] == (
        "No recommendations were made in the period. No recommendations are past the due date."
    )
    for heading in ("Sample against caseload", "Annex: the audits returned"):
        assert paragraphs(chapter(report, heading)) == ["No audits came back in this period."]
    for heading in ("Overall grades", "Section and question results"):
        assert paragraphs(chapter(report, heading)) == [
            "No graded audits came back in this period."
        ]
    assert "Completeness: no audits came back, so no standard was looked at." in paragraphs(
        chapter(report, "Completeness headlines")
    )


def test_standards_all_met_are_told_as_such():
    (audit,) = own_returns(1)
    report = a_paper(audit, records=[a_record(audit.audit_id, {"c_plan.P": "yes"})])
    told = paragraphs(chapter(report, "Completeness headlines"))
    assert "Completeness: no local standard was found not met in this period." in told
    assert "Completeness: no statutory standard was found not met in this period." in told


# Small counts hidden, nobody named


def test_hidden_counts_are_hidden_in_tables_charts_and_words():
    audits = (*returns(20), *returns(3, first=21, grade_final="I"), missed(24))
    report = a_paper(*audits, settings=Settings(suppress=5))
    found = tables(report)
    assert found[DELIVERY].rows[1] == ("Case Audit (Quality)", 40, 24, "*", "*", 0, "<5")
    assert rows(found[GRADED])["Quality"]["Inadequate"] == "<5"
    assert rows(found[GRADED])["Quality"]["Outstanding"] == 0
    assert GRADED not in charts(report)
    assert LISTED not in found
    assert "Fewer than 5 forms that fell due" in messages(report)[0]
    assert dict(report.facts)["Small numbers"] == "Counts below 5 are shown as <5"


def test_a_hidden_share_breaks_the_line():
    quarters = (date(2026, 8, 1), date(2026, 5, 1), date(2026, 2, 1))
    many = [
        a_return(serial, audit_id=f"Q-2026-0{place}-{serial:04d}", returned=day, grade_final=grade)
        for place, (day, good) in enumerate(zip(quarters, (4, 5, 6), strict=True), start=1)
        for serial, grade in enumerate(["G"] * good + ["RI"] * 6)
    ]
    report = a_paper(*many, settings=Settings(suppress=5))
    (line,) = charts(report)["Share graded good or better, quarter by quarter"].series
    assert line.values == (*[None] * 5, 0.5, 0.45, None)


def test_a_hidden_count_has_no_bar():
    report = a_paper(*returns(3), settings=Settings(suppress=5))
    (back, _) = charts(report)["Forms returned in the period beside the target"].series
    assert back.values == (0, None, 0)


@FEW
@given(histories())
def test_no_child_and_no_worker_is_named_anywhere(history):
    audits, records = history
    cases = (a_case(CHILD, worker=WORKER, forename="Wilhelmina", surname="Zquorn"),)
    told = " ".join(words(a_paper(*audits, records=records, cases=cases)))
    found = counted(*audits, records=records, cases=cases)
    told += " ".join(words(figure_rows(found, shown=Shown(), contracts=CONTRACTS)))
    for name in (CHILD, *WORKER.split(), *AUDITOR.split(), "ZQ"):
        assert name not in told


@FEW
@given(histories())
def test_no_count_below_the_limit_is_shown(history):
    audits, records = history
    report = a_paper(*audits, records=records, settings=Settings(suppress=20))
    for caption, table in tables(report).items():
        counted_in = [n for n, each in enumerate(table.headings) if n and "Target" not in each]
        counts = [[row[n] for n in counted_in] for row in table.rows]
        numbers = {cell for row in counts for cell in row if isinstance(cell, int)}
        assert not any(0 < number < 20 for number in numbers), caption


@FEW
@given(histories())
def test_no_table_or_sentence_has_a_percentage_of_fewer_than_ten(history):
    audits, records = history
    few = audits[:4]  # two recommendations at most of each: nothing that is counted comes to ten
    told = [text for each in words(a_paper(*few, records=records)) for text in _PER_CENT(each)]
    assert told == []


@FEW
@given(histories())
def test_every_table_is_whole_and_says_whether_it_has_a_total(history):
    audits, records = history
    for caption, table in tables(a_paper(*audits, records=records)).items():
        assert {len(row) for row in table.rows} == {len(table.headings)}, caption
        assert table.totalled == table.rows[-1][0].startswith("All"), caption


@FEW
@given(histories())
def test_the_grades_printed_add_up_to_the_audits_returned(history):
    audits, records = history
    report = a_paper(*audits, records=records)
    back = rows(tables(report)[DELIVERY])
    table = tables(report).get(GRADED)
    for name, row in rows(table).items() if table else ():
        title = next(each.title for each in CONTRACTS.values() if each.sheet == name)
        in_words = [level.label for level in GRADES if level.label in row]
        parts = [int(str(row[label]).split()[0]) for label in in_words]
        assert sum(parts) == row["n"]
        assert row["n"] + row["Not graded"] == back[title]["Returned"]


def test_the_chapters_of_the_data_workbook_are_those_of_the_report():
    records = [
        a_record(
            each.audit_id,
            {"c_plan.P": "no"},
            recommendations=(a_recommendation(each.audit_id, need_type="team"),),
        )
        for each in own_returns(2)
    ]
    audits = (*returns(2), *own_returns(2))
    found = counted(*audits, records=records)
    chapters = {row.chapter for row in figure_rows(found, shown=Shown(), contracts=CONTRACTS)}
    headings = [each.heading for each in a_paper(*audits, records=records).chapters]
    assert chapters <= set(headings)
    assert OWN.sheet in " ".join(chapters)


def test_a_difficulty_is_told_with_its_working_and_of_workers_only_how_many():
    audits = own_returns(10, team="North", worker=WORKER)
    records = [a_record(each.audit_id, {"c_plan.P": "no"}) for each in audits]
    report = a_paper(*audits, records=records)
    table = tables(report)["Consistent difficulties in meeting standards"]
    assert [row[:4] for row in table.rows] == [
        (
            "North",
            "1.1 Plan on the record",
            "Not in place (practice)",
            "not met in 10 of 10 (100%); line: 30 per cent",
        )
    ]
    told = " ".join(words(report))
    assert "in too few audits to tell: 1; see" in told  # the service: ten of at least twenty
    assert "again and again: 1 worker." in told
    hidden = a_paper(*audits, records=records, settings=Settings(suppress=20))
    rows_hidden = tables(hidden)["Consistent difficulties in meeting standards"].rows
    assert [row[3] for row in rows_hidden] == ["Left out of this copy"]
    assert "fewer than 20 workers" in " ".join(words(hidden))


def test_where_the_audits_are_too_few_to_tell_it_is_not_said_that_no_line_is_passed():
    audits = own_returns(3, team="North")
    records = [a_record(each.audit_id, {"c_plan.P": "no"}) for each in audits]
    told = paragraphs(chapter(a_paper(*audits, records=records), "Consistent difficulties"))
    assert told[1].endswith("in a team, in audits enough to tell.")
    assert told[2].startswith("Over a line, but in too few audits to tell: ")


def test_what_a_chart_of_one_recommendation_says_is_singular():
    report = a_paper(*returns(1), records=recommended(a_recommendation()))
    told = {each.caption: each.alt for each in charts(report).values()}
    category = told["Recommendations made in the period by category"]
    assert category == "Most often, of 1 recommendation: Planning 1."
    age = told["Open recommendations by the time since they were due"]
    assert age.startswith("Of 1 open recommendation: ")


def test_a_list_of_audits_too_long_to_read_is_left_to_the_workbook():
    report = a_paper(*returns(1_001))
    (told,) = paragraphs(chapter(report, "Annex: the audits returned"))
    assert told.startswith("1,001 audits were returned")
    assert LISTED in tables(a_paper(*returns(3)))
