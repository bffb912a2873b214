"""A made-up report that holds everything a report may hold, to see a template by.

Source: cli.md (`template preview`); quality.md (documents people open).
"""

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

_TEAMS = ("North", "South", "East")
_GRADES = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
_BARS = ("bar", "stacked", "stacked100")
_COUNTS = ((2, 9, 4, 1), (1, 7, 6, 0), (0, 11, 3, 2))
_LONG = (
    "Chronology is up to date, with the significant events of the child's life in their order, and "
    "what each meant for the child"
)


def sample_report(settings: Settings) -> Report:
    """The report; its figures are of nobody."""
    return Report(
        title="Made-up report",
        subtitle="To see a template by",
        service=settings.service_name,
        marking=settings.marking,
        facts=(("Period", "1 July 2026 to 30 September 2026"), ("Figures", "Of nobody")),
        chapters=(
            Chapter(heading="Words", blocks=_words()),
            Chapter(heading="Tables", blocks=(_small_table(), _heat_table())),
            Chapter(heading="A wide table", level=2, blocks=(_wide_table(),)),
            Chapter(heading="Charts", blocks=(*map(_bars, _BARS), _line())),
            Chapter(heading="Annex: no number", blocks=_words(), numbered=False),
        ),
        footer="SAMPLE-2026-27-Q2",
        keywords=("sample",),
    )


def _words() -> tuple[Block, ...]:
    return (
        Paragraph(text="A paragraph, long enough that it runs over the end of its line. " * 3),
        Paragraph(text="A point of a list.", style="bullet"),
        Paragraph(text=f"A longer point: {_LONG}.", style="bullet"),
        Paragraph(text="A note under what it is about.", style="note"),
    )


def _small_table() -> TableBlock:
    rows = tuple(zip(_TEAMS, (40, 36, 1_204), ("36 (90%)", "<5", "–"), strict=True))
    return TableBlock(
        caption="A table with a total and a note",
        headings=("Team", "Issued", "Returned"),
        rows=(*rows, ("All teams", 1_280, "*")),
        note="What stands below a table.",
        totalled=True,
    )


def _heat_table() -> TableBlock:
    return TableBlock(
        caption="A heat table",
        headings=("Standard", *_TEAMS),
        rows=((_LONG, "3 of 12", "5 of 9", "8 of 8"), ("Plan", "0 of 12", "1 of 9", "–")),
        shades=((0, 1, 2, 3), (0, 0, 0, 0)),
    )


def _wide_table() -> TableBlock:
    headings = ("Team", *(f"Responsibility {number}" for number in range(1, 9)))
    return TableBlock(
        caption="A table for which the page is turned",
        headings=headings,
        rows=tuple((team, *range(100, 108)) for team in _TEAMS),
    )


def _bars(kind: str) -> ChartBlock:
    series = zip(_GRADES, zip(*_COUNTS, strict=True), strict=True)
    return ChartBlock(
        caption=f"Bars: {kind}",
        kind=kind,
        categories=_TEAMS,
        series=tuple(Series(name=name, values=values) for name, values in series),
        alt="Made-up grades of three teams.",
    )


def _line() -> ChartBlock:
    return ChartBlock(
        caption="Lines",
        kind="line",
        categories=("Q1", "Q2", "Q3", "Q4"),
        series=(
            Series(name="Covered", values=(0.21, 0.38, None, None)),
            Series(name="Forecast", values=(None, 0.38, 0.55, 0.7)),
        ),
        alt="A made-up line that rises, and where it may lead.",
        number_format="0%",
    )
