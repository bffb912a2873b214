"""The people of the service: who they are, where they sit, and who is over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

ROLES: Mapping[str, str] = {
    "sw": "Social worker",
    "ssw": "Senior social worker",
    "tm": "Team manager",
    "bso": "Business support officer",
    "iro": "Independent reviewing officer",
    "cp_adviser": "Child protection adviser",
    "hos": "Head of Service",
    "hos_qap": "Head of Service for Quality, Audit and Performance",
    "hos_bs": "Head of Service for Business Support",
    "bi": "Business Information Team",
    "smg": "Service Management Group",
}
"""The roles of the procedure (domain.md A0.1) by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the staff register."""

    name: str
    worker_id: str = ""
    aliases: tuple[str, ...] = ()
    role: str = ""
    teams: tuple[str, ...] = ()
    supervisor: str = ""
    head_of_service: str = ""
    active_from: date | None = None
    active_to: date | None = None

    def active_on(self, day: date) -> bool:
        """Whether the person is in post on that day, first and last day included."""
        started = self.active_from is None or self.active_from <= day
        return started and (self.active_to is None or day <= self.active_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team and who answers for it. "" where nobody is known."""

    name: str
    manager: str = ""
    head_of_service: str = ""
    business_support: str = ""
    pair: str = ""
    """The team whose manager audits this team's cases."""
    renamed_from: tuple[str, ...] = ()
    """The names it had before, under which its audits of that time stand."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody and every team, from register, settings and extract together."""

    people: tuple[Person, ...] = ()
    teams: Mapping[str, Team] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    pair_warnings: tuple[str, ...] = ()
    """What is to be known of pairs of teams, where audits are by the pair's manager."""
