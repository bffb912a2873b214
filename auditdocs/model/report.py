"""A report as values: what it says, before any of it is a document."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of text; `style` is "", "bullet" or "note"."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table with a caption. The first column heads its rows; numbers stand to the right."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    note: str = ""
    widths: tuple[int, ...] = ()
    """Relative column widths, as far as they break no word; empty: by what the columns hold."""
    totalled: bool = False
    """Whether the last row is a total."""
    shades: tuple[tuple[int, ...], ...] = ()
    """A heat table's depth of shade for each cell, row by row: 0 (none) to 3 (deepest)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series of a chart: its name and a value for each category."""

    name: str
    values: tuple[float | None, ...]
    """None where there is no figure: a line breaks there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBlock:
    """A native chart; `kind` is "bar", "stacked", "stacked100" or "line"."""

    caption: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    """What the chart shows, in a sentence."""
    number_format: str = "0"


Block = Paragraph | TableBlock | ChartBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A heading and what stands under it; `level` is 1 or 2."""

    heading: str
    """Without its number, which Word counts."""
    blocks: tuple[Block, ...]
    level: int = 1
    numbered: bool = True
    """False for an annex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report document."""

    title: str
    subtitle: str
    service: str
    marking: str
    facts: tuple[tuple[str, str], ...]
    """Label and value lines under the title: period, data cut, author, distribution."""
    chapters: tuple[Chapter, ...]
    footer: str = ""
    """The report's reference, printed beside its title at the foot of each page."""
    keywords: tuple[str, ...] = field(default=())
    brief: bool = False
    """A paper of a page or two: without a contents list, its text under its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a report and the audits it was counted from."""

    chapter: str
    name: str
    value: str
    audits: tuple[str, ...] = ()
