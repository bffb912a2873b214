"""The reports to team managers and heads of service: what their sentences and notes say."""

from auditdocs.model.standing import Item
from auditdocs.rules.accuracy.figures import AccuracyFigures, Sum, TeamStanding
from auditdocs.rules.findings.figures import figures
from auditdocs.rules.findings.team_figures import Ahead, team_figures
from auditdocs.rules.papers.heads_report import heads_report
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.team_report import team_report
from tests.makers.findings import (
    OWN,
    TODAY,
    a_programme,
    a_recommendation,
    a_return,
    chapter,
    days,
    paragraphs,
    recommended,
    tables,
)

HEADS = {"North": "Hilda Head", "West": "Hilda Head"}


def teams_of(programme, ahead=None):
    """A paper of the programme, and the figures of North and West."""
    found = figures(programme)
    paper = Paper(
        figures=found,
        contracts=programme.contracts,
        settings=programme.settings,
        period=programme.period,
        today=programme.today,
        data_date=programme.data_date,
    )
    return paper, team_figures(programme, found, OWN.key, ahead or Ahead(), HEADS)


def accuracy_of(checked):
    """The Accuracy audit of a service in which North alone has check lists."""
    return AccuracyFigures(
        in_all=checked,
        by_team={"North": checked},
        by_item={},
        by_month={},
        rounds={},
        difficulties=(),
        teams=(TeamStanding(team="North", agreement=None, overdue=True),),
        faults={},
    )


def test_of_lists_on_which_nothing_was_checked_no_errors_are_told():
    waiting = Item(kind="check list out", about="AC-1", text="due 12/10/2026", team="North")
    ahead = Ahead(accuracy=accuracy_of(Sum(listed=12, lists=("AC-1",))), waiting=(waiting,))
    paper, (north, _) = teams_of(a_programme(), ahead)
    assert paragraphs(chapter(team_report(paper, north), "Accuracy")) == [
        "The team has no Accuracy agreement.",
        "Values checked of those due in the period: 0 of 12 (0%).",
        "Check list out, AC-1: due 12/10/2026.",
    ]


def test_a_head_of_service_is_told_nothing_of_standards_that_nobody_looked_at():
    report = heads_report(*teams_of(a_programme()))
    assert "Standards not met" not in [each.heading for each in report.chapters]


def test_of_a_long_list_of_overdue_recommendations_it_is_said_how_many_are_shown():
    audit = a_return(team="North")
    many = [a_recommendation(number=n, due_date=TODAY - days(n)) for n in range(1, 22)]
    paper, (north, _) = teams_of(a_programme(audit, records=recommended(*many)))
    table = tables(team_report(paper, north))["Overdue recommendations, the longest overdue first"]
    assert len(table.rows) == 20
    assert table.note.startswith("Shown: 20 of 21. What each says")
