"""The Completeness report's chapters on standards: met and not met, by facet, team and case type.

Source: domain.md D2 (compliance per standard; heat map; ranked bar; trend).
"""

from collections.abc import Iterator, Mapping, Sequence

from auditdocs.model.contract import FACETS
from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.findings.compliance import Compliance, Point
from auditdocs.rules.findings.counts import Counted, together
from auditdocs.rules.findings.standards import Standard, by_basis, most_missed, sums
from auditdocs.rules.forms.outcomes import MET, NOT_APPLICABLE, NOT_DUE, NOT_MET
from auditdocs.rules.papers.paper import Paper, team_name
from auditdocs.rules.papers.shown import NONE
from auditdocs.rules.papers.smg_follow_through import BASES

STANDARDS = "Standards met"
DRAWN = 15
"""How many standards a chart or a heat table takes in, the most missed first."""

_LOCAL = "Local"
_LINES = (20, 30, 50)
"""Per cent not met from which a cell is shaded, deeper each time."""

_Row = tuple[str | int, ...]
_Groups = Mapping[str, tuple[Standard, ...]]


def standards_chapters(paper: Paper, found: Compliance) -> Iterator[Chapter]:
    """How far standards are met, by what they rest on and over time."""
    looked = tuple(each for each in found.standards if each.applicable)
    if not looked:
        text = "No standard applied to the audits of this period."
        yield Chapter(heading=STANDARDS, blocks=(Paragraph(text=text),))
        return
    blocks: tuple[Block, ...] = (*_ranked(paper, looked), _by_basis(paper, looked))
    yield Chapter(heading=STANDARDS, blocks=blocks)
    if sum(bool(point.applicable.value) for point in found.trend) > 1:
        yield Chapter(heading="Over time", level=2, blocks=tuple(_trend(paper, found.trend)))


def standards_annex(paper: Paper, found: Compliance) -> Chapter:
    """Every standard with its results, and with the answers to what it asks."""
    looked = tuple(each for each in found.standards if each.applicable)
    blocks = (_results(paper, found), *((_facets(paper, looked),) if looked else ()))
    return Chapter(heading="Annex: every standard", blocks=blocks, numbered=False)


def groups_chapter(paper: Paper, found: Compliance) -> Chapter:
    """The standards most often not met, team by team and by case type."""
    missed = most_missed(found.standards)[:DRAWN]
    if not missed:
        text = "No standard was found not met in this period."
        return Chapter(heading="Teams and case types", blocks=(Paragraph(text=text),))
    teams = {team_name(team): each for team, each in found.by_team.items()}
    blocks = (
        _heat(paper, missed, teams, of="team"),
        _heat(paper, missed, found.by_case_type, of="case type"),
    )
    return Chapter(heading="Teams and case types", blocks=blocks)


def _ranked(paper: Paper, looked: tuple[Standard, ...]) -> Iterator[ChartBlock]:
    """The standards least often met: bars, of those asked often enough for a percentage."""
    shares = [(each, paper.shown.percent(each.results[MET], each.looked_at)) for each in looked]
    told = [(share, each) for each, share in shares if share is not None]
    told.sort(key=lambda pair: pair[0])
    if len(told) > 1:
        (least, worst), drawn = told[0], told[:DRAWN]
        yield ChartBlock(
            caption="Share of audits in which the standard is met, the lowest first",
            kind="bar",
            categories=tuple(f"{each.item.title} (n = {each.applicable})" for _, each in drawn),
            series=(Series(name="Met", values=tuple(share / 100 for share, _ in drawn)),),
            alt=f"Lowest: {worst.item.title}, met in {least}% of {worst.applicable}. "
            "Every standard is in the annex.",
            number_format="0%",
        )


def _by_basis(paper: Paper, looked: tuple[Standard, ...]) -> TableBlock:
    named = [(BASES.get(basis, _LOCAL), each) for basis, each in by_basis(looked).items()]
    return TableBlock(
        caption="How often standards were met, by what they rest on",
        headings=("Rests on", "Standards", "Times one applied", "Met", "Not met"),
        rows=(
            *((name, *_together(paper, standards)) for name, standards in named),
            ("All", *_together(paper, looked)),
        ),
        note="Every standard is in the annex, with what was not in place, in time or up to date.",
        totalled=True,
    )


def _together(paper: Paper, standards: Sequence[Standard]) -> Iterator[int | str]:
    applied, met, missed = sums(standards)
    yield len(standards)
    yield paper.shown.cell(applied)
    yield paper.shown.share(met, applied)
    yield paper.shown.share(missed, applied)


def _results(paper: Paper, found: Compliance) -> TableBlock:
    return TableBlock(
        caption="Every standard and what the audits found",
        headings=("Standard", "Rests on", "Applies", "Met", "Not met", "Not due", "Not applicable"),
        rows=tuple(_result(paper, each) for each in found.standards),
        note="Applies: audits that found it met or not met; the percentages are of these.",
        widths=(7, 3, 2, 2, 2, 2, 2),
    )


def _result(paper: Paper, each: Standard) -> _Row:
    shown = paper.shown
    return (
        each.item.title,
        BASES.get(each.item.basis, _LOCAL),
        shown.cell(each.looked_at),
        shown.share(each.results[MET], each.looked_at),
        shown.share(each.results[NOT_MET], each.looked_at),
        shown.cell(each.results[NOT_DUE]),
        shown.cell(each.results[NOT_APPLICABLE]),
    )


def _facets(paper: Paper, looked: tuple[Standard, ...]) -> TableBlock:
    return TableBlock(
        caption="Audits that answered yes, of those that answered yes or no",
        headings=("Standard", *(name.capitalize() for name in FACETS.values())),
        rows=tuple((each.item.title, *_yes(paper, each)) for each in looked),
        note="Not in place points to practice, not in time to capacity, not up to date to "
        "recording. A dash: it is not asked, or nobody answered yes or no.",
        widths=(4, 2, 2, 2),
    )


def _yes(paper: Paper, each: Standard) -> Iterator[str]:
    for facet in FACETS:
        answers = each.facets.get(facet)
        both = together((answers["yes"], answers["no"])) if answers else Counted()
        yield paper.shown.of(answers["yes"], both) if answers and both.value else NONE


def _trend(paper: Paper, trend: tuple[Point, ...]) -> Iterator[Block]:
    shares = tuple(_share(paper, point) for point in trend)
    drawn = [(p.label, s) for p, s in zip(trend, shares, strict=True) if s is not None]
    if len(drawn) > 1:
        yield ChartBlock(
            caption="Share of all standards met, period by period",
            kind="line",
            categories=tuple(point.label for point in trend),
            series=(Series(name="Met", values=shares),),
            alt="; ".join(f"{label} {round(share * 100)}%" for label, share in drawn) + ".",
            number_format="0%",
        )
    yield TableBlock(
        caption="All standards together, period by period",
        headings=("Period", "Audits", "A standard applied", "Met"),
        rows=tuple(
            (
                point.label,
                paper.shown.cell(point.audits),
                paper.shown.cell(point.applicable),
                paper.shown.share(point.met, point.applicable),
            )
            for point in trend
            if point.audits.value
        ),
        note="Only answers to a standard as it is asked today are counted.",
    )


def _share(paper: Paper, point: Point) -> float | None:
    per_cent = paper.shown.percent(point.met, point.applicable)
    return None if per_cent is None else per_cent / 100


def _heat(paper: Paper, missed: tuple[Standard, ...], groups: _Groups, *, of: str) -> TableBlock:
    """A row for each standard, a column for each group: not met, of how many it applied to."""
    found = {label: {e.item.id: e for e in each} for label, each in groups.items()}
    rows = [[each[of_all.item.id] for each in found.values()] for of_all in missed]
    least = paper.settings.difficulties.service_team_least
    return TableBlock(
        caption=f"The standards most often not met, by {of}: not met, of those it applied to",
        headings=("Standard", *found, "All"),
        rows=tuple(
            (each.item.title, *(_part(paper, one) for one in (*row, each)))
            for each, row in zip(missed, rows, strict=True)
        ),
        shades=tuple(
            (0, *(_shade(paper, one, least) for one in (*row, each)))
            for each, row in zip(missed, rows, strict=True)
        ),
        note=f"Shaded from {_LINES[0]}%, deeper from {_LINES[1]}% and {_LINES[2]}% not met. "
        f"Where it applied to fewer than {least} nothing is shaded: nobody can tell.",
    )


def _part(paper: Paper, each: Standard) -> str:
    """Without a percentage, which the shade tells: a column for each team has no room."""
    shown, whole = paper.shown, each.looked_at
    if not whole.value or shown.hides(whole):
        return str(shown.cell(whole)) if whole.value else NONE
    return f"{shown.cell(each.results[NOT_MET])} of {whole.value}"


def _shade(paper: Paper, each: Standard, least: int) -> int:
    if each.applicable < least or paper.shown.hides(each.results[NOT_MET]):
        return 0
    return sum(100 * each.not_met >= line * each.applicable for line in _LINES)
