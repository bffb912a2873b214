"""Numbers with their nouns, as a person reads them."""


def number_of(number: int, noun: str) -> str:
    """ "1 case", "2 cases", "0 cases": the number, and its noun in the right number."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
