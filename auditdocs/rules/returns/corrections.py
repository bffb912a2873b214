"""A corrected form beside the one before it: what is kept, what is asked again, what is told.

A correction of anything but the grade, the safety of the child and the recommendations leaves what
was discussed as it is. One that changes these opens the discussion anew: what was said of the
earlier form is kept and no longer counts. A recommendation that stays keeps its number, and with it
what staff wrote of it; a new one never gets the number of another.

Source: settled.md (corrected return); what is asked again is our decision, 2026-11-25.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from auditdocs.model.audit import ACCEPTED, HOME, Audit
from auditdocs.model.form import Recommendation, Record

STANDS = (
    "The form was corrected. Its grade and recommendations are as they were, so what was discussed "
    "and decided stands."
)
ANEW = (
    "The form was corrected after it had been discussed, in its grade or recommendations: it is to "
    "be discussed again. What was said of the earlier form is kept and no longer counts."
)


def is_to_be_discussed_anew(before: Record, after: Record) -> bool:
    """Whether the corrected form says anything else of what is discussed, agreed and decided."""
    judged = [(each.overall, each.safe, _actions(each)) for each in (before, after)]
    return judged[0] != judged[1]


def versions_discussed(versions: Sequence[tuple[int, Record]]) -> tuple[int, ...]:
    """Of the versions of a form, oldest first, those with which a discussion began."""
    anew = (
        number
        for (_, before), (number, after) in pairwise(versions)
        if is_to_be_discussed_anew(before, after)
    )
    return (*(number for number, _ in versions[:1]), *anew)


def renumbered(after: Record, before: Record, used: Collection[int]) -> Record:
    """The corrected record, each of its recommendations under the number it had before.

    One of the same words is the same; so is one that stands in its row, of the same question and
    owner, in other words. Others get the next number that no version used: `used` are all of those.
    """
    free = {each.number: each for each in before.recommendations}
    fresh = iter(range(max((*used, *free), default=0) + 1, 100_000))
    numbers: dict[int, int] = {}
    for is_it in (_is_same, _is_reworded):
        for new in after.recommendations:
            old = next((n for n, each in free.items() if is_it(new, each)), None)
            if new.number not in numbers and old is not None:
                numbers[new.number] = old
                del free[old]
    several = (
        replace(each, number=numbers.get(each.number) or next(fresh))
        for each in after.recommendations
    )
    return replace(after, recommendations=tuple(several))


def standing_after(
    audit: Audit, before: Record | None, after: Record, *, version: int, day: date
) -> Audit:
    """The audit as the form of that version, come back that day, leaves it: accepted, or where
    nothing that was discussed has changed, as it stood."""
    if before is not None and not is_to_be_discussed_anew(before, after):
        return audit
    return replace(
        audit,
        status=ACCEPTED,
        grade_auditor=after.overall,
        grade_final=after.overall,
        discussed_version=version,
        corrected=day if before else None,
    )


def told_of_correction(audit: Audit, before: Record | None, after: Record) -> Iterator[str]:
    """What the sender is told of a form that corrects one that was already talked over."""
    if before is not None and audit.status in HOME - {ACCEPTED}:
        yield ANEW if is_to_be_discussed_anew(before, after) else STANDS


def _actions(record: Record) -> list[Recommendation]:
    return [replace(each, number=0) for each in record.recommendations]


def _is_same(new: Recommendation, old: Recommendation) -> bool:
    return _plain(new.recommendation) == _plain(old.recommendation) and _task(new) == _task(old)


def _is_reworded(new: Recommendation, old: Recommendation) -> bool:
    return new.number == old.number and _task(new) == _task(old)


def _task(each: Recommendation) -> tuple[str, str]:
    return each.linked_item, _plain(each.owner_name)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
