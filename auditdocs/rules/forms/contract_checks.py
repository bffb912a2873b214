"""Checks of single values in a contract: each tells what is wrong with a value, "" when nothing is.

The complaint follows the key in a sentence: "label must stand on one line".

Source: domain.md A3.2 (limit notation); forms.md (what Word and the templates can hold).
"""

import re
from collections.abc import Callable, Sequence

from auditdocs.errors import ContractFault, nearest
from auditdocs.rules.calendar.dates import limit

Check = Callable[[object], str]
"""A value as TOML gives it, of any type, to what is wrong with it."""

LABEL_LENGTH = 200
"""A ledger heading is number, label and facet; Excel's tables stop at 255 characters."""

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Characters that Word cannot show."""
TEMPLATE_TAG = re.compile(r"\{[{%#]|[}%#]\}")
"""Pairs of braces that a template takes for the ends of a tag."""
_BARE_UNIT = re.compile(r"\b(?:wd|cd|mo)\b(?!\(\d{1,4}\))")


def meant(word: object, known: Sequence[str]) -> str:
    """What the writer may have meant: the known word that is close, else all of them."""
    close = nearest(str(word), known)
    return f'did you mean "{close}"?' if close else f"write one of {', '.join(known)}"


def words(value: object) -> str:
    """Text for a form, of one paragraph or more."""
    if not isinstance(value, str) or not value.strip():
        return 'must be words in "quotes"'
    if UNPRINTABLE.search(value):
        return "holds a character that Word cannot show"
    if TEMPLATE_TAG.search(value):
        return "holds a pair of braces that Word templates take for a tag"
    return ""


def line(value: object) -> str:
    """Text for a form or a heading, on one line."""
    text = str(value)
    if complaint := words(value):
        return complaint
    if "\n" in text or "\t" in text:
        return "must stand on one line"
    over = len(text) > LABEL_LENGTH
    return f"has {len(text)} characters; the most is {LABEL_LENGTH}" if over else ""


def lines(value: object) -> str:
    """A list of such lines."""
    if not isinstance(value, list):
        return 'must be a list, such as ["…"]'
    return next((complaint for entry in value if (complaint := line(entry))), "")


def limit_words(value: object) -> str:
    """A line in which every wd, cd and mo is a limit with its number."""
    complaint = line(value)
    if not complaint and (unit := _BARE_UNIT.search(str(value))):
        return f'has "{unit[0]}" without its number; write wd(10), cd(42) or mo(3)'
    return complaint


def one_limit(value: object) -> str:
    """A limit and nothing else."""
    try:
        limit(str(value))
    except ContractFault as fault:
        return f"{fault.text}; {fault.hint}"
    return ""


def flag(value: object) -> str:
    """A truth."""
    return "" if isinstance(value, bool) else "must be true or false"


def whole(least: int, most: int) -> Check:
    """The check for a whole number within the bounds, both included."""

    def check(value: object) -> str:
        sound = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if sound else f"must be a whole number from {least} to {most}"

    return check


def written(pattern: str, told: str) -> Check:
    """The check for text that the pattern matches whole; `told` says how to write it."""

    def check(value: object) -> str:
        sound = isinstance(value, str) and re.fullmatch(pattern, value)
        return "" if sound else f'"{value}" must be {told}'

    return check


def one_of(known: Sequence[str]) -> Check:
    """The check for one of the known words."""

    def check(value: object) -> str:
        return "" if value in known else f'"{value}" is not known; {meant(value, known)}'

    return check


def some_of(known: Sequence[str]) -> Check:
    """The check for a list of known words."""
    known_word = one_of(known)

    def check(value: object) -> str:
        if not isinstance(value, list):
            return f'must be a list, such as ["{known[0]}"]'
        return next((complaint for word in value if (complaint := known_word(word))), "")

    return check


def alternatives(known: Sequence[str]) -> Check:
    """The check for known words with "or" between them: "icpc_date or cp_start"."""
    known_word = one_of(known)

    def check(value: object) -> str:
        names = value.split(" or ") if isinstance(value, str) else [value]
        return next((complaint for name in names if (complaint := known_word(name))), "")

    return check
