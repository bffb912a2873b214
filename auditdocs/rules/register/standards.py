"""The sheet *Standards*: how each standard was worded and limited, and from when to when.

An answer is judged by the standard in force on its audit date (domain.md D5), so a change of
wording, limit or basis makes a new line and never overwrites the one before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from auditdocs.model.contract import FACETS, Contract, Item
from auditdocs.model.ledger import Sheet
from auditdocs.rules.calendar.dates import limit_words
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.register.columns import Row, ours

STANDARDS = Sheet(
    name="Standards",
    title="Every standard as it is and was: wording, limit, basis, and the days it was in force",
    key="Standard",
    columns=(
        *ours("Standard", width=30),
        *ours("Audit", width=16),
        *ours("Number", width=9),
        *ours("Wording", width=60),
        *ours("Asked", width=24),
        *ours("Limit", width=50),
        *ours("Basis", width=22),
        *ours("Rests on", width=40),
        *ours("Valid from", "Valid to", kind="date", width=12),
        *ours("First form version", kind="number", width=12),
    ),
)
_BASES: Mapping[str, str] = {
    "reg": "Regulations",
    "guid": "Statutory guidance",
    "local": "Local recording standard",
}


@dataclass(frozen=True, slots=True)
class InForce:
    """A contract and the day of the first form issued by it; None before there is one."""

    contract: Contract
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was changed of a standard, before and now, in words."""

    title: str
    what: str
    before: str
    now: str
    since: date


def changes(history: Sequence[InForce], period: Period) -> Iterator[Change]:
    """What was changed in the period, standard by standard; `history` is oldest first.

    A change counts from the first form that asked it.
    """
    ids = dict.fromkeys(item.id for each in history for item in _standards(each.contract))
    for item_id in ids:
        for before, after in pairwise(_editions(item_id, history)):
            if after.since and after.since in period:
                yield from _changed(item_id, before.contract, after.contract, after.since)


def standard_rows(history: Sequence[InForce]) -> Iterator[tuple[str, Row]]:
    """Each wording of each standard of one audit type, by its key; `history` is oldest first."""
    last = history[-1].contract
    ids = dict.fromkeys(item.id for each in history for item in _standards(each.contract))
    for item_id in ids:
        found = _editions(item_id, history)
        starts = (*(each.since for each in found[1:]), _withdrawn(item_id, history))
        for number, (edition, ends) in enumerate(zip(found, starts, strict=True), start=1):
            yield f"{item_id}/{number}", _row(item_id, number, edition, ends, last.sheet)


def _changed(item_id: str, then: Contract, now: Contract, since: date) -> Iterator[Change]:
    old, new = then.item(item_id), now.item(item_id)
    assert old is not None
    assert new is not None
    told = zip(_in_words(old).items(), _in_words(new).values(), strict=True)
    for (what, before), after in told:
        if before != after:
            yield Change(title=new.title, what=what, before=before, now=after, since=since)


def _in_words(item: Item) -> Mapping[str, str]:
    return {
        "Wording": item.label,
        "Asked": ", ".join(FACETS[facet] for facet in item.facets),
        "Limit": limit_words(item.limit),
        "Basis": _BASES.get(item.basis, item.basis),
    }


def _standards(contract: Contract) -> Iterator[Item]:
    yield from (item for item in contract.items if item.basis or item.facets)


def _editions(item_id: str, history: Sequence[InForce]) -> list[InForce]:
    """The first contract of each run in which the standard reads the same."""
    found: list[InForce] = []
    for each in history:
        item = each.contract.item(item_id)
        if item and (not found or _reads(found[-1].contract.item(item_id)) != _reads(item)):
            found.append(each)
    return found


def _reads(item: Item | None) -> tuple[object, ...]:
    return (item.label, item.limit, item.basis, item.facets) if item else ()


def _withdrawn(item_id: str, history: Sequence[InForce]) -> date | None:
    """The day from which no contract asks for it any more."""
    asked = max(n for n, each in enumerate(history) if each.contract.item(item_id))
    return history[asked + 1].since if asked + 1 < len(history) else None


def _row(item_id: str, number: int, edition: InForce, ends: date | None, sheet: str) -> Row:
    item = edition.contract.item(item_id)
    assert item is not None
    return {
        "Standard": f"{item_id}/{number}",
        "Audit": sheet,
        "Number": item.number,
        **_in_words(item),
        "Rests on": item.source,
        "Valid from": edition.since,
        "Valid to": ends - timedelta(days=1) if ends else None,
        "First form version": edition.contract.version,
    }
