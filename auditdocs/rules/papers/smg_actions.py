"""The SMG report's last chapter: actions proposed from the figures, each with owner and date.

Source: domain.md D1, 12; the dates are our decision, 2026-10-01.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, islice

from auditdocs.model.commitment import Commitment
from auditdocs.model.report import Chapter, Paragraph, TableBlock
from auditdocs.rules.calendar.dates import months_after, uk_date, working_days_after
from auditdocs.rules.findings.counts import Counted, together
from auditdocs.rules.findings.follow_through import NEEDS_SHARED
from auditdocs.rules.findings.standards import Standard, most_missed
from auditdocs.rules.forms.outcomes import NOT_MET
from auditdocs.rules.papers.paper import ACTIONS, Paper, team_name

MOST = 8
"""How many actions are proposed: a longer list is not done."""

TEAMS = 2
"""How many teams are asked about forms, and how many about recommendations."""


def actions_chapter(paper: Paper) -> Chapter:
    """At most MOST actions, the most pressing first."""
    actions = proposals(paper)
    if not actions:
        text = "The figures of this period propose no action."
        return Chapter(heading=ACTIONS, blocks=(Paragraph(text=text),))
    drafted = Paragraph(
        text="Drafted from the figures, for the group to change. What it agrees is kept in the "
        "ledger's sheet SMG actions, and is reported on next time.",
        style="note",
    )
    table = TableBlock(
        caption="Actions proposed",
        headings=("Action", "Owner", "By when"),
        rows=tuple((each.action, each.owner, uk_date(each.due)) for each in actions if each.due),
        widths=(6, 3, 2),
    )
    return Chapter(heading=ACTIONS, blocks=(drafted, table))


def proposals(paper: Paper) -> tuple[Commitment, ...]:
    """The actions that the figures propose; the reference of one tells what it is about."""
    return tuple(islice(_actions(paper), MOST))


def spare_rows(period: str, *, count: int) -> tuple[Commitment, ...]:
    """Empty actions of a period, for those that the group thinks of itself."""
    return tuple(
        Commitment(reference=_reference(period, f"own {number}"), period=period, action="")
        for number in range(1, count + 1)
    )


def _reference(period: str, about: str) -> str:
    """ "SMG-2026-27-Q2-overdue-north"."""
    plain = "".join(letter if letter.isalnum() else " " for letter in about.casefold())
    return "-".join(("SMG", period, *plain.split()))


def _proposed(paper: Paper, about: str, what: str, owner: str, due: date) -> Commitment:
    label = paper.period.label
    reference = _reference(label, about)
    return Commitment(reference=reference, period=label, action=what, owner=owner, due=due)


def _actions(paper: Paper) -> Iterator[Commitment]:
    return chain(
        _safety(paper),
        _statutory(paper),
        _missed_forms(paper),
        _overdue(paper),
        _targets(paper),
        _never_audited(paper),
        _local_standard(paper),
        _training(paper),
    )


def _safety(paper: Paper) -> Iterator[Commitment]:
    if paper.figures.unsafe.value:
        told = paper.shown.words(paper.figures.unsafe, "audit")
        what = f"Confirm that each child found not safe has been made safe ({told})"
        yield _proposed(paper, "safety", what, paper.post("hos_qap"), _in_working_days(paper, 1))


def _statutory(paper: Paper) -> Iterator[Commitment]:
    missed = [each for each in _missed(paper) if each.is_statutory]
    for each in missed[:1]:
        what = f"Put right the statutory standard most often not met: {_told(paper, each)}"
        yield _proposed(paper, "statutory standard", what, paper.post("hos"), _in_months(paper, 3))


def _missed_forms(paper: Paper) -> Iterator[Commitment]:
    """Of those that fell due in the period the ones that are out to this day."""
    teams = paper.figures.delivery_by_team
    for team, count in _worst({team: each.still_out for team, each in teams.items()}):
        told = f"{paper.shown.words(count, 'missed form')}, {team_name(team)}"
        what = f"See that what is missing comes back or is withdrawn with a reason: {told}"
        about, day = f"missed forms {team_name(team)}", _in_working_days(paper, 10)
        yield _proposed(paper, about, what, paper.manager(team), day)


def _overdue(paper: Paper) -> Iterator[Commitment]:
    teams = paper.figures.follow_through.by_team
    for team, count in _worst({team: each.overdue for team, each in teams.items()}):
        told = f"{paper.shown.words(count, 'overdue recommendation')}, {team_name(team)}"
        about, day = f"overdue {team_name(team)}", _in_working_days(paper, 20)
        what = f"Finish, or agree a new date for: {told}"
        yield _proposed(paper, about, what, paper.manager(team), day)


def _targets(paper: Paper) -> Iterator[Commitment]:
    """The types that fell short, once the period is over."""
    short = [
        f"{paper.name(key)} {paper.shown.cell(each.returned)} against {each.target}"
        for key, each in paper.figures.delivery.items()
        if each.target is not None and each.returned.value < each.target
    ]
    if short and paper.today > paper.period.last:
        what = f"Agree how the target will be reached: {', '.join(short)}"
        yield _proposed(paper, "targets", what, paper.post("hos_qap"), _in_months(paper, 3))


def _never_audited(paper: Paper) -> Iterator[Commitment]:
    never = paper.figures.coverage.never
    if never and paper.figures.covering:
        told = paper.shown.words(never, "eligible case")
        what = f"Plan a first {paper.name(paper.figures.covering)} audit, oldest first: {told}"
        yield _proposed(paper, "never audited", what, paper.post("hos"), _in_months(paper, 3))


def _local_standard(paper: Paper) -> Iterator[Commitment]:
    missed = [each for each in _missed(paper) if not each.is_statutory]
    for each in missed[:1]:
        what = f"Decide on training, guidance or a review of the standard: {_told(paper, each)}"
        yield _proposed(paper, "local standard", what, paper.post("hos_qap"), _in_months(paper, 3))


def _training(paper: Paper) -> Iterator[Commitment]:
    needs = tuple(paper.figures.follow_through.needs.values())
    shared = together(together(spread[code] for spread in needs) for code in NEEDS_SHARED)
    if shared.value:
        told = paper.shown.words(shared, "recommendation")
        what = f"Arrange the training or support that groups and teams need: {told}"
        yield _proposed(paper, "training", what, paper.post("hos_qap"), _in_months(paper, 3))


def _missed(paper: Paper) -> tuple[Standard, ...]:
    return most_missed(chain.from_iterable(paper.figures.standards.values()))


def _told(paper: Paper, each: Standard) -> str:
    part = paper.shown.part(each.results[NOT_MET], each.looked_at)
    return f"{each.item.title}, not met in {part}"


def _worst(teams: Mapping[str, Counted]) -> tuple[tuple[str, Counted], ...]:
    """The teams with the highest numbers, those with none left out."""
    ranked = sorted(teams.items(), key=lambda each: (-each[1].value, each[0]))
    return tuple((team, count) for team, count in ranked[:TEAMS] if count.value)


def _in_working_days(paper: Paper, count: int) -> date:
    return working_days_after(paper.today, count=count)


def _in_months(paper: Paper, count: int) -> date:
    return months_after(paper.today, count=count)
