"""The SMG report's chapters on what follows: recommendations, coverage and standards, training.

Source: domain.md D1, 9 to 11; D2.
"""

from collections.abc import Iterable, Iterator, Mapping

from auditdocs.model.form import CATEGORIES
from auditdocs.model.report import Block, Chapter, Paragraph, TableBlock
from auditdocs.rules.findings.counts import together
from auditdocs.rules.findings.follow_through import NEEDS as NEED_CODES
from auditdocs.rules.findings.follow_through import Progress
from auditdocs.rules.findings.standards import FACET_SHORTFALLS, Standard, most_missed
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.papers.accuracy_report import headline_blocks
from auditdocs.rules.papers.paper import ACCURACY, NEEDS, RECOMMENDATIONS, Paper, team_name
from auditdocs.rules.papers.shown import NONE
from auditdocs.rules.selection.coverage import Coverage

LISTED = 5
"""How many local standards are named as most often not met."""

BASES: Mapping[str, str] = {"reg": "Regulations", "guid": "Statutory guidance"}
_Row = tuple[str | int, ...]


def recommendations_chapter(paper: Paper) -> Chapter:
    """What was recommended and what became of it, by team, by age and by category."""
    found = paper.figures.follow_through
    blocks: tuple[Block, ...] = (_progress(paper),)
    if found.service.overdue.value:
        blocks += (_ageing(paper),)
    if found.service.made.value:
        blocks += (_categories(paper),)
    return Chapter(heading=RECOMMENDATIONS, blocks=blocks)


def headlines_chapter(paper: Paper) -> Iterator[Chapter]:
    """How far the caseload is covered and which standards are missed; statutory ones apart."""
    if not paper.headlines:
        return
    blocks = (*coverage_tables(paper, paper.figures.coverage),) if paper.figures.covering else ()
    yield Chapter(heading=paper.headlines, blocks=(*blocks, *_standards(paper)))


def accuracy_chapter(paper: Paper) -> Iterator[Chapter]:
    """The headlines of the Accuracy audit, where the service has one."""
    if paper.accuracy:
        blocks = (*headline_blocks(paper.accuracy, paper.shown), *_overdue_agreements(paper))
        yield Chapter(heading=ACCURACY, blocks=blocks)


def _overdue_agreements(paper: Paper) -> Iterator[Block]:
    found = paper.accuracy.overdue if paper.accuracy else ()
    if found:
        names = ", ".join(team_name(each.team) for each in found)
        yield Paragraph(text=f"Agreements missing or overdue for review: {names}.")


def needs_chapter(paper: Paper) -> Chapter:
    """How many recommendations name a training or support need, by team and for whom."""
    shown, needs = paper.shown, paper.figures.follow_through.needs
    if not needs:
        text = "No recommendation of this period names a training or support need."
        return Chapter(heading=NEEDS, blocks=(Paragraph(text=text),))
    rows = [
        (team_name(team), *(shown.cell(spread[code].value) for code in NEED_CODES))
        for team, spread in needs.items()
    ]
    sums = (together(spread[code] for spread in needs.values()).value for code in NEED_CODES)
    table = TableBlock(
        caption="Recommendations that name a training or support need",
        headings=("Team", "For one person", "For a group", "For the whole team"),
        rows=(*rows, ("All teams", *map(shown.cell, sums))),
        totalled=True,
    )
    return Chapter(heading=NEEDS, blocks=(table,))


def _progress(paper: Paper) -> TableBlock:
    found = paper.figures.follow_through
    rows = ((team_name(team), *_counts(paper, each)) for team, each in found.by_team.items())
    return TableBlock(
        caption="Recommendations made in the period, and all that are overdue",
        headings=("Team", "Made", "Agreed", "Done", "Overdue"),
        rows=(*rows, ("All teams", *_counts(paper, found.service))),
        note="Agreed and done are of those made in the period. Overdue are all that are still open "
        "past their due date, whenever they were made.",
        totalled=True,
    )


def _counts(paper: Paper, each: Progress) -> Iterator[int | str]:
    yield paper.shown.cell(each.made.value)
    for part in (each.agreed, each.done):
        yield paper.shown.share(part.value, each.made.value)
    yield paper.shown.cell(each.overdue.value)


def _ageing(paper: Paper) -> TableBlock:
    found = paper.figures.follow_through
    whole = found.service.overdue.value
    rows = (
        (age, paper.shown.share(count.value, whole)) for age, count in found.overdue_by_age.items()
    )
    return TableBlock(
        caption="Overdue recommendations by the time since they were due",
        headings=("Past the due date", "Recommendations"),
        rows=(*rows, ("All overdue", paper.shown.cell(whole))),
        totalled=True,
    )


def _categories(paper: Paper) -> TableBlock:
    found = paper.figures.follow_through
    whole = found.service.made.value
    ranked = sorted(found.made_by_category.items(), key=lambda each: -each[1].value)
    rows = (
        (label_of("choice", code, CATEGORIES), paper.shown.share(count.value, whole))
        for code, count in ranked
    )
    return TableBlock(
        caption="Recommendations made in the period by category",
        headings=("Category", "Recommendations"),
        rows=(*rows, ("All categories", paper.shown.cell(whole))),
        totalled=True,
    )


def coverage_tables(paper: Paper, covered: Coverage) -> Iterator[TableBlock]:
    """When the open cases that are due an audit last had one, and how long the others wait."""
    shown, whole = paper.shown, covered.eligible
    yield TableBlock(
        caption="Open cases due an audit, and when they last had one",
        headings=("Eligible open cases", "Cases"),
        rows=(
            ("Audited in the last twelve months", shown.share(covered.audited, whole)),
            ("Audited, but longer ago", shown.share(covered.lapsed, whole)),
            ("Never audited", shown.share(covered.never, whole)),
            ("All eligible", shown.cell(whole)),
        ),
        note="Eligible: open for more than six weeks. An audit of an earlier episode of need does "
        "not count.",
        totalled=True,
    )
    if covered.never:
        yield TableBlock(
            caption="Cases never audited by how long they have been open",
            headings=("Open for", "Cases never audited"),
            rows=tuple((age, shown.cell(number)) for age, number in covered.never_by_age.items()),
        )


def _standards(paper: Paper) -> Iterator[Block]:
    for key, found in paper.figures.standards.items():
        name, missed = paper.name(key), most_missed(found)
        if not paper.figures.delivery[key].returned.value:
            yield Paragraph(text=f"{name}: no audits came back, so no standard was looked at.")
            continue
        yield _local(paper, name, [each for each in missed if not each.is_statutory][:LISTED])
        yield statutory_block(paper, name, [each for each in missed if each.is_statutory])


def _local(paper: Paper, name: str, found: Iterable[Standard]) -> Block:
    rows = tuple((each.item.title, *_missed(paper, each)) for each in found)
    if not rows:
        return Paragraph(text=f"{name}: no local standard was found not met in this period.")
    return TableBlock(
        caption=f"{name}: local standards most often not met",
        headings=("Standard", "Applies", "Not met", *FACET_SHORTFALLS.values()),
        rows=rows,
        note="Applies: audits that found it met or not met. Not in place points to practice, not "
        "in time to capacity, not up to date to recording.",
    )


def statutory_block(paper: Paper, name: str, found: Iterable[Standard]) -> Block:
    """The statutory standards not met, apart from the others: no service may lower them."""
    rows = tuple((each.item.title, BASES[each.item.basis], *_missed(paper, each)) for each in found)
    if not rows:
        return Paragraph(text=f"{name}: no statutory standard was found not met in this period.")
    return TableBlock(
        caption=f"{name}: statutory standards not met",
        headings=("Standard", "Rests on", "Applies", "Not met", *FACET_SHORTFALLS.values()),
        rows=rows,
        note="The service may not change or lower these standards.",
    )


def _missed(paper: Paper, each: Standard) -> Iterator[int | str]:
    yield paper.shown.cell(each.applicable)
    yield paper.shown.share(each.not_met, each.applicable)
    for facet in FACET_SHORTFALLS:
        asked = facet in each.facets
        yield paper.shown.cell(each.missing(facet)) if asked else NONE
