"""The figures of a period: everything a report says in numbers, each with the audits behind it.

Source: domain.md D1, D2; settled.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.model.audit import Audit
from auditdocs.model.commitment import Commitment
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.rules.caseload.open_cases import open_cases
from auditdocs.rules.findings.agreement import Discussions, Moderation, discussions, moderation
from auditdocs.rules.findings.counts import Counted, counted
from auditdocs.rules.findings.delivery import (
    SUPERVISION,
    Delivery,
    delivery,
    delivery_by,
    known_by,
    owing_team,
    pair_of,
    paired,
    returned,
    target,
    workers_with_cases,
)
from auditdocs.rules.findings.difficulties import Difficulty, difficulties
from auditdocs.rules.findings.editions import compared
from auditdocs.rules.findings.follow_through import FollowThrough, follow_through
from auditdocs.rules.findings.outstanding import Outstanding, outstanding
from auditdocs.rules.findings.pace import Step, pace
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.findings.reach import Reached, reach
from auditdocs.rules.findings.results import Results, grade_of, results
from auditdocs.rules.findings.sample import Sample, sample
from auditdocs.rules.findings.standards import Standard, standards
from auditdocs.rules.findings.themed import Themed, themed
from auditdocs.rules.findings.themes import Crossed, Said, crossed, said
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.selection.coverage import Coverage, coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A returned audit as a report lists it: nothing that tells whose case it is."""

    audit_id: str
    team: str
    type: str
    grade: str
    """The code of its overall grade, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one period. Audit types are told by key, in the contracts' order."""

    delivery: Mapping[str, Delivery]
    delivery_in_all: Delivery
    """Of all types together; without a target."""
    delivery_by_team: Mapping[str, Delivery]
    delivery_by_role: Mapping[str, Delivery]
    """Of the auditor, by code."""
    delivery_by_pair: Mapping[str, Delivery]
    """"North of South": whose team looks at whose cases, where team managers audit each other."""
    pace: Mapping[str, tuple[Step, ...]]
    """The year so far of each type with a year's target."""
    sample: Sample
    results: Mapping[str, Results]
    """Of the types with an overall grade."""
    unsafe: Counted
    """The audits returned whose auditor says that the child is not safe."""
    follow_through: FollowThrough
    outstanding: Outstanding
    discussions: Discussions
    """Of the audits returned; so is the moderation."""
    moderation: Moderation
    covered: Mapping[str, Coverage]
    """How much of the caseload each type has reached."""
    covering: str
    """The type, by key, that is to reach every open case in a year; "" without one."""
    coverage: Coverage
    """Of that type; with nothing audited where there is none."""
    standards: Mapping[str, tuple[Standard, ...]]
    """Of the types that ask in place, in time, up to date."""
    difficulties: Mapping[str, tuple[Difficulty, ...]]
    """Of those types: the standards that are missed too often. Workers are named in it."""
    crossed: tuple[Crossed, ...]
    said: tuple[Said, ...]
    themed: Mapping[str, Themed]
    """Of the types that name a theme."""
    reach: tuple[Reached, ...]
    """Of the type that is to reach every open case; nothing without one."""
    commitments: tuple[Commitment, ...]
    """What the group asked for before this report, and since."""
    asked_otherwise: Counted
    """The audits returned with an answer to a question that is asked in other words today: it is
    in no figure of questions, standards or difficulties."""
    listed: tuple[Listed, ...]
    """The audits returned, by id."""


def figures(programme: Programme) -> Figures:
    """The figures of the programme's period."""
    period, today, records = programme.period, programme.today, programme.records
    audits, covering = programme.issued_audits, _covering(programme.kinds.values())
    home = returned(audits, period)
    alike = compared(audits, records, programme.kinds, programme.editions)
    otherwise = {audit.audit_id for audit in home}.intersection(alike.asked_otherwise)
    missed = _standards(programme.kinds, home, alike.records)
    graded = _results(programme, audits, alike.records)
    return Figures(
        delivery=_delivery(programme, audits),
        delivery_in_all=delivery(audits, period=period, today=today),
        delivery_by_team=delivery_by(audits, owing_team, period=period, today=today),
        delivery_by_role=delivery_by(
            audits, lambda audit: audit.auditor_role, period=period, today=today
        ),
        delivery_by_pair=delivery_by(
            paired(audits, programme.kinds), pair_of, period=period, today=today
        ),
        pace=_pace(programme, audits),
        sample=sample(
            home, open_cases(programme.cases, day=programme.data_date), programme.audited
        ),
        results=graded,
        unsafe=_unsafe(home, records),
        follow_through=follow_through(programme.followed, period=period, today=today),
        outstanding=outstanding(programme.followed, period=period, today=today),
        discussions=discussions(_followed(programme, home), today=today),
        moderation=moderation(_followed(programme, home), programme.settings),
        covered={key: _coverage(programme, audits, key) for key in programme.kinds},
        covering=covering,
        coverage=_coverage(programme, audits, covering),
        standards=missed,
        crossed=crossed(missed, graded),
        said=said(programme.kinds, home, alike.records),
        themed=_themed(programme, home, alike.records),
        reach=_reach(programme, audits, covering),
        commitments=programme.commitments,
        difficulties=_difficulties(programme, audits, alike.records),
        asked_otherwise=counted(otherwise),
        listed=tuple(_listed(audit, records.get(audit.audit_id)) for audit in home),
    )


def _delivery(programme: Programme, audits: Iterable[Audit]) -> Mapping[str, Delivery]:
    workers = workers_with_cases(programme.cases, day=programme.as_at)
    audits = tuple(audits)
    return {
        key: delivery(
            (audit for audit in audits if audit.type == key),
            period=programme.period,
            today=programme.today,
            target=target(contract, programme.settings, period=programme.period, workers=workers),
        )
        for key, contract in programme.kinds.items()
    }


def _pace(programme: Programme, audits: Iterable[Audit]) -> Mapping[str, tuple[Step, ...]]:
    audits = tuple(audits)
    found = {
        key: pace(
            contract,
            (audit for audit in audits if audit.type == key),
            programme.settings,
            as_at=programme.as_at,
        )
        for key, contract in programme.kinds.items()
    }
    return {key: steps for key, steps in found.items() if steps}


def _reach(programme: Programme, audits: Iterable[Audit], key: str) -> tuple[Reached, ...]:
    if not key:
        return ()
    return reach(
        programme.kinds[key],
        programme.caseloads,
        audits,
        cases=programme.cases,
        as_at=programme.as_at,
    )


def _covering(contracts: Iterable[Contract]) -> str:
    """Every open case is to be covered by the audit that goes with supervision.

    Source: Audit procedure 1.9.
    """
    return next((each.key for each in contracts if each.cadence == SUPERVISION), "")


def _coverage(programme: Programme, audits: Iterable[Audit], key: str) -> Coverage:
    """The coverage on the day the figures are as at: what came home later does not count yet."""
    day = programme.as_at
    return coverage(programme.cases, known_by(audits, day), key=key, today=day)


def _standards(
    kinds: Mapping[str, Contract], home: Iterable[Audit], records: Mapping[str, Record]
) -> Mapping[str, tuple[Standard, ...]]:
    home = tuple(home)
    return {
        key: standards(contract, (a for a in home if a.type == key), records)
        for key, contract in kinds.items()
        if contract.has_facets
    }


def _results(
    programme: Programme, audits: Iterable[Audit], alike: Mapping[str, Record]
) -> Mapping[str, Results]:
    audits = tuple(audits)
    return {
        key: results(contract, audits, alike, period=programme.period, editions=programme.editions)
        for key, contract in programme.kinds.items()
        if contract.overall
    }


def _themed(
    programme: Programme, home: Iterable[Audit], alike: Mapping[str, Record]
) -> Mapping[str, Themed]:
    home = tuple(home)
    return {
        key: themed(
            contract,
            home,
            programme.records,
            alike,
            selections=programme.selections,
            period=programme.period.label,
        )
        for key, contract in programme.kinds.items()
        if contract.names_theme
    }


def _difficulties(
    programme: Programme, audits: Iterable[Audit], alike: Mapping[str, Record]
) -> Mapping[str, tuple[Difficulty, ...]]:
    audits = tuple(audits)
    return {
        key: difficulties(
            contract,
            audits,
            alike,
            as_at=programme.as_at,
            lines=programme.settings.difficulties,
        )
        for key, contract in programme.kinds.items()
        if contract.has_facets
    }


def _followed(programme: Programme, home: Iterable[Audit]) -> Iterator[Followed]:
    ids = {audit.audit_id for audit in home}
    return (of for of in programme.followed if of.audit.audit_id in ids)


def _unsafe(home: Iterable[Audit], records: Mapping[str, Record]) -> Counted:
    found = (records.get(audit.audit_id) for audit in home)
    return counted(record.audit_id for record in found if record and not record.safe)


def _listed(audit: Audit, record: Record | None) -> Listed:
    grade = grade_of(audit, record)
    return Listed(audit_id=audit.audit_id, team=audit.team, type=audit.type, grade=grade)
