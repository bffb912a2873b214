"""What is wrong with a contract: every fault, each with its place and what to write instead.

The tables that TOML gives are held against their shapes (contract_shapes) and then looked at as a
whole; what passes is built without another look (contracts).
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from auditdocs.model.contract import CASE
from auditdocs.rules.forms.contract_checks import meant
from auditdocs.rules.forms.contract_shapes import Shape, Table, shape_of
from auditdocs.rules.forms.fields import PARTS, FormParts

_CONTRACT = "the contract"
_RESERVED = ("recommendations", "local_items")
"""The tags of the tables to which people add rows."""


def faults(table: Table) -> Iterator[str]:
    """Everything wrong with a contract, each a line for a person, none told twice."""
    yield from _faults_in(table, shape_of(table), _CONTRACT)
    yield from (f"{_CONTRACT}: {fault}" for fault in _faults_of_the_whole(table))


def tables_in(table: Table, key: str) -> tuple[Table, ...]:
    """The tables under a key, be it one table or a list; whatever else is there is left out."""
    value = table.get(key)
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, Mapping))


def parts_of(table: Table) -> FormParts:
    """The parts of a form of the table's family; those of a case's where it is not one known."""
    return PARTS.get(str(table.get("family")), PARTS[CASE])


def numbered(table: Table) -> Iterator[tuple[str, Table]]:
    """Each item of a contract with its printed number: its own, else section and place ("3.2")."""
    for section, items in enumerate(tables_in(table, "sections"), start=1):
        for place, item in enumerate(tables_in(items, "items"), start=1):
            yield str(item.get("number", f"{section}.{place}")), item


def _faults_in(table: Table, shape: Shape, place: str) -> Iterator[str]:
    own = tuple(_own_faults(table, shape)) or tuple(shape.together(table))
    yield from (f"{place}: {fault}" for fault in own)
    for key, inner in shape.inside.items():
        for nth, entry in enumerate(tables_in(table, key), start=1):
            yield from _faults_in(entry, inner, _place(place, inner, nth, entry))


def _place(outer: str, shape: Shape, nth: int, table: Table) -> str:
    """Where a table stands, for a person: "section 2, item 3 (q_risk)"."""
    known = table.get("id") or table.get("name")
    here = shape.noun if shape.single else f"{shape.noun} {nth}"
    told = f"{here} ({known})" if isinstance(known, str) else here
    return told if outer == _CONTRACT else f"{outer}, {told}"


def _own_faults(table: Table, shape: Shape) -> Iterator[str]:
    yield from (f"{key} is missing" for key in shape.required if key not in table)
    for key, value in table.items():
        if key in shape.inside:
            yield from _nesting_faults(key, value, shape.inside[key])
        elif key not in shape.checks:
            yield f'there is no key "{key}"; {meant(key, (*shape.checks, *shape.inside))}'
        elif complaint := shape.checks[key](value):
            yield f"{key} {complaint}"


def _nesting_faults(key: str, value: object, inner: Shape) -> Iterator[str]:
    if inner.single and not isinstance(value, Mapping):
        yield f"{key} must be one table, written [{key}]"
    elif not inner.single and not _is_tables(value):
        yield f"{key} must be one table or more, each written [[{key}]]"


def _is_tables(value: object) -> bool:
    entries = value if isinstance(value, list) else [value]
    return bool(entries) and all(isinstance(entry, Mapping) for entry in entries)


def _faults_of_the_whole(table: Table) -> Iterator[str]:
    for tag, count in Counter(_tags(table)).items():
        if count > 1:
            yield f'"{tag}" names {count} items or fields; each needs an id of its own'
    for number, count in Counter(number for number, _item in numbered(table)).items():
        if count > 1:
            yield f"{count} items have the number {number}"
    if sum(item.get("overall") is True for _number, item in numbered(table)) > 1:
        yield "more than one item is marked overall"
    auditor = tables_in(table, "auditor") if parts_of(table) is PARTS[CASE] else ()
    if auditor and not any(field.get("name") == "date_audited" for field in auditor):
        yield "the auditor's fields need one named date_audited, of type date"


def _tags(table: Table) -> Iterator[str]:
    """What every control of the form is tagged with: ids and names share one space."""
    parts = parts_of(table)
    yield from _RESERVED
    yield from (field.name for field in parts.header)
    for key, defaults in (("auditor", parts.auditor), ("sign_off", parts.sign_off)):
        given = [field.get("name") for field in tables_in(table, key)]
        yield from map(str, given or [field.name for field in defaults])
    yield from (str(item.get("id")) for _number, item in numbered(table) if "id" in item)
