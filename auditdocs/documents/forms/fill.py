"""A form filled: a template prepared once, then one case's values in it, again and again.

Preparing finds the row of each item by its bookmark and each section by its heading's, so that a
form prints only what applies to its case; nobody writes a tag for that. What a form designer does
write is docxtpl's own: `{{ child_id }}` and the like.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from auditdocs.documents.forms.identity import with_identity
from auditdocs.documents.package import Package, package, parsed
from auditdocs.documents.templates.engine import (
    HINT,
    Compiled,
    Values,
    compiled,
    joined,
    missing_values,
)
from auditdocs.documents.templates.tags import faults, open_tags
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import BODY
from auditdocs.documents.zip_parts import Packed, packed, zip_of
from auditdocs.errors import FormFault, TemplateFault
from auditdocs.model.contract import Contract
from auditdocs.rules.references import references_in

_W = f"{{{NAMESPACES['w']}}}"
_VALUE = f"{_W}val"
_FIRST_TAG = re.compile(r"\{\{(.*?)\}\}")
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

    parts: Mapping[str, Packed]
    """Every part by name, in package order; those with tags are replaced when filled."""
    tagged: tuple[Compiled, ...]
    controls: Mapping[str, int]
    """Item id to the controls in its row; "" to all the others."""
    prompts: Mapping[str, str]
    """What an empty control shows, to the kind of control that shows it."""

    def filled(self, values: Values, *, blank: bool = False) -> bytes:
        """One form. `values["printed"]` lists the ids of the items on it.

        A blank form's header can be typed in. Raises TemplateFault when a value is missing or the
        form did not come out whole.
        """
        if fault := missing_values(self.tagged, values):
            raise fault
        filled = {part.name: part.rendered(values) for part in self.tagged}
        self._refuse_what_is_not_whole(filled[BODY], values["printed"])
        if blank:
            filled[BODY] = _to_be_typed_in(filled[BODY], self.prompts)
        fresh = {name: packed(name, part) for name, part in filled.items()}
        return zip_of({**self.parts, **fresh}.values())

    def _refuse_what_is_not_whole(self, body: bytes, printed: Iterable[str]) -> None:
        expected = self.controls[""] + sum(self.controls[item] for item in printed)
        if body.count(b"<w:tag ") != expected:
            raise TemplateFault(
                "The filled form has lost some of its answer fields.",
                where=BODY,
                hint="A tag of the template hides them: take it out, or let the contract say "
                "for which cases an item is printed.",
            )


def prepared(template: bytes, contract: Contract) -> PreparedForm:
    """A template made ready. Raises one TemplateFault that names all that is wrong with it."""
    sound = _sound(template)
    body = parsed(sound.parts[BODY], BODY)
    rows = _item_rows(body)
    wrong = [*_row_faults(rows, contract), *_issued_faults(body), *open_tags(sound.parts)]
    _print_only_what_applies(body, rows)
    parts = {**with_identity(sound.parts), BODY: _written(body)}
    tagged = joined(parts)
    known = {*_ALWAYS_KNOWN, *(field.name for field in contract.fields())}
    wrong += faults(tagged, known)
    if wrong:
        raise TemplateFault("\n".join(wrong), hint=HINT)
    return PreparedForm(
        parts={name: packed(name, part) for name, part in parts.items()},
        tagged=compiled(tagged),
        controls=_controls(body, rows),
        prompts={prompt: kind for kind, prompt in contract.prompts.items()},
    )


def _sound(template: bytes) -> Package:
    try:
        sound = package(template)
        parsed(sound.parts[BODY], BODY)
    except FormFault as error:
        raise TemplateFault(error.text, where=error.where, hint=error.hint) from error
    return sound


def _item_rows(body: etree._Element) -> dict[str, etree._Element]:
    """Item id to its row, found by the bookmark in it."""
    found: dict[str, etree._Element] = {}
    for mark in body.iter(f"{_W}bookmarkStart"):
        name = mark.get(f"{_W}name", "")
        row = next(mark.iterancestors(f"{_W}tr"), None)
        if name.startswith("q_") and row is not None:
            found[name[2:]] = row
    return found


def _row_faults(rows: Mapping[str, etree._Element], contract: Contract) -> Iterator[str]:
    ids = [item.id for item in contract.items]
    yield from (f"{item}: the form has no row for it" for item in ids if item not in rows)
    yield from (f"{item}: the contract has no such item" for item in rows if item not in ids)


def _issued_faults(body: etree._Element) -> Iterator[str]:
    if references_in("".join(str(text) for text in body.itertext())):
        yield "the template names an audit: it is a form that was issued, not the form to issue"


def _controls(body: etree._Element, rows: Mapping[str, etree._Element]) -> dict[str, int]:
    counts = {item: _count(row) for item, row in rows.items()}
    return {**counts, "": _count(body) - sum(counts.values())}


def _count(element: etree._Element) -> int:
    return sum(1 for _ in element.iter(f"{_W}tag"))


def _print_only_what_applies(body: etree._Element, rows: Mapping[str, etree._Element]) -> None:
    for item, row in rows.items():
        _when(row, row, f"'{item}' in printed")
    for mark in body.iter(f"{_W}bookmarkStart"):
        name = mark.get(f"{_W}name", "")
        heading = next(mark.iterancestors(f"{_W}p"), None)
        if name.startswith("s_") and heading is not None:
            _when(heading, _table_after(heading), f"'{name[2:]}' in sections")
    for note in body.iter(f"{_W}p"):
        style = note.find(f"{_W}pPr/{_W}pStyle")
        value = _FIRST_TAG.search("".join(str(text) for text in note.itertext()))
        if style is not None and style.get(_VALUE) == "ExtractNote" and value:
            _when(note, note, value[1].strip())


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


def _to_be_typed_in(body: bytes, prompts: Mapping[str, str]) -> bytes:
    """The body with those printed controls open that show a prompt, as Word opens an empty one."""
    root = parsed(body, BODY)
    for lock in root.iter(f"{_W}lock"):
        control = next(lock.iterancestors(f"{_W}sdt"))
        kind = prompts.get("".join(str(text) for text in control.itertext()))
        if kind and lock.get(_VALUE) == "sdtContentLocked":
            lock.set(_VALUE, "sdtLocked")
            _show_prompt(lock, control, kind)
    return _written(root)


def _show_prompt(lock: etree._Element, control: etree._Element, kind: str) -> None:
    """Word takes the prompt away at the first letter typed, and puts it back when all are gone."""
    placeholder = etree.Element(f"{_W}placeholder")
    etree.SubElement(placeholder, f"{_W}docPart", {_VALUE: f"AD_{kind}"})
    showing = etree.Element(f"{_W}showingPlcHdr")
    lock.addnext(placeholder)
    placeholder.addnext(showing)
    for run in control.iter(f"{_W}r"):
        look = etree.Element(f"{_W}rPr")
        etree.SubElement(look, f"{_W}rStyle", {_VALUE: "PlaceholderText"})
        run.insert(0, look)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
