"""The versions of a contract: joined for ledgers, each for its own forms, and told when unnumbered.

Every form is read by the very contract it went out by, and its answers keep the words of that one;
a ledger shows the forms of all versions in one sheet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, count

from auditdocs.model.contract import FACETS, Contract, Field, Item
from auditdocs.rules.plural import first_named

RETIRED = "Questions of earlier versions"
_MOST_NAMED = 5


def joined(current: Contract, earlier: Iterable[Contract]) -> Contract:
    """The contract with what its earlier versions asked as well: for ledgers, never for forms.

    An item that is still asked has its words of today. One that is asked no more, or is now
    answered in other columns, stands behind the others as it was last worded, its title told apart
    where another has it already. Facets that were once asked are kept, and so are fields, and the
    words in which each was asked. `earlier` is newest first.
    """
    earlier = tuple(earlier)
    items = {(item.id, _shape(item)): item for item in current.items}
    retired: dict[tuple[str, object], Item] = {}
    for item in chain.from_iterable(contract.items for contract in earlier):
        place = item.id, _shape(item)
        known = items if place in items else retired
        known[place] = _with_earlier(known.get(place, item), item)
    sections = tuple(
        replace(section, items=tuple(items[item.id, _shape(item)] for item in section.items))
        for section in current.sections
    )
    if retired:
        gone = tuple(_told_apart(retired.values(), {item.title for item in current.items}))
        last = replace(current.sections[-1], key="", title=RETIRED, intro="", items=gone)
        sections = (*sections, last)
    return replace(
        current,
        sections=sections,
        auditor=_with_fields(current.auditor, (each.auditor for each in earlier)),
        sign_off=_with_fields(current.sign_off, (each.sign_off for each in earlier)),
    )


def column_item(whole: Contract, asked: Item) -> Item | None:
    """The item of a joined contract under whose columns an answer to this item stands."""
    likely = whole.item(asked.id)
    if likely is not None and _shape(likely) == _shape(asked):
        return likely
    named = [item for item in whole.items if item.id == asked.id]
    fitting = (item for item in named if _shape(item) == _shape(asked))
    return next(fitting, next(iter(named), None))


def as_asked(then: Contract, now: Contract) -> Contract:
    """The audit type as the service runs it now, with the questions that a form of then asked."""
    return replace(
        now,
        version=then.version,
        fingerprint=then.fingerprint,
        header=then.header,
        auditor=then.auditor,
        sections=then.sections,
        sign_off=then.sign_off,
        prompts=then.prompts,
    )


def is_same_question(now: Item, then: Item | None) -> bool:
    """Whether an item asks today what it asked then: in the same words, of the same choices.

    Capitals, spaces and what ends a sentence make no other question. Nor does another time limit:
    an answer is judged by the one that was in force (domain.md D5).
    """
    return then is not None and _question(now) == _question(then)


def unnumbered(current: Contract, kept: Iterable[Contract]) -> tuple[str, str] | None:
    """That a contract was changed and kept its version's number, and what to do; None if not.

    `kept` are the contracts that forms went out by. Each form is read by its own all the same; but
    people, and the ledger, know a version by its number.
    """
    known = [each for each in kept if each.key == current.key]
    others = [each for each in known if each.version >= current.version]
    rivals = [each for each in others if _form_of(each) != _form_of(current)]
    is_newest = any(each.version == current.version for each in rivals)
    is_known = any(each.version == current.version for each in others if each not in rivals)
    if not rivals or (is_known and not is_newest):
        return None
    last = max(rivals, key=lambda each: each.version)
    return (
        f"Forms went out by version {last.version} of the contract {current.key}, and it asks "
        f"otherwise now without a higher number ({_difference(current, last)}).",
        f'Write "version = {last.version + 1}" in the contract. Forms that are out are read by the '
        "contract they went out by.",
    )


def _shape(item: Item) -> tuple[bool, bool, bool]:
    """What columns the answers take: one or one a facet, a comment's, a date's."""
    return bool(item.facets), bool(item.comment_key), item.kind == "date"


def _with_earlier(item: Item, older: Item) -> Item:
    """The item with the facets that were asked before, and the title that it had."""
    asked = {*item.facets, *older.facets}
    titles = _formerly(item.title, item.formerly, older.title)
    return replace(item, facets=tuple(facet for facet in FACETS if facet in asked), formerly=titles)


def _formerly(now: str, known: tuple[str, ...], then: str) -> tuple[str, ...]:
    return known if then in (now, *known) else (*known, then)


def _told_apart(items: Iterable[Item], taken: set[str]) -> Iterator[Item]:
    for item in items:
        again = (f"{item.label} (earlier {nth})" for nth in count(2))
        for label in chain((item.label, f"{item.label} (earlier)"), again):
            named = replace(item, label=label)
            if named.title not in taken:
                break
        taken.add(named.title)
        yield replace(named, formerly=_formerly(named.title, item.formerly, item.title))


def _with_fields(now: tuple[Field, ...], earlier: Iterable[tuple[Field, ...]]) -> tuple[Field, ...]:
    """The fields, and behind them those of that place that only earlier versions had."""
    known = {field.name: field for field in now}
    for older in chain.from_iterable(earlier):
        field = known.setdefault(older.name, older)
        labels = _formerly(field.label, field.formerly, older.label)
        known[older.name] = replace(field, formerly=labels)
    return tuple(known.values())


def _question(item: Item) -> tuple[object, ...]:
    choices = tuple((choice.code, _words(choice.label)) for choice in item.choices)
    return item.kind, _words(item.label), choices


def _words(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(" .:;?")


def _form_of(contract: Contract) -> tuple[object, ...]:
    """What a form prints and how it is read, less its guidance and the advice of the extract."""
    items = tuple(
        replace(item, guidance="", source="", aliases=(), advice=(), check=None)
        for item in contract.items
    )
    fields = contract.header, contract.auditor, contract.sign_off
    return items, fields, sorted(contract.prompts.items())


def _difference(now: Contract, then: Contract) -> str:
    """Which questions differ, by their printed numbers."""
    told = {
        "reworded": [i for i in now.items if not is_same_question(i, then.item(i.id) or i)],
        "new": [item for item in now.items if then.item(item.id) is None],
        "no longer asked": [item for item in then.items if now.item(item.id) is None],
    }
    said = [f"{words}: {_numbers(items)}" for words, items in told.items() if items]
    return "; ".join(said) or "its numbers, fields or prompts, or what is required of whom"


def _numbers(items: list[Item]) -> str:
    return first_named([item.number for item in items], most=_MOST_NAMED)
