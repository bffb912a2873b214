"""Annex A's spelling of the codes that made-up cases use, by what a Case says.

Source: domain.md B2 (Codes).
"""

from collections.abc import Mapping
from string import ascii_lowercase

GENDERS: Mapping[str, str] = {
    "Male": "a) Male",
    "Female": "b) Female",
    "Not stated/recorded": "c) Not stated/recorded",
}
_ETHNIC_ORDER = "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH"
ETHNICITIES: Mapping[str, str] = {
    code: f"{letter}) {code}"
    for letter, code in zip(
        ascii_lowercase, [*_ETHNIC_ORDER.split(), "CHNE", "OOTH", "REFU"], strict=False
    )
}
YES_NO: Mapping[str, str] = {"Yes": "a) Yes", "No": "b) No", "": "c) Unknown"}
STATUSES: Mapping[str, str] = {
    "looked after": "a) Looked after child",
    "child protection": "b) Child Protection plan",
    "child in need": "c) Child in need plan",
    "open assessment": "d) Open assessment",
    "closed": "e) Closed episode",
}
NEEDS: Mapping[str, str] = {
    "N1": "N1 - Abuse or neglect",
    "N2": "N2 - Child’s disability",
    "N3": "N3 - Parental illness or disability",
    "N4": "N4 - Family in acute stress",
    "N5": "N5 - Family dysfunction",
    "N6": "N6 - Socially unacceptable behaviour",
    "N8": "N8 - Absent parenting",
}
CATEGORIES: Mapping[str, str] = {
    "Neglect": "a) Neglect",
    "Physical abuse": "b) Physical abuse",
    "Emotional abuse": "d) Emotional abuse",
}
LEGAL_STATUSES: Mapping[str, str] = {
    "C1": "C1: ICO",
    "C2": "C2: FCO",
    "E1": "E1: Placement order",
    "J1": "J1: Remanded to LA or youth detention",
    "V2": "V2: Single period under S20",
    "V4": "V4: Short term breaks, agreements recorded",
}
PLACEMENTS: Mapping[str, str] = {
    "A5": "i) A5: Placed for adoption - order - foster carer",
    "H5": "n) H5: Residential accommodation",
    "K2": "p) K2: Children’s Homes",
    "P1": "k) P1: Placed with parents",
    "R5": "t) R5: Young Offender Institution",
    "U3": "c) U3: Foster placement - relative - not FFA",
    "U4": "d) U4: Foster placement - long term",
    "U6": "f) U6: Foster placement - not FFA",
}
PROVIDERS: Mapping[str, str] = {
    "PR0": "a) PR0: Parents/Parental responsibility",
    "PR1": "b) PR1: Own provision",
    "PR3": "d) PR3: Other public provision",
    "PR4": "e) PR4: Private provision",
}
PLANS: Mapping[str, str] = {
    "Return to family": "a) Return to family",
    "Adoption": "b) Adoption",
    "SGO/CAO": "c) SGO/CAO",
    "Supported living in the community": "d) Supported living in the community",
    "Long-term residential placement": "e) Long-term residential placement",
    "Long-term fostering": "f) Long-term fostering",
    "other": "g) other",
}
REFERRAL_SOURCES = (
    "a) 1A: Individual",
    "e) 2A: Schools",
    "e) 2A: Schools",
    "h) 3B: Health services",
    "m) 4: Housing",
    "p) 5C: LA services",
    "q) 6: Police",
    "q) 6: Police",
)
CEASED = "e) E4A: Returned home to live with parents or relatives - part of planning"
NO_LONGER_IN_NEED = "RC7 - Services ceased for any other reason, including child no longer in need"
NO_FURTHER_ACTION = "RC8 - Case closed after assessment, no further action"
