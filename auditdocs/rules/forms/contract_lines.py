"""The line of a contract that a fault is about, for whoever has it open in a text editor."""

import re

_NAMED = re.compile(r"\((\w+)\)(?!.*\()")
_KEY = re.compile(r'^(?:there is no key "(\w+)"|(\w+) )')


def line_of(where: str, fault: str, text: str) -> int:
    """The number of the line, counted from 1; 0 where the fault is about no one line.

    `where` and `fault` are as contract_faults tells them, `text` is the contract's.
    """
    lines = text.splitlines()
    first = 0
    if named := _NAMED.search(where):
        first = next((n for n, line in enumerate(lines) if _names(line, named[1])), 0)
    key = _KEY.match(fault)
    word = (key[1] or key[2]) if key else ""
    for number in range(first, len(lines)):
        if number > first and named and lines[number].startswith("[["):
            break
        if word and re.match(rf"\s*{word}\s*=", lines[number]):
            return number + 1
    return first + 1 if named and first else 0


def _names(line: str, name: str) -> bool:
    return re.match(rf'\s*(?:id|name)\s*=\s*"{name}"', line) is not None
