"""Consistent difficulties in a paper: each with its working, whom it goes to, and what is missing.

Of workers it is told only how many: who they are stands in no paper for the group.

Source: domain.md D4 ("show its working"; "distinguish facet"); settled.md ("Names in SMG papers").
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from auditdocs.model.report import Block, Chapter, Paragraph, TableBlock
from auditdocs.rules.findings.counts import named_first
from auditdocs.rules.findings.difficulties import (
    INDIVIDUAL,
    SERVICE,
    STATUTE,
    TEAM,
    Difficulty,
)
from auditdocs.rules.findings.standards import FACET_SHORTFALLS
from auditdocs.rules.papers.paper import DIFFICULTIES, Paper, team_name
from auditdocs.rules.plural import number_of

MOST_ROWS = 15
"""How many a group of senior managers reads one by one."""

_LEVELS: Mapping[str, str] = {SERVICE: "The service", STATUTE: "Statutory standard"}
_REMEDIES: Mapping[str, str] = {"P": "practice", "T": "capacity", "U": "recording"}
"""What a missing facet points to."""


def difficulties_chapter(paper: Paper, *, most: int | None = None) -> Iterator[Chapter]:
    """The standards that the service and its teams keep missing; none where no type asks any.

    Of more than `most` those of teams are told team by team.
    """
    if paper.figures.standards:
        found = tuple(chain.from_iterable(paper.figures.difficulties.values()))
        yield Chapter(heading=DIFFICULTIES, blocks=tuple(_blocks(paper, found, most)))


def shared(found: Iterable[Difficulty]) -> tuple[Difficulty, ...]:
    """The difficulties of the service and of teams, which a paper may name."""
    return tuple(each for each in found if each.level != INDIVIDUAL)


def workers(found: Iterable[Difficulty]) -> int:
    """How many workers keep missing a standard."""
    return len({each.whose for each in found if each.level == INDIVIDUAL})


def place_of(each: Difficulty) -> str:
    """Whose difficulty it is: a team's name, the service, or a statutory standard."""
    return team_name(each.whose) if each.level == TEAM else _LEVELS[each.level]


def figure_name(each: Difficulty) -> str:
    """What the workbook of figures calls it; one of too few audits says so."""
    doubt = "" if each.is_certain else " (too few to tell)"
    return f"{place_of(each)}, {each.item.title}: Not met{doubt}"


def _blocks(paper: Paper, found: tuple[Difficulty, ...], most: int | None) -> Iterator[Block]:
    months = number_of(paper.settings.difficulties.months, "month")
    yield Paragraph(
        text=f"Audits returned in the {months} before the day the figures are as at; of two "
        "audits of one child the later counts. The lines that are passed stand in the settings."
    )
    named = [each for each in shared(found) if each.is_certain]
    if most is not None and len(named) > most:
        yield from _in_short(paper, named)
    elif named:
        yield _table(paper, named)
    else:
        yield Paragraph(
            text="No standard has passed a line across the service or in a team, in audits enough "
            "to tell."
        )
    if doubtful := len(shared(found)) - len(named):
        yield Paragraph(
            text=f"Over a line, but in too few audits to tell: {doubtful}; see the workbook of "
            "figures."
        )
    if people := workers(found):
        told = paper.shown.words(people, "worker")
        yield Paragraph(
            text=f"Workers with the same standard not met again and again: {told}. Their "
            "supervisors see to support; nobody is named here."
        )


def _in_short(paper: Paper, found: Iterable[Difficulty]) -> Iterator[Block]:
    """The service's and the statutory ones in full, and how many each team has."""
    of_teams = [each for each in found if each.level == TEAM]
    others = [each for each in found if each.level != TEAM]
    if others:
        yield _table(paper, others)
    teams = named_first(each.whose for each in of_teams)
    if teams:
        yield TableBlock(
            caption="Teams that keep missing a standard",
            headings=("Team", "Standards", "Missed most of all"),
            rows=tuple(
                (team_name(team), len(mine), _most_missed(paper, mine))
                for team in teams
                for mine in [[each for each in of_teams if each.whose == team]]
            ),
            widths=(3, 1, 7),
            note="Each of them, with how it was decided, stands in the Completeness report.",
        )


def _most_missed(paper: Paper, found: Iterable[Difficulty]) -> str:
    """The one with the greatest share not met."""
    worst = max(found, key=lambda each: each.not_met.value / each.applicable)
    working = "" if paper.shown.hide_below else f": {worst.working}"
    return f"{worst.item.title}{working}"


def _table(paper: Paper, found: Iterable[Difficulty]) -> TableBlock:
    return TableBlock(
        caption="Consistent difficulties in meeting standards",
        headings=("Where", "Standard", "Most often", "How decided", "For"),
        rows=tuple(_row(paper, each) for each in found),
        note="Not in place points to practice, not in time to capacity, not up to date to "
        "recording. A statutory standard is never lowered.",
        widths=(3, 5, 3, 6, 4),
    )


def _row(paper: Paper, each: Difficulty) -> tuple[str, ...]:
    """Where small counts are hidden the working is left out: it tells them."""
    working = "Left out of this copy" if paper.shown.hide_below else each.working
    posts = " and ".join(paper.post(role) for role in each.goes_to)
    return place_of(each), each.item.title, _missing(each), working, posts


def _missing(each: Difficulty) -> str:
    if not each.facet:
        return "Several alike"
    return f"{FACET_SHORTFALLS[each.facet]} ({_REMEDIES[each.facet]})"
