"""The rota: who audits whose cases in a month, one audit for each auditor.

Source: domain.md A2.1 (slots, edges), A0.1; Audit procedure 3, Quality Audit ("All staff conducting
Quality Audits should do so at the rate of one per month").
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.audit import WITHDRAWN
from auditdocs.model.case import CP, LAC, Case
from auditdocs.model.people import ROLES, Person
from auditdocs.rules.calendar.periods import Period, month_of, year_of
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.posts import Posts, posts
from auditdocs.rules.selection.request import Request

REVIEWS: Mapping[str, str] = {"iro": LAC, "cp_adviser": CP}
"""Role to the only case type it audits; the owner team's manager has to agree such an audit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One audit that one auditor is due in one month."""

    month: Period
    auditor: str
    role: str
    team: str
    """The team the auditor speaks for: one's own, or the one whose vacant post is covered."""
    hosts: tuple[str, ...]
    """The teams whose cases may be audited, by name."""
    case_type: str = ""
    """The only case type it may be, or ""."""

    def takes(self, case: Case) -> bool:
        """Whether the case is of a team and a type for this slot."""
        fits = not self.case_type or self.case_type in case.case_types
        return fits and case.team in self.hosts

    def start(self, *, today: date) -> date:
        """The day from which it is worked: the month's first, or today when that is later."""
        return max(self.month.first, today)

    @property
    def words(self) -> str:
        """Whose slot it is, without a name: "Team manager (North)"."""
        return f"{ROLES.get(self.role, 'Auditor')} ({self.team})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """The auditors of a service and the teams whose cases they audit."""

    request: Request
    posts: Posts
    owners: tuple[str, ...]
    """The teams that hold open cases, by name."""

    def slots(self, month: Period) -> tuple[Slot, ...]:
        """The slots of that month not issued yet: managers first, by the teams they audit.

        None in a quiet month. An audit of the auditor's for that month fills the slot, unless it
        was withdrawn. Source: domain.md A2.1; settled.md, Selection.
        """
        filled = {
            self.posts.key(audit.auditor, team=audit.auditor_team)
            for audit in self.request.own_audits
            if audit.period == month.label and audit.status != WITHDRAWN
        }
        return tuple(slot for slot in self.due(month) if self.key(slot) not in filled)

    def key(self, slot: Slot) -> str:
        """What tells the slot's auditor from others, a namesake too."""
        return self.posts.key(slot.auditor, team=slot.team)

    def due(self, month: Period) -> tuple[Slot, ...]:
        """Every slot of that month, issued or not, in the same order."""
        if month.first.month in self.request.settings.quiet_months:
            return ()
        managers = tuple(self._managers(month))
        return (*managers, *self._reviewers(month), *self._others(month, managers))

    def missed(self) -> Iterator[tuple[Period, tuple[Slot, ...]]]:
        """Each month of this financial year that is over, with the slots nobody was given.

        From the first month that has an audit; an auditor who came later missed nothing.
        Source: domain.md A2.1, edges ("counts as missed").
        """
        today, labels = self.request.today, [audit.period for audit in self.request.own_audits]
        begun = min(labels, default=month_of(today).label)
        for month in year_of(today).months:
            is_over = begun <= month.label and month.last < today
            slots = self.slots(month) if is_over else ()
            if left := tuple(slot for slot in slots if self._was_in_post(slot, month)):
                yield month, left

    def _was_in_post(self, slot: Slot, month: Period) -> bool:
        return self.posts.in_post(slot.auditor, month.first)

    def faults(self, month: Period) -> Iterator[str]:
        """What keeps a team from being audited that month, in words that name nobody."""
        if month.first.month in self.request.settings.quiet_months:
            yield f"{month.label} is a quiet month: no audit falls due"
            return
        if month.last < self.request.today:
            yield f"{month.label} is over: audits given for it now are late"
        for owner in filter(self.request.covers_team, self.owners):
            pair = self._pair(owner)
            if pair not in self.posts.staff.teams:
                yield f"{owner} has no paired team: no team manager audits its cases"
            elif not self._manager_or_head(pair, month)[0]:
                yield f"{owner}: the manager's post of {pair} is vacant and nobody covers it"
        named = self.request.settings.quality_auditors
        if unknown := sum(self.posts.person(name) is None for name in named):
            yield (
                f"auditdocs.toml, [quality] auditors: {number_of(unknown, 'name')} not on the "
                "staff register, or there more than once"
            )

    def _pair(self, owner: str) -> str:
        pair = self.posts.team(owner).pair
        return pair if pair != owner else ""

    def _manager_or_head(self, team: str, month: Period) -> tuple[str, str]:
        """The team's manager with the role, or the head of service who covers a vacant post."""
        day = max(month.first, self.request.today)
        if manager := self.posts.manager(team, day):
            return manager, "tm"
        return self.posts.head(team, day), "hos"

    def _managers(self, month: Period) -> Iterator[Slot]:
        """A slot for each manager of a paired team, who hosts every team it is paired with."""
        owned: dict[tuple[str, str], list[Slot]] = defaultdict(list)
        for owner in self.owners:
            pair = self._pair(owner)
            auditor, role = self._manager_or_head(pair, month)
            if auditor and (role == "hos" or self._audits(auditor)):
                slot = Slot(month=month, auditor=auditor, role=role, team=pair, hosts=(owner,))
                owned[self.key(slot), role].append(slot)
        for first, *others in owned.values():
            more = (host for slot in others for host in slot.hosts)
            yield replace(first, hosts=(*first.hosts, *more))

    def _reviewers(self, month: Period) -> Iterator[Slot]:
        """A slot for each reviewing officer and adviser, in any team."""
        day = max(month.first, self.request.today)
        for role, case_type in REVIEWS.items():
            for person in self.posts.holders(role, day):
                if self._audits(person.name):
                    yield _slot(person, month, hosts=self.owners, case_type=case_type)

    def _others(self, month: Period, managers: tuple[Slot, ...]) -> Iterator[Slot]:
        """A slot for everybody else whom the settings name, in any team but their own."""
        day = max(month.first, self.request.today)
        placed = set(map(self.key, managers))
        for person in self._listed():
            hosts = tuple(team for team in self.owners if team not in person.teams)
            slot = _slot(person, month, hosts=hosts)
            is_placed = person.role in REVIEWS or self.key(slot) in placed
            if person.active_on(day) and not is_placed:
                yield slot

    def _listed(self) -> tuple[Person, ...]:
        """The people whom [quality] auditors names, by name, each once."""
        found = (self.posts.person(name) for name in self.request.settings.quality_auditors)
        people = {self.posts.key(person.name): person for person in found if person}
        return tuple(person for _, person in sorted(people.items()))

    def _audits(self, name: str) -> bool:
        """Whether the person audits at all: everybody does while the settings name nobody."""
        listed = {self.posts.key(one) for one in self.request.settings.quality_auditors}
        return not listed or self.posts.key(name) in listed


def rota(request: Request) -> Rota:
    """The rota of the service the request is made to."""
    owners = sorted({case.team for case in request.open_cases if case.team})
    return Rota(request=request, posts=posts(request.staff), owners=tuple(owners))


def _slot(person: Person, month: Period, *, hosts: tuple[str, ...], case_type: str = "") -> Slot:
    return Slot(
        month=month,
        auditor=person.name,
        role=person.role,
        team=person.teams[0] if person.teams else "",
        hosts=hosts,
        case_type=case_type,
    )
