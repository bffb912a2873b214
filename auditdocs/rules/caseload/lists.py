"""The sheets of an extract: their headings, which of them is the caseload, and what the others add.

An Annex A workbook has its caseload in list 6; lists 3, 4, 5, 7, 8 and 9 add dates and codes by
child id. A plain list is a caseload alone.

Source: domain.md B2 (join rule), B3.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from auditdocs.errors import ExtractFault
from auditdocs.model.tables import Table, Value
from auditdocs.rules.caseload.columns import COLUMNS, Column
from auditdocs.rules.caseload.headings import (
    NONE_FIXED,
    Headings,
    heading_key,
    heading_of,
    mapped,
    near_headings,
)

CASELOAD = 6
ADDED: Mapping[int, tuple[str, ...]] = {
    3: ("referral_date",),
    4: ("assess_start", "assess_end"),
    5: ("strategy_date", "icpc_date"),
    7: ("cp_start", "cp_end", "cp_category", "cp_last_visit", "cp_seen_alone", "cp_last_review"),
    8: (
        *("care_start", "care_end", "uasc", "legal_status", "legal_start", "lac_last_review"),
        *("lac_last_visit", "permanence_plan", "iro_last_visit", "last_health", "last_dental"),
        *("placement_start", "placement_type", "placement_provider", "placement_postcode"),
        *("placement_urn", "placement_location", "placement_la"),
        *("missing_episodes", "return_interview"),
    ),
    9: ("in_touch", "accommodation", "activity"),
}
"""List number to the fields it adds to a case, the first being the date that begins a row where one
does."""

_SEARCHED = 10
_LIKELY = 3
_MOST_LACKING = 3
_LIST = re.compile(r"(?<![a-z])list[\s_.-]*0?(\d{1,2})(?!\d)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A sheet whose headings are found."""

    name: str
    headings: Headings
    rows: tuple[tuple[int, tuple[Value, ...]], ...]
    """The worksheet's row number and the cells, for each row that is not blank."""

    @property
    def number(self) -> int:
        """The Annex A list that its name says it is; 0 when it says none."""
        named = _LIST.search(self.name)
        return int(named[1]) if named else 0

    @property
    def adds_as(self) -> int:
        """The list whose fields it adds to the caseload, by its name or else by its headings."""
        fields = self.headings.places
        fits = [number for number, added in ADDED.items() if added[0] in fields]
        told = fits[0] if len(fits) == 1 and "open_date" not in fields else 0
        return (self.number or told) if "child_id" in fields else 0

    def records(self) -> Iterator[tuple[int, Mapping[str, Value]]]:
        """Each row's number and its cells by field."""
        places = self.headings.places.items()
        for number, cells in self.rows:
            yield number, {name: cells[at] if at < len(cells) else None for name, at in places}


def headed(
    table: Table,
    *,
    fixed: Mapping[str, str] = NONE_FIXED,
    columns: tuple[Column, ...] = COLUMNS,
) -> Headed | None:
    """The sheet with its headings: the row, of the first ten, that names most fields.

    None when no row names two.
    """
    tried = [mapped(row, fixed=fixed, columns=columns) for row in islice(table.rows, _SEARCHED)]
    known = [len(headings.places) + len(headings.ambiguous) for headings in tried]
    if max(known, default=0) < 2:
        return None
    at = known.index(max(known))
    below = enumerate(table.rows[at + 1 :], start=table.first_row + at + 1)
    rows = tuple((number, cells) for number, cells in below if _says_something(cells))
    return Headed(name=table.name, headings=tried[at], rows=rows)


def caseload(
    tables: tuple[Table, ...], *, fixed: Mapping[str, str] = NONE_FIXED
) -> tuple[Headed, tuple[Headed, ...]]:
    """The sheet that is the caseload, and the lists that add to it, in their order.

    Raises ExtractFault when no sheet can be the caseload or several could, and with everything that
    is wrong with the headings: a required column that is missing, two that name one field.
    """
    sheets = [sheet for table in tables if (sheet := headed(table, fixed=fixed))]
    chosen = _chosen(sheets, tables)
    lists = tuple(sheet for sheet in sheets if sheet is not chosen and sheet.adds_as in ADDED)
    _refuse(
        [
            *_two_headings(chosen, tuple(chosen.headings.ambiguous)),
            *(f for sheet in lists for f in _two_headings(sheet, _added_by(sheet))),
            *_missing(chosen, lists),
        ]
    )
    return chosen, lists


def unheard(sheets: Iterable[Headed], fixed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each field whose fixed heading stands on no sheet, and in words what was read instead."""
    sheets = tuple(sheets)
    said = {heading_key(text) for sheet in sheets for text in sheet.headings.texts}
    for name, heading in fixed.items():
        if heading_key(heading) not in said:
            read = [s.headings.mapping[name] for s in sheets if name in s.headings.mapping]
            instead = f"it was read from “{read[0]}”" if read else "it is left blank"
            yield (
                name,
                f"auditdocs.toml, [extract.columns], names the column “{heading}”, which this file "
                f"does not have; {instead}",
            )


def lacking(sheet: Headed, lists: tuple[Headed, ...] = ()) -> tuple[str, ...]:
    """The required fields the sheet has no heading for.

    The case status is not required where plans and care tell what the case is.
    """
    told = {"cp_start", "care_start", "legal_status"} & set(sheet.headings.places)
    enough = told or any(other.adds_as in (7, 8) for other in lists)
    return tuple(name for name in sheet.headings.missing if not (name == "case_status" and enough))


def _says_something(cells: tuple[Value, ...]) -> bool:
    return any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def _chosen(sheets: list[Headed], tables: tuple[Table, ...]) -> Headed:
    """List 6 by its name; else the one sheet that has every column, or the likest to it.

    A sheet of that name that lacks most columns is guidance. A file called "list2.csv" is no list 2
    of Annex A when it has every column.
    """
    named = [s for s in sheets if s.number == CASELOAD and len(lacking(s)) <= _MOST_LACKING]
    able = named or [sheet for sheet in sheets if sheet.number in (0, CASELOAD)]
    whole = _with_every_column(able) or named or _with_every_column(sheets)
    if len(whole) > 1:
        raise ExtractFault(
            f"More than one sheet could be the caseload: {_listed(sheet.name for sheet in whole)}.",
            hint="Leave the one that is the caseload, and delete or rename the others.",
        )
    likest = whole or [sheet for sheet in able if len(sheet.headings.places) >= _LIKELY]
    if not likest:
        raise _no_caseload(tables)
    return max(likest, key=lambda sheet: len(sheet.headings.places))


def _with_every_column(sheets: Iterable[Headed]) -> list[Headed]:
    return [sheet for sheet in sheets if not lacking(sheet)]


def _added_by(sheet: Headed) -> tuple[str, ...]:
    return ("child_id", *ADDED[sheet.adds_as])


def _refuse(faults: list[ExtractFault]) -> None:
    """Raise what is wrong with the headings, as one fault when there are several."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise ExtractFault(
            "\n".join(fault.text for fault in faults),
            where=_listed(dict.fromkeys(fault.where for fault in faults)),
            hint=" ".join(dict.fromkeys(fault.hint for fault in faults)),
        )


def _two_headings(sheet: Headed, names: tuple[str, ...]) -> Iterator[ExtractFault]:
    doubled = {name: two for name, two in sheet.headings.ambiguous.items() if name in names}
    for name, headings in doubled.items():
        yield ExtractFault(
            f"Two headings could hold {name} ({heading_of(name)}): {_listed(headings)}.",
            where=f"sheet {sheet.name}",
            hint=f'Say which in auditdocs.toml, [extract.columns]: {name} = "the heading", '
            "or give the other column another heading.",
        )


def _missing(sheet: Headed, lists: tuple[Headed, ...]) -> Iterator[ExtractFault]:
    names = lacking(sheet, lists)
    if not names:
        return
    yield ExtractFault(
        f"The caseload has no column for {_listed(f'{n} ({heading_of(n)})' for n in names)}.",
        where=f"sheet {sheet.name}",
        hint=" ".join(
            (
                *(guess for name in names if (guess := _guess(name, sheet))),
                "Add the columns to the export, or name their headings in auditdocs.toml, "
                "[extract.columns].",
            )
        ),
    )


def _guess(name: str, sheet: Headed) -> str:
    near = near_headings(name, sheet.headings.unmapped)
    return f"Is {name} the column {_listed(near)}?" if near else ""


def _no_caseload(tables: tuple[Table, ...]) -> ExtractFault:
    names = [table.name for table in tables]
    return ExtractFault(
        "No sheet of this file can be the caseload"
        + (f" (there {'is' if len(names) == 1 else 'are'} {_listed(names)})." if names else "."),
        hint="An extract has the Annex A sheet List 6, or one sheet with a row of headings: "
        + _listed(column.heading for column in COLUMNS if column.required)
        + ".",
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
