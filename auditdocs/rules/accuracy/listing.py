"""The rows of a check list: every open case for every item, with the value on the system.

Source: domain.md C4 (all open cases for coverage, flagged ones first).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.accuracy import AgreedItem, ListedRow
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract, Item
from auditdocs.rules.automatic.catalogue import flags, not_run, runnable
from auditdocs.rules.automatic.test import AutomaticTest, Surroundings
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.forms.applicability import items_for

_FIELDS: Mapping[str, str] = {
    "dob": "Born",
    "expected_dob": "Expected",
    "cp_category": "Category",
    "cp_start": "Plan started",
    "cp_end": "Plan ended",
    "cp_last_visit": "CP visit",
    "cp_seen_alone": "Seen alone",
    "cp_last_review": "CP review",
    "cp_chair": "Chair",
    "iro": "IRO",
    "lac_last_visit": "LAC visit",
    "lac_last_review": "LAC review",
    "last_seen": "Last seen",
    "last_health": "Health",
    "last_dental": "Dental",
    "legal_status": "Status",
    "legal_start": "Since",
    "address_start": "Since",
    "gp": "GP",
    "alert_review": "Review",
    "missing_start": "Missing since",
    "missing_end": "Back",
    "missing_episodes": "Episodes in a year",
    "return_interview": "Interview offered",
    "open_date": "Opened",
    "placement_type": "Type",
    "placement_provider": "Provider",
    "placement_start": "Since",
    "placement_postcode": "Postcode",
    "placement_urn": "URN",
    "placement_location": "In or out of area",
    "placement_la": "Authority",
    "uasc": "UASC",
    "uasc_end": "Ended",
}
"""What a field is called beside its value, where its own name would not do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the rows of all lists of a day are made from."""

    contract: Contract
    cases: tuple[Case, ...]
    """The open cases of the service."""
    held: Collection[str]
    """The fields that the extract holds, and REGISTER where there is one."""
    round_it: Surroundings

    def rows(
        self, team: str, items: Iterable[AgreedItem], *, only: Collection[str] | None = None
    ) -> tuple[ListedRow, ...]:
        """A row for each item and each of the team's open cases it is for, flagged rows first.

        `only` are the children to be listed, where not all are. Within the flagged rows and within
        the others they stand by item, then by worker, then by child.
        """
        wanted = list(items)
        mine = [case for case in self.cases if case.team == team and _is_wanted(case, only)]
        mine.sort(key=lambda case: (case.worker.casefold(), case.child_id))
        applying = {
            case.child_id: {item.id for item in items_for(self.contract, case)} for case in mine
        }
        rows = [row for agreed in wanted for row in self._of_an_item(agreed, mine, applying)]
        return (*(row for row in rows if row.flag), *(row for row in rows if not row.flag))

    def not_run(self, items: Iterable[AgreedItem]) -> tuple[str, ...]:
        """The tests of these items that could not be run, and for want of what."""
        return not_run((code for item in items for code in self._tests(item)), self.held)

    def untested(self, items: Iterable[AgreedItem]) -> tuple[str, ...]:
        """The labels of those items for which there is no automatic test at all."""
        return tuple(item.label for item in items if not self._tests(item))

    def _of_an_item(
        self, agreed: AgreedItem, cases: list[Case], applying: Mapping[str, set[str]]
    ) -> Iterator[ListedRow]:
        item = None if agreed.local else self.contract.item(agreed.id)
        tests = runnable(self._tests(agreed), self.held)
        for case in cases:
            if item is None or item.id in applying[case.child_id]:
                yield self._row(agreed, item, case, tests)

    def _row(
        self, agreed: AgreedItem, item: Item | None, case: Case, tests: tuple[AutomaticTest, ...]
    ) -> ListedRow:
        return ListedRow(
            child_id=case.child_id,
            initials=case.initials,
            worker=case.worker,
            item_id=agreed.id,
            value=value_shown(item, case, self.held),
            flag="; ".join(test.told for test in flags(case, tests, self.round_it)),
        )

    def _tests(self, agreed: AgreedItem) -> tuple[str, ...]:
        item = None if agreed.local else self.contract.item(agreed.id)
        return item.check.tests if item and item.check else ()


def value_shown(item: Item | None, case: Case, held: Collection[str]) -> str:
    """The value on the system as the list shows it, "" where the extract does not hold the item."""
    shows = item.check.shows if item and item.check else ()
    fields = [name for name in shows if name in held]
    if len(shows) == 1:
        return "".join(_words(getattr(case, name)) for name in fields)
    told = [(name, _words(getattr(case, name))) for name in fields]
    return "; ".join(f"{_called(name)}: {words}" for name, words in told if words)


def _is_wanted(case: Case, only: Collection[str] | None) -> bool:
    return case.is_open and (only is None or case.child_id in only)


def _called(name: str) -> str:
    return _FIELDS.get(name, name.replace("_", " ").capitalize())


def _words(value: object) -> str:
    return uk_date(value) if isinstance(value, date) else str(value or "")


def changed(
    item: Item | None, before: Iterable[Case], now: Iterable[Case], held: Collection[str]
) -> frozenset[str]:
    """The open children whose value of the item is not what it was, new cases among them."""
    earlier = {case.child_id: value_shown(item, case, held) for case in before if case.is_open}
    return frozenset(
        case.child_id
        for case in now
        if case.is_open and earlier.get(case.child_id) != value_shown(item, case, held)
    )
