"""Annex A, lists 3 to 8: made-up cases as a case system exports them for an inspection.

A column is its heading and what stands under it for one case. Headings and coded spelling are
Annex A's, ages are fractions of years and identities numbers, as they come.

Source: domain.md B2, B3.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.model.case import Case
from auditdocs.model.tables import Value
from auditdocs.rules.made_up import codes
from auditdocs.rules.made_up.chance import Chance
from auditdocs.rules.made_up.names import LOCAL_AUTHORITY

Rows = tuple[tuple[Value, ...], ...]

_SIX_MONTHS = timedelta(days=183)
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One case to be listed, the chance of what no Case holds, and the day of the lists."""

    case: Case
    chance: Chance
    data_date: date


_Column = tuple[str, Callable[[_Entry], Value]]


def annex_a_lists(cases: Sequence[Case], *, chance: Chance, data_date: date) -> Mapping[str, Rows]:
    """The sheets "List 3" to "List 8" by name, headings in row 1, in the order of the cases."""
    entries = [_entry(case, chance, data_date) for case in cases]
    return {
        "List 3": _rows(_LIST_3, [entry for entry in entries if _was_referred(entry)]),
        "List 4": _rows(_LIST_4, [entry for entry in entries if _was_assessed(entry)]),
        "List 5": _rows(_LIST_5, [entry for entry in entries if _was_enquired_into(entry)]),
        "List 6": _rows(_LIST_6, entries),
        "List 7": _rows(_LIST_7, [entry for entry in entries if entry.case.cp_start]),
        "List 8": _rows(_LIST_8, [entry for entry in entries if entry.case.care_start]),
    }


def _rows(columns: Sequence[_Column], entries: Sequence[_Entry]) -> Rows:
    headings = tuple(heading for heading, _ in columns)
    return (headings, *(tuple(value(entry) for _, value in columns) for entry in entries))


def _entry(case: Case, chance: Chance, data_date: date) -> _Entry:
    return _Entry(case, chance.about("row", int(case.child_id)), data_date)


def _was_referred(entry: _Entry) -> bool:
    return _is_recent(entry, entry.case.referral_date)


def _was_assessed(entry: _Entry) -> bool:
    return _is_recent(entry, entry.case.assess_start, entry.case.assess_end)


def _was_enquired_into(entry: _Entry) -> bool:
    return _is_recent(entry, entry.case.strategy_date)


def _is_recent(entry: _Entry, *days: date | None) -> bool:
    return any(day and entry.data_date - day <= _SIX_MONTHS for day in days)


def _age(entry: _Entry) -> float | None:
    born = entry.case.dob or entry.case.expected_dob
    if born is None:
        return None
    return -1 if born > entry.data_date else round((entry.data_date - born).days / 365.25, 3)


def _seen_in_assessment(entry: _Entry) -> str:
    seen, start = entry.case.last_seen, entry.case.assess_start
    return codes.YES_NO["Yes" if seen and start and seen >= start else "No"]


def _needs_support(entry: _Entry) -> str | None:
    outcome = codes.YES_NO["Yes" if entry.case.case_types else "No"]
    return outcome if entry.case.assess_end else None


def _closure(entry: _Entry) -> str | None:
    reason = codes.NO_LONGER_IN_NEED if entry.case.case_types else codes.NO_FURTHER_ACTION
    return reason if entry.case.close_date else None


def _placements(entry: _Entry) -> int:
    start, since = entry.case.placement_start, entry.data_date - _YEAR
    moved = start is not None and start > since and start != entry.case.care_start
    return 2 if moved else 1


def _missing(entry: _Entry) -> int:
    episodes = entry.chance.number("missing episodes", low=1, high=3)
    return episodes if entry.chance.happens("missing", one_in=12) else 0


def _interview(entry: _Entry) -> str | None:
    return codes.YES_NO["Yes"] if _missing(entry) else None


_CHILD: tuple[_Column, ...] = (
    ("Child Unique ID", lambda entry: int(entry.case.child_id)),
    ("Gender", lambda entry: codes.GENDERS[entry.case.gender]),
    ("Ethnicity", lambda entry: codes.ETHNICITIES[entry.case.ethnicity]),
    ("Date of Birth", lambda entry: entry.case.dob or entry.case.expected_dob),
    ("Age of Child (Years)", _age),
)
_DISABILITY: _Column = (
    "Does the Child have a Disability",
    lambda entry: codes.YES_NO[entry.case.disability],
)
_ALLOCATED: tuple[_Column, ...] = (
    ("Allocated Team", lambda entry: entry.case.team),
    ("Allocated Worker", lambda entry: entry.case.worker or None),
)
_LIST_3: tuple[_Column, ...] = (
    *_CHILD,
    ("Date of referral", lambda entry: entry.case.referral_date),
    ("Referral Source", lambda entry: entry.chance.one_of("source", codes.REFERRAL_SOURCES)),
    ("Referral NFA?", lambda _: "No"),
    (
        "Number of Referrals in Last 12 Months",
        lambda entry: entry.chance.number("referrals", low=1, high=3),
    ),
    *_ALLOCATED,
)
_LIST_4: tuple[_Column, ...] = (
    *_CHILD,
    _DISABILITY,
    ("Continuous Assessment Start Date", lambda entry: entry.case.assess_start),
    ("Child Seen During Continuous Assessment", _seen_in_assessment),
    ("Continuous Assessment Date of Authorisation", lambda entry: entry.case.assess_end),
    (
        "Was the child assessed as requiring LA children's social care support",
        _needs_support,
    ),
    *_ALLOCATED,
)
_LIST_5: tuple[_Column, ...] = (
    *_CHILD,
    _DISABILITY,
    (
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        lambda entry: entry.case.strategy_date,
    ),
    ("Was an Initial Child Protection Conference deemed unnecessary?", lambda _: "No"),
    ("Date of Initial Child Protection Conference", lambda entry: entry.case.icpc_date),
    (
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        lambda _: "Yes",
    ),
    ("Number of Section 47 Enquiries in the last 12 months", lambda _: 1),
    ("Number of ICPCs in the last 12 months", lambda _: 1),
    *_ALLOCATED,
)
_LIST_6: tuple[_Column, ...] = (
    *_CHILD,
    _DISABILITY,
    ("CIN Start Date", lambda entry: entry.case.open_date),
    ("Primary Need Code", lambda entry: codes.NEEDS[entry.case.primary_need]),
    ("Date Child Was Last Seen", lambda entry: entry.case.last_seen),
    ("CIN Closure Date", lambda entry: entry.case.close_date),
    ("Reason for Closure", _closure),
    ("Case status", lambda entry: codes.STATUSES[entry.case.case_status]),
    *_ALLOCATED,
)
_LIST_7: tuple[_Column, ...] = (
    *_CHILD,
    _DISABILITY,
    ("Child Protection Plan Start Date", lambda entry: entry.case.cp_start),
    ("Initial Category of Abuse", lambda entry: codes.CATEGORIES[entry.case.cp_category]),
    ("Latest Category of Abuse", lambda entry: codes.CATEGORIES[entry.case.cp_category]),
    ("Date of the Last Statutory Visit", lambda entry: entry.case.cp_last_visit),
    ("Was the Child Seen Alone?", lambda entry: codes.YES_NO[entry.case.cp_seen_alone]),
    ("Date of latest review conference", lambda entry: entry.case.cp_last_review),
    ("Child Protection Plan End Date", lambda entry: entry.case.cp_end),
    (
        "Subject to Emergency Protection Order or Protected Under Police Powers"
        " in Last Six Months (Y/N)",
        lambda _: codes.YES_NO["No"],
    ),
    (
        "Number of Previous Child Protection Plans",
        lambda entry: entry.chance.number("plans before", low=0, high=1),
    ),
    *_ALLOCATED,
)
_LIST_8: tuple[_Column, ...] = (
    *_CHILD,
    (
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        lambda entry: codes.YES_NO[entry.case.uasc],
    ),
    _DISABILITY,
    ("Date Started to be Looked After", lambda entry: entry.case.care_start),
    ("Child's Category of Need", lambda entry: codes.NEEDS[entry.case.primary_need]),
    (
        "Is this a second or subsequent period of being a Looked After Child"
        " within the last 12 months (Y/N)",
        lambda _: codes.YES_NO["No"],
    ),
    ("Start date of current legal status", lambda entry: entry.case.legal_start),
    ("Child's Legal Status", lambda entry: codes.LEGAL_STATUSES[entry.case.legal_status]),
    ("Date of Latest Statutory Review", lambda entry: entry.case.lac_last_review),
    ("Date of Last Social Work Visit", lambda entry: entry.case.lac_last_visit),
    (
        "What is the permanence plan for this child?",
        lambda entry: codes.PLANS[entry.case.permanence_plan],
    ),
    ("Date of Last IRO Visit / Contact to the Child", lambda entry: entry.case.iro_last_visit),
    ("Date of Last Health Assessment", lambda entry: entry.case.last_health),
    ("Date of Last Dental Check", lambda entry: entry.case.last_dental),
    ("Number of Placements in the Last 12 months", _placements),
    ("Date Ceased to be Looked After", lambda entry: entry.case.care_end),
    (
        "Reason Ceased to be Looked After",
        lambda entry: codes.CEASED if entry.case.care_end else None,
    ),
    ("Start Date of Most Recent Placement", lambda entry: entry.case.placement_start),
    ("Placement Type", lambda entry: codes.PLACEMENTS[entry.case.placement_type]),
    ("Placement Provider", lambda entry: codes.PROVIDERS[entry.case.placement_provider]),
    ("Placement postcode", lambda entry: entry.case.placement_postcode),
    ("URN of Placement", lambda entry: entry.case.placement_urn or None),
    (
        "Placement Location",
        lambda entry: "a) In" if entry.case.placement_la == LOCAL_AUTHORITY else "b) Out",
    ),
    ("LA of Placement", lambda entry: entry.case.placement_la),
    (
        "Number of Episodes the Child has been 'Missing' from their Placement"
        " in the last 12 months",
        _missing,
    ),
    (
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
        lambda _: 0,
    ),
    (
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        _interview,
    ),
    (
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        _interview,
    ),
    *_ALLOCATED,
)
