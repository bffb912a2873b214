"""What may be used in a form's template, each thing with words that say what it is.

Source: cli.md (template fields).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from auditdocs.model.contract import AGREED, FACETS, Contract
from auditdocs.model.form import ROWS_OF_FAMILY

TAG, CONTROL, BOOKMARK = "tag", "control", "bookmark"


class Word(NamedTuple):
    """One thing a template may use: what it is, how it is written, and what it stands for."""

    kind: str
    written: str
    text: str


_PARTS = {**FACETS, **AGREED}
_OWN: Mapping[str, str] = {
    "audit_id": "the audit's reference",
    "type_key": "the key of the audit type",
    "type_version": "the version of the form",
    "fingerprint": "the fingerprint of the contract",
    "form_name": "title and version of the form",
    "service_name": "the service's name, from auditdocs.toml",
    "marking": "the marking, from auditdocs.toml",
    "printed": "the ids of the items on this form, for: {% if 'ID' in printed %}",
    "sections": "the numbers of the sections on this form",
    "advice": "what the extract says of an item: {{ advice.ID }}",
    "labels": "an item's label as it reads for this case: {{ labels.ID }}",
}


def template_words(contract: Contract, names: Mapping[str, object]) -> tuple[Word, ...]:
    """Every name, control and bookmark of a contract's template, in the form's order."""
    return tuple(_words(contract, names))


def _words(contract: Contract, names: Mapping[str, object]) -> Iterator[Word]:
    labels = {field.name: field.label for field in contract.header} | dict(_OWN)
    for name in names:
        yield Word(TAG, f"{{{{ {name} }}}}", labels.get(name, ""))
    for field in contract.fields():
        yield Word(CONTROL, field.name, field.label)
    for item in contract.items:
        yield Word(BOOKMARK, f"q_{item.id}", f"round the label of {item.title}")
        for part in item.parts:
            yield Word(CONTROL, f"{item.id}.{part}", f"{item.title}: {_PARTS[part]}")
        if not item.parts:
            yield Word(CONTROL, item.id, item.title)
        if item.comment_key:
            yield Word(CONTROL, item.comment_key, f"{item.title}: comment")
    yield from _columns(contract)


def _columns(contract: Contract) -> Iterator[Word]:
    if added := ROWS_OF_FAMILY.get(contract.family):
        for name, label in added.columns.items():
            yield Word(CONTROL, f"{added.prefix}.{name}", f"{added.section}: {label}")
