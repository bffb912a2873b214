"""Themes: what audits of one type and another say alike, and where auditors put it in words.

Source: domain.md D1, 6; D4 (cross-source).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item
from auditdocs.model.form import Record
from auditdocs.rules.findings.counts import Counted, Spread, by_label, counted
from auditdocs.rules.findings.results import Question, Results, below_in, graded
from auditdocs.rules.findings.standards import Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """A local standard that is missed, and the graded question that finds the same wanting."""

    standard: Standard
    question: Question

    @property
    def below(self) -> Counted:
        """How often the question is graded below good."""
        return below_in(self.question.grades)

    @property
    def graded(self) -> int:
        """How often the question is graded at all."""
        return graded(self.question.grades)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What auditors were asked beside grades, and how many answered what."""

    type: str
    """The contract's key."""
    item: Item
    answers: Spread
    """By answer where it is one of a scale; else one count, of those who wrote anything, by ""."""


def crossed(
    standards: Mapping[str, Iterable[Standard]], results: Mapping[str, Results]
) -> tuple[Crossed, ...]:
    """The pairs that both find wanting, the widest spread first; statutory standards apart."""
    asked = {each.item.id: each for found in results.values() for each in found.questions}
    pairs = (
        Crossed(standard=standard, question=asked[other])
        for standard in chain.from_iterable(standards.values())
        for other in standard.item.matches
        if other in asked and not standard.is_statutory
    )
    both = [each for each in pairs if each.standard.not_met and each.below.value]
    return tuple(sorted(both, key=lambda each: -min(each.standard.not_met, each.below.value)))


def said(
    kinds: Mapping[str, Contract], home: Iterable[Audit], records: Mapping[str, Record]
) -> tuple[Said, ...]:
    """What the audits returned say beside their grades, in the forms' order."""
    by_type: dict[str, list[Record]] = defaultdict(list)
    for audit in home:
        if audit.audit_id in records:
            by_type[audit.type].append(records[audit.audit_id])
    return tuple(chain.from_iterable(_said(kinds[key], by_type[key]) for key in kinds))


def _said(contract: Contract, records: Iterable[Record]) -> Iterator[Said]:
    records = tuple(records)
    for item in contract.items:
        if item.safety or item.kind not in ("yn", "ynp", "text"):
            continue
        given = [(said, each.audit_id) for each in records if (said := each.value(item.id))]
        if item.kind == "text":
            given = [("", audit_id) for _, audit_id in given]
        if given:
            yield Said(type=contract.key, item=item, answers=by_label(given))


def words_in(found: Said) -> Counted:
    """The audits in which something is written, whatever it is."""
    ids = (audit_id for count in found.answers.values() for audit_id in count.audits)
    return counted(ids)
