"""The automatic tests: a sound case fails none, and each fault fails the one test for it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.case import Case
from auditdocs.model.extract import RowProblem
from auditdocs.model.people import Person
from auditdocs.rules.automatic.catalogue import (
    CATALOGUE,
    fields_held,
    flags,
    not_run,
    runnable,
)
from auditdocs.rules.automatic.test import surroundings
from auditdocs.rules.calendar.dates import age_on
from auditdocs.rules.forms.contracts import contract

DAY = date(2026, 9, 30)
SHIPPED = Path(__file__).parents[2] / "templates" / "forms" / "accuracy-agreement.toml"
WORKER = Person(name="Ann Lee", role="sw", teams=("North",), active_from=date(2020, 1, 1))
SOUND = Case(
    child_id="1",
    surname="Vale",
    forename="Robin",
    dob=date(2015, 5, 1),
    age=11,
    gender="Male",
    ethnicity="White British",
    disability="No",
    nhs_number="943 476 5919",
    upn="H801200001001",
    address="4 Mill Lane",
    postcode="EH1 1AA",
    phone="0131 496 0000",
    address_start=date(2026, 1, 5),
    gp="Dr Moss",
    school="Hill School",
    parental_responsibility="Mother",
    emergency_contact="Aunt",
    alert="Dog",
    alert_review=date(2026, 12, 1),
    cin_plan_start=date(2026, 1, 6),
    cin_plan_end=date(2026, 6, 1),
    missing_start=date(2026, 9, 1),
    missing_end=date(2026, 9, 2),
    missing_episodes=1,
    return_interview="Yes",
    pep_date=date(2026, 4, 1),
    team="North",
    worker="Ann Lee",
    open_date=date(2025, 1, 6),
    case_status="looked after",
    last_seen=date(2026, 9, 14),
    cp_start=date(2026, 6, 1),
    icpc_date=date(2026, 6, 1),
    cp_category="Neglect",
    cp_last_visit=date(2026, 9, 21),
    cp_seen_alone="Yes",
    cp_last_review=date(2026, 8, 20),
    care_start=date(2026, 2, 2),
    legal_status="C2",
    legal_start=date(2026, 2, 2),
    placement_type="U4",
    placement_provider="PR1: Own provision",
    placement_start=date(2026, 2, 2),
    placement_postcode="EH2 2BB",
    placement_urn="SC123456",
    placement_la="Elderwick",
    placement_location="In",
    permanence_plan="Long-term fostering",
    lac_last_review=date(2026, 6, 1),
    lac_last_visit=date(2026, 9, 7),
    last_health=date(2026, 3, 2),
    last_dental=date(2026, 3, 2),
    iro="Mo Reed",
    cp_chair="Jo Hart",
    family_id="F1",
    case_types=frozenset({"CP", "LAC"}),
)
EVERYTHING = fields_held(Case.__dataclass_fields__, (WORKER,))
ALL = runnable(CATALOGUE, EVERYTHING)


def failed(case, *others, problems=()):
    """The codes of the tests that a case fails among others."""
    round_it = surroundings((case, *others), data_date=DAY, people=(WORKER,), problems=problems)
    return {test.code for test in flags(case, ALL, round_it)}


def changed(**values):
    """The sound case with other values, its age that of its birth."""
    case = replace(SOUND, **values)
    return replace(case, age=age_on(case.dob, DAY)) if case.dob else case


def test_every_test_can_be_run_when_everything_is_held_and_has_words():
    assert len(ALL) == len(CATALOGUE)
    assert len({test.words for test in ALL}) >= len(ALL) - 1
    assert not_run(CATALOGUE, EVERYTHING) == ()


def test_every_item_of_the_agreement_has_a_test_and_every_test_an_item():
    items = contract(SHIPPED.read_text(encoding="utf-8")).items
    tested = {item.id: item.check.tests for item in items}
    assert len(tested) == 25
    assert all(tested.values())
    assert {code for codes in tested.values() for code in codes} == set(CATALOGUE)
    shown = {name for item in items for name in item.check.shows}
    assert shown <= set(Case.__dataclass_fields__)


def test_a_sound_case_fails_no_test():
    assert failed(SOUND) == set()


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("NAM01", {"surname": "Unknown"}),
        ("DOB01", {"dob": None}),
        ("DOB02", {"dob": None, "expected_dob": date(2026, 9, 1)}),
        ("DOB04", {"dob": date(2008, 9, 30), "upn": "UN1"}),
        ("GEN01", {"gender": "Not stated/recorded"}),
        ("NHS01", {"nhs_number": "tbc"}),
        ("NHS02", {"nhs_number": "943476591"}),
        ("NHS03", {"nhs_number": "943 476 5918"}),
        ("UPN01", {"upn": ""}),
        ("UPN02", {"upn": "X12"}),
        ("UPN03", {"upn": "A801200001001"}),
        ("UPN04", {"upn": "W001200001001"}),
        ("UPN05", {"upn": "UN1"}),
        ("ETH01", {"ethnicity": "Information not yet obtained"}),
        ("DIS01", {"disability": ""}),
        ("ADR01", {"address": "not known"}),
        ("ADR02", {"postcode": ""}),
        ("ADR03", {"postcode": "EH1"}),
        ("ADR04", {"address_start": date(2025, 9, 29)}),
        ("ADR05", {"phone": "TBC"}),
        ("FAM01", {"family_id": ""}),
        ("GPS01", {"gp": ""}),
        ("GPS02", {"school": "not known"}),
        ("GPS03", {"dob": date(2021, 10, 1), "health_visitor": ""}),
        ("PRC01", {"parental_responsibility": ""}),
        ("PRC02", {"emergency_contact": "tbc"}),
        ("WRK01", {"worker": ""}),
        ("WRK02", {"worker": "Somebody Else"}),
        ("WRK04", {"team": "South"}),
        ("STA01", {"case_status": ""}),
        ("OPN01", {"open_date": None}),
        ("OPN01", {"open_date": date(2026, 10, 1)}),
        ("OPN02", {"open_date": date(2014, 1, 1)}),
        ("VIS01", {"last_seen": date(2026, 10, 1)}),
        ("VIS02", {"last_seen": date(2026, 9, 1), "case_types": frozenset({"CIN"})}),
        ("VIS02", {"last_seen": None, "case_types": frozenset()}),
        ("VIS03", {"cp_seen_alone": ""}),
        ("VIS04", {"cp_last_visit": date(2026, 9, 15)}),
        ("VIS04", {"cp_last_visit": None}),
        ("VIS05", {"lac_last_visit": date(2026, 8, 18)}),
        ("VIS05", {"lac_last_visit": date(2026, 8, 18), "placement_type": "U6"}),
        (
            "VIS05",
            {
                "lac_last_visit": date(2026, 9, 1),
                "placement_type": "P1",
                "legal_status": "C1",
                "circumstances": frozenset({"with_parents"}),
            },
        ),
        ("VIS05", {"lac_last_visit": date(2026, 3, 29), "placement_start": date(2025, 9, 1)}),
        ("CPP01", {"cp_category": ""}),
        ("CPP02", {"icpc_date": date(2026, 6, 2)}),
        ("CPP03", {"cp_end": date(2026, 6, 1)}),
        ("CPP04", {"cp_end": date(2026, 5, 1)}),
        ("CPP05", {"cin_plan_end": None}),
        ("CPP05", {"cin_plan_end": date(2026, 6, 2)}),
        ("MIS01", {"missing_start": date(2026, 9, 22), "missing_end": None}),
        ("MIS01", {"missing_start": date(2026, 9, 22)}),
        ("MIS02", {"return_interview": ""}),
        ("MIS03", {"return_interview": ""}),
        ("ALE01", {"alert_review": None}),
        ("ALE02", {"alert_review": date(2026, 9, 29)}),
        ("REV01", {"lac_last_review": None}),
        ("REV02", {"lac_last_review": date(2026, 3, 29)}),
        ("REV03", {"cp_last_review": date(2026, 3, 29), "cp_start": date(2026, 6, 1)}),
        ("REV04", {"lac_last_review": date(2026, 10, 1)}),
        ("IRO01", {"iro": ""}),
        ("IRO02", {"cp_chair": ""}),
        ("LEG01", {"legal_status": ""}),
        ("LEG02", {"legal_status": "C9"}),
        ("LEG03", {"legal_start": date(2026, 10, 1)}),
        ("LEG03", {"legal_start": date(2015, 4, 30)}),
        ("LEG04", {"legal_status": "C1", "legal_start": date(2026, 3, 31)}),
        ("LEG05", {"placement_type": "P1", "placement_provider": "PR0", "legal_status": "V2"}),
        ("PLA01", {"placement_type": ""}),
        ("PLA02", {"placement_type": "Q9"}),
        ("PLA03", {"placement_provider": "Council"}),
        ("PLA04", {"placement_provider": "PR0"}),
        ("PLA04", {"placement_type": "P1"}),
        ("PLA04", {"placement_provider": "PR3"}),
        ("PLA05", {"placement_start": date(2026, 2, 1)}),
        ("PLC01", {"placement_postcode": ""}),
        ("PLC02", {"placement_postcode": "nowhere 1"}),
        ("PLC03", {"placement_type": "K2", "placement_urn": ""}),
        ("PLC04", {"placement_la": ""}),
        ("HEA01", {"last_health": None}),
        ("PEP01", {"pep_date": None}),
        ("PEP02", {"pep_date": date(2026, 3, 31)}),
        ("HEA02", {"last_health": date(2025, 9, 29)}),
        ("HEA03", {"last_dental": date(2025, 9, 29)}),
        ("PER01", {"permanence_plan": ""}),
        ("UAS01", {"uasc": "Yes", "dob": date(2008, 9, 30), "upn": "UN1"}),
        ("UAS02", {"uasc": "Yes", "uasc_end": DAY}),
        ("LEA01", {"dob": date(2009, 12, 30)}),
        ("LEA01", {"dob": date(2009, 8, 30), "in_touch": "Yes", "accommodation": "U"}),
    ],
)
def test_a_fault_fails_its_test(code, values):
    assert code in failed(changed(**values))


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("LEG04", {"legal_status": "C1", "legal_start": date(2026, 4, 1)}),
        ("DOB02", {"dob": None, "expected_dob": date(2026, 9, 2)}),
        ("PLA04", {"placement_type": "P1", "placement_provider": "PR0"}),
        ("PLA03", {"placement_type": "Z1", "placement_provider": ""}),
        ("REV01", {"lac_last_review": None, "care_start": date(2026, 9, 2)}),
        ("IRO01", {"iro": "", "care_start": date(2026, 9, 23)}),
        ("VIS02", {"last_seen": date(2026, 9, 2), "case_types": frozenset({"CIN"})}),
        ("VIS02", {"last_seen": None}),
        ("VIS04", {"cp_last_visit": date(2026, 9, 16)}),
        ("VIS05", {"lac_last_visit": date(2026, 8, 19)}),
        ("VIS05", {"lac_last_visit": date(2026, 3, 30), "placement_start": date(2025, 9, 1)}),
        (
            "VIS05",
            {"lac_last_visit": date(2026, 3, 30), "circumstances": frozenset({"short_breaks"})},
        ),
        ("ADR04", {"address_start": date(2025, 9, 30)}),
        ("CPP05", {"cin_plan_start": None, "cin_plan_end": None}),
        ("CPP05", {"cp_start": None, "cin_plan_end": None}),
        (
            "CPP05",
            {"cp_end": date(2026, 7, 1), "cin_plan_start": date(2026, 7, 1), "cin_plan_end": None},
        ),
        ("GPS02", {"school": "", "dob": date(2010, 9, 30)}),
        ("GPS03", {"health_visitor": "", "dob": date(2021, 9, 30)}),
        ("MIS01", {"missing_start": date(2026, 9, 23), "missing_end": None}),
        ("MIS02", {"return_interview": "", "missing_end": date(2026, 9, 27)}),
        ("MIS03", {"return_interview": "", "missing_episodes": 0}),
        ("ALE01", {"alert": "", "alert_review": None}),
        ("ALE02", {"alert_review": DAY}),
        ("PEP01", {"pep_date": None, "care_start": date(2026, 9, 2)}),
        ("PEP01", {"pep_date": None, "circumstances": frozenset({"short_breaks"})}),
        ("UAS02", {"uasc": "No", "uasc_end": DAY}),
        ("LEA01", {"dob": date(2010, 1, 1)}),
        ("LEA01", {"dob": date(2009, 8, 29)}),
        ("LEA01", {"dob": date(2010, 12, 1)}),
        (
            "LEA01",
            {"dob": date(2009, 12, 1), "in_touch": "Yes", "accommodation": "U", "activity": "F1"},
        ),
    ],
)
def test_what_is_just_within_its_limit_fails_nothing(code, values):
    assert code not in failed(changed(**values))


def test_what_is_said_of_the_area_is_held_against_the_authority_of_most_who_are_near():
    near = [replace(SOUND, child_id=str(n), placement_la="ELDERWICK") for n in range(2, 4)]
    far = replace(SOUND, placement_location="Out", placement_la="Farwick")
    assert "PLC05" not in failed(SOUND, *near) | failed(far, *near)
    assert "PLC05" in failed(replace(SOUND, placement_la="Farwick"), *near)
    assert "PLC05" in failed(replace(SOUND, placement_location="Out"), *near)
    assert "PLC05" not in failed(replace(SOUND, placement_location="Elsewhere"), *near)


def test_a_family_number_of_its_own_is_odd_where_another_case_has_the_address():
    other = replace(SOUND, child_id="2", address="4  mill lane", family_id="F2")
    assert "FAM02" in failed(SOUND, other)
    assert "FAM02" not in failed(SOUND)
    assert "FAM02" not in failed(SOUND, replace(other, family_id="F1"))
    assert "FAM02" not in failed(SOUND, replace(other, address="5 Mill Lane"))


@pytest.mark.parametrize(
    ("data_date", "pep", "is_old"),
    [
        (date(2026, 1, 1), date(2025, 9, 1), False),
        (date(2026, 1, 1), date(2025, 8, 31), True),
        (date(2026, 8, 31), date(2026, 1, 1), False),
        (date(2026, 8, 31), date(2025, 12, 31), True),
        (date(2026, 12, 31), date(2026, 3, 31), True),
        (date(2027, 3, 31), date(2026, 9, 1), False),
        (date(2027, 3, 31), date(2026, 8, 31), True),
    ],
)
def test_an_education_plan_is_old_when_it_is_of_neither_this_term_nor_the_last(
    data_date, pep, is_old
):
    case = replace(SOUND, pep_date=pep)
    round_it = surroundings((case,), data_date=data_date)
    assert CATALOGUE["PEP02"].flags(case, round_it) == is_old


def test_the_first_review_is_late_from_the_twenty_first_working_day():
    assert "REV01" in failed(changed(lac_last_review=None, care_start=date(2026, 9, 1)))


def test_status_is_held_against_the_lists():
    assert "STA02" in failed(changed(case_status="child protection", cp_start=None))
    assert "STA03" in failed(changed(care_start=None))
    assert "STA04" in failed(changed(case_status="child in need"))


def test_a_worker_who_has_left_is_seen():
    left = replace(WORKER, active_to=date(2026, 9, 29))
    round_it = surroundings((SOUND,), data_date=DAY, people=(left,))
    assert {test.code for test in flags(SOUND, ALL, round_it)} == {"WRK03"}


def test_a_child_entered_twice_is_seen_by_name_and_number():
    again = replace(SOUND, child_id="2", surname="VALE")
    assert {"DUP01", "DUP02", "DUP03"} <= failed(SOUND, again)
    other = replace(SOUND, child_id="2", forename="Kim", nhs_number="", upn="")
    assert not {"DUP01", "DUP02", "DUP03"} & failed(SOUND, other)
    assert not {"DUP01"} & failed(SOUND, replace(again, close_date=date(2026, 1, 1)))


def test_what_was_odd_about_the_rows_is_seen():
    assert failed(SOUND, problems=(RowProblem(4, "age", "…", child_id="1"),)) == {"DOB03"}
    assert failed(SOUND, problems=(RowProblem(4, "child_id", "…", child_id="1"),)) == {"DUP04"}
    assert failed(SOUND, problems=(RowProblem(4, "dob", "…", child_id="1"),)) == {"DOB05"}


def test_tests_without_their_fields_are_not_run_and_are_told():
    held = fields_held(("worker", "legal_status"), ())
    codes = ("WRK01", "WRK02", "LEG01", "LEG04", "NHS01")
    assert [test.code for test in runnable(codes, held)] == ["WRK01", "LEG01"]
    assert not_run(codes, held) == (
        "WRK02 the worker is not on the staff register; it needs a staff register",
        "LEG04 an interim care order (C1) of more than 26 weeks; it needs Start date of current "
        "legal status",
        "NHS01 no NHS number; it needs NHS Number",
    )


NEW_DATES = ("address_start", "alert_review", "cin_plan_start", "cin_plan_end", "missing_start")
NEW_DATES += ("missing_end", "uasc_end", "pep_date")


@given(
    st.builds(
        replace,
        st.just(SOUND),
        nhs_number=st.text(max_size=14),
        upn=st.text(max_size=14),
        postcode=st.text(max_size=9),
        placement_provider=st.text(max_size=5),
        legal_start=st.none() | st.dates(),
        care_start=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        placement_location=st.text(max_size=5),
        family_id=st.text(max_size=3),
        **dict.fromkeys(NEW_DATES, st.none() | st.dates(max_value=date(9998, 12, 31))),
        dob=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    )
)
def test_no_value_however_odd_stops_the_tests(case):
    failed(case)
