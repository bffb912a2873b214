"""A .toml file's text read: its table, or in plain words what is wrong with it and on which line.

Settings and contracts are typed by people, on Windows, into a text editor: what the library says
of a slip ("Unescaped '\\' in a string") is said here in their words.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_BACKSLASH = r"a \ stands between double quotes: write / for it, or use 'single quotes'"
_TOLD: Mapping[str, str] = {
    "Expected '=' after a key": "a name stands there without = and a value",
    "Invalid value": 'no value stands there that can be read: write words in straight "quotes"',
    "Invalid statement": 'this is neither a [heading] nor name = "value"',
    "Expected newline or end of document": "more stands there than a name, = and one value",
    "Expected ']'": "a [heading] is not closed",
    "Unclosed array": "a list is not closed with ]",
    "Unterminated string": "a quotation mark is not closed",
    'Expected "': "a quotation mark is not closed",
    "Illegal character '\\n'": "a quotation mark is not closed",
    "Unescaped '\\'": _BACKSLASH,
    "Invalid hex value": _BACKSLASH,
    "Cannot declare": "a heading stands there for the second time",
    "Cannot overwrite": "a name stands there for the second time",
    "Cannot mutate": "a name stands there for the second time",
}
"""How the library begins, and what it is in the words of who typed it."""
_UNTOLD = "this cannot be read"
_DEEPEST = 12
"""Tables and lists within each other; what is asked for needs five."""
_LARGEST = 2**63


def toml_table(text: str) -> dict[str, Any]:
    """The table that the text of a .toml holds; a byte order mark does not count.

    Raises ValueError, whose words go on from "It cannot be read" and end without a full stop.
    """
    try:
        table = tomllib.loads(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_told(str(error))) from error
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    except ValueError as error:  # Python makes no number of more than 4,300 digits
        raise ValueError(_TOO_LARGE) from error
    _refuse_beyond_use(table)
    return table


_TOO_DEEP = "at all: lists or tables stand too deep within each other"
_TOO_LARGE = "at all: a number in it is far too large"


def _told(error: str) -> str:
    words = next((told for begin, told in _TOLD.items() if error.startswith(begin)), _UNTOLD)
    line = _LINE.search(error)
    return f"at line {line[1]}: {words}" if line else f"at its end: {words}"


def _refuse_beyond_use(table: dict[str, Any]) -> None:
    """Raises ValueError for what nobody means, before anything is asked of it."""
    level: list[Any] = [table]
    for _ in range(_DEEPEST):
        if any(type(each) is int and abs(each) >= _LARGEST for each in level):
            raise ValueError(_TOO_LARGE)
        level = [inner for each in level for inner in _within(each)]
    if level:
        raise ValueError(_TOO_DEEP)


def _within(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
