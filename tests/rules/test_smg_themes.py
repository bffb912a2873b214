"""Themes, the themed audit, pace, reach and commitments: what an SMG report tells beside grades."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.commitment import Commitment
from auditdocs.model.contract import Section
from auditdocs.model.selection import Selection
from auditdocs.model.settings import Settings
from auditdocs.rules.findings.sample import ethnic_group
from auditdocs.rules.papers.smg_actions import spare_rows
from auditdocs.rules.papers.unprinted import names_somebody, unprinted
from auditdocs.rules.register.smg_actions import kept_actions
from tests.makers.cases import a_case
from tests.makers.contracts import an_item
from tests.makers.findings import (
    CONTRACTS,
    OWN,
    PEER,
    THEMED,
    VOICE,
    a_paper,
    a_programme,
    a_record,
    a_return,
    chapter,
    charts,
    counted,
    own_returns,
    returns,
    tables,
)

LEARNING = an_item("h_learning", number="2.1", label="Learning", type="text", section="2")
ROUND = replace(
    THEMED,
    sections=(*THEMED.sections, Section(key="2", title="Child", items=(VOICE, LEARNING))),
)
MATCHED = replace(
    OWN,
    sections=tuple(
        replace(
            each,
            items=tuple(
                replace(item, matches=("q_voice",)) if item.id == "c_plan" else item
                for item in each.items
            ),
        )
        for each in OWN.sections
    ),
)


def a_themed_return(serial=1, **changes):
    """An audit of the theme, back in the quarter."""
    audit_id = f"H-2026-27-Q2-{serial:04d}"
    return a_return(audit_id=audit_id, type=THEMED.key, theme="Neglect", **changes)


def a_themed_paper(*answers, **changes):
    """The report of so many audits of the theme, with these answers."""
    audits = [a_themed_return(serial + 1) for serial in range(len(answers))]
    given_ = [
        a_record(audit.audit_id, answer) for audit, answer in zip(audits, answers, strict=True)
    ]
    contracts = {**CONTRACTS, THEMED.key: ROUND}
    return a_paper(*audits, records=given_, contracts=contracts, **changes)


def words_of(report, heading):
    """The paragraphs of a chapter."""
    return [each.text for each in chapter(report, heading).blocks if hasattr(each, "text")]


def test_the_cases_of_a_theme_stand_side_by_side_the_low_grades_shaded():
    report = a_themed_paper({"q_voice": "G"}, {"q_voice": "I"})
    table = tables(report)["Findings of the theme, case beside case"]
    assert table.headings == ("Question", "Case\u00a01", "Case\u00a02")
    assert table.rows == (("2.1 The child is heard", "G", "I"),)
    assert table.shades == ((0, 0, 3),)


def test_a_theme_tells_how_its_cases_were_chosen():
    chosen = Selection(
        type=THEMED.key,
        period="2026-27-Q2",
        picks=(),
        pool=31,
        seed="2026-27-Q2|Neglect",
        theme="Neglect",
        because="Minute 4 of June",
        expression="months_since(cp_start) > 15",
    )
    told = words_of(a_themed_paper({}, selections=(chosen,)), "Themed audit: Head of Service")
    assert told[0] == "Theme: Neglect"
    assert told[1] == "Why this theme: Minute 4 of June"
    assert told[2] == (
        "Chosen: no cases of 31 that fit “months_since(cp_start) > 15”, drawn by lot so that the "
        "draw can be repeated."
    )


@pytest.mark.parametrize("because", ["", "Zquorn's case"])
def test_why_a_theme_was_chosen_is_asked_for_where_it_is_not_kept_or_names_somebody(because):
    chosen = Selection(
        type=THEMED.key, period="2026-27-Q2", picks=(), theme="Neglect", because=because
    )
    report = a_themed_paper({}, selections=(chosen,), unprinted=frozenset({"zquorn"}))
    told = words_of(report, "Themed audit: Head of Service")
    assert told[1] == "Why this theme: nothing was recorded, so the author adds it here."


def test_a_choice_of_cases_for_another_quarter_is_not_told():
    other = Selection(type=THEMED.key, period="2026-27-Q1", picks=(), theme="Absence", pool=9)
    told = words_of(a_themed_paper({}, selections=(other,)), "Themed audit: Head of Service")
    assert not any("Absence" in each or "of 9" in each for each in told)


@pytest.mark.parametrize(("period", "told"), [("2025-26-Q2", False), ("2026-27-Q1", True)])
def test_of_two_rounds_of_one_theme_the_one_that_came_home_is_told(period, told):
    """A round of the quarter before may come home late; one of the year before is another."""
    chosen = Selection(type=THEMED.key, period=period, picks=(), theme="Neglect", pool=9)
    late = a_themed_return(period="2026-27-Q1")
    report = a_paper(late, selections=(chosen,))
    words = words_of(report, "Themed audit: Head of Service")
    assert any("of 9" in each for each in words) is told


def test_learning_that_names_somebody_is_held_back():
    answers = ({"h_learning": "Plans drift."}, {"h_learning": "Zquorn was never asked."})
    report = a_themed_paper(*answers, unprinted=frozenset({"zquorn"}))
    told = words_of(report, "Themed audit: Head of Service")
    assert "Plans drift." in told
    assert not any("Zquorn" in each for each in told)
    assert any(each.startswith("Held back") and "1 of 2" in each for each in told)


@given(st.text(), st.sampled_from(["zquorn", "7346512"]), st.text())
def test_a_name_is_found_wherever_it_stands_alone(before, name, after):
    assert names_somebody(f"{before} {name.upper()}’s {after}", {name})


HELD = {"child_id": "LB/77-31", "forename": "Zoë", "surname": "O'Quorn"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O’Quorn’s plan drifts", True),
        ("OQuorn waits", True),
        ("the Quorn family", True),
        ("the Smythe-Zquorn home", True),
        ("ZOË was heard", True),
        ("Zoe\N{COMBINING DIAERESIS} was heard", True),
        ("see LB/77-31.", True),
        ("(lb77-31's chronology)", True),
        ("31 of 77 plans in LB drift", False),
        ("an o and a z", False),
    ],
)
def test_a_name_or_number_is_found_however_its_signs_are_written(text, expected):
    held = unprinted(a_programme(cases=(a_case(**HELD, worker="Ann Zquorn"),)))
    assert names_somebody(text, held) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plans drift to an end, and so on.", False),
        ("They had to.", False),
        ("To was not heard", True),
        ("the plan for TO", True),
        ("was To’s wish heard?", True),
    ],
)
def test_a_name_that_is_a_small_word_too_is_found_only_where_it_is_written_as_a_name(
    text, expected
):
    held = unprinted(a_programme(cases=(a_case(surname="To", worker="An Zquorn"),)))
    assert names_somebody(text, held) is expected


def test_who_left_the_caseload_since_is_not_printed_either():
    left, audited = (a_case(name, surname=name, worker=name) for name in ("Zquorn", "Yquorn"))
    gone = unprinted(
        a_programme(
            a_return(child_id="Xquorn", worker="Wquorn"),
            caseloads={date(2026, 7, 31): (left,)},
            audited={"Q-2026-07-0001": audited},
        )
    )
    assert {"zquorn", "yquorn", "xquorn", "wquorn"} <= gone


def test_a_standard_and_the_question_that_finds_the_same_are_a_candidate():
    missed, asked = own_returns(1)[0], a_return(9)
    given_ = [
        a_record(missed.audit_id, {"c_plan.P": "no"}),
        a_record(asked.audit_id, {"q_voice": "RI"}),
    ]
    contracts = {**CONTRACTS, OWN.key: MATCHED}
    report = a_paper(missed, asked, records=given_, contracts=contracts)
    table = tables(report)["Found wanting in two kinds of audit: candidates for a theme"]
    pair = ("1.1 Plan on the record", "1 of 1", "2.1 The child is heard", "1 of 1")
    assert table.rows == (pair,)
    (crossed,) = counted(missed, asked, records=given_, contracts=contracts).crossed
    assert crossed.below.audits == (asked.audit_id,)


def test_one_that_only_one_kind_of_audit_finds_is_none():
    missed, asked = own_returns(1)[0], a_return(9)
    given_ = [
        a_record(missed.audit_id, {"c_plan.P": "no"}),
        a_record(asked.audit_id, {"q_voice": "G"}),
    ]
    contracts = {**CONTRACTS, OWN.key: MATCHED}
    assert counted(missed, asked, records=given_, contracts=contracts).crossed == ()


def test_what_came_home_since_april_stands_beside_the_target():
    before = returns(2, returned=date(2026, 5, 4))
    report = a_paper(*before, *returns(3, first=5), a_return(99, returned=date(2026, 3, 31)))
    chart = charts(report)["Quality: audits returned since April beside the target"]
    back, target = chart.series
    assert back.values == (0, 2, 2, 2, 5, 5, *[None] * 6)
    assert target.values[-1] == 160
    assert target.values[5] == 80
    table = tables(report)["Audits returned since April beside the target"]
    assert table.headings[-2:] == ("Quality returned", "Target")
    assert table.rows[1][-2:] == (2, 27)


def test_delivery_stands_by_role_and_by_pair_of_teams():
    audits = (
        a_return(1, auditor_role="tm", auditor_team="North", team="South"),
        a_return(2, auditor_role="iro", auditor_team="", team="South"),
    )
    pairs = {**CONTRACTS, PEER.key: replace(PEER, selection="paired-managers")}
    found = tables(a_paper(*audits, contracts=pairs))
    roles = found["Forms issued and returned in the period, by the auditor's role"]
    assert [row[0] for row in roles.rows] == ["Independent reviewing officer", "Team manager"]
    teams = found["Forms issued and returned in the period, by pair of teams"]
    assert [row[:3] for row in teams.rows] == [("North of South", 1, 1), ("No pair", 1, 1)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("WBRI", "White"),
        ("White and Black Caribbean", "Mixed"),
        ("Any other Asian background", "Asian"),
        ("CHNE", "Asian"),
        ("BAFR", "Black"),
        ("REFU", "Not recorded"),
        ("Caucasian", "White"),
        ("Asian/Asian British", "Asian"),
        ("Not asked: mother absent", "Not recorded"),
        ("Any other ethnic group", "Another group"),
        ("", "Not recorded"),
    ],
)
def test_an_ethnicity_is_told_by_its_census_group(told, expected):
    assert ethnic_group(told) == expected


def test_the_ethnicity_is_that_of_the_caseload_on_the_day_of_issue():
    cases = (a_case("1", ethnicity="WBRI"), a_case("2", ethnicity="APKN"))
    then = a_case("1", ethnicity="APKN")
    found = counted(a_return(), cases=cases, audited={"Q-2026-07-0001": then})
    kinds = [
        (kind.label, kind.audited.value, kind.open) for kind in found.sample.kinds["Ethnicity"]
    ]
    assert kinds == [("Asian", 1, 1), ("White", 0, 1)]


def test_the_coverage_goes_on_at_the_present_pace():
    cases = tuple(a_case(str(number), open_date=date(2025, 1, 6)) for number in range(20))
    audits = [
        replace(
            each, child_id=str(number), date_audited=date(2026, 9, 1), returned=date(2026, 9, 2)
        )
        for number, each in enumerate(own_returns(4))
    ]
    caseloads = {date(2026, 8, 31): cases, date(2026, 9, 30): cases}
    found = counted(*audits, cases=cases, caseloads=caseloads).reach
    assert [(each.audited, each.is_forecast) for each in found[:3]] == [
        (0, False),
        (4, False),
        (5, True),
    ]
    assert found[1].audits == tuple(audit.audit_id for audit in audits)
    chart = charts(a_paper(*audits, cases=cases, caseloads=caseloads))[
        "Share of eligible open cases audited in twelve months"
    ]
    covered, forecast = chart.series
    assert covered.values[:3] == (0.0, 0.2, None)
    assert forecast.values[:3] == (None, 0.2, 0.25)


def test_what_the_group_said_stands_beside_what_was_done():
    said = Commitment(
        reference="SMG-2026-27-Q1-targets",
        period="2026-27-Q1",
        action="Agree how the target will be reached",
        owner="Head of Service",
        due=date(2026, 9, 1),
        state="Agreed",
        done="Two auditors trained, with Zquorn",
    )
    report = a_paper(commitments=(said,), unprinted=frozenset({"zquorn"}))
    (row,) = tables(report)["What was agreed before, and what was done"].rows
    assert row[2:] == ("01/09/2026", "Agreed, overdue", "Held back: it may name somebody")


def test_what_the_group_dropped_is_told_so_that_the_numbers_add_up():
    states = ("Done", "Dropped", "Agreed", "")
    said = tuple(
        Commitment(reference=f"SMG-{n}", period="2026-27-Q1", action="Do it", state=state)
        for n, state in enumerate(states)
    )
    (told,) = words_of(a_paper(commitments=said), "You said, we did")
    assert told == (
        "Agreed or dropped before: 3; done: 1; dropped: 1; still open: 1. Proposed, and with no "
        "answer in the ledger: 1."
    )


def test_of_a_round_without_a_theme_nobody_is_asked_why_it_was_chosen():
    told = words_of(a_paper(), "Themed audit: Head of Service")
    assert told[0] == "No theme was named."
    assert not any(text.startswith("Why this theme") for text in told)


def test_staffs_words_stand_before_the_reports_own_and_a_spare_row_waits_for_them():
    own = spare_rows("2026-27-Q1", count=2)
    proposed = Commitment(
        reference="SMG-2026-27-Q1-safety", period="2026-27-Q1", action="Confirm", owner="A"
    )
    known = {each.reference: each for each in (proposed, *own)}
    written = {
        proposed.reference: {"Action agreed": "Confirm by phone", "State": "done"},
        own[0].reference: {"Action agreed": "Visit the teams", "Due": date(2026, 8, 1)},
    }
    first, second = kept_actions(known, written)
    assert (first.action, first.owner, first.state) == ("Confirm by phone", "A", "Done")
    assert (second.action, second.due) == ("Visit the teams", date(2026, 8, 1))


def test_a_copy_with_hidden_counts_names_no_audits_to_draw_on():
    report = a_themed_paper({"h_learning": "Plans drift."}, settings=Settings(suppress=5))
    assert "For the author: where there are words to draw on" not in tables(report)
    assert "Plans drift." not in words_of(report, "Themed audit: Head of Service")
