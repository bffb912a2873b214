"""The heading under which each question and each field stands in a form, for who is to mend it."""

from auditdocs.model.contract import CASE, Contract, Field
from auditdocs.rules.forms.fields import PARTS

SIGN_OFF, LATER = "Sign-off", "After the audit"

_SIGNED = "signed_"
"""What the names of signatures and of their dates begin with."""


def headings(contract: Contract) -> dict[str, str]:
    """Item id or name of a field to the heading over it: "3 Planning", "Sign-off"."""
    over = {
        item.id: f"{section.key} {section.title}"
        for section in contract.sections
        for item in section.items
    }
    over |= {field.name: PARTS[contract.family].record for field in contract.auditor}
    signed, later = parted_sign_off(contract)
    over |= {field.name: SIGN_OFF for field in signed}
    return over | {field.name: LATER for field in later}


def parted_sign_off(contract: Contract) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The signatures, and what is filled in once the form of a case is home."""
    is_case = contract.family == CASE
    signed = tuple(f for f in contract.sign_off if not is_case or f.name.startswith(_SIGNED))
    return signed, tuple(field for field in contract.sign_off if field not in signed)
