"""Which check lists fall due: each agreed item in its own rhythm, a list for a team and a day.

Source: domain.md C4 ("issued per team per due date"); the procedure, Process (Accuracy Audit).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.accuracy import ON_CHANGE, AgreedItem, Agreement, CheckList
from auditdocs.rules.accuracy.rhythm import due_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList:
    """What falls due for a team on a day."""

    agreement: Agreement
    due: date
    items: tuple[AgreedItem, ...]
    missed: int = 0
    """Earlier rounds of these items for which no list was ever put out."""

    @property
    def team(self) -> str:
        """The team that checks."""
        return self.agreement.team


def lists_due(
    agreements: Iterable[Agreement], issued: Iterable[CheckList], *, last: date
) -> tuple[DueList, ...]:
    """The lists to be put out for what is due up to and with `last`: of each item the latest round.

    A round that was put out is not asked for again; one that was missed is overtaken by the next.
    """
    rounds = _last_rounds(issued)
    return tuple(
        due for each in agreements for due in _of_a_team(each, rounds.get(each.team, {}), last)
    )


def lists_to_come(
    agreements: Iterable[Agreement], issued: Iterable[CheckList], *, first: date, last: date
) -> tuple[DueList, ...]:
    """Every round of every item that falls due between two days, those put out left out."""
    rounds = _last_rounds(issued)
    found: dict[tuple[str, date], list[AgreedItem]] = {}
    by_team = {each.team: each for each in agreements}
    for team, agreement in by_team.items():
        for item in agreement.included:
            before = rounds.get(team, {}).get(item.id, date.min)
            for day in due_dates(item.frequency, start=item.start, last=last):
                if day >= first and day > before:
                    found.setdefault((team, day), []).append(item)
    return tuple(
        DueList(agreement=by_team[team], due=day, items=tuple(items))
        for (team, day), items in sorted(found.items(), key=lambda each: (each[0][1], each[0][0]))
    )


def checked_on_change(agreement: Agreement) -> tuple[AgreedItem, ...]:
    """The items that are checked when the extract shows a change."""
    return tuple(item for item in agreement.included if item.frequency == ON_CHANGE)


def _of_a_team(agreement: Agreement, rounds: Mapping[str, date], last: date) -> Iterator[DueList]:
    by_day: dict[date, list[tuple[AgreedItem, int]]] = {}
    for item in agreement.included:
        before = rounds.get(item.id, date.min)
        days = due_dates(item.frequency, start=item.start, last=last)
        left = [day for day in days if day > before]
        if left:
            by_day.setdefault(left[-1], []).append((item, len(left) - 1))
    for day, found in sorted(by_day.items()):
        yield DueList(
            agreement=agreement,
            due=day,
            items=tuple(item for item, _ in found),
            missed=sum(missed for _, missed in found),
        )


def _last_rounds(issued: Iterable[CheckList]) -> dict[str, dict[str, date]]:
    """Team and item to the latest due date for which a list was put out."""
    rounds: dict[str, dict[str, date]] = {}
    for each in issued:
        mine = rounds.setdefault(each.team, {})
        for item in each.items:
            mine[item.id] = max(mine.get(item.id, date.min), each.due)
    return rounds
