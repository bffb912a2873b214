"""The Accuracy report as values: error rates by team, item and round, and agreements overdue.

Source: domain.md C4, D1 (rules: n with every per cent, none of fewer than ten); settled.md ("Names
in SMG papers": teams and posts, never a person).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from auditdocs.model.report import (
    Block,
    Chapter,
    ChartBlock,
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
from auditdocs.rules.findings.accuracy_balances import accuracy_balances, count_of
from auditdocs.rules.findings.counts import percent
from auditdocs.rules.papers.shown import NONE, Shown, shown_in, small_numbers

_Row = tuple[str | int, ...]

# The last column stands only where something was corrected.
_HEADINGS = ("Listed", "Checked", "Errors", "Corrected", "Queries", "Repeats", "Days to correct")

_DEFINITIONS: Mapping[str, str] = {
    "Listed": "Open cases listed for an item on check lists that fell due in the period.",
    "Checked": "Rows found right or wrong. A blank row is not checked; nor is one whose answer is "
    "not known.",
    "Errors": "Rows found wrong, with the correct value given, of those checked.",
    "Queries": "Rows in which something is still to be made clear, such as wrong without the "
    "correct value. They are neither right nor wrong.",
    "Corrected": "Errors put right on the system by a date that was given, of all errors. One that "
    "the newest extract shows as before does not count.",
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
    shown = shown_in(accuracy_balances(found, period), least=settings.suppress)
    return Report(
        title="Accuracy audit report",
        subtitle=f"{period.label}: {period.words}",
        service=settings.service_name,
        marking=settings.marking,
        facts=(
            ("Period", period.words),
            ("Counted on", uk_date(today)),
            ("Caseload as at", uk_date(data_date)),
            ("Distribution", settings.post("hos_bs")),
            ("Names", "Contains no child's or worker's name"),
            *small_numbers(settings.suppress),
        ),
        chapters=tuple(_chapters(found, shown)),
        footer=f"Accuracy-{period.label}",
        keywords=("case audit", "accuracy", period.label),
    )


def headline_blocks(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    """The headlines of the Accuracy audit for the SMG report."""
    in_all, teams = found.in_all, len(found.teams)
    agreed = sum(each.agreement is not None for each in found.teams)
    yield TableBlock(
        caption="Accuracy audit in the period",
        headings=("Accuracy", "Number"),
        rows=(
            ("Teams with an agreement", shown.of(agreed, teams) if teams else NONE),
            ("Agreements missing or overdue for review", shown.cell(len(found.overdue))),
            ("Values checked of those listed", _of(in_all, "checked", "listed", shown)),
            ("Errors of values checked", _of(in_all, "errors", "checked", shown)),
            ("Errors corrected", _of(in_all, "corrected", "errors", shown)),
            (
                f"Items at or over {DIFFICULT}% two rounds running",
                shown.cell(len(found.difficulties)),
            ),
            ("Answers against the extract", shown.cell(len(found.disagreements))),
        ),
    )


def _chapters(found: AccuracyFigures, shown: Shown) -> Iterator[Chapter]:
    yield Chapter(heading="Key figures", blocks=tuple(_key_figures(found, shown)))
    yield Chapter(heading="Agreements", blocks=tuple(_agreements(found, shown)))
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
    rows = shown.subject(count_of(found.in_all, "queries"), "row", "is are")
    errors = shown.subject(count_of(found.in_all, "still_wrong"), "error", "was were")
    yield Paragraph(
        text=f"As the lists stand, {rows[:1].lower()}{rows[1:]} to be made clear. {errors} said to "
        "be corrected that the newest extract shows as before; such are not counted as corrected."
    )
    yield from _chart(found, shown)


def _agreements(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
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
                shown.cell(each.lists_late),
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
    columns = len(_HEADINGS) - (not found.in_all.days)
    every = (*sums.items(), ("All", found.in_all))
    yield TableBlock(
        caption=f"Checks that fell due in the period, by {noun.lower()}",
        headings=(noun, *_HEADINGS[:columns]),
        rows=tuple((name, *_cells(each, shown)[:columns]) for name, each in every),
        note="Checked is of those listed, errors of those checked, corrected of the errors.",
        totalled=True,
    )


def _cells(each: Sum, shown: Shown) -> _Row:
    days = NONE if each.mean_days is None else f"{each.mean_days:.1f}"
    listed, checked, errors, corrected, queries, repeats = (
        count_of(each, name)
        for name in ("listed", "checked", "errors", "corrected", "queries", "repeats")
    )
    return (
        shown.cell(listed),
        shown.share(checked, listed),
        shown.share(errors, checked),
        shown.share(corrected, errors),
        shown.cell(queries),
        shown.cell(repeats),
        days,
    )


def _trend(found: AccuracyFigures, shown: Shown) -> Iterator[Block]:
    if not found.rounds:
        yield Paragraph(text="No check list has come home yet.")
        return
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


def _chart(found: AccuracyFigures, shown: Shown) -> Iterator[ChartBlock]:
    """The error rate by month, where two months have one: a single point is no line."""
    rates = {
        month: shown.percent(count_of(each, "errors"), count_of(each, "checked"))
        for month, each in found.by_month.items()
    }
    told = [f"{month} {rate}%" for month, rate in rates.items() if rate is not None]
    if len(told) > 1:
        yield ChartBlock(
            caption="Errors of values checked by the month in which the lists fell due, per cent",
            kind="line",
            categories=tuple(rates),
            series=(Series(name="Errors, per cent", values=tuple(rates.values())),),
            alt=f"Errors of values checked: {', '.join(told)}.",
        )


def _round_words(each: ItemRound, shown: Shown) -> str:
    return f"{each.due:%d/%m}: {shown.of(each.errors, each.checked)}"


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
    """Of how many children there is a value; a figure to reach only where there is one."""
    if not found.recorded:
        return
    aims = any(each.aim for each in found.recorded)
    yield TableBlock(
        caption="What is on the system at all",
        headings=("Recorded", "Children", "With a value", *(("To reach",) if aims else ())),
        rows=tuple(
            (
                each.what,
                shown.cell(each.children),
                shown.share(each.recorded, each.children),
                *((f"{each.aim}%" if each.aim else NONE,) if aims else ()),
            )
            for each in found.recorded
        ),
        widths=(6, 2, 2, *((2,) if aims else ())),
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
    if not found.against:
        yield Paragraph(text="No Completeness answer of the period speaks against the extract.")
        return
    yield TableBlock(
        caption="Completeness answers that cannot be right if the extract is",
        headings=("Team", "Standard", "Answers"),
        rows=tuple(
            (team, item, shown.cell(n)) for (team, item), n in sorted(found.against.items())
        ),
        note="Either the answer or the date on the system is wrong: check it with the worker.",
    )


def _of(each: Sum, part: str, whole: str, shown: Shown) -> str:
    of = count_of(each, whole)
    return shown.of(count_of(each, part), of) if of.value else NONE
