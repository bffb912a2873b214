"""The caseload of an extract: one case for each child, at the data date, with every fault kept.

Source: domain.md A3.1 (exceptions), B1 to B3.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice

from auditdocs.errors import ExtractFault
from auditdocs.model.case import Case
from auditdocs.model.extract import Extract, RowProblem
from auditdocs.model.tables import Table, Value
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.caseload.cells import Read, day, text
from auditdocs.rules.caseload.circumstances import birth, case_types, circumstances
from auditdocs.rules.caseload.headings import NONE_FIXED
from auditdocs.rules.caseload.lists import ADDED, Headed, caseload, headed, unheard
from auditdocs.rules.caseload.rows import Row, checked, read_row

_AS_AT = re.compile(r"(?:\bas (?:at|of)\b|^(?:data|report|run|extract) date\b)[\s:–-]*", re.I)
_LOOKED_AT = 30
_ENDS: Mapping[int, str] = {7: "cp_end", 8: "care_end"}
_NOW: Mapping[int, str] = {7: "on a child protection plan", 8: "looked after"}


def extract(
    tables: tuple[Table, ...],
    *,
    data_date: date,
    columns: Mapping[str, str] = NONE_FIXED,
    today: date,
) -> Extract:
    """The caseload as the extract shows it at its data date, cases in the order of child ids.

    `columns` is `[extract.columns]` of the settings: field to heading. Raises ExtractFault when the
    caseload cannot be told, or when the data date is still to come.
    """
    _refuse_future(data_date, today)
    sheet, lists = caseload(tables, fixed=columns)
    rows = tuple(
        checked(read_row(sheet.name, number, cells), data_date=data_date)
        for number, cells in sheet.records()
    )
    by_child = _by_child(rows)
    added, odd = _added(lists, frozenset(by_child))
    has_status = "case_status" in sheet.headings.places
    fixed = (RowProblem(0, *told) for told in unheard((sheet, *lists), columns))
    cases = (
        _case(_current(by_child[child]), added.get(child, {}), data_date, has_status=has_status)
        for child in sorted(by_child)
    )
    return Extract(
        data_date=data_date,
        cases=tuple(cases),
        problems=_with_teams((*_problems(rows, by_child), *odd, *fixed), by_child),
        mapping=_mapping(sheet, lists),
        unmapped=tuple(dict.fromkeys(h for s in (sheet, *lists) for h in s.headings.unmapped)),
        rows=len(rows),
    )


def stated_data_date(tables: tuple[Table, ...]) -> date | None:
    """The data date that the file itself states, or None when it states none or several.

    It stands in a data date column, or beside words such as "Data as at" on a front sheet or over
    the headings.
    """
    found = {day for table in tables for day in _dates_in_column(table)}
    found = found or {day for table in tables for day in _dates_said(table)}
    return found.pop() if len(found) == 1 else None


def _refuse_future(data_date: date, today: date) -> None:
    if data_date > today:
        raise ExtractFault(
            f"The data date {uk_date(data_date)} is after today, {uk_date(today)}.",
            hint="Give the day the extract was run with --data-date.",
        )


def _by_child(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.child_id:
            grouped[row.child_id].append(row)
    return dict(grouped)


def _current(rows: list[Row]) -> Row:
    """Of one child's rows the open one that began first; where all are closed, the last to close.

    Source: domain.md A3.1 ("take earliest current-episode open date").
    """
    if len(rows) == 1:
        return rows[0]
    still_open = [row for row in rows if row.is_open]
    if still_open:
        return min(still_open, key=lambda row: (row.day("open_date") or date.max, _content(row)))
    return max(rows, key=lambda row: (row.day("close_date") or date.min, _content(row)))


def _content(row: Row) -> str:
    """The row's values as one text: what parts rows that are alike, whatever their order."""
    return repr(sorted((name, str(value)) for name, value in row.values.items()))


def _problems(rows: Iterable[Row], by_child: Mapping[str, list[Row]]) -> Iterator[RowProblem]:
    for row in rows:
        yield from row.problems
        alike = by_child.get(row.child_id, [])
        if len(alike) > 1:
            yield row.problem("child_id", _twice(alike))


def _with_teams(
    problems: Iterable[RowProblem], by_child: Mapping[str, list[Row]]
) -> tuple[RowProblem, ...]:
    """The problems, each with its child's team where its own row names none."""
    return tuple(
        replace(problem, team=text(_current(by_child[problem.child_id]).values.get("team")))
        if not problem.team and problem.child_id in by_child
        else problem
        for problem in problems
    )


def _twice(rows: list[Row]) -> str:
    kept = _current(rows)
    numbers = " and ".join(str(row.number) for row in rows)
    opened = kept.day("open_date")
    since = f", opened {uk_date(opened)}" if opened else ""
    return f"the same child is in rows {numbers}; row {kept.number} is taken{since}"


def _added(
    lists: tuple[Headed, ...], children: frozenset[str]
) -> tuple[dict[str, dict[str, Read]], list[RowProblem]]:
    """What the other lists add to each child of the caseload, and what is odd about their rows."""
    added: dict[str, dict[str, Read]] = defaultdict(dict)
    odd: list[RowProblem] = []
    for sheet in lists:
        rows = _by_child(_list_rows(sheet))
        for child, alike in rows.items():
            if child in children:
                latest = max(alike, key=lambda row: _lateness(row, sheet.adds_as))
                added[child] |= {name: v for name, v in latest.values.items() if name != "child_id"}
                odd += [problem for row in alike for problem in row.problems]
            else:
                odd += _not_in_caseload(alike, sheet.adds_as)
    return added, odd


def _list_rows(sheet: Headed) -> Iterator[Row]:
    wanted = ("child_id", *ADDED[sheet.adds_as])
    for number, cells in sheet.records():
        yield read_row(sheet.name, number, {name: cells[name] for name in wanted if name in cells})


def _lateness(row: Row, number: int) -> tuple[bool, date, str]:
    """A row without an end comes last, then the one that began last."""
    still = number in _ENDS and row.values.get(_ENDS[number]) is None
    return still, row.day(ADDED[number][0]) or date.min, _content(row)


def _not_in_caseload(rows: list[Row], number: int) -> list[RowProblem]:
    """A child with a plan or in care now, whom the caseload leaves out, would never be audited."""
    return [
        row.problem("child_id", f"{_NOW[number]} now, but not in the caseload")
        for row in rows
        if number in _NOW and row.day(ADDED[number][0]) and row.day(_ENDS[number]) is None
    ]


def _case(row: Row, added: Mapping[str, Read], data_date: date, *, has_status: bool) -> Case:
    told = {name: value for name, value in added.items() if value not in (None, "")}
    values = birth({**row.values, **told}, data_date=data_date)
    kinds = case_types(values, has_status=has_status)
    special = circumstances(values, kinds)
    values = {**values, **_name_parts(values)}
    for own in ("data_date", "full_name"):
        values.pop(own, None)
    # read_row gives each field a value of its column's kind, which a mapping cannot say
    return Case(**values, case_types=kinds, circumstances=special)  # type: ignore[arg-type]


def _name_parts(values: Mapping[str, Read]) -> Mapping[str, Read]:
    """Surname and forename out of a full name, where the extract does not part them."""
    whole = text(values.get("full_name"))
    if not whole or values.get("surname") or values.get("forename"):
        return {}
    surname, comma, forename = whole.partition(",")
    if not comma:
        forename, _, surname = whole.rpartition(" ")
    return {"surname": surname.strip(), "forename": forename.strip()}


def _mapping(sheet: Headed, lists: tuple[Headed, ...]) -> dict[str, str]:
    mapping = {
        name: heading
        for other in lists
        for name, heading in other.headings.mapping.items()
        if name in ADDED[other.adds_as]
    }
    return {**mapping, **sheet.headings.mapping}


def _dates_in_column(table: Table) -> Iterator[date]:
    sheet = headed(table)
    if sheet and "data_date" in sheet.headings.places:
        for number, cells in sheet.records():
            if found := read_row(sheet.name, number, {"data_date": cells["data_date"]}).day(
                "data_date"
            ):
                yield found


def _dates_said(table: Table) -> Iterator[date]:
    for cells in islice(table.rows, _LOOKED_AT):
        for place, cell in enumerate(cells):
            said = text(cell) if isinstance(cell, str) else ""
            match = _AS_AT.search(said)
            if match and (found := _date_after(said[match.end() :], cells[place + 1 :])):
                yield found


def _date_after(rest: str, others: tuple[Value, ...]) -> date | None:
    """The date in the rest of the cell, or else in the next cell of the row that is filled.

    A time of day behind it and a remark in brackets do not count; a bare number is no date.
    """
    plain = rest.partition("(")[0].strip(" .)")
    following = plain or next((other for other in others if text(other)), None)
    found = day(following).value if isinstance(following, str | date) else None
    return found if isinstance(found, date) else None
