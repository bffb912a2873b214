"""What kind of case a child's is, and what is special about it.

Source: domain.md A3.8 (special cases), B2 (case types from list 6, 7 and 8).
"""

from collections.abc import Mapping
from datetime import date

from auditdocs.model.case import CIN, CP, LAC, STATUSES
from auditdocs.rules.calendar.dates import age_on
from auditdocs.rules.caseload.cells import Read
from auditdocs.rules.caseload.codes import REMAND, SHORT_BREAKS, WITH_PARENTS

_LOOKED_AFTER, _PLAN, _IN_NEED, _ASSESSMENT, _CLOSED = STATUSES


def birth(values: Mapping[str, Read], *, data_date: date) -> dict[str, Read]:
    """The values with dob, expected dob and age put right for each other.

    A dob after the data date is an expected one. The age is that on the data date where a dob is
    known, else as it stands; -1 for a child not yet born, whom some systems give as 0.
    """
    dob, expected = values.get("dob"), values.get("expected_dob")
    if isinstance(dob, date) and dob > data_date:
        dob, expected = None, dob
    age = age_on(dob, data_date) if isinstance(dob, date) else values.get("age")
    if age in (None, 0) and not dob and isinstance(expected, date) and expected > data_date:
        age = -1
    return {**values, "dob": dob, "expected_dob": expected, "age": age}


def case_types(values: Mapping[str, Read], *, has_status: bool) -> frozenset[str]:
    """The case types of a case: CP and LAC may stand together; CIN is neither.

    A plan or a care period with a start and no end tells; so does the status, which names only
    the first that applies. Without a status column a case that is neither is CIN.
    """
    status = values.get("case_status")
    cared_for = (values.get("care_start") or values.get("legal_status")) and not values.get(
        "care_end"
    )
    planned = values.get("cp_start") and not values.get("cp_end")
    kinds = {LAC} if cared_for or status == _LOOKED_AFTER else set()
    kinds |= {CP} if planned or status == _PLAN else set()
    in_need = status == _IN_NEED or not has_status
    return frozenset(kinds or ({CIN} if in_need else ()))


def circumstances(values: Mapping[str, Read], kinds: frozenset[str]) -> frozenset[str]:
    """The special cases that change what a form asks, of CIRCUMSTANCES.

    Those of care count only while the child is looked after. Source: domain.md A3.8.
    """
    holds = {
        "unborn": values.get("age") == -1,
        "uasc": values.get("uasc") == "Yes",
        "short_breaks": LAC in kinds and values.get("legal_status") in SHORT_BREAKS,
        "remand": LAC in kinds and values.get("legal_status") == REMAND,
        "with_parents": LAC in kinds and values.get("placement_type") == WITH_PARENTS,
    }
    return frozenset(name for name, so in holds.items() if so)
