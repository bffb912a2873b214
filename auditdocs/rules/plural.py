"""Numbers with their nouns, and lists of names, as a person reads them."""

from collections.abc import Sequence


def number_of(number: int, noun: str, several: str = "") -> str:
    """ "1 case", "2 cases", "0 cases": the number, and its noun in the right number.

    `several` is the noun of many where it takes no "s": "people".
    """
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def first_named(names: Sequence[str], *, most: int) -> str:
    """ "a, b, c", and of more than `most` "a, b and 3 more"."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
