"""Check lists put out: what the agreements ask for, from the newest extract.

The journal is written first, with every row, and the workbook after it: a workbook that a stop kept
from being written is written by the next run, from the rows kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from auditdocs.errors import UsageFault, nearest
from auditdocs.model.accuracy import AgreedItem, Agreement, CheckList, ListedRow
from auditdocs.model.contract import CHECK_LIST, Contract
from auditdocs.model.people import Person
from auditdocs.places.journal.caseload import data_dates, newest_extract, register
from auditdocs.places.journal.check_lists import (
    check_lists,
    check_lists_out,
    keep_list,
    keep_new_list,
    last_list_serial,
    listed_rows,
)
from auditdocs.places.outbox import check_list_place, put_form
from auditdocs.rules.accuracy.due import DueList, checked_on_change, lists_due, lists_to_come
from auditdocs.rules.accuracy.listing import Listing
from auditdocs.rules.accuracy.results import tallies
from auditdocs.rules.accuracy.rhythm import working_day_from
from auditdocs.rules.automatic.catalogue import fields_held
from auditdocs.rules.automatic.test import surroundings
from auditdocs.rules.calendar.periods import month_of, period
from auditdocs.rules.caseload.people import staff
from auditdocs.rules.caseload.teams import name_today
from auditdocs.rules.plural import number_of
from auditdocs.steps.agreements import in_force, lists
from auditdocs.steps.list_changes import cases_then, changes
from auditdocs.steps.office import Office, service

PLANNED_WEEKS = 6
"""How far ahead a plan looks where no period is named."""


@dataclass(frozen=True, slots=True)
class ListsOut:
    """The check lists that were put out, and what a person should know."""

    lists: tuple[CheckList, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A list to be made: what is due, and for items checked on change which children."""

    due: DueList
    changed: dict[str, frozenset[str]]
    """Item id to the children who are listed for it alone."""


def check_list_contract(office: Office) -> Contract | None:
    """The contract of check lists, None where the service has none."""
    found = (each for each in office.of_teams.values() if each.family == CHECK_LIST)
    return next(found, None)


def lists_planned(office: Office, *, span: str = "", team: str = "") -> tuple[DueList, ...]:
    """What falls due in the coming weeks, or in that period, by day and team. Raises UsageFault."""
    first, last = _days(office, span)
    return lists_to_come(_agreements(office, team), lists(office), first=first, last=last)


def lists_put_out(
    office: Office, contract: Contract, *, span: str = "", team: str = ""
) -> ListsOut:
    """The lists that fall due within the contract's days, or by a period's end, put out.

    Raises UsageFault for a team without an agreement.
    """
    lists_in_place(office)
    last = period(span).last if span else office.today + timedelta(days=contract.due_days)
    agreements = _agreements(office, team)
    issued = lists(office)
    wanted = [_Wanted(each, {}) for each in lists_due(agreements, issued, last=last)]
    if not agreements:
        return ListsOut(warnings=("No team has an agreement yet, so there is nothing to check.",))
    listing = _listing(office, contract)
    wanted = _with_changes(office, contract, listing, agreements, issued, wanted)
    out = tuple(_put_out(office, contract, listing, each) for each in wanted)
    return ListsOut(out, tuple(_warnings(wanted)))


def lists_as_set(office: Office) -> ListsOut:
    """The lists that fall due now, put out without being asked, where `[on_extract]` names them.

    A look that finds nothing due and no newer extract costs two questions to the journal.
    """
    contract = check_list_contract(office)
    if contract is None or contract.key not in office.settings.issue_on_extract:
        return ListsOut()
    known = list(in_force(office).values())
    last = office.today + timedelta(days=contract.due_days)
    newest = "".join(str(day) for day in data_dates(office.journal)[-1:])
    is_new = newest != office.journal.fact(_LOOKED_AT)
    if not known or not (is_new or lists_due(known, lists(office), last=last)):
        return ListsOut()
    out = lists_put_out(office, contract)
    office.journal.remember(_LOOKED_AT, newest)
    return out


_LOOKED_AT = "extract looked at for check lists"


def lists_in_place(office: Office) -> int:
    """Write the workbooks that a stop kept from being written; gives how many."""
    contract = check_list_contract(office)
    left = [each for each in check_lists_out(office.journal) if not each.file]
    for each in left if contract else ():
        assert contract is not None
        _written(office, contract, each, _ordered(each, listed_rows(office.journal, each.list_id)))
    return len(left)


def in_order(office: Office, list_id: str) -> tuple[CheckList, tuple[ListedRow, ...]]:
    """A list that was put out, with its rows as it shows them. Raises KeyError."""
    of = {each.list_id: each for each in check_lists(office.journal)}[list_id]
    return of, _ordered(of, listed_rows(office.journal, list_id))


def _days(office: Office, span: str) -> tuple[date, date]:
    if span:
        named = period(span)
        return named.first, named.last
    return office.today, office.today + timedelta(weeks=PLANNED_WEEKS)


def _agreements(office: Office, team: str) -> list[Agreement]:
    """Those in force, of all teams or of one. Raises UsageFault for a team without."""
    known = in_force(office)
    if not team:
        return list(known.values())
    wanted = name_today(team, office.settings.teams).strip().casefold()
    mine = [each for name, each in known.items() if name.casefold() == wanted]
    if not mine:
        close, there = nearest(team, known), ", ".join(sorted(known)) or "none yet"
        meant = f'Did you mean "{close}"? ' if close else ""
        raise UsageFault(
            f'There is no agreement with a team "{team}".',
            where="--team",
            hint=f"{meant}Teams with an agreement: {there}.",
        )
    return mine


def _listing(office: Office, contract: Contract) -> Listing:
    now, extract = service(office), newest_extract(office.journal)
    people = _registered(office)
    return Listing(
        contract=office.contract(contract.agreement),
        cases=tuple(case for case in now.caseload.cases if case.is_open),
        held=fields_held(extract.mapping if extract else (), people),
        round_it=surroundings(
            now.caseload.cases,
            data_date=now.caseload.data_date,
            people=people,
            problems=extract.problems if extract else (),
        ),
    )


def _registered(office: Office) -> tuple[Person, ...]:
    """The people of the register, their teams under the names of today; nobody without one."""
    listed = register(office.journal)
    people = listed.people if listed else ()
    return staff(people, (), office.settings, today=office.today).people


def _with_changes(
    office: Office,
    contract: Contract,
    listing: Listing,
    agreements: Iterable[Agreement],
    issued: tuple[CheckList, ...],
    wanted: list[_Wanted],
) -> list[_Wanted]:
    """The lists with what has changed since it was last checked, on the team's next one."""
    by_team = {each.due.team: each for each in reversed(wanted)}
    then = cases_then(office, listing)
    more = []
    for agreement in agreements:
        found = changes(office, listing, agreement, issued, then)
        items = tuple(item for item in checked_on_change(agreement) if found.get(item.id))
        if not items:
            continue
        mine = by_team.get(agreement.team)
        if mine:
            due = replace(mine.due, items=(*mine.due.items, *items))
            wanted[wanted.index(mine)] = _Wanted(due, found)
        else:
            day = working_day_from(office.today + timedelta(days=contract.due_days))
            more.append(_Wanted(DueList(agreement=agreement, due=day, items=items), found))
    return [*wanted, *more]


def _put_out(office: Office, contract: Contract, listing: Listing, wanted: _Wanted) -> CheckList:
    due = wanted.due
    rows = _rows(listing, due.team, due.items, wanted.changed)
    stem = f"{contract.prefix}-{month_of(office.today).label}-"
    new = CheckList(
        list_id=f"{stem}{last_list_serial(office.journal, stem) + 1:04d}",
        key=contract.key,
        team=due.team,
        agreement=due.agreement.version,
        due=due.due,
        issued=office.today,
        data_date=listing.round_it.data_date,
        checker=due.agreement.bso,
        items=due.items,
        rows=len(rows),
        flagged=sum(bool(row.flag) for row in rows),
        not_run=listing.not_run(due.items),
        untested=listing.untested(due.items),
        tallies=tallies(due.items, rows, ()),
    )
    keep_new_list(office.journal, new, rows)
    return _written(office, contract, new, rows)


def _rows(
    listing: Listing, team: str, items: Iterable[AgreedItem], found: dict[str, frozenset[str]]
) -> tuple[ListedRow, ...]:
    every = [item for item in items if item.id not in found]
    rows = list(listing.rows(team, every))
    for item in items:
        if item.id in found:
            rows += listing.rows(team, [item], only=found[item.id])
    return tuple(sorted(rows, key=lambda row: not row.flag))


def _ordered(of: CheckList, rows: Iterable[ListedRow]) -> tuple[ListedRow, ...]:
    """The rows in the order in which a list shows them."""
    places = {item.id: place for place, item in enumerate(of.items)}
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                not row.flag,
                places.get(row.item_id, 0),
                row.worker.casefold(),
                row.child_id,
            ),
        )
    )


def _written(
    office: Office, contract: Contract, new: CheckList, rows: tuple[ListedRow, ...]
) -> CheckList:
    from auditdocs.documents.check_lists.write import check_list_workbook

    data = check_list_workbook(
        new,
        rows,
        contract,
        service=office.settings.service_name,
        marking=office.settings.marking,
    )
    name = f"{new.list_id} Check list {new.team} due {new.due:%Y-%m-%d}"
    place = check_list_place(office.workspace.outbox, team=new.team, name=name)
    put_form(place, data)
    placed = replace(new, file=office.workspace.relative(place))
    keep_list(office.journal, placed)
    return placed


def _warnings(wanted: Iterable[_Wanted]) -> Iterator[str]:
    missed: dict[str, int] = {}
    for each in wanted:
        missed[each.due.team] = missed.get(each.due.team, 0) + each.due.missed
    for team, count in missed.items():
        if count:
            rounds = number_of(count, "earlier round")
            yield f"{team}: {rounds} of items had no list; this one takes their place."
