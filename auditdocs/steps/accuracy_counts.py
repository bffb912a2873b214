"""The figures of the Accuracy audit in a period, gathered for its own report and the SMG's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.caseload import newest_extract
from auditdocs.places.journal.returns import record as record_of
from auditdocs.rules.accuracy.disagreements import disagreements
from auditdocs.rules.accuracy.figures import AccuracyFigures, Disagreement, accuracy_figures
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.caseload.teams import name_today
from auditdocs.rules.findings.delivery import returned
from auditdocs.rules.findings.programme import Programme
from auditdocs.steps.agreements import in_force
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.office import Office, faults_of_records, service
from auditdocs.steps.rounds import results

Home = tuple[Audit, Record]
"""An audit that is home, and its newest record."""


def accuracy_in(
    office: Office, span: Period, then: Caseloads, home: Iterable[Home]
) -> AccuracyFigures:
    """The figures of the Accuracy audit in a period, of teams under their present names.

    `then` are the caseloads of earlier days, `home` the audits that came home in the period.
    """
    now = service(office, on=span.last)
    against = disagreements_in(office.contracts, span, then, home)
    teams = office.settings.teams
    faults = faults_of_records(office, on=span.last)
    extract = newest_extract(office.journal, on=span.last) or newest_extract(office.journal)
    return accuracy_figures(
        results(office).figures,
        in_force(office),
        now.caseload.cases,
        {team: len(found) for team, found in faults.items()},
        (replace(each, team=name_today(each.team, teams)) for each in against),
        period=span,
        today=office.today,
        held=extract.mapping if extract else (),
    )


def disagreements_in(
    contracts: Mapping[str, Contract], span: Period, then: Caseloads, home: Iterable[Home]
) -> tuple[Disagreement, ...]:
    """The answers in audits of these types that speak against the extract they had."""
    asking = {key: each for key, each in contracts.items() if any(i.advice for i in each.items)}
    answered = (each for each in home if each[0].type in asking)
    return tuple(disagreements(answered, asking, then.case, period=span))


def home_in(office: Office, span: Period) -> Iterator[Home]:
    """The audits that came home in the period, with their newest records."""
    return _with_records(office, returned(audits(office.journal), span))


def home_of(programme: Programme) -> Iterator[Home]:
    """The same of a programme that was gathered."""
    for audit in returned(programme.audits, programme.period):
        if audit.audit_id in programme.records:
            yield audit, programme.records[audit.audit_id]


def _with_records(office: Office, home: Iterable[Audit]) -> Iterator[Home]:
    """Each audit with its newest record, one after another: they need not be held together."""
    for audit in home:
        if (kept := record_of(office.journal, audit.audit_id)) is not None:
            yield audit, kept[0]
