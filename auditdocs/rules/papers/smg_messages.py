"""The SMG report's first page: key messages drafted from the figures, and what is asked of SMG.

Each sentence says no more than a table of the report shows; the author edits them.

Source: domain.md D1, 1.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from auditdocs.model.report import Chapter, Paragraph
from auditdocs.rules.findings.counts import FEW
from auditdocs.rules.findings.difficulties import for_review
from auditdocs.rules.findings.outstanding import AGES
from auditdocs.rules.findings.results import Results, good_in, graded, graded_in
from auditdocs.rules.findings.standards import most_missed
from auditdocs.rules.forms.outcomes import NOT_MET
from auditdocs.rules.papers.paper import ACTIONS, MESSAGES, NOTHING_BACK, Paper
from auditdocs.rules.papers.smg_actions import proposals
from auditdocs.rules.papers.smg_commitments import commitments_chapter

MOST = 5
"""How many messages a first page takes in."""


def messages_chapters(paper: Paper) -> tuple[Chapter, ...]:
    """Three to five messages, and under them what the group is asked."""
    drafted = Paragraph(text="Drafted from the figures, for the author to edit.", style="note")
    messages = (Paragraph(text=text, style="bullet") for text in key_messages(paper))
    asked = (Paragraph(text=text, style="bullet") for text in decisions_asked(paper))
    group = paper.post("smg")
    return (
        Chapter(heading=MESSAGES, blocks=(drafted, *messages)),
        Chapter(heading=f"What the {group} is asked", level=2, blocks=tuple(asked)),
        commitments_chapter(paper),
    )


def key_messages(paper: Paper) -> tuple[str, ...]:
    """The messages, a few sentences each; the last kinds give way when there are too many."""
    told = {tell: text for tell in _TELLS if (text := tell(paper))}
    for tell in (_standards, _targets):
        if len(told) > MOST:
            told.pop(tell, None)
    return tuple(told.values())


def _delivery(paper: Paper) -> str:
    shown, in_all = paper.shown, paper.figures.delivery_in_all
    missed = _missing(paper)
    if not in_all.returned.value:
        return f"{NOTHING_BACK} {missed}"
    back = shown.words(in_all.returned, "audit")
    on_time = shown.part(in_all.on_time, in_all.returned)
    return f"{_capital(back)} came back in the period, {on_time} by the due date. {missed}"


def _missing(paper: Paper) -> str:
    """Of a period that is over what did not come back in it: it may be home by now."""
    shown, missed = paper.shown, paper.figures.delivery_in_all.missed
    if not missed.value:
        return "No form that fell due is missing."
    if paper.today > paper.period.last:
        forms = _capital(shown.words(missed, "form"))
        return f"{forms} that fell due in the period did not come back in it."
    return f"{shown.subject(missed, 'form', 'has have')} not come back, though due."


def _targets(paper: Paper) -> str:
    told = [
        f"{paper.name(key)} {paper.shown.cell(each.returned)} against {each.target}"
        for key, each in paper.figures.delivery.items()
        if each.target is not None
    ]
    return f"Returned against the target: {', '.join(told)}." if told else ""


def _safety(paper: Paper) -> str:
    unsafe = paper.figures.unsafe
    if not unsafe.value:
        return ""
    told = paper.shown.words(unsafe, "audit")
    return f"In {told} the auditor answered that the child was not safe on the day of the audit."


def _grades(paper: Paper) -> str:
    found = {key: each for key, each in paper.figures.results.items() if graded(each.grades)}
    told = [
        f"{paper.name(key)} {paper.shown.part(good_in(each.grades), graded_in(each.grades))}"
        f"{_before(paper, each)}"
        for key, each in found.items()
    ]
    if not told:
        return ""
    few = any(graded(each.grades) < FEW for each in found.values())
    caution = f" Fewer than {FEW} grades are too few to show a pattern." if few else ""
    return f"Graded good or better: {', '.join(told)}.{_ends(paper, found)}{caution}"


def _before(paper: Paper, each: Results) -> str:
    """The share of the quarter before, where it and this period have a share."""
    now, then = each.trend[-1], each.trend[-2]
    shares = [paper.shown.rate(point.good, point.graded) for point in (now, then)]
    return f" against {shares[1]} in {then.label}" if all(shares) else ""


def _ends(paper: Paper, found: Mapping[str, Results]) -> str:
    """The strongest and the weakest question of the type with the most grades."""
    key = max(found, key=lambda each: graded(found[each].grades))
    best, worst = found[key].strongest[:1], found[key].weakest[:1]
    told = [
        f"the {which} question is {each.item.title}"
        for which, ends in (("strongest", best), ("weakest", worst))
        for each in ends
    ]
    return f" In {paper.name(key)} audits {' and '.join(told)}." if told else ""


def _coverage(paper: Paper) -> str:
    if not paper.figures.covering:
        return ""
    kind, covered = paper.name(paper.figures.covering), paper.figures.coverage
    if not covered.eligible:
        return f"No open case has been open long enough for its {kind} audit to be due."
    audited = paper.shown.part(covered.audited, covered.eligible)
    never = paper.shown.subject(covered.never, "case", "has have")
    others = f"{never} never had one." if covered.never else "Each has had one at some time."
    return (
        f"Of the eligible open cases {audited} had their {kind} audit in the last twelve months. "
        f"{others}"
    )


def _recommendations(paper: Paper) -> str:
    shown, found = paper.shown, paper.figures.follow_through
    made, done = found.service.made, found.service.done
    overdue, old = found.service.overdue, paper.figures.outstanding.by_age[AGES[-1]]
    text = f"{shown.subject(made, 'recommendation', 'was were')} made in the period"
    if made.value:
        text += f"; done by now: {shown.part(done, made)}"
    text += f". {shown.subject(overdue, 'recommendation', 'is are')} past the due date"
    if old.value:
        text += f", {shown.part(old, overdue)} by {AGES[-1].replace('over', 'more than')}"
    return f"{text}."


def _standards(paper: Paper) -> str:
    found = most_missed(chain.from_iterable(paper.figures.standards.values()))
    local = next((each for each in found if not each.is_statutory), None)
    statutory = sum(each.is_statutory for each in found)
    told = f"Statutory standards found not met at least once: {statutory}."
    if local is not None:
        part = paper.shown.part(local.results[NOT_MET], local.looked_at)
        told = f"Local standard most often not met: {local.item.title}, {part}. {told}"
    return told if found else ""


_TELLS: tuple[Callable[[Paper], str], ...] = (
    _delivery,
    _targets,
    _safety,
    _grades,
    _coverage,
    _recommendations,
    _standards,
)
"""In the order in which the messages are read."""


def decisions_asked(paper: Paper) -> Iterator[str]:
    """What the group is asked to decide, a sentence each.

    Of standards only those that are the service's own and missed so widely that they are flagged.
    """
    yield "To note the findings of the report."
    if proposals(paper):
        yield f'To agree or amend what stands under "{ACTIONS}", with an owner and a date for each.'
    flagged = [each.item.title for each in for_review(paper.figures.difficulties)]
    if flagged:
        yield (
            "To decide whether these local standards stay as they are, with training or guidance, "
            f"or are changed: {'; '.join(flagged)}."
        )
    for contract in paper.contracts.values():
        if contract.names_theme:
            yield f"To choose the theme of the next round: {contract.title}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
