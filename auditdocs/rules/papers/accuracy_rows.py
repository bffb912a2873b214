"""The figures of the Accuracy audit one by one, for the data workbook and for JSON.

Source: domain.md C4, D1 (10); quality.md (privacy).
"""

from collections.abc import Iterator

from auditdocs.model.report import Figure
from auditdocs.rules.accuracy.figures import COUNTS, AccuracyFigures, Sum
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.findings.accuracy_balances import count_of
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.papers.shown import Count, Shown


def accuracy_json(found: AccuracyFigures) -> dict[str, object]:
    """The figures as the command line prints them, as counts that may have to be hidden."""
    return {
        "in_all": _sum_json(found.in_all),
        "by_team": {team: _sum_json(each) for team, each in found.by_team.items()},
        "by_item": {item: _sum_json(each) for item, each in found.by_item.items()},
        "difficulties": [
            {"team": last.team, "item": last.item_id, "lists": [first.list_id, last.list_id]}
            for first, last in found.difficulties
        ],
        "agreements": {
            "in_force": sum(each.agreement is not None for each in found.teams),
            "teams": len(found.teams),
            "overdue": [each.team for each in found.overdue],
        },
        "extract_faults": dict(found.faults),
        "disagreements": len(found.disagreements),
        "recorded": {
            each.field: {"children": each.children, "recorded": each.recorded}
            for each in found.recorded
        },
    }


def _sum_json(each: Sum) -> dict[str, Counted]:
    return {name: count_of(each, name) for name in COUNTS}


def accuracy_figure_rows(found: AccuracyFigures, shown: Shown) -> tuple[Figure, ...]:
    """Every figure with the check lists it was counted from, for the data workbook."""
    named = [("All teams", found.in_all)]
    named += [(f"Team, {team}", each) for team, each in found.by_team.items()]
    named += [(f"Item, {item}", each) for item, each in found.by_item.items()]
    named += [(f"Month, {month}", each) for month, each in found.by_month.items()]
    rows = [row for name, each in named for row in check_figures(name, each, shown)]
    for (team, item), rounds in found.rounds.items():
        rows += [
            _figure("Rounds", f"{team}, {item}, {uk_date(r.due)}: {what}", n, (r.list_id,), shown)
            for r in rounds
            for what, n in (("Checked", r.checked), ("Errors", r.errors))
        ]
    rows += [
        _figure("Extract", f"Team, {team or 'No team'}: Faults", n, (), shown)
        for team, n in found.faults.items()
    ]
    rows += [
        _figure("Extract", f"{each.what}: {name}", number, (), shown)
        for each in found.recorded
        for name, number in (("Children", each.children), ("Recorded", each.recorded))
    ]
    audits = tuple(each.audit_id for each in found.disagreements)
    total = len(found.disagreements)
    return (*rows, _figure("Extract", "Answers against the extract", total, audits, shown))


def check_figures(name: str, each: Sum, shown: Shown) -> Iterator[Figure]:
    """The figures of checks put together, under a name."""
    for what in ("listed", "checked", "errors", "corrected", "queries", "repeats", "still_wrong"):
        words = what.replace("_", " ").capitalize()
        yield _figure("Checks", f"{name}: {words}", count_of(each, what), each.lists, shown)


def _figure(
    chapter: str, name: str, number: Count, behind: tuple[str, ...], shown: Shown
) -> Figure:
    audits = () if shown.hide_below else behind
    return Figure(chapter=chapter, name=name, value=str(shown.cell(number)), audits=audits)
