"""The SMG report's chapter on agreement: discussions, disputes, and a second judge's grades.

Source: domain.md D1, 8; A2.2.
"""

from collections.abc import Iterator

from auditdocs.model.report import Block, Chapter, Paragraph, TableBlock
from auditdocs.rules.papers.paper import AGREEMENT, Paper, grade_name


def agreement_chapter(paper: Paper) -> Chapter:
    """How audits were discussed and decided, and how far two judges of one audit agree."""
    return Chapter(heading=AGREEMENT, blocks=(*_discussed(paper), *_moderated(paper)))


def _discussed(paper: Paper) -> Iterator[Block]:
    found, cell = paper.figures.discussions, paper.shown.cell
    whole = found.all
    if not whole.value:
        yield Paragraph(text="No audit of this period is one that two managers discuss.")
        return
    counts = {
        "Discussed within ten working days": found.in_time,
        "Discussed later": found.late,
        "Not discussed, and overdue": found.overdue,
        "Not discussed, and still in time": found.ahead,
    }
    rows = ((name, paper.shown.share(count, whole)) for name, count in counts.items())
    yield TableBlock(
        caption="Discussion of the audits returned",
        headings=("Discussion", "Audits"),
        rows=(*rows, ("All that are to be discussed", cell(whole))),
        totalled=True,
    )
    yield TableBlock(
        caption="Disputes",
        headings=("Outcome", "Audits"),
        rows=(
            ("Decided as the auditor had it", cell(found.upheld)),
            ("Decided otherwise", cell(found.changed)),
            (f"Not yet decided: {paper.post('hos')}", cell(found.undecided)),
            ("All disputes", cell(found.disputed)),
        ),
        note="Discussed and not agreed, and so referred. Decided otherwise: another grade, or a "
        "recommendation amended or dropped.",
        totalled=True,
    )


def _moderated(paper: Paper) -> Iterator[Block]:
    found, shown = paper.figures.moderation, paper.shown
    asked, whole = found.asked, found.graded
    if not asked.value and not whole.value:
        yield Paragraph(text="No audit of this period was chosen for moderation.")
        return
    yield Paragraph(
        text=f"Chosen for moderation: {shown.words(asked, 'audit')}; graded a second time: "
        f"{shown.cell(whole)}."
    )
    if not whole.value:
        return
    counts = {
        "The same grade": found.same,
        "The same grade, or one apart": found.within_one,
        "The moderator's grade is lower": found.lower,
        "The moderator's grade is higher": found.higher,
    }
    yield TableBlock(
        caption="The moderator's grade beside the auditor's",
        headings=("Grades", f"Audits (n = {shown.cell(whole)})"),
        rows=tuple((name, shown.share(count, whole)) for name, count in counts.items()),
    )
    apart = {pair: count for pair, count in found.pairs.items() if pair[0] != pair[1]}
    if apart:
        yield TableBlock(
            caption="Where the two grades differ",
            headings=("The auditor's grade", "The moderator's grade", "Audits"),
            rows=tuple(
                (grade_name(first), grade_name(second), shown.cell(count))
                for (first, second), count in apart.items()
            ),
        )
