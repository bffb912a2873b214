"""What no paper for the service management group prints: the names and numbers of people.

Source: settled.md ("Names in SMG papers": never a child, a family, a social worker).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from string import punctuation

from auditdocs.rules.findings.programme import Programme

_SMALL = "an as at be by do he her if in is it me my no of on or she so the to up us we you"
_PLAIN = frozenset(_SMALL.split())
"""Words that are names too (An, Her, To): in small letters nobody takes them for one."""

_PARTS = 6
"""Of how many parts the longest number is that is found inside a longer word."""


def unprinted(programme: Programme) -> frozenset[str]:
    """The words of the names and numbers of all children and workers of a year.

    Who has left since may still be named in what an auditor wrote. A post is named by its title;
    who holds it may be named, so managers' names are not among them.
    """
    numbers, names = set[str](), set[str]()
    earlier = chain.from_iterable(programme.caseloads.values())
    for case in chain(programme.cases, earlier, programme.audited.values()):
        numbers.add(case.child_id)
        names.update((case.forename, case.surname, case.worker))
    for audit in programme.audits:
        numbers.add(audit.child_id)
        names.add(audit.worker)
    words = (word for name in names for word in _words(name))
    whole = ("".join(_parts(number)) for number in numbers)
    return frozenset(word for word in (*words, *whole) if len(word) > 1)


def names_somebody(text: str, unprinted: Iterable[str]) -> bool:
    """Whether a text holds any of the words that are not to be printed.

    One child called An does not hold back every text with the word "an" in it.
    """
    told = (word for word in text.split() if word.strip(punctuation) not in _PLAIN)
    return not set(_words(" ".join(told))).isdisjoint(unprinted)


def _words(text: str) -> Iterator[str]:
    """Its words in small plain letters; of "O'Brien's" also "brien", "obrien" and so on."""
    for word in text.split():
        parts = _parts(word)
        for first in range(len(parts)):
            for last in range(first + 1, min(first + _PARTS, len(parts)) + 1):
                yield "".join(parts[first:last])


def _parts(text: str) -> list[str]:
    """What stands between its signs, in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = (each for each in letters if not unicodedata.combining(each))
    return "".join(each if each.isalnum() else " " for each in plain).split()
