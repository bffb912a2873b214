"""What a form says before anybody writes on it: header and evidence, nothing guessed."""

from datetime import date

import pytest

from auditdocs.model.settings import Settings
from auditdocs.rules.forms.prefill import blank_values, form_values, header
from auditdocs.rules.forms.sample import LONGEST, samples
from tests.makers.cases import a_case, a_person, a_staff, a_team, an_audit
from tests.makers.contracts import a_contract, a_standard, an_advice, an_item
from tests.makers.forms import EVERY_KIND, KEYS, the_contract

STAFF = a_staff(a_person(), teams=(a_team(),))


def printed(case=None, audit=None, of=EVERY_KIND, staff=STAFF, **settings):
    return header(case or a_case(), audit or an_audit(), of, staff, Settings(**settings))


@pytest.mark.parametrize("key", KEYS)
def test_the_longest_preview_prints_every_question_and_none_prints_nothing(key):
    of = the_contract(key)
    cases = samples(of, Settings())
    assert cases[LONGEST]["printed"] == tuple(item.id for item in of.items)
    assert cases[LONGEST]["sections"] == tuple(section.key for section in of.sections)
    for case in cases.values():
        printed = [item for item in of.items if item.id in case["printed"]]
        assert printed
        assert {item.section for item in printed} == {*case["sections"]}


@pytest.mark.parametrize("key", KEYS)
def test_every_field_of_the_header_is_printed_and_no_other(key):
    of = the_contract(key)
    assert [*printed(of=of)] == [field.name for field in of.header]
    assert all(isinstance(text, str) for text in printed(of=of).values())


def test_the_header_says_what_audit_case_and_staff_say():
    case = a_case(
        "0012345", forename="mary", surname="Brown", cp_category="Neglect", legal_status="C2",
        cp_start=date(2026, 2, 1), care_start=date(2026, 3, 1), case_types=frozenset({"CP", "LAC"}),
        disability="Yes", ethnicity="Any", iro="Ivy Iro", cp_chair="Cy Chair",
    )  # fmt: skip
    audit = an_audit(auditor_role="tm", auditor_team="South", theme="Drift", version=3)
    assert printed(case, audit, of=the_contract("head-of-service")) == {
        "audit_id": "C-2026-09-0001",
        "audit_type": the_contract("head-of-service").title,
        "form_version": "3",
        "theme": "Drift",
        "period_label": "2026-09",
        "child_id": "0012345",
        "child_initials": "MB",
        "dob": "01/05/2018",
        "age": "8",
        "gender": "Female",
        "ethnicity": "Any",
        "disability": "Yes",
        "case_types": "CP and LAC",
        "legal_status": "C2",
        "category_of_abuse": "Neglect",
        "case_open_date": "05/01/2026",
        "plan_start_date": "01/02/2026",
        "care_start_date": "01/03/2026",
        "team": "North",
        "team_manager": "North Manager",
        "allocated_worker": "Ann Archer",
        "supervisor": "Sue Senior",
        "iro_or_chair": "Ivy Iro",
        "auditor": "Ann Archer",
        "auditor_role": "Team manager",
        "auditor_team": "South",
        "date_issued": "01/09/2026",
        "date_due": "22/09/2026",
    }


def test_the_extract_is_believed_before_the_staff_register():
    case = a_case(team_manager="Mo Manager", supervisor="Sam Senior")
    assert (printed(case)["team_manager"], printed(case)["supervisor"]) == (
        "Mo Manager",
        "Sam Senior",
    )


def test_what_nobody_knows_is_left_empty():
    bare = printed(a_case(team="Nowhere", worker="Nobody", dob=None, age=None), staff=a_staff())
    for name in ("team_manager", "supervisor", "dob", "age", "iro_or_chair", "child_initials"):
        assert bare[name] == ""


@pytest.mark.parametrize(
    ("changes", "dob", "age"),
    [
        (
            {"dob": None, "expected_dob": date(2027, 1, 2), "age": -1},
            "Expected 02/01/2027",
            "Unborn",
        ),
        ({"dob": date(2026, 9, 1), "age": 0}, "01/09/2026", "0"),
    ],
)
def test_a_child_not_yet_born_and_one_just_born_have_their_words(changes, dob, age):
    found = printed(a_case(**changes))
    assert (found["dob"], found["age"]) == (dob, age)


def test_posts_go_by_the_titles_the_service_uses():
    audit = an_audit(auditor_role="tm")
    assert (
        printed(audit=audit, posts={"tm": "Practice Manager"})["auditor_role"] == "Practice Manager"
    )
    assert printed(audit=an_audit(auditor_role=""))["auditor_role"] == ""


def test_the_chair_is_named_where_there_is_no_reviewing_officer():
    assert printed(a_case(cp_chair="Cy Chair"))["iro_or_chair"] == "Cy Chair"


def test_a_form_is_filled_with_header_identity_and_what_applies():
    of = a_contract(
        an_item("x_plan", relabel={"remand": "Detention plan"}),
        a_standard("x_seen", number="1.2", advice=(an_advice("cd(10)"),)),
        fingerprint="f" * 64,
    )
    case = a_case(last_seen=date(2026, 9, 1), circumstances=frozenset({"remand"}))
    audit = an_audit(printed=("x_seen",), header={"team": "North"})
    values = form_values(of, audit, case, Settings(), data_date=date(2026, 9, 30))
    assert (values["team"], values["audit_id"]) == ("North", "C-2026-09-0001")
    assert (values["type_key"], values["type_version"]) == ("visits", "1")
    assert values["fingerprint"] == "f" * 64
    assert values["form_name"] == "Visits Audit, version 1"
    assert (values["printed"], values["sections"]) == (("x_seen",), ("1",))
    assert values["labels"]["x_plan"] == "Detention plan"
    assert values["advice"]["x_plan"] == ""
    assert "visit made 01/09/2026" in values["advice"]["x_seen"]
    assert (values["service_name"], values["marking"]) == (
        "Children's Services",
        "OFFICIAL-SENSITIVE",
    )


def test_a_blank_form_has_every_item_prompts_for_its_header_and_no_id():
    values = blank_values(EVERY_KIND, Settings(service_name="Anywhere"))
    assert values["audit_id"] == ""
    assert values["printed"] == tuple(item.id for item in EVERY_KIND.items)
    assert values["sections"] == ("1", "2")
    assert values["child_id"] == EVERY_KIND.prompts["field"]
    assert values["dob"] == EVERY_KIND.prompts["date"]
    assert (values["audit_type"], values["form_version"]) == (EVERY_KIND.title, "1")
    assert set(values["advice"].values()) == {""}
    assert values["labels"] == {item.id: item.label for item in EVERY_KIND.items}
    assert values["service_name"] == "Anywhere"


def test_sections_stand_in_their_order_and_each_once():
    of = the_contract("quality")
    values = blank_values(of, Settings())
    assert values["sections"] == tuple(section.key for section in of.sections)


@pytest.mark.parametrize(
    ("supervisor", "manager", "signs"),
    [
        ("Ann Archer", "North Manager", "North Manager"),
        ("ARCHER, Ann", "Ann Archer", "Hilda Head"),
        ("Sue Senior", "North Manager", "Sue Senior"),
        ("", "North Manager", "Sue Senior"),
    ],
)
def test_nobody_signs_as_the_supervisor_of_the_own_case(supervisor, manager, signs):
    staff = a_staff(a_person(), teams=(a_team(manager=manager),))
    assert printed(a_case(supervisor=supervisor), staff=staff)["supervisor"] == signs
