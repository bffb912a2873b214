"""The SMG report's chapters on delivery, and on the sample beside the caseload.

Source: domain.md D1, 2 and 3.
"""

from collections.abc import Iterator

from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.findings.delivery import Delivery
from auditdocs.rules.findings.sample import Kind
from auditdocs.rules.papers.paper import DELIVERY, NOTHING_BACK, SAMPLE, Paper, team_name
from auditdocs.rules.papers.shown import NONE

_COUNTS = ("Issued", "Returned", "On time", "Late", "Missed")


def delivery_chapter(paper: Paper) -> Chapter:
    """How many forms went out and came home, by type beside the target, and by team."""
    blocks: list[Block] = [_by_type(paper), *_chart(paper), *_by_team(paper)]
    return Chapter(heading=DELIVERY, blocks=tuple(blocks))


def sample_chapter(paper: Paper) -> Chapter:
    """What kinds of case the audits were of, beside all open cases."""
    blocks = _samples(paper) if paper.figures.sample.audited else [Paragraph(text=NOTHING_BACK)]
    return Chapter(heading=SAMPLE, blocks=tuple(blocks))


def _by_type(paper: Paper) -> TableBlock:
    rows = [
        (paper.contracts[key].title, _target(each), *_counts(paper, each))
        for key, each in paper.figures.delivery.items()
    ]
    in_all = paper.figures.delivery_in_all
    return TableBlock(
        caption="Forms issued and returned in the period, by type of audit",
        headings=("Audit", "Target", *_COUNTS),
        rows=(*rows, ("All audits", _target(in_all), *_counts(paper, in_all))),
        note="A form issued in one period may come back in the next. Missed forms fell due in the "
        "period and had not come back by its end.",
        totalled=True,
    )


def _by_team(paper: Paper) -> Iterator[TableBlock]:
    teams = paper.figures.delivery_by_team
    if teams:
        yield TableBlock(
            caption="Forms issued and returned in the period, by the auditor's team",
            headings=("Auditor's team", *_COUNTS),
            rows=tuple((team_name(team), *_counts(paper, each)) for team, each in teams.items()),
        )


def _counts(paper: Paper, each: Delivery) -> Iterator[int | str]:
    for count in (each.issued, each.returned, each.on_time, each.late, each.missed):
        yield paper.shown.cell(count.value)


def _target(each: Delivery) -> int | str:
    return NONE if each.target is None else each.target


def _chart(paper: Paper) -> Iterator[ChartBlock]:
    """Returned beside target, where there is anything to draw."""
    found, shown = paper.figures.delivery, paper.shown
    told = [
        f"{paper.name(key)} {shown.cell(each.returned.value)} against {_target(each)}"
        for key, each in found.items()
    ]
    back = tuple(shown.point(each.returned.value) for each in found.values())
    targets = tuple(each.target for each in found.values())
    if any((*back, *targets)):
        yield ChartBlock(
            caption="Forms returned in the period beside the target",
            kind="bar",
            categories=tuple(paper.name(key) for key in found),
            series=(Series(name="Returned", values=back), Series(name="Target", values=targets)),
            alt=f"Forms returned against the target: {', '.join(told)}.",
        )


def _samples(paper: Paper) -> Iterator[Block]:
    yield Paragraph(
        text="A sample that looks like the caseload speaks for it; where a kind of case is rare "
        "among the audits, the findings say little about it."
    )
    for characteristic, kinds in paper.figures.sample.kinds.items():
        yield _beside(paper, characteristic, kinds)
    yield _reach(paper)


def _reach(paper: Paper) -> TableBlock:
    """How much of the caseload each type has reached: a number may be met and cases left out.

    Source: domain.md, ambiguity 2.
    """
    whole = paper.figures.coverage.eligible
    rows = (
        (paper.contracts[key].title, paper.shown.share(each.audited, whole))
        for key, each in paper.figures.covered.items()
    )
    return TableBlock(
        caption="Eligible open cases audited in the last twelve months",
        headings=("Audit", "Cases audited"),
        rows=(*rows, ("All eligible open cases", paper.shown.cell(whole))),
        totalled=True,
    )


def _beside(paper: Paper, characteristic: str, kinds: tuple[Kind, ...]) -> TableBlock:
    shown, whole = paper.shown, paper.figures.sample
    rows = (
        (
            kind.label,
            shown.share(kind.audited.value, whole.audited),
            shown.share(kind.open, whole.open),
        )
        for kind in kinds
    )
    return TableBlock(
        caption=f"{characteristic}: audits returned beside open cases",
        headings=(characteristic, "Audits returned", "Open cases"),
        rows=(*rows, ("All", shown.cell(whole.audited), shown.cell(whole.open))),
        totalled=True,
    )
