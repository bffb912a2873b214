"""Numbers with their nouns, as a person reads them."""


def number_of(number: int, noun: str, several: str = "") -> str:
    """ "1 case", "2 cases", "0 cases": the number, and its noun in the right number.

    `several` is the noun of many where it takes no "s": "people".
    """
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"
