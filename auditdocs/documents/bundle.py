"""A zip file of forms: each member a file of its own, bounded before it is unpacked.

The gate of forms counts what is unpacked while it is read; a bundle within a bundle is refused.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from auditdocs.documents.package import MOST_ENTRIES, entries
from auditdocs.documents.unzip import NOT_WHOLE
from auditdocs.documents.zip_parts import listed_entries
from auditdocs.errors import FormFault

MOST_FILES = 500
_TAKEN = (".docx", ".docm", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".csv", ".pdf")
_OTHER_PACKAGES = frozenset({"[content_types].xml", "mimetype", "content.xml"})


def is_bundle(data: bytes) -> bool:
    """Whether the bytes are a zip file that holds files people send, and no document itself."""
    if not data.startswith(b"PK") or listed_entries(data) > MOST_ENTRIES:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except NOT_WHOLE:
        return False
    return not names & _OTHER_PACKAGES and any(name.endswith(_TAKEN) for name in names)


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of a bundle one after another, each with its name, "/" for its folders.

    Raises FormFault when it comes to what is wrong: see `names`.
    """
    yield from entries(data)


def names(data: bytes) -> tuple[str, ...]:
    """The names of a bundle's files, all of which have been unpacked on trial.

    Raises FormFault for one that is not whole, locked, too large, or holds another bundle.
    """
    found = []
    for name, member in members(data):
        if is_bundle(member):
            raise _to_be_unpacked("nested-zip", "The zip file holds another zip file.")
        found.append(name)
    if len(found) > MOST_FILES:
        raise _to_be_unpacked("too-many", f"The zip file holds more than {MOST_FILES} files.")
    return tuple(found)


def _to_be_unpacked(kind: str, text: str) -> FormFault:
    return FormFault(kind, text, hint="Unpack it and put the forms in the inbox.")
