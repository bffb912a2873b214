"""The quarterly report to the service management group, as values.

Source: domain.md D1; quality.md (privacy); settled.md ("Names in SMG papers").
"""

from collections.abc import Iterator

from auditdocs.model.report import Chapter, Report
from auditdocs.rules.papers.annex import DEFINITIONS, annex_chapters
from auditdocs.rules.papers.difficulties_chapter import MOST_ROWS, difficulties_chapter
from auditdocs.rules.papers.paper import Paper, title_facts
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
        facts=tuple(title_facts(paper)),
        chapters=tuple(_chapters(paper)),
        footer=f"SMG-{period.label}",
        keywords=("case audit", "SMG", period.label),
    )


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
