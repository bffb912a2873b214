"""What columns need beside their cells when they come to a sheet that stands: width and drop-down.

Source: ECMA-376 part 1, 18.3.1.99 (the order in which a worksheet's elements stand).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Literal

from auditdocs.documents.ledger.cells import letters
from auditdocs.model.ledger import Column

_MOST_LIST = 255
"""Characters of a drop-down that Excel takes without a range of its own."""
_FIRST_DAY = 36526
"""1 January 2000, as Excel counts days."""
_SPAN = re.compile(rb'<col\s(?=[^>]*?\bmin="(\d{1,9})")(?=[^>]*?\bmax="(\d{1,9})")[^>]*/>')
_ENDS = re.compile(rb'\s(?:min|max)="\d+"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_COUNT = re.compile(rb'(<dataValidations\b[^>]*?)\scount="\d+"')
_LATER = re.compile(
    rb"<(?:hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks"
    rb"|customProperties|cellWatches|ignoredErrors|drawing|legacyDrawing|tableParts)\b"
    rb"|</worksheet>"
)
"""What may stand after the drop-downs."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What Excel lets people write in a cell, and what it tells them otherwise."""

    type: Literal["list", "date"]
    operator: Literal["between", "greaterThan"]
    formula: str
    error: str


def validation(column: Column) -> Validation | None:
    """What may be written in a staff column: a choice, a date, or (None) anything."""
    listed = ",".join(column.choices)
    fits = listed.count(",") < len(column.choices) and len(listed) <= _MOST_LIST
    if column.staff and column.choices and fits:
        formula = '"' + listed.replace('"', '""') + '"'
        words = "Choose one of the list, or leave the cell empty."
        return Validation("list", "between", formula, words)
    if column.staff and column.kind == "date":
        words = "Write the day as dd/mm/yyyy, or leave the cell empty."
        return Validation("date", "greaterThan", str(_FIRST_DAY), words)
    return None


def with_columns(
    head: bytes, added: Iterable[tuple[Column, int]], styles: Mapping[int, bytes]
) -> bytes:
    """A sheet's head with widths, styles and folds for columns at the right end."""
    for column, place in added:
        head = _SPAN.sub(partial(_seen, place), head)
        spans = [(int(span[1]), int(span[2]), span.start()) for span in _SPAN.finditer(head)]
        if not any(first <= place <= last for first, last, _ in spans):
            later = (start for first, _, start in spans if first > place)
            at = next(later, head.find(b"</cols>"))  # Excel takes them in their order alone
            entry = _column_xml(column, place, styles.get(place, b"")) if at >= 0 else b""
            head = head[:at] + entry + head[at:]
    return head


def with_validations(
    tail: bytes, added: Iterable[tuple[Column, int]], *, top: int, bottom: int
) -> bytes:
    """A sheet's tail with drop-downs for columns at the right end, from row `top` to `bottom`."""
    entries = b"".join(
        _validation_xml(rule, b"%s%d:%s%d" % (letters(place), top, letters(place), bottom))
        for column, place in added
        if (rule := validation(column)) is not None
    )
    if not entries:
        return tail
    if b"</dataValidations>" in tail:
        tail = tail.replace(b"</dataValidations>", entries + b"</dataValidations>", 1)
        return _COUNT.sub(rb"\1", tail)
    whole = b"<dataValidations>" + entries + b"</dataValidations>"
    return _LATER.sub(lambda later: whole + later[0], tail, count=1)


def _seen(place: int, span: re.Match[bytes]) -> bytes:
    """Columns that people hid, as all that they do not use, without the one that comes there."""
    first, last = int(span[1]), int(span[2])
    if not (first <= place <= last and _HIDDEN.search(span[0])):
        return span[0]
    rest = _ENDS.sub(b"", span[0]).removeprefix(b"<col")
    runs = ((first, place - 1), (place + 1, last))
    return b"".join(b'<col min="%d" max="%d"%s' % (*run, rest) for run in runs if run[0] <= run[1])


def _column_xml(column: Column, place: int, style: bytes) -> bytes:
    fold = b' outlineLevel="1" hidden="1"' if column.grouped else b""
    dress = b' style="%s"' % style if style else b""
    return b'<col min="%d" max="%d" width="%d" customWidth="1"%s%s/>' % (
        place,
        place,
        column.width,
        dress,
        fold,
    )


def _validation_xml(rule: Validation, cells: bytes) -> bytes:
    return (
        f'<dataValidation type="{rule.type}" operator="{rule.operator}" allowBlank="1"'
        f' showErrorMessage="1" error="{escape(rule.error)}" sqref="{cells.decode()}">'
        f"<formula1>{escape(rule.formula, quote=False)}</formula1></dataValidation>"
    ).encode()
