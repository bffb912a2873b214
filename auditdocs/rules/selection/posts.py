"""Who holds which post on a day: managers, heads of service, reviewing officers.

Source: domain.md A0.1.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.people import Person, Staff, Team
from auditdocs.rules.caseload.matching import name_key


@dataclass(frozen=True, slots=True)
class Posts:
    """A staff whose people can be looked up."""

    staff: Staff
    known: Mapping[str, Person]
    """By worker id and by name_key of name and aliases; a key that two people share is left out."""
    alike: Mapping[str, tuple[Person, ...]]
    """By name_key those who share a name or alias."""
    renamed: Mapping[str, Team]
    """By name_key of a name that a team had before."""

    def person(self, name: str, worker_id: str = "", *, team: str = "") -> Person | None:
        """The person of that id, or else of that name, of several the only one in that team.

        None when unknown or ambiguous.
        """
        if found := self.known.get(worker_id.casefold()) or self.known.get(name_key(name)):
            return found
        mine = [one for one in self.alike.get(name_key(name), ()) if team in one.teams]
        return mine[0] if len(mine) == 1 else None

    def key(self, name: str, *, team: str = "") -> str:
        """What tells that person from others, however the name is written; "" for no name.

        Of several of one name it is the name alone where `team` does not tell which is meant.
        """
        person = self.person(name, team=team)
        plain = name_key(person.name if person else name)
        if person is None or plain not in self.alike:
            return plain
        return f"{plain} {person.worker_id or ', '.join(person.teams)}"

    def in_post(self, name: str, day: date, *, worker_id: str = "", team: str = "") -> bool:
        """Whether that person is in post; somebody the register does not know is taken to be."""
        person = self.person(name, worker_id, team=team)
        return bool(name) and (person is None or person.active_on(day))

    def team(self, name: str) -> Team:
        """The team of that name, today's or an earlier one; one without anybody when unknown."""
        return self.staff.teams.get(name) or self.renamed.get(name_key(name)) or Team(name=name)

    def named_today(self, audit: Audit) -> Audit:
        """The audit with its teams under the names they have now."""
        team, own = self.team(audit.team).name, self.team(audit.auditor_team).name
        if (team, own) == (audit.team, audit.auditor_team):
            return audit
        return replace(audit, team=team, auditor_team=own)

    def manager(self, team: str, day: date) -> str:
        """The team's manager, or "" while the post is vacant."""
        holder = self.team(team).manager
        return holder if self.in_post(holder, day, team=team) else ""

    def head(self, team: str, day: date) -> str:
        """The head of service over the team, or "" while there is none."""
        holder = self.team(team).head_of_service
        return holder if self.in_post(holder, day) else ""

    def holders(self, role: str, day: date) -> tuple[Person, ...]:
        """Everybody in that role on that day, by name."""
        held = (one for one in self.staff.people if one.role == role and one.active_on(day))
        return tuple(sorted(held, key=lambda person: (person.name, person.worker_id)))


def posts(staff: Staff) -> Posts:
    """The posts of a staff."""
    keys = [(key, person) for person in staff.people for key in _keys(person)]
    sharing: dict[str, list[Person]] = defaultdict(list)
    for key, person in keys:
        sharing[key].append(person)
    teams = staff.teams.values()
    return Posts(
        staff,
        known={key: people[0] for key, people in sharing.items() if len(people) == 1},
        alike={key: tuple(people) for key, people in sharing.items() if len(people) > 1},
        renamed={name_key(old): team for team in teams for old in team.renamed_from},
    )


def _keys(person: Person) -> set[str]:
    names = {name_key(name) for name in (person.name, *person.aliases)}
    return {*names, person.worker_id.casefold()} - {""}
