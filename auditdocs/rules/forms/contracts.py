"""A contract read: the text of a form's .toml to the Contract that everything else follows.

Key, prefix, title, version and sections of items with id, label and type are enough for a working
form; whatever else a contract leaves out is filled in here. Every fault is told at once.

Source: house.md 4 ("a form is its contract"), forms.md; cadence, days and selection of a contract
that names none are our decision, 2026-10-01.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from auditdocs.errors import ContractFault
from auditdocs.model.contract import FACETS, Advice, Check, Choice, Contract, Field, Item, Section
from auditdocs.rules.forms.contract_faults import faults, numbered, parts_of, tables_in
from auditdocs.rules.forms.contract_shapes import SHEET_LENGTH, Table
from auditdocs.rules.forms.fields import PROMPTS
from auditdocs.rules.toml_text import toml_table

_DEFAULTS: Mapping[str, Any] = {
    "intro": "",
    "cadence": "month",
    "selection": "oldest-first",
    "due_days": 28,
    "names_theme": False,
    "follow_up": ("contact-sheet",),
}
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]+")


def contract(text: str, *, where: str = "") -> Contract:
    """The contract that a .toml holds; its fingerprint is the SHA-256 of the text.

    Line ends and a byte order mark do not count: Windows editors and version control change them.
    `where` names the file in a fault. Raises ContractFault, which tells every fault there is.
    """
    plain = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    return _read(plain, where)


@lru_cache(maxsize=256)
def _read(plain: str, where: str) -> Contract:
    """The same text is read once: a ledger asks for every version of every contract again."""
    table = _toml(plain, where)
    if found := tuple(faults(table)):
        raise ContractFault(_told(found), where=where, hint="Correct the contract and try again.")
    return _contract(table, fingerprint=hashlib.sha256(plain.encode()).hexdigest())


def _toml(text: str, where: str) -> Table:
    try:
        return toml_table(text)
    except ValueError as error:
        hint = 'Look at that line: words stand in "quotes", lists in [brackets].'
        told = f"The contract cannot be read {error}."
        raise ContractFault(told, where=where, hint=hint) from error


def _told(found: tuple[str, ...]) -> str:
    count = "a fault" if len(found) == 1 else f"{len(found)} faults"
    return "\n".join((f"The contract has {count}:", *(f"- {fault}" for fault in found)))


def _contract(table: Table, *, fingerprint: str) -> Contract:
    names_theme = table.get("names_theme", False)
    usual = parts_of(table)
    parts: dict[str, Any] = {
        "sheet": table.get("sheet") or sheet_name(table["title"]) or table["key"],
        "targets": dict(table.get("targets", {})),
        "header": tuple(field for field in usual.header if names_theme or field.name != "theme"),
        "auditor": tuple(_fields(table, "auditor")) or usual.auditor,
        "sections": tuple(_sections(table)),
        "sign_off": tuple(_fields(table, "sign_off")) or usual.sign_off,
        "prompts": {**PROMPTS, **table.get("prompts", {})},
    }
    return Contract(fingerprint=fingerprint, **{**_DEFAULTS, **_frozen(table), **parts})


def sheet_name(title: str) -> str:
    """The title as Excel takes it for the name of a sheet."""
    return _NOT_IN_A_SHEET_NAME.sub(" ", title)[:SHEET_LENGTH].strip(" '")


def _sections(table: Table) -> Iterator[Section]:
    printed = numbered(table)
    for place, section in enumerate(tables_in(table, "sections"), start=1):
        items = islice(printed, len(tables_in(section, "items")))
        parts: dict[str, Any] = {
            "key": str(place),
            "items": tuple(_item(item, number, section=str(place)) for number, item in items),
        }
        yield Section(**(_frozen(section) | parts))


def _item(table: Table, number: str, *, section: str) -> Item:
    parts: dict[str, Any] = {
        "number": number,
        "section": section,
        "facets": tuple(facet for facet in FACETS if facet in table.get("facets", ())),
        "relabel": dict(table.get("relabel", {})),
        "choices": _choices(table),
        "advice": tuple(Advice(**_frozen(advice)) for advice in tables_in(table, "advice")),
        "check": next((Check(**_frozen(check)) for check in tables_in(table, "check")), None),
    }
    return Item(**(_frozen(table) | parts))


def _fields(table: Table, key: str) -> Iterator[Field]:
    for field in tables_in(table, key):
        yield Field(**(_frozen(field) | {"choices": _choices(field)}))


def _choices(table: Table) -> tuple[Choice, ...]:
    return tuple(Choice(**choice) for choice in tables_in(table, "choices"))


def _frozen(table: Table) -> dict[str, Any]:
    """The table with lists as tuples: the keys of a contract are the fields of its values."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
