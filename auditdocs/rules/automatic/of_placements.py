"""Tests of where and by what order a child is looked after: legal status, placement, its address.

Source: domain.md B2 (codes), C2 (automatic tests); rule 529 of the looked-after children return (no
other public provider for these placements).
"""

import re

from auditdocs.model.case import LAC, Case
from auditdocs.rules.automatic.numbers import is_placeholder, is_postcode
from auditdocs.rules.automatic.test import (
    AutomaticTest,
    Surroundings,
    after,
    before_birth,
    is_in_area,
    passed,
)
from auditdocs.rules.calendar.dates import Limit
from auditdocs.rules.caseload.codes import (
    LEGAL_STATUSES,
    PLACEMENTS,
    SHORT_BREAKS,
    WITH_PARENTS,
)
from auditdocs.rules.caseload.matching import name_key

_INTERIM_ORDER = "C1"
_WEEKS_OF_AN_INTERIM_ORDER = Limit("cd", 26 * 7)
_PROVIDER = re.compile(r"\s*PR([0-5])(?![0-9])", re.IGNORECASE)
_PARENTS, _OTHER_PUBLIC = "0", "3"
_AGENCIES = frozenset({"4", "5"})
_HOMES = frozenset({"K1", "K2", "H5", "R1"})
_FOSTERING = frozenset({"U1", "U2", "U3", "U4", "U5", "U6"})
_ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
_NEVER_OTHER_PUBLIC = _FOSTERING | _ADOPTION | {"K1", "K2", WITH_PARENTS}
_NO_PROVIDER = frozenset({"T0", "T1", "T2", "T3", "T4", "Z1"})
_UNDER_AN_ORDER = frozenset({"C1", "C2"})


def provider_code(case: Case) -> str:
    """The figure of the placement provider's code, "" where there is none that is known."""
    match = _PROVIDER.match(case.placement_provider)
    return match[1] if match else ""


def _unknown_provider(case: Case, _: Surroundings) -> bool:
    needed = case.placement_type in PLACEMENTS - _NO_PROVIDER
    return needed and not provider_code(case)


def _other_provider(case: Case, _: Surroundings) -> bool:
    provider, placement = provider_code(case), case.placement_type
    if not provider or placement not in PLACEMENTS:
        return False
    with_parents = placement == WITH_PARENTS
    if with_parents != (provider == _PARENTS):
        return True
    return provider == _OTHER_PUBLIC and placement in _NEVER_OTHER_PUBLIC


def _placed_oddly(case: Case, round_it: Surroundings) -> bool:
    start = case.placement_start
    early = bool(start and case.care_start and start < case.care_start)
    return start is None or early or after(start, round_it)


def _status_oddly(case: Case, round_it: Surroundings) -> bool:
    start = case.legal_start
    return start is None or after(start, round_it) or before_birth(start, case)


def _interim_too_long(case: Case, round_it: Surroundings) -> bool:
    is_interim = case.legal_status == _INTERIM_ORDER
    return is_interim and passed(_WEEKS_OF_AN_INTERIM_ORDER, case.legal_start, round_it)


def _parents_without_order(case: Case, _: Surroundings) -> bool:
    known = case.legal_status in LEGAL_STATUSES
    return case.placement_type == WITH_PARENTS and known and not _is_under_order(case)


def _is_under_order(case: Case) -> bool:
    return case.legal_status in _UNDER_AN_ORDER


def _lives_away(case: Case) -> bool:
    """Whether the placement has an address that is to be known: not at home, not short breaks."""
    return case.placement_type != WITH_PARENTS and case.legal_status not in SHORT_BREAKS


def _no_urn(case: Case, _: Surroundings) -> bool:
    agency = case.placement_type in _FOSTERING and provider_code(case) in _AGENCIES
    return (agency or case.placement_type in _HOMES) and is_placeholder(case.placement_urn)


def _other_area(case: Case, round_it: Surroundings) -> bool:
    """Whether the placement is said to be in the area, and is in another authority; or the reverse.

    Which authority is our own is not in an extract: most placements said to be near are in it.
    """
    near, authority = is_in_area(case), name_key(case.placement_la)
    if near is None or not authority or not round_it.home:
        return False
    return near != (authority == round_it.home)


TESTS = tuple(
    AutomaticTest(code=code, words=words, fields=fields, fails=fails, applies=(LAC,))
    for code, words, fields, fails in (
        (
            "LEG01",
            "no legal status",
            ("legal_status",),
            lambda case, _: not case.legal_status,
        ),
        (
            "LEG02",
            "no code of a legal status that is known",
            ("legal_status",),
            lambda case, _: bool(case.legal_status) and case.legal_status not in LEGAL_STATUSES,
        ),
        (
            "LEG03",
            "the start is missing, after the extract's date or before birth",
            ("legal_start",),
            _status_oddly,
        ),
        (
            "LEG04",
            "an interim care order (C1) of more than 26 weeks",
            ("legal_status", "legal_start"),
            _interim_too_long,
        ),
        (
            "LEG05",
            "placed with parents (P1) without a care order",
            ("legal_status", "placement_type"),
            _parents_without_order,
        ),
        (
            "PLA01",
            "no placement type",
            ("placement_type",),
            lambda case, _: not case.placement_type,
        ),
        (
            "PLA02",
            "no code of a placement that is known",
            ("placement_type",),
            lambda case, _: bool(case.placement_type) and case.placement_type not in PLACEMENTS,
        ),
        (
            "PLA03",
            "no code of a placement provider that is known",
            ("placement_type", "placement_provider"),
            _unknown_provider,
        ),
        (
            "PLA04",
            "placement type and provider do not go together",
            ("placement_type", "placement_provider"),
            _other_provider,
        ),
        (
            "PLA05",
            "the start is missing, before care began or after the extract's date",
            ("placement_start",),
            _placed_oddly,
        ),
        (
            "PLC01",
            "no postcode of the placement",
            ("placement_postcode", "placement_type"),
            lambda case, _: _lives_away(case) and is_placeholder(case.placement_postcode),
        ),
        (
            "PLC02",
            "not the shape of a postcode",
            ("placement_postcode",),
            lambda case, _: (
                not is_placeholder(case.placement_postcode)
                and not is_postcode(case.placement_postcode)
            ),
        ),
        (
            "PLC03",
            "a home or agency without its URN",
            ("placement_urn", "placement_type"),
            _no_urn,
        ),
        (
            "PLC04",
            "no local authority of the placement",
            ("placement_la", "placement_type"),
            lambda case, _: _lives_away(case) and is_placeholder(case.placement_la),
        ),
        (
            "PLC05",
            "in or out of the area, and the authority of the placement, do not agree",
            ("placement_location", "placement_la"),
            _other_area,
        ),
    )
)
"""The tests, in the order of their items."""
