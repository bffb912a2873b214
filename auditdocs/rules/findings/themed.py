"""The themed audit: the theme, how its cases were chosen, and its findings case beside case.

Source: domain.md A1, D1 (7).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item
from auditdocs.model.form import Record
from auditdocs.model.selection import Selection
from auditdocs.rules.findings.results import grade_of

LEARNING = "_learning"
"""What the id of a question ends in whose answer is written for this report (templates/forms)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How cases were chosen: numbers and words, no case."""

    theme: str
    because: str
    expression: str
    pool: int
    chosen: int
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One graded question and its answer, by code, in each audit of the round; "" without one."""

    item: Item
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Themed:
    """A type's round of themed audits in a period."""

    themes: tuple[str, ...]
    choices: tuple[Choice, ...]
    audits: tuple[Audit, ...]
    """Those returned, by id; the rows' grades stand in this order."""
    rows: tuple[Row, ...]
    overall: tuple[str, ...]
    learning: tuple[tuple[str, str], ...]
    """Audit id and words, of the questions that ask what the service may learn."""


def themed(
    contract: Contract,
    home: Iterable[Audit],
    records: Mapping[str, Record],
    alike: Mapping[str, Record],
    *,
    selections: Iterable[Selection],
    period: str,
) -> Themed:
    """The round of a type that names a theme, given the audits returned in the period.

    `alike` are the records with the answers to questions as they are asked today.
    """
    audits = tuple(audit for audit in home if audit.type == contract.key)
    rounds = {(audit.period, audit.theme) for audit in audits}
    choices = tuple(
        _choice(each)
        for each in selections
        if each.type == contract.key
        and (each.period == period or (each.period, each.theme) in rounds)
    )
    themes = (*(audit.theme for audit in audits), *(each.theme for each in choices))
    return Themed(
        themes=tuple(dict.fromkeys(theme for theme in themes if theme)),
        choices=choices,
        audits=audits,
        rows=tuple(_rows(contract, [alike.get(audit.audit_id) for audit in audits])),
        overall=tuple(grade_of(audit, records.get(audit.audit_id)) for audit in audits),
        learning=tuple(_learning(contract, audits, records)),
    )


def _choice(made: Selection) -> Choice:
    return Choice(
        theme=made.theme,
        because=made.because,
        expression=made.expression,
        pool=made.pool,
        chosen=len(made.picks),
        seed=made.seed,
    )


def _rows(contract: Contract, records: Iterable[Record | None]) -> Iterator[Row]:
    records = tuple(records)
    for item in contract.items:
        if item.kind == "grade" and not item.overall:
            grades = tuple(record.value(item.id) if record else "" for record in records)
            if any(grades):
                yield Row(item=item, grades=grades)


def _learning(
    contract: Contract, audits: Iterable[Audit], records: Mapping[str, Record]
) -> Iterator[tuple[str, str]]:
    asked = [item for item in contract.items if item.id.endswith(LEARNING)]
    for record in (records[a.audit_id] for a in audits if a.audit_id in records):
        for item in asked:
            if told := record.value(item.id).strip():
                yield record.audit_id, told
