"""What the checks came to: for each team, item and round, and for each child that was found wrong.

Source: domain.md C4 (checked of listed, errors of checked, corrected of errors, days to correct,
repeat error, ten per cent two rounds running). That a query counts as neither right nor wrong until
it is made clear, and not known as not checked, is our decision, 2026-11-25.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import mean

from auditdocs.model.accuracy import (
    RIGHT,
    UNKNOWN,
    WRONG,
    AgreedItem,
    CheckedRow,
    CheckList,
    FoundRow,
    ListedRow,
    Tally,
)
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.rules.accuracy.listing import value_shown

DIFFICULT = 10
"""Per cent of what was checked found wrong: from here, twice running, an item is a difficulty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A list that was put out, and what all its returns found."""

    of: CheckList
    found: tuple[FoundRow, ...] = ()


def tallies(
    items: Iterable[AgreedItem], listed: Iterable[ListedRow], checked: Iterable[CheckedRow]
) -> tuple[Tally, ...]:
    """How the rows of each item stand, counted."""
    rows = Counter(row.item_id for row in listed)
    flagged = Counter(row.item_id for row in listed if row.flag)
    said = Counter((row.item_id, row.verdict) for row in checked)
    queries = Counter(row.item_id for row in checked if row.why)
    return tuple(
        Tally(
            item_id=item.id,
            listed=rows[item.id],
            flagged=flagged[item.id],
            right=said[item.id, RIGHT],
            wrong=said[item.id, WRONG],
            unknown=said[item.id, UNKNOWN],
            queries=queries[item.id],
        )
        for item in items
    )


def what_was_found(
    listed: Iterable[ListedRow], checked: Iterable[CheckedRow]
) -> tuple[FoundRow, ...]:
    """The rows that are not simply right."""
    rows = {row.key: row for row in listed}
    return tuple(
        FoundRow(listed=rows[said.key], said=said)
        for said in checked
        if said.key in rows and (said.verdict != RIGHT or said.why)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A checked row that is not simply right, with all that is known of it."""

    of: CheckList
    item: AgreedItem
    listed: ListedRow
    said: CheckedRow
    repeat: bool = False
    """Whether the same item of the same child was wrong in an earlier round too."""
    still_wrong: date | None = None
    """The data date of an extract that shows the old value after it was said to be corrected."""
    uncorrected: bool = False
    """Whether it is wrong and nothing says that it was put right: neither a date nor an extract."""

    @property
    def days(self) -> int | None:
        """Days from the check to the correction; None while it is not on the system."""
        if self.said.corrected is None or self.still_wrong:
            return None
        since = self.said.checked or self.of.returned or self.of.issued
        return max(0, (self.said.corrected - since).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRound:
    """An item of a team in a round, in figures."""

    team: str
    item_id: str
    label: str
    due: date
    list_id: str
    returned: bool
    listed: int = 0
    flagged: int = 0
    checked: int = 0
    """Rows found right or wrong."""
    errors: int = 0
    corrected: int = 0
    """Errors that were said to be corrected, and that no extract still shows as before."""
    queries: int = 0
    unknown: int = 0
    repeats: int = 0
    still_wrong: int = 0
    """Errors that were said to be corrected, and that the newest extract shows as before."""
    days: tuple[int, ...] = field(default=())
    """Days to correct, one for each of those corrected."""

    @property
    def is_high(self) -> bool:
        """Whether ten per cent or more of what was checked was wrong."""
        return self.checked > 0 and self.errors * 100 >= DIFFICULT * self.checked

    @property
    def mean_days(self) -> float | None:
        """Days to correct on average, None where nothing was corrected."""
        return mean(self.days) if self.days else None


def findings(
    rounds: Iterable[Round],
    *,
    contract: Contract | None = None,
    now: Mapping[str, Case] | None = None,
    data_date: date = date.min,
    held: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Every checked row that is not right, round by round, the earliest first.

    `now` are the cases of the newest extract by child, with its data date and what it holds: by
    these a correction that did not reach the system is known.
    """
    mending = _Mending(contract, now or {}, data_date, held)
    wrong_before: set[tuple[str, str, str]] = set()
    found: list[Finding] = []
    for each in sorted(rounds, key=lambda r: _order(r.of)):
        new = [*_of_a_round(each, wrong_before, mending)]
        wrong_before |= {_whose(finding) for finding in new if finding.said.verdict == WRONG}
        found += new
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Mending:
    """The newest extract, by which a correction that did not reach the system is known."""

    contract: Contract | None
    now: Mapping[str, Case]
    data_date: date
    held: Collection[str]

    def still_shows(self, row: FoundRow) -> bool:
        """Whether it was made after the correction and still shows the value that was wrong.

        A blank says so only where a test found it missing: it may be that the extract has no
        place for the value of such a case.
        """
        said = row.said
        if said.verdict != WRONG or said.corrected is None or self.data_date <= said.corrected:
            return False
        shown = self._shown(row)
        return shown == row.listed.value and bool(shown or row.listed.flag)

    def is_left(self, row: FoundRow) -> bool:
        """Whether it is wrong, its case open, and neither a date nor the extract says otherwise."""
        said, case = row.said, self.now.get(row.said.child_id)
        if said.verdict != WRONG or said.corrected is not None or case is None or not case.is_open:
            return False
        return self._shown(row) in (None, row.listed.value)

    def _shown(self, row: FoundRow) -> str | None:
        """What the system has now for an open case; None where the extract holds no such item."""
        case = self.now.get(row.said.child_id)
        item = self.contract.item(row.said.item_id) if self.contract else None
        if case is None or item is None or not case.is_open:
            return None
        return value_shown(item, case, self.held)


def _of_a_round(
    each: Round, wrong_before: Collection[tuple[str, str, str]], mending: _Mending
) -> Iterator[Finding]:
    items = {item.id: item for item in each.of.items}
    for row in each.found:
        is_wrong = row.said.verdict == WRONG
        yield Finding(
            of=each.of,
            item=items[row.said.item_id],
            listed=row.listed,
            said=row.said,
            repeat=is_wrong and (each.of.team, *row.listed.key) in wrong_before,
            still_wrong=mending.data_date if mending.still_shows(row) else None,
            uncorrected=mending.is_left(row),
        )


def left_open(found: Iterable[Finding], rounds: Iterable[Round]) -> tuple[Finding, ...]:
    """The findings in which something is to be made clear or put right on the system, in order.

    Those that a later round has overtaken are left out: one that found the same item of the same
    child wrong or unclear again, or one in which every row of the item was checked.
    """
    found = tuple(found)
    again = {_whose(each): _order(each.of) for each in sorted(found, key=lambda f: _order(f.of))}
    whole = {
        (each.of.team, tally.item_id): _order(each.of)
        for each in sorted(rounds, key=lambda r: _order(r.of))
        for tally in each.of.tallies
        if tally.listed == tally.right + tally.wrong + tally.unknown > 0
    }
    return tuple(
        each
        for each in found
        if (each.said.why or each.still_wrong or each.uncorrected)
        and _order(each.of) >= again[_whose(each)]
        and _order(each.of) >= whole.get((each.of.team, each.item.id), _order(each.of))
    )


def _order(of: CheckList) -> tuple[date, str]:
    return of.due, of.list_id


def _whose(finding: Finding) -> tuple[str, str, str]:
    return finding.of.team, *finding.listed.key


def item_rounds(rounds: Iterable[Round], found: Iterable[Finding]) -> tuple[ItemRound, ...]:
    """Every item of every round in figures, by team, item and due date."""
    by_row: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        by_row.setdefault((finding.of.list_id, finding.item.id), []).append(finding)
    figures = [
        _figures(each, item, by_row.get((each.of.list_id, item.id), []))
        for each in rounds
        for item in each.of.items
    ]
    return tuple(sorted(figures, key=lambda f: (f.team, f.label, f.due, f.list_id)))


def difficulties(figures: Iterable[ItemRound]) -> tuple[tuple[ItemRound, ItemRound], ...]:
    """The items that were at or over ten per cent in the last two rounds checked, with both."""
    by_item: dict[tuple[str, str], list[ItemRound]] = {}
    for each in sorted(figures, key=lambda f: f.due):
        if each.checked:
            by_item.setdefault((each.team, each.item_id), []).append(each)
    pairs = (rounds[-2:] for rounds in by_item.values() if len(rounds) > 1)
    return tuple((a, b) for a, b in pairs if a.is_high and b.is_high)


def _figures(each: Round, item: AgreedItem, found: list[Finding]) -> ItemRound:
    tally = next((t for t in each.of.tallies if t.item_id == item.id), Tally(item_id=item.id))
    wrong = [finding for finding in found if finding.said.verdict == WRONG]
    put_right = [each for each in wrong if each.said.corrected and not each.still_wrong]
    return ItemRound(
        team=each.of.team,
        item_id=item.id,
        label=item.label,
        due=each.of.due,
        list_id=each.of.list_id,
        returned=each.of.returned is not None,
        listed=tally.listed,
        flagged=tally.flagged,
        checked=tally.right + tally.wrong,
        errors=tally.wrong,
        corrected=len(put_right),
        queries=tally.queries,
        unknown=tally.unknown,
        repeats=sum(finding.repeat for finding in wrong),
        still_wrong=sum(finding.still_wrong is not None for finding in wrong),
        days=tuple(_days(put_right)),
    )


def _days(wrong: Iterable[Finding]) -> Iterator[int]:
    return (finding.days for finding in wrong if finding.days is not None)
