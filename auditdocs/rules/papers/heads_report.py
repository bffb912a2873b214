"""The report to a head of service: their teams side by side, and no worker or child by name.

Source: domain.md D3 ("HoS version: their teams side by side, without worker names").
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from auditdocs.model.report import Block, Chapter, Paragraph, Report, TableBlock
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.findings.accuracy_balances import count_of
from auditdocs.rules.findings.follow_through import NEEDS
from auditdocs.rules.findings.team_figures import Beside, TeamFigures
from auditdocs.rules.forms.outcomes import NOT_MET
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.shown import NONE, small_numbers
from auditdocs.rules.plural import number_of

LISTED = 15
"""How many standards are listed, the most often not met first."""

_Teams = Sequence[TeamFigures]
_Row = tuple[str | int, ...]


def heads_report(paper: Paper, teams: _Teams) -> Report:
    """The report on the teams of one head of service, at least one."""
    head = teams[0].head
    post = paper.post("hos")
    return Report(
        title="Case audits: teams side by side",
        subtitle=paper.period.words,
        service=paper.settings.service_name,
        marking=paper.settings.marking,
        facts=(
            ("For", f"{head}, {post}" if head else f"{post}: nobody is named for these teams"),
            ("Teams", ", ".join(each.team for each in teams)),
            ("Stands as on", uk_date(paper.today)),
            ("Caseload as at", uk_date(paper.data_date)),
            ("Names", "Contains no child's or worker's name"),
            *small_numbers(paper.settings.suppress),
        ),
        chapters=tuple(_chapters(paper, teams)),
        footer=f"HOS-{paper.period.label}",
        keywords=("case audit", "head of service", paper.period.label),
        brief=True,
    )


def _chapters(paper: Paper, teams: _Teams) -> Iterator[Chapter]:
    told: dict[str, tuple[Block, ...]] = {
        "Forms": (_forms(paper, teams),),
        "Coverage and capacity": tuple(_coverage(paper, teams)),
        "Standards not met": tuple(_standards(paper, teams)),
        "Recommendations and disputes": (_recommendations(paper, teams),),
        "Accuracy": tuple(_accuracy(paper, teams)),
        "Training and support needs": tuple(_needs(paper, teams)),
    }
    for heading, blocks in told.items():
        if blocks:
            yield Chapter(heading=heading, blocks=blocks, numbered=False)


def _table(
    caption: str,
    headings: Sequence[str],
    teams: _Teams,
    cells: Callable[[TeamFigures], Iterable[str | int]],
    note: str = "",
) -> TableBlock:
    """A row for each team."""
    rows = tuple((each.team, *cells(each)) for each in teams)
    return TableBlock(caption=caption, headings=("Team", *headings), rows=rows, note=note)


def _forms(paper: Paper, teams: _Teams) -> TableBlock:
    cell = paper.shown.cell

    def cells(each: TeamFigures) -> Iterator[str | int]:
        found = each.delivery
        for count in (found.issued, found.returned, found.on_time, found.late, found.missed):
            yield cell(count)
        yield cell(each.out_now)
        yield cell(each.overdue_now)

    return _table(
        "Forms of the teams' own auditors",
        ("Issued", "Returned", "On time", "Late", "Missed", "Out now", "Overdue now"),
        teams,
        cells,
        "Issued to missed are of the period; out and overdue are as on the day of this report.",
    )


def _coverage(paper: Paper, teams: _Teams) -> Iterator[Block]:
    shown = paper.shown

    def cells(each: TeamFigures) -> Iterator[str | int]:
        covered = each.covered
        yield shown.cell(covered.eligible)
        yield shown.share(covered.audited, covered.eligible)
        yield shown.share(covered.never, covered.eligible)
        beyond = [max(one.eligible - one.sessions, 0) for one in each.capacity]
        yield shown.cell(sum(gap > 0 for gap in beyond))
        yield shown.cell(sum(beyond))

    if any(each.covered.eligible for each in teams):
        yield _table(
            "Eligible open cases, and those that supervision cannot reach in a year",
            ("Eligible", "Audited in a year", "Never", "Workers over", "Cases beyond"),
            teams,
            cells,
            "Workers over: with more eligible cases than supervisions in a year. Cases beyond: "
            "how many more.",
        )


def _standards(paper: Paper, teams: _Teams) -> Iterator[Block]:
    """The standards that these teams missed most often; every team's own counts beside."""
    asked = [each for each in teams if each.beside]
    if not asked:
        return
    standards = list(zip(*(each.beside for each in asked), strict=True))
    missed = [row for row in standards if any(one.team.not_met for one in row)]
    missed.sort(key=lambda row: -sum(one.team.not_met for one in row))
    months = number_of(paper.settings.difficulties.months, "month")
    if missed:
        least = paper.settings.difficulties.team_least
        yield TableBlock(
            caption=f"Standards most often not met in {months}",
            headings=("Standard", *(each.team for each in asked), "Service"),
            rows=tuple(_standard(paper, row) for row in missed[:LISTED]),
            note="Not met, of the audits in which the standard applied; of two audits of one child "
            f"the later counts. Of fewer than {least} in a team nobody can tell.",
        )
    else:
        yield Paragraph(text=f"No standard was found not met in {months}.")


def _standard(paper: Paper, row: Sequence[Beside]) -> _Row:
    every = (*(one.team for one in row), row[0].service)
    return (
        row[0].service.item.title,
        *(
            paper.shown.of(each.results[NOT_MET], each.looked_at) if each.applicable else NONE
            for each in every
        ),
    )


def _recommendations(paper: Paper, teams: _Teams) -> TableBlock:
    shown = paper.shown

    def cells(each: TeamFigures) -> Iterator[str | int]:
        yield shown.cell(each.progress.made)
        yield shown.share(each.progress.done, each.progress.made)
        yield shown.cell(each.open)
        yield shown.cell(each.late_now)
        yield shown.cell(each.disputes)

    return _table(
        "Recommendations on the teams' cases, and disputes that wait for a decision",
        ("Made", "Done", "Open now", "Overdue now", "Disputes"),
        teams,
        cells,
        "Made and done are of the period.",
    )


def _accuracy(paper: Paper, teams: _Teams) -> Iterator[Block]:
    shown = paper.shown

    def cells(each: TeamFigures) -> Iterator[str | int]:
        agreement = each.agreement.agreement if each.agreement else None
        yield uk_date(agreement.review_due) if agreement else "No agreement"
        for part, whole in (("checked", "listed"), ("errors", "checked")):
            of = count_of(each.checked, whole)
            yield shown.of(count_of(each.checked, part), of) if of.value else NONE
        yield shown.cell(sum(item.late for item in each.waiting))

    if any(each.agreement for each in teams):
        yield _table(
            "Accuracy agreements, and the checks that fell due in the period",
            ("Review due", "Checked of listed", "Errors of checked", "Overdue now"),
            teams,
            cells,
        )


def _needs(paper: Paper, teams: _Teams) -> Iterator[Block]:
    if any(count.value for each in teams for count in each.needs.values()):
        yield _table(
            "Recommendations of the period that name a training or support need",
            ("For one person", "For a group", "For the whole team"),
            teams,
            lambda each: (paper.shown.cell(each.needs[code]) for code in NEEDS),
        )
