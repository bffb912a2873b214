"""A form filled: a template prepared once, then one case's values in it, again and again.

Preparing finds the row of each item and the tables of each section, so that a form prints only what
applies to its case; nobody writes a tag for that. What a form designer does
write is docxtpl's own: `{{ child_id }}` and the like.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from auditdocs.documents.forms.identity import with_identity
from auditdocs.documents.forms.rows import Rows, item_rows, print_only_what_applies
from auditdocs.documents.package import parsed
from auditdocs.documents.templates.engine import (
    HINT,
    Compiled,
    Values,
    compiled,
    joined,
    missing_values,
)
from auditdocs.documents.templates.gate import refuse, sound_package, vocabulary_of
from auditdocs.documents.templates.one_tag import Vocabulary
from auditdocs.documents.templates.stories import Story, stories
from auditdocs.documents.templates.tags import shape_remarks, tag_remarks
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import BODY
from auditdocs.documents.zip_parts import Packed, packed, packed_quickly, zip_of
from auditdocs.errors import TemplateFault
from auditdocs.model.contract import Contract
from auditdocs.model.lint import Remark
from auditdocs.rules.references import references_in

_W = f"{{{NAMESPACES['w']}}}"
_VALUE = f"{_W}val"
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
        fresh = {name: packed_quickly(name, part) for name, part in filled.items()}
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
    sound = sound_package(template)
    told = stories(sound)
    body = told[0].root
    rows = item_rows(body, contract)
    wrong = [*_row_remarks(told[0], rows, contract), *issued_remarks(told[0])]
    wrong += tag_remarks(sound, told, vocabulary(contract))
    refuse(wrong)
    print_only_what_applies(body, rows, contract)
    parts = {**with_identity(sound.parts), BODY: _written(body)}
    tagged = joined(parts)
    refuse(shape_remarks(tagged))
    return PreparedForm(
        parts={name: packed(name, part) for name, part in parts.items()},
        tagged=compiled(tagged),
        controls=_controls(body, rows),
        prompts={prompt: kind for kind, prompt in contract.prompts.items()},
    )


def vocabulary(contract: Contract) -> Vocabulary:
    """The names that the template of a form may use; advice and labels have a key for each item."""
    items = frozenset(item.id for item in contract.items)
    plain = vocabulary_of((*_ALWAYS_KNOWN, *(field.name for field in contract.header)))
    return {**plain, "advice": items, "labels": items}


def _row_remarks(body: Story, rows: Rows, contract: Contract) -> Iterator[Remark]:
    """The items without a row: told in full by the check of a form (carriers)."""
    ids = [item.id for item in contract.items]
    for item in ids:
        if item not in rows:
            yield body.remark("id-missing", None, f"{item}: the form has no row for it", HINT)
    for item, row in rows.items():
        if item not in ids:
            yield body.remark("id-unknown", row, f"{item}: the contract has no such item", HINT)


def issued_remarks(body: Story) -> Iterator[Remark]:
    """The remark on a template that is a form of one audit, filled in once."""
    if references_in("".join(str(text) for text in body.root.itertext())):
        told = "the template names an audit: it is a form that was issued, not the form to issue"
        yield body.remark("issued-form", None, told, "Take the form that template new builds.")


def _controls(body: etree._Element, rows: Rows) -> dict[str, int]:
    counts = {item: _count(row) for item, row in rows.items()}
    return {**counts, "": _count(body) - sum(counts.values())}


def _count(element: etree._Element) -> int:
    return sum(1 for _ in element.iter(f"{_W}tag"))


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
    """Word takes the prompt away at the first letter typed, and puts one back when all are gone.

    Templates in use have no block for the short prompt of a field: that for text is put back.
    """
    part = "text" if kind == "field" else kind
    placeholder = etree.Element(f"{_W}placeholder")
    etree.SubElement(placeholder, f"{_W}docPart", {_VALUE: f"AD_{part}"})
    showing = etree.Element(f"{_W}showingPlcHdr")
    lock.addnext(placeholder)
    placeholder.addnext(showing)
    for run in control.iter(f"{_W}r"):
        look = etree.Element(f"{_W}rPr")
        etree.SubElement(look, f"{_W}rStyle", {_VALUE: "PlaceholderText"})
        run.insert(0, look)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
