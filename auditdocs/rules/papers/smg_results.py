"""The SMG report's chapters on grades: overall, by question and by section, and over time.

Source: domain.md D1, 4 and 5.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.findings.counts import FEW, Counted, Spread
from auditdocs.rules.findings.results import (
    Point,
    Question,
    Results,
    good_in,
    graded,
    graded_in,
    ungraded_in,
)
from auditdocs.rules.forms.scales import GRADED
from auditdocs.rules.papers.paper import GRADES, QUESTIONS, Paper, grade_name, team_name
from auditdocs.rules.papers.shown import NONE

NOTHING_GRADED = "No graded audits came back in this period."

_WIDTHS = (17, 8, 12, 9, 13, 11, 9, 8)
"""Of a grades table: room for a name, and for the longest word of each heading."""

_Row = tuple[str | int, ...]
_Groups = Sequence[tuple[str, Spread]]
"""Label and grades of each row."""


def grades_chapters(paper: Paper) -> Iterator[Chapter]:
    """The overall grades by type, then by case type, by team and over time."""
    found = _returned(paper)
    if not found:
        yield Chapter(heading=GRADES, blocks=(Paragraph(text=NOTHING_GRADED),))
    else:
        yield Chapter(heading=GRADES, blocks=tuple(_by_type(paper, found)))
        yield _by_group(paper, "Case type", lambda each: each.by_case_type)
        yield _by_group(paper, "Case's team", lambda each: each.by_team)
    yield from _over_time(paper)


def questions_chapters(paper: Paper) -> Iterator[Chapter]:
    """For each graded type its strongest and weakest questions, and its sections."""
    found = _returned(paper)
    text = (
        "Questions are put in order by the share of grades that are good or better. A question "
        "graded in fewer than five audits is not put in order, unless there were fewer in all."
    )
    told = text if found else NOTHING_GRADED
    yield Chapter(heading=QUESTIONS, blocks=(Paragraph(text=told),))
    for key, each in found.items():
        blocks = tuple(_questions(paper, paper.name(key), each))
        if blocks:
            yield Chapter(heading=paper.name(key), level=2, blocks=blocks)


def _returned(paper: Paper) -> Mapping[str, Results]:
    return {key: each for key, each in paper.figures.results.items() if each.audits}


def _by_type(paper: Paper, found: Mapping[str, Results]) -> Iterator[Block]:
    grades = [(paper.name(key), each.grades) for key, each in found.items()]
    yield Paragraph(text="The grade is the auditor's own overall judgement; none is an average.")
    caption = "Overall grades by type of audit"
    yield from _chart(paper, [each for each in grades if graded(each[1])], caption)
    yield _table(paper, grades, caption=caption, heading="Audit")
    yield from _regraded(paper, found)


def _regraded(paper: Paper, found: Mapping[str, Results]) -> Iterator[TableBlock]:
    """The grades that a decision changed; nothing where none was."""
    rows = tuple(
        (paper.name(key), grade_name(first), grade_name(final), paper.shown.cell(count))
        for key, each in found.items()
        for (first, final), count in each.regraded.items()
    )
    if rows:
        yield TableBlock(
            caption="Overall grades changed after the audit came back",
            headings=("Audit", "The auditor's grade", "Final grade", "Audits"),
            rows=rows,
            note="All other tables of grades count the final grade.",
        )


def _by_group(
    paper: Paper, heading: str, groups_of: Callable[[Results], Mapping[str, Spread]]
) -> Chapter:
    blocks: list[Block] = []
    for key, results in _returned(paper).items():
        groups = [(team_name(label), each) for label, each in groups_of(results).items()]
        caption = f"{paper.name(key)}: overall grades by {heading.lower()}"
        some = [each for each in groups if graded(each[1])]
        blocks += _chart(paper, some, caption) if len(some) > 1 else ()
        blocks.append(_table(paper, groups, caption=caption, heading=heading))
    return Chapter(heading=f"By {heading.lower()}", level=2, blocks=tuple(blocks))


def _table(paper: Paper, rows: _Groups, *, caption: str, heading: str) -> TableBlock:
    """A row for each label: how many were graded, each grade, and good or better together."""
    grades = (grade_name(code) for code in GRADED)
    return TableBlock(
        caption=caption,
        headings=(heading, "n", *grades, "Good or better", "Not graded"),
        rows=tuple((label, *_cells(paper, each)) for label, each in rows),
        widths=_WIDTHS,
    )


def _cells(paper: Paper, grades: Spread) -> Iterator[int | str]:
    whole = graded_in(grades)
    yield paper.shown.cell(whole)
    for part in (*(grades[code] for code in GRADED), good_in(grades)):
        yield paper.shown.share(part, whole)
    yield paper.shown.cell(ungraded_in(grades))


def _chart(paper: Paper, grades: _Groups, caption: str) -> Iterator[ChartBlock]:
    """The grades as shares of a bar; no chart where a hidden count would make it untrue."""
    counts = [each[code] for _, each in grades for code in GRADED]
    if not grades or any(map(paper.shown.hides, counts)):
        return
    told = (f"{name} {paper.shown.part(good_in(each), graded_in(each))}" for name, each in grades)
    yield ChartBlock(
        caption=caption,
        kind="stacked100",
        categories=tuple(f"{name} (n = {graded(each)})" for name, each in grades),
        series=tuple(
            Series(name=grade_name(code), values=tuple(each[code].value for _, each in grades))
            for code in GRADED
        ),
        alt=f"Good or better: {', '.join(told)}.",
    )


def _over_time(paper: Paper) -> Iterator[Chapter]:
    """The share good or better over eight quarters, where an earlier one has any grade."""
    trends = {
        paper.name(key): each.trend
        for key, each in paper.figures.results.items()
        if any(point.graded.value for point in each.trend[:-1])
    }
    if trends:
        blocks: list[Block] = [*_lines(paper, trends), _trend_table(paper, trends)]
        yield Chapter(heading="Over time", level=2, blocks=tuple(blocks))


def _lines(paper: Paper, trends: Mapping[str, tuple[Point, ...]]) -> Iterator[ChartBlock]:
    """A line for each type with two shares or more: below ten grades there is no share."""
    lines = {name: tuple(_share(paper, point) for point in trend) for name, trend in trends.items()}
    drawn = {name: line for name, line in lines.items() if len(line) - line.count(None) > 1}
    if drawn:
        labels = tuple(point.label for point in next(iter(trends.values())))
        yield ChartBlock(
            caption="Share graded good or better, quarter by quarter",
            kind="line",
            categories=labels,
            series=tuple(Series(name=name, values=line) for name, line in drawn.items()),
            alt=f"Good or better: {'; '.join(_told(*each, labels) for each in drawn.items())}.",
            number_format="0%",
        )


def _share(paper: Paper, point: Point) -> float | None:
    per_cent = paper.shown.percent(point.good, point.graded)
    return None if per_cent is None else per_cent / 100


def _told(name: str, line: Iterable[float | None], labels: Iterable[str]) -> str:
    shares = zip(labels, line, strict=True)
    told = (f"{round(share * 100)}% in {label}" for label, share in shares if share is not None)
    return f"{name} {', '.join(told)}"


def _trend_table(paper: Paper, trends: Mapping[str, tuple[Point, ...]]) -> TableBlock:
    """A row for each quarter, from the first with a grade; for each type how many were good."""
    quarters = tuple(zip(*trends.values(), strict=True))
    first = next(n for n, each in enumerate(quarters) if any(one.graded.value for one in each))
    headings = ((f"{name}: graded", "Good or better") for name in trends)
    return TableBlock(
        caption="Graded good or better, quarter by quarter",
        headings=("Quarter", *(each for pair in headings for each in pair)),
        rows=tuple(
            (
                each[0].label,
                *(cell for point in each for cell in _part(paper, point.good, point.graded)),
            )
            for each in quarters[first:]
        ),
        note="Only audits whose form asked for the overall grade in today's words are in the line.",
    )


def _part(paper: Paper, part: Counted, whole: Counted) -> _Row:
    return paper.shown.cell(whole), paper.shown.share(part, whole)


def _questions(paper: Paper, name: str, found: Results) -> Iterator[Block]:
    sections = [(each.section.title, each.grades) for each in found.sections]
    if sections:
        caption = f"{name}: grades by section, every graded answer counted"
        yield from _chart(paper, [each for each in sections if graded(each[1])], caption)
        yield _table(paper, sections, caption=caption, heading="Section")
    for which, questions in (("strongest", found.strongest), ("weakest", found.weakest)):
        if questions:
            yield TableBlock(
                caption=f"{name}: the {which} questions",
                headings=("Question", "Graded", "Good or better", "Inadequate"),
                rows=tuple(_question(paper, question) for question in questions),
            )
    yield from _heat(paper, name, found)


def _heat(paper: Paper, name: str, found: Results) -> Iterator[TableBlock]:
    """Team by section: how many graded answers are good or better, the deeper the fewer."""
    if len(found.by_team_and_section) < 2:
        return
    teams = found.by_team_and_section
    yield TableBlock(
        caption=f"{name}: answers good or better, by the case's team and section",
        headings=("Team", *(each.section.title for each in found.sections)),
        rows=tuple(
            (team_name(team), *(_heat_cell(paper, each.grades) for each in sections))
            for team, sections in teams.items()
        ),
        shades=tuple(
            (0, *(_depth(paper, each.grades) for each in sections)) for sections in teams.values()
        ),
        note="Each cell: answers good or better, of all that were graded. The deeper the shade, "
        f"the lower the share; a cell of fewer than {FEW} answers has none.",
    )


def _heat_cell(paper: Paper, grades: Spread) -> str:
    whole, part = graded_in(grades), good_in(grades)
    if not whole.value:
        return NONE
    for each in (whole, part):
        if paper.shown.hides(each):
            return str(paper.shown.cell(each))
    return f"{paper.shown.rate(part, whole) or part.value} of {whole.value}"


def _depth(paper: Paper, grades: Spread) -> int:
    """0 for three quarters or more, 3 for less than a quarter; 0 where no share is told."""
    per_cent = paper.shown.percent(good_in(grades), graded_in(grades))
    return 0 if per_cent is None else sum(per_cent < line for line in (75, 50, 25))


def _question(paper: Paper, question: Question) -> _Row:
    grades, whole = question.grades, graded_in(question.grades)
    inadequate = paper.shown.share(grades["I"], whole)
    return (question.item.title, *_part(paper, good_in(grades), whole), inadequate)
