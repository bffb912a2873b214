"""The exchange list: which cases a team proposes for audit by its colleagues, for both managers.

Source: audit procedure 3 (Quality: "agreed pairs of team managers should meet and exchange
information about the cases to be audited", "distributed equally across the caseloads");
domain.md A2.1, step 4.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.model.letter import Letter
from auditdocs.model.people import Staff
from auditdocs.model.selection import Pick, Selection
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import period
from auditdocs.rules.caseload.open_cases import worker_key
from auditdocs.rules.caseload.workers import workers
from auditdocs.rules.selection.posts import Posts, posts

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cases": ("child_id", "worker", "auditor", "due", "why"),
    "reserves": ("child_id", "worker", "auditor", "why"),
    "spread": ("worker", "open", "chosen"),
}
"""The letter's tables and their columns."""


def exchange_letters(
    chosen: Selection, contract: Contract, cases: Iterable[Case], staff: Staff, *, today: date
) -> tuple[Letter, ...]:
    """A team's list for its own manager and for the pair's; none for audits that are no exchange.

    A vacant post is covered by the head of service (domain.md A2.1, edges). Kept with the
    selection, so that it says what was proposed then.
    """
    is_peer = "team-manager-feedback" in contract.follow_up
    if not is_peer or "smg-discussion" in contract.follow_up:
        return ()
    several = tuple(cases)
    names = dict.fromkeys(pick.team for pick in chosen.picks)
    known = posts(staff)
    return tuple(
        letter for team in names for letter in _of_team(team, chosen, several, known, today)
    )


def _of_team(
    team: str, chosen: Selection, cases: tuple[Case, ...], known: Posts, today: date
) -> Iterable[Letter]:
    pair = known.team(team).pair
    holders = {name: known.manager(name, today) or known.head(name, today) for name in (pair, team)}
    details = _details(team, holders[team], chosen, cases)
    for person, where in {holder: name for name, holder in holders.items() if holder}.items():
        yield Letter(
            kind="exchange-list",
            about=f"{team} {chosen.period} {today.isoformat()}",
            team=where,
            person=person,
            wanted=today,
            details=details,
        )


def _details(team: str, manager: str, chosen: Selection, cases: tuple[Case, ...]) -> dict[str, str]:
    picks = [pick for pick in chosen.picks if pick.team == team]
    tables: dict[str, list[tuple[str, ...]]] = {
        "cases": [
            (pick.child_id, pick.worker, pick.auditor, uk_date(pick.due), pick.why)
            for pick in picks
        ],
        "reserves": [
            (pick.child_id, pick.worker, pick.auditor, pick.why)
            for pick in chosen.reserves
            if pick.team == team
        ],
        "spread": _spread(picks, [case for case in cases if case.team == team]),
    }
    rows = {
        f"{name} {place:04d}": "\t".join(cell.replace("\t", " ") for cell in row)
        for name, table in tables.items()
        for place, row in enumerate(table)
    }
    return {
        "manager": manager,
        "team": team,
        "period": period(chosen.period).words,
        **rows,
    }


def _spread(picks: Iterable[Pick], cases: Iterable[Case]) -> list[tuple[str, ...]]:
    """Every worker with open cases, how many they have, and how many were chosen."""
    mine = [case for case in cases if case.is_open]
    whose = workers(mine)
    carried = Counter(worker_key(case) for case in mine if case.worker)
    taken = Counter(map(whose.key, picks))
    by_name = sorted((whose.names[key], key) for key in carried)
    return [(name, str(carried[key]), str(taken[key])) for name, key in by_name]
