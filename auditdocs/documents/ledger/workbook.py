"""The ledger workbook: posted in place, and what people wrote in it read back.

Only the sheets that change are rewritten, as a stream; every other part is copied as it lies in
the file. Rows are found by their key and columns by their heading, so that people may sort,
filter, colour, move, and add what they like.

Source: house.md 4 (the ledger is posted in place); settled.md, Ledger; domain.md D5.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import cast

from auditdocs.documents.ledger.check import brief, goes_by_headings, room, wrong_cells
from auditdocs.documents.ledger.lists import (
    recalculating,
    restored,
    without_calculation_chain,
)
from auditdocs.documents.ledger.parts import Deflated, deflated
from auditdocs.documents.ledger.post import SheetPost, about
from auditdocs.documents.ledger.proof import proved
from auditdocs.documents.ledger.sheet import Book, Layout, book, layout
from auditdocs.documents.ledger.stream import Row
from auditdocs.documents.ledger.text import clean
from auditdocs.errors import LedgerFault
from auditdocs.model.ledger import (
    CHANGES,
    Cell,
    HandChange,
    Post,
    Posted,
    Rows,
    Sheet,
)


def posted(
    workbook: bytes, posts: Sequence[Post], *, last: Mapping[str, Rows], changed_on: date
) -> Posted:
    """The ledger with these rows in it, every cell of ours as it should be, all else as it was.

    `last` is what the tool posted before: sheet to key to heading to cell. A sheet in it is
    compared: cells of ours that differ are put back and noted on the sheet *Changes by hand*,
    rows that are gone come back, rows of people are told. A sheet not in it is not compared,
    which is right, and quick, for a workbook that nobody saved since the last post. Only sheets
    that have a post are looked at, be it one without rows. The result is read back and compared
    before it is given. Raises LedgerFault when the workbook cannot be read, has lost the headings
    that it is read by, or does not read back as it was meant.
    """
    opened, lost = _whole(book(workbook), [*(post.sheet for post in posts), CHANGES])
    parts: dict[str, Deflated] = {}
    by_sheet = _one_each(posts)
    notes = by_sheet.pop(CHANGES.name, Post(sheet=CHANGES, rows={}))
    works = [_post(opened, post, last.get(name), parts) for name, post in by_sheet.items()]
    changes = tuple(change for work in works for change in work.changes)
    notes = _noted(notes, changes, changed_on, gone=by_sheet)
    log = [_post(opened, notes, None, parts)] if notes.rows or notes.gone else []
    dropped: frozenset[str] = frozenset()
    if any(work.breaks_formulas for work in (*works, *log)):
        lists, dropped = without_calculation_chain(opened)
        parts |= lists
    if any(work.computes for work in works):
        parts |= recalculating(opened)
    return Posted(
        workbook=_finished(opened, parts, dropped, [*works, *log]),
        rows=sum(len(work.written) for work in works),
        changes=changes,
        strangers=tuple(row for work in works for row in work.strangers),
        missing=tuple(row for work in works for row in work.missing),
        warnings=(
            *_restored(lost),
            *(text for work in works for text in work.warnings()),
            *_cut(posts, last),
        ),
    )


def staff_values(workbook: bytes, sheets: Sequence[Sheet]) -> Mapping[str, Rows]:
    """What staff wrote: sheet to key to heading to value, of the staff columns only.

    A date is a date when the cell shows one or its column is one of dates and the text is a
    British date. Rows without a key are left out; of two rows with one key the first counts.
    """
    opened = book(workbook)
    return {sheet.name: _staff_rows(opened, sheet) for sheet in sheets}


def lost_headings(workbook: bytes, sheets: Iterable[Sheet]) -> Iterator[LedgerFault]:
    """Of each sheet that has lost the heading its rows are known by, what a post would stop for."""
    opened = book(workbook)
    for sheet in sheets:
        try:
            layout(opened, sheet)
        except LedgerFault as fault:
            yield fault


def differences(workbook: bytes, sheet: Sheet, stands: Rows) -> Iterator[tuple[str, list[str]]]:
    """Where the sheet does not say what it should: a key and the headings of the cells that differ.

    A row that is gone has no headings; a column that is gone has "" for its key. `stands` are the
    rows that should be there, of which only the tool's columns are compared, one row at a time.
    """
    opened = book(workbook)
    where = layout(opened, sheet)
    if where is None:
        yield from ((key, []) for key in stands)
        return
    going_by = brief(Post(sheet=sheet, rows={}), stands, where, room=0)
    if gone := [column.heading for column in going_by.homeless if not column.staff]:
        yield "", gone
    found: set[str] = set()
    for key, row in _keyed(opened, where, sheet):
        if key in stands and key not in found:
            found.add(key)
            if wrong := wrong_cells(row, key, going_by, opened.values):
                yield key, [cell.heading for cell in wrong]
    yield from ((key, []) for key in stands if key not in found)


def _whole(opened: Book, sheets: Iterable[Sheet]) -> tuple[Book, list[Sheet]]:
    """The workbook with every sheet, and those that had to be put back."""
    lost = {sheet.name: sheet for sheet in sheets if layout(opened, sheet) is None}
    if not lost:
        return opened, []
    return book(restored(opened, list(lost.values()))), list(lost.values())


def _post(opened: Book, post: Post, last: Rows | None, parts: dict[str, Deflated]) -> SheetPost:
    """One sheet's post; the parts it changes are added to `parts`."""
    where = cast(Layout, layout(opened, post.sheet))
    renames = bool(where.reworded) and not goes_by_headings(opened, where)
    free = room(opened, where, post.sheet)
    going_by = brief(post, last, where, room=free, renames=renames)
    work = SheetPost(opened, going_by)
    if going_by.asks_nothing:
        return work
    sheet = deflated(work.body(), work.head)
    if work.is_changed:
        parts[where.part] = sheet
    if (table := work.table()) is not None:
        parts[where.table] = deflated([table])
    return work


def _finished(
    opened: Book, parts: Mapping[str, Deflated], dropped: Set[str], works: Iterable[SheetPost]
) -> bytes:
    """The workbook as it is to be, read back and found to say what it should."""
    if not parts:
        return opened.parts.data
    written = (work.proof() for work in works if work.is_changed)
    done = opened.parts.packed(parts, dropped=dropped)
    return proved(opened.parts, done, written, changed=parts.keys(), gone=dropped)


def _cut(posts: Iterable[Post], last: Mapping[str, Rows]) -> Iterator[str]:
    """The sheets to which text came that a cell cannot hold as it is."""
    for post in posts:
        before = last.get(post.sheet.name, {})
        fresh = (row for key, row in post.rows.items() if before.get(key) != row)
        texts = (cell for row in fresh for cell in row.values() if isinstance(cell, str))
        if count := sum(clean(text) != text.replace("\r\n", "\n") for text in texts):
            cells = "1 cell" if count == 1 else f"{count} cells"
            yield (
                f'On the sheet "{post.sheet.name}" {cells} cannot hold the text as it came: more '
                "than 32,767 characters, or characters that Excel does not know. The archived "
                "form has it whole."
            )


def _restored(lost: Sequence[Sheet]) -> Iterator[str]:
    if lost:
        names = ", ".join(f'"{sheet.name}"' for sheet in lost)
        yield f"Sheets that were not in the ledger and are now: {names}."


def _staff_rows(opened: Book, sheet: Sheet) -> Rows:
    where = layout(opened, sheet)
    if where is None:
        return {}
    staffs = ((one, where.column(one.heading)) for one in sheet.columns if one.staff)
    places = [(column, place) for column, place in staffs if place]
    out: dict[str, dict[str, Cell]] = {}
    for key, row in _keyed(opened, where, sheet):
        if key not in out:
            out[key] = {
                column.heading: opened.values.cell(row.cell(place), column.kind)
                for column, place in places
            }
    return out


def _keyed(opened: Book, where: Layout, sheet: Sheet) -> Iterator[tuple[str, Row]]:
    """The rows below the headings that have a key."""
    column = where.column(sheet.key)
    for row in opened.rows(where.part):
        if row.number >= where.first:
            key = opened.values.text(row.cell(column)).strip()
            if key:
                yield key, row


def _one_each(posts: Sequence[Post]) -> dict[str, Post]:
    """One post a sheet, by its name: rows of several go together."""
    merged: dict[str, Post] = {}
    for post in posts:
        before = merged.get(post.sheet.name)
        rows = {**before.rows, **post.rows} if before else post.rows
        gone = post.gone | before.gone if before else post.gone
        merged[post.sheet.name] = replace(post, rows=rows, gone=gone)
    return merged


def _noted(
    post: Post, changes: Iterable[HandChange], day: date, *, gone: Mapping[str, Post]
) -> Post:
    """The post of *Changes by hand* with these changes, each a row, and without what was noted of
    the rows that go from other sheets."""
    headings = [column.heading for column in CHANGES.columns]
    noted: dict[str, Mapping[str, Cell]] = dict(post.rows)
    for one in changes:
        cells = (day, one.sheet, one.key, one.heading, one.ours, one.theirs)
        noted[f"change {len(noted)}"] = dict(zip(headings, cells, strict=True))
    over = {about(name, key) for name, each in gone.items() for key in each.gone}
    return replace(post, rows=noted, gone=frozenset(over))
