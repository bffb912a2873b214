"""A check list written: a summary sheet and the list, ready to be filled in and to be printed.

Text is stored as text and never becomes a formula or a link; everything but the last six columns is
locked, so that what was listed and what was found stay apart.

Source: domain.md C4; forms.md ("Also: the accuracy check list").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from auditdocs.documents.check_lists.columns import COLUMNS, LIST_PROPERTY
from auditdocs.documents.check_lists.rows import LINE, SAMPLES, height, with_rows
from auditdocs.documents.package import zipped
from auditdocs.documents.reports.data_workbook import RISKY, cell_text, workbook_parts
from auditdocs.model.accuracy import FREQUENCIES, METHODS, AgreedItem, CheckList, ListedRow
from auditdocs.model.contract import Contract
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.forms.scales import label_of

HEADING_ROW = 2
"""The row of the list's headings, 0 being the first: two lines stand over it."""

_A4 = 9
_LIST_PART = "xl/worksheets/sheet2.xml"

_SUMMARY_WIDTHS = (30, 44, 26, 34)
_FONT = {"font_name": "Arial", "font_size": 11}
_CELL = {**_FONT, "border": 1, "border_color": "#8AA4B1", "text_wrap": True, "valign": "top"}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {**_FONT, "bold": True, "font_size": 14},
    "plain": {**_FONT, "text_wrap": True, "valign": "top"},
    "unwrapped": _FONT,
    "strong": {**_FONT, "bold": True, "text_wrap": True, "valign": "top"},
    "heading": {**_CELL, "bold": True, "bg_color": "#DCE9EE"},
    "listed": {**_CELL, "bg_color": "#F3F7F9"},
    "flagged": {**_CELL, "bg_color": "#FFF1D6", "bold": True},
    "answer": {**_CELL, "locked": False, "num_format": "@"},
    "answer_date": {**_CELL, "locked": False, "num_format": "dd/mm/yyyy"},
}


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of a workbook, each also for text that Excel would read as a formula."""

    plain: Mapping[str, Format]
    quoted: Mapping[str, Format]

    def of(self, name: str, words: str) -> Format:
        return (self.quoted if words.startswith(RISKY) else self.plain)[name]


def check_list_workbook(
    of: CheckList, rows: Sequence[ListedRow], contract: Contract, *, service: str, marking: str
) -> bytes:
    """The workbook of a list; `rows` in the order in which they are to stand."""

    labels = {item.id: item.label for item in of.items}

    def write(book: Workbook) -> None:
        book.set_properties({"title": f"{contract.title} {of.list_id}", "author": "auditdocs"})
        book.set_custom_property(LIST_PROPERTY, of.list_id, "text")
        book.set_custom_property("auditdocs.type", contract.key, "text")
        book.set_custom_property("auditdocs.version", str(contract.version), "text")
        looks = _looks(book)
        _summary(book, of, rows, contract, looks, service, marking)
        _list(book, of, len(rows), looks, marking)

    parts = workbook_parts(write)
    return zipped(parts | {_LIST_PART: with_rows(parts[_LIST_PART], rows, labels)})


def _looks(book: Workbook) -> _Looks:
    return _Looks(
        {name: book.add_format(dict(look)) for name, look in _LOOKS.items()},
        {name: book.add_format({**look, "quote_prefix": True}) for name, look in _LOOKS.items()},
    )


def _write(sheet: Worksheet, row: int, column: int, words: str, look: str, looks: _Looks) -> None:
    plain = cell_text(words)
    if plain:
        sheet.write_string(row, column, plain, looks.of(look, plain))
    else:
        sheet.write_blank(row, column, None, looks.plain[look])


def _summary(
    book: Workbook,
    of: CheckList,
    rows: Sequence[ListedRow],
    contract: Contract,
    looks: _Looks,
    service: str,
    marking: str,
) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    for column, width in enumerate(_SUMMARY_WIDTHS):
        sheet.set_column(column, column, width)
    _write(sheet, 0, 0, contract.title, "title", looks)
    row = 2
    for label, value in _facts(of, rows, service):
        _write(sheet, row, 0, label, "strong", looks)
        _write(sheet, row, 1, value, "plain", looks)
        row += 1
    sheet.merge_range(
        row + 1, 0, row + 1, 3, " ".join(contract.intro.split()), looks.plain["plain"]
    )
    sheet.set_row(row + 1, 3 * LINE)
    row = _items(sheet, of.items, looks, row + 3)
    _automatic(sheet, of, looks, row + 1)
    _page(sheet, of, marking)
    sheet.protect("", {"format_columns": True})


def _facts(of: CheckList, rows: Sequence[ListedRow], service: str) -> Iterable[tuple[str, str]]:
    yield "Service", service
    yield "Check list", of.list_id
    yield "Team", of.team
    yield "Agreement version", str(of.agreement)
    yield "Due date", uk_date(of.due)
    yield "Items due", str(len(of.items))
    yield "Checker", of.checker
    yield "Cases listed", str(len({row.child_id for row in rows}))
    yield "Rows listed", f"{of.rows}; flagged, and so at the top: {of.flagged}"
    yield "Values as at", uk_date(of.data_date)
    yield "Put out on", uk_date(of.issued)
    yield "Returned on", "the day it is put in the audit inbox"


def _items(sheet: Worksheet, items: Iterable[AgreedItem], looks: _Looks, row: int) -> int:
    headings = ("Item", "Method", "How often", "Where the right value is found")
    for column, heading in enumerate(headings):
        _write(sheet, row, column, heading, "heading", looks)
    for place, item in enumerate(items, start=row + 1):
        words = (
            item.label,
            label_of("choice", item.method, METHODS),
            label_of("choice", item.frequency, FREQUENCIES),
            item.source_of_truth,
        )
        for column, text in enumerate(words):
            _write(sheet, place, column, text, "listed", looks)
        sheet.set_row(place, height(zip(words, _SUMMARY_WIDTHS, strict=True)))
        row = place
    return row


def _automatic(sheet: Worksheet, of: CheckList, looks: _Looks, row: int) -> None:
    """What the automatic tests looked at, and what they could not."""
    for place, (text, look) in enumerate(_of_the_tests(of), start=row + 1):
        sheet.merge_range(place, 0, place, 3, "", looks.plain["plain"])
        _write(sheet, place, 0, text, look, looks)
        sheet.set_row(place, height([(text, sum(_SUMMARY_WIDTHS))]))


def _of_the_tests(of: CheckList) -> Iterator[tuple[str, str]]:
    """The lines about automatic tests, each with its look."""
    tested = len(of.items) - len(of.untested)
    left = "the other" if of.untested else "this" if tested == 1 else "these"
    if of.untested:
        yield f"No automatic test exists for: {'; '.join(of.untested)}.", "strong"
    if of.not_run:
        yield "Automatic tests that were not run, for want of what each needs:", "strong"
        yield from ((told, "plain") for told in of.not_run)
    elif tested:
        yield f"Every automatic test of {left} item{'' if tested == 1 else 's'} was run.", "strong"


def _list(book: Workbook, of: CheckList, count: int, looks: _Looks, marking: str) -> None:
    """The list without its rows: a sample of each look stands where they are to begin."""
    sheet = book.add_worksheet("Check list")
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        _write(sheet, HEADING_ROW, place, column.heading, "heading", looks)
    head = f"{of.list_id}  {of.team}  due {uk_date(of.due)}  values as at {uk_date(of.data_date)}"
    _write(sheet, 0, 0, head, "title", looks)
    sheet.set_row(0, 20, looks.plain["title"])
    sheet.write_string(
        1,
        0,
        "Y is correct, N is wrong (then give the correct value), NK is not known. Blank counts as "
        "not checked.",
        looks.plain["unwrapped"],
    )
    sheet.set_row(HEADING_ROW, 2 * LINE)
    for place, look in enumerate(SAMPLES):
        name = look.removesuffix(" quoted")
        known = looks.plain if name == look else looks.quoted
        sheet.write_blank(HEADING_ROW + 1, place, None, known[name])
    _rules(sheet, count)
    _page(sheet, of, marking)
    sheet.repeat_rows(0, HEADING_ROW)
    sheet.activate()


def _rules(sheet: Worksheet, count: int) -> None:
    """Frozen headings, filters, drop-downs, and only the last six columns open."""
    first, last = HEADING_ROW + 1, HEADING_ROW + max(count, 1)
    sheet.freeze_panes(first, 1)
    sheet.autofilter(HEADING_ROW, 0, last, len(COLUMNS) - 1)
    for place, column in enumerate(COLUMNS):
        if column.choices:
            told = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(first, place, last, place, told)
    sheet.protect(
        "",
        {
            "autofilter": True,
            "sort": True,
            "format_cells": True,
            "format_columns": True,
            "format_rows": True,
            "insert_columns": True,
        },
    )


def _page(sheet: Worksheet, of: CheckList, marking: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    plain = marking.replace("&", "&&")
    sheet.set_header(f"&R&B{plain}")
    sheet.set_footer(f"&L{of.list_id}&RPage &P of &N")
