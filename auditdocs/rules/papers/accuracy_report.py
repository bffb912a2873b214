"""The Accuracy report as values: error rates by team, item and round, and agreements overdue.

Source: domain.md C4, D1 (rules: n with every per cent, none of fewer than ten); settled.md ("Names
in SMG papers": teams and posts, never a person).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from auditdocs.model.people import ROLES
from auditdocs.model.report import (
    Block,
    Chapter,
    ChartBlock,
    Figure,
    Paragraph,
    Report,
    Series,
    TableBlock,
)
from auditdocs.model.settings import Settings
from auditdocs.rules.accuracy.figures import AccuracyFigures, Sum
from auditdocs.rules.accuracy.results import DIFFICULT, ItemRound
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.counts import percent
from auditdocs.rules.papers.shown import NONE, Shown

_Row = tuple[str | int, ...]

_HEADINGS = ("Listed", "Checked", "Errors", "Corrected", "Queries", "Repeats", "Days to correct")

_DEFINITIONS: Mapping[str, str] = {
    "Listed": "Open cases listed for an item on check lists that fell due in the period.",
    "Checked": "Rows found right or wrong. A blank row is not checked; nor is one whose answer is "
    "not known.",
    "Errors": "Rows found wrong, with the correct value given, of those checked.",
    "Queries": "Rows in which something is still to be made clear, such as wrong without the "
    "correct value. They are neither right nor wrong.",
    "Corrected": "Errors put right on the system by a date that was given, of all errors.",
    "Repeats": "Errors in the same item of the same child as in an earlier round.",
    "Days to correct": "Days from the check to the correction, on average of those corrected.",
    "What is on the system at all": "Children of whom the newest extract has a value, of those of "
    "whom it should have one. An NHS number counts if its check digit is right.",
    "Faults of the extract": "What was odd about the rows of the newest extract, by the team that "
    "has the child.",
    "Answers against the extract": "Completeness answers that cannot be right if the extract is.",
}


def accuracy_report(
    found: AccuracyFigures,
    *,
    settings: Settings,
    period: Period,
    today: date,
    data_date: date,
) -> Report:
    """The report; it names teams and posts, and no child, family or worker."""
    return Report(
        title="Accuracy audit report",
        subtitle=f"{period.label}: {period.words}",
        service=settings.service_name,
        marking=settings.marking,
        facts=(
            ("Period", period.words),
            ("Counted on", uk_date(today)),
            ("Caseload as at", uk_date(data_date)),
            ("Distribution", settings.posts.get("hos_bs", ROLES["hos_bs"])),
            ("Names", "Contains no child's or worker's name"),
        ),
        chapters=tuple(_chapters(found, Shown(settings.suppress))),
        footer=f"Accuracy-{period.label}",
        keywords=("case audit", "accuracy", period.label),
    )


def accuracy_figure_rows(found: AccuracyFigures, shown: Shown) -> tuple[Figure, ...]:
    """Every figure with the check lists it was counted from, for the data workbook."""
    named = [("All teams", found.in_all)]
    named += [(f"Team, {team}", each) for team, each in found.by_team.items()]
    named += [(f"Item, {item}", each) for item, each in found.by_item.items()]
    named += [(f"Month, {month}", each) for month, each in found.by_month.items()]
    rows = [row for name, each in named for row in check_figures(name, each, shown)]
    for (team, item), rounds in found.rounds.items():
        rows += [
            _figure("Rounds", f"{team}, {item}, {uk_date(r.due)}: {what}", n, (r.list_id,), shown)
            for r in rounds
            for what, n in (("Checked", r.checked), ("Errors", r.errors))
        ]
    rows += [
        _figure("Extract", f"Team, {team or 'No team'}: Faults", n, (), shown)
        for team, n in found.faults.items()
    ]
    rows += [
        _figure("Extract", f"{each.what}: {name}", number, (), shown)
        for each in found.recorded
        for name, number in (("Children", each.children), ("Recorded", each.recorded))
    ]
    audits = tuple(each.audit_id for each in found.disagreements)
    total = len(found.disagreements)
    return (*rows, _figure("Extract", "Answers against the extract", total, audits, shown))


def headline_blocks(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    """The headlines of the Accuracy audit for the SMG report."""
    in_all, teams = found.in_all, len(found.teams)
    agreed = sum(each.agreement is not None for each in found.teams)
    yield TableBlock(
        caption="Accuracy audit in the period",
        headings=("Accuracy", "Number"),
        rows=(
            ("Teams with an agreement", f"{agreed} of {teams}"),
            ("Agreements missing or overdue for review", shown.cell(len(found.overdue))),
            ("Values checked of those listed", _of(in_all.checked, in_all.listed, shown)),
            ("Errors of values checked", _of(in_all.errors, in_all.checked, shown)),
            ("Errors corrected", _of(in_all.corrected, in_all.errors, shown)),
            (
                f"Items at or over {DIFFICULT}% two rounds running",
                shown.cell(len(found.difficulties)),
            ),
            ("Answers against the extract", shown.cell(len(found.disagreements))),
        ),
    )


def _chapters(found: AccuracyFigures, shown: Shown) -> Iterator[Chapter]:
    yield Chapter(heading="Key figures", blocks=tuple(_key_figures(found, shown)))
    yield Chapter(heading="Agreements", blocks=tuple(_agreements(found)))
    yield Chapter(heading="Teams", blocks=tuple(_table(found.by_team, "Team", found, shown)))
    yield Chapter(heading="Items", blocks=tuple(_table(found.by_item, "Item", found, shown)))
    yield Chapter(heading="Rounds and trend", blocks=tuple(_trend(found, shown)))
    yield Chapter(heading="Data quality difficulties", blocks=tuple(_difficulties(found, shown)))
    yield Chapter(heading="The extract", blocks=tuple(_extract(found, shown)))
    rows = tuple(_DEFINITIONS.items())
    annex = TableBlock(
        caption="How the figures are counted",
        headings=("Figure", "How it is counted"),
        rows=rows,
        widths=(1, 4),
    )
    heading = "Annex: how each figure is counted"
    yield Chapter(heading=heading, blocks=(annex,), numbered=False)


def _key_figures(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    yield from headline_blocks(found, shown)
    each = found.in_all
    told = f"{shown.words(each.queries, 'row')} still to be made clear"
    wrong = (
        f"{shown.words(each.still_wrong, 'value')} said to be corrected and not so in the extract"
    )
    yield Paragraph(text=f"Open: {told}; {wrong}.")


def _agreements(found: AccuracyFigures) -> Iterator[Block]:
    if not found.teams:
        yield Paragraph(text="No team has open cases.")
        return
    yield TableBlock(
        caption="Each team's agreement",
        headings=("Team", "Version", "Agreed", "Review due", "Standing", "Lists overdue"),
        rows=tuple(
            (
                each.team,
                each.agreement.version if each.agreement else NONE,
                uk_date(each.agreement.agreed) if each.agreement else NONE,
                uk_date(each.agreement.review_due) if each.agreement else NONE,
                ("Overdue" if each.overdue else "In force") if each.agreement else "No agreement",
                each.lists_late,
            )
            for each in found.teams
        ),
        note="An agreement is reviewed at least every six months.",
    )


def _table(
    sums: Mapping[str, Sum], noun: str, found: AccuracyFigures, shown: Shown
) -> Iterator[Block]:
    if not sums:
        yield Paragraph(text="No check list fell due in this period.")
        return
    rows = tuple((name, *_cells(each, shown)) for name, each in sums.items())
    yield TableBlock(
        caption=f"Checks that fell due in the period, by {noun.lower()}",
        headings=(noun, *_HEADINGS),
        rows=(*rows, ("All", *_cells(found.in_all, shown))),
        note="Checked is of those listed, errors of those checked, corrected of the errors.",
        totalled=True,
    )


def _cells(each: Sum, shown: Shown) -> _Row:
    days = NONE if each.mean_days is None else f"{each.mean_days:.1f}"
    return (
        shown.cell(each.listed),
        shown.share(each.checked, each.listed),
        shown.share(each.errors, each.checked),
        shown.share(each.corrected, each.errors),
        shown.cell(each.queries),
        shown.cell(each.repeats),
        days,
    )


def _trend(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    if not found.rounds:
        yield Paragraph(text="No check list has come home yet.")
        return
    if len(found.by_month) > 1:
        yield _chart(found, shown)
    yield TableBlock(
        caption="Errors of values checked in the last rounds of each item",
        headings=("Team", "Item", "Rounds, the earliest first", "Trend"),
        rows=tuple(
            (team, item, "; ".join(_round_words(r, shown) for r in rounds), _direction(rounds))
            for (team, item), rounds in found.rounds.items()
        ),
        widths=(3, 4, 6, 2),
        note="The trend compares the last two rounds, if ten values or more were checked in both.",
    )


def _chart(found: AccuracyFigures, shown: Shown) -> ChartBlock:
    rates = tuple(
        shown.point(percent(each.errors, each.checked)) for each in found.by_month.values()
    )
    return ChartBlock(
        caption="Errors of values checked by the month in which the lists fell due, per cent",
        kind="line",
        categories=tuple(found.by_month),
        series=(Series(name="Errors, per cent", values=rates),),
        alt="A line of the error rate of each month; the figures stand in the data workbook.",
    )


def _round_words(each: ItemRound, shown: Shown) -> str:
    return f"{each.due:%d/%m}: {shown.part(each.errors, each.checked)}"


def _direction(rounds: tuple[ItemRound, ...]) -> str:
    rates = [percent(each.errors, each.checked) for each in rounds[-2:]]
    if len(rates) < 2 or rates[0] is None or rates[1] is None:
        return "Cannot tell"
    if rates[0] == rates[1]:
        return "Level"
    return "Worse" if rates[1] > rates[0] else "Better"


def _difficulties(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    if not found.difficulties:
        text = f"No item was at or over {DIFFICULT}% errors in its last two rounds."
        yield Paragraph(text=text)
        return
    yield TableBlock(
        caption=f"Items at or over {DIFFICULT}% errors two rounds running",
        headings=("Team", "Item", "Round before", "Last round"),
        rows=tuple(
            (last.team, last.label, _round_words(first, shown), _round_words(last, shown))
            for first, last in found.difficulties
        ),
        note="How often an item is checked is lowered only by a new agreement.",
    )


def _recorded(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    if found.recorded:
        yield TableBlock(
            caption="What is on the system at all",
            headings=("Recorded", "Children", "With a value", "To reach"),
            rows=tuple(
                (
                    each.what,
                    shown.cell(each.children),
                    shown.share(each.recorded, each.children),
                    f"{each.aim}%" if each.aim else NONE,
                )
                for each in found.recorded
            ),
            widths=(6, 2, 2, 2),
        )


def _extract(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    yield from _recorded(found, shown)
    if found.faults:
        yield TableBlock(
            caption="Faults in the rows of the newest extract",
            headings=("Team", "Faults"),
            rows=tuple((team or "No team", shown.cell(n)) for team, n in found.faults.items()),
        )
    else:
        yield Paragraph(text="Nothing was odd about the rows of the newest extract.")
    counted: dict[tuple[str, str], int] = {}
    for each in found.disagreements:
        counted[each.team, each.item] = counted.get((each.team, each.item), 0) + 1
    if not counted:
        yield Paragraph(text="No Completeness answer of the period speaks against the extract.")
        return
    yield TableBlock(
        caption="Completeness answers that cannot be right if the extract is",
        headings=("Team", "Standard", "Answers"),
        rows=tuple((team, item, shown.cell(n)) for (team, item), n in sorted(counted.items())),
        note="Either the answer or the date on the system is wrong: check it with the worker.",
    )


def _of(part: int, whole: int, shown: Shown) -> str:
    return shown.part(part, whole) if whole else NONE


def check_figures(name: str, each: Sum, shown: Shown) -> Iterator[Figure]:
    """The figures of checks put together, under a name."""
    for what in ("listed", "checked", "errors", "corrected", "queries", "repeats", "still_wrong"):
        words = what.replace("_", " ").capitalize()
        yield _figure("Checks", f"{name}: {words}", getattr(each, what), each.lists, shown)


def _figure(chapter: str, name: str, number: int, behind: tuple[str, ...], shown: Shown) -> Figure:
    audits = () if shown.hide_below else behind
    return Figure(chapter=chapter, name=name, value=str(shown.cell(number)), audits=audits)
