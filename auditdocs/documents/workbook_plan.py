"""What a post does to one sheet: which rows are written where, in which style, and what is told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditdocs.documents.workbook_cells import cells, stored
from auditdocs.documents.workbook_grow import table_grown
from auditdocs.documents.workbook_rewrite import Rewrite, rewritten
from auditdocs.documents.workbook_sheet import MOST_ROWS, Book, Layout, Row, layout
from auditdocs.documents.workbook_survey import Brief, Rows, Survey, survey
from auditdocs.errors import LedgerFault
from auditdocs.model.ledger import Cell, Column, LedgerRow, Post

_COLUMN = re.compile(rb"<col\s[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(min|max|style)="(\d+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One sheet's post, decided."""

    brief: Brief
    survey: Survey
    rewrite: Rewrite
    missing: tuple[LedgerRow, ...]
    warnings: tuple[str, ...]

    @property
    def touched(self) -> int:
        """How many rows are written."""
        return len(self.rewrite.rows.keys() - {self.brief.where.header})

    def parts(self, opened: Book) -> dict[str, Iterable[bytes]]:
        """The parts that change, by name; none when the sheet is as it should be."""
        if not self.rewrite.rows:
            return {}
        where, rewrite = self.brief.where, self.rewrite
        out: dict[str, Iterable[bytes]] = {
            where.part: rewritten(opened.pieces(where.part), rewrite, opened.values)
        }
        added = [column.heading for column in self.brief.added]
        if where.table and (rewrite.count or added):
            root = opened.parts.tree(where.table)
            grown = table_grown(root, after=rewrite.after, count=rewrite.count, added=added)
            out[where.table] = [grown]
        return out


def plan(opened: Book, post: Post, last: Rows | None) -> Plan:
    """What posting does to the sheet. Raises LedgerFault when it cannot be posted to."""
    where = layout(opened, post.sheet)
    if where is None:
        raise LedgerFault(f'The ledger has lost its sheet "{post.sheet.name}".')
    added = tuple(column for column in post.sheet.columns if not where.column(column.heading))
    brief = Brief(post=post, where=where, last=last, added=added)
    found = survey(opened, brief)
    lost = [key for key in last or () if key not in found.found]
    new = [key for key in post.rows if key not in found.found and key not in (last or ())]
    first = found.filled + 1
    return Plan(
        brief=brief,
        survey=found,
        rewrite=_rewrite(opened, brief, found, [*lost, *new]),
        missing=tuple(
            LedgerRow(sheet=post.sheet.name, key=key, row=first + place)
            for place, key in enumerate(lost)
        ),
        warnings=tuple(_warnings(brief)),
    )


def _warnings(brief: Brief) -> Iterable[str]:
    name = brief.post.sheet.name
    if not brief.where.table:
        yield (
            f'The sheet "{name}" is no longer an Excel table, so filters and stripes do not grow '
            "with it. To mend it, click in it and choose Insert, Table."
        )
    for column in brief.added:
        yield f'The column "{column.heading}" of the sheet "{name}" was gone and was put back.'


def _rewrite(opened: Book, brief: Brief, found: Survey, keys: list[str]) -> Rewrite:
    where, first = brief.where, found.filled + 1
    after = where.last if where.table else MOST_ROWS
    count = max(0, found.filled + len(keys) - after)
    own = _column_styles(next(piece for _, piece in opened.pieces(where.part)))
    template = {} if found.template is None else _styles(found.template)
    styles = _new_styles(opened, brief, own, template)
    blanks = {column: None for column in template if column not in own and template[column]}
    rows: dict[int, Mapping[int, Cell]] = {
        number + count if number > after else number: edits for number, edits in found.edits.items()
    }
    for number, key in enumerate(keys, start=first):
        rows[number] = blanks | _row(brief, key)
    if brief.added and where.header:
        rows[where.header] = {brief.place(one.heading): one.heading for one in brief.added}
    return Rewrite(
        rows=rows,
        after=after,
        count=count,
        right=where.right + len(brief.added),
        styles=styles,
        header=where.header,
        header_styles={},
    )


def _row(brief: Brief, key: str) -> dict[int, Cell]:
    """A whole new row by column."""
    values = {**brief.before(key), **brief.post.rows.get(key, {})}
    return {
        brief.place(column.heading): value
        for column in brief.post.sheet.columns
        if (value := stored(values.get(column.heading), column.kind)) is not None
    }


def _styles(row: Row) -> dict[int, bytes]:
    return {raw.column: raw.style for raw in cells(row.xml)}


def _column_styles(head: bytes) -> dict[int, bytes]:
    """The styles that whole columns have, where they have one."""
    out: dict[int, bytes] = {}
    for tag in _COLUMN.findall(head):
        facts = dict(_ATTRIBUTE.findall(tag))
        if facts.get(b"style", b"0") != b"0" and b"min" in facts and b"max" in facts:
            span = range(int(facts[b"min"]), min(int(facts[b"max"]), 16_384) + 1)
            out |= dict.fromkeys(span, facts[b"style"])
    return out


def _new_styles(
    opened: Book, brief: Brief, own: Mapping[int, bytes], template: Mapping[int, bytes]
) -> dict[int, bytes]:
    """The style of each of our columns for cells that were not there: a date must show as one."""
    out = {**template, **own}
    dates = opened.values.date_styles
    for column in brief.post.sheet.columns:
        place = brief.place(column.heading)
        like = (out.get(brief.place(other.heading), b"") for other in _alike(brief, column))
        fits = [style for style in (out.get(place, b""), *like) if _fits(style, column, dates)]
        out[place] = fits[0] if fits else b""
    return out


def _alike(brief: Brief, column: Column) -> list[Column]:
    return [other for other in brief.post.sheet.columns if other.kind == column.kind]


def _fits(style: bytes, column: Column, dates: frozenset[bytes]) -> bool:
    return bool(style) and (style in dates) == (column.kind == "date")
