"""Results of graded audits: overall grades, questions and sections, and how they go on.

Grades are counted, never averaged: the auditor judges overall. Source: domain.md A0.4, D1 (4, 5).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item, Section
from auditdocs.model.form import Record
from auditdocs.rules.calendar.periods import Period, quarters_before
from auditdocs.rules.findings.counts import (
    Counted,
    Spread,
    by_label,
    counted,
    named_first,
    together,
)
from auditdocs.rules.findings.delivery import returned
from auditdocs.rules.findings.editions import asks_the_same
from auditdocs.rules.findings.sample import case_types
from auditdocs.rules.forms.scales import GRADED, GRADES

GOOD = GRADED[:2]
"""The grades that are good or better."""

BELOW = GRADED[2:]
"""The grades that are below good."""

EARLIER_QUARTERS = 7
LISTED = 5
"""How many questions are named as strongest, and as weakest."""

LEAST = 5
"""In fewer audits than this a question is not ranked, unless there are fewer audits in all."""

_SCALE = tuple(level.code for level in GRADES)
_Answers = Mapping[str, Sequence[tuple[str, str]]]
"""Item id to code and audit id of each answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The overall grades of one period, of audits that were asked for them as today's form asks."""

    label: str
    graded: Counted
    good: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A graded question and the grades it got, not applicable among them."""

    item: Item
    grades: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionGrades:
    """A section and the grades of all its questions together, an audit counted for each."""

    section: Section
    grades: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What the audits of one graded type, returned in a period, found."""

    audits: int
    grades: Spread
    by_case_type: Mapping[str, Spread]
    by_team: Mapping[str, Spread]
    """Of the team that holds the case."""
    regraded: Mapping[tuple[str, str], Counted]
    """The auditor's grade and the final one, by code, of the audits where they differ."""
    trend: tuple[Point, ...]
    """The seven quarters before and the period itself, earliest first."""
    questions: tuple[Question, ...]
    sections: tuple[SectionGrades, ...]
    by_team_and_section: Mapping[str, tuple[SectionGrades, ...]]
    """Team that holds the case to the sections, of which each has the same."""

    @property
    def strongest(self) -> tuple[Question, ...]:
        """The questions with the highest share good or better, best first, none at nought.

        They are of the better half, so that a form of few questions has weak ones too.
        """
        ranked = sorted(self._ranked, key=lambda question: -_share(question))
        better_half = ranked[: min(LISTED, (len(ranked) + 1) // 2)]
        return tuple(question for question in better_half if _share(question) > 0)

    @property
    def weakest(self) -> tuple[Question, ...]:
        """The questions with the lowest share, worst first; none at the top, none of strongest."""
        strongest = self.strongest
        ranked = sorted(self._ranked, key=_share)
        weak = (q for q in ranked if _share(q) < 1 and q not in strongest)
        return tuple(weak)[:LISTED]

    @property
    def _ranked(self) -> Iterator[Question]:
        least = max(min(LEAST, self.audits), 1)
        return (question for question in self.questions if graded(question.grades) >= least)


def results(
    contract: Contract,
    history: Iterable[Audit],
    records: Mapping[str, Record],
    *,
    period: Period,
    editions: Mapping[str, Contract],
) -> Results:
    """The results of a type with an overall grade, given all its audits.

    `editions` are the contracts that forms were issued by, by fingerprint.
    """
    history = tuple(audit for audit in history if audit.is_home and audit.type == contract.key)
    home = returned(history, period)
    questions = tuple(_questions(contract, _answers(home, records)))
    alike = _asked_alike(contract, history, editions)
    return Results(
        audits=len(home),
        grades=_spread(home, records),
        regraded=_regraded(home),
        by_case_type=_spreads(home, records, case_types),
        by_team=_spreads(home, records, lambda audit: audit.team),
        trend=tuple(_trend(alike, records, period)),
        questions=questions,
        sections=tuple(_sections(contract, questions)),
        by_team_and_section=_by_team_and_section(contract, home, records),
    )


def grade_of(audit: Audit, record: Record | None) -> str:
    """The audit's grade as it now stands: the final one, else the auditor's; "" without one."""
    return audit.grade_final or audit.grade_auditor or (record.overall if record else "")


def graded(grades: Spread) -> int:
    """How many are grades: neither "not applicable" nor "not enough evidence"."""
    return sum(grades[code].value for code in GRADED)


def good(grades: Spread) -> int:
    """How many are good or better."""
    return sum(grades[code].value for code in GOOD)


def graded_in(grades: Spread) -> Counted:
    """Those that are grades, with the audits behind them."""
    return together(grades[code] for code in GRADED)


def good_in(grades: Spread) -> Counted:
    """Those that are good or better, with the audits behind them."""
    return together(grades[code] for code in GOOD)


def below_in(grades: Spread) -> Counted:
    """Those that are below good, with the audits behind them."""
    return together(grades[code] for code in BELOW)


def ungraded_in(grades: Spread) -> Counted:
    """Those that are no grades, with the audits behind them."""
    return together(count for code, count in grades.items() if code not in GRADED)


def _spread(audits: Iterable[Audit], records: Mapping[str, Record]) -> Spread:
    found = ((grade_of(audit, records.get(audit.audit_id)), audit.audit_id) for audit in audits)
    return by_label((each for each in found if each[0]), order=_SCALE)


def _spreads(
    audits: Iterable[Audit], records: Mapping[str, Record], label_of: Callable[[Audit], str]
) -> Mapping[str, Spread]:
    groups: dict[str, list[Audit]] = defaultdict(list)
    for audit in audits:
        groups[label_of(audit)].append(audit)
    return {label: _spread(groups[label], records) for label in named_first(groups)}


def _asked_alike(
    contract: Contract, history: Iterable[Audit], editions: Mapping[str, Contract]
) -> tuple[Audit, ...]:
    """The audits that were asked for their overall grade as today's form asks for it."""
    overall = contract.overall
    return tuple(
        audit for audit in history if overall and asks_the_same(overall, audit, contract, editions)
    )


def _trend(
    alike: Iterable[Audit], records: Mapping[str, Record], period: Period
) -> Iterator[Point]:
    """A line through audits that were asked the same: what was asked otherwise would bend it."""
    alike = tuple(alike)
    for each in (*quarters_before(period, count=EARLIER_QUARTERS), period):
        grades = _spread(returned(alike, each), records)
        yield Point(
            label=each.label,
            graded=graded_in(grades),
            good=good_in(grades),
        )


def _answers(audits: Iterable[Audit], records: Mapping[str, Record]) -> _Answers:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for audit in audits:
        record = records.get(audit.audit_id)
        for answer in record.answers if record else ():
            found[answer.item_id].append((answer.value, audit.audit_id))
    return found


def _regraded(home: Iterable[Audit]) -> Mapping[tuple[str, str], Counted]:
    pairs = defaultdict(list)
    for audit in home:
        moved = audit.grade_auditor, audit.grade_final
        if all(moved) and audit.grade_auditor != audit.grade_final:
            pairs[moved].append(audit.audit_id)
    return {pair: counted(pairs[pair]) for pair in sorted(pairs)}


def _questions(contract: Contract, answers: _Answers) -> Iterator[Question]:
    for item in contract.items:
        if item.kind == "grade" and not item.overall:
            yield Question(item=item, grades=by_label(answers.get(item.id, ()), order=_SCALE))


def _by_team_and_section(
    contract: Contract, home: Iterable[Audit], records: Mapping[str, Record]
) -> Mapping[str, tuple[SectionGrades, ...]]:
    teams: dict[str, list[Audit]] = defaultdict(list)
    for audit in home:
        teams[audit.team].append(audit)
    return {
        team: tuple(_sections(contract, tuple(_questions(contract, _answers(own, records)))))
        for team, own in ((team, teams[team]) for team in named_first(teams))
    }


def _sections(contract: Contract, questions: Iterable[Question]) -> Iterator[SectionGrades]:
    for section in contract.sections:
        within = [question.grades for question in questions if question.item in section.items]
        if within:
            grades = {code: together(each[code] for each in within) for code in _SCALE}
            yield SectionGrades(section=section, grades=grades)


def _share(question: Question) -> float:
    return good(question.grades) / graded(question.grades)
