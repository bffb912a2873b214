"""The versions of a contract joined by item id, so that no answer of an older form is lost."""

from collections.abc import Iterable
from dataclasses import replace

from auditdocs.model.contract import FACETS, Contract, Item

RETIRED = "Questions of earlier versions"


def joined(current: Contract, earlier: Iterable[Contract]) -> Contract:
    """The contract with what its earlier versions asked as well: for ledgers, never for forms.

    An item that is still asked has its words of today. One that is asked no more stands behind the
    others as it was last worded, with its number said to be an earlier one where a new item has
    the very same title. Facets that were once asked are kept. `earlier` is newest first.
    """
    items = {item.id: item for item in current.items}
    retired: dict[str, Item] = {}
    for contract in earlier:
        for item in contract.items:
            if item.id in items:
                items[item.id] = _with_facets(items[item.id], item)
            else:
                retired.setdefault(item.id, item)
    titles = {item.title for item in current.items}
    gone = tuple(_told_apart(item, titles) for item in retired.values())
    sections = tuple(
        replace(section, items=tuple(items[item.id] for item in section.items))
        for section in current.sections
    )
    if not gone:
        return replace(current, sections=sections)
    last = replace(current.sections[-1], key="", title=RETIRED, intro="", items=gone)
    return replace(current, sections=(*sections, last))


def is_same_question(now: Item, then: Item | None) -> bool:
    """Whether an item asks today what it asked then: in the same words, of the same choices.

    Capitals, spaces and what ends a sentence make no other question. Nor does another time limit:
    an answer is judged by the one that was in force (domain.md D5).
    """
    return then is not None and _question(now) == _question(then)


def _question(item: Item) -> tuple[object, ...]:
    choices = tuple((choice.code, _words(choice.label)) for choice in item.choices)
    return item.kind, _words(item.label), choices


def _words(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(" .:;?")


def _with_facets(item: Item, older: Item) -> Item:
    asked = {*item.facets, *older.facets} if item.facets else set()
    return replace(item, facets=tuple(facet for facet in FACETS if facet in asked))


def _told_apart(item: Item, titles: set[str]) -> Item:
    return replace(item, label=f"{item.label} (earlier)") if item.title in titles else item
