"""What a reader of the reports may set against each other: each whole and its parts.

Source: quality.md (privacy); see `hidden`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations, pairwise

from auditdocs.rules.findings.agreement import Discussions, Moderation
from auditdocs.rules.findings.counts import Counted, Spread, together
from auditdocs.rules.findings.delivery import Delivery
from auditdocs.rules.findings.difficulties import SERVICE, STATUTE, TEAM, Difficulty
from auditdocs.rules.findings.figures import Figures
from auditdocs.rules.findings.follow_through import (
    NEEDS,
    NEEDS_SHARED,
    FollowThrough,
    Progress,
)
from auditdocs.rules.findings.hidden import Balance, alike, part_of, whole_of
from auditdocs.rules.findings.outstanding import AGES, NOT_YET_DUE, TO_VERIFY, Month, Outstanding
from auditdocs.rules.findings.pace import Step
from auditdocs.rules.findings.results import (
    BELOW,
    GOOD,
    Results,
    below_in,
    good_in,
    graded_in,
    ungraded_in,
)
from auditdocs.rules.findings.sample import Sample
from auditdocs.rules.findings.standards import Standard
from auditdocs.rules.findings.themes import Said
from auditdocs.rules.forms.scales import GRADED
from auditdocs.rules.selection.coverage import Coverage


def balances(found: Figures) -> Iterator[Balance]:
    """Every balance of the quarterly report's figures."""
    yield from _deliveries(found)
    yield from _sample(found.sample, found.delivery_in_all.returned)
    for key, each in found.results.items():
        yield from _results(each, found.delivery[key].returned)
    yield from progress_balances(found.follow_through)
    yield from _outstanding(found.outstanding, found.follow_through)
    yield from _discussed(found.discussions)
    yield from _moderated(found.moderation)
    yield from coverage_balances(found.coverage)
    for covered in found.covered.values():
        yield from alike(Counted(covered.audited), Counted(covered.audited, covered.audits))
    for key, standards in found.standards.items():
        for standard in standards:
            yield from standard_balances(standard, found.delivery[key].returned)
    for said in found.said:
        yield from _said(said)
    yield from _difficult(chain.from_iterable(found.difficulties.values()))


def _deliveries(found: Figures) -> Iterator[Balance]:
    """By type, by team and by role all forms; by pair those of the types that go by pairs."""
    groups = (found.delivery, found.delivery_by_team, found.delivery_by_role)
    for each in groups:
        yield from delivery_balances(each.values(), found.delivery_in_all)
    for whole in found.delivery.values():
        yield from delivery_balances(found.delivery_by_pair.values(), whole)
    for key, steps in found.pace.items():
        yield from _paces(steps, found.delivery[key].returned)


def delivery_balances(parts: Iterable[Delivery], whole: Delivery) -> Iterator[Balance]:
    """What came home, on time and late, of each; and the parts beside the whole."""
    parts = tuple(parts)
    for each in (whole, *parts):
        yield from whole_of(each.returned, each.on_time, each.late)
        yield from whole_of(each.issued, each.returned, each.missed)
        yield from part_of(each.missed, each.still_out)
    yield from whole_of(whole.issued, *(each.issued for each in parts))
    yield from whole_of(whole.returned, *(each.returned for each in parts))
    yield from whole_of(whole.on_time, *(each.on_time for each in parts))
    yield from whole_of(whole.late, *(each.late for each in parts))
    yield from whole_of(whole.missed, *(each.missed for each in parts))


def _paces(steps: Iterable[Step], returned: Counted) -> Iterator[Balance]:
    """What had come home since April before the period and after it: the period's is between."""
    known = [each.returned for each in steps if each.returned is not None]
    for before, after in combinations(known, 2):
        yield from whole_of(after, before, returned)


def _sample(found: Sample, returned: Counted) -> Iterator[Balance]:
    yield from alike(Counted(found.audited), returned)
    for kinds in found.kinds.values():
        yield from whole_of(returned, *(kind.audited for kind in kinds))
        yield from whole_of(Counted(found.open), *(Counted(kind.open) for kind in kinds))


def _results(found: Results, returned: Counted) -> Iterator[Balance]:
    yield from whole_of(returned, graded_in(found.grades), ungraded_in(found.grades))
    for groups in (found.by_case_type, found.by_team):
        yield from spread_balances(found.grades, groups.values())
    for question in found.questions:
        yield from spread_balances(question.grades)
    for place, section in enumerate(found.sections):
        within = (q.grades for q in found.questions if q.item in section.section.items)
        yield from spread_balances(section.grades, within)
        teams = (each[place].grades for each in found.by_team_and_section.values())
        yield from spread_balances(section.grades, teams)
    for point in found.trend:
        yield from alike(point.graded, graded_in(found.grades))


def spread_balances(whole: Spread, parts: Iterable[Spread] = ()) -> Iterator[Balance]:
    """Grades beside how many were graded, were good, and were not; and parts beside the whole."""
    parts = tuple(parts)
    for each in (whole, *parts):
        good, below = good_in(each), below_in(each)
        yield from whole_of(graded_in(each), *(each[code] for code in GRADED))
        yield from whole_of(good, *(each[code] for code in GOOD))
        yield from whole_of(below, *(each[code] for code in BELOW))
        yield from whole_of(graded_in(each), good, below)
        yield from whole_of(ungraded_in(each), *(each[code] for code in each if code not in GRADED))
    for code in whole:
        yield from whole_of(whole[code], *(each[code] for each in parts))
    for sum_of in (graded_in, good_in, below_in, ungraded_in):
        yield from whole_of(sum_of(whole), *map(sum_of, parts))


def progress_balances(found: FollowThrough) -> Iterator[Balance]:
    """Recommendations by team, by category, by age, and by the need that they name."""
    yield from _progress(found.service, found.by_team)
    yield from whole_of(found.service.made, *found.made_by_category.values())
    for code in NEEDS:
        counts = [spread[code] for spread in found.needs.values()]
        yield from whole_of(together(counts), *counts)
    shared = {c: together(s[c] for s in found.needs.values()) for c in NEEDS_SHARED}
    yield from whole_of(together(shared.values()), *shared.values())


def _progress(whole: Progress, teams: Mapping[str, Progress]) -> Iterator[Balance]:
    parts = tuple(teams.values())
    yield from whole_of(whole.made, *(each.made for each in parts))
    yield from whole_of(whole.agreed, *(each.agreed for each in parts))
    yield from whole_of(whole.done, *(each.done for each in parts))
    yield from whole_of(whole.overdue, *(each.overdue for each in parts))


def _outstanding(found: Outstanding, through: FollowThrough) -> Iterator[Balance]:
    yield from whole_of(found.open, *found.by_age.values())
    overdue, due = through.service.overdue, (NOT_YET_DUE, TO_VERIFY)
    yield from whole_of(overdue, *(found.by_age[age] for age in AGES))
    yield from whole_of(found.open, overdue, *(found.by_age[age] for age in due))
    months = found.burn_down
    for first in months[:1]:
        yield from whole_of(first.made, first.open, first.finished)
    for before, after in pairwise(months):
        yield from _month(before, after)


def _month(before: Month, after: Month) -> Iterator[Balance]:
    left, right = (before.open, after.made), (after.open, after.finished)
    if sum(each.value for each in left) == sum(each.value for each in right):
        yield Balance(left, right)


def _discussed(found: Discussions) -> Iterator[Balance]:
    yield from whole_of(found.all, found.in_time, found.late, found.overdue, found.ahead)
    undecided = Counted(found.undecided)
    yield from whole_of(found.disputed, found.upheld, found.changed, undecided)


def _moderated(found: Moderation) -> Iterator[Balance]:
    apart = {pair: count for pair, count in found.pairs.items() if pair[0] != pair[1]}
    near = (
        count
        for (first, other), count in apart.items()
        if abs(GRADED.index(first) - GRADED.index(other)) == 1
    )
    yield from whole_of(found.graded, found.same, found.lower, found.higher)
    yield from whole_of(found.graded, found.same, *apart.values())
    yield from whole_of(found.within_one, found.same, *near)


def coverage_balances(whole: Coverage, parts: Iterable[Coverage] = ()) -> Iterator[Balance]:
    """The eligible cases by when they were audited; and parts of the caseload beside the whole."""
    parts = tuple(parts)
    for each in (whole, *parts):
        audited, lapsed, never = map(Counted, (each.audited, each.lapsed, each.never))
        yield from whole_of(Counted(each.eligible), audited, lapsed, never)
        yield from whole_of(never, *map(Counted, each.never_by_age.values()))
        yield from alike(audited, Counted(each.audited, each.audits))
        yield from alike(lapsed, Counted(each.lapsed, each.lapsed_audits))
    for name in ("eligible", "audited", "lapsed", "never"):
        counts = (Counted(getattr(each, name)) for each in parts)
        yield from whole_of(Counted(getattr(whole, name)), *counts)


def standard_balances(found: Standard, returned: Counted | None = None) -> Iterator[Balance]:
    """What came of a standard, and what its facets were answered, of all the audits."""
    met, missed, *others = found.results.values()
    yield from whole_of(found.looked_at, met, missed)
    every = together((met, missed, *others))
    for whole in (every, returned):
        if whole is not None:
            yield from whole_of(whole, met, missed, *others)
            yield from whole_of(whole, found.looked_at, *others)
    for answers in found.facets.values():
        yield from whole_of(every, *answers.values())
        asked = (answers["yes"], answers["no"])
        rest = (count for code, count in answers.items() if code not in ("yes", "no"))
        yield from whole_of(together(asked), *asked)
        yield from whole_of(every, together(asked), *rest)


def standards_beside(
    whole: Iterable[Standard], parts: Iterable[Iterable[Standard]]
) -> Iterator[Balance]:
    """Each standard in every part beside the same one in the whole."""
    for standard, *others in zip(whole, *parts, strict=True):
        yield from chain.from_iterable(standard_balances(each) for each in others)
        yield from whole_of(standard.looked_at, *(each.looked_at for each in others))
        for key, count in standard.results.items():
            yield from whole_of(count, *(each.results[key] for each in others))


def _said(found: Said) -> Iterator[Balance]:
    yield from whole_of(together(found.answers.values()), *found.answers.values())


def _difficult(found: Iterable[Difficulty]) -> Iterator[Balance]:
    """A standard missed across the service beside the teams that are told to keep missing it."""
    levels: dict[str, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        levels[each.item.id][each.level].append(each.not_met)
    for counts in levels.values():
        for whole in (*counts[SERVICE], *counts[STATUTE]):
            yield from part_of(whole, *counts[TEAM])
