"""The SMG report's chapters on coverage and standards, on accuracy, and on training needs.

Source: domain.md D1, 10 and 11; D2.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.findings.counts import together
from auditdocs.rules.findings.follow_through import NEEDS as NEED_CODES
from auditdocs.rules.findings.reach import Reached
from auditdocs.rules.findings.standards import FACET_SHORTFALLS, Standard, most_missed
from auditdocs.rules.forms.outcomes import NOT_MET
from auditdocs.rules.papers.accuracy_report import headline_blocks
from auditdocs.rules.papers.paper import ACCURACY, NEEDS, Paper, team_name
from auditdocs.rules.papers.shown import NONE
from auditdocs.rules.selection.coverage import Coverage

LISTED = 5
"""How many local standards are named as most often not met."""

BASES: Mapping[str, str] = {"reg": "Regulations", "guid": "Statutory guidance"}
_Row = tuple[str | int, ...]


def headlines_chapter(paper: Paper) -> Iterator[Chapter]:
    """How far the caseload is covered and which standards are missed; statutory ones apart."""
    if not paper.headlines:
        return
    blocks: tuple[Block, ...] = ()
    if paper.figures.covering:
        blocks = (*coverage_tables(paper, paper.figures.coverage), *reach_blocks(paper))
    yield Chapter(heading=paper.headlines, blocks=(*blocks, *_standards(paper)))


def reach_blocks(paper: Paper) -> Iterator[Block]:
    """The share covered month by month, and where the pace of the last quarter leads."""
    found, shown = paper.figures.reach, paper.shown
    past = [each for each in found if not each.is_forecast]
    if not past or not found[-1].eligible:
        return
    now, last = past[-1], found[-1]
    shares = [shown.percent(each.audited, each.eligible) for each in found]
    if None not in shares:
        yield ChartBlock(
            caption="Share of eligible open cases audited in twelve months",
            kind="line",
            categories=tuple(each.label for each in found),
            series=(
                Series(name="Covered", values=_line(shares, found, forecast=False)),
                Series(name="Forecast at this pace", values=_line(shares, found, forecast=True)),
            ),
            alt=f"Covered by the end of {now.label}: {shown.part(now.audited, now.eligible)}; at "
            f"this pace by the end of {last.label}: {shown.part(last.audited, last.eligible)}.",
            number_format="0%",
        )
    yield TableBlock(
        caption="Eligible open cases audited in twelve months, month by month",
        headings=("Month's end", "Eligible cases", "Audited in twelve months"),
        rows=tuple(
            (
                f"{each.label}, forecast" if each.is_forecast else each.label,
                shown.cell(each.eligible),
                shown.share(each.audited, each.eligible),
            )
            for each in found
        ),
        note="The forecast takes the caseload as it is and the pace of the last 91 days.",
    )


def _line(
    shares: Sequence[int | None], found: Sequence[Reached], *, forecast: bool
) -> tuple[float | None, ...]:
    """One of the two lines; the forecast begins where the other ends."""
    first = next((n for n, each in enumerate(found) if each.is_forecast), len(found))
    return tuple(
        share / 100
        if share is not None and (place >= first - 1 if forecast else place < first)
        else None
        for place, share in enumerate(shares)
    )


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
        (team_name(team), *(shown.cell(spread[code]) for code in NEED_CODES))
        for team, spread in needs.items()
    ]
    sums = (together(spread[code] for spread in needs.values()) for code in NEED_CODES)
    table = TableBlock(
        caption="Recommendations that name a training or support need",
        headings=("Team", "For one person", "For a group", "For the whole team"),
        rows=(*rows, ("All teams", *map(shown.cell, sums))),
        totalled=True,
    )
    return Chapter(heading=NEEDS, blocks=(table,))


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
    yield paper.shown.cell(each.looked_at)
    yield paper.shown.share(each.results[NOT_MET], each.looked_at)
    for facet in FACET_SHORTFALLS:
        asked = facet in each.facets
        yield paper.shown.cell(each.lacking(facet)) if asked else NONE
