"""Who a form says it is where nobody looks: in its custom properties and its core identifier.

A designer's Word may lose these, or keep those of a form once issued; a template that is prepared
gets them anew (forms.md, identity).
"""

from collections.abc import Mapping

from lxml import etree

from auditdocs.documents.forms.parts import PROPERTY_TAGS, shell
from auditdocs.documents.package import parsed

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats"
_CUSTOM, _CORE = "docProps/custom.xml", "docProps/core.xml"
_LINKS: Mapping[str, tuple[str, str]] = {
    _CUSTOM: (
        f"{_TYPE}-officedocument.custom-properties+xml",
        f"{_OFFICE}/relationships/custom-properties",
    ),
    _CORE: (
        f"{_TYPE}-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
    ),
}
"""Content type and relation of each part."""

_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTY = f"{{{_OFFICE}/custom-properties}}property"
_TEXT = f"{{{_OFFICE}/docPropsVTypes}}lpwstr"
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


def with_identity(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template with the tags of the identity in them, each once."""
    whole = dict(parts)
    fresh = shell(title="", prompts={})
    for name, (content_type, relation) in _LINKS.items():
        if name not in whole:
            whole[name] = fresh[name]
            _announce(whole, name, content_type, relation)
    whole[_CUSTOM] = _with_properties(whole[_CUSTOM])
    whole[_CORE] = _with_identifier(whole[_CORE])
    return whole


def _announce(parts: dict[str, bytes], name: str, content_type: str, relation: str) -> None:
    """Tell the package of a part that it did not have."""
    types = parsed(parts["[Content_Types].xml"])
    space = types.tag.removesuffix("Types")
    etree.SubElement(types, f"{space}Override", PartName=f"/{name}", ContentType=content_type)
    links = parsed(parts["_rels/.rels"])
    space = links.tag.removesuffix("Relationships")
    link = {"Id": f"rIdAudit{len(links)}", "Type": relation, "Target": name}
    etree.SubElement(links, f"{space}Relationship", link)
    parts["[Content_Types].xml"], parts["_rels/.rels"] = _written(types), _written(links)


def _with_properties(part: bytes) -> bytes:
    """The custom properties with ours in the place of any that were ours."""
    properties = parsed(part)
    for row in [*properties]:
        if (row.get("name") or "").startswith("auditdocs."):
            properties.remove(row)
    taken = [row.get("pid") or "" for row in properties]
    first = max((int(pid) for pid in taken if pid.isdigit()), default=1) + 1
    for pid, (name, tag) in enumerate(PROPERTY_TAGS.items(), start=first):
        said = {"fmtid": _PROPERTY_SET, "pid": str(pid), "name": f"auditdocs.{name}"}
        row = etree.SubElement(properties, _PROPERTY, said)
        etree.SubElement(row, _TEXT).text = f"{{{{ {tag} }}}}"
    return _written(properties)


def _with_identifier(part: bytes) -> bytes:
    """The core properties with the audit id as the document's identifier."""
    core = parsed(part)
    identifier = core.find(_IDENTIFIER)
    if identifier is None:
        identifier = etree.SubElement(core, _IDENTIFIER)
    identifier.text = "{{ audit_id }}"
    return _written(core)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
