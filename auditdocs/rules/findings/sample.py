"""The sample: what kinds of case were audited, beside all open cases.

Source: domain.md D1, 3.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.rules.findings.counts import Counted, by_label

UNBORN = "Unborn"
"""What a form's header shows for the age of a child not yet born."""

AGES = (UNBORN, "Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over")
NOT_RECORDED = "Not recorded"
_CODES: Mapping[str, str] = {
    "WBRI WIRI WIRT WROM WOTH": "White",
    "MWBC MWBA MWAS MOTH": "Mixed",
    "AIND APKN ABAN AOTH CHNE": "Asian",
    "BCRB BAFR BOTH": "Black",
    "OOTH": "Another group",
}
"""The codes of the CIN census and the 903 return, by the census group they are of."""

_WORDS: Mapping[str, str] = {
    "mixed, white and, dual heritage": "Mixed",
    "asian, indian, pakistani, bangladeshi, chinese": "Asian",
    "black, caribbean, african": "Black",
    "white, british, irish, gypsy, roma, caucasian": "White",
    "other, arab": "Another group",
}
"""How words begin that tell the group where there is no code; the first that is found decides."""

_BOUNDS = (0, 1, 5, 10, 16)
"""The age in whole years at which each band of AGES but the first begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of case: how many audits were of it, and how many open cases are."""

    label: str
    audited: Counted
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The audits returned in a period beside the caseload, by one characteristic after another."""

    audited: int
    open: int
    kinds: Mapping[str, tuple[Kind, ...]]
    """"Case type", "Age", "Gender", "Ethnicity" and "Team" to the kinds that either side has."""


def sample(audits: Iterable[Audit], cases: Iterable[Case], audited: Mapping[str, Case]) -> Sample:
    """The sample, given the audits returned and the open cases.

    An audit counts by what its header says, so by the case as it was when the form was issued; two
    audits of one child are two. No header prints the ethnicity: `audited` holds that case by audit
    id, from the caseload of that day.
    """
    audits, cases = tuple(audits), tuple(cases)
    kinds = {
        "Case type": _kinds(audits, case_types, (case.type_label for case in cases)),
        "Age": _kinds(audits, _age_printed, (age_band(case.age) for case in cases)),
        "Gender": _kinds(audits, _gender_printed, (case.gender for case in cases)),
        "Ethnicity": _kinds(
            audits,
            lambda audit: _ethnic_group_then(audited.get(audit.audit_id)),
            (ethnic_group(case.ethnicity) for case in cases),
        ),
        "Team": _kinds(audits, _team_then, (case.team for case in cases)),
    }
    return Sample(audited=len(audits), open=len(cases), kinds=kinds)


def case_types(audit: Audit) -> str:
    """The case types that the form's header shows: "CIN", "CP and LAC"."""
    return audit.header.get("case_types") or NOT_RECORDED


def age_band(age: int | None) -> str:
    """The band of AGES for an age in whole years, -1 before birth; NOT_RECORDED for None."""
    return NOT_RECORDED if age is None else AGES[sum(age >= bound for bound in _BOUNDS)]


def ethnic_group(told: str) -> str:
    """The census group that a code or its words stand for; NOT_RECORDED where they tell none."""
    plain = told.strip()
    for codes, group in _CODES.items():
        if plain.upper() in codes.split():
            return group
    words = " " + " ".join(re.findall(r"\w+", plain.casefold()))
    for beginnings, group in _WORDS.items():
        if any(f" {each}" in words for each in beginnings.split(", ")):
            return group
    return NOT_RECORDED


def _kinds(
    audits: Iterable[Audit], label_of: Callable[[Audit], str], cases: Iterable[str]
) -> tuple[Kind, ...]:
    held = Counter(label or NOT_RECORDED for label in cases)
    audited = by_label((label_of(audit), audit.audit_id) for audit in audits)
    return tuple(
        Kind(label=label, audited=audited.get(label, Counted()), open=held[label])
        for label in sorted({*audited, *held}, key=_place)
    )


def _place(label: str) -> tuple[bool, int, str]:
    """Where a kind stands: ages from young to old, others by alphabet, the unknown last."""
    return label == NOT_RECORDED, AGES.index(label) if label in AGES else 0, label


def _age_printed(audit: Audit) -> str:
    printed = audit.header.get("age", "")
    if printed == UNBORN:
        return UNBORN
    return age_band(int(printed) if printed.isdecimal() else None)


def _gender_printed(audit: Audit) -> str:
    return audit.header.get("gender") or NOT_RECORDED


def _ethnic_group_then(case: Case | None) -> str:
    return ethnic_group(case.ethnicity) if case else NOT_RECORDED


def _team_then(audit: Audit) -> str:
    return audit.team or NOT_RECORDED
