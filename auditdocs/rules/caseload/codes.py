"""The codes of a case: which words and letters stand for which, and which are known.

Source: domain.md B2 (codes and case status).
"""

import re
from collections.abc import Mapping

from auditdocs.model.tables import Value
from auditdocs.rules.caseload.cells import Reading, code, text
from auditdocs.rules.caseload.headings import heading_key

LEGAL_STATUSES = frozenset(
    ("C1", "C2", "D1", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3")
)
PLACEMENTS = frozenset(
    {
        *("U1", "U2", "U3", "U4", "U5", "U6", "A3", "A4", "A5", "A6", "P1", "P2", "P3", "H5"),
        *("K1", "K2", "R1", "R2", "R3", "R5", "S1", "Z1", "T0", "T1", "T2", "T3", "T4"),
    }
)
SHORT_BREAKS = frozenset({"V3", "V4"})
REMAND = "J1"
WITH_PARENTS = "P1"

_CODE = re.compile(r"([A-Za-z]\d)(?![A-Za-z0-9])")

_STATUS_WORDS: Mapping[str, tuple[str, ...]] = {
    "looked after": (
        *("a", "looked after", "looked after child", "lac", "cla", "child looked after"),
        *("child in care", "children in care", "in care", "children looked after"),
    ),
    "child protection": (
        *("b", "child protection", "child protection plan", "cp", "cpp", "cp plan"),
        *("subject to child protection plan", "subject of a child protection plan"),
    ),
    "child in need": (
        *("c", "child in need", "child in need plan", "children in need", "cin", "cin plan"),
        "chin",
    ),
    "open assessment": (
        *("d", "open assessment", "assessment", "under assessment", "in assessment"),
        *("c f assessment", "child and family assessment", "single assessment"),
    ),
    "closed": ("e", "closed", "closed episode", "closed case", "case closed"),
}
_GENDER_WORDS: Mapping[str, tuple[str, ...]] = {
    "Male": ("male", "m", "1", "boy"),
    "Female": ("female", "f", "2", "girl"),
    "Not stated/recorded": (
        *("not stated recorded", "not stated", "not recorded", "unknown", "not known", "u", "0"),
        *("9", "unborn", "not stated or recorded"),
    ),
    "Neither": ("neither", "indeterminate", "i", "x", "other"),
}


def _meanings(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {word: meaning for meaning, spoken in words.items() for word in spoken}


_STATUSES = _meanings(_STATUS_WORDS)
_GENDERS = _meanings(_GENDER_WORDS)


def case_status(value: Value) -> Reading:
    """One of STATUSES, or "" with a fault when the words are no case status.

    Source: domain.md B2 ("Case status takes the first that applies").
    """
    found = _STATUSES.get(heading_key(code(value)), "") or _STATUSES.get(
        heading_key(text(value)), ""
    )
    if found:
        return Reading(found)
    return Reading(
        "", "the case status is not one that is known" if code(value) else "no case status"
    )


def gender(value: Value) -> Reading:
    """Male, Female, Not stated/recorded or Neither; other words stand, with a fault."""
    plain = code(value)
    found = _GENDERS.get(heading_key(plain), "")
    return Reading(
        found or plain, "" if found or not plain else "the gender is not one that is known"
    )


def legal_status(value: Value) -> Reading:
    """The legal status's code alone: "C1: ICO" is "C1"."""
    return _coded(value, LEGAL_STATUSES, "legal status")


def placement_type(value: Value) -> Reading:
    """The placement's code alone: "f) U6: Foster placement" is "U6"."""
    return _coded(value, PLACEMENTS, "placement")


def _coded(value: Value, known: frozenset[str], noun: str) -> Reading:
    """The code at the start of the words; one that is not known stands and is told."""
    plain = code(value)
    match = _CODE.match(plain)
    if match is None:
        return Reading("", f"the {noun} does not begin with a code" if plain else "")
    found = match[1].upper()
    return Reading(found, "" if found in known else f"{found} is no code of a {noun} that is known")
