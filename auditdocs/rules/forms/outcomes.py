"""What comes of a standard, given what is answered of each of its facets.

Source: domain.md A3.2 (result of a standard).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from auditdocs.model.form import Record

MET, NOT_MET, NOT_APPLICABLE, NOT_DUE = "met", "not_met", "na", "not_due"
RESULTS: Mapping[str, str] = {
    MET: "Met",
    NOT_MET: "Not met",
    NOT_APPLICABLE: "Not applicable",
    NOT_DUE: "Not due",
}
"""What may come of a standard, in words."""


def facets_said(record: Record) -> Mapping[str, Mapping[str, str]]:
    """Item id to the answer of each facet."""
    given: dict[str, dict[str, str]] = defaultdict(dict)
    for answer in record.answers:
        if answer.facet:
            given[answer.item_id][answer.facet] = answer.value
    return given


def standard_result(answers: Collection[str]) -> str:
    """What comes of a standard, a key of RESULTS, given the answers of its facets.

    One "no" and it is not met; else one "yes" and it is met; else not due, or not applicable.
    """
    if "no" in answers:
        return NOT_MET
    if "yes" in answers:
        return MET
    return NOT_DUE if "not_due" in answers else NOT_APPLICABLE
