"""Who a form says it is where nobody looks: in its custom properties and its core identifier.

A designer's Word may lose these, or keep those of a form once issued; a template that is prepared
gets them anew (forms.md, identity).
"""

from collections.abc import Mapping

from lxml import etree

from auditdocs.documents.forms.parts import PROPERTY_TAGS, shell
from auditdocs.documents.package import parsed
from auditdocs.documents.properties import announce, with_properties, written

_CORE = "docProps/core.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


def with_identity(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template with the tags of the identity in them, each once."""
    tags = {name: f"{{{{ {tag} }}}}" for name, tag in PROPERTY_TAGS.items()}
    whole = with_properties(parts, tags)
    if _CORE not in whole:
        whole[_CORE] = shell(title="", prompts={})[_CORE]
        announce(whole, _CORE, _CORE_TYPE, _CORE_RELATION)
    whole[_CORE] = _with_identifier(whole[_CORE])
    return whole


def _with_identifier(part: bytes) -> bytes:
    """The core properties with the audit id as the document's identifier."""
    core = parsed(part)
    identifier = core.find(_IDENTIFIER)
    if identifier is None:
        identifier = etree.SubElement(core, _IDENTIFIER)
    identifier.text = "{{ audit_id }}"
    return written(core)
