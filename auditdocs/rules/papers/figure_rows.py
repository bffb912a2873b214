"""The figures of an SMG report one by one, each with the audits behind it, for the data workbook.

The chapters are those of the report. Names go from the whole to the part ("Quality, team, North").

Source: quality.md (privacy), field.md ("numbers traceable to forms").
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from auditdocs.model.contract import FACETS, Contract
from auditdocs.model.form import CATEGORIES, NEED_TYPES
from auditdocs.model.people import ROLES
from auditdocs.model.report import Figure
from auditdocs.rules.findings.counts import Counted, Spread
from auditdocs.rules.findings.delivery import Delivery
from auditdocs.rules.findings.figures import Figures
from auditdocs.rules.findings.follow_through import Progress
from auditdocs.rules.findings.results import Results
from auditdocs.rules.findings.standards import Standard
from auditdocs.rules.forms.outcomes import RESULTS
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.papers.difficulties_chapter import figure_name, shared, workers
from auditdocs.rules.papers.figure_rows_of_follow_up import (
    Row,
    agreement_rows,
    heat_rows,
    outstanding_rows,
    pace_rows,
    reach_rows,
    theme_rows,
)
from auditdocs.rules.papers.paper import (
    DELIVERY,
    DIFFICULTIES,
    GRADES,
    MESSAGES,
    NEEDS,
    QUESTIONS,
    RECOMMENDATIONS,
    SAMPLE,
    grade_name,
    headlines,
    team_name,
)
from auditdocs.rules.papers.shown import NONE, Shown


def figure_rows(
    found: Figures, *, shown: Shown, contracts: Mapping[str, Contract]
) -> tuple[Figure, ...]:
    """Every figure of the report and of its charts, in the report's order.

    Where small counts are hidden no figure tells its audits: small counts could be had from them.
    """
    names = {key: contract.sheet for key, contract in contracts.items()}
    return (
        *_targets(found, names),
        *(figure_of(row, shown) for row in _rows(found, names, headlines(found, contracts))),
    )


def figure_of(row: Row, shown: Shown) -> Figure:
    """The figure of a row, hidden where it is too small to be shown."""
    chapter, name, count = row
    audits = () if shown.hide_below else count.audits
    return Figure(chapter=chapter, name=name, value=str(shown.cell(count)), audits=audits)


def _targets(found: Figures, names: Mapping[str, str]) -> Iterator[Figure]:
    for key, each in found.delivery.items():
        value = NONE if each.target is None else str(each.target)
        yield Figure(chapter=DELIVERY, name=f"{names[key]}: Target", value=value)


def _rows(found: Figures, names: Mapping[str, str], headlines: str) -> Iterator[Row]:
    yield MESSAGES, "Child not safe on the day of the audit", found.unsafe
    yield from _delivery(found, names)
    yield from _sample(found)
    for key, covered in found.covered.items():
        audited = Counted(covered.audited, covered.audits)
        yield SAMPLE, f"{names[key]}: Eligible cases audited in twelve months", audited
    for key, each in found.results.items():
        yield from _grades(names[key], each)
    for key, each in found.results.items():
        yield from _questions(names[key], each)
    yield QUESTIONS, "Audits with a question that is now asked otherwise", found.asked_otherwise
    yield from heat_rows(found, names)
    yield from theme_rows(found, names)
    yield from agreement_rows(found)
    yield from _recommendations(found)
    yield from outstanding_rows(found)
    yield from coverage_rows(found, headlines)
    yield from reach_rows(found, headlines)
    for key, standards in found.standards.items():
        for standard in standards:
            yield from standard_rows(headlines, names[key], standard)
    yield from difficulty_rows(found)
    yield from _needs(found)


def _delivery(found: Figures, names: Mapping[str, str]) -> Iterator[Row]:
    for key, each in found.delivery.items():
        yield from delivery_rows(names[key], each)
    yield from delivery_rows("All audits", found.delivery_in_all)
    for team, each in found.delivery_by_team.items():
        yield from delivery_rows(f"Auditor's team, {team_name(team)}", each)
    for role, each in found.delivery_by_role.items():
        yield from delivery_rows(f"Auditor's role, {ROLES.get(role, role) or 'No role'}", each)
    for pair, each in found.delivery_by_pair.items():
        yield from delivery_rows(f"Pair, {pair or 'No pair'}", each)
    yield from pace_rows(found, names)


def delivery_rows(name: str, each: Delivery) -> Iterator[Row]:
    """What was issued, came home and did not, under a name."""
    yield DELIVERY, f"{name}: Issued", each.issued
    yield DELIVERY, f"{name}: Returned", each.returned
    yield DELIVERY, f"{name}: On time", each.on_time
    yield DELIVERY, f"{name}: Late", each.late
    yield DELIVERY, f"{name}: Missed", each.missed


def _sample(found: Figures) -> Iterator[Row]:
    for characteristic, kinds in found.sample.kinds.items():
        for kind in kinds:
            name = f"{characteristic}, {kind.label}"
            yield SAMPLE, f"{name}: Audits returned", kind.audited
            yield SAMPLE, f"{name}: Open cases", Counted(kind.open)


def _grades(name: str, each: Results) -> Iterator[Row]:
    yield from _spread(GRADES, name, each.grades)
    for label, spread in each.by_case_type.items():
        yield from _spread(GRADES, f"{name}, case type, {label}", spread)
    for team, spread in each.by_team.items():
        yield from _spread(GRADES, f"{name}, team, {team_name(team)}", spread)
    for (first, final), count in each.regraded.items():
        yield GRADES, f"{name}, changed from {grade_name(first)} to {grade_name(final)}", count
    for point in each.trend:
        yield GRADES, f"{name}, {point.label}, asked alike: Graded", point.graded
        yield GRADES, f"{name}, {point.label}, asked alike: Good or better", point.good


def _questions(name: str, each: Results) -> Iterator[Row]:
    for question in each.questions:
        yield from _spread(QUESTIONS, f"{name}, {question.item.title}", question.grades)
    for section in each.sections:
        yield from _spread(QUESTIONS, f"{name}, all of {section.section.title}", section.grades)


def _spread(chapter: str, name: str, spread: Spread) -> Iterator[Row]:
    for code, count in spread.items():
        yield chapter, f"{name}: {grade_name(code)}", count


def _recommendations(found: Figures) -> Iterator[Row]:
    each = found.follow_through
    yield from progress_rows("All teams", each.service)
    for team, progress in each.by_team.items():
        yield from progress_rows(f"Team, {team_name(team)}", progress)
    for code, count in each.made_by_category.items():
        category = label_of("choice", code, CATEGORIES)
        yield RECOMMENDATIONS, f"Made, {category}", count


def progress_rows(name: str, each: Progress) -> Iterator[Row]:
    """How far recommendations have come, under a name."""
    yield RECOMMENDATIONS, f"{name}: Made", each.made
    yield RECOMMENDATIONS, f"{name}: Agreed", each.agreed
    yield RECOMMENDATIONS, f"{name}: Done", each.done
    yield RECOMMENDATIONS, f"{name}: Overdue", each.overdue


def coverage_rows(found: Figures, chapter: str) -> Iterator[Row]:
    """How much of the caseload is covered, under the chapter of that heading."""
    covered = found.coverage
    if found.covering:
        yield chapter, "Eligible open cases", Counted(covered.eligible)
        audited = Counted(covered.audited, covered.audits)
        lapsed = Counted(covered.lapsed, covered.lapsed_audits)
        yield chapter, "Audited in the last twelve months", audited
        yield chapter, "Audited, but longer ago", lapsed
        yield chapter, "Never audited", Counted(covered.never)
        for age, number in covered.never_by_age.items():
            yield chapter, f"Never audited, open for {age}", Counted(number)


def standard_rows(chapter: str, name: str, standard: Standard) -> Iterator[Row]:
    """What was found of a standard, and of each of its facets."""
    title = f"{name}, {standard.item.title}"
    for key, count in standard.results.items():
        yield chapter, f"{title}: {RESULTS[key]}", count
    for facet, answers in standard.facets.items():
        for code, count in answers.items():
            yield chapter, f"{title}, {FACETS[facet]}: {label_of('facet', code)}", count


def difficulty_rows(found: Figures) -> Iterator[Row]:
    """Those a paper may name; of workers only how many, without their audits."""
    every = tuple(chain.from_iterable(found.difficulties.values()))
    for each in shared(every):
        yield DIFFICULTIES, figure_name(each), each.not_met
    if found.standards:
        people = workers(every)
        yield DIFFICULTIES, "Workers with a standard not met again and again", Counted(people)


def _needs(found: Figures) -> Iterator[Row]:
    for team, needs in found.follow_through.needs.items():
        yield from need_rows(team, needs)


def need_rows(team: str, needs: Spread) -> Iterator[Row]:
    """How many recommendations of a team's audits name a need, for whom."""
    for code, count in needs.items():
        yield NEEDS, f"Team, {team_name(team)}: {label_of('choice', code, NEED_TYPES)}", count
