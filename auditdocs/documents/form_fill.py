"""A form filled: a template prepared once, then one case's values in it, again and again.

Preparing finds the row of each item by its bookmark and each section by its heading's, so that a
form prints only what applies to its case; nobody writes a tag for that. What a form designer does
write is docxtpl's own: `{{ child_id }}` and the like.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from auditdocs.documents import form_parts
from auditdocs.documents.package import Package, package, parsed, zipped
from auditdocs.documents.template_engine import Compiled, Values, compiled, has_tags
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.errors import FormFault, TemplateFault
from auditdocs.model.contract import Contract

_W = f"{{{NAMESPACES['w']}}}"
_BODY = "word/document.xml"
_LOCKED = b'<w:lock w:val="sdtContentLocked"/>'
_UNLOCKED = b'<w:lock w:val="sdtLocked"/>'
_ALWAYS_KNOWN = (
    "audit_id",
    "type_key",
    "type_version",
    "fingerprint",
    "form_name",
    "service_name",
    "marking",
    "advice",
    "labels",
    "printed",
    "sections",
)


@dataclass(frozen=True, slots=True)
class PreparedForm:
    """A template ready to be filled any number of times."""

    still: Mapping[str, bytes]
    """Every part by name, in package order; those with tags are replaced when filled."""
    tagged: tuple[Compiled, ...]
    controls: Mapping[str, int]
    """Item id to the controls in its row; "" to all the others."""

    def filled(self, values: Values, *, blank: bool = False) -> bytes:
        """One form. `values["printed"]` lists the ids of the items on it.

        A blank form's header can be typed in. Raises TemplateFault when a value is missing or the
        form did not come out whole.
        """
        parts = dict(self.still)
        for part in self.tagged:
            parts[part.name] = part.rendered(values)
        if blank:
            parts[_BODY] = parts[_BODY].replace(_LOCKED, _UNLOCKED)
        self._refuse_what_is_not_whole(parts[_BODY], values["printed"])
        return zipped(parts)

    def _refuse_what_is_not_whole(self, body: bytes, printed: Iterable[str]) -> None:
        expected = self.controls[""] + sum(self.controls[item] for item in printed)
        parsed(body, _BODY)
        if body.count(b"<w:tag ") != expected:
            raise TemplateFault(
                "The filled form has lost some of its answer fields.",
                where=_BODY,
                hint="A tag of the template begins inside an answer field and ends outside it.",
            )


def prepared(template: bytes, contract: Contract) -> PreparedForm:
    """A template made ready. Raises TemplateFault that names every bad tag and missing item."""
    try:
        sound = package(template)
    except FormFault as error:
        raise TemplateFault(error.text, hint=error.hint) from error
    body = parsed(sound.parts[_BODY], _BODY)
    rows = _item_rows(body, contract)
    controls = _controls(body, rows)
    _print_only_what_applies(body, contract, rows)
    parts = {**_with_identity(sound), _BODY: etree.tostring(body)}
    tagged = {name: part.decode() for name, part in parts.items() if has_tags(part)}
    known = {*_ALWAYS_KNOWN, *(field.name for field in contract.fields())}
    return PreparedForm(parts, compiled(tagged, known), controls)


def _item_rows(body: etree._Element, contract: Contract) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for mark in body.iter(f"{_W}bookmarkStart"):
        name = mark.get(f"{_W}name", "")
        row = next(mark.iterancestors(f"{_W}tr"), None)
        if name.startswith("q_") and row is not None:
            found[name[2:]] = row
    ids = [item.id for item in contract.items]
    missing = [
        f"{item.id}: the form has no row for it" for item in contract.items if item.id not in found
    ]
    missing += [f"{name}: the contract has no such item" for name in found if name not in ids]
    if missing:
        raise TemplateFault("\n".join(missing), hint="Put the row back, or build the form anew.")
    return {item: found[item] for item in ids}


def _controls(body: etree._Element, rows: Mapping[str, etree._Element]) -> dict[str, int]:
    counts = {item: _count(row) for item, row in rows.items()}
    return {**counts, "": _count(body) - sum(counts.values())}


def _count(element: etree._Element) -> int:
    return sum(1 for _ in element.iter(f"{_W}tag"))


def _print_only_what_applies(
    body: etree._Element, contract: Contract, rows: Mapping[str, etree._Element]
) -> None:
    for item, row in rows.items():
        _when(row, row, f"'{item}' in printed")
    for mark in body.iter(f"{_W}bookmarkStart"):
        name = mark.get(f"{_W}name", "")
        if name.startswith("s_"):
            heading = next(mark.iterancestors(f"{_W}p"))
            _when(heading, _table_after(heading), f"'{name[2:]}' in sections")
    for note in body.iter(f"{_W}p"):
        style = note.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val") == "ExtractNote":
            text = "".join(str(piece) for piece in note.itertext()).strip()
            _when(note, note, text.removeprefix("{{").removesuffix("}}").strip())


def _table_after(heading: etree._Element) -> etree._Element:
    following = heading.itersiblings(f"{_W}tbl")
    return next(following, heading)


def _when(first: etree._Element, last: etree._Element, condition: str) -> None:
    """The elements from first to last stand only when the condition holds."""
    start, end = f"{{% if {condition} %}}", "{% endif %}"
    before = first.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + start
    else:
        parent = first.getparent()
        assert parent is not None
        parent.text = (parent.text or "") + start
    last.tail = end + (last.tail or "")


def _with_identity(sound: Package) -> dict[str, bytes]:
    """The parts with the identity's carriers in them, also where a designer's Word lost them."""
    parts = dict(sound.parts)
    fresh = form_parts.shell(title="", prompts={})
    if b"auditdocs.audit_id" not in parts.get("docProps/custom.xml", b""):
        parts["docProps/custom.xml"] = fresh["docProps/custom.xml"]
        parts["[Content_Types].xml"] = form_parts.with_custom_type(parts["[Content_Types].xml"])
        parts["_rels/.rels"] = form_parts.with_custom_link(parts["_rels/.rels"])
    if b"identifier" not in parts.get("docProps/core.xml", b""):
        parts["docProps/core.xml"] = form_parts.with_identifier(parts.get("docProps/core.xml", b""))
    return parts
