"""The figures of the Accuracy audit in a period: by team, by item, by round, and what is overdue.

Source: domain.md C4, D1 10; the procedure, Types of Audit (Accuracy Audit).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import mean

from auditdocs.model.accuracy import Agreement
from auditdocs.model.case import Case
from auditdocs.rules.accuracy.recording import Recorded, recording
from auditdocs.rules.accuracy.results import ItemRound, difficulties
from auditdocs.rules.calendar.periods import Period, month_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Checks put together."""

    listed: int = 0
    checked: int = 0
    errors: int = 0
    corrected: int = 0
    queries: int = 0
    unknown: int = 0
    repeats: int = 0
    still_wrong: int = 0
    days: tuple[int, ...] = ()
    lists: tuple[str, ...] = ()
    """The check lists it was counted from."""

    @property
    def mean_days(self) -> float | None:
        """Days to correct on average, None where nothing was corrected."""
        return mean(self.days) if self.days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamStanding:
    """How a team stands with its agreement."""

    team: str
    agreement: Agreement | None
    overdue: bool
    """Whether it has none, or its review is past its day."""
    lists_late: int = 0
    """Check lists that are past their due date and not home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A Completeness answer that cannot be right if the extract is."""

    audit_id: str
    team: str
    item: str
    """Number and label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyFigures:
    """The figures of one period."""

    in_all: Sum
    by_team: Mapping[str, Sum]
    by_item: Mapping[str, Sum]
    """By the item's label."""
    by_month: Mapping[str, Sum]
    """Month label to what fell due in it, up to the period's end, the earliest first."""
    rounds: Mapping[tuple[str, str], tuple[ItemRound, ...]]
    """Team and item to its last rounds that were checked, the earliest first."""
    difficulties: tuple[tuple[ItemRound, ItemRound], ...]
    teams: tuple[TeamStanding, ...]
    faults: Mapping[str, int]
    """Team to the faults in its rows of the newest extract."""
    disagreements: tuple[Disagreement, ...] = field(default=())
    recorded: tuple[Recorded, ...] = ()
    """Of how many children there is a value at all, at the data date."""

    @property
    def against(self) -> Mapping[tuple[str, str], int]:
        """Team and item to how many answers of the period speak against the extract."""
        return Counter((each.team, each.item) for each in self.disagreements)

    @property
    def overdue(self) -> tuple[TeamStanding, ...]:
        """The teams without an agreement, or with one whose review is overdue."""
        return tuple(each for each in self.teams if each.overdue)


COUNTS = (
    "listed",
    "checked",
    "errors",
    "corrected",
    "queries",
    "unknown",
    "repeats",
    "still_wrong",
)
"""What is counted of checks, by the names of a Sum's fields."""

ROUNDS_SHOWN = 4
"""How many rounds of an item a trend shows."""

_MONTHS_SHOWN = 12


def accuracy_figures(
    figures: Iterable[ItemRound],
    agreements: Mapping[str, Agreement],
    cases: Iterable[Case],
    faults: Mapping[str, int],
    disagreements: Iterable[Disagreement] = (),
    *,
    period: Period,
    today: date,
    held: Collection[str] = (),
) -> AccuracyFigures:
    """The figures of what fell due in the period; trends reach back before it.

    `faults` is how many faults each team's rows of the extract have, `held` the fields for which it
    has a heading.
    """
    cases = tuple(cases)
    known = [each for each in figures if each.due <= min(period.last, today) or each.returned]
    known = [each for each in known if each.due <= period.last]
    mine = [each for each in known if each.due in period]
    teams = sorted({case.team for case in cases if case.is_open and case.team} | set(agreements))
    as_at = min(period.last, today)
    return AccuracyFigures(
        in_all=_sum(mine),
        by_team=_sums((each.team, each) for each in mine),
        by_item=_sums((each.label, each) for each in mine),
        by_month=dict(
            list(_sums((month_of(each.due).label, each) for each in known).items())[-_MONTHS_SHOWN:]
        ),
        rounds=_rounds(known),
        difficulties=difficulties(known),
        teams=tuple(_standing(team, agreements.get(team), known, as_at) for team in teams),
        faults=faults,
        disagreements=tuple(disagreements),
        recorded=recording(cases, held=held),
    )


def _sums(keyed: Iterable[tuple[str, ItemRound]]) -> dict[str, Sum]:
    grouped: dict[str, list[ItemRound]] = {}
    for key, each in keyed:
        grouped.setdefault(key, []).append(each)
    return {key: _sum(grouped[key]) for key in sorted(grouped)}


def _sum(rounds: Iterable[ItemRound]) -> Sum:
    found = list(rounds)
    return Sum(
        listed=sum(each.listed for each in found),
        checked=sum(each.checked for each in found),
        errors=sum(each.errors for each in found),
        corrected=sum(each.corrected for each in found),
        queries=sum(each.queries for each in found),
        unknown=sum(each.unknown for each in found),
        repeats=sum(each.repeats for each in found),
        still_wrong=sum(each.still_wrong for each in found),
        days=tuple(day for each in found for day in each.days),
        lists=tuple(sorted({each.list_id for each in found})),
    )


def _rounds(figures: Iterable[ItemRound]) -> dict[tuple[str, str], tuple[ItemRound, ...]]:
    grouped: dict[tuple[str, str], list[ItemRound]] = {}
    for each in sorted(figures, key=lambda f: f.due):
        if each.checked:
            grouped.setdefault((each.team, each.label), []).append(each)
    return {key: tuple(grouped[key][-ROUNDS_SHOWN:]) for key in sorted(grouped)}


def _standing(
    team: str, agreement: Agreement | None, figures: Iterable[ItemRound], on: date
) -> TeamStanding:
    late = {
        each.list_id
        for each in figures
        if each.team == team and not each.returned and each.due < on
    }
    return TeamStanding(
        team=team,
        agreement=agreement,
        overdue=agreement is None or agreement.review_due < on,
        lists_late=len(late),
    )
