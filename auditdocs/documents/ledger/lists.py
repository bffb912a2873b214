"""The workbook's own lists, changed where a post must: sheets put back, formulas computed anew.

A sheet that people deleted comes from a new, empty ledger, with its styles. No part that stands is
touched but the lists of parts, sheets and styles.
"""

import re
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from auditdocs.documents.ledger.parts import Deflated, deflated, relations_of, whole_number
from auditdocs.documents.ledger.sheet import Book, book
from auditdocs.errors import LedgerFault
from auditdocs.model.ledger import Sheet

_TYPES = "[Content_Types].xml"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_TYPE_NAMES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION_NAMES = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_PART_NUMBER = re.compile(r"(?:sheet|table)(\d{1,6})\.xml$")
_CELL_STYLE = re.compile(rb'(<(?:c|row)\s[^>]*?\bs="|<col\s[^>]*?\bstyle=")(\d+)')
_FORMAT = re.compile(rb'(\bdxfId=")(\d+)')
_OWN_FORMATS = 164
"""Number formats from here on are the workbook's own."""

_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What stands before the settings of calculation in the list of sheets."""

_STYLE_LISTS = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
)
"""In the order in which they stand in the part of styles."""


def restored(opened: Book, sheets: Sequence[Sheet]) -> bytes:
    """The workbook with these sheets, empty, at its end.

    Raises LedgerFault when one cannot be put back: a chart has its name, or the workbook is of
    the strict kind.
    """
    from auditdocs.documents.ledger.new import new_workbook  # late: openpyxl is slow to load

    donor = book(new_workbook(sheets, title=""))
    roots = {name: opened.parts.tree(name) for name in _lists(opened)}
    if not roots[opened.styles].tag.startswith(_MAIN):
        raise _cannot(sheets[0])
    shifts = _adopted(roots[opened.styles], donor.parts.tree(donor.styles))
    parts: dict[str, bytes] = {}
    for number, sheet in enumerate(sheets, start=_free_number(opened)):
        if sheet.name.casefold() in opened.names:
            raise _cannot(sheet)
        parts |= _sheet_parts(donor, sheet, number, shifts)
        _enlist(roots, opened.path, sheet.name, number)
    parts |= {name: _xml(root) for name, root in roots.items()}
    return opened.parts.packed({name: deflated([part]) for name, part in parts.items()})


def without_calculation_chain(opened: Book) -> tuple[dict[str, Deflated], frozenset[str]]:
    """The parts that change, and the one to drop: the order in which formulas are computed.

    It must go when a formula that it lists is gone; Excel makes it anew.
    """
    chain = next((r for r in opened.parts.relations(opened.path) if r.kind == "calcChain"), None)
    if chain is None:
        return {}, frozenset()
    changed = {}
    for name in (relations_of(opened.path), _TYPES):
        root = opened.parts.tree(name)
        for entry in [*root]:
            if entry.get("Id") == chain.id or entry.get("PartName") == f"/{chain.target}":
                root.remove(entry)
        changed[name] = deflated([_xml(root)])
    return changed, frozenset({chain.target})


def recalculating(opened: Book) -> dict[str, Deflated]:
    """The part that changes so that Excel computes every formula when it opens the workbook."""
    root = opened.parts.tree(opened.path)
    found = next(root.iterfind("{*}calcPr"), None)
    if found is None:
        found = etree.Element(root.tag.replace("}workbook", "}calcPr"))
        before = [one for one in root if etree.QName(one).localname in _BEFORE_CALCULATION]
        before[-1].addnext(found)
    if found.get("fullCalcOnLoad") in ("1", "true"):
        return {}
    found.set("fullCalcOnLoad", "1")
    return {opened.path: deflated([_xml(root)])}


def _lists(opened: Book) -> tuple[str, ...]:
    return _TYPES, opened.path, relations_of(opened.path), opened.styles


def _free_number(opened: Book) -> int:
    """A number that no sheet's or table's part has, nor any table."""
    names = [name for name in opened.parts.names() if _PART_NUMBER.search(name)]
    taken = [int(match[1]) for name in names if (match := _PART_NUMBER.search(name))]
    tables = (opened.parts.tree(name) for name in names if "table" in name)
    return max([0, *taken, *(whole_number(root, "id") for root in tables)]) + 1


def _sheet_parts(
    donor: Book, sheet: Sheet, number: int, shifts: tuple[int, int]
) -> dict[str, bytes]:
    """The sheet's own parts: its rows with their styles renumbered, its relations, its table."""
    path, table = f"xl/worksheets/sheet{number}.xml", f"xl/tables/table{number}.xml"
    source = donor.sheets[sheet.name.casefold()]
    root = donor.parts.tree(donor.parts.relations(source)[0].target)
    root.set("id", str(number))
    relations = donor.parts.tree(relations_of(source))
    relations[0].set("Target", f"/{table}")
    rows = _shifted(_CELL_STYLE, donor.parts.read(source), shifts[0])
    return {
        path: _shifted(_FORMAT, rows, shifts[1]),
        relations_of(path): _xml(relations),
        table: _xml(root),
    }


def _enlist(roots: dict[str, etree._Element], path: str, name: str, number: int) -> None:
    """Name the sheet and its table wherever a workbook keeps a list of such."""
    for part, kind in (
        (f"worksheets/sheet{number}", "worksheet"),
        (f"tables/table{number}", "table"),
    ):
        entry = etree.SubElement(roots[_TYPES], f"{_TYPE_NAMES}Override")
        entry.set("PartName", f"/xl/{part}.xml")
        entry.set("ContentType", _CONTENT.format(kind))
    relation = f"rIdSheet{number}"
    entry = etree.SubElement(roots[relations_of(path)], f"{_RELATION_NAMES}Relationship")
    entry.set("Id", relation)
    entry.set("Type", f"{_OFFICE}/worksheet")
    entry.set("Target", f"/xl/worksheets/sheet{number}.xml")
    sheets = next(roots[path].iterfind("{*}sheets"))
    last = max(whole_number(one, "sheetId") for one in sheets)
    entry = etree.SubElement(sheets, f"{_MAIN}sheet", name=name, sheetId=str(last + 1))
    entry.set(f"{{{_OFFICE}}}id", relation)


def _adopted(styles: etree._Element, donor: etree._Element) -> tuple[int, int]:
    """Add a donor's styles; by how much its cell styles and its formats moved on."""
    formats = _adopted_formats(styles, donor)
    moved = {name: _appended(styles, donor, name) for name in ("fonts", "fills", "borders", "dxfs")}
    first = _appended(styles, donor, "cellXfs")
    for entry in list(_list(styles, "cellXfs"))[first:]:
        for fact, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            entry.set(fact, str(whole_number(entry, fact) + moved[name]))
        entry.set("numFmtId", formats.get(entry.get("numFmtId"), entry.get("numFmtId", "0")))
        entry.set("xfId", "0")
    return first, moved["dxfs"]


def _adopted_formats(styles: etree._Element, donor: etree._Element) -> dict[str | None, str]:
    """Add a donor's own number formats; its numbers to ours."""
    ours = _list(styles, "numFmts")
    taken = [whole_number(entry, "numFmtId") for entry in ours]
    numbers: dict[str | None, str] = {}
    for entry in _list(donor, "numFmts"):
        new = deepcopy(entry)
        numbers[entry.get("numFmtId")] = str(max([_OWN_FORMATS, *taken]) + 1 + len(numbers))
        new.set("numFmtId", numbers[entry.get("numFmtId")])
        ours.append(new)
    _count(styles, "numFmts")
    return numbers


def _appended(styles: etree._Element, donor: etree._Element, name: str) -> int:
    """Add one of a donor's lists to ours, which had so many entries."""
    ours = _list(styles, name)
    before = len(ours)
    ours.extend(deepcopy(entry) for entry in _list(donor, name))
    _count(styles, name)
    return before


def _list(styles: etree._Element, name: str) -> etree._Element:
    """One of the lists of styles, made in its place where there is none."""
    found = styles.find(_MAIN + name)
    if found is None:
        found = etree.Element(_MAIN + name)
        earlier = _STYLE_LISTS[: _STYLE_LISTS.index(name)]
        place = sum(etree.QName(entry).localname in earlier for entry in styles)
        styles.insert(place, found)
    return found


def _count(styles: etree._Element, name: str) -> None:
    """Say how many a list holds; one that holds none must not be there."""
    found = _list(styles, name)
    found.set("count", str(len(found)))
    if not len(found):
        styles.remove(found)


def _shifted(pattern: re.Pattern[bytes], part: bytes, shift: int) -> bytes:
    return pattern.sub(lambda match: match[1] + b"%d" % (int(match[2]) + shift), part)


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cannot(sheet: Sheet) -> LedgerFault:
    return LedgerFault(
        f'The ledger has lost its sheet "{sheet.name}", and it cannot be put back.',
        hint='Restore the ledger from a copy, or run "auditdocs ledger rebuild".',
    )
