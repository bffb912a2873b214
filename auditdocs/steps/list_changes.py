"""What has changed on the system since it was last listed, for the items checked on change.

Source: domain.md C1 (frequencies).
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from auditdocs.model.accuracy import AgreedItem, Agreement, CheckList
from auditdocs.model.case import Case
from auditdocs.places.journal.caseload import caseload, data_dates
from auditdocs.rules.accuracy.due import checked_on_change
from auditdocs.rules.accuracy.listing import Listing, changed
from auditdocs.rules.caseload.matching import matched
from auditdocs.steps.office import Office

CasesThen = Callable[[date], tuple[Case, ...]]
"""The cases of the extract of a data date."""


def cases_then(office: Office, listing: Listing) -> CasesThen:
    """Cases of earlier extracts, workers and teams spelled as today; each extract is read once."""

    @cache
    def then(day: date) -> tuple[Case, ...]:
        found = caseload(office.journal, on=day)
        assert found is not None  # asked for by the data dates that there are
        people, teams = listing.round_it.people, office.settings.teams
        return matched(found.cases, people, today=office.today, teams=teams)[0]

    return then


def changes(
    office: Office,
    listing: Listing,
    agreement: Agreement,
    issued: Iterable[CheckList],
    then: CasesThen,
) -> dict[str, frozenset[str]]:
    """Of each item checked on change, the team's children for whom its value has changed.

    Of an item of the team's own the extract has no value: the new cases are listed. Where the
    extract of that day is no longer kept, it is told from the earliest that is.
    """
    found, days = {}, data_dates(office.journal)
    mine = [case for case in listing.cases if case.team == agreement.team]
    children = {case.child_id for case in mine}
    for item in checked_on_change(agreement):
        known, since = listing.contract.item(item.id), _last_listed(agreement, item, issued)
        day = max((each for each in days if each <= since), default=days[0])
        if day < listing.round_it.data_date:
            before = (case for case in then(day) if case.child_id in children)
            found[item.id] = changed(known, before, mine, listing.held)
    return found


def _last_listed(agreement: Agreement, item: AgreedItem, issued: Iterable[CheckList]) -> date:
    """The data date of the team's last list that had the item; before any, when it was agreed."""
    days = (
        each.data_date
        for each in issued
        if each.team == agreement.team and item.id in {i.id for i in each.items}
    )
    return max(days, default=item.start)
