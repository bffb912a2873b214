"""A returned check list received: what it says is added to what was said before, row by row."""

import hashlib
import json
from dataclasses import dataclass, replace
from functools import partial

from auditdocs.documents.check_lists.read import ReturnedList, looks_like_a_list, returned_list
from auditdocs.errors import FormFault
from auditdocs.model.accuracy import HOME, CheckedRow, CheckList, ListedRow
from auditdocs.model.contract import CHECK_LIST
from auditdocs.model.form import Return
from auditdocs.places.archive import form_place
from auditdocs.places.journal.check_lists import (
    check_list,
    checked_rows,
    keep_check,
    listed_rows,
)
from auditdocs.places.journal.returns import return_of, returns_of
from auditdocs.rules.accuracy.answers import Answered, answered_rows, merged
from auditdocs.rules.accuracy.results import tallies, what_was_found
from auditdocs.rules.plural import number_of
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import Arrival, Ended, breaks, duplicate


def is_check_list(office: Office, arrived: Arrival) -> bool:
    """Whether a workbook or CSV file says that it is a check list."""
    return arrived.document is None and office.guard.asked(
        looks_like_a_list, arrived.data, _prefixes(office), fault=breaks
    )


def check_list_received(office: Office, arrived: Arrival) -> Ended:
    """The list's answers kept, or known for a duplicate. Raises FormFault or ExtractFault."""
    same = return_of(office.journal, arrived.came.sha256)
    if same is not None:
        return _duplicate(office, arrived, same.audit_id, "It is the very same file.")
    read: ReturnedList = office.guard.asked(
        partial(returned_list, name=arrived.name, prefixes=_prefixes(office)), arrived.data
    )
    of = _put_out(office, read)
    listed = listed_rows(office.journal, of.list_id)
    said = answered_rows(
        ((row.cells, row.notes) for row in read.rows), listed, of.items, returned=office.today
    )
    if not said.rows:
        raise FormFault(
            "unanswered",
            "No row is checked: nothing stands in the last six columns of a row that was listed.",
            where="Check list",
            hint="Fill in Correct (Y/N/NK), save the workbook, and put it in the inbox again.",
        )
    digest = _digest(said)
    before = [each for _, each in returns_of(office.journal, of.list_id)]
    if digest in {each.digest for each in before if each.digest}:
        return _duplicate(office, arrived, of.list_id, "It says the same.")
    return _taken(office, _Said(arrived, of, listed, said, digest, 1 + _versions(before)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A return with all that is known of it."""

    arrived: Arrival
    of: CheckList
    listed: tuple[ListedRow, ...]
    rows: Answered
    digest: str
    version: int


def _taken(office: Office, came: _Said) -> Ended:
    arrived, of, listed, said, version = came.arrived, came.of, came.listed, came.rows, came.version
    earlier = checked_rows(office.journal, of.list_id)
    all_rows, differing = merged((*earlier, said.rows))
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=office.sheet(of.key),
        audit_id=of.list_id,
        file=f"{of.list_id} v{version}{_suffix(arrived.name)}",
    )
    done = replace(
        arrived.came,
        outcome="accepted",
        audit_id=of.list_id,
        version=version,
        digest=came.digest,
        stored=office.workspace.relative(place),
        details=_details(of, said, len(all_rows), differing),
    )
    home = replace(
        of,
        status=HOME,
        returned=of.returned or office.today,
        tallies=tallies(of.items, listed, all_rows),
    )
    found = what_was_found(listed, all_rows)
    return keep_check(office.journal, done, home, said.rows, found=found), done


def _details(of: CheckList, said: Answered, checked: int, differing: int) -> dict[str, str]:
    """What a person wants to know, by counts alone."""
    back = number_of(len(said.rows), "row")
    told = {
        "Checked": f"{back} in this return, {checked} of {of.rows} in all",
        "Queries": _count(len(said.queries), "row is", "rows are", "to be made clear"),
        "Differing": _count(
            differing, "row was", "rows were", "answered otherwise before; the later check counts"
        ),
        "Twice": _count(said.twice, "row stands", "rows stand", "there twice, differently"),
        "Not listed": _count(
            said.strangers, "row was", "rows were", "never listed, and not counted"
        ),
        "Altered": _count(
            said.altered, "value was", "values were", "changed that the list holds; ours stand"
        ),
    }
    return {name: text for name, text in told.items() if text}


def _count(number: int, one: str, many: str, rest: str) -> str:
    return f"{number} {one if number == 1 else many} {rest}." if number else ""


def _versions(before: list[Return]) -> int:
    return max((each.version for each in before), default=0)


def _put_out(office: Office, read: ReturnedList) -> CheckList:
    """The list as it was put out. Raises FormFault when it is none, or two."""
    if len(read.references) > 1:
        raise FormFault(
            "two-references",
            "The workbook names two check lists: it was put together from two.",
            hint="Return each list in the workbook in which it was put out.",
        )
    found = check_list(office.journal, next(iter(read.references), ""))
    if found is None:
        raise FormFault(
            "unknown-audit",
            "The workbook names no check list that was put out here.",
            hint="Fill in the workbook in outbox/check-lists, and return that.",
        )
    if read.missing:
        raise FormFault(
            "no-headings",
            "No sheet has the headings of the check list, so its answers cannot be told apart.",
            hint="Keep the headings Child ID, Item and Correct (Y/N/NK) as they were.",
        )
    return found


def _digest(said: Answered) -> str:
    names = CheckedRow.__dataclass_fields__
    rows = [
        [str(getattr(row, name)) for name in names]
        for row in sorted(said.rows, key=lambda row: row.key)
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _prefixes(office: Office) -> tuple[str, ...]:
    return tuple(each.prefix for each in office.of_teams.values() if each.family == CHECK_LIST)


def _suffix(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending in ("xlsx", "xls", "csv") else ".xlsx"


def _duplicate(office: Office, arrived: Arrival, list_id: str, why: str) -> Ended:
    of = check_list(office.journal, list_id)
    kind = office.sheet(of.key) if of else "duplicates"
    suffix = _suffix(arrived.name)
    return duplicate(office, arrived.came, list_id, why, kind=kind, suffix=suffix)
