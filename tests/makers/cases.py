"""Makers of cases, people and audits: sound by default, each test states only what matters."""

from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.case import CIN, Case
from auditdocs.model.people import Person, Staff, Team

TODAY = date(2026, 10, 1)


def a_case(child_id="1000001", **changes):
    """An open child-in-need case, open since January 2026."""
    sound = {
        "team": "North",
        "worker": "Ann Archer",
        "open_date": date(2026, 1, 5),
        "case_status": "child in need",
        "dob": date(2018, 5, 1),
        "age": 8,
        "gender": "Female",
        "case_types": frozenset({CIN}),
    }
    return Case(child_id=child_id, **(sound | changes))


def a_person(name="Ann Archer", **changes):
    """A social worker of team North."""
    sound = {"role": "sw", "teams": ("North",), "supervisor": "Sue Senior"}
    return Person(name=name, **(sound | changes))


def a_team(name="North", **changes):
    """A team with a manager and a head of service."""
    sound = {"manager": f"{name} Manager", "head_of_service": "Hilda Head", "pair": ""}
    return Team(name=name, **(sound | changes))


def a_staff(*people, teams=()):
    """A staff of these people and teams."""
    return Staff(people=people, teams={team.name: team for team in teams})


def an_audit(audit_id="C-2026-09-0001", **changes):
    """A Completeness audit issued in September 2026 and still out."""
    sound = {
        "type": "completeness",
        "version": 1,
        "fingerprint": "",
        "child_id": "1000001",
        "team": "North",
        "worker": "Ann Archer",
        "auditor": "Ann Archer",
        "auditor_role": "sw",
        "auditor_team": "North",
        "period": "2026-09",
        "issued": date(2026, 9, 1),
        "due": date(2026, 9, 22),
    }
    return Audit(audit_id=audit_id, **(sound | changes))
