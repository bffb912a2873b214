"""To whom each letter about an audit goes: post holders as they are on the day.

Source: audit procedure 2 ("findings fed back to the relevant Team Manager", "agreed with their
supervisors"), 3 ("referred up to the relevant Head of Service(s)"); domain.md A2.1 (a vacant team
manager's post is covered by the Head of Service), settled.md (posts).
"""

from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.rules.selection.posts import Posts

NOBODY = "Nobody named"
"""The folder of letters for a post whose holder is not known."""


@dataclass(frozen=True, slots=True, order=True)
class Addressee:
    """Somebody who gets a letter, and the team folder it is put in."""

    team: str
    person: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Who holds which post on a day."""

    posts: Posts
    day: date

    def manager(self, audit: Audit) -> Addressee:
        """The team manager who owns the case; while the post is vacant the head of service.

        One whom the form alone knows counts, unless the register knows that they have left.
        """
        known = self.posts.manager(audit.team, self.day) or self._named(audit, "team_manager")
        return Addressee(self._team(audit), known or self.head(audit).person)

    def head(self, audit: Audit) -> Addressee:
        """The head of service over the case's team."""
        return Addressee(self._team(audit), self.posts.head(audit.team, self.day) or NOBODY)

    def heads(self, audit: Audit) -> tuple[Addressee, ...]:
        """The heads of service over the case's and the auditor's team: one, or two."""
        teams = (self.posts.team(name).name for name in (audit.auditor_team, audit.team) if name)
        named = {self.posts.head(team, self.day): team for team in teams}
        found = [Addressee(team, head) for head, team in named.items() if head]
        return tuple(sorted(found)) or (self.head(audit),)

    def supervisor(self, audit: Audit) -> Addressee:
        """The supervisor of the case's worker, in post and not the worker; else the manager."""
        worker = self.posts.person(audit.worker, audit.worker_id)
        named = self.in_post(worker.supervisor if worker else "")
        named = named or self._named(audit, "supervisor")
        if not named or self._is_same(named, audit.worker):
            return self.manager(audit)
        return Addressee(self._team(audit), named)

    def verifier(self, audit: Audit, owner: str) -> Addressee:
        """Who sees that the owner did it: the first over the case's worker who is not the owner.

        Source: domain.md A0.6 (verified_by: "supervisor; not the owner").
        """
        over = (self.supervisor(audit), self.manager(audit), self.head(audit))
        return next((each for each in over if not self._is_same(each.person, owner)), over[-1])

    def filer(self, audit: Audit) -> Addressee:
        """Who attaches the contact sheet: the team's business support officer, else the worker."""
        officer = self.posts.team(audit.team).business_support
        return Addressee(self._team(audit), officer or audit.worker or audit.auditor)

    def auditor(self, audit: Audit) -> Addressee:
        """Who carried out the audit."""
        team = self.posts.team(audit.auditor_team or audit.team).name
        return Addressee(team, audit.auditor)

    def programme(self, title: str) -> Addressee:
        """The Head of Service for quality, who runs the programme; without a name, the post."""
        holders = self.posts.holders("hos_qap", self.day)
        return Addressee("Service Management Group", holders[0].name if holders else title)

    def business_support(self, title: str) -> Addressee:
        """The Head of Service for Business Support; without a name, the post."""
        holders = self.posts.holders("hos_bs", self.day)
        return Addressee("Service Management Group", holders[0].name if holders else title)

    def owner(self, name: str, audit: Audit) -> Addressee:
        """The owner of a recommendation, in the folder of their own team where it is known.

        Of one who has left, the team manager.
        """
        if not self.in_post(name):
            return self.manager(audit)
        person = self.posts.person(name)
        teams = person.teams if person else ()
        own = self._team(audit)
        return Addressee(own if own in teams or not teams else teams[0], name)

    def _team(self, audit: Audit) -> str:
        """The name that the case's team has now: its folder."""
        return self.posts.team(audit.team).name

    def in_post(self, name: str) -> str:
        """The name, or "" where the register knows that its bearer is not in post."""
        return name if self.posts.in_post(name, self.day) else ""

    def _named(self, audit: Audit, field: str) -> str:
        """Whom the form's header names in that field, where they are in post."""
        return self.in_post(audit.header.get(field, ""))

    def _is_same(self, one: str, other: str) -> bool:
        return self.posts.key(one) == self.posts.key(other)
