"""A returned form asked about by its bytes: what it says it is, and what is written in it.

Both are asked in a process that may fall over, where the document last opened is kept, so that a
form is parsed once.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from auditdocs.documents.forms.read import Document, document, form, identity
from auditdocs.documents.package import package
from auditdocs.errors import FormFault
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Identity


@dataclass(frozen=True, slots=True)
class Reading:
    """A Word document as it was first looked at; nothing of it is trusted yet."""

    identity: Identity
    form: Form | None
    """What is written in it; None where no contract at hand is its, or it cannot be read by it."""


def reading_of(data: bytes, contracts: Mapping[str, Contract]) -> Reading:
    """What a Word document says it is, and its answers when it is of a contract that is current.

    `contracts` is by fingerprint. Raises FormFault for what is no sound Word document.
    """
    told = identity(_document(data))
    contract = contracts.get(told.fingerprint)
    found = None
    if contract is not None:
        with suppress(FormFault):  # who asks for the form is told why there is none
            found = form_of(data, contract)
    return Reading(told, found)


def form_of(data: bytes, contract: Contract) -> Form:
    """A Word document read by a contract; nothing is checked yet. Raises FormFault."""
    return form(_document(data), contract)


@lru_cache(maxsize=1)
def _document(data: bytes) -> Document:
    return document(package(data))
