"""What a contract asks, by each way in which a form may name it.

Source: forms.md (reading, "which cell").
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from auditdocs.documents.forms.word_tables import plain
from auditdocs.model.contract import Contract, Item

CARRIERS = ("tag", "bookmark", "label", "number", "wording", "title", "field")
"""How an answer can be found, the most trusted first."""

_ROUND = " .:;,?!*"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a contract asks, by each way to name it."""

    items: Mapping[str, Item]
    fields: frozenset[str]
    owners: Mapping[str, str]
    """The tag of each answer and comment to the item it belongs to."""
    keys: frozenset[str]
    """The tags of all answers, comments and fields."""
    numbers: Mapping[str, str]
    """Printed number to item id."""
    labels: Mapping[str, str]
    """Each wording that stands for one item or field alone, to that one."""
    wordings: Mapping[str, tuple[str, ...]]
    """Item or field to the words that label it, in printed order."""


@lru_cache(maxsize=8)
def asked(contract: Contract) -> Asked:
    """What the contract asks: worked out once for all of its forms."""
    items = {item.id: item for item in contract.items}
    fields = {field.name: field for field in contract.fields()}
    owners = {key: i.id for i in items.values() for key in (*i.keys, i.comment_key) if key}
    return Asked(
        items=items,
        fields=frozenset(fields),
        owners=owners,
        keys=frozenset({*fields, *owners}),
        numbers={plain(item.number): item.id for item in items.values()},
        labels=_labels(contract),
        wordings={
            **{name: (field.label,) for name, field in fields.items()},
            **{key: _words(item) for key, item in items.items()},
        },
    )


def wording(text: str) -> str:
    """Words for comparing: as `plain`, less the stops, colons and marks that people put round."""
    return plain(text).strip(_ROUND)


def _labels(contract: Contract) -> dict[str, str]:
    named = list(_named(contract))
    times = Counter(label for label, _ in dict.fromkeys(named))
    return {label: key for label, key in named if times[label] == 1}


def _named(contract: Contract) -> Iterator[tuple[str, str]]:
    for item in contract.items:
        yield wording(item.title), item.id
        yield from ((wording(words), item.id) for words in _words(item))
    yield from ((wording(field.label), field.name) for field in contract.fields())


def _words(item: Item) -> tuple[str, ...]:
    """Every label that an item is printed with: its own, an older one, one of a circumstance."""
    return item.label, *item.aliases, *item.relabel.values()
