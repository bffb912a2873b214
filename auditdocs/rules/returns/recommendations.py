"""Recommendations checked: one action, one owner, one date each (domain.md A0.6)."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from auditdocs.model.contract import Choice, Contract
from auditdocs.model.form import (
    CATEGORIES,
    NEED_TYPES,
    PRIORITIES,
    RECOMMENDATION_COLUMNS,
    Form,
    Reason,
    Recommendation,
)
from auditdocs.model.people import ROLES
from auditdocs.rules.calendar.dates import months_after, written_date
from auditdocs.rules.forms.scales import code_of

_YEARS_AHEAD = 10
"""How far ahead a due date with a two-digit year may lie."""

_MONTHS_AHEAD = 24
"""How far ahead any may lie: what is due later is a slip of the hand, of which nobody would be
reminded; our decision."""

_ROLES = tuple(Choice(code=key, label=label) for key, label in ROLES.items())
_CHOICES: Mapping[str, tuple[Choice, ...]] = {
    "category": CATEGORIES,
    "priority": PRIORITIES,
    "owner_role": _ROLES,
    "need_type": NEED_TYPES,
}


def recommendations(
    form: Form, contract: Contract, *, audit_id: str, audited: date
) -> tuple[tuple[Recommendation, ...], tuple[Reason, ...]]:
    """The form's recommendations, numbered in their order, and everything wrong with any row."""
    links = linked_items(contract)
    good, reasons = [], []
    for number, row in enumerate(form.recommendations, start=1):
        written = {name: row.get(name, "") for name in RECOMMENDATION_COLUMNS}
        values = {name: _value(name, text, links, audited) for name, text in written.items()}
        wrong = [*_faults(row, values, audited)]
        reasons += wrong
        if not wrong:
            good.append(_recommendation(values, audit_id, number))
    return tuple(good), tuple(reasons)


def linked_items(contract: Contract) -> Mapping[str, str]:
    """Every way to name one item alone (id, number, label, both) to its id."""
    return _linked(
        tuple((i.id, i.id, i.number, i.label, i.title, *i.aliases) for i in contract.items)
    )


@lru_cache(maxsize=64)
def _linked(named: tuple[tuple[str, ...], ...]) -> Mapping[str, str]:
    """Each name that stands for one id alone, to that id; the id is the first of its names."""
    links: dict[str, set[str]] = {}
    for item_id, *names in named:
        for name in names:
            links.setdefault(_plain(name), set()).add(item_id)
    return MappingProxyType({name: ids.pop() for name, ids in links.items() if len(ids) == 1})


def actioned_items(form: Form, contract: Contract) -> frozenset[str]:
    """The ids of the items that the form's recommendations are linked to."""
    links = linked_items(contract)
    named = (links.get(_plain(row.get("linked_item", ""))) for row in form.recommendations)
    return frozenset(item for item in named if item)


def _value(name: str, text: str, links: Mapping[str, str], audited: date) -> str | None:
    """A cell's code, ISO date or words; "" when it is empty, None when it cannot be read."""
    if not text:
        return "none" if name == "need_type" else ""
    if name == "linked_item":
        return links.get(_plain(text))
    if name == "due_date":
        day = written_date(text, pivot=audited.year + _YEARS_AHEAD)
        return None if day is None else day.isoformat()
    if name in _CHOICES:
        return code_of("choice", text, _CHOICES[name])
    return text


def _faults(
    row: Mapping[str, str], values: Mapping[str, str | None], audited: date
) -> Iterator[Reason]:
    for name, label in RECOMMENDATION_COLUMNS.items():
        where = f"Recommendations, row {row['row']}, {label}"
        if values[name] == "":
            yield Reason(code="missing", where=where, text=f"Nothing is written. {_wanted(name)}")
        elif values[name] is None:
            found = row.get(name, "")
            yield Reason(code="not-a-choice", where=where, text=_wanted(name), found=found)
    if due := values["due_date"]:
        where = f"Recommendations, row {row['row']}, {RECOMMENDATION_COLUMNS['due_date']}"
        yield from _unlikely(date.fromisoformat(due), audited, where, found=row["due_date"])


def _unlikely(due: date, audited: date, where: str, *, found: str) -> Iterator[Reason]:
    if due < audited:
        text = "It lies before the audit itself."
        yield Reason(code="date-too-early", where=where, text=text, found=found)
    if due > months_after(audited, count=_MONTHS_AHEAD):
        text = "It lies more than two years after the audit: see whether the year is right."
        yield Reason(code="date-too-late", where=where, text=text, found=found)


def _wanted(name: str) -> str:
    labels = [choice.label for choice in _CHOICES.get(name, ())]
    if labels:
        return f"Write one of: {', '.join(labels)}."
    return {
        "due_date": "Write a date as dd/mm/yyyy.",
        "linked_item": "Name the question or standard by its number or its words.",
        "owner_name": "Name the one person who will do it.",
    }.get(name, "Write what is to be done.")


def _recommendation(values: Mapping[str, str | None], audit_id: str, number: int) -> Recommendation:
    sound = {name: value or "" for name, value in values.items()}
    return Recommendation(
        audit_id=audit_id,
        number=number,
        recommendation=sound["recommendation"],
        linked_item=sound["linked_item"],
        category=sound["category"],
        priority=sound["priority"],
        owner_name=sound["owner_name"],
        owner_role=sound["owner_role"],
        due_date=date.fromisoformat(sound["due_date"]),
        need_type=sound["need_type"],
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
