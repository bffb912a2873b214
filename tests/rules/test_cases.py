"""The caseload comes out of an extract whole: every child once, every fault told by its row."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.documents.extracts.tables import tables
from auditdocs.errors import ExtractFault
from auditdocs.model.tables import UNSAVED, Table
from auditdocs.rules.caseload.cases import extract, stated_data_date
from tests.makers.extracts import (
    DATA_DATE,
    LIST_6,
    LIST_7,
    LIST_8,
    TODAY,
    a_caseload,
    a_csv,
    a_front_sheet,
    a_row,
    a_table,
    a_workbook,
)


def taken(*sheets, **options):
    return extract(sheets, data_date=DATA_DATE, today=TODAY, **options)


def the_case(*sheets):
    (case,) = taken(*sheets).cases
    return case


def told(extract):
    return [(problem.row, problem.field) for problem in extract.problems]


def words(extract):
    (problem,) = extract.problems
    return problem.text


def a_list_7(child_id=1000001, **changes):
    plan = {"cp_start": date(2026, 3, 2), "cp_category": "a) Neglect"}
    return a_table("List 7", LIST_7, {"child_id": child_id, **plan, **changes})


def a_list_8(child_id=1000001, **changes):
    care = {"care_start": date(2026, 2, 2), "legal_status": "C1: ICO"}
    return a_table("List 8", LIST_8, {"child_id": child_id, **care, **changes})


def refusal(*sheets, **options):
    with pytest.raises(ExtractFault) as caught:
        taken(*sheets, **options)
    return caught.value


def test_a_sound_row_is_a_case_without_a_word_said():
    found = taken(a_front_sheet(), a_caseload(a_row()))
    (case,) = found.cases
    assert found.problems == ()
    assert found.rows == 1
    assert (case.child_id, case.team, case.worker) == ("1000001", "North", "Ann Archer")
    assert (case.gender, case.ethnicity, case.disability) == ("Female", "WBRI", "No")
    assert (case.open_date, case.age, case.dob) == (date(2026, 1, 5), 8, date(2018, 5, 1))
    assert case.type_label == "CIN"
    assert case.is_open


def test_the_same_caseload_comes_out_of_a_workbook_and_a_csv_file():
    caseload = a_caseload(a_row(), a_row(1000002, worker="#N/A", age=None))
    from_workbook = tables(a_workbook([a_front_sheet(), caseload]), name="caseload")
    from_csv = tables(a_csv([caseload]), name="caseload")
    assert taken(*from_workbook).cases == taken(*from_csv).cases == taken(caseload).cases


@pytest.mark.parametrize("name", ["List 6", "List_6", "list 6 - CIN", "LIST 06", "Caseload"])
def test_the_caseload_is_found_whatever_its_sheet_is_called(name):
    title = (("Annex A: child-level data",), ())
    found = taken(
        Table("Guidance", (("Child Unique ID is the id", "of the child"),)),
        a_caseload(a_row(), a_row(1000002, open_date=None), name=name, above=title),
        Table("Codes", (("a) Male", "b) Female"),)),
    )
    assert len(found.cases) == 2
    assert told(found) == [(5, "open_date")]


def test_a_caseload_in_a_file_called_list_2_is_still_the_caseload():
    assert len(taken(a_caseload(a_row(), name="list2.csv")).cases) == 1


def test_lists_are_joined_by_child_id_by_their_headings_where_their_names_say_nothing():
    plans = a_table("CP", LIST_7, {"child_id": "1000001", "cp_start": date(2026, 3, 2)})
    care = a_table("CLA", LIST_8, {"child_id": 1000001.0, "care_start": date(2026, 2, 2)})
    case = the_case(plans, care, a_caseload(a_row(), name="CIN"))
    assert (case.cp_start, case.care_start) == (date(2026, 3, 2), date(2026, 2, 2))


def test_what_annex_a_says_of_missing_children_and_of_care_leavers_is_read():
    episodes = (
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months"
    )
    offered = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
    care = ("Child ID", "Date Started to be Looked After", episodes, offered, "Placement Location")
    leaving = ("Child ID", "LA in Touch", "Type of Accommodation", "Activity Status")
    case = the_case(
        a_caseload(a_row()),
        Table("List 8", (care, (1000001, date(2026, 2, 2), 2.0, "b) No", "b) Out"))),
        Table("List 9", (leaving, (1000001, "a) Yes", "U: Independent living", "F1: College"))),
    )
    assert (case.missing_episodes, case.return_interview) == (2, "No")
    assert case.placement_location == "Out"
    assert (case.in_touch, case.accommodation) == ("Yes", "U: Independent living")
    assert case.activity == "F1: College"


def test_a_sheet_that_adds_no_dates_is_left_alone():
    notes = a_table("Notes", {"child_id": "Child ID", "gender": "Sex"}, a_row())
    assert taken(notes, a_caseload(a_row())).unmapped == ("Reason for Closure",)


def test_a_case_opened_on_the_data_date_is_sound():
    assert taken(a_caseload(a_row(open_date=DATA_DATE, close_date=DATA_DATE))).problems == ()


def test_a_child_both_looked_after_and_on_a_plan_is_both():
    case = the_case(a_caseload(a_row(case_status="a) Looked after child")), a_list_7(), a_list_8())
    assert case.case_types == {"CP", "LAC"}
    assert (case.cp_category, case.legal_status) == ("Neglect", "C1")


def test_a_plan_and_a_care_period_that_ended_leave_a_child_in_need():
    case = the_case(
        a_caseload(a_row()),
        a_list_7(cp_end=date(2026, 8, 3)),
        a_list_8(care_end=date(2026, 8, 3), legal_status="J1: Remand"),
    )
    assert case.type_label == "CIN"
    assert case.cp_end == date(2026, 8, 3)
    assert case.circumstances == frozenset()


@pytest.mark.parametrize(
    ("status", "label"),
    [
        ("a) Looked after child", "LAC"),
        ("b) Child Protection plan", "CP"),
        ("c) Child in need plan", "CIN"),
        ("d) Open assessment", "Open assessment"),
    ],
)
def test_the_case_status_alone_tells_the_case_type(status, label):
    assert the_case(a_caseload(a_row(case_status=status))).type_label == label


def test_of_several_plans_the_current_one_counts_then_the_latest():
    old = {"child_id": 1000001, "cp_start": date(2026, 6, 1), "cp_end": date(2026, 7, 1)}
    now = {"child_id": 1000001, "cp_start": date(2026, 3, 1), "cp_end": None}
    older = {"child_id": 1000001, "cp_start": date(2024, 3, 1), "cp_end": date(2024, 9, 1)}
    for rows in ((old, now, older), (older, now, old)):
        assert the_case(a_caseload(a_row()), a_table("List 7", LIST_7, *rows)).cp_end is None
    case = the_case(a_caseload(a_row()), a_table("List 7", LIST_7, older, old))
    assert case.cp_start == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("care", "circumstance"),
    [
        ({"legal_status": "V4: Short term breaks"}, "short_breaks"),
        ({"legal_status": "J1: Remanded"}, "remand"),
        ({"placement_type": "k) P1: Placed with parents"}, "with_parents"),
        ({"uasc": "a) Yes"}, "uasc"),
    ],
)
def test_special_cases_are_known(care, circumstance):
    case = the_case(a_caseload(a_row()), a_list_8(**care))
    assert case.circumstances == {circumstance}


def test_an_unborn_child_has_an_expected_date_of_birth():
    ahead = date(2026, 12, 13)
    case = the_case(a_caseload(a_row(dob=ahead, age=-1.0, gender="c) Not stated/recorded")))
    assert (case.dob, case.expected_dob, case.age) == (None, ahead, -1)
    assert case.circumstances == {"unborn"}
    without_age = the_case(a_caseload(a_row(dob=ahead, age=None)))
    assert without_age == replace(case, gender="Female")


def test_a_child_who_is_still_to_be_born_is_unborn_whatever_age_the_system_works_out():
    ahead = date(2026, 12, 13)
    case = the_case(a_caseload(a_row(dob=ahead, age=0)))
    assert (case.dob, case.expected_dob, case.age) == (None, ahead, -1)
    assert case.circumstances == {"unborn"}


def test_the_age_is_worked_out_where_it_is_missing():
    assert the_case(a_caseload(a_row(dob=date(2018, 10, 1), age=None))).age == 7
    assert the_case(a_caseload(a_row(dob=None, age=17.9))).age == 17


def test_a_child_born_on_the_data_date_is_born():
    case = the_case(a_caseload(a_row(dob=DATA_DATE, age=0)))
    assert (case.dob, case.expected_dob, case.age) == (DATA_DATE, None, 0)
    assert case.circumstances == frozenset()


def test_what_says_nobody_is_nobody():
    for nobody in (" ", "#N/A", "n/a", "-", "Unallocated", None):
        found = taken(a_caseload(a_row(worker=nobody, team=nobody)))
        assert (found.cases[0].worker, found.cases[0].team) == ("", "")
        assert told(found) == [(2, "worker"), (2, "team")]


def test_a_name_loses_its_strange_spaces():
    assert the_case(a_caseload(a_row(worker="Jo\N{NO-BREAK SPACE} Oak "))).worker == "Jo Oak"


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"child_id": None}, "child_id", "left out"),
        ({"child_id": "1.2E+11"}, "child_id", "shortened by Excel"),
        ({"open_date": None}, "open_date", "no open date"),
        ({"open_date": "32/01/2026"}, "open_date", '"32/01/2026" is not a date'),
        ({"open_date": date(2026, 10, 12)}, "open_date", "12/10/2026 is after the data date"),
        (
            {"close_date": date(2026, 1, 4), "case_status": "e) Closed episode"},
            "close_date",
            "04/01/2026 is before the open date 05/01/2026",
        ),
        ({"close_date": date(2026, 10, 1)}, "close_date", "after the data date"),
        ({"last_seen": 17.5}, "last_seen", "not a date"),
        ({"case_status": "I made this up"}, "case_status", "not one that is known"),
        ({"case_status": None}, "case_status", "no case status"),
        ({"gender": "I made this up"}, "gender", "not one that is known"),
        ({"disability": "perhaps"}, "disability", "neither Yes nor No"),
        ({"dob": date(2008, 9, 30), "age": 18}, "age", "18 or over"),
        ({"age": 12}, "age", "do not agree"),
        ({"age": "eight"}, "age", "not an age"),
        ({"dob": date(2027, 7, 22), "age": None}, "dob", "further ahead"),
    ],
)
def test_a_fault_is_told_by_row_and_field(changes, field, said):
    found = taken(a_caseload(a_row(1000002), a_row(**changes)))
    assert told(found) == [(3, field)]
    assert said in words(found)
    assert found.problems[0].sheet == "List 6"


def test_a_supervision_that_lies_years_ahead_is_told():
    headings = {**LIST_6, "supervision_date": "Next Supervision"}
    found = taken(a_table("List 6", headings, a_row(supervision_date=date(2062, 10, 1))))
    assert words(found) == "the supervision date 01/10/2062 is more than a year after the data date"


def test_a_case_that_closes_after_the_data_date_is_open_and_its_closing_is_kept():
    later = DATA_DATE + timedelta(days=9)
    case = the_case(a_caseload(a_row(close_date=later)))
    assert (case.is_open, case.close_date, case.closes_on) == (True, None, later)
    closed = the_case(a_caseload(a_row(close_date=DATA_DATE)))
    assert (closed.is_open, closed.close_date, closed.closes_on) == (False, DATA_DATE, None)


def test_a_faulty_row_stays_a_case_wherever_it_has_an_id():
    odd = a_row(**dict.fromkeys(LIST_6, "I made this up") | {"child_id": "A1"})
    found = taken(a_caseload(odd, a_row(None)))
    assert [case.child_id for case in found.cases] == ["A1"]
    assert found.rows == 2


def test_a_date_of_birth_is_never_repeated():
    found = taken(a_caseload(a_row(dob="31/02/2018", age=None)))
    assert told(found) == [(2, "dob")]
    assert "2018" not in words(found)


def test_a_child_in_two_open_rows_keeps_the_earlier_open_date_and_both_rows_are_told():
    later, earlier = a_row(open_date=date(2026, 3, 30)), a_row(open_date=date(2025, 10, 6))
    found = taken(a_caseload(later, a_row(1000002), earlier))
    assert [case.open_date for case in found.cases] == [date(2025, 10, 6), date(2026, 1, 5)]
    assert told(found) == [(2, "child_id"), (4, "child_id")]
    assert "rows 2 and 4; row 4 is taken, opened 06/10/2025" in found.problems[0].text


def test_a_case_opened_again_is_the_open_one():
    closed = a_row(
        open_date=date(2024, 1, 5), close_date=date(2024, 9, 5), case_status="e) Closed episode"
    )
    found = taken(a_caseload(closed, a_row(open_date=None)))
    assert found.cases[0].is_open
    both = taken(a_caseload(closed, {**closed, "close_date": date(2025, 9, 5)}))
    assert both.cases[0].close_date == date(2025, 9, 5)


def test_a_case_that_closed_stays_as_a_closed_case_and_needs_no_worker():
    closed = a_row(close_date=date(2026, 6, 1), case_status="e) Closed episode", worker=None)
    found = taken(a_caseload(closed))
    assert found.problems == ()
    assert found.open_cases == ()
    assert found.cases[0].close_date == date(2026, 6, 1)


def test_a_close_date_to_come_leaves_the_case_open():
    assert the_case(a_caseload(a_row(close_date=date(2026, 10, 1)))).is_open


def test_a_child_in_care_or_on_a_plan_whom_the_caseload_leaves_out_is_told():
    found = taken(a_caseload(a_row()), a_list_7(2), a_list_8(3), a_list_8(4, care_end=TODAY))
    assert [(problem.sheet, problem.child_id) for problem in found.problems] == [
        ("List 7", "2"),
        ("List 8", "3"),
    ]


def test_an_unreadable_cell_of_another_list_is_told_with_its_sheet():
    found = taken(a_caseload(a_row()), a_list_8(legal_status="I made this up"))
    assert [(problem.sheet, problem.field) for problem in found.problems] == [
        ("List 8", "legal_status")
    ]


def test_a_list_without_the_case_status_does_where_plans_and_care_are_told():
    headings = {field: name for field, name in LIST_6.items() if field != "case_status"}
    headings |= {"cp_start": "CP Plan", "care_start": "Date Became LAC"}
    rows = (a_row(), a_row(1000002, care_start=date(2026, 2, 2)))
    found = taken(a_table("Cases", headings, *rows), columns={"cp_start": "CP Plan"})
    assert [case.type_label for case in found.cases] == ["CIN", "LAC"]
    assert found.mapping["cp_start"] == "CP Plan"


def test_list_6_without_the_case_status_needs_the_list_of_plans_or_of_care():
    headings = {field: name for field, name in LIST_6.items() if field != "case_status"}
    caseload = a_table("List 6", headings, a_row())
    assert the_case(caseload, a_list_7()).type_label == "CP"
    referrals = a_table("List 3", {"child_id": "Child ID", "referral_date": "Date of referral"})
    assert "case_status" in refusal(caseload, referrals).text


def test_the_mapping_tells_what_was_read_from_where():
    found = taken(a_caseload(a_row()), a_list_7())
    assert found.mapping["close_date"] == "CIN Closure Date"
    assert found.mapping["cp_start"] == "Child Protection Plan Start Date"
    assert found.unmapped == ("Reason for Closure",)


def test_a_file_without_a_caseload_is_refused_with_its_sheets():
    fault = refusal(a_front_sheet(), a_list_7())
    assert "Front sheet, List 7" in fault.text
    assert "CIN Start Date" in fault.hint


def test_a_missing_column_is_named_with_what_may_be_it():
    headings = LIST_6 | {"open_date": "CIN Strt Date"}
    fault = refusal(a_table("Cases", headings, a_row()))
    assert "open_date (CIN Start Date)" in fault.text
    assert "Is open_date the column CIN Strt Date?" in fault.hint
    assert fault.where == "sheet Cases"


def test_two_headings_on_one_field_are_refused_by_name_until_the_settings_say_which():
    sheet = a_table("List 6", LIST_6 | {"referred": "Referral Date"}, a_row())
    fault = refusal(sheet)
    assert "CIN Start Date (column G), Referral Date (column O)" in fault.text
    assert "[extract.columns]: open_date" in fault.hint
    assert taken(sheet, columns={"open_date": "CIN Start Date"}).problems == ()


def test_everything_wrong_with_the_headings_is_told_at_once():
    headings = LIST_6 | {"open_date": "CIN Strt Date", "second": "Current Team"}
    del headings["worker"]
    fault = refusal(a_table("List 6", headings, a_row()))
    assert "Allocated Team (column M), Current Team (column N)" in fault.text
    assert "worker (Allocated Worker)" in fault.text
    assert "Is open_date the column CIN Strt Date?" in fault.hint


def test_a_fixed_heading_that_the_file_lacks_is_told_with_what_was_read_instead():
    sheet = a_caseload(a_row())
    told = taken(sheet, columns={"team": "Locality", "iro": "Reviewer"}).problems
    assert [(problem.row, problem.field) for problem in told] == [(0, "team"), (0, "iro")]
    assert "“Locality”" in told[0].text
    assert "read from “Allocated Team”" in told[0].text
    assert "left blank" in told[1].text


@pytest.mark.parametrize(
    "name", ["List_6", "LIST 06", "list6", "6.CIN (List 6)", "AnnexA - List_6", "Sheet1"]
)
def test_list_6_is_known_however_its_tab_is_spelled(name):
    guidance = Table("List 6 guidance", (("Child Unique ID", "Gender", "what to write"),))
    assert len(taken(guidance, a_caseload(a_row(), name=name), a_list_7()).cases) == 1


def test_a_fault_names_the_team_of_its_row_or_of_its_child():
    told = taken(
        a_caseload(a_row(1, team="South", open_date=None), a_row(2, team="North")),
        a_list_7(2, cp_start="sometime"),
    ).problems
    assert [(problem.field, problem.team) for problem in told] == [
        ("open_date", "South"),
        ("cp_start", "North"),
    ]


def test_a_total_under_the_list_is_told_and_is_no_child():
    found = taken(a_caseload(a_row(1), {"child_id": "Total of 1 case"}))
    assert [case.child_id for case in found.cases] == ["1"]
    assert [(p.row, p.child_id) for p in found.problems] == [(3, "")]
    assert "note or a total" in found.problems[0].text


def test_a_formula_without_a_result_is_told_in_its_field():
    (problem,) = taken(a_caseload(a_row(1, last_seen=UNSAVED))).problems
    assert (problem.row, problem.field) == (2, "last_seen")
    assert "open the file in Excel, save it" in problem.text


@pytest.mark.parametrize(
    ("name", "initials"), [("Ray, Ann Jo", "AR"), ("Ann Jo Ray", "AR"), ("Ann", "A")]
)
def test_a_full_name_is_parted(name, initials):
    headings = LIST_6 | {"full_name": "Client Name"}
    (case,) = taken(a_table("Cases", headings, a_row(full_name=name))).cases
    assert case.initials == initials


def test_two_sheets_that_could_be_the_caseload_are_refused():
    fault = refusal(a_caseload(a_row(), name="Open"), a_caseload(a_row(), name="Closed"))
    assert "Open, Closed" in fault.text


def test_a_data_date_to_come_is_refused():
    with pytest.raises(ExtractFault, match="is after today"):
        extract((a_caseload(a_row()),), data_date=date(2062, 9, 30), today=TODAY)


@pytest.mark.parametrize(
    "sheet",
    [
        a_front_sheet(),
        a_front_sheet(said="30 September 2026"),
        Table("Front", (("Data as at 30/09/2026",),)),
        Table("List 1", (("Contacts, as at 30 September 2026.",), ("Child Unique ID", "Gender"))),
        a_table("Cases", LIST_6 | {"data_date": "Report Date"}, a_row(data_date=DATA_DATE)),
    ],
)
def test_the_file_itself_may_state_its_data_date(sheet):
    assert stated_data_date((sheet, a_caseload(a_row()))) == DATA_DATE


@pytest.mark.parametrize(
    "said",
    [
        " Data as at 13/09/2026",
        "Data as at  13/09/2026",
        "Children in need,\N{NO-BREAK SPACE} data as at 13 September 2026",
        "Run date: 13/09/2026 09:15",
        "Report date 2026-09-13 00:00:00",
        "Data as at 13/09/2026 (Annex A)",
        "Extract date 13-Sep-2026.",
    ],
)
def test_the_stated_data_date_is_read_whole_whatever_stands_round_it(said):
    assert stated_data_date((Table("Front", ((said,),)),)) == date(2026, 9, 13)


def test_a_file_that_states_no_day_or_two_states_none():
    assert stated_data_date((a_caseload(a_row()),)) is None
    assert stated_data_date((a_front_sheet(), a_front_sheet(said=TODAY))) is None
    assert stated_data_date((a_front_sheet(said="soon"),)) is None


ROWS = st.lists(
    st.builds(
        a_row,
        st.sampled_from([1, 2, 3, 4, 5]),
        open_date=st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 1)),
        close_date=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 1)),
        worker=st.sampled_from(["Ann Archer", "Ben Brook", None]),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, order=st.randoms())
def test_the_order_of_the_rows_does_not_change_the_cases(rows, order):
    moved = order.sample(rows, len(rows))
    assert taken(a_caseload(*moved)).cases == taken(a_caseload(*rows)).cases


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_every_child_is_a_case_once(rows):
    found = taken(a_caseload(*rows))
    assert [case.child_id for case in found.cases] == sorted({str(row["child_id"]) for row in rows})
    assert found.rows == len(rows)


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(
        st.none() | st.text(max_size=8) | st.floats() | st.integers() | st.booleans() | st.dates(),
        min_size=len(LIST_6),
        max_size=len(LIST_6),
    )
)
def test_no_cell_breaks_the_reading(cells):
    row = dict(zip(LIST_6, cells, strict=True))
    assert taken(a_caseload(row)).rows <= 1
