"""The report on the audits that ask for standards, as values: the Completeness report.

Source: domain.md D2; quality.md (privacy); settled.md ("Names in SMG papers").
"""

from collections.abc import Iterator, Mapping, Sequence

from auditdocs.model.report import Block, Chapter, Paragraph, Report, TableBlock
from auditdocs.rules.accuracy.figures import Disagreement
from auditdocs.rules.calendar.dates import limit_words, uk_date
from auditdocs.rules.findings.compliance import Compliance
from auditdocs.rules.findings.compliance_balances import against_by_team
from auditdocs.rules.findings.difficulties import SERVICE, STATUTE, Difficulty, for_review
from auditdocs.rules.findings.follow_through import Progress
from auditdocs.rules.findings.standards import most_missed
from auditdocs.rules.forms.outcomes import NOT_MET
from auditdocs.rules.papers.annex import DEFINITIONS, annex_chapters
from auditdocs.rules.papers.compliance_coverage import coverage_chapter
from auditdocs.rules.papers.compliance_standards import (
    groups_chapter,
    standards_annex,
    standards_chapters,
)
from auditdocs.rules.papers.difficulties_chapter import difficulties_chapter, shared
from auditdocs.rules.papers.paper import (
    MESSAGES,
    NOTHING_BACK,
    RECOMMENDATIONS,
    Paper,
    team_name,
    title_facts,
)
from auditdocs.rules.papers.shown import NONE
from auditdocs.rules.papers.smg_follow_through import statutory_block
from auditdocs.rules.register.standards import Change

REVIEW = "Standards for review"
EXTRACT = "Answers against the extract"

_OWN_DEFINITIONS: Mapping[str, str] = {
    "Beyond reach": "By how many eligible cases a worker has more than supervision sessions in a "
    "year, leave allowed for.",
    "Done by the next supervision": "Done within the days between two supervisions of the one in "
    "which the audit was discussed, or of the audit itself where no such day is known.",
}
_SHARED = (
    "Returned",
    "Target",
    "Missed",
    "Coverage",
    "Standards",
    "Consistent difficulties",
    "Changed questions",
    "Recommendations",
    "Percentages",
)


def compliance_report(
    paper: Paper, found: Compliance, *, against: Sequence[Disagreement], changes: Sequence[Change]
) -> Report:
    """The report; it names teams and posts, and no child, family or worker.

    The paper's figures are those of the audit type alone.
    """
    name = found.contract.sheet
    return Report(
        title=f"{name} audit report",
        subtitle=f"{paper.period.label}: {paper.period.words}",
        service=paper.settings.service_name,
        marking=paper.settings.marking,
        facts=tuple(title_facts(paper)),
        chapters=tuple(_chapters(paper, found, against, changes)),
        footer=f"{name}-{paper.period.label}",
        keywords=("case audit", name, paper.period.label),
    )


def _chapters(
    paper: Paper, found: Compliance, against: Sequence[Disagreement], changes: Sequence[Change]
) -> Iterator[Chapter]:
    yield Chapter(heading=MESSAGES, blocks=tuple(_messages(paper, found)))
    yield coverage_chapter(paper, found)
    if paper.figures.delivery_in_all.returned.value:
        yield from standards_chapters(paper, found)
        yield groups_chapter(paper, found)
        missed = [each for each in most_missed(found.standards) if each.is_statutory]
        block = statutory_block(paper, found.contract.sheet, missed)
        yield Chapter(heading="Statutory standards not met", blocks=(block,))
    yield from difficulties_chapter(paper)
    yield Chapter(heading=REVIEW, blocks=tuple(_review(paper, found, changes)))
    yield Chapter(heading=RECOMMENDATIONS, blocks=tuple(_recommendations(paper, found)))
    yield Chapter(heading=EXTRACT, blocks=tuple(_against(paper, against)))
    definitions = {name: DEFINITIONS[name] for name in _SHARED}
    if paper.figures.delivery_in_all.returned.value:
        yield standards_annex(paper, found)
    yield from annex_chapters(paper, {**definitions, **_OWN_DEFINITIONS})


def _messages(paper: Paper, found: Compliance) -> Iterator[Paragraph]:
    yield Paragraph(text="Drafted from the figures, for the author to edit.", style="note")
    for text in _told(paper, found):
        yield Paragraph(text=text, style="bullet")


def _told(paper: Paper, found: Compliance) -> Iterator[str]:
    shown, covered, made = paper.shown, found.figures.coverage, paper.figures.delivery_in_all
    target = paper.figures.delivery[found.contract.key].target
    if covered.eligible:
        audited = shown.part(covered.audited, covered.eligible)
        never = shown.words(covered.never, "case")
        yield f"Eligible cases audited in the last twelve months: {audited}. Never: {never}."
    expected = "" if target is None else f", of {target} expected"
    if not made.returned.value:
        missed = shown.words(made.missed, "form")
        yield f"{NOTHING_BACK} Fell due in it and did not come back in it: {missed}."
        return
    yield f"Returned in the period: {shown.words(made.returned, 'audit')}{expected}."
    now = found.trend[-1]
    if now.applicable.value:
        met = shown.part(now.met, now.applicable)
        yield f"Of every time a standard applied it was met: {met}."
    yield from _worst(paper, found)
    named = [each for each in _flagged(paper) if each.level in (SERVICE, STATUTE)]
    if named:
        told = "; ".join(each.item.title for each in named[:3])
        more = f"; and {len(named) - 3} more" if len(named) > 3 else ""
        yield f"Consistent difficulties across the service: {told}{more}."


def _worst(paper: Paper, found: Compliance) -> Iterator[str]:
    missed = most_missed(found.standards)
    if missed:
        worst = missed[0]
        part = paper.shown.part(worst.results[NOT_MET], worst.looked_at)
        statutory = sum(each.is_statutory for each in missed)
        yield (
            f"Most often not met: {worst.item.title}, {part}. "
            f"Statutory standards found not met at least once: {statutory}."
        )


def _flagged(paper: Paper) -> Iterator[Difficulty]:
    for found in paper.figures.difficulties.values():
        yield from (each for each in shared(found) if each.is_certain)


def _review(paper: Paper, found: Compliance, changes: Sequence[Change]) -> Iterator[Block]:
    """The local standards that the service keeps missing, and what was changed in the period."""
    proposed = for_review(paper.figures.difficulties)
    owner = paper.post("hos_qap")
    if proposed:
        yield Paragraph(
            text=f"The {owner} is asked whether each of these local standards is to stay as it "
            "is, with training or guidance, or to be changed. Statutory standards are not among "
            "them."
        )
        yield TableBlock(
            caption="Local standards proposed for review",
            headings=("Standard", "Limit now", "Not met"),
            rows=tuple(
                (
                    each.item.title,
                    limit_words(each.item.limit) or NONE,
                    _not_met(paper, each),
                )
                for each in proposed
            ),
            widths=(5, 3, 2),
        )
    else:
        text = "No local standard is missed so widely that its review is proposed."
        yield Paragraph(text=text)
    if changes:
        yield TableBlock(
            caption="Standards changed in the period",
            headings=("Standard", "What", "Before", "Now", "In force from"),
            rows=tuple(
                (each.title, each.what, each.before or NONE, each.now or NONE, uk_date(each.since))
                for each in changes
            ),
            note=f"By authority of the {owner}; only local standards may be changed.",
            widths=(4, 2, 4, 4, 3),
        )


def _not_met(paper: Paper, each: Difficulty) -> str:
    """Of how many; these are of other months than the period, and stand in no other table."""
    return paper.shown.of(each.not_met, each.applicable)


def _recommendations(paper: Paper, found: Compliance) -> Iterator[Block]:
    service = paper.figures.follow_through.service
    if not (service.made.value or service.overdue.value):
        yield Paragraph(text="No recommendation was made in the period, and none is overdue.")
        return
    in_time = paper.shown.part(found.done_by_next, service.made)
    if service.made.value:
        yield Paragraph(text=f"Done by the next supervision, of those made: {in_time}.")
    yield _progress(paper, found.contract.sheet)


def _progress(paper: Paper, name: str) -> TableBlock:
    by_team = paper.figures.follow_through.by_team
    rows = tuple((team_name(team), *_counts(paper, each)) for team, each in by_team.items())
    return TableBlock(
        caption=f"Recommendations of {name} audits made in the period, and all that are overdue",
        headings=("Team", "Made", "Agreed", "Done", "Overdue"),
        rows=(*rows, ("All teams", *_counts(paper, paper.figures.follow_through.service))),
        note="Agreed and done are of those made in the period.",
        totalled=True,
    )


def _counts(paper: Paper, each: Progress) -> Iterator[int | str]:
    yield paper.shown.cell(each.made)
    for part in (each.agreed, each.done):
        yield paper.shown.share(part, each.made)
    yield paper.shown.cell(each.overdue)


def _against(paper: Paper, against: Sequence[Disagreement]) -> Iterator[Block]:
    if not against:
        text = "No answer of the period speaks against the extract that its form was filled from."
        yield Paragraph(text=text)
        return
    counts = against_by_team(against)
    rows = tuple(
        (team_name(team), item, paper.shown.cell(n)) for (team, item), n in sorted(counts.items())
    )
    yield TableBlock(
        caption="Answers that cannot be right if the extract is",
        headings=("Team", "Standard", "Answers"),
        rows=rows,
        note="Either the answer or the date on the system is wrong: check it with the worker.",
        widths=(3, 6, 2),
    )
