"""Made-up values for a form: the longest, the shortest and the emptiest case, and no real person.

What is not cut off, crowded or left over in these three is so in no form that goes out.
"""

from collections.abc import Mapping
from typing import Any

from auditdocs.model.case import CASE_TYPES, Case
from auditdocs.model.contract import Contract, Field
from auditdocs.model.settings import Settings
from auditdocs.rules.forms.applicability import items_for
from auditdocs.rules.forms.prefill import identity_values, printed_values

LONGEST, SHORTEST, EMPTIEST = "longest", "shortest", "emptiest"

_LONG = {
    "text": "Some words & more: {label}, as long as a case system lets them be",
    "name": "A. Forename-Middlename Longsurname-Otherlongsurname",
    "date": "30/09/2026",
    "int": "17",
}
_SHORT = {"text": "A", "name": "B", "date": "01/01/2026", "int": "1"}
_ADVICE = (
    "Extract: review conference held 30 September 2026, limit 28 February 2026; late by 214 days "
    "unless the reason is recorded or this is a later review"
)


def samples(contract: Contract, settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """The values of the three cases by name, each ready to fill the contract's template."""
    few = min((_ids(contract, (kind,)) for kind in CASE_TYPES), key=len)
    none = {item.id: "" for item in contract.items}
    advice = {item.id: _ADVICE if item.advice else "" for item in contract.items}
    every = _ids(contract, None)
    return {
        LONGEST: _values(contract, settings, words=_LONG, printed=every, advice=advice),
        SHORTEST: _values(contract, settings, words=_SHORT, printed=few, advice=none),
        EMPTIEST: _values(contract, settings, words={}, printed=_ids(contract, ()), advice=none),
    }


def _ids(contract: Contract, case_types: tuple[str, ...] | None) -> tuple[str, ...]:
    """What is printed for a case of these types of which nothing else is known; None for all."""
    case = None if case_types is None else Case(child_id="0", case_types=frozenset(case_types))
    return tuple(item.id for item in items_for(contract, case))


def _values(
    contract: Contract,
    settings: Settings,
    *,
    words: Mapping[str, str],
    printed: tuple[str, ...],
    advice: Mapping[str, str],
) -> Mapping[str, Any]:
    return {
        **{field.name: _word(field, words) for field in contract.header},
        **identity_values(contract, "", settings),
        **printed_values([item for item in contract.items if item.id in printed]),
        "advice": advice,
        "labels": {item.id: _longest_label(item.label, item.relabel) for item in contract.items},
    }


def _word(field: Field, words: Mapping[str, str]) -> str:
    said = words.get(field.type, words.get("text", ""))
    return said.format(label=field.label)


def _longest_label(label: str, others: Mapping[str, str]) -> str:
    return max((label, *others.values()), key=len)
