"""Where a template asks each item and each section, and how what does not apply is left out.

An item's row is found by the bookmark round its label, else by its answer control: a designer who
types the label anew loses the bookmark. A section is its heading, with the tables behind it that
hold its items and no other's.
"""

import re
from collections.abc import Mapping

from lxml import etree

from auditdocs.documents.templates.stories import PARAGRAPH, ROW, TABLE, W, bookmarks, controls
from auditdocs.model.contract import Contract

_VALUE = f"{W}val"
_FIRST_TAG = re.compile(r"\{\{(.*?)\}\}")

Rows = Mapping[str, etree._Element]
"""Item id to the row in which it is asked."""


def item_rows(body: etree._Element, contract: Contract) -> Rows:
    """The row of each item that the template asks."""
    found: dict[str, etree._Element] = {}
    for name, mark in bookmarks(body).items():
        row = next(mark.iterancestors(ROW), None)
        if name.startswith("q_") and row is not None:
            found[name[2:]] = row
    owners = {key: item.id for item in contract.items for key in item.keys}
    for tag, control in controls(body):
        row = next(control.iterancestors(ROW), None)
        if tag in owners and row is not None:
            found.setdefault(owners[tag], row)
    return found


def print_only_what_applies(body: etree._Element, rows: Rows, contract: Contract) -> None:
    """Put round each item, section and note of the extract the tags that leave it out."""
    for item, row in rows.items():
        _when(row, row, f"'{item}' in printed")
    sections = {item.id: item.section for item in contract.items}
    known = {f"s_{section.key}" for section in contract.sections}
    for name, mark in bookmarks(body).items():
        heading = next(mark.iterancestors(PARAGRAPH), None)
        if name in known and heading is not None:  # a name of a template's own is no condition
            last = _end_of_section(heading, name[2:], rows, sections)
            _when(heading, last, f"'{name[2:]}' in sections")
    for note in body.iter(PARAGRAPH):
        style = note.find(f"{W}pPr/{W}pStyle")
        value = _FIRST_TAG.search("".join(str(text) for text in note.itertext()))
        if style is not None and style.get(_VALUE) == "ExtractNote" and value:
            _when(note, note, value[1].strip())


def _end_of_section(
    heading: etree._Element, section: str, rows: Rows, sections: Mapping[str, str]
) -> etree._Element:
    """The last table behind the heading with this section's items; the heading, with none."""
    last = heading
    for block in heading.itersiblings(PARAGRAPH, TABLE):
        if block.tag == TABLE:
            held = _sections_in(block, rows, sections)
            if held - {section}:
                break
            last = block if held else last
        elif _begins_section(block):
            break
    return last


def _sections_in(table: etree._Element, rows: Rows, sections: Mapping[str, str]) -> set[str]:
    below = set(table.iter(ROW))
    return {sections[item] for item, row in rows.items() if row in below and item in sections}


def _begins_section(paragraph: etree._Element) -> bool:
    return any(name.startswith("s_") for name in bookmarks(paragraph))


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
