"""Numbers that carry their own proof: NHS number, unique pupil number, postcode.

Source: NHS Data Dictionary, NHS NUMBER (modulus 11); Department for Education, unique pupil numbers
(check letter by modulus 23) and census rules 1510 to 1550; Royal Mail's forms of a postcode.
"""

import re

from auditdocs.rules.caseload.cells import filled

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters by remainder, 0 to 22: without I, O and S, which look like figures."""

NO_UPN = frozenset({"UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7", "UN8", "UN9", "UN10"})
"""What a return says in the place of a number that a child does not have."""

_SPACES = re.compile(r"[\s\u00a0-]+")
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)
_AUTHORITIES = (range(201, 395), range(420, 421), range(660, 710), range(800, 1000))
"""The numbers of local authorities and the like, England's and Wales's, since 1998."""

_POSTCODE = re.compile(r"GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", re.ASCII)
"""The shape alone: which areas and letters are in use changes, and no list of them is at hand."""

_FILLERS = frozenset(
    {"test", "dummy", "nfa", "no fixed abode", "not given", "see notes", "as above"}
)


def compact(text: str) -> str:
    """The text in capitals without spaces and hyphens."""
    return _SPACES.sub("", text).upper()


def is_placeholder(text: str) -> bool:
    """Whether the words stand for nothing: "not known", "TBC", "xxxx", "0000000000"."""
    plain = filled(text)
    signs = {sign for sign in plain.lower() if sign.isalnum()}
    return not signs or plain.lower() in _FILLERS or (len(plain) > 2 and len(signs) == 1)


def is_ten_digits(text: str) -> bool:
    """Whether an NHS number has its ten digits, however it is spaced."""
    plain = compact(text)
    return len(plain) == 10 and plain.isascii() and plain.isdigit()


def nhs_check_digit(nine: str) -> int | None:
    """The check digit of an NHS number's first nine, or None where no number begins so."""
    remainder = sum(
        int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)
    )
    check = (11 - remainder % 11) % 11
    return None if check == 10 else check


def is_nhs_number(text: str) -> bool:
    """Whether ten digits are a number that the NHS can have given."""
    plain = compact(text)
    return is_ten_digits(plain) and nhs_check_digit(plain[:9]) == int(plain[9])


def is_upn_shaped(text: str) -> bool:
    """Whether the text has the shape of a UPN: a letter, eleven figures, a figure or letter."""
    return _UPN.fullmatch(compact(text)) is not None


def upn_check_letter(twelve: str) -> str:
    """The check letter of a UPN's other twelve characters, weighted 2 to 13."""
    values = (int(s) if s.isdigit() else UPN_LETTERS.index(s) for s in twelve)
    return UPN_LETTERS[sum(v * weight for v, weight in zip(values, range(2, 14), strict=True)) % 23]


def has_upn_letter(text: str) -> bool:
    """Whether a UPN of the right shape begins with its check letter."""
    plain = compact(text)
    return upn_check_letter(plain[1:]) == plain[0]


def has_upn_authority(text: str) -> bool:
    """Whether the figures two to four of a UPN can be a local authority's number."""
    number = int(compact(text)[1:4])
    return any(number in numbers for numbers in _AUTHORITIES)


def is_postcode(text: str) -> bool:
    """Whether the text has the shape of a British postcode, with or without its space."""
    return _POSTCODE.fullmatch(compact(text)) is not None
