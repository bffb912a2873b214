"""Makers of selections: contracts that name a rule, requests, and small services to select from."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from auditdocs.model.case import CASE_TYPES
from auditdocs.model.contract import Contract
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import month_of, quarter_of
from auditdocs.rules.selection.selection import Request
from tests.makers.cases import TODAY, a_case, a_person, a_staff, a_team, an_audit

OCTOBER = month_of(TODAY)


def a_bare_contract(key, selection, **changes):
    """A contract without questions: what a selection needs to know of an audit type."""
    sound = {
        "prefix": key[0].upper(),
        "title": f"Case Audit ({key})",
        "version": 1,
        "sheet": key,
        "intro": "",
        "cadence": "month",
        "due_days": 28,
        "targets": {},
        "header": (),
        "auditor": (),
        "sections": (),
        "sign_off": (),
        "prompts": {},
    }
    return Contract(key=key, selection=selection, **(sound | changes))


COMPLETENESS = a_bare_contract("completeness", "oldest-first", cadence="supervision", due_days=21)
QUALITY = a_bare_contract("quality", "paired-managers")
THEMED = a_bare_contract(
    "head-of-service",
    "themed-draw",
    cadence="quarter",
    targets={"quarter": 6, "year": 24},
    names_theme=True,
)


def a_request(*cases, **changes):
    """A request for October's Completeness audits of these cases, nobody on the register."""
    sound = {
        "contract": COMPLETENESS,
        "period": OCTOBER,
        "today": TODAY,
        "data_date": TODAY,
        "staff": a_staff(),
        "settings": Settings(),
    }
    return Request(cases=cases, **(sound | changes))


def a_quality_request(*cases, **changes):
    """A request for October's Quality audits in a service of two paired teams, no reserves."""
    sound = {"contract": QUALITY, "staff": a_pair(), "settings": Settings(reserves=0)}
    return a_request(*cases, **(sound | changes))


def a_themed_request(*cases, **changes):
    """A request for the themed audits of the quarter over all cases, with three areas."""
    sound = {
        "contract": THEMED,
        "period": quarter_of(TODAY),
        "staff": three_areas(),
        "theme": "Drift",
        "expression": "weeks_since(open_date) > 6",
    }
    return a_request(*cases, **(sound | changes))


def a_pair(*people, **changes):
    """North and South, whose managers audit each other's cases, and more people."""
    teams = (a_team("North", pair="South"), a_team("South", pair="North"))
    changed = (replace(team, **changes.get(team.name, {})) for team in teams)
    return a_staff(*people, teams=tuple(changed))


def three_areas(*people):
    """North, South and West, each under a head of service of its own."""
    heads = {"North": "Hal", "South": "Hope", "West": "Hugh"}
    teams = tuple(a_team(name, head_of_service=head) for name, head in heads.items())
    heads_in_post = (a_person(head, role="hos", teams=()) for head in heads.values())
    return a_staff(*heads_in_post, *people, teams=teams)


def a_home_audit(child_id, day, *, audit_id="", contract=COMPLETENESS, **changes):
    """An accepted audit of that child made on that day."""
    sound = {
        "type": contract.key,
        "child_id": child_id,
        "status": "accepted",
        "issued": day - timedelta(days=10),
        "due": day + timedelta(days=10),
        "date_audited": day,
        "period": month_of(day).label,
    }
    return an_audit(audit_id or f"{contract.prefix}-{child_id}-{day}", **(sound | changes))


def children(picks):
    """The child ids of picks or exclusions, in their order."""
    return [entry.child_id for entry in picks]


def reason_of(selection, child_id):
    """Why that case is excluded, or "" when it is not."""
    return next((e.reason for e in selection.excluded if e.child_id == child_id), "")


def _any_case(number, seed):
    """A case of any standing: closed, unallocated, undated, to come, a sibling, of any type."""
    chance = Random(f"{seed} case {number}")
    return a_case(
        f"{1000000 + number}",
        team=chance.choice(["North", "North", "South", "West", ""]),
        worker=chance.choice(["Ann Archer", "Ann Archer", "Bob Baker", "Cy Cole", "Lee Left", ""]),
        open_date=chance.choice([None, *(TODAY - timedelta(days=_days(chance)) for _ in "1234")]),
        close_date=chance.choice([None] * 5 + [TODAY + timedelta(days=chance.randint(-900, 40))]),
        case_types=frozenset(chance.sample(CASE_TYPES, chance.randint(0, 2))),
        family_id=chance.choice(["", "", f"F{number // 4}"]),
        supervision_date=chance.choice([None, TODAY + timedelta(days=chance.randint(-9, 9))]),
    )


def _days(chance):
    return chance.choice([chance.randint(-10, 50), chance.randint(43, 900)])


def _any_audit(number, seed, cases):
    """An audit of one of these cases, of any type, home, out or withdrawn."""
    chance = Random(f"{seed} audit {number}")
    return a_home_audit(
        chance.choice([case.child_id for case in cases] or ["1000000"]),
        TODAY - timedelta(days=chance.choice([chance.randint(0, 60), chance.randint(0, 700)])),
        audit_id=f"A-{number:04d}",
        contract=chance.choice([COMPLETENESS, QUALITY, THEMED]),
        status=chance.choice(["issued", "accepted", "accepted", "withdrawn"]),
        auditor=chance.choice(["Ann Archer", "North Manager", "Ivy Iro", "Hope"]),
        auditor_role=chance.choice(["sw", "tm", "iro", "hos"]),
        worker=chance.choice(["Ann Archer", "Bob Baker"]),
        theme=chance.choice(["", "Drift"]),
    )


@st.composite
def requests(draw):
    """A request of any of the three rules to a service of three teams with all its posts.

    Chance is seeded, not drawn row by row: a law is then tried on whole caseloads, and quickly.
    """
    seed = draw(st.integers(0, 10**6))
    cases = tuple(_any_case(number, seed) for number in range(draw(st.integers(0, 40))))
    contract = draw(st.sampled_from([COMPLETENESS, QUALITY, THEMED]))
    named = Random(seed).sample(cases, min(len(cases), draw(st.integers(0, 3))))
    return Request(
        contract=contract,
        period=draw(st.sampled_from([OCTOBER, quarter_of(TODAY)])),
        today=TODAY,
        data_date=TODAY,
        cases=cases,
        staff=a_service(),
        settings=Settings(reserves=1),
        audits=tuple(_any_audit(number, seed, cases) for number in range(draw(st.integers(0, 25)))),
        theme="Drift",
        expression="weeks_since(open_date) > 6" if contract is THEMED else "",
        directed=tuple((case.child_id, "complaint") for case in named),
    )


def a_service():
    """Three teams in a ring under two heads of service, an IRO, an adviser, a worker who left."""
    ring = (("North", "South", "Hal"), ("South", "West", "Hal"), ("West", "North", "Hope"))
    return a_staff(
        a_person("Ann Archer"),
        a_person("Bob Baker"),
        a_person("Lee Left", active_to=date(2026, 9, 1)),
        a_person("Ivy Iro", role="iro", teams=("Review",)),
        a_person("Ada Adviser", role="cp_adviser", teams=("Review",)),
        a_person("Hal", role="hos", teams=()),
        a_person("Hope", role="hos", teams=()),
        teams=tuple(a_team(name, pair=pair, head_of_service=head) for name, pair, head in ring),
    )


def turned(request):
    """The same request with its rows in another order."""
    staff = replace(
        request.staff,
        people=request.staff.people[::-1],
        teams=dict(reversed(request.staff.teams.items())),
    )
    return replace(request, cases=request.cases[::-1], audits=request.audits[::-1], staff=staff)
