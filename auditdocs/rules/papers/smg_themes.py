"""The SMG report's chapters on themes, and on the themed audit.

Auditors' own words may name somebody, whatever the form asks of them: a sentence that holds a name
or number of the caseload or the register is not printed, and is told to be held back.

Source: domain.md D1, 6 and 7; D4 (cross-source); quality.md (privacy).
"""

from collections.abc import Iterator, Mapping

from auditdocs.model.form import CATEGORIES
from auditdocs.model.report import Block, Chapter, ChartBlock, Paragraph, Series, TableBlock
from auditdocs.rules.findings.counts import together
from auditdocs.rules.findings.results import graded_in
from auditdocs.rules.findings.themed import Themed
from auditdocs.rules.findings.themes import Crossed, Said, words_in
from auditdocs.rules.forms.outcomes import NOT_MET
from auditdocs.rules.forms.scales import SCALES, label_of
from auditdocs.rules.papers.paper import (
    NOTHING_BACK,
    THEMES,
    Paper,
    grade_name,
    team_name,
)
from auditdocs.rules.papers.unprinted import names_somebody

MOST_PAIRS = 5
"""How many candidates for a theme are named."""

MOST_CASES = 8
"""Of more audits than this the themed audit's findings are not set out case beside case."""

DRAWN_ON = 3
"""How many audits are named for the author to draw an example from."""

_SHADES = {"RI": 2, "I": 3}


def themes_chapter(paper: Paper) -> Chapter:
    """What audits ask for, what two kinds of audit both find, and what auditors were told."""
    if not paper.figures.delivery_in_all.returned.value:
        return Chapter(heading=THEMES, blocks=(Paragraph(text=NOTHING_BACK),))
    blocks = (*_categories(paper), *_crossed(paper), *_said(paper))
    return Chapter(heading=THEMES, blocks=blocks)


def themed_chapters(paper: Paper) -> Iterator[Chapter]:
    """A chapter for each type of themed audit: theme, choice of cases, findings, learning."""
    for key, found in paper.figures.themed.items():
        heading = f"Themed audit: {paper.name(key)}"
        yield Chapter(heading=heading, blocks=tuple(_themed(paper, found)))


def _categories(paper: Paper) -> Iterator[Block]:
    found = paper.figures.follow_through
    whole = found.service.made
    if not whole.value:
        yield Paragraph(text="No recommendations were made in this period.")
        return
    ranked = sorted(found.made_by_category.items(), key=lambda each: -each[1].value)
    named = [(label_of("choice", code, CATEGORIES), count) for code, count in ranked]
    if not any(paper.shown.hides(count) for _, count in named):
        first = ", ".join(f"{name} {count.value}" for name, count in named[:3])
        yield ChartBlock(
            caption="Recommendations made in the period by category",
            kind="bar",
            categories=tuple(name for name, _ in named),
            series=(Series(name="Recommendations", values=tuple(each.value for _, each in named)),),
            alt=f"Most often, of {paper.shown.words(whole, 'recommendation')}: {first}.",
        )
    rows = ((name, paper.shown.share(count, whole)) for name, count in named)
    yield TableBlock(
        caption="Recommendations made in the period by category",
        headings=("Category", "Recommendations"),
        rows=(*rows, ("All categories", paper.shown.cell(whole))),
        totalled=True,
    )


def _crossed(paper: Paper) -> Iterator[Block]:
    found = paper.figures.crossed[:MOST_PAIRS]
    if found:
        yield TableBlock(
            caption="Found wanting in two kinds of audit: candidates for a theme",
            headings=("Standard", "Not met", "Question", "Below good"),
            rows=tuple(_pair(paper, each) for each in found),
            widths=(4, 2, 4, 2),
            note="A local standard that was not met, and the graded question that looks at the "
            "same. Below good: requires improvement, or inadequate.",
        )


def _pair(paper: Paper, each: Crossed) -> tuple[str, ...]:
    standard, shown = each.standard, paper.shown
    return (
        standard.item.title,
        shown.of(standard.results[NOT_MET], standard.looked_at),
        each.question.item.title,
        shown.of(each.below, graded_in(each.question.grades)),
    )


def _said(paper: Paper) -> Iterator[Block]:
    """What was answered beside grades, and where the author finds words to draw on."""
    rows = tuple(_answered(paper, each) for each in paper.figures.said if each.item.kind != "text")
    if rows:
        yield TableBlock(
            caption="What auditors answered beside grades",
            headings=("Audit", "Question", "Answers"),
            rows=rows,
            widths=(2, 5, 4),
        )
    words = [each for each in paper.figures.said if each.item.kind == "text"]
    if words and not paper.shown.hide_below:
        yield TableBlock(
            caption="For the author: where there are words to draw on",
            headings=("Audit", "Question", "Audits with words", "For example"),
            rows=tuple(_source(paper, each) for each in words),
            widths=(2, 4, 2, 4),
            note="Draw two or three examples from these, in your own words and without anything "
            "by which a child, a family or a worker could be known; then delete this table.",
        )


def _answered(paper: Paper, each: Said) -> tuple[str, str, str]:
    whole = together(each.answers.values())
    order = [level.code for level in SCALES[each.item.kind]]
    told = (
        f"{label_of(each.item.kind, code)} {paper.shown.of(each.answers[code], whole)}"
        for code in order
        if code in each.answers
    )
    return paper.name(each.type), each.item.title, "\n".join(told)


def _source(paper: Paper, each: Said) -> tuple[str | int, ...]:
    found = words_in(each)
    named = "\n".join(found.audits[:DRAWN_ON])
    return paper.name(each.type), each.item.title, found.value, named


def _themed(paper: Paper, found: Themed) -> Iterator[Block]:
    themes = "; ".join(found.themes)
    yield Paragraph(text=f"Theme: {themes}" if themes else "No theme was named.")
    if found.themes:
        yield _why(paper, found)
    yield from (Paragraph(text=text) for text in _choices(paper, found))
    if not found.audits:
        yield Paragraph(text=NOTHING_BACK)
        return
    if len(found.audits) <= MOST_CASES and not paper.shown.hide_below:
        yield _cases(paper, found)
        yield from _together(found)
    yield from _learning(paper, found)
    yield Paragraph(
        text="Next theme, and why: to be agreed by the group (see what the group is asked).",
        style="note",
    )


def _why(paper: Paper, found: Themed) -> Paragraph:
    """Why the theme was chosen, where that was kept; words that name a child are not printed."""
    kept = dict.fromkeys(each.because for each in found.choices if each.because)
    told = [words for words in kept if not names_somebody(words, paper.unprinted)]
    if told:
        return Paragraph(text=f"Why this theme: {'; '.join(told)}")
    return Paragraph(
        text="Why this theme: nothing was recorded, so the author adds it here.", style="note"
    )


def _choices(paper: Paper, found: Themed) -> Iterator[str]:
    """How the cases were chosen; a filter that names a child is not printed."""
    for each in found.choices:
        is_told = each.expression and not names_somebody(each.expression, paper.unprinted)
        kind = f"that fit “{each.expression}”" if is_told else "that could be chosen"
        drawn = ", drawn by lot so that the draw can be repeated" if each.seed else ""
        chosen, pool = paper.shown.words(each.chosen, "case"), paper.shown.cell(each.pool)
        yield f"Chosen: {chosen} of {pool} {kind}{drawn}."


def _case(number: int) -> str:
    return f"Case\u00a0{number}"


def _cases(paper: Paper, found: Themed) -> TableBlock:
    return TableBlock(
        caption="The audits of the theme",
        headings=("Case", "Audit ID", "Team", "Case type", "Overall grade"),
        rows=tuple(
            (
                _case(number),
                audit.audit_id,
                team_name(audit.team),
                audit.header.get("case_types", ""),
                grade_name(grade),
            )
            for number, (audit, grade) in enumerate(
                zip(found.audits, found.overall, strict=True), start=1
            )
        ),
    )


def _together(found: Themed) -> Iterator[TableBlock]:
    codes: Mapping[str, str] = {"NA": "–", "NE": "?", "": ""}
    if not found.rows:
        return
    yield TableBlock(
        caption="Findings of the theme, case beside case",
        headings=("Question", *(_case(number + 1) for number in range(len(found.audits)))),
        rows=tuple(
            (row.item.title, *(codes.get(code, code) for code in row.grades)) for row in found.rows
        ),
        shades=tuple((0, *(_SHADES.get(code, 0) for code in row.grades)) for row in found.rows),
        widths=(6, *(1 for _ in found.audits)),
        note="O outstanding, G good, RI requires improvement, I inadequate, – not applicable, "
        "? not enough evidence. The deeper the shade, the lower the grade.",
    )


def _learning(paper: Paper, found: Themed) -> Iterator[Block]:
    if not found.learning or paper.shown.hide_below:
        return
    told = [words for _, words in found.learning if not names_somebody(words, paper.unprinted)]
    if told:
        yield Paragraph(text="What auditors say the service may learn:")
        yield from (Paragraph(text=words, style="bullet") for words in dict.fromkeys(told))
    if held := len(found.learning) - len(told):
        yield Paragraph(
            text=f"Held back, because a name or number in it is also one of the caseload or the "
            f"register: {held} of {len(found.learning)}. The words stand in the ledger.",
            style="note",
        )
