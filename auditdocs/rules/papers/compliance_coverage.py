"""The Completeness report's chapter on coverage: who is reached, who is not, and who cannot be.

Source: domain.md D2 (coverage; capacity gap; audits per supervision session); ambiguity 4.
"""

from collections.abc import Iterator

from auditdocs.model.report import Block, Chapter, Paragraph, TableBlock
from auditdocs.rules.findings.compliance import Compliance
from auditdocs.rules.papers.paper import Paper, team_name
from auditdocs.rules.papers.smg_follow_through import coverage_tables, reach_blocks
from auditdocs.rules.selection.coverage import Coverage

COVERAGE = "Coverage"


def coverage_chapter(paper: Paper, found: Compliance) -> Chapter:
    """The open cases reached in a year, by team and month by month; sessions and capacity."""
    return Chapter(heading=COVERAGE, blocks=tuple(_blocks(paper, found)))


def _blocks(paper: Paper, found: Compliance) -> Iterator[Block]:
    covered = found.figures.coverage
    if not covered.eligible:
        yield Paragraph(text="No open case has been open for more than six weeks.")
        return
    yield from coverage_tables(paper, covered)
    yield from reach_blocks(paper)
    yield _by_team(paper, found)
    yield from _sessions(paper, found)
    yield from _capacity(paper, found)


def _by_team(paper: Paper, found: Compliance) -> TableBlock:
    teams = found.covered_by_team.items()
    rows = tuple((team_name(team), *_cells(paper, each)) for team, each in teams)
    return TableBlock(
        caption="Eligible open cases by the team that holds them",
        headings=("Team", "Eligible", "Audited in a year", "Longer ago", "Never audited"),
        rows=(*rows, ("All teams", *_cells(paper, found.figures.coverage))),
        totalled=True,
    )


def _cells(paper: Paper, each: Coverage) -> Iterator[int | str]:
    yield paper.shown.cell(each.eligible)
    for part in (each.audited, each.lapsed, each.never):
        yield paper.shown.share(part, each.eligible)


def _sessions(paper: Paper, found: Compliance) -> Iterator[Paragraph]:
    """Audits beside supervision sessions, where the type goes with supervision."""
    each = found.figures.delivery[found.contract.key]
    if each.target:
        back = paper.shown.of(each.returned, each.target)
        yield Paragraph(
            text=f"Audits returned of those expected, one for each supervision session: {back}."
        )


def _capacity(paper: Paper, found: Compliance) -> Iterator[Block]:
    whole = sum(found.workers_beyond.values())
    if whole:
        bands = found.workers_beyond.items()
        yield TableBlock(
            caption="Workers by the eligible cases they have beyond their supervisions in a year",
            headings=("Eligible cases", "Workers"),
            rows=(
                *((band, paper.shown.share(number, whole)) for band, number in bands),
                ("All workers", paper.shown.cell(whole)),
            ),
            note="One audit in each supervision cannot reach the cases beyond within a year.",
            totalled=True,
        )
