"""Which heading of a sheet holds which field.

A heading is known by Annex A's wording or by one that a case system uses; nothing else is taken
for a field, though what is near to a missing one can be suggested.

Source: domain.md B1 ("match headers").
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from auditdocs.model.tables import Value
from auditdocs.rules.caseload.columns import COLUMNS, Column

NONE_FIXED: Mapping[str, str] = MappingProxyType({})
_FORMAT_NOTE = re.compile(r"\(\s*(?:d+\W*m+\W*y+|y(?:es)?\W*n(?:o)?|date|required)\s*\)", re.I)
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """What a row of headings says."""

    places: Mapping[str, int]
    """Field to the column's place from the left, 0 first."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field to the heading as it stands in the file."""
    unmapped: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field to the two or more headings that would hold it, each with its column's letter."""
    missing: tuple[str, ...] = ()
    """The required fields that no heading holds."""
    texts: tuple[str, ...] = ()
    """Every heading as it stands in the file."""


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """What of a heading counts: its letters and figures, in lower case, one space between words.

    Spaces of every kind, underscores, quotes, brackets and the punctuation at the end do not.
    """
    plain = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def mapped(
    headings: Sequence[Value],
    *,
    fixed: Mapping[str, str] = NONE_FIXED,
    columns: tuple[Column, ...] = COLUMNS,
) -> Headings:
    """Which of these headings holds which field.

    `fixed` is `[extract.columns]` of the settings: field to heading; it goes before every other.
    A heading counts as a field's own name first, then by what of it counts, then without a note
    such as "(dd/mm/yyyy)".
    """
    texts = [text.strip() if isinstance(text, str) else "" for text in headings]
    held = _fields(texts, fixed, columns)
    fields = {name: [place for place, of in held.items() if of == name] for name in held.values()}
    found = {name: places[0] for name, places in fields.items() if len(places) == 1}
    return Headings(
        places=found,
        mapping={name: texts[place] for name, place in found.items()},
        unmapped=tuple(text for place, text in enumerate(texts) if text and place not in held),
        ambiguous={
            name: tuple(f"{texts[place]} (column {column_letters(place)})" for place in places)
            for name, places in fields.items()
            if len(places) > 1
        },
        missing=tuple(col.name for col in columns if col.required and col.name not in fields),
        texts=tuple(text for text in texts if text),
    )


def near_headings(
    name: str, headings: Iterable[str], columns: tuple[Column, ...] = COLUMNS
) -> tuple[str, ...]:
    """Of these headings, up to three that look like one for the field, the likest first."""
    keys = {heading_key(heading): heading for heading in headings if len(heading) < 120}
    near: dict[str, None] = {}
    for known in _known(columns)[name]:
        near |= dict.fromkeys(get_close_matches(known, keys, n=2, cutoff=0.72))
    return tuple(keys[key] for key in list(near)[:3])


def heading_of(name: str, columns: tuple[Column, ...] = COLUMNS) -> str:
    """The heading a person should give the field."""
    return next(column.heading for column in columns if column.name == name)


def column_letters(place: int) -> str:
    """The letters over a worksheet's column: 0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        letters, place = chr(ord("A") + letter) + letters, place - 1
    return letters


def _fields(
    texts: Sequence[str], fixed: Mapping[str, str], columns: tuple[Column, ...]
) -> dict[int, str]:
    """Place to field. A field that is fixed to a heading of this row has no other."""
    settled = {heading_key(heading): name for name, heading in fixed.items()}
    keys = [heading_key(text) for text in texts]
    known = {key: name for name, keys in _known(columns).items() for key in keys}
    known |= {column.name: column.name for column in columns}
    taken = {settled[key] for key in keys if key in settled}
    held: dict[int, str] = {}
    for place, key in enumerate(keys):
        text = texts[place]
        ways = (text, key, _without_note(text))
        name = settled.get(key) or next((known[way] for way in ways if way in known), "")
        if key and name and (key in settled or name not in taken):
            held[place] = name
    return held


def _without_note(text: str) -> str:
    return heading_key(_FORMAT_NOTE.sub(" ", text))


@lru_cache(maxsize=8)
def _known(columns: tuple[Column, ...]) -> Mapping[str, tuple[str, ...]]:
    """Field to the keys of its headings."""
    return {
        column.name: tuple(
            dict.fromkeys(heading_key(text) for text in (column.heading, *column.synonyms))
        )
        for column in columns
    }
