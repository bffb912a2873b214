"""One row of a sheet against what it should hold: which cells are wrong, and by whose hand.

Source: house.md 2 (a tool-owned cell changed by hand is put back, and the change is kept).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from auditdocs.documents.ledger.cells import Values, cells, letters, said, same, stored
from auditdocs.documents.ledger.links import Link
from auditdocs.documents.ledger.row import lines
from auditdocs.documents.ledger.sheet import Book, Layout
from auditdocs.documents.ledger.stream import MOST_COLUMNS, Row
from auditdocs.model.ledger import WRAPPED, Cell, Column, Post, Rows, Sheet
from auditdocs.rules.register.columns import headed_anew, headings_of_now

_NOTHING: Mapping[str, Cell] = {}
_BY_HEADINGS = ("xl/pivotCache/", "xl/slicerCaches/", "xl/connections.xml")
"""How the parts of pivot tables, slicers and queries are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A cell that does not say what it should."""

    heading: str
    column: int
    ours: Cell | Link
    theirs: Cell
    was_formula: bool
    by_hand: bool
    """Whether it no longer says what was posted before, either."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What one sheet's post goes by: what is to stand there, what stood there, and where."""

    post: Post
    last: Rows | None
    """What was posted before; None when the sheet is not to be compared with it."""
    where: Layout
    added: tuple[Column, ...]
    """Columns that the sheet lacks; they come at the table's right end."""
    homeless: tuple[Column, ...]
    """Columns that the sheet lacks and has no room for."""
    columns: tuple[tuple[Column, int], ...]
    """Every other declared column and its place, as it is or will be."""
    renamed: Mapping[int, str]
    """By place: the heading of now for a column that stands under an earlier one."""
    headings: Mapping[str, str]
    """By a heading of before, under which a column still stood: that of now."""
    owned: tuple[tuple[Column, int, str], ...]
    """Those a post writes in rows that stand, the tool's and any added, with place and letters."""

    @property
    def asks_nothing(self) -> bool:
        """Whether the sheet stays as it is, whatever stands in it."""
        return self.last is None and not (self.post.rows or self.post.gone or self.is_headed_anew)

    @property
    def is_headed_anew(self) -> bool:
        """Whether the row of headings is to change."""
        return bool(self.added or self.renamed)

    @property
    def new_columns(self) -> list[tuple[Column, int]]:
        """The added columns and their places."""
        return [pair for pair in self.columns if pair[0] in self.added]

    def knows(self, key: str) -> bool:
        """Whether a row of that key is ours."""
        return key in self.post.rows or (self.last is not None and key in self.last)

    def before(self, key: str) -> Mapping[str, Cell]:
        """What was posted for that key the last time, by the headings of now."""
        row = _NOTHING if self.last is None else self.last.get(key, _NOTHING)
        return headed_anew(row, self.headings)

    def meant(self, key: str) -> Mapping[str, Cell]:
        """What the row of that key is to say: what was posted for it before, and what is now."""
        before, now = self.before(key), self.post.rows.get(key, _NOTHING)
        return {**before, **now} if before else now

    def whole_row(self, key: str) -> dict[int, Cell | Link]:
        """A new row of that key, by column; blank cells left out."""
        values = {**self.meant(key), self.post.sheet.key: key}
        cells = {
            place: stored(values.get(column.heading), column.kind) for column, place in self.columns
        }
        return {place: value for place, value in cells.items() if value is not None}

    def lines(self, cells: Mapping[int, Cell | Link]) -> int:
        """How many lines a new row needs to show what is not folded away."""
        shown = (
            (column.width, cells.get(place))
            for column, place in self.columns
            if column.kind in WRAPPED and not column.grouped
        )
        return max(
            (lines(said(it), width) for width, it in shown if isinstance(it, str | Link)), default=1
        )


def brief(
    post: Post, last: Rows | None, where: Layout, *, room: int, renames: bool = False
) -> Brief:
    """What the post of that sheet goes by; `room` columns beside the table are free.

    `renames` says whether a column may be given its heading of now.
    """
    columns = post.sheet.columns
    lost = tuple(column for column in columns if not where.column(column.heading))
    added, homeless = (lost, ()) if len(lost) <= room else ((), lost)
    new = {column.heading: place for place, column in enumerate(added, start=where.right + 1)}
    places = tuple(
        (column, new.get(column.heading) or where.column(column.heading))
        for column in columns
        if column not in homeless
    )
    owned = tuple(
        (column, place, letters(place).decode())
        for column, place in places
        if not column.staff or column in added
    )
    renamed = where.reworded if renames else {}
    reworded = {*where.reworded.values()}
    headings = {old: h for old, h in headings_of_now(post.sheet).items() if h in reworded}
    return Brief(post, last, where, added, homeless, places, renamed, headings, owned)


def goes_by_headings(opened: Book, where: Layout) -> bool:
    """Whether something in the workbook names columns of the sheet's table, and would lose one.

    Formulas, names and rules do so where they name the table. Where there are pivot tables, slicers
    or queries at all they are taken to do so: they drop a column whose heading is another.
    """
    if any(name.startswith(_BY_HEADINGS) for name in opened.parts.names()):
        return True
    if not where.table:
        return False
    words = f"{opened.parts.tree(where.table).get('displayName', '')}[".encode()
    tables = (path for path in opened.parts.names() if path.startswith("xl/tables/"))
    whole = (opened.parts.read(path) for path in (opened.path, *tables))
    small_first = sorted(opened.sheets.values(), key=opened.parts.size)  # people's own are small
    sheets = (piece for part in small_first for _, piece in opened.pieces(part))
    return any(words in text for text in chain(whole, sheets))


def room(opened: Book, where: Layout, sheet: Sheet) -> int:
    """How many columns right of the table are free; looked at only when the sheet lacks one."""
    if all(where.column(column.heading) for column in sheet.columns):
        return 0
    used = (
        raw.column
        for row in opened.rows(where.part)
        for raw in cells(row.xml)
        if raw.column > where.right and not raw.is_blank
    )
    return min(used, default=MOST_COLUMNS + 1) - where.right - 1


def wrong_cells(row: Row, key: str, going_by: Brief, values: Values) -> list[Wrong]:
    """The cells of our columns in the row of that key that do not say what they should."""
    before, wanted, out = going_by.before(key), going_by.meant(key), []
    for column, place in _suspects(row, wanted, going_by, values):
        raw, heading = row.cell(place), column.heading
        theirs, ours = values.cell(raw, column.kind), stored(wanted[heading], column.kind)
        linked = None if raw is None else raw.link
        was_formula = raw is not None and raw.is_formula and said(linked) != said(ours)
        wanted_link = ours if isinstance(ours, Link) else None
        if was_formula or not same(theirs, ours) or linked != wanted_link:
            stood = heading in before and column not in going_by.added
            kept = same(theirs, stored(before.get(heading), column.kind)) and not was_formula
            out.append(
                Wrong(
                    heading=heading,
                    column=place,
                    ours=ours,
                    theirs=theirs,
                    was_formula=was_formula,
                    by_hand=stood and not kept,
                )
            )
    return out


def _suspects(
    row: Row, wanted: Mapping[str, Cell], going_by: Brief, values: Values
) -> Iterator[tuple[Column, int]]:
    """The columns whose cell is not plainly right: one quick look at the whole row."""
    plain = values.plain(row.xml)
    for column, place, name in going_by.owned:
        if (heading := column.heading) not in wanted:
            continue
        value = stored(wanted[heading], "link") if column.kind == "link" else wanted[heading]
        if plain is None or not values.is_plainly(value, plain.get(name, "")):
            yield column, place
