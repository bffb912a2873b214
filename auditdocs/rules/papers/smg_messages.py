"""The SMG report's first page: key messages drafted from the figures, and what is asked of SMG.

Each sentence says no more than a table of the report shows; the author edits them.

Source: domain.md D1, 1.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from auditdocs.model.contract import Contract
from auditdocs.model.report import Chapter, Paragraph
from auditdocs.rules.findings.counts import FEW
from auditdocs.rules.findings.follow_through import AGES
from auditdocs.rules.findings.results import good, graded
from auditdocs.rules.findings.standards import most_missed
from auditdocs.rules.papers.paper import ACTIONS, MESSAGES, NOTHING_BACK, Paper
from auditdocs.rules.papers.smg_commitments import commitments_chapter

MOST = 5
"""How many messages a first page takes in."""


def messages_chapters(paper: Paper) -> tuple[Chapter, ...]:
    """Three to five messages, and under them what the group is asked."""
    drafted = Paragraph(text="Drafted from the figures, for the author to edit.", style="note")
    messages = (Paragraph(text=text, style="bullet") for text in key_messages(paper))
    asked = (Paragraph(text=text, style="bullet") for text in decisions_asked(paper.contracts))
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
    missed = f"Due in the period and not back: {shown.words(in_all.missed.value, 'form')}."
    if not in_all.returned.value:
        return f"{NOTHING_BACK} {missed}"
    back = shown.words(in_all.returned.value, "audit")
    on_time = shown.part(in_all.on_time.value, in_all.returned.value)
    return f"{_capital(back)} came back in the period, {on_time} by the due date. {missed}"


def _targets(paper: Paper) -> str:
    told = [
        f"{paper.name(key)} {paper.shown.cell(each.returned.value)} against {each.target}"
        for key, each in paper.figures.delivery.items()
        if each.target is not None
    ]
    return f"Returned against the target: {', '.join(told)}." if told else ""


def _safety(paper: Paper) -> str:
    unsafe = paper.figures.unsafe.value
    if not unsafe:
        return ""
    told = paper.shown.words(unsafe, "audit")
    return f"In {told} the auditor answered that the child was not safe on the day of the audit."


def _grades(paper: Paper) -> str:
    spreads = {key: each.grades for key, each in paper.figures.results.items()}
    told = [
        f"{paper.name(key)} {paper.shown.part(good(each), graded(each))}"
        for key, each in spreads.items()
        if graded(each)
    ]
    few = any(0 < graded(each) < FEW for each in spreads.values())
    caution = f" Fewer than {FEW} grades are too few to show a pattern." if few else ""
    return f"Graded good or better: {', '.join(told)}.{caution}" if told else ""


def _coverage(paper: Paper) -> str:
    if not paper.figures.covering:
        return ""
    kind, covered = paper.name(paper.figures.covering), paper.figures.coverage
    if not covered.eligible:
        return f"No open case has been open long enough to be due a {kind} audit."
    audited = paper.shown.part(covered.audited, covered.eligible)
    never = paper.shown.words(covered.never, "case")
    return (
        f"Eligible open cases with a {kind} audit in the last twelve months: {audited}. "
        f"Never audited: {never}."
    )


def _recommendations(paper: Paper) -> str:
    shown, found = paper.shown, paper.figures.follow_through
    service = found.service
    told = f"Made in the period: {shown.words(service.made.value, 'recommendation')}"
    if service.made.value:
        told += f"; done: {shown.part(service.done.value, service.made.value)}"
    overdue = f"Open past the due date: {shown.words(service.overdue.value, 'recommendation')}"
    if old := found.overdue_by_age[AGES[-1]].value:
        overdue += f"; {AGES[-1]}: {shown.part(old, service.overdue.value)}"
    return f"{told}. {overdue}."


def _standards(paper: Paper) -> str:
    found = most_missed(chain.from_iterable(paper.figures.standards.values()))
    local = next((each for each in found if not each.is_statutory), None)
    statutory = sum(each.is_statutory for each in found)
    told = f"Statutory standards found not met at least once: {statutory}."
    if local is not None:
        part = paper.shown.part(local.not_met, local.applicable)
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


def decisions_asked(contracts: Mapping[str, Contract]) -> Iterator[str]:
    """What the group is asked to decide, a sentence each."""
    yield "To note the findings of the report."
    yield f'To agree or amend what stands under "{ACTIONS}", with an owner and a date for each.'
    for contract in contracts.values():
        if contract.names_theme:
            yield f"To choose the theme of the next round: {contract.title}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
