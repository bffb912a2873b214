"""Which items a form prints for a case, and under which words.

A contract says for whom an item is: case types, ages, and the special cases in which it falls away
or is asked in other words. An item left out was never asked, and is in no denominator.

Source: domain.md A1.2, A2.2 and A3.3 to A3.6 ("applies"), A3.8; settled.md ("Which items are
printed": blank forms hold every item, issued forms those that apply to the case).
"""

from auditdocs.model.case import Case
from auditdocs.model.contract import Advice, Contract, Item


def items_for(contract: Contract, case: Case | None) -> tuple[Item, ...]:
    """The items that apply to the case, in printed order; without a case every item.

    A child under a child protection plan who is looked after gets both sets (A3.8); a child under
    open assessment alone gets only what is for all cases. An unknown age leaves nothing out.
    """
    if case is None:
        return contract.items
    return tuple(item for item in contract.items if _applies(item, case))


def label_for(item: Item, case: Case | None) -> str:
    """The item's label as printed for the case; the first circumstance that rewords it decides."""
    reworded = (text for name, text in item.relabel.items() if case and name in case.circumstances)
    return next(reworded, item.label)


def advice_of(item: Item, case: Case) -> Advice | None:
    """The first advice of the item that fits the case, or None where the extract cannot tell.

    Advice that depends on age fits no child of unknown age: a guess could read as a fault.
    """
    return next((advice for advice in item.advice if _fits(advice, case)), None)


def _applies(item: Item, case: Case) -> bool:
    return _concerns(item, case) and (case.age is None or _is_of_age(item, case.age))


def _fits(advice: Advice, case: Case) -> bool:
    if case.age is None:
        return _concerns(advice, case) and advice.min_age is None and advice.max_age is None
    return _concerns(advice, case) and _is_of_age(advice, case.age)


def _concerns(gated: Item | Advice, case: Case) -> bool:
    """Whether case type and circumstances let it through."""
    of_type = not gated.applies or not case.case_types.isdisjoint(gated.applies)
    return of_type and case.circumstances.isdisjoint(gated.not_for)


def _is_of_age(gated: Item | Advice, age: int) -> bool:
    """Whether a child of that age, in whole years, is within the bounds, both included."""
    old_enough = gated.min_age is None or age >= gated.min_age
    return old_enough and (gated.max_age is None or age <= gated.max_age)
