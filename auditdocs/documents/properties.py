"""What a document we made says of itself where nobody looks: its custom properties.

Word, LibreOffice and Google Docs keep them when a document is saved. A form says which audit it is
for; a letter, a report or a note says that it is one, so that it is not taken for a form when it
comes back.

Source: forms.md (identity).
"""

from collections.abc import Mapping

from lxml import etree

from auditdocs.documents.package import Package, parsed, unpacked, zipped

PART = "docProps/custom.xml"
OURS = "auditdocs."
MADE = ("letter", "report", "note")
"""The properties that say of a document that it is no form; each names the kind it is of."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = f"{_OFFICE}/relationships/custom-properties"
_SPACE = f"{_OFFICE}/custom-properties"
_PROPERTY = f"{{{_SPACE}}}property"
_TEXT = f"{{{_OFFICE}/docPropsVTypes}}lpwstr"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NONE = f'<Properties xmlns="{_SPACE}" xmlns:vt="{_OFFICE}/docPropsVTypes"/>'.encode()


def properties_of(package: Package) -> dict[str, str]:
    """The custom properties of a document by name."""
    root = package.xml(PART)
    if root is None:
        return {}
    rows = root.iter(_PROPERTY)
    return {row.get("name", ""): "".join(str(text) for text in row.itertext()) for row in rows}


def with_properties(parts: Mapping[str, bytes], ours: Mapping[str, str]) -> dict[str, bytes]:
    """The parts of a document with these properties in the place of any that were ours."""
    whole = dict(parts)
    if PART not in whole:
        whole[PART] = _NONE
        announce(whole, PART, _TYPE, _RELATION)
    properties = parsed(whole[PART])
    for row in [*properties]:
        if (row.get("name") or "").startswith(OURS):
            properties.remove(row)
    taken = [row.get("pid") or "" for row in properties]
    first = max((int(pid) for pid in taken if pid.isdigit()), default=1) + 1
    for pid, (name, text) in enumerate(ours.items(), start=first):
        said = {"fmtid": _PROPERTY_SET, "pid": str(pid), "name": f"{OURS}{name}"}
        row = etree.SubElement(properties, _PROPERTY, said)
        etree.SubElement(row, _TEXT).text = text
    whole[PART] = written(properties)
    return whole


def made_known(document: bytes, ours: Mapping[str, str]) -> bytes:
    """The same for a whole document, as python-docx saves it."""
    return zipped(with_properties(unpacked(document), ours))


def announce(parts: dict[str, bytes], name: str, content_type: str, relation: str) -> None:
    """Tell the package of a part that it did not have."""
    types = parsed(parts["[Content_Types].xml"])
    space = types.tag.removesuffix("Types")
    etree.SubElement(types, f"{space}Override", PartName=f"/{name}", ContentType=content_type)
    links = parsed(parts["_rels/.rels"])
    space = links.tag.removesuffix("Relationships")
    link = {"Id": f"rIdAudit{len(links)}", "Type": relation, "Target": name}
    etree.SubElement(links, f"{space}Relationship", link)
    parts["[Content_Types].xml"], parts["_rels/.rels"] = written(types), written(links)


def written(root: etree._Element) -> bytes:
    """An XML part as it stands in a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
