"""Counts that know what they were counted from, so that every figure can be traced to its forms.

Source: domain.md G ("every figure lists the form ids behind it").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

FEW = 10
"""Of fewer than this no percentage is given."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and the audits behind it.

    Of audits there are as many as the number says; of what an audit may have several of, such as
    recommendations or answers, there may be fewer.
    """

    value: int = 0
    audits: tuple[str, ...] = ()
    """Audit ids in order, each once."""


Spread = Mapping[str, Counted]
"""The answers of a scale, in its order, each with how often it was given; 0 where it was not."""


def counted(audit_ids: Iterable[str]) -> Counted:
    """How many there are, given the audit id of each."""
    found = sorted(audit_ids)
    return Counted(len(found), tuple(dict.fromkeys(found)))


def together(counts: Iterable[Counted]) -> Counted:
    """The counts added up; none of the things counted may be in two of them."""
    added = tuple(counts)
    behind = sorted(chain.from_iterable(each.audits for each in added))
    return Counted(sum(each.value for each in added), tuple(dict.fromkeys(behind)))


def named_first(labels: Iterable[str]) -> list[str]:
    """The labels by alphabet, each once, and "" last."""
    return sorted(set(labels), key=lambda label: (not label, label))


def by_label(found: Iterable[tuple[str, str]], *, order: Iterable[str] = ()) -> Spread:
    """The count of each label, given label and audit id of each thing counted.

    The labels of `order` come first and always, 0 where there is none; others by alphabet.
    """
    behind: dict[str, list[str]] = {label: [] for label in order}
    known = len(behind)
    for label, audit_id in found:
        behind.setdefault(label, []).append(audit_id)
    labels = [*behind]
    return {label: counted(behind[label]) for label in (*labels[:known], *sorted(labels[known:]))}


def percent(part: int, whole: int) -> int | None:
    """The part in whole per cent, rounded half up; None of fewer than FEW."""
    return None if whole < FEW else (200 * part + whole) // (2 * whole)


def rate(part: int, whole: int) -> str:
    """The part in whole per cent, as people read it; "" of fewer than FEW.

    "0%" and "100%" are of none and of all: what is less or more is "under 1%" or "over 99%".
    """
    per_cent = percent(part, whole)
    if per_cent is None:
        return ""
    if per_cent == 0 and part:
        return "under 1%"
    return "over 99%" if per_cent == 100 and part < whole else f"{per_cent}%"
