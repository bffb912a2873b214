"""The quarterly report to the service management group, as values.

Source: domain.md D1; quality.md (privacy); settled.md ("Names in SMG papers").
"""

from collections.abc import Iterator, Mapping
from datetime import date

from auditdocs.model.contract import Contract
from auditdocs.model.report import Block, Chapter, Paragraph, Report, TableBlock
from auditdocs.model.settings import Settings
from auditdocs.rules.accuracy.figures import AccuracyFigures
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.figures import Figures
from auditdocs.rules.papers.paper import NOTHING_BACK, Paper, grade_name, team_name
from auditdocs.rules.papers.smg_actions import actions_chapter
from auditdocs.rules.papers.smg_delivery import delivery_chapter, sample_chapter
from auditdocs.rules.papers.smg_follow_through import (
    accuracy_chapter,
    headlines_chapter,
    needs_chapter,
    recommendations_chapter,
)
from auditdocs.rules.papers.smg_messages import messages_chapters
from auditdocs.rules.papers.smg_results import grades_chapters, questions_chapters

DEFINITIONS: Mapping[str, str] = {
    "Issued": "Forms issued in the period, whatever became of them.",
    "Returned": "Forms that came home and were accepted in the period, whenever they were issued. "
    "A corrected form counts once, on the day the first one came.",
    "On time, late": "Returned up to the due date, or after it.",
    "Missed": "Forms due in the period, before the day of this report, and not home by the "
    "period's end (or by that day, while the period runs). Withdrawn forms are left out.",
    "Target": "The quarter's number where the procedure or the settings name one; else the year's "
    "share for the days of the period, rounded half up; else, for an audit done in supervision, "
    "one for each supervision session of each worker with an eligible case.",
    "Sample": "Audits returned in the period, by what the form's header says, beside the cases "
    "open at the data date. Two audits of one child are two.",
    "Grades": "The final grade of each audit returned in the period, else the auditor's. Not "
    "applicable and not enough evidence are not graded, and are in no percentage.",
    "Recommendations": "Made in audits returned in the period. Agreed: agreed to, as it stood or "
    "amended, and whatever came after. Done: marked done or verified in the ledger, or given a "
    "done date. Overdue: open on the day of this report past the due date, whenever made. One on "
    "which the ledger says nothing is proposed, and open.",
    "Coverage": "Eligible: open for more than six weeks. Audited: in the last twelve months, in "
    "the current episode of need, and home by the period's end.",
    "Standards": "Not met when any facet is answered no; else met when any is answered yes; else "
    "not due or not applicable, which are in no percentage. Statutory: resting on regulations or "
    "statutory guidance.",
    "Percentages": "Whole per cents, and none of fewer than ten.",
}
"""Each figure of the report and how it is counted."""


def smg_report(
    figures: Figures,
    *,
    settings: Settings,
    contracts: Mapping[str, Contract],
    period: Period,
    today: date,
    data_date: date,
    accuracy: AccuracyFigures | None = None,
) -> Report:
    """The report; it names teams and posts, and no child, family or worker.

    With `settings.suppress` small counts are hidden, and so is the list of audits, from which they
    could be counted.
    """
    paper = Paper(
        figures=figures,
        contracts=contracts,
        settings=settings,
        period=period,
        today=today,
        data_date=data_date,
        accuracy=accuracy,
    )
    return Report(
        title="Case audit report",
        subtitle=f"{period.label}: {period.words}",
        service=settings.service_name,
        marking=settings.marking,
        facts=tuple(_facts(paper)),
        chapters=tuple(_chapters(paper)),
        footer=f"SMG-{period.label}",
        keywords=("case audit", "SMG", period.label),
    )


def _facts(paper: Paper) -> Iterator[tuple[str, str]]:
    back = paper.shown.words(paper.figures.delivery_in_all.returned.value, "audit")
    yield "Period", paper.period.words
    yield "Counted on", uk_date(paper.today)
    yield "Caseload as at", uk_date(paper.data_date)
    yield "Findings from", f"{back} returned in the period"
    yield "Author", f"{paper.post('hos_qap')} (draft)"
    yield "Distribution", paper.post("smg")
    yield "Names", "Contains no child's or worker's name"
    if least := paper.settings.suppress:
        yield "Small numbers", f"Counts below {least} are shown as <{least}"


def _chapters(paper: Paper) -> Iterator[Chapter]:
    yield from messages_chapters(paper)
    yield delivery_chapter(paper)
    yield sample_chapter(paper)
    yield from grades_chapters(paper)
    yield from questions_chapters(paper)
    yield recommendations_chapter(paper)
    yield from headlines_chapter(paper)
    yield from accuracy_chapter(paper)
    yield needs_chapter(paper)
    yield actions_chapter(paper)
    yield from _annex(paper)


def _annex(paper: Paper) -> Iterator[Chapter]:
    definitions = TableBlock(
        caption="How the figures are counted",
        headings=("Figure", "How it is counted"),
        rows=tuple(DEFINITIONS.items()),
        widths=(1, 4),
    )
    heading = "Annex: how each figure is counted"
    yield Chapter(heading=heading, blocks=(definitions,), numbered=False)
    block = _hidden(paper) if paper.settings.suppress else _listed(paper)
    heading = "Annex: the audits returned"
    yield Chapter(heading=heading, blocks=(block,), numbered=False)


def _hidden(paper: Paper) -> Paragraph:
    return Paragraph(
        text=f"The list is left out of this copy, in which counts below {paper.settings.suppress} "
        "are hidden: they could be counted from it."
    )


def _listed(paper: Paper) -> Block:
    if not paper.figures.listed:
        return Paragraph(text=NOTHING_BACK)
    return TableBlock(
        caption="The audits returned in the period",
        headings=("Audit ID", "Team", "Audit", "Grade"),
        rows=tuple(
            (each.audit_id, team_name(each.team), paper.name(each.type), grade_name(each.grade))
            for each in paper.figures.listed
        ),
    )
