"""The Completeness report: what stands in it, how small numbers are shown, and nobody named."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from auditdocs.model.settings import Settings
from auditdocs.rules.findings.compliance import compliance
from auditdocs.rules.findings.figures import figures
from auditdocs.rules.papers.compliance_report import compliance_report
from auditdocs.rules.papers.compliance_rows import compliance_rows
from auditdocs.rules.papers.figure_rows import figure_rows
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.shown import Shown
from auditdocs.rules.register.standards import InForce, changes
from tests.makers.contracts import a_contract, a_standard
from tests.makers.findings import (
    CHILD,
    CONTRACTS,
    OWN,
    QUARTER,
    RECORDED,
    VISITED,
    WORKER,
    a_programme,
    a_record,
    chapter,
    histories,
    own_returns,
    paragraphs,
    rows,
    tables,
    words,
)

RESULTS = "Every standard and what the audits found"
HEAT = "The standards most often not met, by team: not met, of those it applied to"
MET = {"c_plan.P": "yes", "c_visits.T": "yes", "c_visits.U": "yes"}
LATE = {"c_plan.P": "yes", "c_visits.T": "no", "c_visits.U": "yes"}


def found_in(programme, against=(), changed=()):
    """The paper, the figures and the report of a programme."""
    found = compliance(programme, OWN.key)
    paper = Paper(
        figures=found.figures,
        contracts=programme.contracts,
        settings=programme.settings,
        period=programme.period,
        today=programme.today,
        data_date=programme.data_date,
    )
    report = compliance_report(paper, found, against=against, changes=changed)
    return paper, found, report


def a_quarter(met, late, **changes):
    """So many audits that found everything met, and so many that found visits late."""
    audits = (
        *own_returns(met, team="North"),
        *own_returns(late, first=met + 1, team="South"),
    )
    answers = [MET] * met + [LATE] * late
    records = [a_record(a.audit_id, said) for a, said in zip(audits, answers, strict=True)]
    return a_programme(*audits, records=records, **changes)


def test_a_standard_is_told_with_its_n_and_a_percentage_only_of_ten_or_more():
    _, _, report = found_in(a_quarter(8, 4))
    visits = rows(tables(report)[RESULTS])[VISITED.title]
    assert (visits["Applies"], visits["Not met"]) == (12, "4 (33%)")
    _, _, report = found_in(a_quarter(5, 3))
    assert rows(tables(report)[RESULTS])[VISITED.title]["Not met"] == 3


def test_the_heat_table_has_a_column_for_each_team_and_shades_nothing_of_too_few():
    _, _, report = found_in(a_quarter(8, 4))
    heat = tables(report)[HEAT]
    assert heat.headings == ("Standard", "North", "South", "All")
    assert heat.rows[0] == (VISITED.title, "0 of 8", "4 of 4", "4 of 12")
    assert heat.shades[0] == (0, 0, 0, 2)


def test_every_figure_of_a_table_of_periods_stands_in_the_workbook_with_its_audits():
    now = a_quarter(12, 3)
    (before,) = own_returns(1, first=50, returned=date(2026, 5, 4))
    records = {**now.records, before.audit_id: a_record(before.audit_id, LATE)}
    both = replace(now, audits=(*now.audits, before), records=records)
    paper, found, report = found_in(both)
    _, told = rows(tables(report)["All standards together, period by period"]).values()
    behind = {f.name: f for f in compliance_rows(paper, found, ())}
    assert [behind[f"2026-27-Q2: {name}"].value for name in ("Audits returned", "Met")] == [
        str(told["Audits"]),
        "27",
    ]
    assert len(behind["2026-27-Q2: Audits returned"].audits) == 15


def test_statutory_standards_stand_apart_and_are_never_proposed_for_review():
    _, _, report = found_in(a_quarter(12, 28))
    (block,) = chapter(report, "Statutory standards not met").blocks
    assert block.rows[0][0] == VISITED.title
    assert (
        "No local standard is missed so widely"
        in paragraphs(chapter(report, "Standards for review"))[0]
    )


def test_a_local_standard_that_is_widely_missed_is_proposed_for_review():
    audits = own_returns(24, team="North")
    records = [a_record(a.audit_id, {"c_plan.P": "no"}) for a in audits]
    _, _, report = found_in(a_programme(*audits, records=records))
    proposed = tables(report)["Local standards proposed for review"]
    assert proposed.rows == ((RECORDED.title, "–", "24 of 24 (100%)"),)


def test_a_changed_limit_is_told_before_and_after_with_its_day():
    then = a_contract(a_standard("c_plan", number="1.1", label="Plan", limit="wd(10)"))
    now = a_contract(a_standard("c_plan", number="1.1", label="Plan", limit="wd(15)"))
    history = [InForce(then, date(2026, 4, 1)), InForce(now, date(2026, 8, 3))]
    (told,) = changes(history, QUARTER)
    assert (told.what, told.before, told.now) == ("Limit", "10 working days", "15 working days")
    _, _, report = found_in(a_quarter(1, 0), changed=[told])
    table = tables(report)["Standards changed in the period"]
    assert table.rows[0][1:] == ("Limit", "10 working days", "15 working days", "03/08/2026")
    assert not [*changes(history[:1], QUARTER)]


def test_a_period_without_audits_has_no_empty_chapters():
    _, _, report = found_in(a_programme())
    headings = [each.heading for each in report.chapters]
    assert "Standards met" not in headings
    assert all(each.blocks for each in report.chapters)
    assert paragraphs(chapter(report, "Key messages"))[1:] == [
        "No audits came back in this period. Fell due in it and did not come back in it: no forms."
    ]


def test_where_no_standard_applied_there_is_no_share_and_no_empty_table():
    _, _, report = found_in(a_programme(*own_returns(1)))
    assert "0 of 0" not in " ".join(words(report))
    assert all(table.rows for table in tables(report).values())


@given(histories())
@settings(max_examples=25, deadline=None)
def test_what_the_quarterly_report_tells_too_has_the_same_value_and_audits(history):
    audits, records = history
    programme = a_programme(*audits, records=records)
    paper, found, _ = found_in(programme)
    mine = {(f.chapter, f.name): f for f in compliance_rows(paper, found, ())}
    theirs = figure_rows(figures(programme), shown=Shown(), contracts=CONTRACTS)
    shared = [f for f in theirs if (f.chapter, f.name) in mine]
    assert len(shared) > 20
    assert all(mine[f.chapter, f.name] == f for f in shared)


@given(histories())
@settings(max_examples=25, deadline=None)
def test_no_child_and_no_worker_is_named(history):
    audits, records = history
    paper, found, report = found_in(a_programme(*audits, records=records))
    told = "\n".join([*words(report), *words(compliance_rows(paper, found, ()))])
    assert CHILD not in told
    assert WORKER not in told


@pytest.mark.parametrize("least", [5, 20])
def test_small_counts_are_hidden_where_that_is_asked(least):
    programme = a_quarter(8, 4, settings=Settings(suppress=least))
    paper, found, report = found_in(programme)
    visits = rows(tables(report)[RESULTS])[VISITED.title]
    assert visits["Not met"] == f"<{least}"
    assert not any(f.audits for f in compliance_rows(paper, found, ()))
