"""Who holds which post on a day: managers, heads of service, reviewing officers."""

from collections import Counter
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
    renamed: Mapping[str, Team]
    """By name_key of a name that a team had before."""

    def person(self, name: str, worker_id: str = "") -> Person | None:
        """The person of that id, or else of that name; None when unknown or ambiguous."""
        return self.known.get(worker_id.casefold()) or self.known.get(name_key(name))

    def key(self, name: str) -> str:
        """What tells that person from others, however the name is written; "" for no name."""
        person = self.person(name)
        return name_key(person.name if person else name)

    def in_post(self, name: str, day: date, *, worker_id: str = "") -> bool:
        """Whether that person is in post; somebody the register does not know is taken to be."""
        person = self.person(name, worker_id)
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
        return holder if self.in_post(holder, day) else ""

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
    times = Counter(key for key, _ in keys)
    teams = staff.teams.values()
    return Posts(
        staff,
        known={key: person for key, person in keys if times[key] == 1},
        renamed={name_key(old): team for team in teams for old in team.renamed_from},
    )


def _keys(person: Person) -> set[str]:
    names = {name_key(name) for name in (person.name, *person.aliases)}
    return {*names, person.worker_id.casefold()} - {""}
