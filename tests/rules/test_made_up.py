"""The made-up council: sound where it should be, faulty where it is meant to be."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.model.tables import Table
from auditdocs.rules.caseload.cases import extract
from auditdocs.rules.made_up.council import made_up_council

DATA_DATE = date(2026, 9, 30)
WORKED = ("sw", "ssw")
LISTS = {"List 3": 11, "List 4": 12, "List 5": 14, "List 6": 14, "List 7": 17, "List 8": 34}


@cache
def council(children=120):
    return made_up_council(data_date=DATA_DATE, children=children)


def records(council, name):
    """A sheet's rows as dicts by heading."""
    headings, *rows = council.sheets[name]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def register(council):
    """The staff list's rows as dicts by heading."""
    headings, *rows = council.staff
    return [dict(zip(headings, row, strict=True)) for row in rows]


def open_rows(council):
    return [row for row in records(council, "List 6") if not row["CIN Closure Date"]]


def open_children(council):
    return {row["Child Unique ID"]: row for row in open_rows(council)}


def current(council, name, end):
    """The children of a list whose plan or care has not ended."""
    return {row["Child Unique ID"] for row in records(council, name) if row[end] is None}


def caseloads(council):
    children = open_children(council).values()
    known = {person["name"] for person in register(council)}
    return Counter(row["Allocated Worker"] for row in children if row["Allocated Worker"] in known)


def test_the_sheets_are_a_front_sheet_and_lists_three_to_eight():
    assert list(council().sheets) == ["Front sheet", *LISTS]
    assert ("Data as at", DATA_DATE) in council().sheets["Front sheet"]


@pytest.mark.parametrize(("name", "columns"), LISTS.items())
def test_every_list_has_annex_as_columns_and_no_row_is_ragged(name, columns):
    rows = council().sheets[name]
    assert rows[0][:5] == (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
    )
    assert rows[0][-2:] == ("Allocated Team", "Allocated Worker")
    assert len(set(rows[0])) == columns
    assert {len(row) for row in rows} == {columns}


@pytest.mark.parametrize("children", [40, 120, 1000])
def test_a_third_is_looked_after_an_eighth_protected_and_two_fifths_in_need(children):
    made = council(children)
    statuses = Counter(row["Case status"] for row in open_children(made).values())
    looked_after = current(made, "List 8", "Date Ceased to be Looked After")
    protected = current(made, "List 7", "Child Protection Plan End Date")
    assert len(open_children(made)) == children
    assert statuses["c) Child in need plan"] == pytest.approx(0.4 * children, rel=0.02)
    assert len(looked_after) == pytest.approx(children / 3, rel=0.05)
    assert len(protected) == pytest.approx(children / 8, rel=0.05)
    assert statuses["d) Open assessment"] == pytest.approx(0.2 * children, rel=0.02)
    assert looked_after & protected


def test_a_status_is_the_first_that_the_lists_bear_out():
    looked_after = current(council(), "List 8", "Date Ceased to be Looked After")
    protected = current(council(), "List 7", "Child Protection Plan End Date")
    for child, row in open_children(council()).items():
        assert (row["Case status"] == "a) Looked after child") == (child in looked_after)
        only_protected = child in protected and child not in looked_after
        assert (row["Case status"] == "b) Child Protection plan") == only_protected


def test_most_cases_have_been_open_for_more_than_six_weeks_and_some_for_years():
    days = [(DATA_DATE - row["CIN Start Date"]).days for row in dated(open_rows(council()))]
    assert sum(day > 42 for day in days) > 0.8 * len(days)
    assert sum(0 <= day <= 42 for day in days) >= 5
    assert 900 < max(days) <= 1_100


def dated(rows):
    return [row for row in rows if row["CIN Start Date"]]


def test_every_child_of_another_list_is_in_list_six_with_the_same_team_and_worker():
    owners = {
        row["Child Unique ID"]: (row["Allocated Team"], row["Allocated Worker"], row["Gender"])
        for row in records(council(), "List 6")
    }
    for name in LISTS:
        for row in records(council(), name):
            owner = row["Allocated Team"], row["Allocated Worker"], row["Gender"]
            assert owners[row["Child Unique ID"]] == owner


def test_lists_three_to_five_go_back_six_months():
    for name, headings in (
        ("List 3", ["Date of referral"]),
        (
            "List 4",
            ["Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"],
        ),
        ("List 5", ["Strategy discussion initiating Section 47 Enquiry Start Date"]),
    ):
        for row in records(council(), name):
            latest = max(row[heading] for heading in headings if row[heading])
            assert timedelta(0) <= DATA_DATE - latest <= timedelta(days=183)


def in_order(*days):
    known = [day for day in days if day is not None]
    return known == sorted(known)


@settings(deadline=None, max_examples=25)
@given(
    data_date=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    children=st.integers(0, 39),
    seed=st.text(max_size=5),
)
def test_whatever_the_seed_each_date_follows_the_one_that_leads_to_it(data_date, children, seed):
    made = made_up_council(data_date=data_date, children=children, seed=seed)
    opened = {row["Child Unique ID"]: row for row in records(made, "List 6")}
    assert len(opened) == len(records(made, "List 6"))
    for row in opened.values():
        last = row["CIN Closure Date"] or data_date
        assert in_order(row["Date of Birth"], row["CIN Start Date"], last, data_date)
        assert in_order(row["CIN Start Date"], row["Date Child Was Last Seen"], last)
        assert 0 <= row["Age of Child (Years)"] < 18
    for row in records(made, "List 4"):
        start, end = row["Continuous Assessment Start Date"], "Continuous Assessment Date of"
        referred = opened[row["Child Unique ID"]]["CIN Start Date"]
        assert in_order(referred, start, row[f"{end} Authorisation"], data_date)
    for row in records(made, "List 5"):
        strategy = row["Strategy discussion initiating Section 47 Enquiry Start Date"]
        conference = row["Date of Initial Child Protection Conference"]
        assert in_order(strategy, conference, data_date)
        assert 4 <= (conference - strategy).days <= 24
    for row in records(made, "List 7"):
        start, end = (row[f"Child Protection Plan {edge} Date"] for edge in ("Start", "End"))
        assert opened[row["Child Unique ID"]]["CIN Start Date"] <= start
        for event in ("Date of the Last Statutory Visit", "Date of latest review conference"):
            assert in_order(start, row[event], end or data_date, data_date)
    for row in records(made, "List 8"):
        start, end = row["Date Started to be Looked After"], row["Date Ceased to be Looked After"]
        assert opened[row["Child Unique ID"]]["CIN Start Date"] <= start
        for event in (
            "Start date of current legal status",
            "Date of Latest Statutory Review",
            "Date of Last Social Work Visit",
            "Date of Last IRO Visit / Contact to the Child",
            "Date of Last Health Assessment",
            "Date of Last Dental Check",
            "Start Date of Most Recent Placement",
        ):
            assert in_order(start, row[event], end or data_date, data_date)


def test_no_date_lies_after_the_data_date_but_a_birth_and_the_meant_fault():
    late = [
        (name, heading)
        for name in LISTS
        for row in records(council(), name)
        for heading, value in row.items()
        if isinstance(value, date) and value > DATA_DATE
    ]
    births = [place for place in late if place[1] == "Date of Birth"]
    assert {name for name, _ in births} == {"List 3", "List 4", "List 6"}
    assert [place for place in late if place not in births] == [("List 6", "CIN Start Date")]


def test_the_same_council_is_made_every_time():
    again = made_up_council(data_date=DATA_DATE)
    assert again == council()
    assert again.sheets["List 6"][1][:2] == (1020102, "b) Female")


def test_another_seed_or_another_day_is_another_council():
    other = made_up_council(data_date=DATA_DATE, seed="another")
    later = made_up_council(data_date=DATA_DATE + timedelta(days=30))
    assert other.sheets["List 6"] != council().sheets["List 6"]
    assert other.staff != council().staff
    assert later.sheets["List 6"] != council().sheets["List 6"]


def meant_faults(made):
    rows = records(made, "List 6")
    repeats = Counter(row["Child Unique ID"] for row in rows)
    return {
        "no worker": sum(row["Allocated Worker"] is None for row in rows),
        "#N/A": sum(row["Allocated Worker"] == "#N/A" for row in rows),
        "no-break space": sum(
            "\N{NO-BREAK SPACE}" in (row["Allocated Worker"] or "") for row in rows
        ),
        "no open date": len(rows) - len(dated(rows)),
        "open in the future": sum(row["CIN Start Date"] > DATA_DATE for row in dated(rows)),
        "unborn": sum(row["Age of Child (Years)"] == -1 for row in rows),
        "second row": sum(times - 1 for times in repeats.values()),
    }


@pytest.mark.parametrize("children", [40, 57, 120, 1000])
def test_from_forty_children_on_every_meant_fault_is_there_once(children):
    assert set(meant_faults(council(children)).values()) == {1}


def test_a_smaller_council_has_no_faults():
    assert set(meant_faults(council(39)).values()) == {0}


@pytest.mark.parametrize("seed", ["demo", "spring", "autumn"])
def test_whoever_reads_the_extract_finds_the_meant_faults_and_no_others(seed):
    made = made_up_council(data_date=DATA_DATE, children=80, seed=seed)
    tables = tuple(Table(name, rows) for name, rows in made.sheets.items())
    read = extract(tables, data_date=DATA_DATE, today=DATA_DATE)
    found = Counter(problem.field for problem in read.problems)
    assert found == {"child_id": 2, "open_date": 2, "worker": 2}
    assert len(read.open_cases) == 80


def test_each_fault_falls_on_another_child():
    rows = records(council(), "List 6")
    repeats = Counter(row["Child Unique ID"] for row in rows)
    names = {person["name"] for person in register(council())}
    faulty = [
        row["Child Unique ID"]
        for row in rows
        if row["Allocated Worker"] not in names
        or row["CIN Start Date"] is None
        or row["CIN Start Date"] > DATA_DATE
        or row["Age of Child (Years)"] == -1
        or repeats[row["Child Unique ID"]] == 2
    ]
    assert len(faulty) == 8
    assert len(set(faulty)) == 7


def test_the_second_row_of_a_child_was_opened_later_than_the_first():
    rows = records(council(), "List 6")
    repeats = Counter(row["Child Unique ID"] for row in rows)
    first, second = (row for row in rows if repeats[row["Child Unique ID"]] == 2)
    assert first["CIN Start Date"] < second["CIN Start Date"] <= DATA_DATE
    assert first["Allocated Worker"] == second["Allocated Worker"]


def test_the_unborn_child_is_expected_after_the_data_date_and_has_no_gender():
    (row,) = [row for row in open_rows(council()) if row["Age of Child (Years)"] == -1]
    assert row["Date of Birth"] > DATA_DATE
    assert row["Gender"] == "c) Not stated/recorded"
    assert row["Date Child Was Last Seen"] is None


def test_closed_cases_and_ended_plans_stand_among_the_open_ones():
    closed = [row for row in records(council(), "List 6") if row["CIN Closure Date"]]
    assert len(closed) == 4
    assert {row["Case status"] for row in closed} == {"e) Closed episode"}
    assert all(row["Reason for Closure"] for row in closed)
    ended = [row for row in records(council(), "List 7") if row["Child Protection Plan End Date"]]
    assert {row["Child Unique ID"] for row in ended} & set(open_children(council()))


def test_nobody_is_looked_after_or_protected_whose_case_is_closed():
    looked_after = current(council(), "List 8", "Date Ceased to be Looked After")
    protected = current(council(), "List 7", "Child Protection Plan End Date")
    assert looked_after | protected <= set(open_children(council()))
    assert len(looked_after) < len(records(council(), "List 8"))


def test_children_are_looked_after_in_ways_that_fit_their_age():
    for row in records(council(1000), "List 8"):
        if row["Placement Type"].startswith("i) A5"):
            assert row["Age of Child (Years)"] < 6
        if row["Child's Legal Status"].startswith("J1"):
            assert row["Age of Child (Years)"] > 13
        parents = row["Placement Type"].startswith("k) P1")
        assert parents == (row["Placement Provider"] == "a) PR0: Parents/Parental responsibility")


def test_a_council_has_four_teams_under_two_heads_of_service():
    roles = Counter(person["role"] for person in register(council()))
    single = {"hos": 2, "hos_qap": 1, "hos_bs": 1, "tm": 4, "bso": 2, "iro": 2, "cp_adviser": 1}
    assert single.items() <= roles.items()
    assert set(roles) == {*single, *WORKED}
    assert roles["ssw"] == 4
    heads = Counter(p["head_of_service"] for p in register(council()) if p["role"] == "tm")
    assert set(heads.values()) == {2}


def test_everybody_named_over_somebody_is_on_the_register_in_the_right_post():
    roles = {person["name"]: person["role"] for person in register(council())}
    over = {"sw": {"ssw", "tm"}, "ssw": {"tm"}, "tm": {"hos"}, "bso": {"hos_bs"}}
    over |= {"iro": {"hos_qap"}, "cp_adviser": {"hos_qap"}}
    for person in register(council()):
        if person["role"] in over:
            assert roles[person["supervisor"]] in over[person["role"]]
            assert roles[person["head_of_service"]].startswith("hos")


def test_cases_lie_with_workers_of_the_team_that_holds_them():
    teams = {p["name"]: p["team"] for p in register(council()) if p["role"] in WORKED}
    rows = [row for row in records(council(), "List 6") if row["Allocated Worker"] in teams]
    assert len(rows) == len(records(council(), "List 6")) - 3
    assert all(teams[row["Allocated Worker"]] == row["Allocated Team"] for row in rows)


@pytest.mark.parametrize("children", [40, 48, 70, 120, 151, 260, 301, 1000])
def test_every_worker_holds_between_six_and_twenty_four_cases(children):
    made = council(children)
    workers = {p["name"] for p in register(made) if p["role"] in WORKED}
    assert set(caseloads(made)) == workers
    assert min(caseloads(made).values()) >= 6
    assert max(caseloads(made).values()) <= 24


def test_teams_and_posts_grow_with_the_caseload_and_nobody_is_there_twice():
    made = council(2500)
    people = register(made)
    assert len({person["name"] for person in people}) == len(people)
    assert len({person["worker_id"] for person in people}) == len(people)
    roles = Counter(person["role"] for person in people)
    assert roles["tm"] == 2 * roles["bso"] == 34
    assert roles["hos"] == 5
    assert len(open_children(made)) == 2500


def test_a_council_of_no_children_still_has_its_headings_and_people():
    made = council(0)
    assert all(len(made.sheets[name]) == 1 for name in LISTS)
    assert len(made.staff) > 1
