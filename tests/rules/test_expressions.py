"""Expressions for --where: what they may say, and how a mistake is told (settled.md, Selection)."""

import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.errors import UsageFault
from auditdocs.model.case import Case
from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.selection.expressions import DEEPEST, LONGEST, expression
from tests.makers.cases import TODAY, a_case

CASE = a_case(
    team="North",
    case_types=frozenset({"CP"}),
    circumstances=frozenset({"uasc"}),
    cp_start=date(2025, 7, 1),
    cp_category="Neglect",
    dob=date(2010, 10, 2),
    age=15,
    disability="Yes",
)


def holds(text, case=CASE, day=TODAY):
    return expression(text)(case, day)


@pytest.mark.parametrize(
    "text",
    [
        "CP",
        "CP and months_since(cp_start) >= 15",
        "CP and not LAC",
        "LAC or disability == 'Yes'",
        "not (LAC or CIN)",
        "'CP' in case_types",
        "'LAC' not in case_types",
        "'uasc' in circumstances",
        "team == 'North'",
        'team != "South"',
        "team in ('North', 'South')",
        "team not in ['South']",
        "'Nor' in team",
        "cp_category == 'neglect'",
        "team == ' NORTH '",
        "age == 15",
        "age() == 15",
        "10 < age() <= 15",
        "age in (14, 15)",
        "age > -1",
        "cp_start == '01/07/2025'",
        "cp_start <= '2025-07-01'",
        "cp_start < open_date",
        "cp_start in ('1 July 2025', '2 July 2025')",
        "weeks_since(open_date) > 6",
        "months_since(cp_start) < 15.1",
        "  CP  ",
    ],
)
def test_an_expression_that_is_true_of_the_case(text):
    assert holds(text)
    assert not holds(f"not ({text})")


@pytest.mark.parametrize(
    ("day", "months", "more"),
    [
        (date(2026, 9, 30), 14, True),
        (date(2026, 10, 1), 15, False),
        (date(2026, 10, 2), 15, True),
    ],
)
def test_one_day_more_than_so_many_months_is_over_them(day, months, more):
    assert holds(f"months_since(cp_start) > {months}", day=day) is more


def test_months_end_where_a_shorter_month_does():
    case = a_case(open_date=date(2026, 1, 31))
    assert holds("months_since(open_date) == 1", case, date(2026, 2, 28))
    assert holds("months_since(open_date) == 3", case, date(2026, 4, 30))


def test_weeks_are_of_seven_days():
    case = a_case(open_date=date(2026, 8, 20))
    assert holds("weeks_since(open_date) == 6", case, date(2026, 10, 1))


def test_a_date_to_come_counts_less_than_nothing():
    case = a_case(supervision_date=date(2026, 10, 9))
    assert holds("weeks_since(supervision_date) < 0 and months_since(supervision_date) < 0", case)


def test_age_is_counted_to_the_day_and_taken_from_the_record_without_a_date_of_birth():
    assert not holds("age() >= 16", day=date(2026, 10, 1))
    assert holds("age() >= 16", day=date(2026, 10, 2))
    assert holds("age() == 15", a_case(dob=None, age=15))


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_what_is_missing_makes_a_comparison_false(sign):
    bare = Case(child_id="1")
    assert not holds(f"open_date {sign} '01/01/2026'", bare)
    assert not holds(f"months_since(open_date) {sign} 3", bare)
    assert not holds(f"age() {sign} 3", bare)


@pytest.mark.parametrize("text", ["team != 'North'", "team not in ('A', 'B')", "'x' not in team"])
def test_a_missing_text_is_neither_like_nor_unlike_another(text):
    assert not holds(text, Case(child_id="1"))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("teem == 'x'", '"team"'),
        ("open_dat < '01/01/2026'", '"open_date"'),
        ("LAD", '"LAC"'),
        ("month_since(open_date) > 1", '"months_since()"'),
        ("zzzz() > 1", "There are months_since()"),
        ("team = 'North'", "two equals signs"),
        ("age() >= 16 and team = 'North'", "two equals signs"),
        ("age() >= 16 and", "joined by and, or, not"),
        ("team != ", "joined by and, or, not"),
        ("team == ‘North’", "straight quotes"),
        ("months_since(team) > 1", "months_since(open_date)"),
        ("months_since('open_date') > 1", "months_since(open_date)"),
        ("months_since(open_date, 3) > 1", "months_since(open_date)"),
        ("age(3) > 1", "age() >= 16"),
        ("open_date < 'soon'", "31/03/2026"),
        ("team in ('a', 1)", "('North', 'South')"),
        ("team in ()", "('North', 'South')"),
        ("child_id == 7", "in quotes"),
        ("team == ", "joined by and, or, not"),
    ],
)
def test_a_mistake_is_told_with_what_was_meant(text, hint):
    with pytest.raises(UsageFault) as refused:
        expression(text)
    assert hint in refused.value.hint
    assert refused.value.where.startswith("--where")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "team",
        "case_types",
        "1",
        "'North'",
        "age()",
        "True",
        "age == True",
        "age == None",
        "age == 1j",
        "team < 'North'",
        "team == age",
        "case_types == 'LAC'",
        "case_types == case_types",
        "('a', 'b') == team",
        "1 is 1",
        "team is 'North'",
        "1 in 2",
        "age in 15",
        "open_date in cp_start",
        "'x' in age",
        "'x' in open_date",
        "age in case_types",
        "1 in team",
        "age + 1 > 2",
        "-age > 1",
        "team.upper() == 'NORTH'",
        "case.team == 'x'",
        "team[0] == 'N'",
        "__import__('os')",
        "__import__('os') == 1",
        "().__class__",
        "lambda: 1",
        "[x for x in team]",
        "CP if LAC else CIN",
        "(CP := LAC)",
        "f'{team}' == 'x'",
        "b'x' == team",
        "team == 'x'; 1",
        "import os",
        "team == 'x' 'y' if",
        "age(*[])",
        "age() > age(x=1)",
        "months_since(*open_date) > 1",
        "'\\d' == team",
        "1or CP",
        "\0",
        "(" * 250,
        "-" * 400 + "1 < age",
        "not " * 100 + "CP",
        "CP and " * 100 + "CP",
    ],
)
def test_nothing_else_is_an_expression(text):
    with pytest.raises(UsageFault):
        expression(text)


@pytest.mark.parametrize(
    ("text", "why", "where"),
    [
        ("CP and case_types == 'LAC'", "a list of texts and a text cannot be compared", 8),
        ("CP or age in (1, 2) in (3, 4)", "a list of numbers and a list of numbers cannot be", 7),
        ("CP or open_date == 3", "a date and a number cannot be compared", 7),
        ("CP or teem == 'x'", 'there is no field "teem"', 7),
    ],
)
def test_a_mistake_is_told_with_its_place(text, why, where):
    with pytest.raises(UsageFault, match=why) as refused:
        expression(text)
    assert refused.value.where == f"--where, character {where}"


def test_what_cannot_be_read_at_all_has_no_place():
    with pytest.raises(UsageFault) as refused:
        expression("CP and")
    assert refused.value.where == "--where"


def test_an_expression_may_be_so_long_and_so_deep_and_no_more():
    longest = "CP" + " or CP" * ((LONGEST - 2) // 6)
    assert holds(longest.ljust(LONGEST))
    assert holds("not " * (DEEPEST - 1) + "LAC")
    with pytest.raises(UsageFault, match="longer than 500"):
        expression(longest.ljust(LONGEST + 1))
    with pytest.raises(UsageFault, match="nested deeper than 20"):
        expression("not " * DEEPEST + "CP")


def test_a_refusal_repeats_no_value():
    with pytest.raises(UsageFault) as refused:
        expression("surname < 'Smith'")
    assert "Smith" not in str(refused.value)


def test_reading_an_expression_leaves_the_warning_filters_alone():
    before = list(warnings.filters)
    expression("CP")
    assert warnings.filters == before


OPERANDS = st.sampled_from(
    [
        *("team", "age", "open_date", "cp_end", "case_types", "circumstances", "dob"),
        *("age()", "months_since(cp_start)", "weeks_since(cp_end)", "CP", "nothing"),
        *("'North'", "''", "'01/07/2025'", "7", "-1.5", "None", "True"),
        *("('North', '01/07/2025')", "[1, 2]", "{'CP'}", "()", "(team,)", "('01/07/2025',)"),
    ]
)
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "+", "and", "or"])


@settings(max_examples=400)
@given(st.tuples(OPERANDS, SIGNS, OPERANDS, SIGNS, OPERANDS) | st.tuples(OPERANDS, SIGNS, OPERANDS))
def test_any_comparison_is_either_a_test_of_any_case_or_a_usage_fault(parts):
    assert_test_or_fault(" ".join(parts))


@given(st.text(max_size=40))
def test_any_text_is_either_a_test_of_any_case_or_a_usage_fault(text):
    assert_test_or_fault(text)


def assert_test_or_fault(text):
    try:
        test = expression(text)
    except UsageFault:
        return
    assert test(CASE, TODAY) in (True, False)
    assert test(Case(child_id="1"), TODAY) in (True, False)


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 60), st.integers(-40, 40))
def test_more_than_so_many_months_is_after_the_day_they_are_full(since, months, days):
    full = months_after(since, count=months)
    case, day = Case(child_id="1", open_date=since), full + timedelta(days=days)
    assert holds(f"months_since(open_date) > {months}", case, day) is (day > full)
    assert holds(f"months_since(open_date) == {months}", case, day) is (day == full)


def test_the_day_after_a_month_end_is_over_a_month_before_a_short_one():
    case = a_case(open_date=date(2026, 10, 31))
    assert holds("months_since(open_date) > 2", case, date(2027, 1, 1))


@given(st.dates(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_time_passed_is_counted_between_any_two_dates(since, day):
    case = Case(child_id="1", open_date=since)
    assert holds("months_since(open_date) >= 0", case, day) is (day >= since)
    assert holds("weeks_since(open_date) >= 0", case, day) is (day >= since)
