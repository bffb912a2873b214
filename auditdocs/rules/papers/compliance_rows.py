"""The figures of the Completeness report one by one, each with the audits behind it.

What the quarterly report tells too has its chapter and name here, and its value.

Source: domain.md D2; quality.md (privacy).
"""

from collections.abc import Iterator, Sequence

from auditdocs.model.report import Figure
from auditdocs.rules.accuracy.figures import Disagreement
from auditdocs.rules.findings.compliance import Compliance
from auditdocs.rules.findings.counts import Counted, counted
from auditdocs.rules.findings.standards import Standard
from auditdocs.rules.forms.outcomes import MET, NOT_MET, RESULTS
from auditdocs.rules.papers.compliance_coverage import COVERAGE
from auditdocs.rules.papers.compliance_report import EXTRACT
from auditdocs.rules.papers.compliance_standards import STANDARDS
from auditdocs.rules.papers.figure_rows import (
    coverage_rows,
    delivery_rows,
    difficulty_rows,
    figure_of,
    progress_rows,
    standard_rows,
)
from auditdocs.rules.papers.figure_rows_of_follow_up import Row, reach_rows
from auditdocs.rules.papers.paper import RECOMMENDATIONS, Paper, team_name
from auditdocs.rules.selection.coverage import Coverage


def compliance_rows(
    paper: Paper, found: Compliance, against: Sequence[Disagreement]
) -> tuple[Figure, ...]:
    """Every figure of the report and of its charts."""
    return tuple(figure_of(row, paper.shown) for row in _rows(paper, found, against))


def compliance_json(found: Compliance, against: Sequence[Disagreement]) -> dict[str, object]:
    """The figures as the command line prints them, as counts that may have to be hidden."""
    covered, each = found.figures.coverage, found.figures.delivery[found.contract.key]
    progress = found.figures.follow_through.service
    return {
        "coverage": {
            "eligible": covered.eligible,
            "audited": covered.audited,
            "lapsed": covered.lapsed,
            "never": covered.never,
        },
        "delivery": {"expected": each.target, "returned": each.returned},
        "standards": {standard.item.id: dict(standard.results) for standard in found.standards},
        "recommendations": {
            "made": progress.made,
            "done": progress.done,
            "done_by_next_supervision": found.done_by_next,
            "overdue": progress.overdue,
        },
        "disagreements": counted(each.audit_id for each in against),
    }


def _rows(paper: Paper, found: Compliance, against: Sequence[Disagreement]) -> Iterator[Row]:
    name, figures = found.contract.sheet, found.figures
    yield from delivery_rows(name, figures.delivery[found.contract.key])
    yield from coverage_rows(figures, paper.headlines)
    yield from reach_rows(figures, paper.headlines)
    yield from _covered_rows(found)
    for standard in found.standards:
        yield from standard_rows(paper.headlines, name, standard)
    yield from _grouped(found)
    yield from _trend(found)
    yield from difficulty_rows(figures)
    yield from _recommendations(found)
    yield EXTRACT, f"{name}: Answers against the extract", counted(a.audit_id for a in against)


def _covered_rows(found: Compliance) -> Iterator[Row]:
    for team, covered in found.covered_by_team.items():
        yield from covered_rows(f"Team, {team_name(team)}", covered)
    for band, number in found.workers_beyond.items():
        yield COVERAGE, f"Workers by eligible cases, {band}", Counted(number)


def _grouped(found: Compliance) -> Iterator[Row]:
    """Of each team's and case type's audits: what the heat tables show."""
    for of, groups in (("team", found.by_team), ("case type", found.by_case_type)):
        for label, standards in groups.items():
            for standard in standards:
                yield from _part(f"{of}, {team_name(label)}", standard)


def _trend(found: Compliance) -> Iterator[Row]:
    for point in found.trend:
        yield STANDARDS, f"{point.label}: Audits returned", point.audits
        yield STANDARDS, f"{point.label}: A standard applied", point.applicable
        yield STANDARDS, f"{point.label}: Met", point.met


def _recommendations(found: Compliance) -> Iterator[Row]:
    name, progress = found.contract.sheet, found.figures.follow_through
    yield from progress_rows(f"{name}, all teams", progress.service)
    for team, each in progress.by_team.items():
        yield from progress_rows(f"{name}, team, {team_name(team)}", each)
    yield RECOMMENDATIONS, f"{name}: Done by the next supervision", found.done_by_next


def covered_rows(name: str, covered: Coverage) -> Iterator[Row]:
    """How much of a part of the caseload is covered, under a name."""
    yield COVERAGE, f"{name}: Eligible open cases", Counted(covered.eligible)
    yield COVERAGE, f"{name}: Audited in a year", Counted(covered.audited, covered.audits)
    yield COVERAGE, f"{name}: Longer ago", Counted(covered.lapsed, covered.lapsed_audits)
    yield COVERAGE, f"{name}: Never audited", Counted(covered.never)


def _part(name: str, standard: Standard) -> Iterator[Row]:
    if standard.applicable:
        yield STANDARDS, f"{standard.item.title}, {name}: {RESULTS[MET]}", standard.results[MET]
        missed = standard.results[NOT_MET]
        yield STANDARDS, f"{standard.item.title}, {name}: {RESULTS[NOT_MET]}", missed
