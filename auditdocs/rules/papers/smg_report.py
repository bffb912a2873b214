"""The quarterly report to the service management group, as values.

Source: domain.md D1; quality.md (privacy); settled.md ("Names in SMG papers").
"""

from collections.abc import Iterator

from auditdocs.model.report import Chapter, Report
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.papers.annex import DEFINITIONS, annex_chapters
from auditdocs.rules.papers.difficulties_chapter import MOST_ROWS, difficulties_chapter
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.shown import small_numbers
from auditdocs.rules.papers.smg_actions import actions_chapter
from auditdocs.rules.papers.smg_agreement import agreement_chapter
from auditdocs.rules.papers.smg_delivery import delivery_chapter, sample_chapter
from auditdocs.rules.papers.smg_follow_through import (
    accuracy_chapter,
    headlines_chapter,
    needs_chapter,
)
from auditdocs.rules.papers.smg_messages import messages_chapters
from auditdocs.rules.papers.smg_recommendations import recommendations_chapter
from auditdocs.rules.papers.smg_results import grades_chapters, questions_chapters
from auditdocs.rules.papers.smg_themes import themed_chapters, themes_chapter


def smg_report(paper: Paper) -> Report:
    """The report; it names teams and posts, and no child, family or worker.

    With `settings.suppress` small counts are hidden, and so is the list of audits, from which they
    could be counted.
    """
    period, settings = paper.period, paper.settings
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
    back = paper.shown.words(paper.figures.delivery_in_all.returned, "audit")
    yield "Period", paper.period.words
    yield "Counted on", uk_date(paper.today)
    yield "Caseload as at", uk_date(paper.data_date)
    yield "Findings from", f"{back} returned in the period"
    yield "Author", f"{paper.post('hos_qap')} (draft)"
    yield "Distribution", paper.post("smg")
    yield "Names", "Contains no child's or worker's name"
    yield from small_numbers(paper.settings.suppress)


def _chapters(paper: Paper) -> Iterator[Chapter]:
    yield from messages_chapters(paper)
    yield delivery_chapter(paper)
    yield sample_chapter(paper)
    yield from grades_chapters(paper)
    yield from questions_chapters(paper)
    yield themes_chapter(paper)
    yield from themed_chapters(paper)
    yield agreement_chapter(paper)
    yield recommendations_chapter(paper)
    yield from headlines_chapter(paper)
    yield from accuracy_chapter(paper)
    yield from difficulties_chapter(paper, most=MOST_ROWS)
    yield needs_chapter(paper)
    yield actions_chapter(paper)
    yield from annex_chapters(paper, DEFINITIONS)
