"""What one cell of an extract says: text, dates, whole numbers, yes or no, and codes.

Each reading gives the value and, where the cell cannot be read, words for a person; the value is
then "" or None. The words repeat dates and codes only.

Source: domain.md B1 to B3.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, isfinite

from auditdocs.model.tables import UNSAVED, Value
from auditdocs.rules.calendar.dates import uk_date, written_date

Read = str | int | date | None
"""What a field of a case can hold."""

BLANKS = frozenset(
    {
        *("", "-", "–", "—", "--", ".", "?", "na", "n/a", "n.a.", "nil", "none", "null", "nan"),
        *("unknown", "not known", "not recorded", "unallocated", "not allocated", "unassigned"),
        *("not assigned", "tbc", "tba", "to be confirmed", "to be allocated", "no worker"),
        *("no allocated worker", "no team"),
    }
)
"""What people and case systems write where there is nothing, in lower case."""

_ERRORS = ("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", UNSAVED.lower())
_LETTER = re.compile(r"[a-zA-Z]{1,2}\)\s*")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?Z?$")
_DATE_LIKE = re.compile(r"[\d/.\-: ]{1,20}")
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
_NO_DATE = frozenset({date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31)})


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a cell and, where it could not be read, why."""

    value: Read = None
    fault: str = ""


def text(value: Value) -> str:
    """The cell as text: spaces folded, whole numbers without ".0", a failed look-up as ""."""
    if isinstance(value, str):
        folded = " ".join(value.split())
        return "" if folded[:1] == "#" and folded.lower() in _ERRORS else folded
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return uk_date(value)
    return str(int(value)) if float(value).is_integer() else str(value)


def filled(value: Value) -> str:
    """The cell as text, and "" where the words only say that there is nothing."""
    plain = text(value)
    return "" if plain.lower() in BLANKS else plain


def identity(value: Value) -> Reading:
    """A record's number as text, leading zeros kept; a fault when Excel has shortened it."""
    plain = filled(value)
    if _SHORTENED.fullmatch(plain):
        return Reading("", "the number was shortened by Excel, so it cannot be told whose it is")
    return Reading(plain)


def flag(value: Value) -> Reading:
    """What a flag says; "" where it says no."""
    plain = filled(value)
    return Reading("" if plain.lower() in {"no", "n", "0", "false"} else plain)


def code(value: Value) -> str:
    """A drop-down's answer without its list letter: "b) Female" is "Female"."""
    plain = text(value)
    letter = _LETTER.match(plain)
    return plain[letter.end() :] if letter else filled(plain)


def day(value: Value, *, pivot: int = 2050) -> Reading:
    """The date in a cell: a date, a date's serial number, or one written by British rules.

    `pivot` is the latest year that two figures can stand for. The year 9999 and the first day of
    1900, with which case systems say "none", are no dates.
    """
    if isinstance(value, bool):
        return Reading(None, "the value is not a date")
    if isinstance(value, int | float):
        found = _serial(value)
    else:
        found = value if isinstance(value, date) else _written(filled(value), pivot)
    if found is None and filled(value):
        return Reading(None, f"{_quoted(value)} is not a date that can be read")
    if found is None or found in _NO_DATE or found.year == 9999:
        return Reading(None)
    return Reading(found)


def years(value: Value) -> Reading:
    """An age in whole years, rounded down; -1 for a child not yet born."""
    plain = filled(value).lower()
    if plain in {"", "unborn"}:
        return Reading(-1 if plain else None)
    try:
        number = float(plain)
    except ValueError:
        return Reading(None, "the value is not an age in years")
    if not isfinite(number) or number > 150:
        return Reading(None, "the value is not an age in years")
    return Reading(max(-1, floor(number)))


def count(value: Value) -> Reading:
    """A number of times, from 0."""
    plain = filled(value)
    if not plain:
        return Reading(None)
    known = plain.isascii() and plain.isdigit() and len(plain) < 5
    return Reading(int(plain)) if known else Reading(None, "the value is not a number of times")


def yes_no(value: Value) -> Reading:
    """ "Yes", "No", or "" for an answer that says neither; a fault when it is something else."""
    plain = code(value).lower().rstrip(".")
    if plain in {"yes", "y", "1", "true"}:
        return Reading("Yes")
    if plain in {"no", "n", "0", "false"}:
        return Reading("No")
    unknown = plain in BLANKS or plain.startswith(("not ", "unknown"))
    return Reading("", "" if unknown else "the answer is neither Yes nor No")


def _written(plain: str, pivot: int) -> date | None:
    return written_date(_TIME.sub("", plain), pivot=pivot)


def _serial(value: float) -> date | None:
    """Excel's number for a date, as a cell that lost its date format shows it."""
    if not isfinite(value) or int(value) not in _SERIALS:
        return None
    return _SERIAL_ZERO + timedelta(days=int(value))


def _quoted(value: Value) -> str:
    """The cell for a message, but only where it can be nothing else than a date."""
    plain = text(value)
    return f'"{plain}"' if _DATE_LIKE.fullmatch(plain) else "the value"
