"""The SMG report's chapters on delivery, and on the sample beside the caseload.

Source: domain.md D1, 2 and 3.
"""

from collections.abc import Iterator, Mapping

from auditdocs.model.people import ROLES
from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.findings.delivery import Delivery
from auditdocs.rules.findings.sample import Kind
from auditdocs.rules.papers.paper import DELIVERY, NOTHING_BACK, SAMPLE, Paper
from auditdocs.rules.papers.shown import NONE

_BY = {"team": "the auditor's team", "role": "the auditor's role", "pair": "pair of teams"}
_PAIR = "Auditor's team, of the case's team"
_COUNTS = ("Issued", "Returned", "On time", "Late", "Missed")


def delivery_chapter(paper: Paper) -> Chapter:
    """How many forms went out and came home, by type beside the target, and by team."""
    blocks: list[Block] = [
        _by_type(paper),
        *_chart(paper),
        *_pace(paper),
        *_grouped(paper, "team", "Auditor's team", paper.figures.delivery_by_team),
        *_grouped(paper, "role", "Auditor's role", _by_role(paper)),
        *_grouped(paper, "pair", _PAIR, paper.figures.delivery_by_pair),
    ]
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


def _grouped(
    paper: Paper, noun: str, heading: str, groups: Mapping[str, Delivery]
) -> Iterator[TableBlock]:
    if groups:
        yield TableBlock(
            caption=f"Forms issued and returned in the period, by {_BY[noun]}",
            headings=(heading, *_COUNTS),
            rows=tuple(
                (label or f"No {noun}", *_counts(paper, each)) for label, each in groups.items()
            ),
        )


def _by_role(paper: Paper) -> Mapping[str, Delivery]:
    """By the title of the post, several roles of one title never being two rows of one name."""
    return {
        paper.post(role) if role in ROLES else role: each
        for role, each in paper.figures.delivery_by_role.items()
    }


def _pace(paper: Paper) -> Iterator[Block]:
    """For each type with a year's target what came home since April, beside what was to."""
    found = paper.figures.pace
    for key, steps in found.items():
        counts = [each.returned for each in steps]
        so_far = [each for each in counts if each is not None]
        if so_far and not any(map(paper.shown.hides, so_far)):
            yield ChartBlock(
                caption=f"{paper.name(key)}: audits returned since April beside the target",
                kind="line",
                categories=tuple(each.label for each in steps),
                series=(
                    Series(name="Returned", values=tuple(map(paper.shown.point, counts))),
                    Series(name="Target", values=tuple(each.target for each in steps)),
                ),
                alt=f"By the end of {steps[len(so_far) - 1].label} {so_far[-1].value} had come "
                f"back, {steps[len(so_far) - 1].target} being the target; the year's is "
                f"{steps[-1].target}.",
            )
    if found:
        yield _paces(paper)


def _paces(paper: Paper) -> TableBlock:
    found = paper.figures.pace
    months = zip(*found.values(), strict=True)
    headings = ((f"{paper.name(key)} returned", "Target") for key in found)
    return TableBlock(
        caption="Audits returned since April beside the target",
        headings=("By the end of", *(each for pair in headings for each in pair)),
        rows=tuple(
            (
                steps[0].label,
                *(
                    cell
                    for each in steps
                    for cell in (paper.shown.cell(each.returned), each.target)
                ),
            )
            for steps in months
        ),
    )


def _counts(paper: Paper, each: Delivery) -> Iterator[int | str]:
    for count in (each.issued, each.returned, each.on_time, each.late, each.missed):
        yield paper.shown.cell(count)


def _target(each: Delivery) -> int | str:
    return NONE if each.target is None else each.target


def _chart(paper: Paper) -> Iterator[ChartBlock]:
    """Returned beside target, where there is anything to draw."""
    found, shown = paper.figures.delivery, paper.shown
    told = [
        f"{paper.name(key)} {shown.cell(each.returned)} against {_target(each)}"
        for key, each in found.items()
    ]
    back = tuple(shown.point(each.returned) for each in found.values())
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
    returned = paper.figures.delivery_in_all.returned
    rows = (
        (
            kind.label,
            shown.share(kind.audited, returned),
            shown.share(kind.open, whole.open),
        )
        for kind in kinds
    )
    return TableBlock(
        caption=f"{characteristic}: audits returned beside open cases",
        headings=(characteristic, "Audits returned", "Open cases"),
        rows=(*rows, ("All", shown.cell(returned), shown.cell(whole.open))),
        totalled=True,
    )
