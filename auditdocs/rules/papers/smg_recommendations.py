"""The SMG report's chapter on recommendations: made, done, overdue by age, carried, burning down.

Source: domain.md D1, 9.
"""

from collections.abc import Iterator

from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.findings.follow_through import Progress
from auditdocs.rules.papers.paper import RECOMMENDATIONS, Paper, team_name


def recommendations_chapter(paper: Paper) -> Chapter:
    """What was recommended and what became of it, by team, by age and month by month."""
    blocks: tuple[Block, ...] = (
        Paragraph(text=_told(paper)),
        _progress(paper),
        *_ageing(paper),
        *_immediate(paper),
        *_burn_down(paper),
    )
    return Chapter(heading=RECOMMENDATIONS, blocks=blocks)


def _told(paper: Paper) -> str:
    shown, made = paper.shown, paper.figures.follow_through.service.made
    found = paper.figures.outstanding
    in_time = ""
    if made.value:
        in_time = f"Done by the due date: {shown.part(found.done_in_time, made)}. "
    return (
        f"Made in the period: {shown.words(made, 'recommendation')}. {in_time}Open now: "
        f"{shown.words(found.open, 'recommendation')}, of which carried from earlier periods: "
        f"{shown.cell(found.carried)}."
    )


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
    yield paper.shown.cell(each.made)
    for part in (each.agreed, each.done):
        yield paper.shown.share(part, each.made)
    yield paper.shown.cell(each.overdue)


def _ageing(paper: Paper) -> Iterator[Block]:
    """Those open by how long they are past due; a chart where no hidden count makes it untrue."""
    whole = paper.figures.outstanding.open
    if not whole.value:
        return
    bands = {age[:1].upper() + age[1:]: n for age, n in paper.figures.outstanding.by_age.items()}
    if not any(map(paper.shown.hides, bands.values())):
        told = ", ".join(f"{age.lower()} {count.value}" for age, count in bands.items())
        yield ChartBlock(
            caption="Open recommendations by the time since they were due",
            kind="bar",
            categories=tuple(bands),
            series=(
                Series(name="Recommendations", values=tuple(each.value for each in bands.values())),
            ),
            alt=f"Of {paper.shown.words(whole, 'open recommendation')}: {told}.",
        )
    rows = ((age, paper.shown.share(count, whole)) for age, count in bands.items())
    yield TableBlock(
        caption="Open recommendations by the time since they were due",
        headings=("Past the due date", "Recommendations"),
        rows=(*rows, ("All open", paper.shown.cell(whole))),
        totalled=True,
    )


def _immediate(paper: Paper) -> Iterator[Block]:
    """Each recommendation of the same day by itself, by its reference."""
    found = paper.figures.outstanding.immediate
    if not found:
        yield Paragraph(
            text="No recommendation to be carried out the same day was made or is open."
        )
    elif paper.shown.hide_below:
        told = paper.shown.words(len(found), "recommendation")
        yield Paragraph(text=f"To be carried out the same day, made or still open: {told}.")
    else:
        yield TableBlock(
            caption="Recommendations to be carried out the same day",
            headings=("Reference", "Team", "Due", "State"),
            rows=tuple(
                (each.reference, team_name(each.team), uk_date(each.due), each.standing)
                for each in found
            ),
            note="Those made in the period, and earlier ones that are still open.",
        )


def _burn_down(paper: Paper) -> Iterator[Block]:
    months = paper.figures.outstanding.burn_down
    if len(months) < 2:
        return
    points = tuple(paper.shown.point(month.open) for month in months)
    if None not in points:
        yield ChartBlock(
            caption="Open recommendations at each month's end",
            kind="line",
            categories=tuple(month.label for month in months),
            series=(Series(name="Open", values=points),),
            alt=f"Open at the end of {months[0].label}: {months[0].open.value}; of "
            f"{months[-1].label}: {months[-1].open.value}.",
        )
    yield TableBlock(
        caption="Recommendations made, finished and open, month by month",
        headings=("Month to", "Made", "Finished", "Open at its end"),
        rows=tuple(
            (
                month.label,
                *(paper.shown.cell(count) for count in (month.made, month.finished, month.open)),
            )
            for month in months
        ),
    )
