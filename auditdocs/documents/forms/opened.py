"""A returned form asked about by its bytes: what it says it is, then what is written in it.

Both are asked in a process that may fall over, where the document last opened is kept, so that a
form is parsed once.
"""

from functools import lru_cache

from auditdocs.documents.forms.read import Document, document, form, identity
from auditdocs.documents.package import package
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Identity


def identity_of(data: bytes) -> Identity:
    """What a Word document says it is. Raises FormFault for what is no sound Word document."""
    return identity(_document(data))


def form_of(data: bytes, contract: Contract) -> Form:
    """A Word document read by a contract; nothing is checked yet. Raises FormFault."""
    return form(_document(data), contract)


@lru_cache(maxsize=1)
def _document(data: bytes) -> Document:
    return document(package(data))
