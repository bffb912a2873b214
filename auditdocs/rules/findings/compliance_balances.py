"""What a reader of the Completeness report may set against each other, beside the quarter's.

Source: quality.md (privacy); see `hidden`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from auditdocs.rules.accuracy.figures import Disagreement
from auditdocs.rules.findings.balances import balances, coverage_balances, standards_beside
from auditdocs.rules.findings.compliance import Compliance
from auditdocs.rules.findings.counts import Counted, counted, together
from auditdocs.rules.findings.figures import Figures
from auditdocs.rules.findings.hidden import Balance, whole_of
from auditdocs.rules.findings.standards import Standard, by_basis, sums
from auditdocs.rules.forms.outcomes import MET, NOT_MET


def period_balances(
    found: Figures, standards: Compliance | None, against: Iterable[Disagreement]
) -> Iterator[Balance]:
    """Every balance of the quarterly report and of the Completeness report of one period.

    Both go to one group, so that neither may show what tells a count that the other hides.
    """
    yield from balances(found)
    if standards:
        yield from balances(standards.figures)
        yield from compliance_balances(standards, against)


def compliance_balances(found: Compliance, against: Iterable[Disagreement]) -> Iterator[Balance]:
    """Every balance of the report that the quarterly report's figures have not."""
    yield from standards_beside(found.standards, found.by_team.values())
    yield from standards_beside(found.standards, found.by_case_type.values())
    yield from coverage_balances(found.figures.coverage, found.covered_by_team.values())
    beyond = [Counted(number) for number in found.workers_beyond.values()]
    yield from whole_of(together(beyond), *beyond)
    yield from _by_basis(found.standards)
    counts = against_by_team(against)
    yield from whole_of(counted(each.audit_id for each in against), *map(Counted, counts.values()))


def against_by_team(against: Iterable[Disagreement]) -> Mapping[tuple[str, str], int]:
    """Team and standard to how many answers speak against the extract."""
    return Counter((each.team, each.item) for each in against)


def _by_basis(standards: Iterable[Standard]) -> Iterator[Balance]:
    """All standards by what they rest on: how often one applied, was met, and was not."""
    groups = [sums(group) for group in by_basis(standards).values()]
    for applied, met, missed in (sums(standards), *groups):
        yield from whole_of(applied, met, missed)
    for whole, *parts in zip(sums(standards), *groups, strict=True):
        yield from whole_of(whole, *parts)
    for key, place in ((MET, 1), (NOT_MET, 2)):
        for group, found in zip(by_basis(standards).values(), groups, strict=True):
            yield from whole_of(found[place], *(each.results[key] for each in group))
