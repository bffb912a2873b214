"""The scales on which an answer is given: what a drop-down shows, and what counts as the same.

Source: domain.md A0.4 (grades) and A0.5 (answer types), settled.md (drop-downs).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from auditdocs.model.contract import Choice, Item

_NOISE = re.compile(r"[\s.,;:!'’()_]+")
"""Not "/" and "-": RI/G is between two grades, and no way to write RIG."""

_TICKS = "☒☑✓✔x"
_EMPTY_BOX = "☐"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One answer of a scale: the code kept, the label shown, and still other ways to write it."""

    code: str
    label: str
    words: tuple[str, ...] = ()


GRADES = (
    Level(code="O", label="Outstanding", words=("OS", "O/S")),
    Level(code="G", label="Good"),
    Level(
        code="RI",
        label="Requires improvement to be good",
        words=("RIG", "RTBG", "requires improvement", "adequate"),
    ),
    Level(code="I", label="Inadequate", words=("inad",)),
    Level(code="NA", label="Not applicable", words=("N/A",)),
    Level(
        code="NE",
        label="Not enough evidence to grade",
        words=("not enough evidence", "insufficient evidence"),
    ),
)
"""The four-point Ofsted scale, best first, and the two answers that are no grade."""

GRADED = ("O", "G", "RI", "I")
"""The codes that are grades, best first."""

_YES = Level(code="yes", label="Yes", words=("Y", "true", "tick", *_TICKS))
_NO = Level(code="no", label="No", words=("N", "false"))
_PARTLY = Level(code="partly", label="Partly", words=("P", "part", "partially"))
_NOT_APPLICABLE = Level(code="na", label="Not applicable", words=("N/A",))
_NOT_DUE = Level(code="not_due", label="Not due", words=("not yet due", "not due yet"))

SCALES: Mapping[str, tuple[Level, ...]] = {
    "grade": GRADES,
    "yn": (_YES, _NO, _NOT_APPLICABLE),
    "ynp": (_YES, _PARTLY, _NO, _NOT_APPLICABLE),
    "facet": (_YES, _NO, _NOT_APPLICABLE, _NOT_DUE),
}
"""Answer type to its levels, in the order a drop-down lists them."""


def choices_of(item: Item) -> tuple[Choice, ...]:
    """What the item's drop-down lists, or nothing when it is answered in words."""
    return listed(item.kind, item.choices)


@lru_cache(maxsize=256)
def listed(kind: str, choices: tuple[Choice, ...] = ()) -> tuple[Choice, ...]:
    """The same for any kind of answer; `choices` serve where the kind has no scale."""
    levels = SCALES.get(kind, ())
    return tuple(Choice(code=level.code, label=level.label) for level in levels) or choices


def code_of(kind: str, text: str, choices: tuple[Choice, ...] = ()) -> str | None:
    """The code that a written answer stands for on that scale, or None when it is on none.

    Case, spaces and stops do not matter. `choices` serves where the kind has no scale.
    """
    return _codes(kind, choices).get(_plain(text))


def label_of(kind: str, code: str, choices: tuple[Choice, ...] = ()) -> str:
    """The words for a code: what the ledger shows and a person reads. An unknown code stands."""
    for level in SCALES.get(kind, ()):
        if level.code == code:
            return level.label
    return next((choice.label for choice in choices if choice.code == code), code)


@lru_cache(maxsize=256)
def _codes(kind: str, choices: tuple[Choice, ...]) -> Mapping[str, str]:
    found = {
        _plain(word): choice.code for choice in choices for word in (choice.label, choice.code)
    }
    for level in SCALES.get(kind, ()):
        found |= {_plain(word): level.code for word in (level.label, level.code, *level.words)}
    return found


def _plain(text: str) -> str:
    without_boxes = text.replace(_EMPTY_BOX, "")
    return _NOISE.sub("", without_boxes.replace("\N{NO-BREAK SPACE}", " ")).casefold()
