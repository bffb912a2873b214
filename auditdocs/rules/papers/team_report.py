"""The report to a team manager and the supervisors: what is due, out, overdue, and what lacks.

It names workers and children: it is the line manager's working paper, and not for a child's record.

Source: domain.md D3; quality.md (privacy, marking).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from auditdocs.model.form import NEED_TYPES
from auditdocs.model.report import Block, Chapter, Paragraph, Report, TableBlock
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.findings.accuracy_balances import count_of
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.findings.standards import sums
from auditdocs.rules.findings.team_figures import Beside, Exchanged, TeamFigures, points_apart
from auditdocs.rules.forms.outcomes import NOT_MET
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.papers.pack import SENSITIVE
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.shown import NONE, Count, small_numbers
from auditdocs.rules.plural import number_of

LISTED = 15
"""How many standards are listed, the most often not met first."""

_EXCHANGE = (5, 3, 4, 4, 3, 8)

LONGEST = 20
"""How many overdue recommendations are listed one by one."""


def team_report(paper: Paper, found: TeamFigures) -> Report:
    """The report; chapters with nothing in them are left out, and named on the first page."""
    return Report(
        title="Case audits in the team",
        subtitle=f"{found.team}: {paper.period.words}",
        service=paper.settings.service_name,
        marking=SENSITIVE,
        facts=(
            ("For", f"{paper.post('tm')} and supervisors, {found.team}"),
            ("Stands as on", uk_date(paper.today)),
            ("Period", f"{paper.period.words}, for what came home"),
            ("Caseload as at", uk_date(paper.data_date)),
            ("Handling", "Names children and workers. Not for a child's record"),
            *small_numbers(paper.settings.suppress),
        ),
        chapters=tuple(_chapters(paper, found)),
        footer=f"TEAM-{paper.period.label}",
        keywords=("case audit", "team", paper.period.label),
        brief=True,
    )


def _chapters(paper: Paper, found: TeamFigures) -> Iterator[Chapter]:
    told = {
        "Due now": tuple(_due_now(paper, found)),
        "Forms out": tuple(_out(paper, found)),
        "Coverage and capacity": tuple(_capacity(paper, found)),
        "Standards not met": tuple(standards_blocks(paper, found.beside)),
        "Recommendations": tuple(_recommendations(paper, found)),
        "Audits to do and to host": tuple(_exchanged(paper, found)),
        "Disputes waiting": tuple(_disputes(paper, found)),
        "Accuracy": tuple(_accuracy(paper, found)),
        "Training and support needs": tuple(_needs(paper, found)),
    }
    nothing = [heading for heading, blocks in told.items() if not blocks]
    yield Chapter(
        heading="In short", blocks=tuple(_in_short(paper, found, nothing)), numbered=False
    )
    for heading, blocks in told.items():
        if blocks:
            yield Chapter(heading=heading, blocks=blocks, numbered=False)


def _in_short(paper: Paper, found: TeamFigures, nothing: Iterable[str]) -> Iterator[Paragraph]:
    shown, each, covered = paper.shown, found.delivery, found.covered
    out, overdue = shown.cell(found.out_now), shown.cell(found.overdue_now)
    yield _bullet(f"Forms with the team: {out}, of which overdue: {overdue}.")
    back, late = shown.words(each.returned, "audit"), shown.words(each.late, "audit")
    yield _bullet(f"Came home from the team's auditors in the period: {back}; late: {late}.")
    if covered.eligible:
        audited = shown.part(covered.audited, covered.eligible)
        never = shown.words(covered.never, "case")
        yield _bullet(f"Eligible cases audited in twelve months: {audited}; never: {never}.")
    if found.owners:
        still, behind = shown.cell(found.open), shown.cell(found.late_now)
        yield _bullet(f"Recommendations open: {still}, of which overdue: {behind}.")
    if names := ", ".join(heading.lower() for heading in nothing):
        yield Paragraph(text=f"Nothing to tell of: {names}.", style="note")


def _bullet(text: str) -> Paragraph:
    return Paragraph(text=text, style="bullet")


def _listed(paper: Paper, table: TableBlock, rows: Count) -> Block:
    """A list of single things; left out where what it lists may not be counted."""
    if not paper.shown.hides(rows):
        return table
    told = paper.shown.words(rows, "row")
    return Paragraph(text=f"{table.caption}: left out of this copy ({told}).")


def _due_now(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    if found.next_cases:
        table = TableBlock(
            caption="The next case of each worker who has no form out",
            headings=("Worker", "Case", "Why", "Due"),
            rows=tuple(
                (pick.worker, pick.child_id, pick.why, uk_date(pick.due))
                for pick in found.next_cases
            ),
            widths=(4, 2, 6, 2),
        )
        yield _listed(paper, table, len(found.next_cases))


def _out(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    if found.out:
        table = TableBlock(
            caption="Forms that the team's auditors have, the longest due first",
            headings=("Audit ID", "Audit", "Case", "With", "Due", "Days late"),
            rows=tuple(
                (
                    audit.audit_id,
                    paper.name(audit.type),
                    audit.child_id,
                    audit.auditor,
                    uk_date(audit.due),
                    _days_late(audit.due, paper.today),
                )
                for audit in found.out
            ),
            widths=(4, 3, 2, 4, 2, 2),
        )
        yield _listed(paper, table, found.out_now)


def _days_late(due: date, today: date) -> int | str:
    return (today - due).days if due < today else NONE


def _capacity(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    if not found.capacity:
        return
    cell = paper.shown.cell
    yield TableBlock(
        caption="Eligible cases beside the supervisions of the coming twelve months",
        headings=("Worker", "Eligible cases", "Supervisions", "Beyond reach"),
        rows=tuple(
            (
                each.worker,
                cell(each.eligible),
                each.sessions,
                cell(max(each.eligible - each.sessions, 0)),
            )
            for each in found.capacity
        ),
        note="One audit in each supervision cannot reach the cases beyond within a year.",
    )


def standards_blocks(paper: Paper, beside: Iterable[Beside]) -> Iterator[Block]:
    """The standards that the team missed most often, beside the service."""
    missed = sorted(
        (each for each in beside if each.team.not_met),
        key=lambda each: (-each.team.not_met, each.team.applicable),
    )
    if not missed:
        return
    months = number_of(paper.settings.difficulties.months, "month")
    least = paper.settings.difficulties.team_least
    yield TableBlock(
        caption=f"Standards most often not met in {months}, beside the whole service",
        headings=("Standard", "Team", "Service", "Against the service"),
        rows=tuple(
            (
                each.team.item.title,
                paper.shown.of(each.team.results[NOT_MET], each.team.looked_at),
                paper.shown.of(each.service.results[NOT_MET], each.service.looked_at),
                _apart(paper, each),
            )
            for each in missed[:LISTED]
        ),
        note="Not met, of the audits in which the standard applied; of two audits of one child the "
        f"later counts. Of fewer than {least} in the team nobody can tell.",
        widths=(6, 3, 3, 3),
    )


def _apart(paper: Paper, each: Beside) -> str:
    """The points between two shares; a hidden count could be had from them."""
    counts = (one for of in (each.team, each.service) for one in sums((of,)))
    if any(map(paper.shown.hides, counts)):
        return NONE
    least = paper.settings.difficulties.team_least
    points = points_apart(each.team, each.service, least=least)
    if points is None:
        return "Cannot tell"
    if points == 0:
        return "Level"
    noun = "point" if abs(points) == 1 else "points"
    return f"{abs(points)} {noun} {'worse' if points > 0 else 'better'}"


def _recommendations(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    if found.owners:
        yield TableBlock(
            caption="Recommendations that are not finished, by who owns them",
            headings=("Owner", "Open", "Of these overdue"),
            rows=tuple(
                (each.name, paper.shown.cell(each.open), paper.shown.cell(each.overdue))
                for each in found.owners
            ),
        )
    if found.late:
        table = TableBlock(
            caption="Overdue recommendations, the longest overdue first",
            headings=("Recommendation", "Owner", "Due", "Days late"),
            rows=tuple(
                (
                    each.reference,
                    each.made.owner_name,
                    uk_date(each.made.due_date),
                    _days_late(each.made.due_date, paper.today),
                )
                for each in found.late[:LONGEST]
            ),
            note=f"{_more(len(found.late))}What each says stands in the ledger, on the sheet "
            "Recommendations.",
        )
        yield _listed(paper, table, found.late_now)


def _more(late: int) -> str:
    return f"Shown: {LONGEST} of {late}. " if late > LONGEST else ""


def _exchanged(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    if found.to_do:
        table = TableBlock(
            caption="Audits of other teams' cases for this team to do",
            headings=("Audit", "Case", "Team", "Auditor", "Due", "How it stands"),
            rows=tuple(_exchange(paper, one, one.team) for one in found.to_do),
            widths=_EXCHANGE,
        )
        yield _listed(paper, table, len(found.to_do))
    if found.to_host:
        table = TableBlock(
            caption="Audits of this team's cases for others to do",
            headings=("Audit", "Case", "Worker", "Auditor", "Due", "How it stands"),
            rows=tuple(_exchange(paper, one, one.worker) for one in found.to_host),
            widths=_EXCHANGE,
        )
        yield _listed(paper, table, len(found.to_host))
    for key, shares in found.shares.items():
        if shares:
            yield TableBlock(
                caption=f"{paper.name(key)} audits of twelve months, by worker of the case",
                headings=("Worker", "Open cases", "Audits"),
                rows=tuple(
                    (each.worker, paper.shown.cell(each.open_cases), paper.shown.cell(each.audits))
                    for each in shares
                ),
                note="Cases are usually spread evenly over the team's caseloads.",
            )


def _exchange(paper: Paper, one: Exchanged, whose: str) -> tuple[str, ...]:
    late = one.due < paper.today
    standing = f"Planned: {one.why}" if one.why else ("Overdue" if late else "Form out")
    return (
        one.audit_id or paper.name(one.type),
        one.child_id,
        whose,
        one.auditor,
        uk_date(one.due),
        standing,
    )


def _disputes(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    if paper.shown.hides(found.disputes):
        told = paper.shown.words(found.disputes, "audit")
        yield _bullet(f"Not agreed, and not yet decided: {told}.")
        return
    for audit_id in found.disputes.audits:
        yield _bullet(f"{audit_id}: not agreed, and not yet decided.")


def _accuracy(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    standing, checked = found.agreement, found.checked
    if standing is None:
        return
    if standing.agreement is None:
        yield _bullet("The team has no Accuracy agreement.")
    else:
        state = "review overdue" if standing.overdue else "in force"
        due = uk_date(standing.agreement.review_due)
        yield _bullet(
            f"Agreement, version {standing.agreement.version}: {state}, review due {due}."
        )
    if checked.listed:
        listed, of, wrong = (count_of(checked, name) for name in ("listed", "checked", "errors"))
        errors = f"; errors: {paper.shown.part(wrong, of)}" if of.value else ""
        done = paper.shown.part(of, listed)
        yield _bullet(f"Values checked of those due in the period: {done}{errors}.")
    for item in found.waiting:
        yield _bullet(f"{item.kind.capitalize()}, {item.about}: {item.text}.")


def _needs(paper: Paper, found: TeamFigures) -> Iterator[Block]:
    if any(each.value for each in found.needs.values()):
        yield TableBlock(
            caption="Recommendations of the period that name a training or support need",
            headings=("For", "Recommendations", "Audits"),
            rows=tuple(
                (
                    label_of("choice", code, NEED_TYPES),
                    paper.shown.cell(each),
                    NONE if paper.shown.hides(each) else _ids(each),
                )
                for code, each in found.needs.items()
                if each.value
            ),
            widths=(2, 3, 6),
        )


def _ids(count: Counted) -> str:
    return ", ".join(count.audits)
