"""Makers of selections: contracts that name a rule, requests, and small services to select from."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from auditdocs.model.case import CASE_TYPES
from auditdocs.model.contract import Contract
from auditdocs.model.settings import Settings
from auditdocs.rules.periods import month_of, quarter_of
from auditdocs.rules.selection import Request
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


_DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 1))
_TEAMS = st.sampled_from(["North", "South", "West", ""])
_WORKERS = st.sampled_from(["Ann Archer", "Bob Baker", "Cy Cole", "Lee Left", ""])


@st.composite
def caseloads(draw):
    """Up to twenty cases of any standing: closed, unallocated, undated, siblings, of any type."""
    ids = draw(st.lists(st.integers(1, 99), unique=True, max_size=20))
    return tuple(
        a_case(
            f"10000{number:02d}",
            team=draw(_TEAMS),
            worker=draw(_WORKERS),
            open_date=draw(st.none() | _DAYS),
            close_date=draw(st.none() | st.none() | _DAYS),
            case_types=draw(st.frozensets(st.sampled_from(CASE_TYPES))),
            family_id=draw(st.sampled_from(["", "", "F1", "F2"])),
        )
        for number in ids
    )


@st.composite
def histories(draw, cases):
    """Up to twelve audits of these cases, of any type, home, out or withdrawn."""
    ids = [case.child_id for case in cases] or ["1000001"]
    kinds = st.sampled_from([COMPLETENESS, QUALITY, THEMED])
    return tuple(
        a_home_audit(
            draw(st.sampled_from(ids)),
            draw(st.dates(min_value=date(2025, 6, 1), max_value=TODAY)),
            audit_id=f"A-{number:04d}",
            contract=draw(kinds),
            status=draw(st.sampled_from(["issued", "accepted", "withdrawn"])),
            auditor=draw(st.sampled_from(["Ann Archer", "North Manager", "Ivy Iro", "Hope"])),
            auditor_role=draw(st.sampled_from(["sw", "tm", "iro", "hos"])),
        )
        for number in range(draw(st.integers(0, 12)))
    )


@st.composite
def requests(draw):
    """A request of any of the three rules to a service of three teams with all its posts."""
    cases = draw(caseloads())
    contract = draw(st.sampled_from([COMPLETENESS, QUALITY, THEMED]))
    return Request(
        contract=contract,
        period=draw(st.sampled_from([OCTOBER, quarter_of(TODAY)])),
        today=TODAY,
        data_date=TODAY,
        cases=cases,
        staff=a_service(),
        settings=Settings(reserves=1),
        audits=draw(histories(cases)),
        theme="Drift",
        expression="weeks_since(open_date) > 6" if contract is THEMED else "",
        directed=draw(directions(cases)),
    )


@st.composite
def directions(draw, cases):
    """Up to two cases that somebody names, each with a reason."""
    ids = [case.child_id for case in cases]
    named = draw(st.lists(st.sampled_from(ids), unique=True, max_size=2)) if ids else []
    return tuple((child_id, "complaint") for child_id in named)


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
