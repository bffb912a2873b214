"""A zip file of forms: each member a file of its own, bounded before it is unpacked.

The gate of forms counts what is unpacked while it is read; a bundle within a bundle is refused.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from auditdocs.documents.package import unpacked
from auditdocs.errors import FormFault

MOST_FILES = 500
_TAKEN = (".docx", ".docm", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".csv", ".pdf")
_OTHER_PACKAGES = frozenset({"[content_types].xml", "mimetype", "content.xml"})
_MOST_LISTED = 2_000


def is_bundle(data: bytes) -> bool:
    """Whether the bytes are a zip file that holds files people send, and no document itself."""
    if not data.startswith(b"PK") or data.count(b"PK\1\2") > _MOST_LISTED:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return not names & _OTHER_PACKAGES and any(name.endswith(_TAKEN) for name in names)


def members(data: bytes) -> Mapping[str, bytes]:
    """The files of a bundle by name, with "/" for its folders.

    Raises FormFault for one that is not whole, locked, too large, or holds another bundle.
    """
    files = unpacked(data)
    if len(files) > MOST_FILES:
        raise FormFault(
            "too-many",
            f"The zip file holds more than {MOST_FILES} files.",
            hint="Unpack it and put the forms in the inbox.",
        )
    if any(is_bundle(member) for member in files.values()):
        raise FormFault(
            "nested-zip",
            "The zip file holds another zip file.",
            hint="Unpack it and put the forms in the inbox.",
        )
    return files
