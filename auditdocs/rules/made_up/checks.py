"""A made-up officer's checks of a list: for the demonstration council.

The same list gives the same answers: most are right, some wrong and put right, one a query.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from auditdocs.model.accuracy import CheckList, ListedRow


def made_up_checks(
    of: CheckList, rows: Iterable[ListedRow], *, on: date
) -> Mapping[int, Mapping[str, str | date]]:
    """The answers by row of the list, by column; every seventh row is left blank."""
    return {place: _row(of, row, place, on) for place, row in enumerate(rows) if place % 7 != 6}


def _row(of: CheckList, row: ListedRow, place: int, on: date) -> Mapping[str, str | date]:
    signed: Mapping[str, str | date] = {"checked_by": of.checker, "checked_date": on}
    if place == 1:
        return {**signed, "correct": "N"}
    if row.flag and place % 3 == 0:
        mended = {"corrected_on_system_date": on + timedelta(days=1)} if place % 2 else {}
        return {**signed, **mended, "correct": "N", "correct_value": "see the record"}
    return {**signed, "correct": "NK" if place % 29 == 28 else "Y"}
