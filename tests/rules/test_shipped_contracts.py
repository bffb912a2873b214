"""The three audit types as they are shipped: every question, and who is asked which.

Source: domain.md A1.2, A2.2, A3.3 to A3.9.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from auditdocs.model.case import CIN, CP, LAC
from auditdocs.rules.calendar.dates import limit, limit_words
from auditdocs.rules.forms.advice import advice_for, evidence
from auditdocs.rules.forms.applicability import items_for, label_for
from auditdocs.rules.forms.contracts import contract
from tests.makers.cases import a_case

FORMS = Path(__file__).parents[2] / "templates" / "forms"
DATA_DATE = date(2026, 9, 30)

HEAD_OF_SERVICE = """
    h_theme_fit text, h_synopsis text, h_safe_now yn, h_threshold grade, h_risk_response grade,
    h_strategy_s47 grade CIN/CP/LAC optional, h_assessment grade, h_child_voice grade, h_plan grade,
    h_drift yn+text, h_permanence grade LAC, h_multi_agency grade, h_diversity grade,
    h_mgmt_oversight grade, h_supervision grade, h_challenge grade CP/LAC optional,
    h_legal grade CP/LAC optional, h_outcome grade, h_good_practice text optional, h_learning text,
    h_prev_actions ynp, h_overall grade+text
"""
QUALITY = """
    q_reason_clear grade, q_summary_chron grade, q_threshold grade, q_assess_quality grade,
    q_assess_current ynp, q_risk grade, q_fathers ynp, q_seen_alone ynp, q_voice grade,
    q_lived grade, q_identity grade, q_plan_smart grade, q_plan_timelimited grade,
    q_contingency ynp, q_review_effective grade, q_core_group grade CP, q_permanence grade LAC,
    q_placement grade LAC, q_health_educ grade LAC, q_pathway grade LAC, q_partnership grade,
    q_family_work grade, q_feedback yn+text optional, q_decisions grade, q_supervision grade,
    q_oversight_chair grade CP/LAC, q_rec_quality grade, q_rec_current ynp, q_outcome grade,
    q_delay yn+text, q_prev_actions ynp, q_safe_now yn, q_strengths text, q_improve text,
    q_overall grade+text
"""
ALL_CASES = """
    c_basic_details PU local, c_ethnicity P local, c_disability P local, c_parental_resp PU local,
    c_family_network PU local, c_agencies PU local, c_ids P local, c_consent_info P local,
    c_referral_decision PT guid, c_assessment PTU guid, c_child_seen_assess P guid,
    c_chronology PU local, c_case_summary PU local, c_case_notes TU local, c_mgmt_decision P local,
    c_supervision PU local, c_risk_missing PT guid, c_documents P local,
    c_prev_audit_actions P local
"""
IN_NEED = """
    c_cin_plan PTU local, c_cin_review PTU local, c_cin_visits TU local, c_cin_lead P guid,
    c_cin_exit P local
"""
PROTECTION = """
    c_cp_strategy P guid, c_cp_s47 P guid, c_cp_icpc T guid, c_cp_plan PU guid,
    c_cp_core_first T guid, c_cp_core_next TU local, c_cp_rcpc TU guid, c_cp_visits TU local,
    c_cp_seen_alone P guid, c_cp_report T local, c_cp_minutes PT local
"""
LOOKED_AFTER = """
    c_lac_decision P guid, c_lac_care_plan PTU reg, c_lac_permanence PT reg,
    c_lac_placement_plan PTU reg, c_lac_notify PT reg, c_lac_iro PT guid, c_lac_review TU reg,
    c_lac_review_record T guid, c_lac_visit_first T reg, c_lac_visits TU reg,
    c_lac_seen_alone P reg, c_lac_iha PT reg, c_lac_rha TU reg, c_lac_dental U guid,
    c_lac_sdq U guid, c_lac_pep PT guid, c_lac_pep_review U guid, c_lac_delegated P reg,
    c_lac_contact PU reg, c_lac_pathway_needs PT reg, c_lac_pathway PU reg,
    c_lac_life_story PU local, c_lac_codes P local
"""


def listed(*tables):
    """The entries of such tables, each as its words."""
    return [entry.split() for table in tables for entry in table.strip().split(",")]


def ids(*tables):
    return [entry[0] for entry in listed(*tables)]


@cache
def shipped(key):
    return contract((FORMS / f"{key}.toml").read_text(encoding="utf-8"))


KEYS = ("head-of-service", "quality", "completeness")
EVERY_ITEM = [item for key in KEYS for item in shipped(key).items]


def asked(key, *types, **changes):
    case = a_case(case_types=frozenset(types), **changes)
    return [item.id for item in items_for(shipped(key), case)]


def special(*names):
    return {"circumstances": frozenset(names)}


# What is on the forms.


@pytest.mark.parametrize(
    ("key", "prefix", "items", "sections", "targets", "due_days"),
    [
        ("head-of-service", "H", 22, 8, {"year": 24, "quarter": 6}, 28),
        ("quality", "Q", 35, 9, {"year": 160}, 28),
        ("completeness", "C", 58, 4, {}, 21),
    ],
)
def test_each_audit_type_is_whole(key, prefix, items, sections, targets, due_days):
    made = shipped(key)

    assert (made.key, made.prefix, made.targets, made.due_days) == (key, prefix, targets, due_days)
    assert (len(made.items), len(made.sections)) == (items, sections)
    assert made.intro


@pytest.mark.parametrize(("key", "table"), [(KEYS[0], HEAD_OF_SERVICE), (KEYS[1], QUALITY)])
def test_the_graded_forms_ask_what_the_procedure_lists(key, table):
    made = [
        [item.id, item.type]
        + (["/".join(item.applies)] if item.applies else [])
        + ([] if item.required else ["optional"])
        for item in shipped(key).items
    ]

    assert made == listed(table)


def test_completeness_asks_every_standard_with_its_facets_and_basis():
    made = [
        [[item.id, "".join(item.facets), item.basis] for item in section.items]
        for section in shipped("completeness").sections
    ]

    assert made == [listed(table) for table in (ALL_CASES, IN_NEED, PROTECTION, LOOKED_AFTER)]
    assert all(item.type == "facet" and item.required for item in shipped("completeness").items)


def test_every_id_is_used_once_in_all_of_the_service():
    assert len({item.id for item in EVERY_ITEM}) == len(EVERY_ITEM) == 22 + 35 + 58


def test_every_item_has_guidance_that_fits_under_a_question():
    assert [item.id for item in EVERY_ITEM if not 20 <= len(item.guidance) <= 700] == []


def test_every_limit_is_one_that_can_be_counted():
    for item in EVERY_ITEM:
        assert not re.search(r"\b(wd|cd|mo)\b", limit_words(item.limit)), item.id
        for advice in item.advice:
            spans = (advice.limit, advice.every, advice.first, advice.second)
            assert all(limit(span).count for span in spans if span), item.id


def test_each_graded_form_asks_once_whether_the_child_is_safe_and_once_for_the_whole():
    for key in ("head-of-service", "quality"):
        made = shipped(key)
        assert [item.id[2:] for item in made.items if item.safety] == ["safe_now"]
        assert made.overall.id[2:] == "overall"
        assert any(item.safeguarding for item in made.items)
    assert shipped("completeness").overall is None


def test_a_figure_that_is_only_usual_practice_is_not_printed_as_law():
    for item_id in ("c_lac_review_record", "c_lac_dental", "c_lac_pathway"):
        assert shipped("completeness").item(item_id).limit.startswith("usual practice")


def test_staff_keep_the_dates_of_what_follows_an_audit():
    kept = {
        key: {field.name for field in shipped(key).sign_off if field.staff_column} for key in KEYS
    }

    assert all("contact_sheet_date" in names for names in kept.values())
    assert {"smg_discussed_date", "smg_outcome", "fedback_to_tm"} <= kept["head-of-service"]
    assert {"discussed_date", "agreed", "referred_to", "decision"} <= kept["quality"]
    assert {"supervision_date", "agreed", "supervision_copied_date"} <= kept["completeness"]


# Who is asked what.


@pytest.mark.parametrize(
    ("types", "tables"),
    [
        ((), (ALL_CASES,)),
        ((CIN,), (ALL_CASES, IN_NEED)),
        ((CP,), (ALL_CASES, PROTECTION)),
        ((LAC,), (ALL_CASES, LOOKED_AFTER)),
        ((CP, LAC), (ALL_CASES, PROTECTION, LOOKED_AFTER)),
    ],
)
def test_a_case_is_asked_the_standards_of_its_types(types, tables):
    """Of age 16, which is in every age range."""
    assert asked("completeness", *types, age=16) == ids(*tables)


@pytest.mark.parametrize(
    ("age", "left_out"),
    [
        (1, "sdq pep pep_review pathway_needs pathway"),
        (3, "sdq pep pep_review pathway_needs pathway"),
        (4, "pathway_needs pathway"),
        (15, "pathway_needs pathway"),
        (16, ""),
        (17, "sdq"),
        (None, ""),
    ],
)
def test_schooling_and_pathway_are_asked_at_their_ages(age, left_out):
    without = {f"c_lac_{name}" for name in left_out.split()}

    assert asked("completeness", LAC, age=age) == [
        item_id for item_id in ids(ALL_CASES, LOOKED_AFTER) if item_id not in without
    ]


def test_a_child_in_short_breaks_is_not_asked_for_what_regulation_48_takes_away():
    left_out = set(ids(LOOKED_AFTER)) - set(
        asked("completeness", LAC, age=16, **special("short_breaks"))
    )

    assert left_out == {
        "c_lac_care_plan",
        "c_lac_permanence",
        "c_lac_placement_plan",
        "c_lac_notify",
        "c_lac_iha",
        "c_lac_rha",
        "c_lac_pep",
        "c_lac_pep_review",
    }


def test_an_unborn_child_is_not_asked_to_be_seen_or_to_have_numbers():
    case = {"age": -1, "dob": None, **special("unborn")}

    assert set(ids(ALL_CASES)) - set(asked("completeness", CIN, **case)) == {
        "c_ids",
        "c_child_seen_assess",
    }
    assert "c_cin_visits" not in asked("completeness", CIN, **case)
    assert set(ids(PROTECTION)) - set(asked("completeness", CP, **case)) == {"c_cp_seen_alone"}
    assert set(ids(QUALITY)) - set(asked("quality", CP, LAC, **case)) == {
        "q_seen_alone",
        "q_pathway",
    }


@pytest.mark.parametrize(
    ("circumstance", "item_id", "words"),
    [
        ("remand", "c_lac_placement_plan", "Detention placement plan"),
        ("remand", "c_lac_care_plan", "detention placement plan"),
        ("uasc", "c_parental_resp", "immigration status"),
        ("uasc", "c_lac_contact", "where they can be reached safely"),
        ("unborn", "c_agencies", "midwife"),
        ("unborn", "c_cp_visits", "expectant mother"),
    ],
)
def test_a_special_case_is_asked_in_its_own_words(circumstance, item_id, words):
    item = shipped("completeness").item(item_id)
    case = a_case(case_types=frozenset({LAC, CP}), **special(circumstance))

    assert item in items_for(shipped("completeness"), case)
    assert words in label_for(item, case)
    assert words not in label_for(item, None)


def test_the_graded_forms_ask_by_case_type():
    only_types = {"q_core_group", "q_permanence", "q_placement", "q_health_educ", "q_pathway"}
    chaired = {"q_oversight_chair"}

    assert set(ids(QUALITY)) - set(asked("quality", CIN)) == only_types | chaired
    assert set(ids(QUALITY)) - set(asked("quality", CP)) == only_types - {"q_core_group"}
    assert set(ids(QUALITY)) - set(asked("quality", LAC, age=15)) == {"q_core_group"}
    assert set(ids(QUALITY)) - set(asked("quality", LAC, age=14)) == {"q_core_group", "q_pathway"}
    assert asked("quality", CP, LAC, age=16) == ids(QUALITY)
    assert set(ids(HEAD_OF_SERVICE)) - set(asked("head-of-service", CP)) == {"h_permanence"}
    assert set(ids(HEAD_OF_SERVICE)) - set(asked("head-of-service")) == {
        "h_strategy_s47",
        "h_permanence",
        "h_challenge",
        "h_legal",
    }


# What the extract says.


@pytest.mark.parametrize(
    ("item_id", "dates", "last_day"),
    [
        ("c_cp_icpc", {"strategy_date": date(2025, 4, 14)}, date(2025, 5, 8)),
        ("c_cp_core_first", {"icpc_date": date(2025, 5, 8)}, date(2025, 5, 22)),
        ("c_cp_rcpc", {"icpc_date": date(2025, 5, 8)}, date(2025, 8, 8)),
        ("c_assessment", {"referral_date": date(2025, 3, 3)}, date(2025, 5, 8)),
        ("c_lac_review", {"care_start": date(2024, 12, 18)}, date(2025, 1, 20)),
        ("c_lac_placement_plan", {"placement_start": date(2025, 4, 17)}, date(2025, 4, 28)),
        ("c_lac_pathway_needs", {"dob": date(2009, 1, 31), "age": 17}, date(2025, 4, 30)),
    ],
)
def test_the_worked_dates_of_the_procedure_come_out(item_id, dates, last_day):
    """Source: domain.md A3.8a."""
    case = a_case(case_types=frozenset({CP, LAC}), **dates)

    assert evidence(shipped("completeness").item(item_id), case, DATA_DATE).limit == last_day


def test_case_supervision_is_due_sooner_for_children_who_are_protected_or_looked_after():
    item = shipped("completeness").item("c_supervision")
    held = {"supervision_date": date(2026, 8, 1)}
    protected, in_need = (a_case(case_types=frozenset({kind}), **held) for kind in (CP, CIN))

    assert advice_for(item, protected, DATA_DATE) == (
        "Extract: supervision held 01/08/2026; next due by 12/09/2026; late by 18 days."
    )
    assert advice_for(item, in_need, DATA_DATE) == (
        "Extract: supervision held 01/08/2026; next due by 01/11/2026; in time."
    )


@pytest.mark.parametrize(("age", "last_day"), [(4, date(2026, 10, 1)), (5, date(2027, 4, 1))])
def test_health_is_reviewed_twice_as_often_below_five(age, last_day):
    case = a_case(case_types=frozenset({LAC}), age=age, last_health=date(2026, 4, 1))

    item = shipped("completeness").item("c_lac_rha")
    assert evidence(item, case, DATA_DATE).limit == last_day


def test_a_child_under_both_rules_has_both_visits_printed():
    case = a_case(
        case_types=frozenset({CP, LAC}),
        cp_start=date(2026, 6, 1),
        cp_last_visit=date(2026, 9, 14),
        placement_start=date(2026, 6, 1),
        lac_last_visit=date(2026, 9, 14),
    )
    limits = {
        item_id: evidence(shipped("completeness").item(item_id), case, DATA_DATE).limit
        for item_id in ("c_cp_visits", "c_lac_visits")
    }

    assert limits == {"c_cp_visits": date(2026, 9, 28), "c_lac_visits": date(2026, 10, 26)}


@pytest.mark.parametrize("circumstance", ["short_breaks", "with_parents"])
def test_no_visiting_interval_is_asserted_where_the_extract_cannot_know_it(circumstance):
    case = a_case(
        case_types=frozenset({LAC}), lac_last_visit=date(2026, 1, 1), **special(circumstance)
    )

    assert advice_for(shipped("completeness").item("c_lac_visits"), case, DATA_DATE) == ""


def test_a_case_without_dates_is_told_of_no_fault():
    case = a_case(case_types=frozenset({CIN, CP, LAC}), open_date=None, dob=None)

    for item in shipped("completeness").items:
        sentence = advice_for(item, case, DATA_DATE)
        assert "late" not in sentence
        assert "was due" not in sentence
