"""The SMG report's chapters on what the audits found: grades, questions, coverage and standards.

Source: domain.md D1, 4, 5 and 10; D2.
"""

from collections.abc import Iterable, Iterator, Mapping

from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.counts import Spread
from auditdocs.rules.coverage import Coverage
from auditdocs.rules.results import Point, Question, Results, good, graded
from auditdocs.rules.scales import GRADED
from auditdocs.rules.shown import NONE, percent
from auditdocs.rules.smg_paper import (
    GRADES,
    NOTHING_BACK,
    QUESTIONS,
    Paper,
    grade_name,
    team_name,
)
from auditdocs.rules.standards import FACET_SHORTFALLS, Standard, most_missed

LISTED = 5
"""How many local standards are named as most often not met."""

_BASES: Mapping[str, str] = {"reg": "Regulations", "guid": "Statutory guidance"}
_Row = tuple[str | int, ...]


def grades_chapters(paper: Paper) -> Iterator[Chapter]:
    """The overall grades by type, and under them by case type, by team and over time."""
    found = {key: each for key, each in paper.figures.results.items() if each.audits}
    if not found:
        yield Chapter(heading=GRADES, blocks=(Paragraph(text=NOTHING_GRADED),))
    else:
        yield Chapter(heading=GRADES, blocks=tuple(_by_type(paper, found)))
        yield _by_group(paper, "By case type", {k: each.by_case_type for k, each in found.items()})
        yield _by_group(paper, "By team", {k: each.by_team for k, each in found.items()})
    yield from _over_time(paper)
