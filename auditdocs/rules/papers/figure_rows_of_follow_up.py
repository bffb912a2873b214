"""The figures of an SMG report on what follows audits, each with its audits: see figure_rows.

Themes, the themed audit, agreement, recommendations outstanding, coverage month by month.
"""

from collections.abc import Iterator, Mapping

from auditdocs.rules.findings.counts import Counted, counted, together
from auditdocs.rules.findings.figures import Figures
from auditdocs.rules.findings.themes import Said
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.papers.paper import (
    AGREEMENT,
    DELIVERY,
    QUESTIONS,
    RECOMMENDATIONS,
    THEMES,
    grade_name,
    team_name,
)

Row = tuple[str, str, Counted]
"""Chapter, name and count."""


def pace_rows(found: Figures, names: Mapping[str, str]) -> Iterator[Row]:
    """What had come home by each month's end."""
    for key, steps in found.pace.items():
        for step in steps:
            if step.returned is not None:
                yield DELIVERY, f"{names[key]}, since April, by {step.label}", step.returned


def heat_rows(found: Figures, names: Mapping[str, str]) -> Iterator[Row]:
    """The graded answers of each team and section."""
    for key, results in found.results.items():
        for team, sections in results.by_team_and_section.items():
            for each in sections:
                name = f"{names[key]}, {team_name(team)}, all of {each.section.title}"
                for code, count in each.grades.items():
                    yield QUESTIONS, f"{name}: {grade_name(code)}", count


def theme_rows(found: Figures, names: Mapping[str, str]) -> Iterator[Row]:
    """What two kinds of audit both find, what was answered, and the themed audits."""
    for each in found.crossed:
        pair = f"{each.standard.item.title}, beside {each.question.item.title}"
        yield THEMES, f"{pair}: Not met", each.standard.results["not_met"]
        yield THEMES, f"{pair}: Below good", each.below
    for said in found.said:
        yield from _said(said, names[said.type])
    for key, themed in found.themed.items():
        home = counted(audit.audit_id for audit in themed.audits)
        yield f"Themed audit: {names[key]}", "Audits of the theme returned", home
        told = counted(audit_id for audit_id, _ in themed.learning)
        yield f"Themed audit: {names[key]}", "Audits that say what may be learned", told


def agreement_rows(found: Figures) -> Iterator[Row]:
    """Discussions, disputes and moderation."""
    talks, second = found.discussions, found.moderation
    for name, count in (
        ("Discussed within ten working days", talks.in_time),
        ("Discussed later", talks.late),
        ("Not discussed, and overdue", talks.overdue),
        ("Not discussed, and still in time", talks.ahead),
        ("Disputes", talks.disputed),
        ("Disputes decided as the auditor had it", talks.upheld),
        ("Disputes decided otherwise", talks.changed),
        ("Chosen for moderation", second.asked),
        ("Graded a second time", second.graded),
        ("The same grade", second.same),
        ("The same grade, or one apart", second.within_one),
        ("The moderator's grade is lower", second.lower),
        ("The moderator's grade is higher", second.higher),
    ):
        yield AGREEMENT, name, count
    for (first, other), count in second.pairs.items():
        if first != other:
            yield AGREEMENT, f"Graded {grade_name(first)}, then {grade_name(other)}", count


def outstanding_rows(found: Figures) -> Iterator[Row]:
    """What is open, by age and month by month."""
    each = found.outstanding
    for age, count in each.by_age.items():
        yield RECOMMENDATIONS, f"Open, {age.lower()}", count
    yield RECOMMENDATIONS, "Open, all", together(each.by_age.values())
    yield RECOMMENDATIONS, "Open, carried from earlier periods", each.carried
    yield RECOMMENDATIONS, "Made, done by the due date", each.done_in_time
    immediate = counted(one.audit_id for one in each.immediate)
    yield RECOMMENDATIONS, "To be carried out the same day", immediate
    for month in each.burn_down:
        yield RECOMMENDATIONS, f"{month.label}: Made", month.made
        yield RECOMMENDATIONS, f"{month.label}: Finished", month.finished
        yield RECOMMENDATIONS, f"{month.label}: Open at its end", month.open


def reach_rows(found: Figures, chapter: str) -> Iterator[Row]:
    """The coverage at each month's end; a forecast is counted from no audit."""
    for each in found.reach:
        name = f"{each.label}, forecast" if each.is_forecast else each.label
        yield chapter, f"{name}: Eligible open cases", Counted(each.eligible)
        audited = Counted(each.audited, each.audits)
        yield chapter, f"{name}: Audited in twelve months", audited


def _said(each: Said, name: str) -> Iterator[Row]:
    for code, count in each.answers.items():
        told = label_of(each.item.kind, code) if code else "With words"
        yield THEMES, f"{name}, {each.item.title}: {told}", count
